"""The loops of a text that train, and their rounds: which of them are its turns, and what its loss was in each.

The training that is told is the last one that a text does, with those before it that train the same parameters: its
turns are those of all of them. The turns of one are the rounds of the innermost loop in which the output is computed,
among the loops of one function (or of the top level): from there the text can be left as a shorter range would leave
it. A text is read once to find them, and again for one of its turns, or for the course of its loss.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import numpy as np

from app.engine.interpreter.grammar import Raised
from app.engine.interpreter.graph.builder import GraphBuilder
from app.engine.interpreter.turns.after import after
from app.engine.interpreter.turns.errors import Errors
from app.engine.interpreter.turns.output_place import place_of
from app.engine.interpreter.turns.outputs import MOST_KEPT, PerRound, RoundOutputs, Seen, measured, shifted, stands
from app.engine.interpreter.turns.trainings import LossOfTurn, OwnTraining, Position, TrainingLoop, Wanted
from app.engine.ops.expression import Shape
from app.engine.program import Node, Value

_PARAMETERS = 1_000
"""Parameters that are told."""
_LOOPS = 100
"""Trainings before the last one that may be told with it."""


class Ended(Raised):
    """The text is left: after the turn that is wanted, another training begins."""


@dataclass(slots=True)
class _Rounds:
    """What is known of the rounds of a loop. repeats: whether two of them have taken a training step of the same leaf.
    last: of the last one read its first node, the leaf that its first training step has made, and the node after it.
    """

    depth: int
    rounds: int = 0
    repeats: bool = False
    last: tuple[int, int, int] = (0, 0, 0)
    before: tuple[int, int, int] = (0, 0, 0)
    """The same of the one before: a `break` may end the last one early."""

    def holding(self, end: int) -> tuple[tuple[int, int, int], int] | None:
        """The round that a node is computed in, if it is one of the last two, and how many there are up to it."""
        each = ((self.last, self.rounds), (self.before, self.rounds - 1))
        return next(((round, number) for round, number in each if round[0] <= end < round[2]), None)


@dataclass(slots=True)
class Loops:
    """The loops of one reading. wanted: what that is for, None for a first reading."""

    wanted: Wanted | None = None
    running: list[LoopRun] = field(default_factory=list)
    executions: dict[Position, int] = field(default_factory=dict)
    begun: int = 0
    """How many executions of loops there have been."""
    trained: list[LoopRun] = field(default_factory=list)
    """The loops that have trained, in their order, each with no loop around it that has."""
    target: LoopRun | None = None
    """The loop around a training that is wanted, while it runs."""
    own: TrainingLoop | None = None
    """That training."""
    done: int = 0
    """The turns of it that are over."""
    left: bool = False
    """Whether the text has been left after the wanted turn."""
    seen: list[Seen | None] = field(default_factory=list)
    """The output of each turn that was read, or what it is made of."""
    losses: list[LossOfTurn] = field(default_factory=list)
    number: float | None = None
    """The loss of a turn that is computed with numbers alone."""

    def skips(self, turn: int) -> bool:
        """Whether this turn of the innermost loop is one of a large training, before the turn that is wanted."""
        wanted = self.wanted
        if wanted is None or not wanted.own.large or not self.running or not self.running[-1].is_turn():
            return False
        return turn < (wanted.own.turns - 1 if wanted.turn is None else wanted.turn)

    def enter(self, node: ast.stmt, scope: Any, nodes: Sequence[Node], steps: dict[int, int]) -> LoopRun:
        """A loop begins. scope: the names of the function that it stands in. nodes, steps: those of the reading; see
        `TrainingRecord.successors`."""
        position = node.lineno, node.col_offset
        self.executions[position] = self.executions.get(position, 0) + 1
        self.begun += 1
        run = LoopRun(self, position, scope, nodes, steps)
        self.running.append(run)
        begun = None if self.wanted is None else self.wanted.own.begun(position, run.execution)
        if begun is not None:
            if self.left:
                raise Ended("the text is left before this training", line=node.lineno)
            self.target, (self.own, self.done) = run, begun
        return run

    def back_to(self, running: int) -> None:
        """So many loops are running: an error has ended those inside of them."""
        while len(self.running) > running:
            self.running[-1].over()

    def found(
        self, end: int, graph: GraphBuilder, errors: Errors | None = None, *, every_round: bool
    ) -> OwnTraining | None:
        """The training of the text, None where it does none in a loop. end: the output, or with `errors`, how a loss is
        made of them, the last error; graph: that of the text."""
        if not self.trained:
            return None
        *before, run = self.trained
        shapes = graph.shapes
        names = _parameters(run, shapes)
        found = [run.training(end, errors)]
        if found[0].place is None and errors is None:
            found = [replace(found[0], after=after(graph, end, run.changed()))]
        for other in reversed(before[-_LOOPS:]):
            loss = other.alike(end) if _parameters(other, shapes) == names and found[0].place is not None else None
            if loss is not None:
                found.insert(0, other.training(loss, errors))
        parameters = tuple(names.items())[::-1][:_PARAMETERS]
        return OwnTraining(tuple(found), parameters, every_round)

    def last_turn(self, end: int) -> tuple[int, int] | None:
        """The first node of the turn that the output `end` stands in, and that of the first leaf that a step of it has
        made; None where it stands in none."""
        held = self.trained[-1].chosen(end)[1].holding(end) if self.trained else None
        return None if held is None else held[0][:2]

    def course(self, last: int, loss: Value) -> tuple[LossOfTurn, ...]:
        """What was told. last, loss: the last turn and what the output is after it."""
        losses = [each for each in self.losses if each[0] < last]
        every = 1
        while len(losses) >= MOST_KEPT:
            every *= 2
            losses = [each for each in losses if not each[0] % every]
        return (*losses, (last, _number(loss))) if np.size(loss) == 1 else ()

    def output(self) -> int | None:
        """The output of the turn after which the text was left, where it stands in a turn."""
        seen = self.seen[-1] if self.left and self.seen else None
        return seen if isinstance(seen, int) else None

    def errors(self) -> Errors | None:
        """The errors of the last turn that was read, of a training whose loss is made of them."""
        seen = self.seen[-1] if self.seen else None
        return seen if isinstance(seen, Errors) else None


class LoopRun:
    """One execution of a loop."""

    def __init__(
        self,
        loops: Loops,
        position: Position,
        scope: Any,
        nodes: Sequence[Node],
        steps: dict[int, int],
    ) -> None:
        self.loops = loops
        self.position = position
        self.execution = loops.executions[position]
        self.scope = scope
        self.nodes = nodes
        self.own = _Rounds(len(loops.running))
        self.inner: dict[Position, _Rounds] = {}
        """The loops inside, of the same function."""
        self._steps = steps
        self._begun = self._since = len(nodes)
        self.began = loops.begun
        self._taken = len(steps)
        self._before: dict[Position, int] = {}
        self._seen = self._seen_before = len(loops.seen)
        self._turns = {position: 1}
        self.large = False
        """Whether its turns are large: their backward passes are computed with numbers alone."""
        self.promised = 0
        """How many turns there are, where only the first was read."""

    def turned(self, value: Callable[[int], Value]) -> bool:
        """A round has been read. Returns whether the text is left after it. value: that of a node."""
        own, now = self.own, len(self.nodes)
        own.rounds += 1
        first = now
        if len(self._steps) != self._taken:
            for old in islice(reversed(self._steps), len(self._steps) - self._taken):
                own.repeats = own.repeats or self._begun <= old < self._since
                first = min(first, self._steps[old])
            self._taken = len(self._steps)
        own.before, own.last = own.last, (self._since, first, now)
        self._since = now
        if self.inner:
            turns = {at: each.rounds - self._before.get(at, 0) for at, each in self.inner.items()}
            self._turns = {self.position: 1, **turns}
            self._before = {at: each.rounds for at, each in self.inner.items()}
        left = self.is_turn() and self._tell(value)
        self._seen_before, self._seen = self._seen, len(self.loops.seen)
        return left

    def chosen(self, end: int) -> tuple[Position, _Rounds]:
        """The loop whose rounds are the turns: of those in which the output `end` is computed the innermost."""
        loops = {self.position: self.own, **{at: inner for at, inner in self.inner.items() if inner.repeats}}
        around = {at: each for at, each in loops.items() if each.holding(end) is not None}
        return max((around or loops).items(), key=lambda item: (item[1].depth, item[1].last))

    def training(self, end: int, errors: Errors | None = None) -> TrainingLoop:
        """The training that it has done. end: the output in it; errors: see `TrainingLoop`."""
        inner, rounds = self.chosen(end)
        held = rounds.holding(end)
        place = None if held is None else place_of(self.nodes, held[0], end)
        turns = rounds.rounds if held is None else held[1]
        return TrainingLoop(
            self.position, self.execution, inner, max(turns, self.promised), place, errors, large=self.promised > 0
        )

    def alike(self, end: int) -> int | None:
        """What stands in its last round where the output stands in another training's: the last value of the same line,
        else of the same name."""
        nodes, node, (first, _, last) = self.nodes, self.nodes[end], self.own.last
        computed = [i for i in range(last - 1, first - 1, -1) if nodes[i].inputs]
        same = next((i for i in computed if nodes[i].op is node.op and nodes[i].span == node.span), None)
        if same is not None or not node.name:
            return same
        return next((i for i in computed if nodes[i].name == node.name), None)

    def changed(self) -> list[int]:
        """The leaves that training steps have made of each other leaf last, in the last round read."""
        made = [new for new in self._steps.values() if new >= self.own.last[0]] or [max(self._steps.values())]
        return [new for new in made if new not in self._steps]

    def is_turn(self) -> bool:
        """Whether its rounds are turns of the training that is wanted."""
        own, target = self.loops.own, self.loops.target
        return own is not None and target is not None and self.position == own.inner and self.scope is target.scope

    def _tell(self, value: Callable[[int], Value]) -> bool:
        loops = self.loops
        assert loops.wanted is not None
        assert loops.own is not None
        loops.done += 1
        loops.left = loops.done - 1 == loops.wanted.turn
        if loops.number is not None and not loops.left:
            loops.losses.append((loops.done - 1, loops.number))
            loops.number = None
            return False
        if loops.wanted.turn is not None and not loops.left:
            return False
        seen = stands(self.nodes, self.own.last, loops.own)
        loops.seen.append(seen)
        if not loops.left and seen is not None and np.size(found := measured(seen, value)) == 1:
            loops.losses.append((loops.done - 1, _number(found)))
        return loops.left

    def over(self) -> bool:
        """It has ended. Returns whether it is the loop around the training that is wanted."""
        loops = self.loops
        if loops.running[-1:] != [self]:
            if self not in loops.running:
                return False
            loops.back_to(loops.running.index(self) + 1)
        loops.running.pop()
        around = loops.running[-1] if loops.running else None
        if around is not None and around.scope is self.scope:
            for at, each in {**self.inner, self.position: self.own}.items():
                found = around.inner.setdefault(at, _Rounds(each.depth))
                found.rounds += each.rounds
                found.repeats = found.repeats or each.repeats
                found.before, found.last = each.before, each.last
        if self.own.repeats:
            # Those inside of it have begun after it.
            loops.trained = [each for each in loops.trained if each.began < self.began]
            loops.trained.append(self)
        if loops.target is self:
            loops.target = None
            return True
        return False

    # -- rounds that are computed --------------------------------------------------------------------------------

    def per_round(self, start: int) -> PerRound:
        """What the last round read had in it. start: its first node."""
        seen = self.loops.seen[self._seen_before :] if self._follows() else []
        return PerRound(self._turns, tuple([shifted(each, start) for each in seen]))

    def most(self, per_round: PerRound, rounds: int) -> int:
        """How many of these rounds may be computed: the turn after which the text is left is read."""
        loops = self.loops
        turns = self._turns_of(per_round)
        if not turns or loops.wanted is None or loops.wanted.turn is None:
            return rounds
        return min(rounds, (loops.wanted.turn - loops.done) // turns)

    def computed(self, rounds: int, per_round: PerRound, outputs: RoundOutputs) -> None:
        """So many rounds were computed."""
        loops, turns = self.loops, self._turns_of(per_round)
        for round, values in outputs.rounds if self._follows() else ():
            for turn, value in enumerate(values, loops.done + round * turns):
                if value is not None and np.size(value) == 1:
                    loops.losses.append((turn, _number(value)))
        loops.done += rounds * turns
        self.own.rounds += rounds
        # What they leave behind are no steps of the next round.
        self._taken, self._since = len(self._steps), len(self.nodes)
        for at, number in per_round.turns.items():
            if at != self.position:
                self.inner[at].rounds += rounds * number
        self._before = {at: each.rounds for at, each in self.inner.items()}

    def _turns_of(self, per_round: PerRound) -> int:
        """How many turns of the training that is wanted such a round has."""
        own, target = self.loops.own, self.loops.target
        inside = target is not None and self.scope is target.scope
        return per_round.turns.get(own.inner, 0) if inside and own is not None else 0

    def _follows(self) -> bool:
        wanted, target = self.loops.wanted, self.loops.target
        return wanted is not None and wanted.turn is None and target is not None and self.scope is target.scope


def _parameters(run: LoopRun, shapes: Sequence[Shape]) -> dict[str, Shape]:
    """What the steps of a training change, the last first."""
    return {run.nodes[i].name or "": shapes[i] for i in reversed(run.changed())}


def _number(value: Value) -> float:
    return value if type(value) is float else float(np.reshape(value, -1)[0])
