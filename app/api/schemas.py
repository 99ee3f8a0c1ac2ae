"""What may be asked and what is answered, as Pydantic models.

Requests are validated with them, strictly: no field unknown, nothing converted. Answers are only described by them:
their bytes are written by `app.api.answers`, and a test holds both together.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

MINI_PROGRAM = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
MINI_VALUES: dict[str, Any] = {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[0.5]], "W2": [[2]], "b2": [[1]]}

_NESTED = {
    "description": 'A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers.',
    "oneOf": [
        {"type": "number"},
        {"type": "string", "enum": ["NaN", "Infinity", "-Infinity"]},
        {"type": "array", "items": {}},
    ],
}
Numbers = Annotated[Any, WithJsonSchema(_NESTED)]
MaybeNumbers = Annotated[Any, WithJsonSchema({"oneOf": [*_NESTED["oneOf"], {"type": "null"}]})]
Detail = Literal["tensor", "scalar"]
Part = Literal["structure", "numbers"]


def _all_parts() -> list[Part]:
    return ["structure", "numbers"]


class Request(BaseModel):
    """The root of all requests."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def cost_key(self) -> int:
        """A hash of all that decides what the request costs, beside the size of its values."""
        return hash(self.model_dump_json())


class Layer(Request):
    """One layer of a network."""

    units: int = Field(ge=1, description="How many values the layer gives.")
    activation: str = Field(
        "identity", description="A one-input function from `GET /api/v1/ops`, such as relu or tanh."
    )


class Network(Request):
    """A fully connected network, described instead of written."""

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
        "none", description="What compares the output with a target; its value is then the output."
    )
    init: Literal["he", "xavier", "uniform", "zeros", "ones"] = Field("he", description="How the weights start.")
    random_seed: int = Field(0, ge=0, le=2**32 - 1, description="The same seed gives the same weights.")
    batch: int = Field(1, ge=1, description="Examples at once, one row each.")


class Subject(Request):
    """What is to be computed: a program or a network, with values."""

    program: str | None = Field(None, description="Lines of NumPy. Free names get their numbers from `values`.")
    network: Network | None = Field(None, description="Instead of `program`.")
    values: dict[str, Numbers] = Field(
        default_factory=dict,
        description="Leaf name or id -> its numbers. A value given here replaces a number in the text.",
    )
    ignore_unknown: bool = Field(
        default=False, description="Whether `values` for names that are no inputs are left out instead of refused."
    )
    output: str | None = Field(None, description="The name to differentiate; by default the last one assigned.")
    seed: MaybeNumbers = Field(None, description="The gradient at the output, of its shape. By default ones.")
    detail: Detail = Field("tensor", description='"scalar" makes every element of every array a node of its own.')

    def cost_key(self) -> int:
        """As for every request; `values` are left out."""
        network = None if self.network is None else self.network.cost_key()
        return hash((type(self), self.program, network, self.output, self.detail))


class TraceRequest(Subject):
    """Forward and backward pass of a program."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"program": MINI_PROGRAM, "values": MINI_VALUES},
                {"program": "y = x * sin(x)", "values": {"x": 2}, "include": ["numbers"]},
                {"network": {"inputs": 2, "layers": [{"units": 2, "activation": "relu"}, {"units": 1}]}},
            ]
        }
    )

    include: list[Part] = Field(
        default_factory=_all_parts,
        min_length=1,
        max_length=2,
        description='["numbers"] leaves out what stays the same while only values change.',
    )


class CodeRequest(Subject):
    """A program that computes the same passes by itself."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"program": MINI_PROGRAM, "values": MINI_VALUES}]})

    target: Literal["numpy"] = Field("numpy", description="The language to write.")


class Answer(BaseModel):
    """The root of all answers: every field that is described is there."""

    model_config = ConfigDict(extra="forbid")


