"""`/ops`: the language."""

from __future__ import annotations

from typing import Any

from pydantic import Field

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
    family: str = Field(description="What it is listed with: activations, arithmetic, functions ...")
    arity: list[int | None]
    summary: str
    latex: str
    signature: str
    kink: str | None
    example: str
    definition: str | None = Field(description="Of a one-input function: what it computes of x, as LaTeX.")
    derivative: str | None = Field(description="Its slope, in x and in its own value y, as LaTeX.")
    curve: Curve | None


class FunctionAnswer(Answer):
    """A function written in the language itself."""

    name: str
    signature: str
    summary: str
    source: str
    definition: str | None = Field(description="Where it acts on one number alone: what it computes of x, as LaTeX.")
    derivative: str | None = Field(description="Its slope in x, by the chain rule, as LaTeX.")
    letters: list[str] = Field(description="What the letters in both stand for: parts that are repeated, as LaTeX.")
    curve: Curve | None = Field(description="Of such a function.")


class NetworkLoss(Answer):
    """A loss of a described network."""

    name: str
    outputs: list[str] = Field(description="The activations that its last layer may have with this loss.")


class NetworkOptions(Answer):
    """What the description of a network may say."""

    activations: list[str]
    losses: list[NetworkLoss]
    inits: list[str]


class OpsAnswer(Answer):
    """The language: its operations, its functions and its forms."""

    ops: list[OpAnswer]
    functions: list[FunctionAnswer]
    syntax: list[Any]
    network: NetworkOptions = Field(description="What `POST /api/v1/network` takes.")
