"""`/ops`: the language."""

from __future__ import annotations

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
    family: str = Field(description="The section that it is listed in: activations, arithmetic, functions ...")
    arity: list[int | None]
    summary: str
    latex: str
    signature: str
    kink: str | None
    example: str
    definition: str | None = Field(description="For a one-input function: its value in x, as LaTeX.")
    derivative: str | None = Field(description="Its derivative in x and its value y, as LaTeX.")
    curve: Curve | None


class FunctionAnswer(Answer):
    """A function written in the language itself."""

    name: str
    signature: str
    summary: str
    source: str
    definition: str | None = Field(description="For an elementwise function of one argument: its value in x, as LaTeX.")
    derivative: str | None = Field(description="Its derivative in x, by the chain rule, as LaTeX.")
    letters: list[str] = Field(
        description="Definitions of the letters in both, which stand for repeated parts, as LaTeX."
    )
    curve: Curve | None = Field(description="For such a function.")


class NetworkLoss(Answer):
    """A loss of a network."""

    name: str
    outputs: list[str] = Field(description="The activations that the last layer may have with this loss.")


class NetworkData(Answer):
    """Data for a network."""

    name: str
    title: str
    inputs: int = Field(description="Numbers of one example.")
    classes: int = Field(description="2 where the target is a class, 0 where it is a number.")
    noise: float = Field(description="How far the examples usually scatter.")


class NetworkFeature(Answer):
    """What a network may compute of its inputs before its first layer."""

    name: str
    title: str
    line: str = Field(description="What it computes of x.")
    pairs: bool = Field(description="Whether it needs exactly two inputs.")


class NetworkOptions(Answer):
    """The options of a network."""

    activations: list[str]
    losses: list[NetworkLoss]
    inits: list[str]
    data: list[NetworkData]
    features: list[NetworkFeature]


class OptimizerAnswer(Answer):
    """A rule by which parameters move, written in the language."""

    name: str
    summary: str
    source: str
    settings: dict[str, float] = Field(description="Each with its default; `lr` is the learning rate.")


class SyntaxAnswer(Answer):
    """One form of the language, with an example that runs."""

    form: str
    summary: str
    example: str


class OpsAnswer(Answer):
    """The language: its operations, its functions and its forms."""

    ops: list[OpAnswer]
    functions: list[FunctionAnswer]
    syntax: list[SyntaxAnswer]
    network: NetworkOptions = Field(description="What `POST /api/v1/network` takes.")
    optimizers: list[OptimizerAnswer] = Field(description="What `run.optimizer` takes by name.")
