"""`/train`: a training, step by step."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from app.api.schemas.common import Answer, Numbers
from app.api.schemas.run import TrainingRun
from app.api.schemas.subject import Subject


class TrainRequest(Subject):
    """Train a program. Its output is the loss."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"program": "x = 3.0\nf = (x - 1) ** 2", "run": {"settings": {"lr": 0.25}}, "steps": 3}]
        }
    )

    run: TrainingRun = Field(default_factory=lambda: TrainingRun())
    steps: int = Field(
        100,
        ge=1,
        le=10_000_000,
        description="The step before whose update the run ends; of the program's own training, by default the last.",
    )
    start: int = Field(0, ge=0, le=10_000_000, description="The step from which it is told; `step` in a later request.")
    every: int = Field(1, ge=1, le=10_000_000, description="Of how many steps one is told; the last one always is.")


class TrainBegins(Answer):
    """The first line: what is about to be done."""

    own: bool = Field(
        description="Whether it is the program's own training: then `parameters` are what its steps change."
    )
    parameters: list[str] = Field(description="Ids of what is learned. Norms are in this order.")
    shapes: list[list[int]] = Field(description="Their shapes.")
    data: list[str] = Field(description="Ids of the inputs whose rows are examples.")
    examples: int = Field(description="How many are learned from.")
    validation: int = Field(description="How many are kept aside.")
    epoch: int = Field(description="How many steps take every example once.")
    optimizer: str = Field(description="The name of the optimizer's function.")
    settings: dict[str, Numbers] = Field(description="All its settings.")
    update: str = Field(description="The program of the update.")
    steps: int = Field(description="The step before whose update the run ends.")


class TrainStep(Answer):
    """A line for each step that is told. Of the program's own training it tells the loss alone."""

    step: int = Field(description="Counted from 0.")
    loss: Numbers = Field(description="Of the step's batch, before its update.")
    validation: Numbers | None = Field(description="The loss of what is kept aside; null where nothing is.")
    gradients: list[Numbers] = Field(description="The Euclidean norm of each parameter's gradient.")
    parameters: list[Numbers] = Field(description="The norm of each parameter.")
    rate: Numbers | None = Field(description="The learning rate; null where the optimizer has none.")


class TrainEnds(Answer):
    """The last line."""

    ended: Literal["steps", "below", "patience", "nonfinite"] = Field(
        description="steps: all were taken; below: the loss is good enough; patience: it does not fall any more; "
        "nonfinite: it is no number any more."
    )
    step: int


class TrainAnswer(Answer):
    """A line of JSON for each of these, one after the other, as they are computed (`application/x-ndjson`, or
    `text/event-stream` where `Accept` asks for it): `begins` first, then a `step` each, then `ends`. A problem on the
    way is a line `problem`, the last one."""

    begins: TrainBegins | None = None
    step: TrainStep | None = None
    ends: TrainEnds | None = None
