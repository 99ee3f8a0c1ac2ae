"""Notes the reader's gradients, line by line.

A gradient that is built in several lines is graded by what it is in the end: a line that adds to the value of an
earlier one takes its place. A name used again for what is computed from its first value (`dout = dout @ W.T`),
or a line that gives one target several values, is no certain gradient of that target.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Ref
from app.engine.ops import Op
from app.engine.ops.axes import count
from app.engine.program import Manual, Node

_EARLIER = 100
"""Lines of one name, the last ones, that a new one is held against."""
_SEARCHED = 200
"""Nodes behind a gradient that are searched for its earlier value."""


def note(interpreter: Interpreter, name: str, target: Ref, value: Ref, where: ast.AST, of: str | None) -> None:
    """Notes that the line at `where` gives `name` the gradient of a value."""
    line = interpreter.span(where).line
    record(interpreter, name, _restored(interpreter, target.index), value.index, line, of)


def record(
    interpreter: Interpreter, name: str, target: int, value: int, line: int, of: str | None, *, sure: bool = True
) -> None:
    """A line in a loop is graded by its last value. Where training steps came between the gradient and this line, it
    is one at the leaves before them. sure: whether its name says what it is."""
    if value in interpreter.training.given:
        return
    before = interpreter.training.predecessors
    while target > value and target in before:
        target = before[target]
    lines = interpreter.training.manual.setdefault(name, {})
    made = Manual(name, target, value, line, of)
    certain = _replace_parts(interpreter, lines, target, value, line) and not _derived(interpreter, made)
    before_it = lines.get(line)
    if before_it is not None and before_it.target != target and before_it.target not in before.values():
        # `ds = W.T @ (ds * ...)`, through time: of which state it is the gradient depends on where the line stands.
        certain = certain and before_it.node not in _behind(interpreter, value, [before_it.node], None)
    # `self.dW = np.zeros_like(W)` makes room for a backward pass that may never be called.
    empty = interpreter.graph.nodes[value].op.filled == 0
    lines[line] = replace(made, certain=certain and sure and not empty)


def _replace_parts(interpreter: Interpreter, lines: dict[int, Manual], target: int, value: int, line: int) -> bool:
    """Takes away earlier lines of a name that are parts of its new value. Returns whether the new one is certain."""
    # `dout = out`, or a value that was there before its target.
    certain = not interpreter.graph.nodes[target].inputs or (value > target and _fits(interpreter, target, value))
    latest = list(islice(reversed(lines.values()), _EARLIER))
    parts = [other for other in latest if other.node != value and other.target == target]
    nodes = [other.node for other in parts]
    grown, behind, scaled = (_behind(interpreter, value, nodes, by) for by in (_grows, None, _scales))
    for other in parts:
        if other.node in grown:
            if other.line != line:
                del lines[other.line]
                # `datt = datt / c` may go one step further back, to a part of the target that has no name.
                certain = certain and not (other.node in scaled and _has_scaled_part(interpreter, target))
        elif other.line != line and _is_room(interpreter.graph.nodes[other.node]):
            # `grads = {k: np.zeros_like(v) for k, v in params.items()}` makes room for what the later line gives.
            del lines[other.line]
        elif other.line == line:
            # A name of a loop that runs forward, in one that runs back: which of its values is meant is not known.
            certain = certain and not interpreter.graph.nodes[target].inputs
        elif other.node in behind:
            lines[other.line] = replace(other, certain=False)
            certain = False
    return certain


def _has_scaled_part(interpreter: Interpreter, target: int) -> bool:
    """Whether a value is computed from a multiple of something that has no name: `att = q @ k.T / c + mask`."""
    nodes, shapes = interpreter.graph.nodes, interpreter.graph.shapes
    waiting, seen = [target], 0
    while waiting and seen < _SEARCHED:
        node = nodes[waiting.pop()]
        seen += 1
        if node.op.scales and any(count(shapes[i]) == 1 for i in node.inputs):
            return True
        waiting += [i for i in node.inputs if nodes[i].name is None and nodes[i].inputs]
    return False


def _is_room(node: Node) -> bool:
    return not node.inputs or node.op.filled == 0


def _fits(interpreter: Interpreter, target: int, value: int) -> bool:
    """Whether a value has the shape of its target, or one that a slip makes of it: broadcast, or in another order."""
    shape, given = interpreter.graph.shapes[target], interpreter.graph.shapes[value]
    return sorted(shape) == sorted(given) or all(n in (m, 1) for n, m in zip(given[::-1], shape[::-1], strict=False))


def _derived(interpreter: Interpreter, made: Manual) -> bool:
    """Whether a gradient is made of that of the same target under another name, as a clipped one is. Either may be the
    one that is meant where something is added (`grads["W"] = dW + reg * W`). `dq_dx` is no gradient of f by x, of which
    `df_dx` is made as the chain rule says."""
    name, target, value = made.name, made.target, made.node
    parts = [
        each
        for other, lines in interpreter.training.manual.items()
        for each in islice(reversed(lines.values()), _EARLIER)
        if other != name and each.target == target and each.node < value
        if each.of == made.of or None in (each.of, made.of)
    ]
    behind, added = (_behind(interpreter, value, [each.node for each in parts], by) for by in (None, _adds))
    for each in parts:
        if each.node in added:
            interpreter.training.manual[each.name][each.line] = replace(each, certain=False)
    return any(each.node in behind for each in parts)


def _scales(op: Op) -> bool:
    return op.scales


def _grows(op: Op) -> bool:
    """Whether it may make the whole of a gradient from a part of it."""
    return op.scales or op.is_sum or op.stores or op.chooses or op.bounds


def _adds(op: Op) -> bool:
    return op.is_sum


def _behind(interpreter: Interpreter, whole: int, parts: Sequence[int], by: Callable[[Op], bool] | None) -> set[int]:
    """The nodes that a node is computed from, back to the oldest of `parts`. by: whether an operation may stand between
    them; None for any. A factor is then a single number."""
    if not parts:
        return set()
    graph, oldest = interpreter.graph, min(parts)
    waiting, seen = [whole], {whole}
    while waiting and len(seen) < _SEARCHED:
        node = graph.nodes[waiting.pop()]
        if by is not None and not by(node.op):
            continue
        inputs = [i for i in node.inputs if i >= oldest and i not in seen]
        if by is not None and node.op.scales:
            inputs = [i for i in inputs if all(j == i or count(graph.shapes[j]) == 1 for j in node.inputs)]
        seen.update(inputs)
        waiting += inputs
    return seen - {whole}


def _restored(interpreter: Interpreter, index: int) -> int:
    """The first version of an array that has been changed and changed back, as a numerical gradient does it."""
    graph = interpreter.graph
    first = index
    while first in graph.stored and first not in interpreter.training.predecessors:
        first = graph.stored[first]
    if first != index and np.array_equal(graph.value(first), graph.value(index), equal_nan=True):
        return first
    return index
