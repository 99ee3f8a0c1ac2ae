"""`/diagnosis`: what goes wrong in a training."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from app.api.schemas.common import Answer
from app.api.schemas.subject import Subject


class DiagnosisRequest(Subject):
    """What goes wrong at the step `step` of a run, and since when?"""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"program": "x = 3.0\nf = x ** 2", "run": {"settings": {"lr": 1.1}}, "step": 20}],
        }
    )


class TrialAnswer(Answer):
    """What the run may be given otherwise, to see whether that helps."""

    settings: dict[str, float] = Field(description="Settings of the optimizer.")
    clip: float | None = Field(description="The largest norm of all gradients together; null where none is needed.")


class FindingAnswer(Answer):
    """Something that goes wrong."""

    kind: str = Field(
        description="`nonfinite`, `climbing`, `exploded`, `unreached`, `dead`, `saturated`, `alike`, `vanished` or "
        "`constant`."
    )
    node: str | None = Field(description="The node where it is seen; null where it is the whole.")
    says: str = Field(description="What was seen, with its numbers.")
    advice: str = Field(description="What to try.")
    trial: TrialAnswer | None = Field(description="The same as settings; null where the program has to be changed.")
    since: int = Field(description="The first step from which on it is so.")


class DiagnosisAnswer(Answer):
    """What goes wrong, the earliest first."""

    findings: list[FindingAnswer]
