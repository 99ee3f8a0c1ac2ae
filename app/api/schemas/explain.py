"""`/explain`: how a node is computed, or one of its elements."""

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
    """How a node and its gradient are computed; with an index, one element of both."""

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
        description="The element: one index per axis, from 0; [] for a scalar. Without it, the whole node.",
    )
    passes: list[Pass] = Field(
        default_factory=_both_passes,
        min_length=1,
        max_length=2,
        description="For an element: forward for its value, backward for its gradient.",
    )


class AccountPart(SentencePart):
    """A part of an element's arithmetic. The parts joined are the whole, as text and as LaTeX."""

    latex: str


class CellAnswer(Answer):
    """An element of a node's value or gradient."""

    id: str
    index: list[int]
    of: Literal["value", "grad"]


class TermAnswer(Answer):
    """One term of a sum."""

    text: list[AccountPart]
    rule: list[AccountPart] = Field(description="The same in names.")
    value: Numbers
    sources: list[int] = Field(description="Indices into the account's `sources`.")


class MoreAnswer(Answer):
    """The terms that are not written out."""

    count: int
    value: Numbers = Field(description="Their sum.")


class AccountAnswer(Answer):
    """The arithmetic of one number, which is the sum of `terms` and `more`."""

    value: Numbers
    text: list[AccountPart] = Field(description="With numbers; the result is at the end.")
    rule: list[AccountPart] = Field(description="The same in names; its own name is at the beginning.")
    terms: list[TermAnswer]
    more: MoreAnswer | None
    sources: list[CellAnswer] = Field(description="The elements it was computed from; at most a thousand.")


class PieceAnswer(Answer):
    """A piece of a formula. Fields that do not apply are left out."""

    text: str
    node: str = Field("", description="The id of the node that it stands for.")
    of: Literal["", "value", "grad", "local", "message", "name"] = Field(
        "", description="Which number of the node it is; a name is none of them."
    )
    edge: int = Field(-1, description="For a message or local derivative: index into the trace's edges.")
    bracket: bool = Field(False, description="Whether a negative number here is bracketed.")
    matrix: bool = Field(False, description="Whether an array of one number is written as an array.")


class FormulaAnswer(Answer):
    """One line of a derivation: `rule` and `elements` in the operation's own letters, `names` at these names, `shapes`,
    and `numbers` with its result. The pieces joined are the line."""

    kind: Literal["rule", "elements", "names", "shapes", "numbers"]
    text: list[PieceAnswer]
    latex: list[PieceAnswer]


class StepAnswer(Answer):
    """The chain rule at one edge."""

    edge: int = Field(description="Index into the trace's edges.")
    source: str
    target: str
    slot: int
    local: list[FormulaAnswer] = Field(description="The local derivative; empty for matrix products etc.")
    message: list[FormulaAnswer] = Field(description="The message from the target to the source.")
    kink: str | None = Field(description="The operation's convention at its kink, if it has one.")
    on_kink: bool = Field(description="Whether the target is on its kink.")


class LocalAnswer(Answer):
    """The local derivative of one step by another."""

    source: str
    text: str | None
    latex: str | None
    value: MaybeNumbers


class PartAnswer(Answer):
    """One of the steps that an operation consists of."""

    name: str
    text: str
    latex: str
    value: Numbers
    grad: MaybeNumbers
    locals: list[LocalAnswer]


class ApartAnswer(Answer):
    """An element in which a rule and its single steps differ: the one with the worst reason."""

    index: list[int]
    rule: Numbers = Field(description="The message by the operation's own rule.")
    steps: Numbers = Field(description="The message through the steps.")
    why: Why = Field(
        description="rounding: the difference may be rounding alone; kink: rule and steps follow different conventions "
        "there; not finite: one of both is not finite."
    )


class ExpandedAnswer(Answer):
    """An operation written out as a program of single steps, run with the same numbers."""

    program: str
    inputs: dict[str, str] = Field(description="Letter -> the id of the node that it stands for.")
    parts: list[PartAnswer]
    sent: dict[str, Numbers] = Field(description="By letter, the message through the steps.")
    apart: dict[str, ApartAnswer] = Field(description="By letter, if it differs from the operation's own rule.")
    agrees: bool = Field(description="Whether both are the same, up to rounding.")
    says: list[str] = Field(description="The conventions at the kinks that the operation or a step is on.")
    broken: str | None = Field(description="The first step that is not finite.")


class DerivationAnswer(Answer):
    """The derivation of a node: `value` is its forward formula, `gradient` the sum of its messages."""

    value: list[FormulaAnswer]
    inputs: list[StepAnswer] = Field(description="The edges from its inputs, along which it sends messages.")
    users: list[StepAnswer] = Field(
        description="The edges to its users, which bring its messages, in order of arrival."
    )
    more_inputs: int = Field(description="Number of edges that are not written out.")
    more_users: int
    gradient: list[FormulaAnswer] = Field(description="Empty if no path leads to the output.")
    expanded: ExpandedAnswer | None


class WholeAnswer(Answer):
    """The closed form of a known function's message to one parameter: p − target for softmax with cross-entropy."""

    name: str = Field(description="The name of the function.")
    parameter: str
    source: str = Field(description="The id of the argument.")
    formula: FormulaAnswer
    elements: list[FormulaAnswer] = Field(
        description="For arrays: the rule of one element, and of its parts; for softmax the Jacobian first."
    )
    code: str = Field(
        description="The lines of the rule that ran; the last gives d, and g is the gradient of the result y."
    )
    holds: str = Field(description="What the rule assumes.")
    value: Numbers
    sent: Numbers = Field(description="The message by the chain rule through the function's parts.")
    agrees: bool = Field(description="Whether both are the same, up to rounding.")


class ExplainAnswer(Answer):
    """The derivation of a node (`derivation`, or `whole` for a function call), or one element (`value`, `grad`; null if
    no path leads to the output). Fields that were not asked for are null. A node that computes a known function, such
    as `e / np.sum(e)`, has the closed form in `whole`, too, if it agrees."""

    node: str
    index: list[int] | None
    value: AccountAnswer | None
    grad: AccountAnswer | None
    derivation: DerivationAnswer | None
    whole: list[WholeAnswer] | None
