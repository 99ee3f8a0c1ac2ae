"""One round of a training loop as a function of the round before it: the nodes that it wrote, made into a list of
kernels. It gives the very numbers that reading the round gives, as the kernels are the same."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.snapshot import Snapshot
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.axes import count
from app.engine.program import Guard, Value

Place = tuple[int, int]
"""A line and a column of the text."""
_PER_ELEMENT, _PER_PRODUCT = 1 / 1_000, 1 / 2_000
"""Cost of one element, and of one multiplication of a matrix product, in nodes."""


@dataclass(slots=True)
class Round:
    """A round that was read: its nodes `start` to `end`, the value of the loop's name in it, the decisions that it
    took by its own nodes, what the text held behind it. quiet: whether it did nothing else: printed, drew, noted."""

    start: int
    end: int
    number: int
    decisions: list[Guard]
    quiet: bool
    held: Snapshot
    counted: Mapping[str, int]
    """How often each name had been given to a node."""

    @property
    def size(self) -> int:
        return self.end - self.start


class Template:
    """What a round computes. Values stand in one list: those of its nodes, then those that it takes from the round
    before, then those that no round changes."""

    def __init__(self, interpreter: Interpreter, rounds: Sequence[Round], uses: Collection[Place]) -> None:
        """rounds: three in a row, all alike. uses: where the loop's name stands in what is read. Raises Differs."""
        self.graph = interpreter.graph
        self.before, self.last = rounds[1], rounds[2]
        self.size = self.last.size
        self.carried: list[int] = []
        self.variables: list[int] = []
        self.cost = float(self.size)
        self._fixed: list[Value] = []
        self._slots: dict[tuple[str, int], int] = {}
        self._steps: list[tuple[Callable[..., Value] | None, tuple[int, ...], int]] = []
        self._leaves: dict[int, int] = {}
        if any(each.size != self.size for each in rounds) or not all(
            a.end == b.start for a, b in itertools.pairwise(rounds)
        ):
            raise Differs
        if self.before.held.tokens != self.last.held.tokens or not self.last.quiet:
            raise Differs
        if _told(self.before.decisions, self.before.start) != _told(self.last.decisions, self.last.start):
            raise Differs
        self._needed = {i for node in self.graph.nodes[self.last.start : self.last.end] for i in node.inputs}
        self._needed |= {self.last.start + place for _, place in (*self.last.held.refs, *self.last.held.memories)}
        self._needed |= {guard.node for guard in self.last.decisions}
        found: set[Place] = set()
        for offset in range(self.size):
            self._add(interpreter, offset, uses, found)
        if found != set(uses):
            # The loop's name does something that no node shows, as an index does.
            raise Differs
        self.decisions = [(guard.node - self.last.start, guard) for guard in self.last.decisions]
        self.values: list[Value] = [
            *[self.graph.value(i) for i in range(self.last.start, self.last.end)],
            *[0.0] * len(self.carried),
            *self._fixed,
        ]

    def _add(
        self,
        interpreter: Interpreter,
        offset: int,
        uses: Collection[Place],
        found: set[Place],
    ) -> None:
        nodes, shapes = self.graph.nodes, self.graph.shapes
        was, now = self.before.start + offset, self.last.start + offset
        a, b = nodes[was], nodes[now]
        if a.op is not b.op or a.kind != b.kind or shapes[was] != shapes[now] or a.attrs != b.attrs:
            raise Differs
        if b.op is CONSTANT:
            place = (0, 0) if b.span is None else (b.span.line, b.span.column)
            if place in uses and b.value == self.last.number and a.value == self.before.number:
                found.add(place)
                self.variables.append(offset)
            elif now in self._needed and not _equal(a.value, b.value):
                # (`(i + 1) % every` writes i + 1, which is asked for and then forgotten.)
                raise Differs
            return
        if b.op is INPUT:
            source = interpreter.origins.get(now)
            if source is None or source < self.last.start or interpreter.origins.get(was) != source - self.size:
                raise Differs
            self._steps.append((None, (source - self.last.start,), offset))
            return
        slots = tuple([self._input(i, j) for i, j in zip(a.inputs, b.inputs, strict=True)])
        self._steps.append((self._kernel(now), slots, offset))
        self.cost += count(shapes[now]) * _PER_ELEMENT + self.graph.products(now) * _PER_PRODUCT

    def _kernel(self, index: int) -> Callable[..., Value]:
        """A node's kernel. One that is made for a number of the text is made anew where that is the loop's own."""
        graph, node = self.graph, self.graph.nodes[index]
        own = [slot for slot in node.op.literal if node.inputs[slot] - self.last.start in self.variables]
        if not own:
            return graph.kernel(index)

        def run(*values: Value) -> Value:
            numbers = {slot: values[slot] for slot in own}
            return graph.kernel(index, numbers)(*values)  # type: ignore[arg-type]

        return run

    def _input(self, was: int, now: int) -> int:
        """Where in the list an input stands. was, now: its indices in the two rounds."""
        start = self.last.start
        if now >= self.before.start:
            if now - was != self.size:
                raise Differs
            if now >= start:
                return now - start
            return self._slot("carried", now - self.before.start)
        if now != was:
            raise Differs
        return self._slot("fixed", now)

    def _slot(self, kind: str, index: int) -> int:
        found = self._slots.get((kind, index))
        if found is None:
            # Their places are known once all are: for now, counted apart, the carried ones by negative numbers.
            if kind == "carried":
                self.carried.append(index)
                found = -len(self.carried)
            else:
                self._fixed.append(self.graph.value(index))
                found = self.size + len(self._fixed) - 1
            self._slots[kind, index] = found
        return found

    def compiled(self) -> Callable[[int], list[Value]]:
        """The round as a function of the loop's number: it computes the next values from `values` and returns them,
        without keeping them."""
        size, carried = self.size, self.carried
        shift = len(carried)

        def settled(slot: int) -> int:
            return size - slot - 1 if slot < 0 else slot if slot < size else slot + shift

        steps = [(kernel, tuple(map(settled, slots)), out) for kernel, slots, out in self._steps]
        variables = self.variables

        def run(number: int) -> list[Value]:
            values = self.values.copy()
            for place, offset in enumerate(carried, size):
                values[place] = values[offset]
            for offset in variables:
                values[offset] = float(number)
            for kernel, slots, out in steps:
                if kernel is None:
                    values[out] = values[slots[0]]
                elif len(slots) == 2:
                    values[out] = kernel(values[slots[0]], values[slots[1]])
                else:
                    values[out] = kernel(*[values[slot] for slot in slots])
            return values

        return run

    def decides(self, values: Sequence[Value]) -> bool:
        """Whether a round with these values takes the decisions of this one."""
        return all(guard.holds(values[offset]) for offset, guard in self.decisions)


class Differs(Exception):
    """Rounds do different things."""


def _told(decisions: Sequence[Guard], start: int) -> list[tuple[int, str]]:
    return [(guard.node - start, guard.question) for guard in decisions]


def _equal(a: Any, b: Any) -> bool:
    return a is b or (type(a) is float and type(b) is float and (a == b)) or _same_array(a, b)


def _same_array(a: Any, b: Any) -> bool:
    return (
        not isinstance(a, float)
        and not isinstance(b, float)
        and a is not None
        and b is not None
        and bool((a == b).all())
    )
