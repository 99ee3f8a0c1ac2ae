"""The trainings that a text does itself, as a first reading finds them and a second one is asked for their turns."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.interpreter.turns.after import After
from app.engine.interpreter.turns.errors import Errors
from app.engine.interpreter.turns.output_place import OutputPlace
from app.engine.ops.expression import Shape

Position = tuple[int, int]
"""Where a loop stands in the text: line and column."""
LossOfTurn = tuple[int, float]
"""A turn, counted from 0, and its loss."""


@dataclass(frozen=True, slots=True)
class TrainingLoop:
    """One loop that trains. outer, execution: the loop around all of it, and which of that loop's executions it is;
    inner: the loop whose rounds are the turns; turns: how many. place: where in a turn the output stands, None where
    that is computed elsewhere. errors: where the text computes no loss, how its errors make one; `place` is then that
    of the last of them. after: where the output is computed once the training is over, what it would be after a
    turn."""

    outer: Position
    execution: int
    inner: Position
    turns: int
    place: OutputPlace | None
    errors: Errors | None = None
    after: After | None = None
    large: bool = False
    """Whether only its first turn was read: each of the others is computed when it is asked for."""


@dataclass(frozen=True, slots=True)
class OwnTraining:
    """The training that a text does itself. loops: those that train, one after another. parameters: what its steps
    change, by name, with shapes. every_round: whether all rounds had to be read."""

    loops: tuple[TrainingLoop, ...]
    parameters: tuple[tuple[str, Shape], ...]
    every_round: bool

    @property
    def turns(self) -> int:
        """How many turns they have together."""
        return sum([loop.turns for loop in self.loops])

    @property
    def large(self) -> bool:
        """Whether only the first turn of a loop was read."""
        return any(loop.large for loop in self.loops)

    def begun(self, outer: Position, execution: int) -> tuple[TrainingLoop, int] | None:
        """The loop that begins with this execution, with the turns before it; None where none does."""
        before = 0
        for loop in self.loops:
            if (loop.outer, loop.execution) == (outer, execution):
                return loop, before
            before += loop.turns
        return None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a second reading is for. turn: the one after which the text is left, counted from 0; None for the course of
    the whole training."""

    own: OwnTraining
    turn: int | None = None
