"""A training, as requests state it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.common import Request

Setting = Annotated[float, Field(ge=-1e12, le=1e12)]
Settings = Annotated[dict[str, Setting], Field(max_length=20)]
Rule = Annotated[str, Field(max_length=4000)]


class RateCourse(Request):
    """How the learning rate changes."""

    course: Literal["constant", "steps", "exponential", "cosine", "warmup"] = Field(
        default="constant",
        description="steps: by `factor` every `over` steps; exponential: the same, smoothly; cosine: down to `factor` "
        "in `over` steps; warmup: up from 0 in `over` steps.",
    )
    over: int = Field(default=100, ge=1, le=10_000_000, description="Steps.")
    factor: float = Field(default=0.1, ge=0, le=1000)


class RunChange(Request):
    """Something that is set otherwise from a step on. What is left out stays as it was."""

    step: int = Field(ge=0, le=10_000_000, description="Counted from 0.")
    optimizer: Rule | None = None
    settings: Settings | None = None


class RunStops(Request):
    """What ends a run before its last step. A loss that is not finite always does."""

    below: float | None = Field(default=None, description="A loss that is good enough.")
    patience: int | None = Field(default=None, ge=1, description="Steps without a loss lower than the best one so far.")


class TrainingRun(Request):
    """A training of the program: the same run gives the same numbers, whenever it is asked for."""

    own: bool = Field(
        default=False,
        description="Whether it is the training that the program does itself: a step is a turn of its loop. Then "
        "nothing else is chosen here.",
    )
    parameters: list[str] = Field(
        default_factory=list,
        max_length=1000,
        description="Ids of the inputs that are learned; by default those that are neither data nor targets.",
    )
    data: list[str] | None = Field(
        default=None,
        max_length=1000,
        description="Ids of the inputs whose rows are examples; by default those with the usual names (x, y, target).",
    )
    optimizer: Rule = Field(
        default="sgd",
        description="The name of one of `GET /api/v1/ops`, or a function that you write: "
        "`def rule(w, dw, v, lr=0.1): ... return w, v`.",
    )
    settings: Settings = Field(default_factory=dict, description="Setting -> number, in place of its default.")
    rate: RateCourse = Field(default_factory=lambda: RateCourse())
    batch: int | None = Field(
        default=None, ge=1, description="Examples of a step, shuffled in each epoch; all by default."
    )
    validation: float = Field(default=0.0, ge=0, le=0.95, description="The share of the examples that is kept aside.")
    random_seed: int = Field(default=0, ge=0, le=2**32 - 1, description="For shuffling, and for what is kept aside.")
    clip: float | None = Field(default=None, gt=0, description="The largest norm that all gradients together may have.")
    decay: float = Field(default=0.0, ge=0, le=1e6, description="What of a weight is added to its gradient.")
    accumulate: bool = Field(
        default=False, description="Whether gradients are not set to zero between steps, which is a mistake to see."
    )
    changes: list[RunChange] = Field(default_factory=list, max_length=100)
    stops: RunStops = Field(default_factory=lambda: RunStops())
