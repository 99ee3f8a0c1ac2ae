"""The words that rules are written with, each with its spellings side by side.

A dialect prints an expression for one reader:

    NUMPY    for people: code that runs with nothing but `import numpy as np`
    ARRAY    for the engine, on arrays: the same arithmetic in NumPy's quickest spelling
    SCALAR   for the engine, on Python floats with `math` (10-20 times quicker than 0-d arrays)
    IEEE     for the engine, where SCALAR or ARRAY raised: Python raises on 1/0, exp(1000) or log(0) and turns
             (-8) ** (1/3) complex, where IEEE arithmetic gives inf or nan; these spellings never do
    LATEX    for the page

Spellings are templates over already printed operands, or functions of (operands, options) where a word has options.
Operands are bracketed by precedence, so compound operands are safe in every dialect.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Spelling = str | Callable[[list[str], tuple[Any, ...]], str]

ATOM, POWER, SIGN, PRODUCT, SUM, AND, OR, COMPARISON, CHOICE = 100, 30, 25, 20, 10, 8, 6, 5, 1


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `array`, `scalar` and `ieee` default to `numpy`, `array` in turn; `binds` is the precedence of the
    result and `needs` the least precedence of each operand (ATOM-bracketing calls need nothing)."""

    numpy: Spelling
    latex: Spelling
    array: Spelling | None = None
    scalar: Spelling | None = None
    ieee: Spelling | None = None
    binds: int = ATOM
    needs: tuple[int, ...] = ()
    latex_binds: int | None = None
    latex_needs: tuple[int, ...] | None = None


def index_text(index: tuple[Any, ...]) -> str:
    """A constant index as Python writes it between square brackets."""
    parts = []
    for item in index:
        if isinstance(item, slice):
            bounds = ["" if bound is None else str(bound) for bound in (item.start, item.stop)]
            step = "" if item.step is None else f":{item.step}"
            parts.append(":".join(bounds) + step)
        elif item is Ellipsis:
            parts.append("...")
        else:
            parts.append(str(item))
    return ", ".join(parts) if parts else "()"


def _axis_options(options: tuple[Any, ...]) -> str:
    axes, keepdims = options
    text = ""
    if axes is not None:
        text += f", axis={axes[0] if len(axes) == 1 else axes}"
    return text + (", keepdims=True" if keepdims else "")


def _reduction(function: str) -> Spelling:
    return lambda args, options: f"{function}({args[0]}{_axis_options(options)})"


def _ufunc_reduce(function: str) -> Spelling:
    # Positional: ufunc.reduce(array, axis, dtype, out, keepdims); a third quicker than the keyword form of np.sum.
    def spell(args: list[str], options: tuple[Any, ...]) -> str:
        axes, keepdims = options
        axis = axes[0] if axes is not None and len(axes) == 1 else axes
        return f"{function}({args[0]}, {axis}{', None, None, True' if keepdims else ''})"

    return spell


def _latex_reduction(symbol: str) -> Spelling:
    def spell(args: list[str], options: tuple[Any, ...]) -> str:
        axes = options[0]
        below = "" if axes is None else rf"_{{\text{{axis }}{','.join(map(str, axes))}}}"
        return rf"{symbol}{below} {args[0]}"

    return spell


def _infix(symbol: str, level: int, latex: str | None = None, **other: Any) -> Word:
    text = f"{{0}} {symbol} {{1}}"
    return Word(text, latex if latex is not None else text, binds=level, needs=(level, level + 1), **other)


def _function(numpy_name: str, latex: str, *, array: str | None = None, scalar: str | None = None) -> Word:
    bare = array or numpy_name
    return Word(
        f"{numpy_name}({{0}})",
        latex,
        array=f"{bare}({{0}})",
        scalar=f"{scalar}({{0}})" if scalar else None,
    )


def _several(numpy_form: str, latex: str, scalar: str) -> Word:
    """A function of any number of scalars."""

    def listing(form: str) -> Spelling:
        return lambda args, options: form.format(", ".join(args))

    return Word(listing(numpy_form), listing(latex), scalar=listing(scalar))


_TRANSPOSED_LATEX = r"{0}^{{\top}}"


def _transpose_numpy(args: list[str], options: tuple[Any, ...]) -> str:
    axes = options[0]
    if axes == tuple(reversed(range(len(axes)))):
        return f"{args[0]}.T"
    return f"{args[0]}.transpose({', '.join(map(str, axes))})"


def _joined(function: str) -> Spelling:
    return lambda args, options: f"{function}(({', '.join(args)},), axis={options[0]})"


