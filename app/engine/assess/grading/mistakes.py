"""The slips that people make in a backward pass, each with the gradient that it would give.

The likeliest come first. Slips in the derivative of an op come from its rule, with a factor left out or replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import Any, NamedTuple

import numpy as np

from app.engine.assess.grading.local_backward import Again
from app.engine.assess.grading.tolerance import folded
from app.engine.ops.expression import Number, Symbol

_OTHERS = 30
"""Most other gradients that are tried instead of the right one."""
_AXES = 4


class Candidate(NamedTuple):
    """A gradient with a slip in it. kind: the slip's key in the catalogue; user: index of the node in whose step the
    slip is; other: index of another node that the message names; number: a factor or an axis."""

    kind: str
    value: Any
    user: int | None = None
    other: int | None = None
    number: str = ""


def candidates(again: Again, wanted: Any) -> Iterator[Candidate]:
    """All slips that are tried, the likeliest first. wanted: the true gradient."""
    yield Candidate("sign", -wanted)
    if np.ndim(wanted) >= 2:
        yield Candidate("transposed", np.transpose(wanted))
    yield from _seed(again)
    yield from _dropped(again)
    yield from _slopes(again)
    yield from _early(again)
    yield from _incoming(again)
    for edge in again.edges:
        if again.direct(edge):
            yield from _shapes(again, edge)
    yield from _mistaken(again)
    yield from _factors(again, wanted)
    yield from _signs(again)
    yield from _other_gradients(again)


def _user(again: Again, edge: int) -> int:
    return again.schedule.edges[edge].target


def _changed(again: Again, kind: str, edge: int, message: Callable[[Any], Any], **more: Any) -> Iterator[Candidate]:
    value = again.with_change(edge, message)
    if value is not None:
        yield Candidate(kind, value, _user(again, edge), **more)


def _seed(again: Again) -> Iterator[Candidate]:
    """The value of the output instead of the seed."""
    if again.position == again.schedule.output:
        yield Candidate("seed", again.value(again.position))


def _dropped(again: Again) -> Iterator[Candidate]:
    """A sum without one of its messages, or only one of its messages."""
    for edge in again.edges:
        source = again.schedule.edges[edge].source
        if len(again.schedule.receives[source]) > 1:
            sent = again.scope.run.message_list[edge]
            if sent is None:
                continue
            # In x * x, both uses lead to the same node.
            users = [_user(again, each) for each in again.schedule.receives[source]]
            kind = "square" if users.count(_user(again, edge)) > 1 else "dropped"
            for idle in (False, True):
                value = again.with_change(edge, lambda grad, sent=sent: sent * 0.0, idle=idle)  # type: ignore[misc]
                if value is not None:
                    yield Candidate(kind, value, _user(again, edge))
    if len(again.schedule.receives[again.position]) > 2:
        # Of three or more uses, only one was taken.
        for edge in again.schedule.receives[again.position]:
            yield Candidate("only", again.scope.run.message_list[edge], _user(again, edge))


def _early(again: Again) -> Iterator[Candidate]:
    """The gradient of a later node, taken over unchanged: the slopes in between are missing."""
    shape = again.schedule.shapes[again.position]
    seen: set[int] = set()
    for edge in again.edges:
        user = _user(again, edge)
        if user in seen:
            continue
        seen.add(user)
        again.allowance.take(again.grad(user))
        value = folded(again.grad(user), shape)
        if value is None and np.ndim(again.grad(user)) <= len(shape):
            try:
                value = np.broadcast_to(again.grad(user), shape)
            except ValueError:
                continue
        if value is not None:
            yield Candidate("early", value if shape else float(value), user)


def _slopes(again: Again) -> Iterator[Candidate]:
    """The local derivative of one step left out."""
    for edge in again.edges:
        rule, slot = again.rule(edge), again.schedule.edges[edge].slot
        source = again.schedule.shapes[again.schedule.edges[edge].source]
        if rule.op.partials is not None and not isinstance(rule.partial_expressions[slot], Number):

            def bare(grad: Any, shape: tuple[int, ...] = source) -> Any:
                value = folded(grad, shape)
                return value if value is None or shape else float(value)

            yield from _changed(again, "slope", edge, bare)


def _incoming(again: Again) -> Iterator[Candidate]:
    """The incoming gradient left out: the local derivative alone."""
    for edge in again.edges:

        def alone(grad: Any, edge: int = edge) -> Any:
            return again.message(edge, np.ones(np.shape(grad)) if np.shape(grad) else 1.0)

        yield from _changed(again, "incoming", edge, alone)


def _shapes(again: Again, edge: int) -> Iterator[Candidate]:
    """Sums over axes that are missing or wrong, and wrong matrix products."""
    used = again.schedule.edges[edge]
    rule = again.rule(edge)
    grad, operands = again.grad(used.target), again.operands(edge)
    if rule.op.partials is not None:
        natural, own = np.shape(grad), again.schedule.shapes[used.source]
        if natural != own and 0 not in natural:
            yield from _sums(again, edge, grad, operands, natural)
    elif rule.op.kind == "matmul" and len(operands) == 2:
        yield from _products(again, edge, grad, operands[1 - used.slot])


def _sums(again: Again, edge: int, grad: Any, operands: Any, natural: tuple[int, ...]) -> Iterator[Candidate]:
    used = again.schedule.edges[edge]
    partial = again.rule(edge).partial_kernel(used.slot)
    if partial is None:
        return
    again.allowance.take(grad, *operands)
    raw = np.asarray(grad) * partial(again.value(used.target), *operands)
    raw = np.broadcast_to(raw, natural)
    yield Candidate("not summed", raw, used.target)
    for size in range(1, min(raw.ndim, _AXES) + 1):
        for axes in combinations(range(raw.ndim), size):
            again.allowance.take(raw)
            told = ", ".join(map(str, axes))
            for kept in (False, True):
                summed = raw.sum(axis=axes, keepdims=kept)
                yield Candidate("summed", summed if summed.shape else float(summed), used.target, None, told)
            averaged = raw.mean(axis=axes)
            yield Candidate("averaged", averaged if averaged.shape else float(averaged), used.target, None, told)
            taken = raw[tuple(0 if axis in axes else slice(None) for axis in range(raw.ndim))]
            yield Candidate("one row", taken if taken.shape else float(taken), used.target, None, told)


def _products(again: Again, edge: int, grad: Any, other: Any) -> Iterator[Candidate]:
    user, slot = again.schedule.edges[edge].target, again.schedule.edges[edge].slot
    other_position = again.schedule.inputs[user][1 - slot]
    alone = len(again.schedule.receives[again.position]) == 1
    pairs = product({0: grad, 1: np.transpose(grad)}.items(), {0: other, 1: np.transpose(other)}.items())
    for (_, g), (_, o) in pairs:
        for left, right in ((g, o), (o, g)):
            if np.ndim(left) and np.ndim(right) and left.shape[-1] == right.shape[0 if right.ndim == 1 else -2]:
                again.allowance.take(left, right, products=np.size(left) * np.shape(right)[-1])
                value = left @ right
                value = value if np.shape(value) else float(value)
                if alone:
                    yield Candidate("transpose", value, user, other_position)
                else:
                    yield from _changed(again, "transpose", edge, lambda grad, value=value: value, other=other_position)  # type: ignore[misc]
    for g, o in ((grad, other), (grad, np.transpose(other))):
        try:
            shape = np.broadcast_shapes(np.shape(g), np.shape(o))
        except ValueError:
            continue
        again.allowance.take(np.empty(0), products=int(np.prod(shape)))
        if np.prod(shape) <= again.scope.structure.limits.array_elements:
            yield Candidate("elementwise", g * o, user, other_position)


def _mistaken(again: Again) -> Iterator[Candidate]:
    """A slope taken at the result instead of the input, or the reverse; the wrong factor of a product."""
    for edge in again.edges:
        used, rule = again.schedule.edges[edge], again.rule(edge)
        operands = list(again.operands(edge))
        result, own = again.value(used.target), operands[used.slot]
        if rule.op.partials is None:
            if rule.op.kind == "matmul" and np.shape(operands[0]) == np.shape(operands[-1]):
                yield from _swapped(again, edge, operands)
            continue
        if np.shape(result) == np.shape(own):
            outside = [result if slot == used.slot else x for slot, x in enumerate(operands)]
            again.allowance.take(*outside)
            beyond = rule.forward_kernel(ieee=True)(*outside)
            for textbook in (False, True) if rule.op.textbook is not None else (False,):
                changed = _with(again, edge, beyond, outside, textbook=textbook)
                yield from _changed(again, "result for input", edge, changed)
                changed = _with(again, edge, own, operands, textbook=textbook)
                yield from _changed(again, "input for result", edge, changed)
        # Only for a product, where each factor receives the other one.
        other = rule.partial_expressions[used.slot]
        factor = isinstance(other, Symbol) and other.key == f"x{1 - used.slot}"
        if factor and np.shape(operands[0]) == np.shape(operands[1]):
            yield from _swapped(again, edge, operands)


def _swapped(again: Again, edge: int, operands: list[Any]) -> Iterator[Candidate]:
    used = again.schedule.edges[edge]
    other = again.schedule.inputs[used.target][1 - used.slot]
    yield from _changed(
        again, "swapped", edge, _with(again, edge, again.value(used.target), operands[::-1]), other=other
    )


def _with(again: Again, edge: int, result: Any, operands: list[Any], *, textbook: bool = False) -> Callable[[Any], Any]:
    return lambda grad: again.message(edge, grad, result, operands, textbook=textbook)


def _factors(again: Again, wanted: Any) -> Iterator[Candidate]:
    """A factor of 2 too much or too little, or a factor of the number of elements of a sum or mean."""
    counts = _counts(again)
    for n in counts["mean"]:
        yield Candidate("mean", wanted * n, None, None, str(n))
    yield Candidate("double", wanted * 2.0)
    yield Candidate("half", wanted * 0.5)
    for n in (*counts["sum"], *counts["mean"]):
        yield Candidate("sum", wanted / n, None, None, str(n))
    for n in counts["sum"]:
        yield Candidate("mean", wanted * n, None, None, str(n))


def _counts(again: Again) -> dict[str, list[int]]:
    """The numbers of elements of the program's means, and other lengths by which people divide."""
    schedule = again.schedule
    means: set[int] = set()
    sums: set[int] = set()
    for i in schedule.graph:
        if schedule.nodes[i].op.kind == "reduction":
            size = int(np.prod(schedule.shapes[schedule.inputs[i][0]], dtype=np.int64))
            n = size // max(1, int(np.prod(schedule.shapes[i], dtype=np.int64)))
            (means if schedule.nodes[i].op.name in ("mean", "var") else sums).add(n)
    sums |= {schedule.shapes[i][0] for i in schedule.graph if schedule.shapes[i]}
    return {"mean": sorted(means - {0, 1})[:8], "sum": sorted(sums - means - {0, 1})[:8]}


