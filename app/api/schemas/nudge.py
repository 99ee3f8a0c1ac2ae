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

    node: str = Field(description="The id of an input or an operation; what an operation is made of stays as it is.")
    index: list[int] = Field(
        default_factory=list, max_length=32, description="Which element of it, one index per axis; [] for a number."
    )
    delta: float = Field(ge=-1e6, le=1e6, description="How far it is moved.")
    steps: list[float] = Field(
        default_factory=list,
        max_length=100,
        description="How far it is moved besides, each by itself; answered with the output alone.",
    )

    def cost_key(self) -> int:
        """How often the program is run decides how long it takes."""
        return hash((super().cost_key(), len(self.steps)))


class NudgedNodes(Answer):
    """How far every node moves, in forward order."""

    predicted: list[Numbers] = Field(description="Its tangent times delta.")
    true: list[Numbers] = Field(description="Its value with the moved number, less its value.")


class NudgedEdge(Answer):
    """What comes along one edge alone, the other inputs of its target standing still."""

    edge: int = Field(description="Its place among the trace's edges.")
    predicted: Numbers
    true: Numbers


class NudgeAnswer(Answer):
    """The output is weighted by the seed, as everywhere in the backward pass."""

    node: str
    index: list[int]
    value: Numbers = Field(description="The number before it is moved.")
    delta: float
    gradient: MaybeNumbers = Field(description="Null where no path leads to the output.")
    output: Numbers = Field(description="The output before the number is moved.")
    predicted: Numbers = Field(description="How far the output should move: gradient · delta.")
    true: Numbers = Field(description="How far it moves.")
    outputs: list[Numbers] = Field(description="The output after each of `steps`.")
    nodes: NudgedNodes
    edges: list[NudgedEdge] = Field(description="Those that the move goes along; none where they are too many.")
