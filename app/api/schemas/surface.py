"""`/surface`: what a program predicts for examples on a grid."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from app.api.schemas.common import Answer, Numbers
from app.api.schemas.subject import Subject


class SurfaceRequest(Subject):
    """The value of a node for examples on a grid over the first one or two inputs."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "network": {
                        "inputs": 2,
                        "layers": [{"units": 3, "activation": "tanh"}, {"units": 1}],
                        "loss": "mse",
                        "batch": 8,
                        "data": "xor",
                    },
                    "resolution": 3,
                }
            ]
        }
    )

    of: str | None = Field(
        None, description="A name with one row for each example; by default the last one before the targets come in."
    )
    resolution: int = Field(40, ge=2, le=100, description="Points along each axis.")


class SurfaceAnswer(Answer):
    """The grid reaches a little beyond the examples."""

    of: str
    choices: list[str] = Field(description="The names that have a row for each example.")
    x: str = Field(description="The input that holds the examples.")
    target: str | None = Field(description="The input that holds their targets, if there is one.")
    axes: list[list[Numbers]] = Field(description="The grid's numbers along each of the one or two inputs.")
    values: list[list[Numbers]] = Field(
        description="For each point of the grid the columns of the value; the second input runs fastest."
    )
    level: float | None = Field(
        description="The value at which two classes meet: half-way between their targets, 0 for logits; null where the "
        "targets are no two classes, or the value is none that is compared with them."
    )
    examples: list[list[Numbers]] = Field(description="The program's own examples; at most 2,000.")
    targets: list[list[Numbers]] = Field(description="Their targets; none where no input holds them.")
    aside: list[int] = Field(description="Which of the examples a run keeps aside, counted from 0.")
