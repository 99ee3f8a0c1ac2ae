"""`/trace`: both passes."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from app.api.schemas.common import MINI_PROGRAM, MINI_VALUES, Answer, Detail, MaybeNumbers, Numbers, Use
from app.api.schemas.subject import Subject

Part = Literal["structure", "numbers", "sentences"]


def _all_parts() -> list[Part]:
    return ["structure", "numbers"]


class TraceRequest(Subject):
    """Forward and backward pass of a program."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"program": MINI_PROGRAM, "values": MINI_VALUES},
                {"program": "y = x * sin(x)", "values": {"x": 2}, "include": ["numbers"]},
                {
                    "program": MINI_PROGRAM,
                    "values": MINI_VALUES,
                    "include": ["sentences"],
                    "moments": ["start", "forward:a1", "backward:a1"],
                },
                {"network": {"inputs": 2, "layers": [{"units": 2, "activation": "relu"}, {"units": 1}]}},
            ]
        }
    )

    include: list[Part] = Field(
        default_factory=_all_parts,
        min_length=1,
        max_length=3,
        description='["numbers"] leaves out what stays the same while only values change. "sentences" adds what each '
        "step does, in words.",
    )
    moments: list[str] | None = Field(
        None,
        description='The moments whose sentences are wanted: "start", "seed", "forward:z1", "backward:a1", '
        '"group:y/softmax". By default all.',
    )

    def cost_key(self) -> int:
        """As for every request; sentences take longer than all the rest."""
        told = 0 if "sentences" not in self.include else -1 if self.moments is None else len(self.moments)
        return hash((super().cost_key(), told))


class NodeAnswer(Answer):
    """One value of the program, in forward order."""

    id: str = Field(description="Readable, and stable under edits elsewhere: `z1`, its anonymous part `z1.1`.")
    name: str | None = Field(description="The name in the program; null for a part of an expression.")
    title: str = Field(description="What it is called in a sentence: its name, or `@ in z1` for a part of z1.")
    op: str = Field(description="Its operation, as in `GET /api/v1/ops`, or `input`, `constant`.")
    role: Literal["input", "constant", "operation"]
    use: Use = Field(description="What an input is there for, as far as its name tells.")
    inputs: list[str] = Field(description="Ids, in slot order. An input that is used twice stands twice.")
    shape: list[int]
    group: str | None = Field(description="The innermost group that it belongs to.")
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    value: MaybeNumbers
    grad: MaybeNumbers = Field(description="Gradient of the output; null where no path leads to it, unlike 0.")
    label: str = Field(description="A short sign for the picture.")
    formula: str
    latex: str = Field(description="What it computes.")
    symbol: str | None = Field(description="Its name, as LaTeX.")
    grad_name: str = Field(
        description="What its gradient is called in the rules of the edges and in emitted NumPy. A part of an "
        "expression that gets the whole's as it is shares its name."
    )
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
    """Nodes that belong together: those of a function call, of the lines from `# region NAME` to `# endregion`, of an
    array opened to its scalars, or a run of a large program."""

    id: str
    name: str
    parent: str | None = Field(description="The group around it.")
    kind: Literal["call", "region", "scalar", "part"]
    result: str | None = Field(description="Id of the node that leaves it; null where nothing leads to the output.")
    summary: str | None = Field(description="What a function of the language does, in one line.")


class Element(Answer):
    """One number of an array of the program."""

    leaf: str
    index: list[int]


class LeafAnswer(Answer):
    """An input."""

    id: str
    name: str
    use: Use = Field(description="As in the nodes.")
    element: Element | None = Field(description="In scalar detail: of which array it is which element.")
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


class SentencePart(Answer):
    """A piece of a sentence. The tone says what it is: a name, a value, a gradient, or plain words."""

    text: str
    tone: Literal["", "name", "value", "grad"]


Sentence = list[SentencePart]


class GroupSentences(Answer):
    """A function call or a layer as one step forward and one step backward."""

    forward: Sentence
    backward: Sentence


class SentencesAnswer(Answer):
    """What each moment is told as. Of `moments` that were not asked for there is nothing."""

    start: Sentence | None
    seed: Sentence | None
    forward: dict[str, Sentence] = Field(description="By id of an operation: what it computes.")
    backward: dict[str, Sentence] = Field(description="By id of an operation: what it hands back, and why.")
    groups: dict[str, GroupSentences] = Field(description="By id of a group.")


class TraceAnswer(Answer):
    """The whole trace. With `include: ["numbers"]` only output, numbers, prints and manual; with `["sentences"]` only
    output and sentences."""

    output: str
    seed: Numbers = None
    detail: Detail = "tensor"
    program: str | None = Field(None, description="The program that a network became.")
    nodes: list[NodeAnswer] = Field([])
    edges: list[EdgeAnswer] = Field([])
    groups: list[GroupAnswer] = Field([])
    backward: list[str] = Field([], description="Ids of operations in the order of the backward pass.")
    leaves: list[LeafAnswer] = Field([])
    numbers: NumbersAnswer | None = None
    sentences: SentencesAnswer | None = None
    prints: list[PrintAnswer] = Field([])
    manual: list[ManualAnswer] = Field([])