WORDS: Mapping[str, Word] = {
    "add": _infix("+", SUM),
    "sub": _infix("-", SUM),
    "mul": _infix("*", PRODUCT, latex=r"{0} \cdot {1}"),
    # A number times a mask. NumPy multiplies floats by floats a third quicker than by booleans, conversion included.
    "gate": Word(
        "{0} * {1}",
        r"{0} \cdot \left[{1}\right]",
        array="{0} * {1}.astype(float)",
        scalar="{0} * {1}",
        ieee="{0} * {1}",
        binds=PRODUCT,
        needs=(PRODUCT, PRODUCT + 1),
        latex_needs=(PRODUCT, 0),
    ),
    "div": Word(
        "{0} / {1}",
        r"\frac{{{0}}}{{{1}}}",
        ieee="np.divide({0}, {1})",
        binds=PRODUCT,
        needs=(PRODUCT, PRODUCT + 1),
        latex_binds=ATOM,
        latex_needs=(0, 0),
    ),
    "matmul": Word("{0} @ {1}", r"{0}\,{1}", array="matmul({0}, {1})", binds=PRODUCT, needs=(PRODUCT, PRODUCT + 1)),
    "dot": Word("{0} @ {1}", r"{0}\,{1}", array="dot({0}, {1})", binds=PRODUCT, needs=(PRODUCT, PRODUCT + 1)),
    "pow": Word(
        "{0} ** {1}",
        "{0}^{{{1}}}",
        scalar="pow({0}, {1})",
        ieee="np.power({0}, {1})",
        binds=POWER,
        needs=(POWER + 1, SIGN),
        latex_needs=(POWER + 1, 0),
    ),
    "neg": Word("-{0}", "-{0}", binds=SIGN, needs=(SIGN,)),
    "gt": _infix(">", COMPARISON),
    "ge": _infix(">=", COMPARISON, latex=r"{0} \ge {1}"),
    "lt": _infix("<", COMPARISON),
    "le": _infix("<=", COMPARISON, latex=r"{0} \le {1}"),
    "eq": _infix("==", COMPARISON, latex="{0} = {1}"),
    "ne": _infix("!=", COMPARISON, latex=r"{0} \ne {1}"),
    "and": _infix("&", AND, latex=r"{0} \wedge {1}"),
    "or": _infix("|", OR, latex=r"{0} \vee {1}"),
    "not": Word("np.logical_not({0})", r"\neg {0}", scalar="(not {0})", needs=(ATOM,)),
    "float": Word(
        "np.float64({0})",
        r"\left[{0}\right]",
        array="{0}.astype(float)",
        scalar="float({0})",
        ieee="np.float64({0})",
        needs=(ATOM,),
    ),
    "exp": _function("np.exp", "e^{{{0}}}", array="exp", scalar="math.exp"),
    "log": _function("np.log", r"\ln\left({0}\right)", array="log", scalar="math.log"),
    "log1p": _function("np.log1p", r"\ln\left(1 + {0}\right)", array="log1p", scalar="math.log1p"),
    "expm1": _function("np.expm1", r"\mathrm{{expm1}}\left({0}\right)", array="expm1", scalar="math.expm1"),
    "sqrt": _function("np.sqrt", r"\sqrt{{{0}}}", array="sqrt", scalar="math.sqrt"),
    "sin": _function("np.sin", r"\sin\left({0}\right)", array="sin", scalar="math.sin"),
    "cos": _function("np.cos", r"\cos\left({0}\right)", array="cos", scalar="math.cos"),
    "tanh": _function("np.tanh", r"\tanh\left({0}\right)", array="tanh", scalar="math.tanh"),
    "abs": _function("np.abs", r"\left|{0}\right|", array="absolute", scalar="abs"),
    "sign": Word(
        "np.sign({0})",
        r"\operatorname{{sign}}\left({0}\right)",
        scalar="(1.0 if {0} > 0.0 else -1.0 if {0} < 0.0 else {0})",
        needs=(0,),
    ),
    "erf": _function("erf", r"\operatorname{{erf}}\left({0}\right)", scalar="math.erf"),
    "maximum": Word(
        "np.maximum({0}, {1})",
        r"\max\left({0}, {1}\right)",
        array="maximum({0}, {1})",
        # The middle test lets a NaN through, as np.maximum does and Python's max does not.
        scalar="({0} if {0} >= {1} or {0} != {0} else {1})",
        needs=(0, 0),
    ),
    "minimum": Word(
        "np.minimum({0}, {1})",
        r"\min\left({0}, {1}\right)",
        array="minimum({0}, {1})",
        scalar="({0} if {0} <= {1} or {0} != {0} else {1})",
        needs=(0, 0),
    ),
    "where": Word(
        "np.where({0}, {1}, {2})",
        r"\begin{{cases}}{1} & \text{{if }} {0}\\ {2} & \text{{otherwise}}\end{{cases}}",
        array="where({0}, {1}, {2})",
        scalar="({1} if {0} else {2})",
        needs=(0, 0, 0),
    ),
    "sum": Word(_reduction("np.sum"), _latex_reduction(r"\sum"), array=_ufunc_reduce("add_reduce"), latex_binds=SUM),
    "max": Word(_reduction("np.max"), _latex_reduction(r"\max"), array=_ufunc_reduce("max_reduce"), latex_binds=SUM),
    "min": Word(_reduction("np.min"), _latex_reduction(r"\min"), array=_ufunc_reduce("min_reduce"), latex_binds=SUM),
    "share": Word(
        lambda args, options: f"share({args[0]}{_axis_options((options[0], False))})",
        lambda args, options: rf"\frac{{{args[0]}}}{{\sum {args[0]}}}",
    ),
    "largest_of": _several("np.max([{0}])", r"\max\left({0}\right)", "largest_of({0})"),
    "smallest_of": _several("np.min([{0}])", r"\min\left({0}\right)", "smallest_of({0})"),
    "ties_of": Word(
        lambda args, options: f"np.sum(np.equal([{', '.join(args[1:])}], {args[0]}))",
        lambda args, options: rf"\#\left\{{{','.join(args[1:])} = {args[0]}\right\}}",
        scalar=lambda args, options: f"ties_of({', '.join(args)})",
    ),
    "reshape": Word(
        lambda args, options: (
            f"{args[0]}.reshape({', '.join(map(str, options[0]))})" if options[0] else f"{args[0]}.reshape(())"
        ),
        "{0}",
        needs=(ATOM,),
        latex_needs=(0,),
    ),
    "transpose": Word(_transpose_numpy, _TRANSPOSED_LATEX, needs=(ATOM,)),
    "spread": Word(
        lambda args, options: f"np.broadcast_to({args[0]}, {options[0]})",
        lambda args, options: rf"\mathbf{{1}}\,{args[0]}",
        # Multiplying by ones costs a third of np.broadcast_to and gives an array of its own.
        array=lambda args, options: f"(filled({options[0]}, 1.0) * {args[0]})",
        latex_needs=(PRODUCT,),
        needs=(PRODUCT + 1,),
    ),
    "filled": Word(
        lambda args, options: f"np.full({options[0]}, {options[1]!r})",
        lambda args, options: rf"\mathbf{{{options[1]:g}}}",
        array=lambda args, options: f"filled({options[0]}, {options[1]!r})",
        scalar=lambda args, options: repr(options[1]),
    ),
    "take": Word(
        lambda args, options: f"{args[0]}[{index_text(options[0])}]",
        lambda args, options: rf"{args[0]}_{{[{index_text(options[0])}]}}",
        needs=(ATOM,),
    ),
    "put": Word(
        lambda args, options: f"place({args[0]}, np.s_[{index_text(options[0])}], {options[1]})",
        lambda args, options: rf"\mathrm{{place}}\left({args[0]}, [{index_text(options[0])}]\right)",
    ),
    "concatenate": Word(_joined("np.concatenate"), lambda args, options: r"\left[" + r",\;".join(args) + r"\right]"),
    "stack": Word(_joined("np.stack"), lambda args, options: r"\left[" + r",\;".join(args) + r"\right]"),
}

ANALYTIC = frozenset(
    {
        "add",
        "sub",
        "mul",
        "div",
        "matmul",
        "dot",
        "pow",
        "neg",
        "exp",
        "log",
        "log1p",
        "expm1",
        "sqrt",
        "sin",
        "cos",
        "tanh",
    }
    | {"sum", "reshape", "transpose", "spread", "filled", "take", "put", "concatenate", "stack"}
)
"""Words that take complex numbers as they take real ones, without corners or choices. An op made of these alone can be
passed by a complex step."""

HELPERS: Mapping[str, str] = {
    "erf": "from math import erf as _erf\nerf = np.vectorize(_erf, otypes=[float])  # NumPy has no erf of its own",
    "share": (
        "def share(winners, axis=None):\n"
        '    """Winners share what there is equally."""\n'
        "    return winners / np.sum(winners, axis=axis, keepdims=True)"
    ),
    "place": (
        "def place(x, index, shape):\n"
        '    """Zeros of the given shape with x at the index."""\n'
        "    out = np.zeros(shape)\n"
        "    out[index] = x\n"
        "    return out"
    ),
}
"""Python that some words need: printed above emitted code that uses them, and executed for the engine's own."""
