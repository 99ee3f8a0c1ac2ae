"""The part of the sentences that does not depend on values: names, formulas with holes for numbers, rules, borders of
groups. Made once per structure, on demand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.engine.execution.structure import Structure
from app.engine.labels import title
from app.engine.notation.plan_names import Notation
from app.engine.notation.signs import in_signs
from app.engine.ops import CONSTANT
from app.engine.ops.axes import count
from app.engine.ops.dialects import NUMPY
from app.engine.ops.expression import Expr, Number
from app.engine.ops.printed import Piece, printed, with_holes
from app.engine.ops.word import ATOM, Written
from app.engine.program import NO_GROUP
from app.engine.support.checkpoints import checkpoint
from app.engine.support.lazy import lazy
from app.engine.support.on_demand import OnDemand

_LONG_PART = 24
_LONG_PARTIAL = 24
_CASES = re.compile(r"[<>=]|where|sign")
_CODE = re.compile(r"array|reshape|[a-z]\(")


class Use(NamedTuple):
    """One edge that carries a message: its number, the place of its source, its slot."""

    edge: int
    source: int
    slot: int


@dataclass(frozen=True, slots=True)
class Border:
    """The edges into and out of a group: places of outside sources in the order of their first use, the edges from
    each, and the places of the nodes that leave it (none where nothing of it leads to the output)."""

    sources: tuple[int, ...]
    edges: tuple[tuple[int, ...], ...]
    results: tuple[int, ...]

    @property
    def result(self) -> int | None:
        """The last node that leaves the group; the output, where that is in it."""
        return self.results[-1] if self.results else None


class Wording:
    """Places count in `structure.nodes`; edges in `structure.edges`."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.schedule = structure.schedule
        self.nodes = structure.nodes
        self._notation = Notation(structure)

    @lazy
    def names(self) -> OnDemand[str]:
        """What each node is called: "z1", or "@ in z1" for a part that has no name of its own. Two such parts of one
        line are distinguished by what they compute."""
        titles = [title(node) for node in self.nodes]
        times = Counter(titles)
        numbers: Counter[str] = Counter()
        number: dict[int, int] = {}
        for place, node in enumerate(self.nodes):
            own = titles[place]
            if node.name is None and node.op is not CONSTANT and times[own] > 1:
                numbers[own] += 1
                number[place] = numbers[own]

        def name(place: int) -> str:
            if place not in number:
                return titles[place]
            formula = self.formulas[place]
            short = len(formula) <= _LONG_PART and "…" not in formula
            return formula if short else f"{titles[place]} ({number[place]})"

        return OnDemand(len(self.nodes), name)

    @lazy
    def inputs(self) -> list[tuple[int, ...]]:
        """Per node its inputs."""
        return list(self.schedule.inputs[: len(self.nodes)])

    @lazy
    def uses(self) -> list[tuple[Use, ...]]:
        """Per node the edges on which it sends a message."""
        found = []
        for i in self.schedule.graph:
            checkpoint(2)
            first, inputs = self.schedule.first_edge[i], self.schedule.inputs[i]
            found.append(tuple([Use(first + slot, inputs[slot], slot) for slot in self.schedule.senders[i]]))
        return found

    @lazy
    def arrivals(self) -> list[tuple[int, ...]]:
        """Per node the edges whose messages it receives, in the order of the backward pass."""
        return list(self.schedule.receives[: len(self.nodes)])

    @lazy
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        return self.structure.shapes

    # -- formulas --------------------------------------------------------------------------------------------------

    @lazy
    def formulas(self) -> OnDemand[str]:
        """Per node what it computes, in names; parts without a name as far as they are short."""
        notation = self._notation

        def name(i: int) -> Written:
            node = notation.nodes[i]
            if node.name is not None or node.op is CONSTANT:
                return notation.plain[i]
            text = ("…", ATOM) if i in notation.apart else notation.expression(i, False, names)
            return text if len(text[0]) <= _LONG_PART else ("…", ATOM)

        names = OnDemand(len(notation.nodes), name, notation.parts_of)
        return OnDemand(len(self.nodes), lambda i: in_signs(notation.expression(i, False, names)[0]))

    @lazy
    def fillings(self) -> OnDemand[Sequence[Piece] | None]:
        """Per node its formula with holes for numbers, which are the places of its inputs; None for leaves, and where
        some input is an array of several numbers."""
        return OnDemand(len(self.nodes), self._filling)

    def _filling(self, i: int) -> Sequence[Piece] | None:
        nodes, inputs, shapes = self._notation.nodes, self.schedule.inputs[i], self.schedule.shapes
        if not inputs or any(count(shapes[j]) != 1 for j in inputs):
            return None
        written = {j: self._notation.plain[j] for j in inputs if nodes[j].op is CONSTANT and nodes[j].name is None}

        def render(table: Mapping[str, Written], latex: bool) -> str:
            names: Any = defaultdict(lambda: ("", ATOM), written)
            names.update((int(key), hole) for key, hole in table.items())
            return self._notation.expression(i, latex, names)[0]

        found = with_holes(render, [str(j) for j in dict.fromkeys(inputs) if j not in written])
        if all(piece.source is None for piece in found):
            return None
        return [piece._replace(text=in_signs(piece.text).replace(" @ ", " × ")) for piece in found]

    # -- rules -----------------------------------------------------------------------------------------------------

    @lazy
    def partials(self) -> OnDemand[str | None]:
        """Per edge the local derivative in names, where that is short and says more than its number."""
        return OnDemand(len(self.schedule.edges), self._partial)

    def _partial(self, e: int) -> str | None:
        expression = self._derivative(e)
        if expression is None or isinstance(expression, Number):
            return None
        target = self.schedule.edges[e].target
        text = in_signs(NUMPY.print(expression, self._notation.symbols(target, self._notation.plain, "")))
        return text if len(text) <= _LONG_PARTIAL and not _CASES.search(text) else None

    def is_unit(self, e: int) -> bool:
        """Whether the local derivative of an edge is 1 whatever the values."""
        partial = self._derivative(e)
        return isinstance(partial, Number) and partial.value == 1.0

    def _derivative(self, e: int) -> Expr | None:
        edge = self.schedule.edges[e]
        rule = self.schedule.rules[edge.target]
        return None if rule is None or not rule.carries(edge.slot) else rule.partial_expressions[edge.slot]

    @lazy
    def rules(self) -> OnDemand[list[Piece] | None]:
        """Per edge the arithmetic of its message with room for the node's own gradient, where it reads as arithmetic
        and not as code."""
        return OnDemand(len(self.schedule.edges), self._rule)

    def _rule(self, e: int) -> list[Piece] | None:
        edge = self.schedule.edges[e]
        rule = self.schedule.rules[edge.target]
        expression = None if rule is None or not rule.carries(edge.slot) else rule.message_expressions[edge.slot]
        if expression is None:
            return None
        pieces = self._with_gradient(expression, edge.target)
        return None if any(_CODE.search(piece.text) for piece in pieces) else pieces

    def _with_gradient(self, message: Expr, target: int) -> list[Piece]:
        symbols = self._notation.symbols(target, self._notation.plain, "")
        pieces = printed(lambda own, latex: NUMPY.print(message, {**symbols, **own}), {"g": ("", ATOM)})
        return [piece._replace(text=in_signs(piece.text)) for piece in pieces]

    # -- groups ----------------------------------------------------------------------------------------------------

    @lazy
    def borders(self) -> dict[int, Border]:
        """Per position of a group that leads to the output what crosses its border, groups inside it included."""
        if not self.structure.groups:
            return {}
        within = self._within
        found: dict[int, dict[int, list[int]]] = {}
        leaving: dict[int, set[int]] = defaultdict(set)
        for g in {g for groups in within for g in groups}:
            found[g] = {}
        for e, edge in enumerate(self.schedule.edges):
            checkpoint(2)
            source, target = edge.source, edge.target
            if self.nodes[source].group == self.nodes[target].group:
                continue
            constant = self.nodes[source].op is CONSTANT
            for g in within[target] - within[source]:
                if not constant:
                    found[g].setdefault(source, []).append(e)
            for g in within[source] - within[target]:
                leaving[g].add(source)
        end = self.structure.schedule.output
        results = {g: sorted(places - {end}) for g, places in leaving.items()}
        for g in within[end]:
            results.setdefault(g, []).append(end)
        return {
            g: Border(tuple(sources), tuple(map(tuple, sources.values())), tuple(results.get(g, ())))
            for g, sources in found.items()
        }

    @lazy
    def groups(self) -> dict[str, int]:
        """Id of a group that leads to the output -> its position."""
        return {self.structure.groups[g].id: g for g in self.borders}

    @lazy
    def _within(self) -> list[frozenset[int]]:
        """Per node the groups around it."""
        groups = self.structure.groups
        around: list[frozenset[int]] = []
        for g, group in enumerate(groups):
            around.append(frozenset([g]) | (around[group.parent] if group.parent != NO_GROUP else frozenset()))
        return [around[node.group] if node.group != NO_GROUP else frozenset() for node in self.nodes]
