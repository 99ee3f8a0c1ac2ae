"""What a program is about where no name of its top level says it: a loss inside a function, what a learner's error
compares with the labels, or the last value that a function names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.engine.interpreter.training.naming import LIKE, MOMENTS, plain, targets
from app.engine.interpreter.training.output.candidates import Candidates
from app.engine.interpreter.training.reach import (
    is_loss,
    is_some_loss,
    like_gradient,
    most_leaves,
    reach,
    reach_of_inputs,
    single,
)
from app.engine.ops import CONSTANT
from app.engine.program import NO_GROUP, Node, ancestors

_ERROR = re.compile(r"(sum|total|mean|avg)_?(sq\w*_)?err(or)?s?|(sse|mse|err(or)?)_?(sum|total)?")
_FUNCTION = re.compile(r"(\w+_)?(loss|cost|objective|mse|sse|nll|energy)(_\w+)?|J|L", re.IGNORECASE)
"""Functions that return what is minimised."""
_ANY_FUNCTION = re.compile(r"f|F|fn|fun|func|function")
"""Functions that do so where they return one number."""
_MATRIX = 2
"""Axes of a matrix."""
_BEHIND = 400
"""Nodes behind a training step that are searched for the error that it follows."""


def inner_loss(found: Candidates) -> int | None:
    """The last value called a loss, in whatever function; of a loss for each example, their mean or their sum."""
    nodes = found.nodes
    reached = reach_of_inputs(nodes)
    # `l = net.step(x, y)` may be what the method calls loss.
    before = {i: nodes[i]._replace(name=name) for i, name in found.former.items()}
    values = [i for i, node in enumerate(nodes) if node.inputs and reached[i]]
    # `self.loss = ...` of a layer is one as well.
    called = {i: nodes[i]._replace(name=plain(nodes[i].name or "")) for i in values}
    losses = [i for i in values if is_some_loss(called[i]) or is_some_loss(before.get(i, nodes[i]))]
    # A matrix called J is a Jacobian.
    losses = [i for i in losses if len(found.shapes[i]) < _MATRIX or single(found.shapes, i)]
    # What a training step follows is no loss, whatever it is called: L_smooth, the length of a step.
    followed = ancestors(tuple(nodes), list(found.steps.values()))
    losses = [i for i in losses if not followed[i]] or _returned(found, values) or losses
    numbers = [i for i in losses if single(found.shapes, i)]
    plainly = [i for i in numbers if is_loss(called[i]) or is_loss(before.get(i, nodes[i]))]
    if plainly or numbers:
        return _as_returned(found, (plainly or numbers)[-1], reached)
    if not losses:
        return None
    last = losses[-1]
    means = [
        i
        for i in range(last + 1, len(nodes))
        if last in nodes[i].inputs and nodes[i].op.totals and single(found.shapes, i)
    ]
    return means[0] if means else last


def _as_returned(found: Candidates, loss: int, reached: bytearray) -> int:
    """A loss as its function returns it: `return 1 / (2 * m) * cost`, a multiple of it without a name."""
    nodes = found.nodes
    group = nodes[loss].group
    if group == NO_GROUP or not _FUNCTION.fullmatch(plain(found.groups[group].name)):
        return loss
    users = [i for i in range(loss + 1, len(nodes)) if loss in nodes[i].inputs]
    if len(users) != 1:
        return loss
    user = nodes[users[0]]
    scaled = user.op.powers and user.group == group and user.name is None
    return users[0] if scaled and not any(reached[i] for i in user.inputs if i != loss) else loss


def _returned(found: Candidates, values: Sequence[int]) -> list[int]:
    """What functions called like a loss return, where it has no name: `history.append(objective(w))`. What is trained
    leads to it."""
    last = {found.nodes[i].group: i for i in values}
    names = {group: found.groups[group].name for group in last if group != NO_GROUP}
    returned = sorted([last[group] for group, name in names.items() if _FUNCTION.fullmatch(plain(name))])
    if not returned:
        others = sorted([last[group] for group, name in names.items() if _ANY_FUNCTION.fullmatch(plain(name))])
        returned = [i for i in others if single(found.shapes, i)]
    led = reach(found.nodes, sorted({*found.became, *found.became.values()}))
    return [i for i in returned if led[i]]


def prediction(found: Candidates) -> int | None:
    """What the last training step follows the error of: `out` where an `error = y - out` leads to it."""
    pair = compared(found)
    return None if pair is None else pair[1]


def compared(found: Candidates) -> tuple[int, int] | None:
    """The error that the last training step follows, `y - out`, and what the network says in it."""
    nodes = found.nodes
    trained = sorted({*found.became, *found.became.values()})
    led = reach(nodes, trained)
    best: int | None = None
    for before, after in found.became.items():
        step = found.steps.get(after)
        if step is None:
            continue
        waiting, seen = [i for i in nodes[step].inputs if i != before], set[int]()
        while waiting and len(seen) < _BEHIND:
            i = max(waiting)
            waiting.remove(i)
            if i in seen or i <= (best or before):
                continue
            seen.add(i)
            out = None if _is_gradient(nodes[i].name or "", [nodes[before]]) else _compared(found, i, led)
            if out is not None:
                best = max(i, best or 0)
                result = i, out
                break
            waiting += nodes[i].inputs
    return None if best is None else result


def _is_gradient(name: str, leaves: Sequence[Node]) -> bool:
    """Whether a name says that it is the gradient of one of these leaves: `dw = 2 * w - 2` compares nothing."""
    said = {target for target, _ in targets(plain(name))}
    return bool(said) and any(plain(leaf.name or "") in said for leaf in leaves)


def _compared(found: Candidates, index: int, led: bytearray) -> int | None:
    """What the network says, in `y - out` or `out - y`: the side that what is trained leads to, where the other one
    does not depend on it. (`1 - out` is part of a derivative.)"""
    node = found.nodes[index]
    if not node.op.is_difference or led[node.inputs[0]] == led[node.inputs[1]]:
        return None
    out, label = node.inputs if led[node.inputs[0]] else node.inputs[::-1]
    fixed = found.nodes[label]
    if _is_decay(found, out):
        return None
    return None if fixed.op is CONSTANT and type(fixed.value) is float and fixed.value == 1 else out


def _is_decay(found: Candidates, index: int) -> bool:
    """Whether a value is a parameter that numbers scale, as in `2 * lam * w - x * y`: that is compared with nothing."""
    nodes = found.nodes
    while nodes[index].op.scales:
        arrays = [i for i in nodes[index].inputs if not single(found.shapes, i)]
        if len(arrays) != 1:
            return False
        index = arrays[0]
    return index in found.became or index in found.steps


def decided(found: Candidates) -> int | None:
    """The number of what is trained that a decision of the last turn asks about: `y * (w @ x) >= 1`."""
    nodes = found.nodes
    led = reach(nodes, sorted({*found.became, *found.became.values()}))
    last = max(found.became.values(), default=len(nodes))
    for i in range(last - 1, -1, -1):
        if nodes[i].op.kind == "mask":
            asked = [j for j in nodes[i].inputs if led[j] and nodes[j].inputs and single(found.shapes, j)]
            if asked:
                return asked[0]
    return None


def shown_last(found: Candidates) -> int | None:
    """What the top level computes only to show it: of the values that most leaves lead to the last one. Whole numbers
    count where there is nothing else. After a training that would be a prediction."""
    if found.became:
        return None
    reached = reach_of_inputs(found.nodes)
    values = [i for i in found.shown if reached[i] and found.nodes[i].kind != "bool"]
    values = [i for i in values if found.nodes[i].kind == "float"] or values
    return most_leaves(found.nodes, values) if values else None


def named_inside(found: Candidates) -> list[int]:
    """The computed numbers and arrays that a function names, without gradients and whole numbers; the errors among
    them where there are such; where nothing has a name, what is printed, or what the last line computes."""
    nodes = found.nodes
    reached = reach_of_inputs(nodes)
    graded = {m.node for m in found.manual}
    values = [i for i, node in enumerate(nodes) if node.inputs and reached[i] and node.kind == "float"]
    trained = [nodes[i] for i in found.became]
    names = {node.name for node in nodes if node.name}
    names = {name for name in names if not like_gradient(name) and not MOMENTS.fullmatch(plain(name))}
    names = {name for name in names if not _is_gradient(name, trained)}
    inside = [i for i in values if nodes[i].group != NO_GROUP]
    named = [i for i in inside if nodes[i].name in names and i not in graded]
    errors = [i for i in named if _ERROR.fullmatch(plain(nodes[i].name or "")) and single(found.shapes, i)]
    shown = {*found.printed, found.last}
    whole = [i for i, node in enumerate(nodes) if i in shown and node.inputs and reached[i] and node.kind == "int"]
    printed = [i for i in values if i in shown]
    # `adj["x"]` is an adjoint, beside the value that the text prints first.
    forward = [i for i in printed if not LIKE.fullmatch((nodes[i].name or "").split("[", maxsplit=1)[0])]
    return errors or named or forward or printed or whole
