"""A graded line, and the values of names while lines are graded one after another."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from app.engine.assess.grading.diagnose import Slip
from app.engine.assess.grading.statements import Helper, Piece, Statement
from app.engine.assess.grading.words import Hint
from app.engine.errors import EngineError, ProgramError
from app.engine.program import Value


@dataclass(frozen=True, slots=True)
class GradedLine:
    """One line, or one name of a line that assigns several.

    target: the id of the node whose gradient it is; None for any other name. agrees: None if there is nothing to
    compare: no target, a sum that a later line continues, or an error. adjoint: the true gradient. follows: wrong
    earlier gradients, apart from which this line is right. chance: it is right at these values, but not at others.
    convention: it is right although it differs from the adjoint, which takes another side of a kink. turn: in a loop,
    the values of the loop variables, as in "t = 2".
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


@dataclass(slots=True)
class Environment:
    """The values that names have after the lines so far. own: as the reader computed them; true: of wrong gradients,
    the right ones; failed: names whose line failed -> that line; numbers: names that depend on no value of the
    program."""

    own: dict[str, Value]
    true: dict[str, Value] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)

    def keep(self, name: str, own: Value, true: Value | None = None) -> None:
        self.own[name] = own
        self.failed.pop(name, None)
        self.true.pop(name, None)
        if true is not None:
            self.true[name] = true


def find_partial_sums(found: Sequence[Piece], versions: Container[str]) -> set[tuple[int, str]]:
    """The statements, as (index, name), to whose value the next statement that assigns the name adds. versions:
    gradients of names with several values: `dh = W.T @ dh` is not a sum, but goes on to another of these values."""
    result: set[tuple[int, str]] = set()
    adds: dict[str, bool] = {}
    for at in range(len(found) - 1, -1, -1):
        piece = found[at]
        if isinstance(piece, Statement):
            result.update((at, name) for name in piece.targets if adds.get(name))
            adds.update((name, piece.sums if name in versions else piece.adds) for name in piece.targets)
    return result


Key = tuple[int, str, str]
"""A line, a name that it assigns, and the turn of the loop around it."""


def where(statement: Statement) -> str:
    turn = ", ".join(f"{loop} = {value}" for loop, value in statement.turn)
    return f"line {statement.line} ({turn})" if turn else f"line {statement.line}"


def list_error(piece: Helper) -> ProgramError:
    return ProgramError(
        f"{piece.name} is a list here, and a gradient is a number or an array",
        line=piece.line,
        column=1,
        hint=f"Write np.array([{', '.join(piece.items)}]) or np.stack([{', '.join(piece.items)}]).",
    )
