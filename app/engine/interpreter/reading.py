"""What reading a text gives besides the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from app.engine.errors import EngineError, ProgramError
from app.engine.interpreter.graph.evaluator import Evaluator
from app.engine.interpreter.turns.ids import counted_anew
from app.engine.interpreter.turns.trainings import LossOfTurn, OwnTraining
from app.engine.ops import INPUT
from app.engine.ops.expression import Shape
from app.engine.program import Guard, Node, Program, Value


@dataclass(frozen=True)
class Reading:
    """program: what the text means for the values it was read with. shapes: those of its nodes. used: the given values
    that inputs have taken, by id. own: the training that the text does itself, None where it does none. turn: the one
    of its turns after which the text was left, None where it was read to its end. course: the
    loss in its turns, where that was asked for; turns in which it is not computed are left out."""

    program: Program
    shapes: tuple[Shape, ...]
    used: Mapping[str, Value]
    own: OwnTraining | None = None
    turn: int | None = None
    course: tuple[LossOfTurn, ...] = ()

    @cached_property
    def inputs(self) -> frozenset[str]:
        """The ids of the program's inputs."""
        return frozenset([node.id for node in self.program.nodes if node.op is INPUT])

    @cached_property
    def as_one_turn(self) -> tuple[Reading, dict[str, str]]:
        """The same with the ids that it has in every turn, and each of them by what it is here."""
        program, ids = counted_anew(self.program)
        return replace(self, program=program, used={ids.get(id, id): value for id, value in self.used.items()}), ids

    def holds(self, given: Mapping[str, Value]) -> bool:
        """Whether the text means the same program for these values: all its decisions come out the same."""
        return self.broken(given) is None

    def broken(self, given: Mapping[str, Value], *, begun: bool = True) -> Guard | None:
        """The first decision that comes out otherwise for these values of inputs; None where none does. begun: whether
        earlier turns would have to be computed with these values, too."""
        guards = self.program.guards
        if not guards:
            return None
        nodes = self.program.nodes
        evaluator = Evaluator(nodes, self.shapes, given, raises=True)
        for guard in guards:
            if guard.question == "begins":
                if not begun:
                    continue
                # An input: the same as it was unless somebody gave, or gives, it another value.
                id = nodes[guard.node].id
                if id not in given and id not in self.used:
                    continue
            try:
                holds = guard.holds(evaluator.value(guard.node))
            except ProgramError:
                holds = guard.question == "finite" and guard.answer is False
            if not holds:
                return guard
        return None


class MissingInputs(Exception):
    """The text uses names that have no value, so it was read with ones for them.

    missing: id -> index of the node, in the order of their first use. error: what went wrong then; None if nothing did.
    blamed: the indices of the nodes that it may be due to. steps: how many the reading took.
    """

    def __init__(
        self,
        missing: Mapping[str, int],
        nodes: tuple[Node, ...],
        shapes: tuple[Shape, ...],
        error: EngineError | None,
        blamed: frozenset[str],
        steps: int,
    ) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing
        self.nodes = nodes
        self.shapes = shapes
        self.error = error
        self.blamed = blamed
        self.steps = steps
