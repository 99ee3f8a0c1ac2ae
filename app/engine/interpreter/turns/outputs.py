"""What is told of the turns of a training: where in each the output stands, and what it is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.engine.interpreter.turns.after import After
from app.engine.interpreter.turns.errors import Errors
from app.engine.interpreter.turns.output_place import all_at, node_at
from app.engine.interpreter.turns.trainings import Position, TrainingLoop
from app.engine.program import Node, Value

Seen = int | Errors | After
"""Where the output of a turn stands, or what it is made of."""
MOST_KEPT = 4_000
"""Turns of which a course tells; of a longer one it tells every second, every fourth ..."""


@dataclass(frozen=True, slots=True)
class PerRound:
    """What a round of a loop had in it. turns: by loop of the same function, how many rounds. outputs: where in the
    round the output of each turn stands, if somebody wants to know."""

    turns: Mapping[Position, int]
    outputs: tuple[Seen | None, ...] = ()


class RoundOutputs:
    """What is told of rounds while they are computed: the output in the turns of each, or, of many, of every second
    one, every fourth ..."""

    def __init__(self, places: Sequence[Seen | None]) -> None:
        """places: where in a round the output of each turn stands."""
        self._places = places
        self._every = 1
        self.rounds: list[tuple[int, list[Value | None]]] = []

    def add(self, round: int, values: Sequence[Value]) -> None:
        """A round was computed. values: those of its nodes."""
        if not self._places or round % self._every:
            return
        if len(self.rounds) > 1 and len(self.rounds) * len(self._places) >= MOST_KEPT:
            self._every *= 2
            self.rounds = [each for each in self.rounds if not each[0] % self._every]
        self.rounds.append((round, [None if at is None else measured(at, values.__getitem__) for at in self._places]))

    def take_back(self, round: int) -> None:
        """This round, the last one, was not."""
        if self.rounds and self.rounds[-1][0] == round:
            self.rounds.pop()


def stands(nodes: Sequence[Node], turn: tuple[int, int, int], own: TrainingLoop) -> Seen | None:
    """The output in a turn, or the errors that it is made of."""
    if own.after is not None:
        return own.after.in_turn(nodes, turn[0], turn[2])
    if own.place is None:
        return None
    if own.errors is None:
        return node_at(nodes, turn, own.place)
    said = 0 if own.errors.sign == 1 else 1
    pairs = [(nodes[i].inputs[said], i) for i in all_at(nodes, turn, own.place)]
    return own.errors._replace(pairs=tuple(pairs)) if pairs else None


def measured(seen: Seen, value: Callable[[int], Value]) -> Value:
    return value(seen) if isinstance(seen, int) else seen.measured(value)


def shifted(seen: Seen | None, by: int) -> Seen | None:
    if isinstance(seen, int):
        return seen - by
    return None if seen is None else seen.shifted(by)
