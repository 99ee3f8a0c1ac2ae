"""Words that multiply up, add up step by step, and sort along an axis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.engine.ops.expression import Apply, Expr, along
from app.engine.ops.printed import fill, join
from app.engine.ops.spellings import axis_options, reduced, torch_axes
from app.engine.ops.word import ATOM, Spelling, Word

prod = along("prod")
argmax = along("argmax")
"""The number of the largest element along an axis, or of all; of equal ones the first."""
argmin = along("argmin")


def others(x: Expr, axes: tuple[int, ...], n: int) -> Expr:
    """For each element, the product of the others along these axes, without a division: the element may be 0. n: how
    many elements there are along the axes."""
    return Apply("others", (x,), (axes, n))


def cumsum(x: Expr, axis: int) -> Expr:
    """The sums of the first elements along an axis, one more each."""
    return Apply("cumsum", (x,), (axis,))


def argsort(x: Expr, axis: int, *, stable: bool) -> Expr:
    """The order of the elements along an axis. stable: whether equal ones stay in theirs."""
    return Apply("stable_argsort" if stable else "argsort", (x,), (axis,))


def ordered(x: Expr, axis: int) -> Expr:
    """The elements along an axis in ascending order."""
    return Apply("ordered", (x,), (axis,))


def in_order_of(x: Expr, of: Expr, axis: int) -> Expr:
    """The elements of x in the order that sorts another array."""
    return Apply("in_order_of", (x, of), (axis,))


def back_in_place(x: Expr, of: Expr, axis: int) -> Expr:
    """The transpose of `in_order_of`: each element where it was before."""
    return Apply("back_in_place", (x, of), (axis,))


def _along(form: str) -> Spelling:
    return lambda args, options: fill(form, *args, axis=str(options[0]))


def _picking(function: str, axes: Callable[[tuple[Any, ...]], str] = axis_options) -> Spelling:
    return lambda args, options: f"{function}(" + args[0] + axes(_as_axes(options)) + ")"


def _as_axes(options: tuple[Any, ...]) -> tuple[Any, ...]:
    axis, keepdims = options
    return None if axis is None else (axis,), keepdims


def _others(args: list[str], options: tuple[Any, ...]) -> str:
    axes, n = options
    return "product_of_others(" + args[0] + f", {axes}, {tuple(range(-len(axes), 0))}, {n})"


def _torch_prod(args: list[str], options: tuple[Any, ...]) -> str:
    """PyTorch takes one axis at a time."""
    axes, keepdims = options
    if axes is None:
        return f"torch.prod({args[0]})"
    text = args[0]
    for axis in reversed(axes):
        text = f"torch.prod({text}, dim={axis}{', keepdim=True' if keepdims else ''})"
    return text


def _latex(name: str) -> Spelling:
    return lambda args, options: rf"\operatorname{{{name}}}\left(" + join(", ", args) + r"\right)"


WORDS: Mapping[str, Word] = {
    "prod": replace(reduced("prod", r"\prod", "np.multiply.reduce", "torch.prod"), torch=_torch_prod),
    "others": Word(_others, r"\prod_{{\text{{others}}}} {0}", latex_needs=(ATOM,)),
    "cumsum": Word(
        _along("np.cumsum({0}, axis={axis})"), _latex("cumsum"), torch=_along("torch.cumsum({0}, dim={axis})")
    ),
    "argmax": Word(_picking("np.argmax"), _latex("argmax"), torch=_picking("torch.argmax", torch_axes)),
    "argmin": Word(_picking("np.argmin"), _latex("argmin"), torch=_picking("torch.argmin", torch_axes)),
    "argsort": Word(
        _along("np.argsort({0}, axis={axis})"), _latex("argsort"), torch=_along("torch.argsort({0}, dim={axis})")
    ),
    "stable_argsort": Word(
        _along('np.argsort({0}, axis={axis}, kind="stable")'),
        _latex("argsort"),
        torch=_along("torch.argsort({0}, dim={axis}, stable=True)"),
        jax=_along("np.argsort({0}, axis={axis})"),
    ),
    "ordered": Word(
        _along("np.sort({0}, axis={axis})"),
        _latex("sort"),
        torch=_along("torch.sort({0}, dim={axis}, stable=True).values"),
    ),
    "in_order_of": Word(_along("in_order_of({0}, {1}, {axis})"), _latex("order")),
    "back_in_place": Word(_along("back_in_place({0}, {1}, {axis})"), _latex("back")),
}

HELPERS: Mapping[str, str] = {
    "product_of_others": (
        "def product_of_others(x, axes, ends, n):\n"
        '    """For each element the product of the others along the axes: from the left times from the right."""\n'
        "    rows = np.moveaxis(x, axes, ends)\n"
        "    flat = rows.reshape(*rows.shape[: ends[0]], n)\n"
        "    one = np.ones_like(flat[..., :1])\n"
        "    left = np.cumprod(np.concatenate((one, flat[..., :-1]), axis=-1), axis=-1)\n"
        "    right = np.cumprod(np.concatenate((one, flat[..., :0:-1]), axis=-1), axis=-1)[..., ::-1]\n"
        "    return np.moveaxis((left * right).reshape(rows.shape), ends, axes)"
    ),
    "in_order_of": (
        "def in_order_of(x, of, axis):\n"
        '    """x in the order that sorts another array."""\n'
        '    return np.take_along_axis(x, np.argsort(of, axis=axis, kind="stable"), axis)'
    ),
    "back_in_place": (
        "def back_in_place(x, of, axis):\n"
        '    """What was sorted along the axis, each number where it was before."""\n'
        "    out = np.empty(of.shape)\n"
        '    np.put_along_axis(out, np.argsort(of, axis=axis, kind="stable"), x, axis)\n'
        "    return out"
    ),
}
"""Helpers in NumPy; see `helpers.py`."""
