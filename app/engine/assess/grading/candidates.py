"""The slips that people make in a backward pass, each with the gradient that it would give.

The likeliest come first. Those in the rule of an op are `assess/mistakes.py`'s, put into the pass where they were made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, combinations, product
from typing import Any, NamedTuple

import numpy as np

from app.engine.assess import mistakes
from app.engine.assess.grading.local_backward import LocalBackward
from app.engine.assess.mistakes import Made, Message
from app.engine.execution.tolerance import folded
from app.engine.execution.values import as_value
from app.engine.ops.axes import count
from app.engine.ops.expression import Apply, Number

_OTHERS = 30
"""Most other gradients that are tried instead of the right one."""
_AXES = 4


class Candidate(NamedTuple):
    """A gradient with a slip in it. kind: the mistake's key in the catalogue; user: index of the node in whose step the
    slip is; other: index of another node that the message names; number: a factor or an axis."""

    kind: str
    value: Any
    user: int | None = None
    other: int | None = None
    number: str = ""


def candidates(local: LocalBackward, wanted: Any) -> Iterator[Candidate]:
    """All slips that are tried, the likeliest first. wanted: the true gradient."""
    for kind, value in chain(mistakes.sign(wanted), mistakes.transposed(wanted)):
        yield Candidate(kind, value)
    yield from _seed(local)
    yield from _dropped(local)
    yield from _slopes(local)
    yield from _early(local)
    yield from _incoming(local)
    for edge in local.edges:
        if local.direct(edge):
            yield from _shapes(local, edge)
    yield from _mistaken(local)
    yield from _factors(local, wanted)
    yield from _signs(local)
    yield from _other_gradients(local)


def _user(local: LocalBackward, edge: int) -> int:
    return local.schedule.edges[edge].target


def _changed(
    local: LocalBackward, kind: str, edge: int, message: Callable[[Any], Any], **more: Any
) -> Iterator[Candidate]:
    value = local.with_change(edge, message)
    if value is not None:
        yield Candidate(kind, value, _user(local, edge), **more)


def _made(local: LocalBackward, edge: int, made: Made, **more: Any) -> Iterator[Candidate]:
    """The gradient with these messages along an edge."""
    for kind, value in made:
        yield from _changed(local, kind, edge, lambda _, value=value: value, **more)  # type: ignore[misc]


def _seed(local: LocalBackward) -> Iterator[Candidate]:
    """The value of the output instead of the seed."""
    if local.index == local.schedule.output:
        yield Candidate("seed", local.value(local.index))


def _dropped(local: LocalBackward) -> Iterator[Candidate]:
    """A sum without one of its messages, or only one of its messages."""
    for edge in local.edges:
        source = local.schedule.edges[edge].source
        if len(local.schedule.receives[source]) > 1:
            sent = local.scope.run.message_list[edge]
            if sent is None:
                continue
            # In x * x, both uses lead to the same node.
            users = [_user(local, each) for each in local.schedule.receives[source]]
            kind = "square" if users.count(_user(local, edge)) > 1 else "dropped"
            for idle in (False, True):
                value = local.with_change(edge, lambda grad, sent=sent: sent * 0.0, idle=idle)  # type: ignore[misc]
                if value is not None:
                    yield Candidate(kind, value, _user(local, edge))
    if len(local.schedule.receives[local.index]) > 2:
        # Of three or more uses, only one was taken.
        for edge in local.schedule.receives[local.index]:
            yield Candidate("only", local.scope.run.message_list[edge], _user(local, edge))


def _early(local: LocalBackward) -> Iterator[Candidate]:
    """The gradient of a later node, taken over unchanged: the slopes in between are missing."""
    shape = local.schedule.shapes[local.index]
    seen: set[int] = set()
    for edge in local.edges:
        user = _user(local, edge)
        if user in seen:
            continue
        seen.add(user)
        local.budget.take(local.grad(user))
        value = folded(local.grad(user), shape)
        if value is None and np.ndim(local.grad(user)) <= len(shape):
            try:
                value = np.broadcast_to(local.grad(user), shape)
            except ValueError:
                continue
        if value is not None:
            yield Candidate("early", as_value(value), user)


def _slopes(local: LocalBackward) -> Iterator[Candidate]:
    """The local derivative of one step left out."""
    for edge in local.edges:
        rule, slot = local.rule(edge), local.schedule.edges[edge].slot
        source = local.schedule.shapes[local.schedule.edges[edge].source]
        if rule.op.partials is not None and not isinstance(rule.partial_expressions[slot], Number):
            yield from _made(local, edge, mistakes.no_local(local.grad(_user(local, edge)), source))


def _incoming(local: LocalBackward) -> Iterator[Candidate]:
    """The incoming gradient left out: the local derivative alone."""
    for edge in local.edges:
        yield from _changed(
            local,
            "no_incoming",
            edge,
            lambda grad, edge=edge: local.message(edge, mistakes.ones_for(grad)),  # type: ignore[misc]
        )


def _shapes(local: LocalBackward, edge: int) -> Iterator[Candidate]:
    """Sums over axes that are missing or wrong, and wrong matrix products."""
    used = local.schedule.edges[edge]
    rule = local.rule(edge)
    grad, operands = local.grad(used.target), local.operands(edge)
    if rule.op.partials is not None:
        natural, own = np.shape(grad), local.schedule.shapes[used.source]
        if natural != own and 0 not in natural:
            yield from _sums(local, edge, grad, operands, natural)
    elif rule.op.kind == "matmul" and len(operands) == 2:
        yield from _products(local, edge, grad, operands[1 - used.slot])


def _sums(local: LocalBackward, edge: int, grad: Any, operands: Any, natural: tuple[int, ...]) -> Iterator[Candidate]:
    used = local.schedule.edges[edge]
    slope = local.rule(edge).partial_kernel(used.slot)
    if slope is None:
        return
    local.budget.take(grad, *operands)
    raw = np.asarray(grad) * slope(local.value(used.target), *operands)
    raw = np.broadcast_to(raw, natural)
    yield Candidate("not_summed", raw, used.target)
    for size in range(1, min(raw.ndim, _AXES) + 1):
        for axes in combinations(range(raw.ndim), size):
            local.budget.take(raw)
            axes_text = ", ".join(map(str, axes))
            for kept in (False, True):
                summed = raw.sum(axis=axes, keepdims=kept)
                yield Candidate("summed", as_value(summed), used.target, None, axes_text)
            averaged = raw.mean(axis=axes)
            yield Candidate("averaged", as_value(averaged), used.target, None, axes_text)
            taken = raw[tuple(0 if axis in axes else slice(None) for axis in range(raw.ndim))]
            yield Candidate("one_row", as_value(taken), used.target, None, axes_text)


def _products(local: LocalBackward, edge: int, grad: Any, other: Any) -> Iterator[Candidate]:
    user, slot = local.schedule.edges[edge].target, local.schedule.edges[edge].slot
    other_index = local.schedule.inputs[user][1 - slot]
    alone = len(local.schedule.receives[local.index]) == 1
    pairs = product({0: grad, 1: np.transpose(grad)}.items(), {0: other, 1: np.transpose(other)}.items())
    for (_, g), (_, o) in pairs:
        for left, right in ((g, o), (o, g)):
            if np.ndim(left) and np.ndim(right) and left.shape[-1] == right.shape[0 if right.ndim == 1 else -2]:
                local.budget.take(left, right, products=np.size(left) * np.shape(right)[-1])
                value = as_value(left @ right)
                if alone:
                    yield Candidate("transpose", value, user, other_index)
                else:
                    yield from _changed(local, "transpose", edge, lambda grad, value=value: value, other=other_index)  # type: ignore[misc]
    for g, o in ((grad, other), (grad, np.transpose(other))):
        try:
            shape = np.broadcast_shapes(np.shape(g), np.shape(o))
        except ValueError:
            continue
        local.budget.take(np.empty(0), products=count(shape))
        if count(shape) <= local.scope.structure.limits.array_elements:
            yield Candidate("elementwise", g * o, user, other_index)


def _mistaken(local: LocalBackward) -> Iterator[Candidate]:
    """A slope taken at the result instead of the input, or the reverse; the wrong factor of a product."""
    for edge in local.edges:
        used, rule = local.schedule.edges[edge], local.rule(edge)
        operands = local.operands(edge)
        grad, result = local.grad(used.target), local.value(used.target)
        message = Message(rule, used.slot, grad, result, operands, partial(local.message, edge))
        if rule.op.partials is not None:
            local.budget.take(*operands)
            yield from _made(local, edge, mistakes.argument(message))
        if len(operands) == 2:
            other = local.schedule.inputs[used.target][1 - used.slot]
            yield from _made(local, edge, mistakes.own_factor(message), other=other)


def _factors(local: LocalBackward, wanted: Any) -> Iterator[Candidate]:
    """A factor of 2 too much or too little, or a factor of the number of elements of a sum or mean."""
    counts = _counts(local)
    for n in counts["mean"]:
        yield Candidate("mean", wanted * n, None, None, str(n))
    yield Candidate("double", wanted * 2.0)
    yield Candidate("half", wanted * 0.5)
    for n in (*counts["sum"], *counts["mean"]):
        yield Candidate("sum", wanted / n, None, None, str(n))
    for n in counts["sum"]:
        yield Candidate("mean", wanted * n, None, None, str(n))


def _counts(local: LocalBackward) -> dict[str, list[int]]:
    """The numbers of elements of the program's means, and other lengths by which people divide."""
    schedule = local.schedule
    means: set[int] = set()
    sums: set[int] = set()
    for i in schedule.graph:
        if schedule.nodes[i].op.kind == "reduction":
            size = int(np.prod(schedule.shapes[schedule.inputs[i][0]], dtype=np.int64))
            n = size // max(1, int(np.prod(schedule.shapes[i], dtype=np.int64)))
            rule = schedule.rules[i]
            value = None if rule is None else rule.forward_expression
            (means if isinstance(value, Apply) and value.word == "div" else sums).add(n)
    sums |= {schedule.shapes[i][0] for i in schedule.graph if schedule.shapes[i]}
    return {"mean": sorted(means - {0, 1})[:8], "sum": sorted(sums - means - {0, 1})[:8]}


