"""The answers about the server's health and about errors."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from app.api.schemas.common import Answer


class HealthAnswer(Answer):
    """The server answers."""

    status: Literal["ok"]
    version: str


class ErrorDetailAnswer(Answer):
    """One error. Lines and columns count from 1."""

    model_config = ConfigDict(extra="allow")

    message: str
    line: int | None
    column: int | None
    hint: str | None


class ProblemAnswer(Answer):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    errors: list[ErrorDetailAnswer]
