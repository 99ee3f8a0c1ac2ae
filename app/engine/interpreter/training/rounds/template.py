"""One round of a training loop as a function of the round before it: the nodes that it wrote, made into a list of
kernels, and between them what it does on the host. It gives the very numbers that reading the round gives, as the
kernels and the operations are the same."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from app.engine.interpreter.graph.raising import raising
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.prints import as_item, shown_text
from app.engine.interpreter.semantics.indexing import array_index
from app.engine.interpreter.training.rounds.followed import FIRST
from app.engine.interpreter.training.rounds.histories import kept
from app.engine.interpreter.training.rounds.round import Round, same_course, standing
from app.engine.interpreter.training.rounds.steps import (
    INDEXED,
    Differs,
    Operation,
    Question,
    Source,
    host_value,
    itself,
    number_of,
    read_by,
    same_value,
)
from app.engine.interpreter.turns.outputs import PerRound
from app.engine.interpreter.values import Text
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.axes import count
from app.engine.ops.index_array import IndexArray
from app.engine.program import Guard, Value

_PER_ELEMENT, _PER_PRODUCT, _PER_STEP = 1 / 1_000, 1 / 2_000, 5
"""Cost of one element, of one multiplication of a matrix product, and of one operation on the host, in nodes."""

_BIGGEST_WHOLE = 2**53
Kernel = tuple[Callable[..., Value], tuple[int, ...], int]
OnHost = Callable[[list[Value], list[Any]], None]


class Template:
    """What a round computes. Values stand in one list: those of its nodes, then those that it takes from the round
    before, then those that no round changes. What differs on the host stands in another, by slots."""

    def __init__(self, interpreter: Interpreter, rounds: Sequence[Round]) -> None:
        """rounds: three in a row, all alike. Raises Differs."""
        self.interpreter, self.graph = interpreter, interpreter.graph
        self.before, self.last = rounds[1], rounds[2]
        self.size = self.last.size
        self.cost = float(self.size)
        self.per_round = PerRound({})
        self._carried: list[int] = []
        self._fixed: list[Value] = []
        self._slots: dict[tuple[str, int], int] = {}
        self._kernels: list[Kernel] = []
        self._on_host: list[tuple[int, OnHost]] = []
        self._whole: list[int] = []
        self.indices: dict[int, Any] = {}
        self.found: dict[int, Any] = {}
        """By node, the index that it reads at: in the last round, and in the one that is computed."""
        if any(each.size != self.size for each in rounds) or not all(
            a.end == b.start for a, b in itertools.pairwise(rounds)
        ):
            raise Differs
        same_course(self.before, self.last)
        last = self.last
        self._needed = {i for node in self.graph.nodes[last.start : last.end] for i in node.inputs}
        self._needed |= {last.start + place % self.size for _, place in (*last.held.refs, *last.held.memories)}
        self._needed |= {index for index, _ in last.watch.decisions}
        for a, b in zip(self.before.watch.steps, last.watch.steps, strict=True):
            self._step(a, b)
        for index, slot in last.watch.picked.items():
            self._pick(index, slot)
        for offset in range(self.size):
            self._node(offset)
        self._decisions: list[tuple[int, Guard]] = [
            (self._input(was, now), interpreter.guards[now, question])
            for (was, _), (now, question) in zip(self.before.watch.decisions, last.watch.decisions, strict=True)
        ]
        self.kept = [kept(item, slot, last.start) for _, _, item, slot in last.held.appended]
        self.carries = [last.held.varying[key] for key in last.seeds]
        self.draws = any(isinstance(each, Operation) for each in last.watch.steps)
        self.prints = sum(isinstance(each, Operation) and each.prints for each in last.watch.steps)
        self.cost += _PER_STEP * len(self._on_host)
        self.values: list[Value] = [
            *[self.graph.value(i) for i in range(last.start, last.end)],
            *[0.0] * len(self._carried),
            *self._fixed,
        ]
        self.previous = self.values
        """The values of the round before the last one."""
        self.slots: list[Any] = [None] * last.watch.slots
        for key, slot in last.held.varying.items():
            self.slots[slot] = last.held.container(key)[key[1]]
        self.stands: Mapping[int, int] = {place: place for place in range(self.size)}
        """By place in the round behind which it goes on, the place here."""
        self._run = self._compiled()

    def goes_on(self, behind: Round) -> bool:
        """Whether the next round can be computed behind another one that was read, which did other things, but left the
        same behind. If so, it begins from there."""
        stands = standing(self.graph, self.last, behind)
        found = {here: there for there, here in (stands or {}).items()}
        if stands is None or any(offset not in found for offset in self._carried):
            return False
        for offset in self._carried:
            self.values[offset] = self.graph.value(behind.start + found[offset])
        for key, slot in self.last.held.varying.items():
            self.slots[slot] = behind.held.container(key)[key[1]]
        self.stands = stands
        return True

    # -- what is done on the host --------------------------------------------------------------------------------

    def _step(self, a: Any, b: Any) -> None:
        if type(a) is not type(b):
            raise Differs
        if isinstance(b, Operation):
            self._operation(a, b)
        elif a == b:
            self._on_host.append((b.place, lambda values, slots: b.again(slots)))
        else:
            raise Differs

    def _operation(self, a: Operation, b: Operation) -> None:
        found = {now: self._input(was, now) for was, now in read_by(a, b)}
        interpreter, nodes = self.interpreter, self.graph.nodes

        def run(values: list[Value], slots: list[Any]) -> None:
            def settled(item: Any) -> str:
                return shown_text(item, lambda node: values[place(node)], nodes)

            printed = len(interpreter.prints)
            result = b.again(interpreter, slots, lambda node, kind: host_value(values[place(node)], kind))
            if len(interpreter.prints) != printed + b.prints:
                raise Differs
            # The nodes of this round are not kept: what is printed, and a text with values in it, is settled.
            slots[b.slot] = settled(as_item(result)) if type(result) is Text else result
            if b.prints:
                last = interpreter.prints[-1]
                interpreter.prints[-1] = replace(last, items=tuple(map(settled, last.items)))

        def place(node: int) -> int:
            if node not in found:
                raise Differs
            return self._position(found[node])

        self._on_host.append((b.place, run))

    # -- nodes ---------------------------------------------------------------------------------------------------

    def _node(self, offset: int) -> None:
        nodes, shapes, watch = self.graph.nodes, self.graph.shapes, self.last.watch
        was, now = self.before.start + offset, self.last.start + offset
        a, b = nodes[was], nodes[now]
        if a.op is not b.op or a.kind != b.kind or shapes[was] != shapes[now]:
            raise Differs
        if now in watch.constants:
            self._constant(offset, watch.constants[now])
            return
        if b.op is CONSTANT:
            if now in self._needed and not same_value(a.value, b.value):
                # (`(i + 1) % every` writes i + 1, which is asked for and then forgotten.)
                raise Differs
            return
        if b.op is INPUT:
            origins = self.interpreter.training.origins
            source = origins.get(now)
            if source is None and same_value(self.graph.value(was), self.graph.value(now)):
                # `xs[t] = np.zeros((n, 1))`: an array that every round makes is a leaf, by its place.
                return
            if source is None or source < self.last.start or origins.get(was) != source - self.size:
                raise Differs
            self._kernels.append((itself, (source - self.last.start,), offset))
            return
        inputs = tuple([self._input(i, j) for i, j in zip(a.inputs, b.inputs, strict=True)])
        self._bounded(offset, now)
        self.cost += count(shapes[now]) * _PER_ELEMENT + self.graph.products(now) * _PER_PRODUCT
        index, index_before = b.attrs.get("index"), a.attrs.get("index")
        if index and id(index) in watch.indexed:
            held = self.before.watch.indexed.get(id(index_before))
            if held is None or not b.op.indexed:
                raise Differs
            self._at_index(offset, inputs, held[1], *watch.indexed[id(index)][1:])
            return
        if a.attrs != b.attrs:
            raise Differs
        self._kernels.append((self._kernel(now), inputs, offset))

    def _bounded(self, offset: int, now: int) -> None:
        """What reading refuses for some numbers is not computed for them."""
        node, watch = self.graph.nodes[now], self.last.watch
        if node.kind == "int" and not self.graph.shapes[now]:
            self._whole.append(offset)
        divisor = node.op.whole_divisor
        if divisor is not None and node.inputs[divisor] in watch.constants:
            raise Differs
        kinds = {self.graph.nodes[i].kind for i in node.inputs}
        if node.op.exponent is not None and "float" not in kinds and node.inputs[node.op.exponent] in watch.constants:
            raise Differs

    def _constant(self, offset: int, slot: int) -> None:
        shape = self.graph.shapes[self.last.start + offset]

        def run(values: list[Value], slots: list[Any]) -> None:
            value = number_of(slots[slot])
            if np.shape(value) != shape:
                raise Differs
            values[offset] = value

        self._on_host.append((offset, run))

    def _at_index(self, offset: int, inputs: tuple[int, ...], was: Source, given: Source, where: Any) -> None:
        """A node that reads or stores at an index that differs."""
        now = self.last.start + offset
        compute, shape = INDEXED[self.graph.nodes[now].op.indexed], self.graph.shapes[now]
        if was.slot != given.slot or was.kind != given.kind:
            raise Differs
        source = None if given.node is None or was.node is None else self._input(was.node, given.node)
        interpreter = self.interpreter

        def run(values: list[Value], slots: list[Any]) -> None:
            held: Any = slots[given.slot] if given.slot is not None else None
            if source is not None:
                value = values[self._position(source)]
                held = host_value(value, given.kind)
            index = array_index(interpreter, held, where)
            at = tuple([item.array if isinstance(item, IndexArray) else item for item in index])
            found = compute(at, *[values[self._position(i)] for i in inputs])
            if np.shape(found) != shape:
                raise Differs
            values[offset] = found if shape else float(found)
            self.found[offset] = index

        self._on_host.append((offset, run))

    def _kernel(self, index: int) -> Callable[..., Value]:
        """A node's kernel. One that is made for a number of the text is made anew where that differs."""
        graph, node = self.graph, self.graph.nodes[index]
        own = [slot for slot in node.op.literal if node.inputs[slot] in self.last.watch.constants]

        def run(*values: Value) -> Value:
            numbers = {slot: values[slot] for slot in own}
            return graph.kernel(index, numbers)(*values)  # type: ignore[arg-type]

        return raising(node, run if own else graph.kernel(index))

    def _pick(self, index: int, slot: int) -> None:
        """An array of before the loop that is another one in each round."""
        place, shape, kind = self._slot("picked", index), self.graph.shapes[index], self.graph.nodes[index].kind
        steps = self.last.watch.steps
        made = next(each.place for each in steps if each.slot == slot and not isinstance(each, Question))

        def run(values: list[Value], slots: list[Any]) -> None:
            if slots[slot].stale:
                raise Differs
            found = slots[slot].index
            if self.graph.shapes[found] != shape or self.graph.nodes[found].kind != kind:
                raise Differs
            values[self._position(place)] = self.graph.value(found)

        self._on_host.append((made, run))

    def _input(self, was: int, now: int) -> int:
        """Where in the list an input stands. was, now: its indices in the two rounds."""
        start = self.last.start
        if now >= self.before.start:
            if now - was != self.size:
                raise Differs
            if now >= start:
                return now - start
            return self._slot("carried", now - self.before.start)
        slot = self.last.watch.picked.get(now)
        if slot is not None and self.before.watch.picked.get(was) == slot:
            if was == now:
                # It may be this one in any case.
                raise Differs
            return self._slot("picked", now)
        if now != was:
            raise Differs
        return self._slot("fixed", now)

    def _slot(self, kind: str, index: int) -> int:
        found = self._slots.get((kind, index))
        if found is None:
            # Their places are known once all are: for now, counted apart, the carried ones by negative numbers.
            if kind == "carried":
                self._carried.append(index)
                found = -len(self._carried)
            else:
                self._fixed.append(self.graph.value(index))
                found = self.size + len(self._fixed) - 1
            self._slots[kind, index] = found
        return found

    def _position(self, slot: int) -> int:
        if slot < 0:
            return self.size - slot - 1
        return slot if slot < self.size else slot + len(self._carried)

    # -- rounds --------------------------------------------------------------------------------------------------

    def _compiled(self) -> Callable[[list[Value], list[Any]], None]:
        kernels = [(kernel, tuple(map(self._position, inputs)), out) for kernel, inputs, out in self._kernels]
        stretches: list[tuple[list[Kernel], OnHost | None]] = []
        at = 0
        for place, run in sorted(self._on_host, key=lambda each: each[0]):
            first = at
            while at < len(kernels) and kernels[at][2] < place:
                at += 1
            stretches.append((kernels[first:at], run))
        stretches.append((kernels[at:], None))

        def compute(values: list[Value], slots: list[Any]) -> None:
            for each, on_host in stretches:
                for kernel, inputs, out in each:
                    if len(inputs) == 2:
                        values[out] = kernel(values[inputs[0]], values[inputs[1]])
                    else:
                        values[out] = kernel(*[values[i] for i in inputs])
                if on_host is not None:
                    on_host(values, slots)

        return compute

    def next_round(self, number: Any) -> tuple[list[Value], list[Any]]:
        """The values and the slots of the next round, which are not kept. number: what the loop's name is in it.
        Raises Differs where it would take another course."""
        values, slots = self.values.copy(), self.slots.copy()
        for place, offset in enumerate(self._carried, self.size):
            values[place] = values[offset]
        for place, slot in enumerate(self.carries, FIRST):
            slots[place] = self.slots[slot]
        slots[0] = number
        self.found = {}
        self._run(values, slots)
        same = any(slots[slot] is self.slots[slot] for slot in self.last.watch.local)
        if same or any(abs(float(values[offset])) > _BIGGEST_WHOLE for offset in self._whole):
            raise Differs
        if not all(guard.holds(values[self._position(place)]) for place, guard in self._decisions):
            raise Differs
        return values, slots
