"""Scalar detail: a program opened so that every element is a node of its own. Program in, Program out; no second
engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.errors import LimitError, Span
from app.engine.limits import Limits
from app.engine.ops import CONSTANT, INPUT, REGISTRY, Call
from app.engine.ops.axes import count
from app.engine.program import NO_GROUP, Manual, Node, Printed, Program, ShapeItem
from app.engine.schedule import Schedule

Elements = Any
"""An object array of positions in the new program, in the shape of the value that they are the elements of."""


class _Writer:
    """Writes the scalar nodes of one array node. Ids end in the element: `z1[0,1]`; helpers in between `z1[0,1].1`."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.nodes: list[Node] = []
        self.node: Node | None = None
        self._helpers = 0

    def begin(self, node: Node) -> None:
        self.node = node
        self._helpers = 0

    def __call__(self, name: str, *inputs: int) -> int:
        assert self.node is not None
        self._helpers += 1
        return self.add(f"{self.node.id}:{self._helpers}", REGISTRY[name], inputs, {}, None)

    def add(
        self,
        id: str,
        op: Any,
        inputs: tuple[int, ...],
        attrs: dict[str, Any],
        value: float | None,
        name: str | None = None,
    ) -> int:
        assert self.node is not None
        if len(self.nodes) >= self.limits.nodes:
            raise _too_many(self.limits, self.node.span)
        self.nodes.append(Node(id, op, inputs, attrs, name, self.node.group, self.node.span, self.node.kind, value))
        return len(self.nodes) - 1

    def constant(self, value: float) -> int:
        assert self.node is not None
        self._helpers += 1
        return self.add(f"{self.node.id}:k{self._helpers}", CONSTANT, (), {}, value)

    def fill(self, like: Elements, value: float) -> Elements:
        out = np.empty(np.shape(like), dtype=object)
        for index in np.ndindex(out.shape):
            out[index] = self.constant(value)
        return out

    def sum(self, terms: list[int]) -> int:
        """Terms added one after another, first to last."""
        if not terms:
            return self.constant(0.0)
        result = terms[0]
        for term in terms[1:]:
            result = self("add", result, term)
        return result

    def map(self, name: str, *xs: Elements) -> Elements:
        """An elementwise op over broadcast elements."""
        return _mapped(xs, lambda *inputs: self(name, *inputs))


def _mapped(xs: tuple[Elements, ...], write: Callable[..., int]) -> Elements:
    spread = np.broadcast_arrays(*xs) if len(xs) > 1 else xs
    out = np.empty(spread[0].shape, dtype=object)
    for index in np.ndindex(out.shape):
        out[index] = write(*(x[index] for x in spread))
    return out


def _too_many(limits: Limits, span: Span | None) -> LimitError:
    return LimitError(
        f"in scalar detail this program has more than {limits.nodes:,} nodes",
        span=span,
        hint="Stay with tensor detail, or use smaller arrays.",
    )


def opened(
    program: Program, settled: Schedule, limits: Limits
) -> tuple[Program, dict[str, tuple[str, tuple[int, ...]]]]:
    """The scalar form of a program that has been settled for some shapes, and for each scalar leaf where it comes from.

    Raises LimitError when there would be too many nodes: arrays are counted before anything is written.
    """
    _count_first(settled, limits)
    write = _Writer(limits)
    elements: list[Elements] = []
    origins: dict[str, tuple[str, tuple[int, ...]]] = {}
    for i, node in enumerate(settled.nodes):
        write.begin(node)
        shape = settled.shapes[i]
        if node.op is INPUT or node.op is CONSTANT:
            elements.append(_leaf(write, node, shape, origins))
            continue
        before = len(write.nodes)
        xs = [elements[j] for j in settled.inputs[i]]
        call = Call(node.attrs, tuple(settled.shapes[j] for j in settled.inputs[i]), shape)
        if node.op.elements is not None:
            out = np.asarray(node.op.elements(call, write, xs), dtype=object)
        else:
            op, attrs = node.op, node.attrs
            out = _mapped(tuple(xs), lambda *inputs, op=op, attrs=attrs: write.add("", op, inputs, attrs, None))
        _name(write, node, out, before)
        elements.append(out)
    return _rebuilt(program, settled, write, elements), origins