def _signs(again: Again) -> Iterator[Candidate]:
    """One message of several with the wrong sign, twice, or half."""
    for edge in again.edges:
        source = again.schedule.edges[edge].source
        sent = again.scope.run.message_list[edge]
        if len(again.schedule.receives[source]) > 1 and sent is not None:
            yield from _changed(again, "one sign", edge, lambda grad, sent=sent: -sent)  # type: ignore[misc]
            yield from _changed(again, "twice", edge, lambda grad, sent=sent: 2.0 * sent)  # type: ignore[misc]
            yield from _changed(again, "half of one", edge, lambda grad, sent=sent: 0.5 * sent)  # type: ignore[misc]


def _other_gradients(again: Again) -> Iterator[Candidate]:
    """The right rule with the gradient of another node."""
    seen = 0
    for edge in again.edges:
        user = _user(again, edge)
        for i in again.schedule.graph:
            if seen >= _OTHERS:
                return
            if i == user or not again.scope.named(i) or again.schedule.shapes[i] != again.schedule.shapes[user]:
                continue
            other = again.grad(i)
            if other is None:
                continue
            seen += 1

            def sent(_: Any, edge: int = edge, other: Any = other) -> Any:
                return again.message(edge, other)

            yield from _changed(again, "other gradient", edge, sent, other=i)
