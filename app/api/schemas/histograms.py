"""`/histograms`: how parameters and gradients are distributed, over the steps of a training."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from app.api.schemas.common import Answer, Numbers
from app.api.schemas.subject import Subject
from app.engine.training.histograms import MOST


class HistogramsRequest(Subject):
    """How are parameters and gradients distributed, at steps of a run up to `step`?"""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "program": "w = np.array([1.0, 2.0, 3.0])\nf = np.sum(w ** 2)",
                    "run": {"settings": {"lr": 0.25}},
                    "step": 2,
                    "ranges": 3,
                }
            ]
        }
    )

    ranges: int = Field(
        24, ge=1, le=100, description="How many ranges there are from the smallest to the largest number."
    )
    parameters: list[str] = Field(
        default_factory=list,
        max_length=MOST,
        description=f"Ids of those that are wanted; by default the first {MOST} that are learned.",
    )


class HistogramAnswer(Answer):
    """How many numbers lie in which range."""

    low: Numbers = Field(description="Where the first range begins.")
    high: Numbers = Field(
        description="Where the last one ends. They are equally wide, and the outermost take what lies beyond: of all "
        "steps, at most half a percent to each side."
    )
    counts: list[list[int]] = Field(
        description="A row for each step, a column for each range; what is not finite lies in none."
    )


class DistributionAnswer(Answer):
    """A parameter."""

    parameter: str = Field(description="Its id.")
    elements: int = Field(description="How many numbers it has.")
    values: HistogramAnswer
    gradients: HistogramAnswer


class HistogramsAnswer(Answer):
    """Parameters, each over the same steps."""

    steps: list[int] = Field(description="Those that are kept of the run, at equal distances, and `step` itself.")
    distributions: list[DistributionAnswer]