def _count_first(settled: Schedule, limits: Limits) -> None:
    total = 0
    for i, node in enumerate(settled.nodes):
        inner = 1
        given = [settled.shapes[j] for j in settled.inputs[i]]
        if node.op.kind == "matmul" and given[0]:
            inner = 2 * given[0][-1]
        elif node.op.kind == "reduction":
            inner = max(1, count(given[0]) // max(1, count(settled.shapes[i])))
            if node.op.kink is not None:
                # The share that each element has in an extreme names all the others.
                inner *= inner
        elif node.op.kind == "shape":
            inner = 0
        total += count(settled.shapes[i]) * inner
        if total > limits.nodes:
            raise _too_many(limits, node.span)


def _leaf(
    write: _Writer, node: Node, shape: tuple[int, ...], origins: dict[str, tuple[str, tuple[int, ...]]]
) -> Elements:
    out = np.empty(shape, dtype=object)
    held = None if node.value is None else np.asarray(node.value)
    if held is not None and held.shape != shape:
        held = None
    for index in np.ndindex(shape):
        id = _element_id(node.id, index)
        name = _element_id(node.name, index) if node.name is not None else None
        out[index] = write.add(id, node.op, (), {}, None if held is None else float(held[index]), name)
        if node.op is INPUT and index:
            origins[id] = (node.id, index)
    return out


def _element_id(name: str, index: tuple[int, ...]) -> str:
    return f"{name}[{','.join(map(str, index))}]" if index else name


def _name(write: _Writer, node: Node, out: Elements, before: int) -> None:
    """Gives the nodes that hold an element of the result the node's own id and name with the element behind it."""
    for index in np.ndindex(out.shape):
        position = out[index]
        if position < before or write.nodes[position].op is CONSTANT:
            continue
        name = _element_id(node.name, index) if node.name is not None else None
        write.nodes[position] = write.nodes[position]._replace(id=_element_id(node.id, index), name=name)


def _rebuilt(program: Program, settled: Schedule, write: _Writer, elements: list[Elements]) -> Program:
    """The new program. A result that is an array again is shown as what a scalar program must end in: one number."""
    place = settled.place
    nodes = write.nodes
    end = elements[settled.output]
    if end.shape and end.size == 1:
        output = end.reshape(-1)[0]
    elif end.shape:
        # Ones as the seed of an array is the gradient of its sum.
        last = settled.nodes[settled.output]
        write.begin(last._replace(id=f"{last.id}:sum", name=None, group=NO_GROUP))
        output = write.sum(list(end.reshape(-1)))
    else:
        output = end[()]
    prints = tuple(
        Printed(p.line, tuple(i for item in p.items for i in _print_items(item, place, elements)))
        for p in program.prints
    )
    manual = tuple(
        Manual(f"{m.name}{_suffix(index)}", int(target), int(source), m.line)
        for m in program.manual
        if m.target in place
        for target, source, index in _pairs(elements[place[m.target]], elements[place[m.node]])
    )
    names = {name: elements[place[i]] for name, i in program.names.items() if i in place}
    return Program(
        nodes=tuple(nodes),
        groups=program.groups,
        names={name: int(e[()]) for name, e in names.items() if e.shape == ()},
        output=int(output),
        prints=prints,
        manual=manual,
        fixed={},
    )


def _print_items(item: str | int | ShapeItem, place: Any, elements: list[Elements]) -> list[str | int]:
    if isinstance(item, ShapeItem):
        return [str(elements[place[item.node]].shape)]
    return [item] if isinstance(item, str) else [int(i) for i in elements[place[item]].reshape(-1)]


def _pairs(target: Elements, source: Elements) -> list[tuple[int, int, tuple[int, ...]]]:
    try:
        spread = np.broadcast_to(source, target.shape)
    except ValueError:
        return []
    return [(int(target[index]), int(spread[index]), index) for index in np.ndindex(target.shape)]


def _suffix(index: tuple[int, ...]) -> str:
    return f"[{','.join(map(str, index))}]" if index else ""
