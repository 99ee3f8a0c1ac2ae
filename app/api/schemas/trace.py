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
                {"program": MINI_PROGRAM, "values": MINI_VALUES, "most": 5, "open": ["y/softmax"]},
                {"network": {"inputs": 2, "layers": [{"units": 2, "activation": "relu"}, {"units": 1}]}},
            ]
        }
    )

    include: list[Part] = Field(
        default_factory=_all_parts,
        min_length=1,
        max_length=3,
        description='["numbers"] leaves out what does not depend on values. "sentences" adds sentences about each '
        "step.",
    )
    moments: list[str] | None = Field(
        None,
        description='The moments to write sentences for: "start", "seed", "forward:z1", "backward:a1", '
        '"group:y/softmax". By default all.',
    )
    most: int | None = Field(
        None,
        ge=1,
        le=1_000_000,
        description="Up to so many nodes, a trace is told whole. Of a larger one groups are told closed: as one node, "
        "with the values and gradients of their results, so that so many nodes are told in all, if groups allow.",
    )
    open: list[str] | None = Field(
        None,
        max_length=10_000,
        description="With `most`: ids of the groups that are told open, where those around them are. By default as "
        "many levels of groups as are few nodes.",
    )

    def cost_key(self) -> int:
        """The number of sentences and the open groups count as well."""
        sentences = 0 if "sentences" not in self.include else -1 if self.moments is None else len(self.moments)
        opened = None if self.open is None else tuple(self.open)
        return hash((super().cost_key(), sentences, self.most, opened))


class NodeAnswer(Answer):
    """One value of the program, in forward order."""

    id: str = Field(description="Readable, and stable under edits elsewhere: `z1`, its anonymous part `z1.1`.")
    name: str | None = Field(description="The name in the program; null for a part of an expression.")
    title: str = Field(description="Its name in sentences: as in the program, or `@ in z1` for a part of z1.")
    op: str = Field(
        description="Its operation, as in `GET /api/v1/ops`, or `input`, `constant`; `group` where it stands for all "
        "results of a closed group, whose id it has."
    )
    role: Literal["input", "constant", "operation"]
    use: Use = Field(description="The role of an input, as far as its name shows it.")
    inputs: list[str] = Field(description="Ids, in slot order. An input that is used twice is listed twice.")
    shape: list[int]
    group: str | None = Field(description="The innermost group that it belongs to; the closed one that it is told for.")
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    value: MaybeNumbers
    grad: MaybeNumbers = Field(description="Gradient of the output; null, which is not 0, if no path leads to it.")
    label: str = Field(description="A short label for the picture.")
    formula: str
    latex: str = Field(description="What it computes.")
    symbol: str | None = Field(description="Its name, as LaTeX.")
    grad_name: str = Field(
        description="The name of its gradient in the rules of the edges and in emitted NumPy. Nodes with the same "
        "gradient may share a name."
    )
    kind: Literal["input", "constant", "elementwise", "matmul", "reduction", "shape", "mask", "group"]
    signs: list[int] = Field(description="Of a sum of its inputs, the sign of each: [1, -1] for a - b. Else empty.")
    transposes: bool = Field(description="Whether it changes the order of axes.")
    curve: bool = Field(description="Whether `GET /api/v1/ops` holds a curve of this operation.")
    editable: bool
    kink: str | None = Field(description="If the node is on a kink at these values, the convention taken.")


class EdgeAnswer(Answer):
    """One use of a value, and its message."""

    source: str
    target: str
    slot: int
    message: MaybeNumbers = Field(description="The contribution of this use to the gradient of the source.")
    local: MaybeNumbers = Field(description="The local derivative, element by element; null for matrix products etc.")
    rule: str | None = Field(description="The code that computes the message.")
    partial: str | None
    partial_latex: str | None
    elements: list[int] | None = Field(
        None,
        description="Where the source stands for the results of a closed group and not all of them are used here: "
        "which ones, in row-major order. The message is then a list, of theirs.",
    )


class Inside(Answer):
    """What is in a closed group and not told."""

    nodes: int
    operations: int


class GroupAnswer(Answer):
    """Nodes that belong together: of a function call, of the lines from `# region NAME` to `# endregion`, of an array
    opened to its scalars, consecutive nodes of a large program, equal steps that follow each other, such as the turns
    of a loop, or stand side by side, such as the terms of a loss, or one of these steps."""

    id: str
    name: str
    parent: str | None = Field(description="The enclosing group.")
    kind: Literal["call", "region", "scalar", "part", "repeat", "beside", "turn"]
    result: str | None = Field(description="Id of its node that leads to the output; null if none does.")
    summary: str | None = Field(description="What a function of the language does, in one line.")
    turns: list[str] = Field(
        description="Of equal steps, the id of the node of each that the next one uses, or of the last of each; "
        "of a single one, its own."
    )
    inside: Inside | None = Field(None, description="With `most`: set if the group is told closed.")


