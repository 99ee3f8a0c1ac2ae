"""The loss of a text that trains and writes none down, as Nielsen's network does: its steps follow an error `out - y`,
and the course of the training is that of the number whose slope they are.

Which number it is values decide: the leaf is moved a little, and what the step adds up must be in proportion to how the
number changes. It is added to the graph as the output, so that gradients are told as those of it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.forms.slopes import followed_in
from app.engine.interpreter.training.naming import RATES, called, plain, tells_of
from app.engine.interpreter.training.output.candidates import Candidates
from app.engine.interpreter.training.output.choice import Output
from app.engine.interpreter.training.output.error_slopes import slopes_by, times_slope
from app.engine.interpreter.training.output.inner import compared
from app.engine.interpreter.training.output.last_turn import judged_after
from app.engine.interpreter.training.output.stated import stated
from app.engine.interpreter.training.reach import is_some_loss, like_gradient, reach, single
from app.engine.interpreter.turns.errors import CLASSES, ENTROPIES, SQUARES, Errors
from app.engine.ops import REGISTRY
from app.engine.ops.axes import count
from app.engine.program import ancestors
from app.engine.wording import said

NAME = "loss"
"""What the added number is called."""
_ASKED = 6
"""Leaves whose steps are asked."""
_NEAR = 2e-3


def implied(interpreter: Interpreter, found: Candidates, chosen: Output) -> Output:
    """The output: the number that the steps follow, where what was chosen is no number with a name."""
    training, nodes = interpreter.training, found.nodes
    held, uphill = training.loops.errors(), True
    if held is None:
        if any(node.inputs and is_some_loss(node) for node in nodes):
            return chosen
        if not training.loops.trained:
            return _of_gradient(interpreter, found, chosen)
        judged = _found(interpreter, found, chosen.node)
        if judged is None:
            return _measured(interpreter, found, chosen)
        held, uphill = judged
        training.implied = held.pairs[-1][1], held._replace(pairs=())
    pairs, end = held.pairs, _added(interpreter, held)
    interpreter.note(
        said("notes.implied_loss", loss=_loss_of(held, sum(count(found.shapes[i]) for _, i in pairs)), name=NAME)
    )
    return Output(end, graded=uphill)


def _of_gradient(interpreter: Interpreter, found: Candidates, chosen: Output) -> Output:
    """The output; of a text that begins with the gradient of a loss that it does not write down, that loss."""
    errors = stated(interpreter, found, chosen.node)
    if errors is None:
        return chosen
    interpreter.note(said("notes.stated_loss", loss=_loss_of(errors, count(found.shapes[chosen.node])), name=NAME))
    return Output(_added(interpreter, errors), graded=True)


def _measured(interpreter: Interpreter, found: Candidates, chosen: Output) -> Output:
    """The output; of a training whose output would be an array, the last number with a name that a turn computes from
    what is trained, such as the error of a step, so that there is a course."""
    nodes = found.nodes
    if not single(found.shapes, chosen.node) or nodes[chosen.node].name is None:
        judged = judged_after(interpreter, found)
        if judged is not None:
            return Output(judged)
    if single(found.shapes, chosen.node):
        return chosen
    led = reach(nodes, sorted({*found.became, *found.became.values()}))
    loops = interpreter.training.loops
    first, _, end = loops.trained[-1].own.last
    numbers = [
        i
        for i in range(first, end)
        if led[i]
        and nodes[i].name is not None
        and nodes[i].inputs
        and nodes[i].kind == "float"
        and single(found.shapes, i)
        and not RATES.fullmatch(plain(nodes[i].name or ""))
    ]
    # `delta` is an error here, if nothing else has a name.
    numbers = [i for i in numbers if not like_gradient(nodes[i].name or "")] or numbers
    turn = loops.last_turn(numbers[-1]) if numbers else None
    before = [] if turn is None else [i for i in numbers if turn[0] <= i < turn[1]]
    return Output((before or numbers)[-1]) if numbers else chosen


def _loss_of(errors: Errors, size: int) -> str:
    """What a loss is called. size: how many errors it adds up."""
    if errors.kind != SQUARES:
        return said("notes.loss_of_logits", scale=f"{errors.scale:g}")
    if errors.scale == 1.0:
        return said("notes.loss_half_squares")
    if math.isclose(errors.scale * size, 2.0):
        return said("notes.loss_mean_squares")
    if math.isclose(errors.scale * size, 1.0):
        return said("notes.loss_half_mean_squares")
    return said("notes.loss_squares", scale=f"{errors.scale / 2:g}")


def _found(interpreter: Interpreter, found: Candidates, chosen: int) -> tuple[Errors, bool] | None:
    """The errors of the last turn, of which kind their loss is, and whether what the steps follow is its gradient, and
    not a multiple of that; None where they follow neither, or the output that was chosen is a number beyond them."""
    nodes, loops = found.nodes, interpreter.training.loops
    pair = compared(found)
    if pair is None:
        return None
    error, out = pair
    if single(found.shapes, chosen) and chosen not in pair:
        beyond, on_the_way = reach(nodes, [out])[chosen], ancestors(nodes, [out])[chosen]
        if beyond or (nodes[chosen].name is not None and not on_the_way):
            return None
    turn = loops.last_turn(error)
    if turn is None or error >= turn[1]:
        return None
    slot = nodes[error].inputs.index(out)
    said = nodes[error]
    alike = [i for i in range(turn[0], turn[1]) if nodes[i].span == said.span and nodes[i].op is said.op]
    pairs = tuple([(nodes[i].inputs[slot], i) for i in alike])
    steps = [(old, found.steps[new]) for old, new in found.became.items() if new >= turn[1] and new in found.steps]
    sign = 1 if slot == 0 else -1
    asked = steps[-_ASKED:]
    arrays = [(old, new) for old, new in asked if count(found.shapes[old]) > 1]
    for kind in (SQUARES, ENTROPIES, CLASSES):
        errors = Errors(kind, 1.0, sign, pairs)
        scales = _scales(found, errors)
        ratios = [_ratios(interpreter, errors, old, new, scales) for old, new in arrays or asked]
        most = _agreed([each[0][0] for each in ratios if each]) if arrays else _agreed_by_numbers(ratios, scales)
        if most is not None:
            scale = _near(abs(most), scales)
            return errors._replace(scale=scale or 1.0), scale is not None and most > 0
    return None


def _agreed(ratios: Sequence[float]) -> float | None:
    """The ratio that most leaves have."""
    return Counter([round(ratio, 6) for ratio in ratios]).most_common(1)[0][0] if ratios else None


def _agreed_by_numbers(ratios: Sequence[Sequence[tuple[float, bool]]], scales: Sequence[float]) -> float | None:
    """The same of leaves that are single numbers. One number is in proportion to any other, so all leaves must have the
    ratio, several of them, or a likely one has the name of a gradient."""
    for ratio, named in [each for leaf in ratios for each in leaf]:
        if named and _near(abs(ratio), scales) is not None:
            return ratio
        alike = [any(abs(other - ratio) <= _NEAR * abs(ratio) for other, _ in leaf) for leaf in ratios]
        if len(ratios) > 1 and all(alike):
            return ratio
    return None


def _near(size: float, scales: Sequence[float]) -> float | None:
    return next((each for each in scales if abs(size - each) <= _NEAR * each), None)


def _scales(found: Candidates, errors: Errors) -> list[float]:
    """How many times half of the squares, or the cross-entropy, a loss may be, the likeliest first."""
    counts = [1, len(errors.pairs), *found.shapes[errors.pairs[-1][1]]]
    return [scale / n for n in dict.fromkeys(counts) for scale in (1.0, 2.0, 0.5)]


def _ratios(
    interpreter: Interpreter, errors: Errors, old: int, new: int, scales: Sequence[float]
) -> list[tuple[float, bool]]:
    """How many times the slope of the loss what the step `new` of the leaf `old` adds up may be: first the sizes among
    `scales`, in their order, then others. Each with whether it is called the gradient."""
    graph = interpreter.graph
    slopes = slopes_by(interpreter, errors, old)
    if slopes is None:
        return []
    ratios, named, own = [], [], called(graph.nodes[old].name or "")
    for i in followed_in(interpreter, old, new):
        ratio = times_slope(interpreter, i, slopes)
        if ratio is not None:
            ratios.append(ratio)
            if tells_of(plain(graph.nodes[i].name or ""), own):
                named.append(ratio)
    # `D_m = (-2 / n) * sum(...)` says which of the multiples is the gradient.
    likely = [
        (ratio, among is named)
        for among in (named, ratios)
        for scale in scales
        for ratio in among
        if abs(abs(ratio) - scale) <= _NEAR * scale
    ]
    sizes = [abs(ratio) for ratio, _ in likely]
    if errors.kind == CLASSES and max(sizes, default=0.0) > (1 + _NEAR) * min(sizes, default=0.0):
        # `dz = p - t` and `dW = dz @ x.T / n`: of a sum or of a mean, one of them would be told as wrong.
        return []
    return [*likely, *[(ratio, False) for ratio in ratios]]


def _added(interpreter: Interpreter, errors: Errors) -> int:
    """The node of the loss, which is written after the text."""
    graph = interpreter.graph
    span = graph.nodes[errors.pairs[-1][1]].span
    assert span is not None
    graph.begin(NAME)

    def made(op: str, *inputs: int, **attrs: Any) -> int:
        return graph.operation(REGISTRY[op], inputs, attrs, span).index

    def added_up(index: int) -> int:
        return made("sum", index, axis=None, keepdims=False)

    def scaled(by: float, index: int) -> int:
        return made("multiply", graph.number(by, span).index, index)

    total: int | None = None
    for out, error in errors.pairs:
        if errors.kind == SQUARES:
            one = scaled(0.5 * errors.scale, added_up(made("multiply", error, error)))
        else:
            first, second = graph.nodes[error].inputs
            label, whole = (second if errors.sign == 1 else first), graph.number(1.0, span).index
            told = made("multiply", label, made("log", out))
            if errors.kind == ENTROPIES:
                is_none = made("multiply", made("subtract", whole, label), made("log", made("subtract", whole, out)))
                told = made("add", told, is_none)
            one = scaled(-errors.scale, added_up(told))
        total = one if total is None else made("add", total, one)
    assert total is not None
    graph.nodes[total] = graph.nodes[total]._replace(id=graph.statement, name=NAME)
    return total