def _signs(local: LocalBackward) -> Iterator[Candidate]:
    """One message of several with the wrong sign, twice, or half."""
    for edge in local.edges:
        source = local.schedule.edges[edge].source
        sent = local.scope.run.message_list[edge]
        if len(local.schedule.receives[source]) > 1 and sent is not None:
            yield from _changed(local, "one_sign", edge, lambda grad, sent=sent: -sent)  # type: ignore[misc]
            yield from _changed(local, "twice", edge, lambda grad, sent=sent: 2.0 * sent)  # type: ignore[misc]
            yield from _changed(local, "half_of_one", edge, lambda grad, sent=sent: 0.5 * sent)  # type: ignore[misc]


def _other_gradients(local: LocalBackward) -> Iterator[Candidate]:
    """The right rule with the gradient of another node."""
    seen = 0
    for edge in local.edges:
        user = _user(local, edge)
        for i in local.schedule.graph:
            if seen >= _OTHERS:
                return
            if i == user or not local.scope.named(i) or local.schedule.shapes[i] != local.schedule.shapes[user]:
                continue
            other = local.grad(i)
            if other is None:
                continue
            seen += 1

            def sent(_: Any, edge: int = edge, other: Any = other) -> Any:
                return local.message(edge, other)

            yield from _changed(local, "other_gradient", edge, sent, other=i)
