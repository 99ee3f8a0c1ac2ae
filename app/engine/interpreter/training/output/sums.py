"""Errors that are added up while a program trains: `sum_error += error**2` beside a step for each example.

What was added in earlier turns depends on leaves that later steps have changed. The output is the sum; what stands in
it from before the last turn is a number there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.naming import plain
from app.engine.interpreter.training.output.candidates import Candidates
from app.engine.interpreter.training.reach import is_some_loss, reach, single, times_itself
from app.engine.interpreter.training.steps.training_steps import depends
from app.engine.ops import CONSTANT
from app.engine.program import Node, ancestors

_ERROR = re.compile(
    r"(sum|total|mean|avg|epoch)_?(sq\w*_)?err(or)?s?|(sse|mse|errors?|err)_?(sum|total)?", re.IGNORECASE
)
_BEHIND = 40
"""Nodes behind a value that are searched for a square."""


def summed_error(found: Candidates) -> int | None:
    """The last value that is called an error, is a sum of squares, and that what is trained leads to."""
    nodes = found.nodes
    led = reach(nodes, sorted({*found.became, *found.became.values()}))
    for i in range(len(nodes) - 1, -1, -1):
        if led[i] and nodes[i].inputs and single(found.shapes, i):
            names = plain(nodes[i].name or ""), found.former.get(i, "")
            if any(_ERROR.fullmatch(name) for name in names) and _squares(nodes, i):
                return i
    return None


def last_added(found: Candidates, targets: set[int]) -> int | None:
    """What the turn of these leaves adds to an error that goes on over the turns: mse(y, out) of
    `error += mse(y, out)`."""
    nodes = found.nodes
    led = reach(nodes, sorted(targets))
    for i in range(len(nodes) - 1, -1, -1):
        node = nodes[i]
        if not node.op.is_addition or not led[i] or not single(found.shapes, i):
            continue
        new = [j for j in node.inputs if led[j] and nodes[j].inputs]
        if len(new) == 1 and (_ERROR.fullmatch(plain(node.name or "")) or is_some_loss(node)):
            return new[0]
    return None


def _squares(nodes: Sequence[Node], index: int) -> bool:
    """Whether a value is the square of another one, or such squares added up and divided by numbers."""
    waiting, seen = [index], 0
    while waiting and seen < _BEHIND:
        seen += 1
        node = nodes[waiting.pop()]
        op, inputs = node.op, node.inputs
        if op.measures or times_itself(nodes, node):
            return True
        if op.exponent is not None:
            return False
        if op.is_addition or op.totals or (op.scales and len([i for i in inputs if nodes[i].inputs]) == 1):
            waiting += inputs
    return False


def settle_earlier(interpreter: Interpreter, end: int) -> None:
    """Makes numbers of what the output is computed from and depends on leaves of earlier turns alone: what a sum over
    the turns had before the last one, the state that a recurrent network goes on from."""
    graph, became = interpreter.graph, interpreter.training.successors
    if not became:
        return
    nodes = graph.nodes
    used = ancestors(nodes, [end])
    earlier = [i for i in became if used[i] and _later(became, used, i)]
    if not earlier:
        return
    superseded = set(earlier)
    shown = [i for i in {*became, *became.values()} if used[i] and i not in superseded]
    old, new = reach(nodes, earlier, through_masks=True), reach(nodes, sorted(shown), through_masks=True)
    waiting, seen = [end], {end}
    while waiting:
        node = nodes[waiting.pop()]
        for i in node.inputs:
            if i in seen or not old[i]:
                continue
            seen.add(i)
            if new[i]:
                waiting.append(i)
            elif nodes[i].inputs:
                depends(interpreter, i, node.span.line if node.span is not None else 1)
                nodes[i] = nodes[i]._replace(op=CONSTANT, inputs=(), attrs={}, value=graph.value(i))


def _later(became: dict[int, int], used: bytearray, leaf: int) -> bool:
    """Whether a leaf that a training step has made of this one is used, too."""
    while leaf in became:
        leaf = became[leaf]
        if used[leaf]:
            return True
    return False
