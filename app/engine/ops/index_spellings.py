"""How a constant index is written in each language, and what reads or stores at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.ops.call_latex import index_latex
from app.engine.ops.index_array import IndexArray, index_parts
from app.engine.ops.places import Index, has_arrays, repeats
from app.engine.ops.printed import join
from app.engine.ops.spellings import torch_parts
from app.engine.ops.word import Spelling

_SHOWN = 6
"""Of a longer index array, a label shows so many numbers."""


def index_text(index: Index, array: Callable[[IndexArray], str] | None = None) -> str:
    """A constant index as Python writes it between square brackets. array: how index arrays are written; by default as
    lists, where NumPy takes a list."""
    return ", ".join(index_parts(index, array or _listed)) or "()"


def index_label(index: Index) -> str:
    """As `index_text`, long arrays cut short: to be read."""
    return index_text(index, _short)


def _short(item: IndexArray) -> str:
    size = item.array.size
    if size <= _SHOWN:
        return str(item.array.tolist())
    shown = ", ".join(map(str, item.array.ravel()[: _SHOWN - 1]))
    return f"[{shown}, … {size - _SHOWN + 1:,} more]"


def _listed(item: IndexArray) -> str:
    if not item.array.size:
        return f"np.zeros({item.shape}, dtype=int)"
    listed = str(item.array.tolist())
    return listed if len(item.shape) == 1 else f"np.array({listed})"


def _in_jax(item: IndexArray) -> str:
    listed = _listed(item)
    return f"np.array({listed})" if listed.startswith("[") else listed


def _in_torch(item: IndexArray) -> str:
    if not item.array.size:
        return f"torch.zeros({item.shape}, dtype=torch.long)"
    listed = str(item.array.tolist())
    return listed if len(item.shape) == 1 else f"torch.tensor({listed})"


def _in_kernel(item: IndexArray) -> str:
    """As bytes, which a compiled function keeps. Braces are escaped, as kernels are made of templates."""
    array = item.array.astype(np.min_scalar_type(int(item.array.max(initial=0))))
    data = repr(array.tobytes()).replace("{", r"\x7b").replace("}", r"\x7d")
    shape = "" if array.ndim == 1 else f".reshape({array.shape})"
    return f"frombuffer({data}, {array.dtype.str[1:]!r}){shape}"


def taken(array: Callable[[IndexArray], str]) -> Spelling:
    """`x[index]`."""
    return lambda args, options: args[0] + f"[{index_text(options[0], array)}]"


numpy_take, kernel_take, jax_take = taken(_listed), taken(_in_kernel), taken(_in_jax)


def torch_take(args: list[str], options: tuple[Any, ...]) -> str:
    """`x[index]`. PyTorch knows no steps below zero, and where integers or an `...` stand beside arrays it orders the
    axes otherwise than NumPy: there the places are counted out."""
    index = options[0]
    backwards = any(isinstance(item, slice) and item.step is not None and item.step < 0 for item in index)
    mixed = has_arrays(index) and not all(isinstance(item, slice | IndexArray) for item in index)
    if backwards or mixed:
        return f"picked({args[0]}, {_places(index)})"
    return f"{args[0]}[{index_text(index, _in_torch)}]"


def _places(index: Index) -> str:
    """An index as an argument of a helper that is written with NumPy, whatever the language around it."""
    return f"np.s_[{index_text(index, lambda item: str(item.array.tolist()))}]"


def placed(array: Callable[[IndexArray], str]) -> Spelling:
    """Zeros with x at the index; where a place is there twice, both add up."""

    def spell(args: list[str], options: tuple[Any, ...]) -> str:
        index, shape = options
        helper = "scatter" if repeats(shape, index) else "place"
        return f"{helper}(" + args[0] + f", np.s_[{index_text(index, array)}], {shape})"

    return spell


numpy_put, kernel_put = placed(_listed), placed(_in_kernel)


def stored(helper: str, array: Callable[[IndexArray], str]) -> Spelling:
    """A copy of x with a value stored at, or added to, the index: by a helper."""
    return lambda args, options: f"{helper}(" + args[0] + f", np.s_[{index_text(options[0], array)}], " + args[1] + ")"


def numpy_stored(helper: str) -> Spelling:
    return stored(helper, _listed)


def kernel_stored(helper: str) -> Spelling:
    return stored(helper, _in_kernel)


def latex_stored(name: str) -> Spelling:
    """`put` or `add` with the index below it."""

    def spell(args: list[str], options: tuple[Any, ...]) -> str:
        return rf"\mathrm{{{name}}}_{{{index_latex(options[0])}}}\left(" + join(", ", args) + r"\right)"

    return spell


def torch_stored(helper: str) -> Spelling:
    def spell(args: list[str], options: tuple[Any, ...]) -> str:
        return f"{helper}({args[0]}, {_places(options[0])}, {torch_parts(args[1:])})"

    return spell


def jax_stored(method: str) -> Spelling:
    """`x.at[index].set(value)`."""
    return lambda args, options: f"{args[0]}.at[{index_text(options[0], _in_jax)}].{method}({args[1]})"
