"""The subject of a request: a program, or a network from which one is made."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from app.api.schemas.common import Answer, Detail, MaybeNumbers, Numbers, Request
from app.api.schemas.run import TrainingRun
from app.engine.interpreter.network.checks import MOST_DROPPED


class Layer(Request):
    """One layer of a network."""

    units: int = Field(ge=1, description="Number of outputs of the layer.")
    activation: str = Field(
        "identity", description="One of those that `GET /api/v1/ops` lists for networks, such as relu or tanh."
    )


class Points(Request):
    """Examples of the sender's own."""

    x: list[list[float]] = Field(min_length=1, max_length=100_000, description="A row of numbers for each example.")
    target: list[float] = Field(
        max_length=100_000, description="One number for each example: what is to be learned, or a class, from 0."
    )
    classes: int = Field(0, ge=0, le=1000, description="How many classes there are; 0 where targets are numbers.")


class Network(Request):
    """A fully connected network, from which a program is made."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"inputs": 2, "layers": [{"units": 2, "activation": "relu"}, {"units": 1}], "loss": "mse"},
            ]
        }
    )

    inputs: int = Field(ge=1, description="Features of one example.")
    layers: list[Layer] = Field(min_length=1, max_length=1000, description="From the inputs to the output.")
    loss: Literal["none", "mse", "cross_entropy", "binary_cross_entropy"] = Field(
        "none", description="The loss between output and target; it becomes the output of the program."
    )
    init: Literal["he", "xavier", "uniform", "zeros", "ones"] = Field(
        "he", description="The initialisation of the weights."
    )
    random_seed: int = Field(0, ge=0, le=2**32 - 1, description="The same seed gives the same weights.")
    batch: int = Field(1, ge=1, description="Examples in a batch, one row each.")
    data: str | None = Field(
        None,
        description="What is to be learned, such as xor or spirals (see `GET /api/v1/ops`); random numbers by default.",
    )
    noise: float | None = Field(None, ge=0, le=10, description="How far the examples scatter, in place of the usual.")
    points: Points | None = Field(None, description="Examples in place of `data`; then `batch` counts for nothing.")
    features: list[str] = Field(
        default_factory=list,
        max_length=20,
        description="What the first layer gets beside x, as lines of the program: squares ... (see `GET /api/v1/ops`).",
    )
    residual: bool = Field(
        default=False, description="Whether hidden layers with as many units as inputs add their input to their result."
    )
    norm: bool = Field(
        default=False, description="Whether hidden layers normalise what their activation gets, with gain and bias."
    )
    dropout: float = Field(
        0.0, ge=0, le=MOST_DROPPED, description="The share of a hidden layer that each step of a training leaves out."
    )


class Subject(Request):
    """A program or a network, with values."""

    program: str | None = Field(None, description="Lines of NumPy. Free names get their numbers from `values`.")
    network: Network | None = Field(None, description="Instead of `program`.")
    values: dict[str, Numbers] = Field(
        default_factory=dict,
        description="Leaf name or id -> its numbers. A value given here replaces a number in the text.",
    )
    ignore_unknown: bool = Field(
        default=False,
        description="Whether values for names that are no inputs, and an unknown output, are skipped.",
    )
    output: str | None = Field(None, description="The name to differentiate; by default what it is about.")
    seed: MaybeNumbers = Field(None, description="The gradient at the output, of its shape. By default ones.")
    detail: Detail = Field("tensor", description='"scalar" makes every element of every array a node of its own.')
    scalar: list[str] = Field(
        default_factory=list,
        max_length=1000,
        description="Ids of array operations to open to their scalar arithmetic, each a group.",
    )
    run: TrainingRun | None = Field(
        None, description="A training: parameters and examples then have the values of its step `step`."
    )
    step: int = Field(0, ge=0, le=10_000_000, description="The step of the run, counted from 0.")
    phase: Literal["loss", "update"] = Field(
        "loss",
        description="What of the step it is about: the program itself, or the program of its update, whose inputs are "
        "the parameters (W1), their gradients (dW1) and what the optimizer remembers (v_W1).",
    )
    moved: str | None = Field(
        None, description="Of an update: the parameter whose new value is the output; by default the first."
    )

    example: int | None = Field(
        None,
        ge=0,
        le=10_000_000,
        description="Of a step of a run: the row of the one example that it is about, counted from 0, alone in "
        "place of the step's batch.",
    )

    def cost_key(self) -> int:
        """As in `Request`, without `values`."""
        network = None if self.network is None else self.network.cost_key()
        run = None if self.run is None else (self.run.cost_key(), self.step, self.phase, self.example)
        return hash((type(self), self.program, network, self.output, self.detail, tuple(self.scalar), run))


class NetworkAnswer(Answer):
    """A network as program and values."""

    program: str
    values: dict[str, Numbers]
    output: str
    notes: list[str] = Field(
        description="Differences between the program and the description, with reasons; also comments in the program."
    )
