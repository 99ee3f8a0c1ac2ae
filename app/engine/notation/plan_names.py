"""The names of a structure's values in code, in formulas and in plain text."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.engine.execution.structure import Structure
from app.engine.labels import latex_name, number_of, short_number
from app.engine.notation.inlining import parts_within
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.axes import show_shape
from app.engine.ops.dialects import LATEX, NUMPY
from app.engine.ops.helpers import HELPERS
from app.engine.ops.printed import bracketed, fill, join
from app.engine.ops.word import ATOM, COMPARISON, SIGN, Written
from app.engine.program import Node
from app.engine.support.checkpoints import checkpoint
from app.engine.support.lazy import lazy
from app.engine.support.on_demand import OnDemand

Names = OnDemand[Written]

LARGE = 3_000
"""Most nodes of a program whose parts are written out wherever they are used."""

_RESERVED = {"np", "math", *HELPERS}
_LONG = 44


class Notation:
    """The names of a structure's nodes. `reserved`: further names that no value may have, because the surrounding code
    uses them."""

    def __init__(self, structure: Structure, reserved: Iterable[str] = ()) -> None:
        self.structure = structure
        self.reserved = frozenset({*_RESERVED, *reserved})
        self.nodes = structure.schedule.nodes

    # -- code ----------------------------------------------------------------------------------------------------

    @lazy
    def identifiers(self) -> tuple[str, ...]:
        """A Python name per node of the graph; the last value that a name of the program stands for keeps that name."""
        place, graph = self.structure.schedule.index, self.structure.schedule.graph
        last = {place[i]: name for name, i in self.structure.program.names.items() if i in place}
        taken: set[str] = set(self.reserved)
        result = [""] * len(self.nodes)
        for i in graph:
            if i in last and self.nodes[i].name == last[i]:
                result[i] = _free(_identifier(last[i]), taken)
        for i in graph:
            checkpoint(5)
            if not result[i]:
                result[i] = _free(_identifier(self.nodes[i].id), taken)
        return tuple(result)

    @lazy
    def within(self) -> frozenset[int]:
        """The nodes that have no line of their own in code, but are written within another's."""
        return parts_within(self.structure.schedule, self.code)

    @lazy
    def own_gradients(self) -> tuple[str, ...]:
        """A name for each node's gradient: d and the node's name."""
        taken = set(self.identifiers) | self.reserved
        return tuple(_free(f"d{name}", taken) if name else "" for name in self.identifiers)

    @lazy
    def gradients(self) -> tuple[str, ...]:
        """What holds each node's gradient in code. That of a part within an expression is the gradient of the whole:
        d(W1 @ x) is dz1."""
        schedule = self.structure.schedule
        names = list(self.own_gradients)
        for i in reversed(schedule.graph):
            if i in self.within and schedule.receives[i]:
                names[i] = names[schedule.edges[schedule.receives[i][0]].target]
        return tuple(names)

    @lazy
    def _parts(self) -> dict[int, str]:
        """What the parts within an expression compute."""
        names = list(self.code)
        found: dict[int, str] = {}
        for i in self.structure.schedule.graph:
            if i in self.within:
                rule = self.structure.schedule.rules[i]
                assert rule is not None
                names[i] = NUMPY.bound(rule.written_expression, self.symbols(i, names, ""))
                found[i] = names[i][0]
        return found

    def value_in_code(self, i: int) -> str:
        """What holds a node's value in code: its name, the number that it is, or what a part within an expression
        computes, in brackets."""
        return f"({self._parts[i]})" if i in self.within else self.code[i][0]

    def gradient_title(self, i: int) -> str:
        """The left side of the line for a node's gradient: `dW1`, or `d(W1 @ x)`, where it has no name."""
        return f"d({self._parts[i]})" if i in self.within and self.structure.schedule.receives[i] else self.gradients[i]

    @lazy
    def code(self) -> tuple[Written, ...]:
        """What stands for each node in emitted code: its name, or the number itself."""
        return tuple(number_of(node) or (self.identifiers[i], ATOM) for i, node in enumerate(self.nodes))

    def symbols(self, target: int, names: Sequence[Any] | Names, gradient: str) -> dict[str, Any]:
        """What the symbols of the rule at `target` stand for, where it is about to be written."""
        checkpoint(15)
        table: dict[str, Any] = {"g": gradient, "y": names[target] if target < len(names) else ""}
        for slot, source in enumerate(self.structure.schedule.inputs[target]):
            table[f"x{slot}"] = names[source]
        return table

    def message(self, edge: int) -> str | None:
        """The code of one message, as in `dz1 @ x.T`; None where nothing is sent."""
        schedule = self.structure.schedule
        if not schedule.sends(edge):
            return None
        target = schedule.edges[edge].target
        return NUMPY.print(schedule.message(edge), self.symbols(target, self.code, self.gradients[target]))

    def forward(self, target: int) -> str:
        """The code of one value, as in `W1 @ x`."""
        rule = self.structure.schedule.rules[target]
        assert rule is not None
        return NUMPY.print(rule.forward_expression, self.symbols(target, self.code, ""))

    def partial(self, edge: int) -> tuple[str | None, str | None]:
        """The local derivative along an edge as text and as LaTeX; None where there is no single one."""
        e = self.structure.schedule.edges[edge]
        rule = self.structure.schedule.rules[e.target]
        expression = None if rule is None or not rule.carries(e.slot) else rule.partial_expressions[e.slot]
        if expression is None:
            return None, None
        text = NUMPY.print(expression, self.symbols(e.target, self.plain, ""))
        return text, LATEX.print(expression, self.symbols(e.target, self.latex_names, ""))

    # -- plain text and LaTeX ------------------------------------------------------------------------------------

    @lazy
    def plain(self) -> Names:
        """What stands for each node in a sentence: its name, or the expression it is where it has none."""
        return self._inlined(latex=False)

    @lazy
    def latex_names(self) -> Names:
        return self._inlined(latex=True)

    @lazy
    def formulas(self) -> OnDemand[str]:
        """What each node computes, as in `W1 @ x + b1`; a leaf's own name."""
        return OnDemand(len(self.nodes), lambda i: self.expression(i, False, self.plain)[0])

    @lazy
    def latex_formulas(self) -> OnDemand[str]:
        return OnDemand(len(self.nodes), lambda i: self.expression(i, True, self.latex_names)[0])

    @lazy
    def headings(self) -> OnDemand[str]:
        """The same alone, not beside code: what a long part without a name is called there stands in no text of the
        reader's, so it is left out."""
        names = self._inlined(latex=True, left_out=(r"\ldots", ATOM))
        return OnDemand(len(self.nodes), lambda i: self.expression(i, True, names)[0])

    def _inlined(self, *, latex: bool, left_out: Written | None = None) -> Names:
        """left_out: what stands for an expression that is too long; else the id of its node."""

        def name(i: int) -> Written:
            node = self.nodes[i]
            if node.op is CONSTANT and node.name is None:
                return short_number(node) or (f"{show_shape(self.structure.schedule.shapes[i])} array", ATOM)
            if node.name is not None:
                return self._version(i) if latex else node.name, ATOM
            if i not in self.apart:
                text, binds = self.expression(i, latex, names)
                if len(text) <= _LONG * (2 if latex else 1):
                    return text, binds
            return left_out or (latex_name(node.id) if latex else node.id, ATOM)

        names = OnDemand(len(self.nodes), name, self.parts_of)
        return names

    def parts_of(self, i: int) -> Sequence[int]:
        """The inputs with which a node is written out where it is used."""
        return () if self.nodes[i].name is not None or i in self.apart else self.structure.schedule.inputs[i]

    @lazy
    def apart(self) -> frozenset[int]:
        """In a large program the results of groups: what uses one calls it by its id, so that the name of a node needs
        those of its own group alone."""
        if len(self.nodes) <= LARGE:
            return frozenset()
        nodes = self.nodes
        return frozenset(
            [
                source
                for source, target, _ in self.structure.schedule.edges
                if nodes[source].group != nodes[target].group
            ]
        )

    def _version(self, i: int) -> str:
        """A name typeset. If it stands for several values in turn, all but the last are numbered, as in y⁽²⁾."""
        node = self.nodes[i]
        assert node.name is not None
        typeset = latex_name(node.name)
        if self.identifiers[i] in ("", _identifier(node.name)):
            return typeset
        number = "1" if node.id == node.name else node.id.removeprefix(f"{node.name}#")
        # In braces, so that it can be raised to a power.
        return rf"{{{typeset}^{{({number})}}}}" if number.isdigit() else typeset

    def placed(self, i: int) -> str | None:
        """The name of an attribute or an item, typeset, where code calls it by it; None for any other node."""
        name = self.nodes[i].name
        if name is None or name.isidentifier() or self.identifiers[i] != _identifier(name):
            return None
        return latex_name(name)

    def expression(self, i: int, latex: bool, names: Sequence[Written] | Mapping[int, Written] | Names) -> Written:
        """What node `i` computes as plain text or LaTeX, with `names` for nodes before it, and how tightly it binds."""
        checkpoint(10)
        node = self.nodes[i]
        if node.op is INPUT or node.op is CONSTANT:
            return names[i]
        rule = self.structure.schedule.rules[i]
        assert rule is not None
        op = node.op
        given = [names[j] for j in self.structure.schedule.inputs[i]]
        if latex and (op.latex is not None or op.text is None):
            return op.typeset(rule.call, given)
        if op.text is not None and "(" not in op.text:
            if op.kind == "mask":
                # The comparison itself, not its conversion to numbers.
                return _infix(op.text, given)
            operands = {f"x{slot}": operand for slot, operand in enumerate(given)}
            return (LATEX if latex else NUMPY).bound(rule.forward_expression, operands)
        suffix = op.postfix(node.attrs)
        if suffix:
            return bracketed(given[0], ATOM) + fill(suffix, *[text for text, _ in given]), ATOM
        return _call(node, [text for text, _ in given]), ATOM


