"""Steps that no name gives away: `w = w - 0.1 * u`, and what a number scales in them.

Such a line may go on in time as well, as `x = x - 0.1 * v` does. It is a training step where the text has computed a
loss of w since w has its value: what goes on in time is judged when it is over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.engine.interpreter.graph.builder import GraphBuilder
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.forms.slopes import follows_slope
from app.engine.interpreter.training.naming import RATES, like_parameter, stem
from app.engine.interpreter.training.reach import is_some_loss, reach, single, times_itself
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.axes import count
from app.engine.program import Node, ancestors

_FACTORS = 4
"""Factors of a product that are looked at, one inside of the other."""
_SLOPE = re.compile(r"d_?[a-z]\w*")
"""Names of a derivative in time: `dh`, `dx`, and no `dW` or `grad`."""
_SUMMANDS = 24
"""Nodes that are looked at in what is added."""
_SUMS = 4
"""Sums inside of one another in which what is taken away is looked for."""


def is_square(nodes: Sequence[Node], index: int) -> bool:
    """Whether a value is a square, which numbers may scale."""
    node = nodes[index]
    if node.op.is_product and any(nodes[i].op is CONSTANT or not nodes[i].inputs for i in node.inputs):
        return any(is_square(nodes, i) for i in node.inputs)
    return times_itself(nodes, node)


def scaled(nodes: Sequence[Node], index: int) -> bool:
    """Whether a small number is a factor: `0.1 * err @ x`."""
    return _factor(nodes, index, leaves=False) != 0


def descends(interpreter: Interpreter, old: int, new: int, *, error: bool) -> bool:
    """Whether node `new` is the leaf `old` less a small multiple of something, beside a loss that `old` leads to and
    the step does not need; or with an error added. error: whether a difference is in what is added, which may have the
    sign in it."""
    nodes = interpreter.graph.nodes
    if error and _errs(interpreter, old, new):
        return True
    steps = _lessened(nodes, old, new, 1, _SUMS) or (error and _lessened(nodes, old, new, -1, _SUMS))
    return bool(steps) and _is_downhill(interpreter, old, new)


def _errs(interpreter: Interpreter, old: int, new: int) -> bool:
    """Whether what is added to the matrix `old` is an error times what it was multiplied by, the other way round:
    `W + 0.5 * X.T @ (y - X @ W)`."""
    graph = interpreter.graph
    nodes = graph.nodes
    products = [i for i in range(old + 1, new) if nodes[i].op.kind == "matmul" and old in nodes[i].inputs]
    beside = {_turned(graph, other)[0] for i in products for other in nodes[i].inputs if other != old}
    waiting, seen = [i for i in nodes[new].inputs if i != old] if beside else [], 0
    while waiting and seen < _SUMMANDS:
        node = nodes[waiting.pop()]
        seen += 1
        if node.op.kind == "matmul":
            factors = [_turned(graph, i) for i in node.inputs]
            if any(turned and whole in beside for whole, turned in factors):
                return True
        if node.op.signs or node.op.scales or node.op.kind == "matmul":
            waiting += node.inputs
    return False


def _turned(graph: GraphBuilder, index: int) -> tuple[int, bool]:
    """A matrix without the numbers that scale it and without being transposed, and whether it was."""
    turned = False
    while True:
        node = graph.nodes[index]
        arrays = [i for i in node.inputs if graph.shapes[i]]
        if not (node.op.transposes or node.op.scales) or len(arrays) != 1:
            return index, turned
        turned = turned is not node.op.transposes
        index = arrays[0]


def decayed(interpreter: Interpreter, index: int, old: int) -> bool:
    """Whether a node is a number times `old`, whose name says that it is a parameter: a moment is scaled, too."""
    nodes, shapes = interpreter.graph.nodes, interpreter.graph.shapes
    node = nodes[index]
    if not node.op.is_product or not like_parameter(nodes[old].name or ""):
        return False
    a, b = node.inputs
    return (a == old and not shapes[b]) or (b == old and not shapes[a])


def multiplied(nodes: Sequence[Node], old: int, new: int) -> int | None:
    """The named value g of a step `w - lr * g`, `w + 0.1 * -g` or `w - g / 10`, whatever it is called."""
    waiting = [i for i in nodes[new].inputs if i != old] if nodes[new].op.is_sum else []
    for _ in range(_FACTORS):
        if len(waiting) != 1:
            return None
        node = nodes[waiting[0]]
        if not node.op.scales:
            return None
        factors = [i for i in node.inputs if not _is_rate(nodes[i])]
        if len(factors) == 1 and nodes[factors[0]].name and nodes[factors[0]].inputs:
            return factors[0]
        waiting = factors
    return None


def follows_alone(nodes: Sequence[Node], old: int, new: int, index: int) -> bool:
    """Whether a step adds nothing to the leaf `old` but a value that no more than one number scales. In
    `w[j] -= lr * grad * x[j]` it is what a neuron's sum has as its gradient, and w[j] another."""
    waiting, numbers = [i for i in nodes[new].inputs if i != old], 0
    while waiting:
        i = waiting.pop()
        node = nodes[i]
        if i == index:
            continue
        if (node.op.scales or node.op.is_sum or node.op.bounds) and _leads_to(nodes, i, index):
            waiting += node.inputs[:1] if node.op.bounds else node.inputs
        elif old not in (i, *node.inputs):
            numbers += 1
    return numbers <= 1


