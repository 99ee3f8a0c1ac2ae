"""`/grade`: a reader's own gradients beside the true ones."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from app.api.schemas.common import MINI_PROGRAM, MINI_VALUES, Answer, MaybeNumbers, Numbers, Request
from app.api.schemas.server import ErrorDetailAnswer
from app.api.schemas.subject import Subject
from app.api.schemas.trace import SentencePart


class GuessRequest(Request):
    """One gradient that somebody predicted."""

    node: str = Field(description="The id of a node of the trace.")
    value: Numbers = Field(description="The whole gradient; one number with `index`.")
    index: list[int] | None = Field(None, max_length=64, description="One element of it: one index per axis, from 0.")
    tolerance: float = Field(
        default=0.005, ge=0, le=0.1, description="How far it may be off, as a part of the gradient: people round."
    )


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
        description="Lines `dX = ...` in the language of programs. The program's names have their values in them, and "
        "gradients of lines above are known. Loops are written out, each line graded in every turn.",
    )
    guess: GuessRequest | None = None
    formula: FormulaRequest | None = None

    def cost_key(self) -> int:
        """The lines are most of the work."""
        formula = None if self.formula is None else (self.formula.of, self.formula.text)
        return hash((super().cost_key(), self.backward, None if self.guess is None else self.guess.node, formula))


class SlipAnswer(Answer):
    """What would have led to a wrong gradient: the same numbers come out."""

    kind: str = Field(description='Its name, such as "sign", "dropped" or "slope".')
    text: list[SentencePart]


class HintAnswer(Answer):
    """One step of help."""

    text: list[SentencePart]
    code: str | None = Field(description="The answer itself, at the last step.")


class GradedLineAnswer(Answer):
    """One line; of a line that assigns several names, one of them."""

    line: int
    name: str = Field(description="Empty where a line cannot be read at all.")
    target: str | None = Field(description="The id of the node whose gradient it is; null for a name of the reader's.")
    agrees: bool | None = Field(
        description="Null where there is nothing to compare: no target, a sum that goes on below, an error."
    )
    value: MaybeNumbers
    adjoint: MaybeNumbers = Field(description="The true gradient.")
    shape: list[int] | None
    wanted_shape: list[int] | None
    note: str | None = Field(
        description="What else is to be said: of shapes, of the seed, of kinks, of where a line would be wrong, of a "
        "name that is given a value again, of a constant that is no gradient."
    )
    turn: str = Field(description='Of a line in a loop, which turn it is: "t = 2"; empty elsewhere.')
    chance: bool = Field(description="Right at these values and not at others: a number in the place of a formula.")
    convention: bool = Field(
        description="Right, and another number than `adjoint`: it takes another side of a kink. `note` says which."
    )
    follows: list[str] = Field(description="Earlier gradients that are wrong: with right ones this line is right.")
    slip: SlipAnswer | None
    error: ErrorDetailAnswer | None = Field(description="Why the line could not be computed.")
    hints: list[HintAnswer] = Field(description="Three steps, the answer last; for lines that are not right.")


class MissingGradient(Answer):
    """A gradient that no line gives yet."""

    id: str
    name: str
    shape: list[int]
    hints: list[HintAnswer]


class GuessAnswer(Answer):
    """Whether the guess is right, else what would have led to it."""

    agrees: bool
    convention: bool = Field(
        description="Right, and another number than the gradient: it takes another side of a kink."
    )
    note: str | None = Field(description="Which kink that is.")
    slip: SlipAnswer | None


class PointAnswer(Answer):
    """The point at which formula and gradient are furthest apart."""

    point: dict[str, Numbers] = Field(description="The values of the inputs there.")
    given: Numbers
    wanted: Numbers


class GradedFormula(Answer):
    """Whether the formula is the gradient."""

    agrees: bool | None = Field(description="Null where it could not be computed, or there was no point to compare at.")
    points: int = Field(description="At how many both were compared: other values of all inputs, the present ones too.")
    worst: PointAnswer | None
    slip: SlipAnswer | None
    error: ErrorDetailAnswer | None


class GradeAnswer(Answer):
    """Every line graded, and what is still to do. `guess` and `formula` are null where none was sent."""

    lines: list[GradedLineAnswer]
    missing: list[MissingGradient] = Field(description="In the order of the backward pass.")
    done: int = Field(description="Gradients that are right, of those that the program's names have.")
    wanted: int
    guess: GuessAnswer | None
    formula: GradedFormula | None
