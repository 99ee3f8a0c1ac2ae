"""Which nodes are tensors of PyTorch, of which number type, and which of them gradients are followed through."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakSet

from app.engine.interpreter.values import Literal, Memory, Ref
from app.engine.ops import Op
from app.engine.ops.expression import Shape
from app.engine.ops.rules import rule

DEFAULT = "float32"


class Tensors:
    """Facts about the nodes of one graph, by index. A text without PyTorch has none.

    dtypes: the number type of each tensor. tracked: those with `requires_grad`. functions: what PyTorch calls the
    function that made one, where the op does not say it. leaves: the buffers of the leaves that gradients are kept for;
    a leaf is the node that its buffer has now; one that nothing in the text holds any more is forgotten. retained:
    those of other values that keep theirs, too. parameters: those of layers. recording: whether operations are
    followed, as they are outside of `torch.no_grad()`. settled: nodes that are known to lead to no leaf but through
    what stops gradients. freed: those that a backward pass has gone through and that it needed the values of. digits,
    exponents: how they are printed, as `TensorText` says.
    """

    def __init__(self) -> None:
        self.dtypes: dict[int, str] = {}
        self.tracked: set[int] = set()
        self.functions: dict[int, str] = {}
        self.parameters: set[int] = set()
        self.leaves: WeakSet[Memory] = WeakSet()
        self.retained: WeakSet[Memory] = WeakSet()
        self.recording = True
        self.settled: set[int] = set()
        self.freed: set[int] = set()
        self.digits = 4
        self.exponents: bool | None = None

    def leaf(self, index: int, value: Literal) -> None:
        """A literal has become this node."""
        if value.tensor is not None:
            self.dtypes[index] = value.tensor

    def operation(
        self, op: Op, inputs: tuple[int, ...], attrs: dict[str, object], index: int, kind: str, shapes: Sequence[Shape]
    ) -> bool:
        """Notes the result of an op; whether it is a tensor."""
        given = [i for i in inputs if i in self.dtypes]
        if not given:
            return False
        self.dtypes[index] = {"int": "int64", "bool": "bool"}.get(kind) or self._float(given, shapes)
        if self.recording and not self.tracked.isdisjoint(inputs):
            use = rule(op, attrs, tuple([shapes[i] for i in inputs]), shapes[index], (None,) * len(inputs))
            # A flat function, such as sign, is followed, too: it sends zeros.
            flat = op.kind == "mask" and op.partials is not None and kind == "float"
            if flat or any(inputs[slot] in self.tracked for slot in use.carrying):
                self.tracked.add(index)
        return True

    def _float(self, given: list[int], shapes: Sequence[Shape]) -> str:
        """What becomes of several floats: those with axes count before those without."""
        floats = [i for i in given if self.dtypes[i].startswith("float")]
        first = [i for i in floats if shapes[i]] or floats
        return "float64" if any(self.dtypes[i] == "float64" for i in first) else DEFAULT

    def like(self, index: int, other: int) -> None:
        """A node stands for another one from now on: a constant in place of a round that is not kept, or the leaf that
        a training step has made of a leaf."""
        if other in self.dtypes:
            self.dtypes[index] = self.dtypes[other]
        if other in self.tracked:
            self.tracked.add(index)
        if other in self.parameters:
            self.parameters.add(index)
        if other in self.functions:
            self.functions[index] = self.functions[other]

    def typed_as(self, index: int, before: int) -> None:
        """What a name shows has been stored into: it is what it was before, a tensor of the same type or an array."""
        if before in self.dtypes:
            self.dtypes[index] = self.dtypes[before]
        else:
            self.dtypes.pop(index, None)

    def follow(self, ref: Ref, memory: Memory) -> None:
        """`requires_grad`: from now on gradients are kept for this leaf."""
        self.tracked.add(ref.index)
        self.leaves.add(memory)

    def leaf_at(self, index: int) -> Memory | None:
        """The buffer of a leaf, by its node."""
        return next((memory for memory in self.leaves if memory.index == index), None)
