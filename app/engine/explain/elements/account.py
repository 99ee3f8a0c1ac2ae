"""Makes the account of an element: its value as an expression over other elements, and its gradient as a sum of
messages, each the gradient of one element of a user times a local derivative."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Literal

import numpy as np

from app.engine.errors import ValueProblem
from app.engine.execution.plan import Trace
from app.engine.execution.structure import Structure
from app.engine.execution.values import has_element
from app.engine.explain.elements.accounts import Account, Accounts, Cell, More, Term
from app.engine.explain.elements.infix import written
from app.engine.explain.elements.local_derivative import Slope, slope
from app.engine.explain.elements.parts import (
    EQUALS,
    SHOWN,
    Phrase,
    figured,
    joined,
    name_of,
    negative,
    number,
    times,
    words,
)
from app.engine.explain.elements.scalar_graph import LONG, Index, Scalar, inner_of, multiplies_many, opened, users
from app.engine.notation.plan_names import Notation
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.axes import count, show_shape
from app.engine.ops.word import PRODUCT, SIGN
from app.engine.wording import Part, said

SOURCES = 1_000
"""Most elements listed as sources of an account."""
_BUDGET = 20_000
"""Most scalars opened for one gradient; the messages of further users are given as one number."""


def explain(trace: Trace, node: str, index: Index = (), *, value: bool = True, grad: bool = True) -> Accounts:
    """The accounts of one element of one node of the graph. Raises ValueProblem where there is no such element."""
    structure = trace.structure
    at = structure.index_of(node)
    shape = structure.shapes[at]
    if not has_element(shape, index):
        raise ValueProblem(
            said(
                "values.element_outside_array",
                node=node,
                index=list(index),
                shape=show_shape(shape),
                shape_count=len(shape),
            ),
        )
    writer = _Writer(trace)
    return Accounts(
        node,
        index,
        writer.value_of(at, index) if value else None,
        writer.grad_of(at, index) if grad and trace.grad_list[at] is not None else None,
    )


class _Sources:
    """Elements in order of appearance, each once."""

    def __init__(self) -> None:
        self._places: dict[Cell, int] = {}

    def add(self, cells: Iterable[Cell]) -> tuple[int, ...]:
        found = []
        for cell in cells:
            if cell not in self._places and self.full:
                break
            found.append(self._places.setdefault(cell, len(self._places)))
        return tuple(dict.fromkeys(found))

    @property
    def full(self) -> bool:
        return len(self._places) >= SOURCES

    def listed(self) -> tuple[Cell, ...]:
        return tuple(self._places)


class _Writer:
    """Writes the accounts of elements of one trace."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.structure: Structure = trace.structure
        self.schedule = self.structure.schedule
        self.notation = Notation(self.structure)
        self.values: list[Any] = list(trace.value_list)

    # -- the value ---------------------------------------------------------------------------------------------------

    def value_of(self, position: int, index: Index) -> Account:
        node = self.schedule.nodes[position]
        total = _at(self.values[position], index)
        name = self._name(position, index)
        if node.op is INPUT or node.op is CONSTANT:
            return Account(total, (name, EQUALS, figured(total, "value")), (name,), (), None, ())
        root = opened(self.structure, self.values, position, index)
        sources = _Sources()
        addends = root.inputs if root.inputs and root.op is None else (root,)
        shown = addends if len(addends) <= SHOWN + 1 else addends[:SHOWN]
        terms = tuple(
            Term(self._numbers(scalar).parts, self._names(position, scalar).parts, scalar.value, ()) for scalar in shown
        )
        listed = tuple(
            t._replace(sources=sources.add(self._cells(position, scalar)))
            for t, scalar in zip(terms, shown, strict=True)
        )
        for scalar in addends[len(shown) :]:
            if sources.full:
                break
            sources.add(self._cells(position, scalar))
        hidden = len(addends) + root.left_out - len(shown)
        more = More(hidden, total - sum(t.value for t in terms)) if hidden else None
        # An element that is only moved: its source says more than its number written twice.
        phrase = self._names(position, root) if root.leaf else self._numbers(root)
        result = (*phrase.parts, EQUALS, figured(total, "value"))
        rule = (name, EQUALS, *self._names(position, root).parts)
        return Account(total, result, rule, listed, more, sources.listed())

    def _numbers(self, scalar: Scalar) -> Phrase:
        def value(p: Scalar) -> Phrase:
            constant = p.literal or not (p.leaf or p.inputs)
            return number(p.value, "" if constant else "value")

        return written(scalar, value, value)

    def _names(self, position: int, scalar: Scalar) -> Phrase:
        def name(p: Scalar) -> Phrase:
            if not p.leaf or p.literal:
                return number(p.value, "")
            return Phrase((self._name(self.schedule.inputs[position][p.slot], p.index),))

        return written(scalar, name, name)

    def _cells(self, position: int, scalar: Scalar) -> list[Cell]:
        """The elements that a scalar is made of."""
        found: list[Cell] = []
        seen, waiting = set[int](), [scalar]
        while waiting and len(found) < SOURCES:
            each = waiting.pop()
            if id(each) in seen:
                continue
            seen.add(id(each))
            if each.leaf:
                found.append(self._cell(self.schedule.inputs[position][each.slot], each.index, "value"))
            waiting += reversed(each.inputs)
        return found

    # -- the gradient ------------------------------------------------------------------------------------------------

    def grad_of(self, position: int, index: Index) -> Account:
        total = _at(self.trace.grad_list[position], index)
        sources = _Sources()
        terms: list[Term] = []
        hidden = 0
        budget = _BUDGET
        if position == self.schedule.output:
            seed = _at(self.trace.seed, index)
            terms.append(Term((figured(seed, "grad"),), (words("seed", "grad"),), seed, ()))
        for e in self.schedule.receives[position]:
            edge = self.schedule.edges[e]
            if self._reduces_many(edge.target):
                terms.append(self._as_sent(e, index, sources))
                continue
            number_of, indices = users(self.structure, self.values, edge.target, edge.slot, index)
            for done, at in enumerate(indices):
                if budget <= 0:
                    hidden += number_of - done
                    break
                if len(terms) > SHOWN:
                    hidden += 1
                    budget -= 1 + self._work(edge.target)
                    sources.add([self._cell(edge.target, at, "grad"), *self._read(edge.target, edge.slot, index, at)])
                    continue
                budget -= 1 + self._work(edge.target)
                sent = self._sent(edge.target, edge.slot, index, at, sources)
                if sent is not None:
                    terms.append(sent)
        if hidden:
            # A single term beyond SHOWN is written out as well; several are counted together.
            hidden += len(terms) - SHOWN
            terms = terms[:SHOWN]
        text = joined([_phrase(t.text) for t in terms], hidden).parts
        rule = joined([_phrase(t.rule) for t in terms], hidden).parts
        result = figured(total, "grad")
        # A gradient passed on unchanged is written once: `dz = 2`, not `2 = 2`.
        alone = len(terms) == 1 and not hidden and len(terms[0].text) == 1
        before = (
            (*(rule if alone else text), EQUALS) if terms or hidden else (words("nothing is sent here, so it is "),)
        )
        title = self.notation.gradient_title(position)
        placed = self.notation.placed(position) if title == self.notation.gradients[position] else None
        own = name_of(title, index, gradient=True, typeset=placed)
        more = More(hidden, total - sum(t.value for t in terms)) if hidden else None
        return Account(
            total, (*before, result), (own, EQUALS, *(rule or (result,))), tuple(terms), more, sources.listed()
        )

    def _sent(self, target: int, slot: int, index: Index, at: Index, sources: _Sources) -> Term | None:
        """The message from one element of a user to one element of its input; None where the gradient is infinite or
        nan and the input was not selected: its product with 0 would be nan."""
        grad = _at(self.trace.grad_list[target], at)
        found, root = self._slope(target, slot, index, at)
        cells = [self._cell(target, at, "grad")]
        cells += [c for c in (self._of(target, at, root, scalar) for scalar in found.read) if c is not None]
        text = [number(grad, "grad"), *(number(p.value, "value") for p in found.factors)]
        names = [Phrase((self._gradient(target, at),)), *(self._factor(target, p) for p in found.factors)]
        taken_from = sources.add(cells)
        if not found.selected and not math.isfinite(grad):
            return None
        phrases = [times(text), times(names)]
        if found.sign < 0:
            phrases = [negative(phrase) for phrase in phrases]
        value = found.sign * grad
        for scalar in found.factors:
            value *= scalar.value
        return Term(phrases[0].parts, phrases[1].parts, value, taken_from)

    def _reduces_many(self, target: int) -> bool:
        if multiplies_many(self.structure, target):
            return True
        if self.schedule.nodes[target].op.kind != "reduction":
            return False
        given, made = self.schedule.shapes[self.schedule.inputs[target][0]], self.schedule.shapes[target]
        return count(given) > LONG * count(made)

    def _as_sent(self, e: int, index: Index, sources: _Sources) -> Term:
        """What a reduction of very many elements, or a sum of very many products, sends: read off the trace instead of
        derived."""
        target = self.schedule.edges[e].target
        message = _at(self.trace.message_list[e], index)
        if multiplies_many(self.structure, target):
            parts = number(message, "grad").parts
            return Term(parts, parts, message, ())
        (at,) = users(self.structure, self.values, target, 0, index)[1]
        grad = _at(self.trace.grad_list[target], at)
        text, name = number(grad, "grad"), Phrase((self._gradient(target, at),))
        if grad not in (0.0, message) and math.isfinite(grad):
            local = number(message / grad, "value")
            text, name = times([text, local]), times([name, local])
        elif message != grad:
            text = number(message, "grad")
        return Term(text.parts, name.parts, message, sources.add([self._cell(target, at, "grad")]))

    def _slope(self, target: int, slot: int, index: Index, at: Index) -> tuple[Slope, Scalar]:
        root = opened(self.structure, self.values, target, at, inner_of(self.structure, target, slot, index))
        found = slope(root, slot, index)
        assert found is not None, (target, slot, index, at)
        return found, root

    def _read(self, target: int, slot: int, index: Index, at: Index) -> list[Cell]:
        found, root = self._slope(target, slot, index, at)
        return [c for c in (self._of(target, at, root, scalar) for scalar in found.read) if c is not None]

    def _factor(self, target: int, scalar: Scalar) -> Phrase:
        if scalar.leaf and not scalar.literal:
            return Phrase((self._name(self.schedule.inputs[target][scalar.slot], scalar.index),))
        return number(scalar.value, "value")

    def _of(self, target: int, at: Index, root: Scalar, scalar: Scalar) -> Cell | None:
        """The element that a scalar stands for: one of an input, or the opened element itself."""
        if scalar.leaf:
            return self._cell(self.schedule.inputs[target][scalar.slot], scalar.index, "value")
        return self._cell(target, at, "value") if scalar is root else None

    def _work(self, target: int) -> int:
        """An estimate of how many scalars one element of the result is opened into."""
        node = self.schedule.nodes[target]
        shapes = [self.schedule.shapes[i] for i in self.schedule.inputs[target]]
        if node.op.kind in ("reduction", "shape") or node.op.element is not None:
            return 4 * max(count(shape) for shape in shapes)
        return len(shapes)

    # -- names -------------------------------------------------------------------------------------------------------

    def _cell(self, position: int, index: Index, of: Literal["value", "grad"]) -> Cell:
        return Cell(self.schedule.nodes[position].id, index, of)

    def _name(self, position: int, index: Index) -> Part:
        return name_of(self.notation.value_in_code(position), index, typeset=self.notation.placed(position))

    def _gradient(self, position: int, index: Index) -> Part:
        notation = self.notation
        own = notation.gradients[position] == f"d{notation.identifiers[position]}"
        typeset = notation.placed(position) if own else None
        return name_of(notation.gradients[position], index, gradient=True, typeset=typeset)


def _phrase(parts: tuple[Part, ...]) -> Phrase:
    """A term again as a phrase: it needs brackets only where it starts with a sign."""
    return Phrase(parts, SIGN if parts[0].text.startswith("−") else PRODUCT)


def _at(value: Any, index: Index) -> float:
    return float(np.asarray(value)[index]) if index else float(value)
