"""One element of an op's result as a small expression over elements of its inputs.

The op's own opening into scalars is run, but only on the elements that this one depends on: a row and a column for a
matrix product, the elements that are reduced, the one element that was moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice, product
from types import MappingProxyType
from typing import Any, cast

import numpy as np

from app.engine.execution.structure import Structure
from app.engine.ops import CONSTANT, REGISTRY, Call, Op
from app.engine.ops.axes import count, normal_axes, number_of, place_in
from app.engine.ops.expression import Shape
from app.engine.ops.rules import Rule, rule
from app.engine.support.checkpoints import checkpoint
from app.engine.support.errstate import ignore_fp_errors

Index = tuple[int, ...]


_NONE: Mapping[str, Any] = MappingProxyType({})


class Scalar:
    """A scalar in the opening of one element.

    A leaf is an element of an input (`slot`, `index`), a `literal` one stands in the text; a constant has neither op
    nor slot; what has `inputs` but no op is their sum. `uses` counts how often it is used within the same opening,
    `left_out` the addends of a sum that are not among its inputs.
    """

    # There may be as many as an array has elements.
    __slots__ = ("attrs", "given", "index", "inputs", "left_out", "literal", "op", "slot", "uses")

    def __init__(
        self,
        inputs: tuple[Scalar, ...] = (),
        op: Op | None = None,
        attrs: Mapping[str, Any] = _NONE,
        slot: int = -1,
        index: Index = (),
        given: float | None = None,
        literal: bool = False,
    ) -> None:
        self.inputs = inputs
        self.op = op
        self.attrs = attrs
        self.slot = slot
        self.index = index
        self.given = given
        self.literal = literal
        self.uses = 0
        self.left_out = 0
        for each in inputs:
            each.uses += 1

    @property
    def leaf(self) -> bool:
        return self.slot >= 0

    @property
    def rule(self) -> Rule:
        """The op's rule, for scalars; constants that it wants as numbers are given as such."""
        assert self.op is not None
        literals = tuple(p.given if not p.inputs and (p.literal or not p.leaf) else None for p in self.inputs)
        return rule(self.op, dict(self.attrs), ((),) * len(self.inputs), (), literals)

    @property
    def value(self) -> float:
        """Computed on demand, from the leaves up, without recursion."""
        if self.given is None:
            waiting = [self]
            while waiting:
                scalar = waiting[-1]
                missing = [p for p in scalar.inputs if p.given is None]
                if missing:
                    waiting += missing
                    continue
                waiting.pop()
                checkpoint(3)
                if scalar.given is None:
                    scalar.given = scalar.computed()
        assert self.given is not None
        return self.given

    def computed(self) -> float:
        """From the values of its inputs."""
        values = [p.value for p in self.inputs]
        if self.op is None:
            return float(sum(values[1:], values[0])) if values else 0.0
        return float(ignore_fp_errors(self.rule.forward_kernel(ieee=True), *values))


class Writer:
    """What an op's opening writes with (see `whole_program.py`); here a sum stays one scalar."""

    def __call__(self, name: str, *inputs: Scalar) -> Scalar:
        checkpoint(5)
        return Scalar(inputs, REGISTRY[name])

    def constant(self, value: float) -> Scalar:
        return Scalar(given=value)

    def sum(self, terms: list[Scalar]) -> Scalar:
        if not terms:
            return self.constant(0.0)
        return terms[0] if len(terms) == 1 else Scalar(tuple(terms))

    def map(self, name: str, *xs: Any) -> Any:
        spread = np.broadcast_arrays(*xs)
        out = np.empty(spread[0].shape, dtype=object)
        for index in np.ndindex(out.shape):
            out[index] = self(name, *(cast("Scalar", x[index]) for x in spread))
        return out


LONG = 1_000
"""Most products of a matrix product that are written out, and most elements of a reduction that is opened."""


