"""What earlier turns of a training leave behind: lines that they printed, arrays that they filled.

Their values are settled, since another value of an input has the text read again. In a long training their nodes are
not kept, so that the program is as large as its last turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.prints import shown_text
from app.engine.interpreter.training.steps import training_steps
from app.engine.ops import CONSTANT
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.program import Node, Printed, ancestors

_KEPT = 3_000
"""Nodes of a training up to which every turn's prints follow a slider without reading again."""
_KEPT_PART = 4
"""The same of elements, as a part of what is accepted."""


def _long(interpreter: Interpreter) -> bool:
    graph = interpreter.graph
    if not graph.turn:
        return False
    most = interpreter.limits.total_elements // _KEPT_PART
    return len(graph.nodes) > _KEPT or _elements(graph.shapes) > most


def _elements(shapes: Sequence[Shape]) -> int:
    """How many elements arrays of these shapes have. Most are numbers, which are counted at once."""
    return shapes.count(()) + sum(map(count, filter(None, shapes)))


def prints(interpreter: Interpreter) -> tuple[Printed, ...]:
    """What the text prints; after a long training, what earlier turns printed is settled text."""
    graph = interpreter.graph
    if not _long(interpreter):
        return tuple(interpreter.prints)
    result = []
    for printed in interpreter.prints:
        if not printed.nodes or max(printed.nodes) >= graph.turn:
            result.append(printed)
            continue
        for node in printed.nodes:
            training_steps.depends(interpreter, node, printed.line)
        items = tuple([shown_text(item, graph.value, graph.nodes) for item in printed.items])
        result.append(replace(printed, items=items))
    return tuple(result)


def shown_nodes(printed: Sequence[Printed]) -> list[int]:
    return [node for each in printed for node in each.nodes]


def without_earlier_turns(
    interpreter: Interpreter, nodes: tuple[Node, ...], kept: Sequence[int], shown: Sequence[int]
) -> tuple[Node, ...]:
    """The nodes of the program. After a long training, what is only shown (`shown`) becomes a constant where it comes
    from an earlier turn, and all of it where it would be more than a program may hold; what leads to `kept` stays as it
    is."""
    if _too_much(interpreter, nodes, [*kept, *shown]):
        return _with_constants(interpreter, nodes, kept, shown, len(nodes))
    return _with_constants(interpreter, nodes, kept, shown, interpreter.graph.turn) if _long(interpreter) else nodes


def _too_much(interpreter: Interpreter, nodes: tuple[Node, ...], ends: list[int]) -> bool:
    limits, shapes = interpreter.limits, interpreter.graph.shapes
    if len(nodes) <= limits.nodes and _elements(shapes) <= limits.total_elements:
        return False
    needed = [i for i, used in enumerate(ancestors(nodes, ends)) if used]
    return len(needed) > limits.nodes or sum(count(shapes[i]) for i in needed) > limits.total_elements


def _with_constants(
    interpreter: Interpreter, nodes: tuple[Node, ...], kept: Sequence[int], shown: Sequence[int], end: int
) -> tuple[Node, ...]:
    """The nodes, with constants in the place of what stands before `end` and is only shown."""
    graph = interpreter.graph
    used = ancestors(nodes, list(kept))
    found, seen, waiting = list(nodes), set[int](), list(shown)
    while waiting:
        i = waiting.pop()
        if used[i] or i in seen:
            continue
        seen.add(i)
        node = nodes[i]
        if i >= end or not node.inputs:
            waiting += node.inputs
            continue
        training_steps.depends(interpreter, i, node.span.line if node.span is not None else 1)
        value = graph.value(i)
        if type(value) is not float:
            value = np.asarray(value)
            value.setflags(write=False)
        found[i] = node._replace(op=CONSTANT, inputs=(), attrs={}, value=value)
    return tuple(found)