class Element(Answer):
    """One element of an array of the program."""

    leaf: str
    index: list[int]


class LeafAnswer(Answer):
    """An input."""

    id: str
    name: str
    use: Use = Field(description="As in the nodes.")
    element: Element | None = Field(description="In scalar detail: the element of an array that it is.")
    shape: list[int]
    line: int | None
    editable: bool
    settles: bool = Field(
        description="Whether it settles a shape, an index or a loop: then it has no numerical derivative."
    )
    missing: bool = Field(description="Always false: missing values are a problem.")
    literal: bool = Field(description="Whether the text has a value, which one in `values` replaces.")


class PrintAnswer(Answer):
    """The output of one `print(...)`."""

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
    of: str | None = Field(None, description="The scalar that it is a gradient of, where that is not the output.")


class Decision(Answer):
    """A decision by a value, such as that of an `if` or a loop."""

    line: int
    answer: bool | MaybeNumbers = Field(description="Whether it held, or the number; null for an array.")


class NumbersAnswer(Answer):
    """The numbers alone, as columns: values, grads and kinks in node order, messages and locals in edge order."""

    values: list[Numbers]
    grads: list[MaybeNumbers]
    messages: list[MaybeNumbers]
    locals: list[MaybeNumbers]
    kinks: list[str | None]


class SentencePart(Answer):
    """A part of a sentence. tone: whether it is a name, a value, a gradient, or plain words."""

    text: str
    tone: Literal["", "name", "value", "grad"]


Sentence = list[SentencePart]


class GroupSentences(Answer):
    """A group as one forward and one backward step."""

    forward: Sentence
    backward: Sentence


class SentencesAnswer(Answer):
    """The sentences of the moments in the request."""

    start: Sentence | None
    seed: Sentence | None
    forward: dict[str, Sentence] = Field(description="By id of an operation: what it computes.")
    backward: dict[str, Sentence] = Field(description="By id of an operation: the messages that it sends, and why.")
    groups: dict[str, GroupSentences] = Field(description="By id of a group.")


class LostAnswer(Answer):
    """Where the numbers end, if the output is not finite: no gradient means anything then."""

    node: str = Field(description="The first node that is not finite, of those that the output is not finite for.")
    text: str = Field(description="All this in words.")


class RoundingAnswer(Answer):
    """What is 0 but for rounding: not 0, and within the bound of its own rounding error."""

    nodes: list[int] = Field(description="Places in `nodes` whose gradients are nothing else.")
    edges: list[int] = Field(description="Places in `edges` whose messages are nothing else.")


class TraceAnswer(Answer):
    """The whole trace. With `include: ["numbers"]` only output, numbers, prints and manual; with `["sentences"]` only
    output and sentences."""

    output: str
    seed: Numbers = None
    choices: list[str] = Field([], description="The names that `output` can be: a gradient flows from them to inputs.")
    detail: Detail = "tensor"
    program: str | None = Field(None, description="The program that a network became, or that of an update.")
    nodes: list[NodeAnswer] = Field([])
    edges: list[EdgeAnswer] = Field([])
    groups: list[GroupAnswer] = Field([])
    backward: list[str] = Field([], description="Ids of operations in the order of the backward pass.")
    leaves: list[LeafAnswer] = Field([])
    open: list[str] | None = Field(
        None, description="Ids of the groups that are told open; null if nothing is told closed."
    )
    strongest: float | None = Field(
        None, description="If `open` is set: the strongest gradient of all nodes, also of those that are not told."
    )
    strengths: dict[str, list[float]] | None = Field(
        None,
        description="If `open` is set: by id of a closed chain of equal steps how strong the gradient after each is, "
        "as the root mean square of its elements.",
    )
    numbers: NumbersAnswer | None = None
    sentences: SentencesAnswer | None = None
    prints: list[PrintAnswer] = Field([])
    notes: list[str] = Field([], description="What to know about the program, such as an import that is passed over.")
    lost: LostAnswer | None = None
    rounding: RoundingAnswer | None = Field(None, description="Where gradients are 0 but for rounding, if they are.")
    course: str = Field("", description="Where values decide what the program is: equal if only numbers differ.")
    decided: list[Decision] = Field([], description="The first decisions by values, in their order.")
    turns: int | None = Field(
        None, description="How many turns the program's own training has: `run` with `own`, and `step`, open each."
    )
    engine: bool = Field(
        default=False, description="Whether the program runs an engine of its own backwards: see `grade`."
    )
    manual: list[ManualAnswer] = Field([])
