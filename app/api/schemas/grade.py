"""`/grade`: a reader's own gradients beside the true ones."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from app.api.schemas.common import MINI_PROGRAM, MINI_VALUES, Answer, MaybeNumbers, Numbers, Request
from app.api.schemas.server import ErrorDetailAnswer
from app.api.schemas.subject import Subject
from app.api.schemas.trace import SentencePart


class GuessRequest(Request):
    """One predicted gradient."""

    node: str = Field(description="The id of a node of the trace.")
    value: Numbers = Field(description="The whole gradient; one number with `index`.")
    index: list[int] | None = Field(None, max_length=64, description="One element of it: one index per axis, from 0.")
    tolerance: float = Field(default=0.005, ge=0, le=0.1, description="Relative tolerance, because people round.")


class FormulaRequest(Request):
    """A derivative as a formula."""

    of: str = Field(description="The id of an input.")
    text: str = Field(max_length=2_000, description="In the program's names: `2*x + 3`, or `df/dx = 2*x + 3`.")


class GradeRequest(Subject):
    """Are these gradients right, and where not, what went wrong?"""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"program": MINI_PROGRAM, "values": MINI_VALUES, "backward": "dy = 1\ndW2 = dy * a1\nda1 = -dy * W2"},
                {"program": "y = x * sin(x)", "values": {"x": 2}, "guess": {"node": "x", "value": 0.909}},
                {"program": "f = x**2 + 3*x", "values": {"x": 5}, "formula": {"of": "x", "text": "2*x"}},
            ]
        }
    )

    backward: str | None = Field(
        None,
        description="Lines `dX = ...` in the language of programs. They may use the program's names and the gradients "
        "of earlier lines. In loops, each line is graded in every turn.",
    )
    engine: bool = Field(
        default=False,
        description="Whether the program's own engine is graded: a class that holds a number and its gradient, and "
        "runs backwards.",
    )
    guess: GuessRequest | None = None
    formula: FormulaRequest | None = None

    def cost_key(self) -> int:
        """The lines, the guessed node and the formula count as well."""
        formula = None if self.formula is None else (self.formula.of, self.formula.text)
        return hash(
            (super().cost_key(), self.backward, self.engine, None if self.guess is None else self.guess.node, formula)
        )


class SlipAnswer(Answer):
    """A mistake that gives the same wrong gradient."""

    kind: str = Field(description='Its name, such as "sign", "dropped" or "slope".')
    text: list[SentencePart]


class HintAnswer(Answer):
    """One hint."""

    text: list[SentencePart]
    code: str | None = Field(description="The lines to write; only in the last hint.")


class GradedLineAnswer(Answer):
    """One line, or one name of a line that assigns several."""

    line: int
    name: str = Field(description="Empty if the line cannot be parsed.")
    target: str | None = Field(description="The id of the node whose gradient it is; null for a name of the reader's.")
    of: str | None = Field(
        description="The name of the scalar that it is the gradient of; null for the output. Such lines are graded, "
        "but are not among `missing`, `done` and `wanted`."
    )
    agrees: bool | None = Field(
        description="Null if there is nothing to compare: no target, a sum that a later line continues, or an error."
    )
    value: MaybeNumbers
    adjoint: MaybeNumbers = Field(description="The true gradient.")
    shape: list[int] | None
    wanted_shape: list[int] | None
    note: str | None = Field(
        description="A remark on shapes, the seed, kinks, inputs for which the line would be wrong, a name that is "
        "assigned again, or a constant that is no gradient."
    )
    turn: str = Field(description='For a line in a loop, the turn: "t = 2", "turn 3" of a while loop; else empty.')
    chance: bool = Field(description="Right at these values but not at others.")
    convention: bool = Field(
        description="Right, although it differs from `adjoint`: it takes another side of a kink, named in `note`."
    )
    follows: list[str] = Field(description="Wrong earlier gradients; with the right ones this line is right.")
    slip: SlipAnswer | None
    error: ErrorDetailAnswer | None = Field(description="Why the line could not be computed.")
    hints: list[HintAnswer] = Field(description="Three hints, the answer last; only for lines that are not right.")


class MissingGradient(Answer):
    """A gradient that no line gives."""

    id: str
    name: str
    shape: list[int]
    hints: list[HintAnswer]


class GuessAnswer(Answer):
    """Whether the guess is right; if not, the likely mistake."""

    agrees: bool
    convention: bool = Field(
        description="Right, although it differs from the gradient: it takes another side of a kink."
    )
    note: str | None = Field(description="The kink.")
    slip: SlipAnswer | None


class PointAnswer(Answer):
    """The point at which formula and gradient differ most."""

    point: dict[str, Numbers] = Field(description="The values of the inputs there.")
    given: Numbers
    wanted: Numbers


class GradedFormula(Answer):
    """Whether the formula is the gradient."""

    agrees: bool | None = Field(description="Null if it could not be computed, or at no point both are finite.")
    points: int = Field(description="Number of points compared: the present values of the inputs, and others.")
    worst: PointAnswer | None
    slip: SlipAnswer | None
    error: ErrorDetailAnswer | None


class EngineGradient(Answer):
    """One object of the program's own engine, beside the true gradient of its number."""

    id: str = Field(description="The node of its number.")
    name: str = Field(description='What the object is called: "a", or "a * b".')
    gradient: str = Field(description='Where its gradient stands: "a.grad".')
    line: int = Field(description="Where the object was made.")
    value: MaybeNumbers = Field(description="The program's gradient.")
    adjoint: MaybeNumbers = Field(description="The true gradient.")
    status: Literal["right", "wrong", "follows", "unclear"] = Field(
        description='"follows": wrong because of other gradients alone. "unclear": nothing certain can be said.'
    )
    fault: int | None = Field(description="The place among `faults` of what is at fault here.")


class EngineFault(Answer):
    """One mistake in the engine."""

    kind: str = Field(description='Its name, such as "replaces", "early", "input_for_result" or "sign".')
    method: str = Field(description='The function that it is in, such as "Value.__mul__"; empty for the top level.')
    line: int
    code: str = Field(description="What stands in this line.")
    text: list[SentencePart]
    nodes: list[str] = Field(description="The ids of the objects' numbers where it makes a difference first.")
    slope: MaybeNumbers = Field(description="The local derivative as it ran, where it is a number.")
    true: MaybeNumbers = Field(description="The local derivative as it should be.")
    rule: str | None = Field(description="How that is computed: x is what the gradient is of, out the result.")
    smallest: str | None = Field(description="A small program on which it shows, to be run after the classes.")
    prints: str | None = Field(description="What that prints.")
    right: str | None = Field(description="What it should print.")


class EngineAnswer(Answer):
    """The grade of the program's own engine, at its last backward pass."""

    begins: int = Field(description="The line in which the pass begins.")
    gradients: list[EngineGradient]
    faults: list[EngineFault] = Field(description="The first one first.")
    done: int = Field(description="Number of right gradients, out of `wanted`.")
    wanted: int


class GradeAnswer(Answer):
    """The graded lines, and the missing gradients. `guess`, `formula` and `engine` are null if the request has none;
    the last one, too, if the program has no engine of its own."""

    lines: list[GradedLineAnswer]
    missing: list[MissingGradient] = Field(description="In the order of the backward pass.")
    done: int = Field(description="Number of right gradients, out of `wanted`.")
    wanted: int
    guess: GuessAnswer | None
    formula: GradedFormula | None
    engine: EngineAnswer | None