def _leads_to(nodes: Sequence[Node], index: int, sought: int) -> bool:
    waiting = [index]
    for _ in range(_SUMMANDS):
        if not waiting:
            return False
        i = waiting.pop()
        if i == sought:
            return True
        waiting += [j for j in nodes[i].inputs if j >= sought]
    return False


def _is_rate(node: Node) -> bool:
    """Whether a gradient is multiplied by it: a learning rate by its name, or a number that is written down."""
    return RATES.fullmatch(node.name or "") is not None or (node.op is CONSTANT and type(node.value) is float)


def goes_on(interpreter: Interpreter, old: int, new: int) -> bool:
    """Whether `h = h + 0.1 * dh` goes on in time: a small number, no rate by its name, takes h the way of its
    derivative, and no loss of h stands beside it."""
    nodes = interpreter.graph.nodes
    node = nodes[new]
    if not node.op.is_addition or old not in node.inputs:
        return False
    added = next((i for i in node.inputs if i != old), old)
    if not nodes[added].op.is_product or _factor(nodes, added, leaves=True) <= 0:
        return False
    rated = any(RATES.fullmatch(nodes[i].name or "") for i in nodes[added].inputs)
    slopes = [i for i in nodes[added].inputs if nodes[i].inputs and _SLOPE.fullmatch(stem(nodes[i].name or ""))]
    return bool(slopes) and not rated and not is_judged(interpreter, old, new)


def _lessened(nodes: Sequence[Node], old: int, index: int, sign: int, depth: int) -> bool:
    """Whether a sum has a summand that a small number scales, other than `old`, with the sign -1. sign: that of the sum
    itself."""
    node = nodes[index]
    if index == old or not depth:
        return False
    if node.op.signs:
        signs = zip(node.inputs, node.op.signs, strict=True)
        return any(_lessened(nodes, old, i, sign * own, depth - 1) for i, own in signs)
    return sign * _factor(nodes, index, leaves=True) < 0


def _factor(nodes: Sequence[Node], index: int, *, leaves: bool) -> int:
    """The sign of the small number that is a factor of a product; 0 where there is none. leaves: whether it may have a
    name."""
    sign = 1
    for _ in range(_FACTORS):
        node = nodes[index]
        if not (node.op.scales or node.op.kind == "matmul"):
            return 0
        for i in node.inputs:
            value = nodes[i].value
            if (nodes[i].op is CONSTANT or (leaves and nodes[i].op is INPUT)) and type(value) is float:
                divides = node.op.is_quotient and i == node.inputs[1]
                if 0 < abs(value) <= 1 or (divides and abs(value) > 1):
                    return sign if value > 0 else -sign
        sign = -sign if node.op.is_negative else sign
        index = node.inputs[0]
    return 0


def _is_downhill(interpreter: Interpreter, old: int, new: int) -> bool:
    """Whether a step follows the slope of a loss that it is judged by. It is found once for a line of the text."""
    losses = judging(interpreter, old, new)
    if not losses:
        return False
    span = interpreter.graph.nodes[new].span
    found = interpreter.training.downhill
    if span not in found:
        found[span] = follows_slope(interpreter, losses, old, new)
    return found[span]


def is_judged(interpreter: Interpreter, old: int, new: int) -> bool:
    """Whether there is a loss that a step of the leaf `old` is judged by."""
    return bool(judging(interpreter, old, new))


def judging(interpreter: Interpreter, old: int, new: int) -> list[int]:
    """The losses that have been computed from the leaf `old`, no sums over turns, that the step `new` is not computed
    from."""
    graph = interpreter.graph
    nodes = graph.nodes
    losses = [i for i in range(old + 1, new) if is_some_loss(nodes[i]) and nodes[i].inputs and single(graph.shapes, i)]
    if not losses:
        return []
    led, needed = reach(nodes, [old], end=new), ancestors(nodes, [new])
    return [i for i in losses if led[i] and not needed[i] and not _adds_up(nodes, i)]


def _adds_up(nodes: Sequence[Node], index: int) -> bool:
    """Whether a loss is that of before with something added: `loss += (x - y) ** 2`."""
    node = nodes[index]
    return node.op.is_addition and any(nodes[i].name == node.name for i in node.inputs)


def may_be_rate(interpreter: Interpreter, user: Node, index: int) -> bool:
    """Whether a value that is called like a learning rate may be one: `alpha` of a hidden Markov model is an array, and
    that of a pendulum, in `omega + dt * alpha`, a computed number that a number alone multiplies."""
    graph = interpreter.graph
    if count(graph.shapes[index]) != 1:
        return False
    if not graph.nodes[index].inputs or not user.op.scales:
        return True
    return any(graph.nodes[i].inputs for i in user.inputs if i != index)