class NodeAnswer(Answer):
    """One value of the program, in forward order."""

    id: str = Field(description="Readable, and stable under edits elsewhere: `z1`, its anonymous part `z1.1`.")
    name: str | None = Field(description="The name in the program; null for a part of an expression.")
    op: str = Field(description="Its operation, as in `GET /api/v1/ops`, or `input`, `constant`.")
    role: Literal["input", "constant", "operation"]
    inputs: list[str] = Field(description="Ids, in slot order. An input that is used twice stands twice.")
    shape: list[int]
    group: str | None = Field(description="The function call in which it was made.")
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    value: MaybeNumbers
    grad: MaybeNumbers = Field(description="Gradient of the output; null where no path leads to it, unlike 0.")
    label: str = Field(description="A short sign for the picture.")
    formula: str
    latex: str
    grad_name: str = Field(description="What its gradient is called in the rules of the edges and in emitted code.")
    kind: Literal["input", "constant", "elementwise", "matmul", "reduction", "shape", "mask"]
    curve: bool = Field(description="Whether `GET /api/v1/ops` holds a curve of this operation.")
    editable: bool
    kink: str | None = Field(description="The convention taken, where the derivative jumps at just these values.")


class EdgeAnswer(Answer):
    """One use of a value, and what that use sends back."""

    source: str
    target: str
    slot: int
    message: MaybeNumbers = Field(description="The contribution of this use to the gradient of its source.")
    local: MaybeNumbers = Field(description="The local derivative, element by element; null for matrix products etc.")
    rule: str | None = Field(description="The backward code that makes the message.")
    partial: str | None
    partial_latex: str | None


class GroupAnswer(Answer):
    """A function call, within its caller."""

    id: str
    name: str
    parent: str | None


class LeafAnswer(Answer):
    """An input."""

    id: str
    name: str
    shape: list[int]
    line: int | None
    editable: bool
    missing: bool = Field(description="Always false in an answer; what is missing is told by a problem.")
    literal: bool = Field(description="Whether the text itself gives a value, which `values` then replaces.")


class PrintAnswer(Answer):
    """What one `print(...)` would show."""

    line: int
    items: list[Any]
    text: str


class ManualAnswer(Answer):
    """One line of the reader's own backward pass, graded."""

    name: str
    target: str
    line: int
    value: MaybeNumbers
    adjoint: MaybeNumbers
    agrees: bool
    note: str | None


class NumbersAnswer(Answer):
    """The numbers alone, as columns: values, grads and kinks in node order, messages and locals in edge order."""

    values: list[Numbers]
    grads: list[MaybeNumbers]
    messages: list[MaybeNumbers]
    locals: list[MaybeNumbers]
    kinks: list[str | None]


class TraceAnswer(Answer):
    """The whole trace. With `include: ["numbers"]` only output, numbers, prints and manual."""

    output: str
    seed: Numbers = None
    detail: Detail = "tensor"
    program: str | None = Field(None, description="The program that a network became.")
    nodes: list[NodeAnswer] = []
    edges: list[EdgeAnswer] = []
    groups: list[GroupAnswer] = []
    backward: list[str] = Field([], description="Ids of operations in the order of the backward pass.")
    leaves: list[LeafAnswer] = []
    numbers: NumbersAnswer | None = None
    prints: list[PrintAnswer]
    manual: list[ManualAnswer]


class NetworkAnswer(Answer):
    """A network as program and values."""

    program: str
    values: dict[str, Numbers]
    output: str


class CodeLine(Answer):
    """Which node a line of the source belongs to. Lines count from 1."""

    line: int
    node: str | None
    passed: Literal["forward", "backward"] | None = Field(alias="pass")


class CodeAnswer(Answer):
    """A program that runs by itself and afterwards holds every name and its gradient (`W1`, `dW1`)."""

    source: str
    lines: list[CodeLine]


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


class HealthAnswer(Answer):
    """The server answers."""

    status: Literal["ok"]
    version: str


class TroubleAnswer(Answer):
    """One thing that is wrong. Lines and columns count from 1."""

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
    errors: list[TroubleAnswer]
