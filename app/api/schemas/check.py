"""`/check`: the numerical derivative beside the gradient of every input."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from app.api.schemas.common import MINI_PROGRAM, MINI_VALUES, Answer, MaybeNumbers, Numbers
from app.api.schemas.subject import Subject

Method = Literal["central", "forward"]
Verdict = Literal["agrees", "kink", "step too large", "step too small", "disagrees", "no path", "not finite"]


class CheckRequest(Subject):
    """Are the gradients right? The output is computed again with one number moved at a time."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"program": MINI_PROGRAM, "values": MINI_VALUES}]})

    nodes: list[str] | None = Field(
        default=None, min_length=1, max_length=1000, description="Ids of inputs; all of them by default."
    )
    epsilon: float = Field(default=1e-5, ge=1e-15, le=1e6, description="How far each number is moved.")
    method: Method = Field(default="central", description="(f(x+ε) − f(x−ε)) / 2ε, or forward: (f(x+ε) − f(x)) / ε.")

    def cost_key(self) -> int:
        """What is checked decides how long it takes."""
        return hash((super().cost_key(), None if self.nodes is None else tuple(self.nodes)))


class CheckedAnswer(Answer):
    """One input."""

    id: str
    grad: MaybeNumbers = Field(description="Null where no path leads to the output.")
    numeric: Numbers = Field(description="The numerical derivative, element by element.")
    relative_error: Numbers = Field(
        description="The largest: |difference| over the larger of both, or |difference| alone beside a gradient of 0."
    )
    verdict: Verdict = Field(description="That of the element that is worst off.")


class CheckAnswer(Answer):
    """Every input that was asked for, in forward order."""

    epsilon: float
    method: Method
    checks: list[CheckedAnswer]
