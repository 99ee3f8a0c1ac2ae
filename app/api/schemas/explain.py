"""`/explain`: where a node's numbers come from, and why one element is what it is."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from app.api.schemas.common import MINI_PROGRAM, MINI_VALUES, Answer, MaybeNumbers, Numbers
from app.api.schemas.subject import Subject
from app.api.schemas.trace import SentencePart
from app.engine.explain.derivation.agreement import Why

Pass = Literal["forward", "backward"]


def _both_passes() -> list[Pass]:
    return ["forward", "backward"]


class ExplainRequest(Subject):
    """Where the numbers of a node come from; with an index, why one element is what it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"program": MINI_PROGRAM, "values": MINI_VALUES, "node": "W1"},
                {"program": MINI_PROGRAM, "values": MINI_VALUES, "node": "z1.1", "index": [0, 0]},
            ]
        }
    )

    node: str = Field(description="The id of a node of the trace, or of a group that is a function call.")
    index: list[int] | None = Field(
        default=None,
        max_length=64,
        description="Of an element: one index per axis, from 0; [] for a scalar's only number. Without it, the node as "
        "a whole.",
    )
    passes: list[Pass] = Field(
        default_factory=_both_passes,
        min_length=1,
        max_length=2,
        description="What is asked for of an element: forward the value, backward the gradient.",
    )


class AccountPart(SentencePart):
    """A piece of an element's arithmetic. The pieces, put together, are the whole, as text and as LaTeX."""

    latex: str


class CellAnswer(Answer):
    """An element of a node's value or gradient."""

    id: str
    index: list[int]
    of: Literal["value", "grad"]


class TermAnswer(Answer):
    """One addend."""

    text: list[AccountPart]
    rule: list[AccountPart] = Field(description="The same in names.")
    value: Numbers
    sources: list[int] = Field(description="Places in the account's list of sources.")


class MoreAnswer(Answer):
    """The addends that are not written out."""

    count: int
    value: Numbers = Field(description="Their sum.")


class AccountAnswer(Answer):
    """Where one number came from: `terms`, and what is in `more`, add up to it."""

    value: Numbers
    text: list[AccountPart] = Field(description="With numbers, the result at its end.")
    rule: list[AccountPart] = Field(description="The same in names, what it is called at its beginning.")
    terms: list[TermAnswer]
    more: MoreAnswer | None
    sources: list[CellAnswer] = Field(description="The elements it was computed from; at most a thousand.")


class PieceAnswer(Answer):
    """A piece of a formula. All but its text stands there where it says something."""

    text: str
    node: str = Field("", description="The id of what it stands for.")
    of: Literal["", "value", "grad", "local", "message", "name"] = Field(
        "", description="Which of its numbers it is; a name stands for none of them."
    )
    edge: int = Field(-1, description="The place among the trace's edges, of a message or a local derivative.")
    bracket: bool = Field(False, description="Whether a negative number here is bracketed.")
    matrix: bool = Field(False, description="Whether an array of one number is written as an array.")


class FormulaAnswer(Answer):
    """One line of a derivation: `rule` and `elements` in the operation's own letters, `names` at these names, `shapes`,
    and `numbers` with its result. The pieces, put together, are the whole line."""

    kind: Literal["rule", "elements", "names", "shapes", "numbers"]
    text: list[PieceAnswer]
    latex: list[PieceAnswer]


class StepAnswer(Answer):
    """The chain rule at one edge."""

    edge: int = Field(description="Its place among the trace's edges.")
    source: str
    target: str
    slot: int
    local: list[FormulaAnswer] = Field(description="The local derivative; empty for matrix products etc.")
    message: list[FormulaAnswer] = Field(description="What the target sends back to the source.")
    kink: str | None = Field(description="The convention that the operation takes on its kink.")
    on_kink: bool = Field(description="Whether it stands on it.")


class LocalAnswer(Answer):
    """The local derivative of one step towards another."""

    source: str
    text: str | None
    latex: str | None
    value: MaybeNumbers


class PartAnswer(Answer):
    """One step of an operation that is made of several."""

    name: str
    text: str
    latex: str
    value: Numbers
    grad: MaybeNumbers
    locals: list[LocalAnswer]


class ApartAnswer(Answer):
    """One element in which a rule and its single steps differ: of those that do, the one with the worst reason."""

    index: list[int]
    rule: Numbers = Field(description="What the operation's own rule sends.")
    steps: Numbers = Field(description="What comes back through the steps.")
    why: Why = Field(
        description="rounding: that alone may be so much; kink: the place is one, and each follows its own convention; "
        "not finite: one of both is no finite number."
    )


class ExpandedAnswer(Answer):
    """An operation written out as a program of single steps, and run with the same numbers."""

    program: str
    inputs: dict[str, str] = Field(description="What its letters stand for, by id.")
    parts: list[PartAnswer]
    sent: dict[str, Numbers] = Field(description="What comes back to each of its letters through the parts.")
    apart: dict[str, ApartAnswer] = Field(description="By letter, where it is not what the operation's own rule sends.")
    agrees: bool = Field(description="Whether it is, up to rounding.")
    says: list[str] = Field(description="The conventions at the kinks that the operation or a step stands on.")
    broken: str | None = Field(description="The first step that is not finite.")


class DerivationAnswer(Answer):
    """One node derived: `value` is what it computes, `gradient` how the messages of its users add up."""

    value: list[FormulaAnswer]
    inputs: list[StepAnswer] = Field(description="Its edges to what it is computed from, along which it sends.")
    users: list[StepAnswer] = Field(description="The edges that it is sent messages along, in order of arrival.")
    more_inputs: int = Field(description="Edges that are not written out.")
    more_users: int
    gradient: list[FormulaAnswer] = Field(description="Empty where no path leads to the output.")
    expanded: ExpandedAnswer | None


class WholeAnswer(Answer):
    """What a known function sends back to one parameter, as one rule: p − target for softmax with cross-entropy."""

    name: str = Field(description="What the function is called.")
    parameter: str
    source: str = Field(description="The id of the argument.")
    formula: FormulaAnswer
    elements: list[FormulaAnswer] = Field(
        description="Of arrays: the rule of one element, and of what it needs; of softmax its Jacobian first."
    )
    code: str = Field(
        description="The rule as it was run, in lines; the last gives d, and g is the gradient of the result y."
    )
    holds: str = Field(description="What the rule takes for granted.")
    value: Numbers
    sent: Numbers = Field(description="What the chain rule through the function's parts gives.")
    agrees: bool = Field(description="Whether that is the same, up to rounding.")


class ExplainAnswer(Answer):
    """A node told in full (`derivation`, or of a function call `whole`), or one element (`value`, `grad`; null where no
    path leads to the output). What was not asked for is null. A node that is the result of a known function written
    out, such as `e / np.sum(e)`, has its rules in `whole`, too, as far as they agree."""

    node: str
    index: list[int] | None
    value: AccountAnswer | None
    grad: AccountAnswer | None
    derivation: DerivationAnswer | None
    whole: list[WholeAnswer] | None
