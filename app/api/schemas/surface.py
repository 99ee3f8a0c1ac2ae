"""`/surface`: what a program predicts for examples on a grid."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from app.api.schemas.common import Answer, Numbers, Request
from app.api.schemas.subject import Subject


class SliceElement(Request):
    """One element of a leaf."""

    leaf: str
    index: list[int] = Field(default_factory=list, max_length=32, description="One number per axis, counted from 0.")


class Slice(Request):
    """Two axes through the loss: two elements, or two random directions through all parameters."""

    elements: list[SliceElement] | None = Field(None, min_length=2, max_length=2)
    random_seed: int = Field(0, ge=0, le=2**32 - 1, description="Of the directions, where there are no `elements`.")
    reach: float | None = Field(
        None, gt=0, le=1e6, description="How far the grid reaches to each side; by default so that the path is on it."
    )
    last: int = Field(0, ge=0, le=10_000_000, description="The last step of the path.")
    place: list[float] | None = Field(
        None,
        min_length=2,
        max_length=2,
        description="A place whose parameters are wanted, in place of the grid's losses.",
    )


class SliceAnswer(Answer):
    """The loss where two things are moved and everything else stays as it is at the shown step."""

    names: list[str] = Field(description="What the axes are.")
    origin: list[Numbers] = Field(description="Where the shown step is: there the loss is its own.")
    path: list[list[Numbers]] = Field(
        description="Steps of the run, each with its number and where it stands, seen along all that the slice leaves "
        "out: the loss below it is that of the slice, not of the step."
    )
    parameters: dict[str, Numbers] = Field(description="Those at `place`; empty without one.")


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
    slice: Slice | None = Field(None, description="The loss over two of its parameters, in place of predictions.")
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
    classes: int = Field(
        description="Of more than two classes with a column each, how many: the largest column is the likeliest; or 0."
    )
    examples: list[list[Numbers]] = Field(description="The program's own examples; at most 2,000.")
    targets: list[list[Numbers]] = Field(description="Their targets; none where no input holds them.")
    slice: SliceAnswer | None = Field(
        description="Of a slice: `of` is the loss, `axes` and `values` its grid; there are no choices and no examples."
    )
    aside: list[int] = Field(description="Which of the examples a run keeps aside, counted from 0.")
