"""Writes one array operation as scalar ones, for scalar detail and for single opened nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.errors import LimitError, Span
from app.engine.execution.schedule import Schedule
from app.engine.labels import title
from app.engine.limits import Limits
from app.engine.ops import CONSTANT, REGISTRY, Call
from app.engine.ops.axes import count
from app.engine.program import Group, Node
from app.engine.support.checkpoints import checkpoint
from app.engine.wording import said

Elements = Any
"""An object array with the index, in the new program, of each element of a value."""


class ElementWriter:
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
            raise too_many(len(self.nodes) + 1, self.limits, self.node.span)
        checkpoint(4)
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
        return mapped(xs, lambda *inputs: self(name, *inputs))


def mapped(xs: tuple[Elements, ...], write: Callable[..., int]) -> Elements:
    spread = np.broadcast_arrays(*xs) if len(xs) > 1 else xs
    out = np.empty(spread[0].shape, dtype=object)
    for index in np.ndindex(out.shape):
        out[index] = write(*(x[index] for x in spread))
    return out


def too_many(nodes: int, limits: Limits, span: Span | None) -> LimitError:
    return LimitError(said("limits.scalar_nodes_too_many", nodes=nodes, most=limits.nodes), span=span)


def written_out(write: ElementWriter, node: Node, call: Call, xs: list[Elements]) -> Elements:
    """The elements of an operation's result, from those of its inputs. New nodes take the operation's id and name,
    followed by the element: `z1[0,1]`."""
    before = len(write.nodes)
    if node.op.elements is not None:
        out = np.asarray(node.op.elements(call, write, xs), dtype=object)
    else:
        out = mapped(tuple(xs), lambda *inputs: write.add("", node.op, inputs, node.attrs, None))
    for index in np.ndindex(out.shape):
        i = out[index]
        if i < before or write.nodes[i].op is CONSTANT:
            continue
        name = element_id(node.name, index) if node.name is not None else None
        write.nodes[i] = write.nodes[i]._replace(id=element_id(node.id, index), name=name)
    return out


def element_id(name: str, index: tuple[int, ...]) -> str:
    return f"{name}[{','.join(map(str, index))}]" if index else name


def scalar_group(node: Node, parent: int) -> Group:
    """The group of the scalar nodes of one array operation. Its id has a blank, so no node has the same."""
    return Group(f"scalar {node.id}", title(node), parent, "scalar")


def nodes_of(schedule: Schedule, i: int) -> int:
    """An estimate of the scalar nodes that one node becomes. In a reduction with a kink (max, min), the share of each
    element depends on all others."""
    node, size = schedule.nodes[i], count(schedule.shapes[i])
    given = [schedule.shapes[j] for j in schedule.inputs[i]]
    if node.op.kind == "matmul" and given[0]:
        return size * max(1, 2 * given[0][-1] - 1)
    if node.op.kind == "reduction":
        each = max(1, count(given[0]) // max(1, size))
        return size * (each * each if node.op.kink is not None else each)
    return 0 if node.op.kind == "shape" else size
