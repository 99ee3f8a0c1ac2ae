"""A graded line, and the values of names while lines are graded one after another."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from app.engine.assess.grading.diagnose import Slip
from app.engine.assess.grading.steps import Step
from app.engine.assess.grading.words import Hint
from app.engine.errors import EngineError
from app.engine.program import Value


@dataclass(frozen=True, slots=True)
class GradedLine:
    """One line, or one name of a line that assigns several.

    target: the id of the node whose gradient it is; None for any other name. agrees: None if there is nothing to
    compare: no target, a sum that a later line continues, or an error. adjoint: the true gradient. follows: wrong
    earlier gradients, apart from which this line is right. chance: it is right at these values, but not at others.
    convention: it is right although it differs from the adjoint, which takes another side of a kink. turn: in a loop,
    the values of the loop variables, as in "t = 2". of: the name of the scalar that it is the gradient of, None for the
    output.
    """

    line: int
    name: str
    target: str | None = None
    agrees: bool | None = None
    value: Value | None = None
    adjoint: Value | None = None
    note: str | None = None
    follows: tuple[str, ...] = ()
    slip: Slip | None = None
    hints: tuple[Hint, ...] = ()
    error: EngineError | None = None
    chance: bool = False
    convention: bool = False
    turn: str = ""
    of: str | None = None


@dataclass(slots=True)
class Environment:
    """The names after the lines so far. values: as the reader computed them; tainted: names that a wrong gradient leads
    to -> the line that gave them their value; numbers: names that depend on no value of the program."""

    values: dict[str, Value] = field(default_factory=dict)
    tainted: dict[str, int] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)

    def keep(self, step: Step, value: Value, *, tainted: bool = False) -> None:
        self.values[step.name] = value
        self.tainted.pop(step.name, None)
        if tainted:
            self.tainted[step.name] = step.line

    def wrong(self, step: Step) -> tuple[str, ...]:
        """The tainted names among those that a line reads: with a container, what earlier lines have put into it."""
        read = step.reads
        inside = {name for name, line in self.tainted.items() if line != step.line and _container(name) in read}
        return tuple(sorted(inside.union(read.intersection(self.tainted))))


def _container(name: str) -> str:
    return re.split(r"[.\[]", name)[0]


def find_partial_sums(steps: Sequence[Step], versions: Container[str]) -> set[int]:
    """The places of the steps to whose value the next one that assigns the name adds. versions: gradients of names with
    several values: `dh = W.T @ dh` is not a sum, but goes on to another of these values."""
    result: set[int] = set()
    adds: dict[str, bool] = {}
    for at in range(len(steps) - 1, -1, -1):
        step = steps[at]
        if step.error is None:
            if adds.get(step.name):
                result.add(at)
            adds[step.name] = step.sums if step.name in versions else step.adds
    return result
