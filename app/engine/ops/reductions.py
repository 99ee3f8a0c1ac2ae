"""Reductions along axes: sum, mean, var, max, min."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.errors import ShapeError
from app.engine.ops import grad_names
from app.engine.ops import tensor_reasons as reasons
from app.engine.ops.axes import count, normal_axes, reduced, reduced_axes, show_shape
from app.engine.ops.call_latex import axes_below, operator, reduction
from app.engine.ops.expression import Expr, Shape, gate
from app.engine.ops.registry import Call, Kink, Op, Parameter, linear, tensor_op
from app.engine.ops.rule_words import as_float, equal, largest, reshape, smallest, spread, total
from app.engine.wording import said

AXIS = (Parameter("axis", form="axis"), Parameter("keepdims", False, form="flag"))


def _var_below(call: Call) -> str:
    """The subscript of var: the axes and ddof, each unless it is the default."""
    ddof = call.attrs["ddof"]
    return ",\\,".join(filter(None, [axes_below(call), rf"\mathrm{{ddof}} = {ddof}" if ddof else ""]))


def all_axes(call: Call) -> tuple[int, ...]:
    return reduced_axes(call.attrs["axis"], len(call.shapes[0]))


def _averaged(call: Call) -> Shape:
    """The shape of a reduction that divides by the lengths of its axes: NumPy wants each of them to be there."""
    normal_axes(call.attrs["axis"], len(call.shapes[0]))
    return _some(call)


def plain_axes(call: Call) -> tuple[int, ...] | None:
    """The axes; None if all are reduced, which is the usual spelling and the fastest."""
    axes = all_axes(call)
    return None if len(axes) == len(call.shapes[0]) and not call.attrs["keepdims"] else axes


def reduced_shape(call: Call) -> Shape:
    return reduced(call.shapes[0], all_axes(call), call.attrs["keepdims"])


def _some(call: Call) -> Shape:
    """The shape of a reduction that needs at least one element. Raises ShapeError."""
    if merged(call) == 0:
        raise ShapeError(said("shapes.reduction_of_nothing", shapes=show_shape(call.shapes[0])))
    return reduced_shape(call)


def merged(call: Call) -> int:
    """How many elements each result is made of."""
    shape = call.shapes[0]
    return count(tuple(shape[a] for a in all_axes(call)))


def aligned(call: Call, x: Expr) -> Expr:
    """A result (or its adjoint) with the reduced axes as length 1, so that it broadcasts against the input."""
    kept = reduced(call.shapes[0], all_axes(call), True)
    return x if kept == call.shape or not call.shape else reshape(x, kept)


def _back(call: Call, g: Expr) -> Expr:
    """`g` copied to every element that was reduced."""
    return spread(aligned(call, g), call.shapes[0]) if call.shapes[0] != call.shape else g


def reduced_by(word: Callable[..., Expr]) -> Callable[[Call, Expr], Expr]:
    """A word along the axes of the call; a number stays as it is."""
    return lambda call, x: word(x, plain_axes(call), call.attrs["keepdims"]) if call.shapes[0] else x


_sum = reduced_by(total)


def _mean(call: Call, x: Expr) -> Expr:
    return _sum(call, x) / float(merged(call))


def _centred(call: Call, x: Expr) -> Expr:
    return x - total(x, all_axes(call), True) / float(merged(call)) if call.shapes[0] else x - x


def _degrees(call: Call) -> float:
    ddof = call.attrs["ddof"]
    n = merged(call) - ddof
    if n <= 0:
        raise ShapeError(said("shapes.var_elements_too_few", ddof=ddof, call=merged(call)))
    return float(n)


def _var(call: Call, x: Expr) -> Expr:
    centred = _centred(call, x)
    return _sum(call, centred * centred) / _degrees(call)


def _var_shape(call: Call) -> Shape:
    _degrees(call)
    return _averaged(call)


def _grouped(call: Call, x: Any) -> Any:
    """The elements of each result, in the order of the result: an object array of lists."""
    axes = all_axes(call)
    rest = tuple(i for i in range(x.ndim) if i not in axes)
    flat = x.transpose(rest + axes).reshape(count(call.shape), merged(call))
    return [list(row) for row in flat]


def reduce_elements(reduce: Callable[[Any, list[Any], Call], Any]) -> Callable[[Call, Any, list[Any]], Any]:
    def elements(call: Call, write: Any, xs: list[Any]) -> Any:
        results = np.empty(count(call.shape), dtype=object)
        for i, row in enumerate(_grouped(call, xs[0])):
            results[i] = reduce(write, row, call)
        return results.reshape(call.shape)

    return elements


def _var_of(write: Any, row: list[Any], call: Call) -> Any:
    mean = write("divide", write.sum(row), write.constant(float(len(row))))
    centred = [write("subtract", x, mean) for x in row]
    return write("divide", write.sum([write("multiply", c, c) for c in centred]), write.constant(_degrees(call)))


def _extreme(name: str, word: Callable[..., Expr], summary: str) -> Op:
    def shared(call: Call, moved: Expr, y: Expr, x: Expr) -> Expr:
        """`moved` where an element is the extreme, divided by the number of ties; 0 elsewhere, even if it is inf."""
        winners = equal(x, aligned(call, y))
        axes = plain_axes(call)
        return gate(moved, winners) / total(winners, axes, axes is not None)

    def tied(call: Call, y: Expr, x: Expr) -> Expr:
        return total(as_float(equal(x, aligned(call, y))), all_axes(call), False) > 1 if call.shapes[0] else x < x

    def vjp(call: Call, g: Expr, y: Expr, x: Expr) -> tuple[Expr]:
        return (shared(call, aligned(call, g), y, x) if call.shapes[0] else g,)

    def jvp(call: Call, t: tuple[Expr, ...], y: Expr, x: Expr) -> Expr:
        return _sum(call, shared(call, t[0], y, x)) if call.shapes[0] else t[0]

    said = (reasons.LARGEST_SAYS, reasons.LARGEST_HANDS)
    says, hands = said if name == "max" else (reasons.SMALLEST_SAYS, reasons.SMALLEST_HANDS)
    return tensor_op(
        name,
        kind="reduction",
        parameters=AXIS,
        shape=_some,
        forward=reduced_by(word),
        vjp=vjp,
        jvp=jvp,
        elements=reduce_elements(lambda write, row, call: write(f"{name}_of", *row) if len(row) > 1 else row[0]),
        numpy=(name, f"a{name}"),
        of_masks="mask",
        grad_name=grad_names.extreme(name),
        options=frozenset({"where", "initial"}),
        method=True,
        bare=False,
        result="same",
        label=name,
        latex=operator(name, axes_below),
        kink=Kink(tied, f"several elements are the {name}: they share the gradient equally"),
        summary=summary,
        example=f"np.{name}(A, axis=1)",
        says=says,
        hands=hands,
    )


OPS: tuple[Op, ...] = (
    tensor_op(
        "sum",
        kind="reduction",
        parameters=AXIS,
        shape=reduced_shape,
        forward=_sum,
        vjp=lambda call, g, y, x: (_back(call, g),),
        jvp=linear(_sum),
        elements=reduce_elements(lambda write, row, call: write.sum(row)),
        numpy=("sum",),
        totals="sum",
        grad_name=grad_names.reduced("Sum", 0),
        options=frozenset({"where", "initial", "dtype"}),
        identity=0,
        method=True,
        bare=False,
        result="same",
        label="Σ",
        latex=reduction(r"\sum"),
        summary="Adds up; every element receives a copy of the gradient.",
        example="np.sum(A * A, axis=0)",
        says=reasons.SUM_SAYS,
        hands=reasons.SUM_HANDS,
        because=reasons.SUM,
    ),
    tensor_op(
        "mean",
        kind="reduction",
        parameters=AXIS,
        shape=_averaged,
        forward=_mean,
        vjp=lambda call, g, y, x: (_back(call, g / float(merged(call))),),
        jvp=linear(_mean),
        elements=reduce_elements(
            lambda write, row, call: write("divide", write.sum(row), write.constant(float(len(row))))
        ),
        numpy=("mean",),
        totals="mean",
        grad_name=grad_names.reduced("Mean", 0),
        options=frozenset({"where", "dtype"}),
        identity=0,
        method=True,
        label="mean",
        latex=operator("mean", axes_below),
        summary="The average; each of n elements receives 1/n of the gradient.",
        example="np.mean(A * A, axis=1)",
        says=reasons.MEAN_SAYS,
        hands=reasons.MEAN_HANDS,
    ),
    tensor_op(
        "var",
        kind="reduction",
        parameters=(
            Parameter("axis", form="axis"),
            Parameter("ddof", 0, form="integer"),
            Parameter("keepdims", False, form="flag"),
        ),
        shape=_var_shape,
        forward=_var,
        vjp=lambda call, g, y, x: (aligned(call, g) * (2.0 / _degrees(call) * _centred(call, x)),),
        jvp=lambda call, t, y, x: _sum(call, 2.0 / _degrees(call) * _centred(call, x) * t[0]),
        elements=reduce_elements(_var_of),
        numpy=("var",),
        options=frozenset({"dtype"}),
        method=True,
        label="var",
        latex=operator("var", _var_below),
        summary="The mean squared distance from the mean; ddof=1 divides by n - 1.",
        example="np.var(A * A, axis=1)",
        says=reasons.VAR_SAYS,
        hands=reasons.VAR_HANDS,
        because=reasons.VAR,
    ),
    _extreme("max", largest, "The largest element; the gradient goes to it alone, ties share equally."),
    _extreme("min", smallest, "The smallest element; the gradient goes to it alone, ties share equally."),
)
