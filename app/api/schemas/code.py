"""`/code`: the passes as source."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from app.api.schemas.common import MINI_PROGRAM, MINI_VALUES, Answer
from app.api.schemas.subject import Subject


class CodeRequest(Subject):
    """A program that computes the same passes by itself."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"program": MINI_PROGRAM, "values": MINI_VALUES}]})

    target: Literal["numpy"] = Field("numpy", description="The language to write.")


class CodeLine(Answer):
    """Which node a line of the source belongs to. Lines count from 1."""

    line: int
    node: str | None
    passed: Literal["forward", "backward"] | None = Field(alias="pass")


class CodeAnswer(Answer):
    """A program that runs by itself and afterwards holds every name and its gradient (`W1`, `dW1`)."""

    source: str
    lines: list[CodeLine]
