"""`/explain`: why one element is what it is."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from app.api.schemas.common import MINI_PROGRAM, MINI_VALUES, Answer, Numbers
from app.api.schemas.subject import Subject
from app.api.schemas.trace import SentencePart

Pass = Literal["forward", "backward"]


def _both_passes() -> list[Pass]:
    return ["forward", "backward"]


class ExplainRequest(Subject):
    """Why one element of one value is what it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"program": MINI_PROGRAM, "values": MINI_VALUES, "node": "z1.1", "index": [0, 0]}]
        }
    )

    node: str = Field(description="The id of a node of the trace.")
    index: list[int] = Field(
        default_factory=list, max_length=64, description="One index per axis, from 0; none for a scalar."
    )
    passes: list[Pass] = Field(
        default_factory=_both_passes,
        min_length=1,
        max_length=2,
        description="What is asked for: forward the value, backward the gradient.",
    )


class CellAnswer(Answer):
    """An element of a node's value or gradient."""

    id: str
    index: list[int]
    of: Literal["value", "grad"]


class TermAnswer(Answer):
    """One addend."""

    text: list[SentencePart]
    rule: list[SentencePart] = Field(description="The same in names.")
    value: Numbers
    sources: list[int] = Field(description="Places in the account's list of sources.")


class MoreAnswer(Answer):
    """The addends that are not written out."""

    count: int
    value: Numbers = Field(description="Their sum.")


class AccountAnswer(Answer):
    """Where one number came from: `terms`, and what is in `more`, add up to it."""

    value: Numbers
    text: list[SentencePart] = Field(description="With numbers, the result at its end.")
    rule: list[SentencePart] = Field(description="The same in names, what it is called at its beginning.")
    terms: list[TermAnswer]
    more: MoreAnswer | None
    sources: list[CellAnswer] = Field(description="The elements it was computed from; at most a thousand.")


class ExplainAnswer(Answer):
    """One element, told in full. `grad` is null where no path leads to the output; each where it was not asked for."""

    node: str
    index: list[int]
    value: AccountAnswer | None
    grad: AccountAnswer | None
