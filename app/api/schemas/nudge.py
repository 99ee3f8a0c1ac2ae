"""`/nudge`: one number moved, predicted and true."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from app.api.schemas.common import Answer, MaybeNumbers, Numbers
from app.api.schemas.subject import Subject


class NudgeRequest(Subject):
    """Move one number of an input or an operation by `delta`: what does its gradient predict, and what happens?"""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"program": "f = x**2 + 3*x + 2", "values": {"x": 5}, "node": "x", "delta": 0.5}]
        }
    )

    node: str = Field(description="The id of an input or an operation; the inputs of an operation stay as they are.")
    index: list[int] = Field(
        default_factory=list, max_length=32, description="The element, one index per axis; [] for a number."
    )
    delta: float = Field(ge=-1e6, le=1e6, description="The step by which it is moved.")
    steps: list[float] = Field(
        default_factory=list,
        max_length=100,
        description="Further steps, each on its own, for which only the output is computed.",
    )

    def cost_key(self) -> int:
        """The number of steps counts as well."""
        return hash((super().cost_key(), len(self.steps)))


class NudgedNodes(Answer):
    """The changes of all nodes, in forward order."""

    predicted: list[Numbers] = Field(description="Its tangent times delta.")
    true: list[Numbers] = Field(description="Its value after the move minus its value before.")


class NudgedEdge(Answer):
    """The change of an edge's target if only its source moves."""

    edge: int = Field(description="Index into the trace's edges.")
    predicted: Numbers
    true: Numbers


class NudgeAnswer(Answer):
    """The output is weighted by the seed, as everywhere in the backward pass."""

    node: str
    index: list[int]
    value: Numbers = Field(description="The number before the move.")
    delta: float
    gradient: MaybeNumbers = Field(description="Null if no path leads to the output.")
    output: Numbers = Field(description="The output before the move.")
    predicted: Numbers = Field(description="The predicted change of the output: gradient · delta.")
    true: Numbers = Field(description="The true change of the output.")
    outputs: list[Numbers] = Field(description="The output after each of `steps`.")
    nodes: NudgedNodes
    edges: list[NudgedEdge] = Field(description="The edges along which something changes; none if there are too many.")
