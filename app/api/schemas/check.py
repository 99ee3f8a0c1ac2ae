"""`/check`: the numerical derivative beside the gradients of inputs and operations."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from app.api.schemas.common import MINI_PROGRAM, MINI_VALUES, Answer, MaybeNumbers, Numbers
from app.api.schemas.subject import Subject
from app.engine.assess.gradcheck.sweep import Ruled
from app.engine.assess.gradcheck.verdict import Method, Verdict


class CheckRequest(Subject):
    """Are the gradients right? The output is recomputed with one number moved at a time."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"program": MINI_PROGRAM, "values": MINI_VALUES}]})

    nodes: list[str] | None = Field(
        default=None, min_length=1, max_length=1000, description="Ids of inputs and operations; all inputs by default."
    )
    epsilon: float = Field(default=1e-5, ge=1e-15, le=1e6, description="How far each number is moved.")
    method: Method = Field(
        default="central",
        description="(f(x+ε) − f(x−ε)) / 2ε; forward: (f(x+ε) − f(x)) / ε; complex: Im f(x+ih) / h with a tiny h, "
        "if all operations after it allow complex numbers.",
    )
    sweep: str | None = Field(
        default=None, description="The id of a node, one element of which is moved by every step from 1 to 1e-15."
    )
    index: list[int] | None = Field(
        default=None, max_length=64, description="Which element: one index per axis, from 0; the first by default."
    )

    def cost_key(self) -> int:
        """The nodes, the sweep and the method count as well."""
        return hash((super().cost_key(), None if self.nodes is None else tuple(self.nodes), self.sweep, self.method))


class CheckedAnswer(Answer):
    """One node."""

    id: str
    grad: MaybeNumbers = Field(description="Null if no path leads to the output.")
    numeric: Numbers = Field(description="The numerical derivative, element by element.")
    relative_error: Numbers = Field(
        description="The largest of its elements: |difference| over the larger of both, or |difference| alone if the "
        "gradient is zero within its round-off."
    )
    verdict: Verdict = Field(description="The worst of its elements.")
    negligible: bool = Field(
        description="Whether the gradient and the numerical derivative are both zero within round-off, in all elements."
    )
    round_off: Numbers = Field(description="Bound of the rounding error of the gradient, the largest of its elements.")


class BestStep(Answer):
    """The step with the smallest error."""

    epsilon: float
    error: Numbers


class BestSteps(Answer):
    """By method; null if no error is finite."""

    central: BestStep | None
    forward: BestStep | None


class RuledAnswer(Answer):
    """By method and step, the cause of the error: truncation falls with the step, round-off grows as it shrinks."""

    central: list[Ruled]
    forward: list[Ruled]


class DerivativeAnswer(Answer):
    """A numerical derivative of one element."""

    numeric: Numbers
    error: Numbers
    verdict: Verdict
    negligible: bool = Field(description="Whether it and the gradient are both zero within round-off.")


class DerivativesAnswer(Answer):
    """By method, with the step of the request."""

    epsilon: float
    central: DerivativeAnswer
    forward: DerivativeAnswer
    complex: DerivativeAnswer | None = Field(description="Null if an operation does not allow complex numbers.")


class BarrierAnswer(Answer):
    """The first operation that a complex step cannot pass."""

    op: str
    node: str


class SweepAnswer(Answer):
    """One element, moved by every step."""

    id: str
    index: list[int]
    grad: MaybeNumbers
    relative: bool = Field(
        description="Whether errors are relative to the gradient; they are absolute if it is zero within round-off."
    )
    epsilon: list[float] = Field(description="The steps, from 1 down.")
    central: list[Numbers] = Field(description="The error of the central difference, by step.")
    forward: list[Numbers] = Field(description="The error of the forward difference, by step.")
    ruled: RuledAnswer
    best: BestSteps
    at: DerivativesAnswer
    barrier: BarrierAnswer | None


class CheckAnswer(Answer):
    """The nodes of the request in its order, or all inputs in forward order."""

    epsilon: float = Field(description="The step; for the complex method 1e-20.")
    method: Method
    checks: list[CheckedAnswer]
    sweep: SweepAnswer | None = Field(default=None, description="Only if the request asks for it.")