def opened(structure: Structure, values: list[Any], target: int, index: Index, inner: range | None = None) -> Scalar:
    """The element `index` of the operation at `target` (an index into `structure.nodes`). `values`: by index.

    inner: which of the products of a matrix product are wanted; the first ones by default.
    """
    schedule = structure.schedule
    node = schedule.nodes[target]
    sources = schedule.inputs[target]
    shapes = tuple(schedule.shapes[i] for i in sources)
    shape = schedule.shapes[target]

    def leaf(slot: int, at: Index) -> Scalar:
        value = values[sources[slot]]
        literal = not at and schedule.nodes[sources[slot]].op is CONSTANT
        return Scalar((), None, _NONE, slot, at, float(value[at]) if at else float(value), literal)

    if node.op.elements is None or (node.op.kind == "matmul" and not all(shapes)):
        given = [leaf(slot, _under(index, shape, own)) for slot, own in enumerate(shapes)]
        # Between a number and an array `dot` is the plain product; its kernel on numbers says so, too.
        op, attrs = (node.op, node.attrs) if node.op.elements is None else (REGISTRY["multiply"], {})
        return Scalar(tuple(given), op, attrs)
    if node.op.kind == "mask" or multiplies_many(structure, target):
        return Scalar(given=float(np.asarray(values[target])[index]))
    if node.op.element is not None:
        scalar = node.op.element(Call(node.attrs, shapes, shape), Writer(), index, cache(leaf))
        assert isinstance(scalar, Scalar)
        if not scalar.leaf:
            scalar.given = float(np.asarray(values[target])[index])
        return scalar
    if node.op.kind == "shape":
        slot, at = moved_from(structure, target, index)
        return leaf(slot, at)
    length = shapes[0][-1] if node.op.kind == "matmul" else 0
    inner = inner or range(min(length, LONG))
    blocks = _blocks(node.op.kind, node.attrs, shapes, index, shape, inner)
    taken = len(blocks[0])
    if node.op.kind == "reduction":
        axes = normal_axes(node.attrs["axis"], len(shapes[0]))
        taken = count(tuple(shapes[0][axis] for axis in axes))
    if taken > len(blocks[0]):
        # Opening them all would take too long: the call is written with the first of them.
        scalar = Scalar(tuple(leaf(0, at) for at in blocks[0]), node.op, node.attrs)
        scalar.left_out = taken - len(blocks[0])
        scalar.given = float(np.asarray(values[target])[index])
        return scalar
    xs = []
    for slot, places in enumerate(blocks):
        block = np.empty(len(places), dtype=object)
        for place, at in enumerate(places):
            block[place] = leaf(slot, at)
        xs.append(block)
    attrs = node.attrs | {"axis": None, "keepdims": False} if node.op.kind == "reduction" else node.attrs
    call = Call(attrs, tuple(x.shape for x in xs), ())
    made = node.op.elements(call, Writer(), xs)
    scalar = made.item() if isinstance(made, np.ndarray) else made
    assert isinstance(scalar, Scalar)
    scalar.left_out = length - len(inner)
    if not scalar.leaf:
        # The trace has it already.
        scalar.given = float(np.asarray(values[target])[index])
    return scalar


def multiplies_many(structure: Structure, target: int) -> bool:
    """Whether an element is a sum of more products than are written out."""
    schedule = structure.schedule
    node, shape = schedule.nodes[target], schedule.shapes[target]
    if node.op.products is None:
        return False
    call = Call(node.attrs, tuple(schedule.shapes[i] for i in schedule.inputs[target]), shape)
    return node.op.products(call) > LONG * max(1, count(shape))


def _under(index: Index, shape: Shape, own: Shape) -> Index:
    """Where an element of a broadcast result is in an input of shape `own`."""
    tail = index[len(shape) - len(own) :]
    return tuple(0 if n == 1 else i for i, n in zip(tail, own, strict=True))


def _blocks(
    kind: str, attrs: dict[str, Any], shapes: tuple[Shape, ...], index: Index, shape: Shape, inner: range
) -> list[list[Index]]:
    """Per input, the elements that this one is made of, in the order of the op."""
    if kind == "matmul":
        a, b = shapes
        columns = index[-1:] if len(b) > 1 else ()
        rest = index[: len(index) - len(columns)]
        rows = rest[-1:] if len(a) > 1 else ()
        batch = rest[: len(rest) - len(rows)]
        batch_shape = shape[: len(batch)]
        left, right = _under(batch, batch_shape, a[:-2]), _under(batch, batch_shape, b[:-2])
        return [[(*left, *rows, k) for k in inner], [(*right, k, *columns) for k in inner]]
    (given,) = shapes
    axes = normal_axes(attrs["axis"], len(given))
    kept = list(index)
    if not attrs["keepdims"]:
        for axis in axes:
            kept.insert(axis, 0)
    ranges = [range(n) if axis in axes else (kept[axis],) for axis, n in enumerate(given)]
    return [list(islice(product(*ranges), LONG))]


