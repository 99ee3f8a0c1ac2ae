"""What is known of a round while it is read: where numbers of the host that differ from round to round are, what is
computed from them, and how they enter the graph."""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.rounds.frames import Frame, Operand, differs
from app.engine.interpreter.training.rounds.held_slots import KEPT, SCALARS, HeldSlots
from app.engine.interpreter.training.rounds.steps import (
    Differs,
    Handler,
    Item,
    Length,
    Operation,
    Question,
    Source,
    frozen,
)
from app.engine.interpreter.values import Literal, Ref
from app.engine.interpreter.values.hosted import as_host
from app.engine.ops import CONSTANT, INPUT

FIRST = 1
"""Slots before those of what earlier rounds left: the loop's own number."""


class Followed:
    """One round. steps: what it does on the host, in order. constants: by node, the slot of its number. indexed: by the
    identity of an index in a node, the index, its operand, and the syntax. decisions: the nodes by whose value the
    round took a course, and how they were asked. results: what other calls gave, which must be the same in every round.
    local: slots of numbers that names of functions hold, of which the same one twice is one node. picked: by a node of
    before the loop, the slot of an array that was taken out of a container by a number that differs; picks: where such
    arrays are kept. failed: why the round
    cannot be computed."""

    def __init__(
        self,
        interpreter: Interpreter,
        before: tuple[int, int],
        seeds: Sequence[tuple[Any, Any]],
        growing: Collection[int],
    ) -> None:
        """before: the first node of the round two before, and of the round before. seeds: the places whose numbers
        differ, a container and a key each. growing: the lists that get longer."""
        self.interpreter = interpreter
        self.earliest, self.before = before
        self.start = len(interpreter.graph.nodes)
        self.places = HeldSlots(growing)
        self.slots = FIRST + len(seeds)
        self.steps: list[Operation | Question | Item | Length] = []
        self.constants: dict[int, int] = {}
        self.indexed: dict[int, tuple[Any, Source, Any]] = {}
        self.decisions: list[tuple[int, str]] = []
        self.results: list[Any] = []
        self.local: set[int] = set()
        self.picked: dict[int, int] = {}
        self.picks = HeldSlots(())
        self.failed = ""
        self.stack: list[Frame] = []
        for slot, (container, key) in enumerate(seeds, FIRST):
            self.places.put(container, key, container[key], slot)

    def fail(self, why: str) -> None:
        """The round cannot be computed: it does this."""
        self.failed = self.failed or why

    def slot_of(self, value: Any) -> int | None:
        """The slot of a node that is a constant with such a number."""
        return self.constants.get(value.index) if type(value) is Ref and not value.stale else None

    def changes(self, index: int) -> bool:
        """Whether a node may have another value in the next round."""
        if index in self.picked:
            return True
        if index < self.earliest:
            return False
        return index in self.constants or index < self.start or self.interpreter.graph.nodes[index].op is not CONSTANT

    def undecided(self, frame: Frame, explained: Collection[int] = ()) -> None:
        """What a frame asked decides the course of the round, as far as it is not explained otherwise."""
        for index, question in frame.asked:
            if index in explained or not self.changes(index):
                continue
            if index in self.constants:
                self.fail("a number that decides")
            self.decisions.append((index, question))

    def question(self, operand: Operand) -> None:
        """A condition on a number that differs."""
        value = operand.value
        single = type(value) is Ref and not self.interpreter.shape(value)
        if operand.slot is None or not (single or value is None or isinstance(value, SCALARS)):
            self.fail("a condition")
            return
        truth = bool(self.interpreter.graph.value(value.index)) if type(value) is Ref else bool(value)
        operand.used = True
        self.steps.append(Question(self._place(), operand.slot, truth))

    def new_slot(self) -> int:
        self.slots += 1
        return self.slots - 1

    def _place(self) -> int:
        return len(self.interpreter.graph.nodes) - self.start

    def item(self, source: int, at: int, node: Any) -> int:
        """An item of an array that differs, and is this node."""
        slot = self.new_slot()
        self.steps.append(Item(node.index - self.start if type(node) is Ref else 0, source, at, slot))
        return slot

    def pick(self, frame: Frame, value: Any, run: Handler) -> bool:
        """Whether a value is an array of before the loop, or several in a tuple, that a number of the host takes out of
        a container: another one in each round."""
        operands = value if type(value) is tuple else (value,)
        wrote = frame.own(len(self.interpreter.graph.nodes))
        if not operands or wrote or not all(type(each) is Ref and self._is_fixed(each) for each in operands):
            return False
        slot = self.step(frame, value, run, frame.operands)
        if slot is None:
            return False
        for at, each in enumerate(operands):
            own = self.letter(slot, at) if type(value) is tuple else slot
            if self.picked.setdefault(each.index, own) != own:
                self.fail("an array that is taken twice")
        return True

    def _is_fixed(self, ref: Ref) -> bool:
        return not ref.stale and ref.index < self.earliest

    def letter(self, source: int, at: int) -> int:
        """A letter of a text that differs, or an item of a tuple."""
        slot = self.new_slot()
        self.steps.append(Item(self._place(), source, at, slot))
        return slot

    def length(self, text: str, slot: int) -> None:
        """A text that differs is gone through to its end."""
        self.steps.append(Length(self._place(), slot, len(text)))

    def step(
        self,
        frame: Frame,
        value: Any,
        run: Handler,
        operands: Sequence[Operand],
        *,
        arrays: bool = False,
        before: int | None = None,
    ) -> int | None:
        """An operation on the host. arrays: whether it may be given NumPy's values where it was given nodes. before:
        the node before which it is done, where it is not the next one."""
        nodes = self.interpreter.graph.nodes
        explained: set[int] = set()
        given: list[Source] = []
        asked = {index for index, _ in frame.asked}
        printed = self.interpreter.prints[frame.printed :]
        try:
            result, *now = [frozen(each) for each in (value, *[operand.value for operand in operands])]
        except Differs:
            self.fail("a part of an array")
            return None
        for operand, fixed in zip(operands, now, strict=True):
            held = operand.value
            if operand.slot is not None and (type(held) is not Ref or fixed.index in asked):
                if type(held) is Ref:
                    explained.add(fixed.index)
                given.append(Source(operand.node, slot=operand.slot))
            elif type(held) is Ref and fixed.index in asked and self.changes(fixed.index) and (held.python or arrays):
                explained.add(fixed.index)
                given.append(Source(operand.node, node=fixed.index, kind=nodes[fixed.index].kind))
            elif type(held) is Ref and fixed.index in asked and held.python and not self.changes(fixed.index):
                given.append(
                    Source(operand.node, as_host(self.interpreter.graph.value(fixed.index), nodes[fixed.index].kind))
                )
            else:
                given.append(Source(operand.node, fixed))
        self.undecided(frame, explained)
        slot = self.new_slot()
        shown = tuple(i for each in printed for i in each.nodes)
        place = self._place() if before is None else before - self.start
        self.steps.append(Operation(place, frame.node, run, tuple(given), result, slot, bool(printed), shown))
        return slot

    def leaf(self, stored: Any, slot: int) -> bool:
        """Whether a number became a leaf or a constant of the graph, which differs then."""
        if type(stored) is not Ref or stored.stale or stored.index < self.start:
            return False
        if self.interpreter.graph.nodes[stored.index].op not in (INPUT, CONSTANT):
            return False
        self.constants[stored.index] = slot
        return True

    def keep(self, container: Any, key: Any, operand: Operand | None) -> None:
        """A place has got what an operand gave: a number that differs, or anything else."""
        stored = container[key] if isinstance(container, list) else container.get(key)
        slot = self.picked.get(stored.index) if type(stored) is Ref and not stored.stale else None
        self.picks.put(container, key, stored, slot)
        if operand is None or operand.slot is None or type(operand.value) in (list, Ref):
            self.places.put(container, key, None, None)
            return
        if stored is operand.value and isinstance(stored, KEPT):
            self.places.put(container, key, stored, operand.slot)
        elif not self.leaf(stored, operand.slot):
            self.fail("what a place keeps")

    def enters(self, frame: Frame, operands: Sequence[Operand]) -> bool:
        """Whether every number among these parts that differs became a constant of the graph that the frame wrote, and
        nothing else."""
        graph, span = self.interpreter.graph, self.interpreter.span
        own = frame.own(len(graph.nodes))
        # A local name's number is one constant, wherever it meets a traced value.
        held = {self.constants.get(j) for i in own for j in graph.nodes[i].inputs}
        found = {k for k, operand in enumerate(operands) if operand.slot in held and isinstance(operand.node, ast.Name)}
        for i in own:
            if graph.nodes[i].op is not CONSTANT or graph.nodes[i].span is None:
                continue
            value, place = graph.value(i), (graph.nodes[i].span.line, graph.nodes[i].span.column)  # type: ignore[union-attr]
            same = [
                k
                for k, operand in enumerate(operands)
                if type(value) is float
                and isinstance(operand.value, int | float)
                and float(operand.value) == value
                and place == (span(operand.node).line, span(operand.node).column)
            ]
            slots = {operands[k].slot for k in same}
            if len(slots) > 1:
                return False
            slot = next(iter(slots), None)
            if slot is not None:
                self.constants[i] = slot
                found.update(same)
        for k, operand in enumerate(operands):
            if operand.slot is None or not differs(operand) or operand.used:
                continue
            literal = type(operand.value) is Literal and operand.value.ref is not None
            if not (k in found or (literal and self.leaf(operand.value.ref, operand.slot))):
                return False
        return True

    def index(self, frame: Frame, operand: Operand, owner: Operand | None) -> None:
        """The frame reads or stores at an index that may differ."""
        graph = self.interpreter.graph
        given: Source | None = None
        explained: set[int] = set()
        held = operand.value
        if type(held) is Literal and operand.slot is None and held.ref is not None:
            # It may have been stored into since it was made.
            held = held.ref
        if operand.slot is not None:
            given = Source(operand.node, slot=operand.slot)
            if type(held) is Ref:
                explained.add(held.node)
        elif type(held) is Ref and not held.stale and self.changes(held.index) and self._asks(frame, held.index):
            explained.add(held.index)
            given = Source(operand.node, node=held.index, kind=graph.nodes[held.index].kind)
        self.undecided(frame, explained)
        if given is None:
            return
        own = [i for i in frame.own(len(graph.nodes)) if "index" in graph.nodes[i].attrs]
        if not own:
            self.fail("an index")
        for i in own:
            index = graph.nodes[i].attrs["index"]
            if not index:
                self.fail("an index")
            self.indexed[id(index)] = (index, given, operand.node)

    def _asks(self, frame: Frame, index: int) -> bool:
        return any(asked == index for asked, _ in frame.asked)
