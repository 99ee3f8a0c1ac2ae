"""`/ops`: the language."""

from __future__ import annotations

from typing import Any

from app.api.schemas.common import Answer, Numbers


class Curve(Answer):
    """Value and derivative of a one-input function, for drawing."""

    x: list[Numbers]
    y: list[Numbers]
    dy: list[Numbers]


class OpAnswer(Answer):
    """One operation of the language."""

    name: str
    kind: str
    arity: list[int | None]
    summary: str
    latex: str
    signature: str
    kink: str | None
    example: str
    curve: Curve | None


class FunctionAnswer(Answer):
    """A function written in the language itself."""

    name: str
    signature: str
    summary: str
    source: str


class OpsAnswer(Answer):
    """The language: its operations, its functions and its forms."""

    ops: list[OpAnswer]
    functions: list[FunctionAnswer]
    syntax: list[Any]
