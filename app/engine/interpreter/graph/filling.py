"""Large arrays that a text fills part by part, `Z[i, j] = f(i, j)`: stores that wait until somebody reads the array.

A version of the whole array for each part would make n parts cost n times the array. So the parts wait, and become one
array when it is asked for: all in a row and brought into place, or, of numbers alone, a constant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from app.engine.errors import EngineError, Span
from app.engine.interpreter.values import Literal, Memory
from app.engine.ops import CONSTANT, INPUT, REGISTRY, Call
from app.engine.ops.axes import count
from app.engine.ops.index_array import IndexArray

if TYPE_CHECKING:
    from app.engine.interpreter.graph.builder import GraphBuilder

_LARGE = 256
"""Elements from which on the stores into an array wait. Those into a smaller one are shown one by one."""
_FEW = 4
"""Fewer stores than this are shown one by one, too."""


class Store(NamedTuple):
    """One store: node `value` at an index `at`, and how its node would be written."""

    value: int
    at: tuple[Any, ...]
    span: Span
    id: str | None
    name: str | None
    group: int


class Filling:
    """The stores into one buffer that wait; see the module."""

    def __init__(self, graph: GraphBuilder) -> None:
        self.graph = graph
        self.stores: list[Store] = []

    def written(self, base: int) -> int:
        """The node of the whole after the stores into node `base`."""
        graph, stores = self.graph, self.stores
        group = graph.group
        if len(stores) < _FEW:
            for each in stores:
                graph.group = each.group
                base = self._put(base, each)
        else:
            graph.group = stores[-1].group
            made = self._together(base)
            graph.stored[made] = base
            base = made
        graph.group = group
        return base

    def _put(self, base: int, store: Store) -> int:
        graph = self.graph
        kind = graph.nodes[base].kind
        inputs, attrs = (base, store.value), {"index": store.at}
        made = graph.operation(REGISTRY["put"], inputs, attrs, store.span, store.id, store.name, kind=kind).index
        graph.stored[made] = base
        return made

    def _together(self, base: int) -> int:
        graph, last = self.graph, self.stores[-1]
        nodes, shapes = graph.nodes, graph.shapes
        shape, kind = shapes[base], nodes[base].kind
        parts = [each.value for each in self.stores]
        # Where each element comes from: its place in the base, then in the parts, one after another.
        places, first = np.arange(count(shape)).reshape(shape), count(shape)
        for store in self.stores:
            numbers = np.arange(first, first + count(shapes[store.value])).reshape(shapes[store.value])
            places[_as_numpy(store.at)] = numbers
            first += numbers.size
        used = [base, *parts] if np.any(places < count(shape)) else parts
        if all(nodes[i].op is CONSTANT for i in used):
            before = np.zeros(shape) if used is parts else nodes[base].value
            values = (before, *[nodes[i].value for i in parts])
            given = np.concatenate([np.ravel(each) for each in values])  # type: ignore[arg-type]
            held = Literal(given[places], kind)
            held.array.setflags(write=False)
            made = graph.kept(held, last.span, base, last.id)
            if nodes[base].op is INPUT:
                graph.promote(made, nodes[made.index].id, last.name or "")
            return made.index
        if used is parts:
            places -= count(shape)
        whole = self._in_a_row(used)
        if not np.array_equal(places.ravel(), np.arange(count(shapes[whole]))):
            whole = self._made("index", (whole,), {"index": (IndexArray.of(places.ravel()),)})
        return graph.operation(
            REGISTRY["reshape"], (whole,), {"shape": shape}, last.span, last.id, last.name, kind=kind
        ).index

    def _in_a_row(self, parts: list[int]) -> int:
        """The elements of all parts, one after another."""
        shapes, most = self.graph.shapes, self.graph.limits.parts
        joined = "concatenate" if len({shapes[i] for i in parts}) > 1 else "stack"
        if joined == "concatenate":
            flat = {"shape": (-1,)}
            parts = [i if len(shapes[i]) == 1 else self._made("reshape", (i,), flat) for i in parts]
        pieces = [tuple(parts[i : i + most]) for i in range(0, len(parts), most)]
        made = [self._made(joined, piece, {"axis": 0}) for piece in pieces]
        whole = made[0] if len(made) == 1 else self._made("concatenate", tuple(made), {"axis": 0})
        return whole if len(shapes[whole]) == 1 else self._made("reshape", (whole,), {"shape": (count(shapes[whole]),)})

    def _made(self, op: str, inputs: tuple[int, ...], attrs: dict[str, Any]) -> int:
        last = self.stores[-1]
        return self.graph.operation(REGISTRY[op], inputs, attrs, last.span, self.graph.again(f"{last.id}.parts")).index


def waits(graph: GraphBuilder, memory: Memory, store: Store) -> bool:
    """Whether a store waits until the array is read: into a large one of which nothing has been computed yet."""
    before = memory.before
    shape = graph.shapes[before]
    if count(shape) < _LARGE or graph.given is None or memory.frozen or memory.doubtful or graph.tensors.dtypes:
        return False
    try:
        REGISTRY["put"].shape(Call({"index": store.at}, (shape, graph.shapes[store.value])))
    except EngineError:
        # What does not fit is refused where it is stored.
        return False
    filling = memory.waiting
    if filling is None:
        if not graph.nodes[before].inputs and _is_read(graph, before):
            return False
        filling = memory.waiting = Filling(graph)
    filling.stores.append(store)
    memory.version += 1
    return True


def _is_read(graph: GraphBuilder, index: int) -> bool:
    """Whether something is computed from a node."""
    return any(index in node.inputs for node in graph.nodes[index + 1 :])


def _as_numpy(index: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple([item.array if isinstance(item, IndexArray) else item for item in index])