# -- moves of elements ------------------------------------------------------------------------------------------------


def moves(structure: Structure, target: int) -> tuple[Any, list[int]]:
    """For an op that only moves elements: its result for inputs that hold consecutive numbers, and the first number of
    each input."""
    schedule = structure.schedule
    node = schedule.nodes[target]
    shapes = tuple(schedule.shapes[i] for i in schedule.inputs[target])
    starts, xs, start = [], [], 0
    for own in shapes:
        starts.append(start)
        xs.append(np.arange(start, start + count(own)).reshape(own))
        start += count(own)
    assert node.op.elements is not None
    made = node.op.elements(Call(node.attrs, shapes, schedule.shapes[target]), Writer(), xs)
    return np.asarray(made, dtype=np.int64), starts


def moved_from(structure: Structure, target: int, index: Index) -> tuple[int, Index]:
    """The input and the element that a moved element was."""
    made, starts = moves(structure, target)
    shapes = [structure.schedule.shapes[i] for i in structure.schedule.inputs[target]]
    number = int(made[index])
    slot = max(s for s, start in enumerate(starts) if start <= number and count(shapes[s]))
    return slot, place_in(shapes[slot], number - starts[slot])


def inner_of(structure: Structure, target: int, slot: int, index: Index) -> range | None:
    """The product of a matrix product that an element of one side takes part in."""
    schedule = structure.schedule
    shapes = [schedule.shapes[i] for i in schedule.inputs[target]]
    if schedule.nodes[target].op.kind != "matmul" or not all(shapes):
        return None
    place = index[-1] if slot == 0 or len(index) == 1 else index[-2]
    return range(place, place + 1)


def users(structure: Structure, values: list[Any], target: int, slot: int, index: Index) -> tuple[int, Iterator[Index]]:
    """The elements of the result at `target` that element `index` of one input takes part in: how many, and which.
    `values`: by index."""
    schedule = structure.schedule
    node = schedule.nodes[target]
    shape = schedule.shapes[target]
    shapes = [schedule.shapes[i] for i in schedule.inputs[target]]
    own = shapes[slot]
    if node.op.users is not None:
        xs = [np.asarray(values[i]) for i in schedule.inputs[target]]
        used = list(node.op.users(Call(node.attrs, tuple(shapes), shape), slot, index, xs))
        return len(used), iter(used)
    if node.op.kind == "shape":
        made, starts = moves(structure, target)
        number = starts[slot] + number_of(own, index)
        places = np.argwhere(made == number)
        return len(places), (tuple(int(i) for i in place) for place in places)
    if node.op.elements is None or (node.op.kind == "matmul" and not all(shapes)):
        ranges = _over(index, own, shape)
    elif node.op.kind == "matmul":
        a, b = shapes
        rows, columns = (
            (shape[-2:-1] if len(b) > 1 else shape[-1:]) if len(a) > 1 else (),
            shape[-1:] if len(b) > 1 else (),
        )
        batch = shape[: len(shape) - len(rows) - len(columns)]
        ranges = _over(index[:-2], own[:-2], batch)
        if slot == 0:
            ranges += [(index[-2],)] if rows else []
            ranges += [range(n) for n in columns]
        else:
            ranges += [range(n) for n in rows]
            ranges += [(index[-1],)] if columns else []
    else:
        axes = normal_axes(node.attrs["axis"], len(own))
        if node.attrs["keepdims"]:
            ranges = [(0,) if axis in axes else (i,) for axis, i in enumerate(index)]
        else:
            ranges = [(i,) for axis, i in enumerate(index) if axis not in axes]
    return count(tuple(map(len, ranges))), iter(product(*ranges))


def _over(index: Index, own: Shape, shape: Shape) -> list[Any]:
    """Where an element of an input of shape `own` is copied to when it is broadcast to `shape`."""
    lead = len(shape) - len(own)
    return [range(n) if axis < lead or own[axis - lead] == 1 else (index[axis - lead],) for axis, n in enumerate(shape)]