def _infix(text: str, arguments: list[Written]) -> Written:
    # A sign may lead: -1 > x.
    needs = (ATOM,) if len(arguments) == 1 else (SIGN, ATOM)
    parts = [bracketed(argument, need) for argument, need in zip(arguments, needs, strict=True)]
    return fill(text, *parts), SIGN if len(parts) == 1 else COMPARISON


def _call(node: Node, arguments: list[str]) -> str:
    """A call as the language writes it."""
    op, attrs = node.op, node.attrs
    if op.text is not None:
        return fill(op.text, *arguments)
    listed = ["(" + join(", ", arguments) + ")"] if op.variadic and op.parameters else arguments
    given = [f"{p.name}={attrs[p.name]}" for p in op.parameters if attrs.get(p.name) != p.default]
    spelled = op.name if op.bare or not op.numpy else f"np.{op.numpy[0]}"
    return f"{spelled}(" + join(", ", [*listed, *given]) + ")"


def _identifier(name: str) -> str:
    """A name or an id as one of Python's: `net.layers[0].W` as net_layers_0_W."""
    return re.sub(r"\W+", "_", name).strip("_")


def _free(wanted: str, taken: set[str]) -> str:
    name = wanted if wanted and not wanted[0].isdigit() and not keyword.iskeyword(wanted) else f"v_{wanted}"
    while name in taken:
        name += "_"
    taken.add(name)
    return name
