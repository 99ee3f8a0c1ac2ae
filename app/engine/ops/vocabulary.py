"""The words that rules are written with, each with its spellings side by side.

A dialect prints an expression for one reader:

    NUMPY    for people: code that runs with nothing but `import numpy as np`
    ARRAY    for the engine, on arrays: the same arithmetic in NumPy's quickest spelling
    SCALAR   for the engine, on Python floats with `math` (10-20 times quicker than 0-d arrays)
    IEEE     for the engine, where SCALAR or ARRAY raised: Python raises on 1/0, exp(1000) or log(0) and turns
             (-8) ** (1/3) complex, where IEEE arithmetic gives inf or nan; these spellings never do
    TORCH    for people: PyTorch, whose autograd differentiates what is written here
    JAX      for people: `jax.numpy`; most words are spelled as in NumPy
    MICROGRAD  for people: the few operations of micrograd's scalar `Value`. It has no other words
    LATEX    for the page

Only forward passes are written in PyTorch, JAX and micrograd, so words of the backward pass have no spelling there.
FUNCTIONS lists what some of them know by a name of its own.

Spellings are templates over already printed operands, or functions of (operands, options) where a word has options.
Operands are bracketed by precedence, so compound operands are safe in every dialect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Spelling = str | Callable[[list[str], tuple[Any, ...]], str]

ATOM, POWER, SIGN, PRODUCT, SUM, AND, OR, COMPARISON, CHOICE = 100, 30, 25, 20, 10, 8, 6, 5, 1


class Unspelled(Exception):
    """A reader's language does not have what was to be written. The message says what it has instead, if anything."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `array`, `scalar` and `ieee` default to `numpy`, `array` in turn, `jax` to `numpy`; without `torch` or
    `micrograd` it is not part of those languages; `binds` is the precedence of the
    result and `needs` the least precedence of each operand (ATOM-bracketing calls need nothing)."""

    numpy: Spelling
    latex: Spelling
    array: Spelling | None = None
    scalar: Spelling | None = None
    ieee: Spelling | None = None
    torch: Spelling | None = None
    jax: Spelling | None = None
    micrograd: Spelling | None = None
    binds: int = ATOM
    needs: tuple[int, ...] = ()
    latex_binds: int | None = None
    latex_needs: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """How languages spell a whole expression that they have a function for; the others write the expression.

    An autograd differentiates what is written. So this is not about beauty alone: relu is the maximum of x and 0, but
    where both are 0 the maximum shares the gradient and relu has none; and the slope of sigmoid, far out, is 0 only for
    those who know that it is one.
    """

    torch: Spelling | None = None
    jax: Spelling | None = None
    micrograd: Spelling | None = None


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


def _reduced(name: str, symbol: str, ufunc: str, torch: str) -> Word:
    return Word(
        _reduction(f"np.{name}"),
        _latex_reduction(symbol),
        array=_ufunc_reduce(ufunc),
        torch=_torch_reduction(torch),
        latex_binds=SUM,
    )


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
    shown = latex if latex is not None else text
    return Word(text, shown, torch=text, binds=level, needs=(level, level + 1), **other)


def _function(
    numpy_name: str, latex: str, *, array: str | None = None, scalar: str | None = None, **other: Any
) -> Word:
    bare = array or numpy_name
    return Word(
        f"{numpy_name}({{0}})",
        latex,
        array=f"{bare}({{0}})",
        scalar=f"{scalar}({{0}})" if scalar else None,
        torch=f"torch.{numpy_name.removeprefix('np.')}({{0}})",
        **other,
    )


def _several(numpy_form: str, latex: str, scalar: str, torch: str) -> Word:
    """A function of any number of scalars."""

    def listing(form: str) -> Spelling:
        return lambda args, options: form.format(", ".join(args))

    def stacked(args: list[str], options: tuple[Any, ...]) -> str:
        return f"{torch}(torch.stack([{_torch_parts(args)}]))"

    jax = numpy_form.replace("[{0}]", "np.stack([{0}])")
    return Word(listing(numpy_form), listing(latex), scalar=listing(scalar), torch=stacked, jax=listing(jax))


def is_number_text(text: str) -> bool:
    """Whether printed code is a bare number, such as `2`, `-0.5` or `1e-05`."""
    return re.fullmatch(r"-?\d+(\.\d+)?(e[-+]?\d+)?", text) is not None


def _torch_axes(options: tuple[Any, ...]) -> str:
    return _axis_options(options).replace("axis=", "dim=").replace("keepdims=", "keepdim=")


def _torch_reduction(function: str) -> Spelling:
    return lambda args, options: f"{function}({args[0]}{_torch_axes(options)})"


def _torch_parts(args: list[str]) -> str:
    return ", ".join(f"torch.tensor({_float_text(arg)})" if is_number_text(arg) else arg for arg in args)


def _float_text(arg: str) -> str:
    """A choice between whole numbers would make integers, which divide and raise to powers differently."""
    return f"{arg}.0" if arg.lstrip("-").isdigit() else arg


def _torch_choice(condition: str) -> Spelling:
    def spell(args: list[str], options: tuple[Any, ...]) -> str:
        mask = re.fullmatch(r"\(([^()]*)\)\.double\(\)", args[0])
        shown = mask[1] if mask else condition.format(args[0])
        return f"torch.where({shown}, {_float_text(args[1])}, {_float_text(args[2])})"

    return spell


def _choice(torch_condition: str) -> Word:
    return Word(
        "np.where({0}, {1}, {2})",
        r"\begin{{cases}}{1} & \text{{if }} {0}\\ {2} & \text{{otherwise}}\end{{cases}}",
        array="where({0}, {1}, {2})",
        scalar="({1} if {0} else {2})",
        torch=_torch_choice(torch_condition),
        jax=_chosen("np.where({0}, {1}, {2})"),
        needs=(0 if torch_condition == "{0}" else COMPARISON + 1, 0, 0),
    )


def _chosen(form: str) -> Spelling:
    return lambda args, options: form.format(args[0], *map(_float_text, args[1:]))


def _torch_clip(args: list[str], options: tuple[Any, ...]) -> str:
    plain = all(map(is_number_text, args[1:]))
    return f"torch.clamp({', '.join(args) if plain else _torch_parts(args)})"


def _torch_take(args: list[str], options: tuple[Any, ...]) -> str:
    index = options[0]
    if any(isinstance(item, slice) and item.step is not None and item.step < 0 for item in index):
        return f"picked({args[0]}, np.s_[{index_text(index)}])"
    return f"{args[0]}[{index_text(index)}]"


def _torch_transpose(args: list[str], options: tuple[Any, ...]) -> str:
    axes = options[0]
    return f"{args[0]}.T" if axes == (1, 0) else f"{args[0]}.permute({', '.join(map(str, axes))})"


def _micrograd_power(args: list[str], options: tuple[Any, ...]) -> str:
    if not is_number_text(args[1]):
        raise Unspelled("** with a number as exponent only")
    return f"{args[0]} ** {args[1]}"


_TRANSPOSED_LATEX = r"{0}^{{\top}}"


def _transpose_numpy(args: list[str], options: tuple[Any, ...]) -> str:
    axes = options[0]
    if axes == tuple(reversed(range(len(axes)))):
        return f"{args[0]}.T"
    return f"{args[0]}.transpose({', '.join(map(str, axes))})"


def _reshape(args: list[str], options: tuple[Any, ...]) -> str:
    return f"{args[0]}.reshape({', '.join(map(str, options[0])) if options[0] else '()'})"


def _joined(function: str) -> Spelling:
    return lambda args, options: f"{function}(({', '.join(args)},), axis={options[0]})"


def _torch_joined(function: str) -> Spelling:
    return lambda args, options: f"{function}(({_torch_parts(args)},), dim={options[0]})"


def _joined_latex(args: list[str], options: tuple[Any, ...]) -> str:
    return r"\left[" + r",\;".join(args) + r"\right]"


_SUBSCRIPTS = dict(zip("ijklmnprstuv", "ᵢⱼₖₗₘₙₚᵣₛₜᵤᵥ", strict=True))


def _over_text(args: list[str], options: tuple[Any, ...]) -> str:
    word, letters = options
    return f"{'Σ' if word == 'sum' else word}{''.join(_SUBSCRIPTS[letter] for letter in letters)} {args[0]}"


def _over_latex(args: list[str], options: tuple[Any, ...]) -> str:
    word, letters = options
    return rf"\{word}_{{{''.join(letters)}}} {args[0]}"


def _cases_text(args: list[str], options: tuple[Any, ...]) -> str:
    chosen = [f"{value} if {condition.text} else " for value, condition in zip(args, options, strict=False)]
    return "".join(chosen) + args[-1]


def _cases_latex(args: list[str], options: tuple[Any, ...]) -> str:
    rows = [rf"{value} & \text{{if }} {condition.latex}" for value, condition in zip(args, options, strict=False)]
    return r"\begin{cases}" + r"\\ ".join([*rows, rf"{args[-1]} & \text{{otherwise}}"]) + r"\end{cases}"


WORDS: Mapping[str, Word] = {
    "add": _infix("+", SUM, micrograd="{0} + {1}"),
    "sub": _infix("-", SUM, micrograd="{0} - {1}"),
    "mul": _infix("*", PRODUCT, latex=r"{0} \cdot {1}", micrograd="{0} * {1}"),
    # A number times a mask. NumPy multiplies floats by floats a third quicker than by booleans, conversion included.
    "gate": Word(
        "{0} * {1}",
        r"{0} \cdot \left[{1}\right]",
        array="{0} * {1}.astype(float)",
        scalar="{0} * {1}",
        ieee="{0} * {1}",
        torch="{0} * {1}",
        binds=PRODUCT,
        needs=(PRODUCT, PRODUCT + 1),
        latex_needs=(PRODUCT, 0),
    ),
    "div": Word(
        "{0} / {1}",
        r"\frac{{{0}}}{{{1}}}",
        ieee="np.divide({0}, {1})",
        torch="{0} / {1}",
        micrograd="{0} / {1}",
        binds=PRODUCT,
        needs=(PRODUCT, PRODUCT + 1),
        latex_binds=ATOM,
        latex_needs=(0, 0),
    ),
    "matmul": _infix("@", PRODUCT, latex=r"{0}\,{1}", array="matmul({0}, {1})"),
    "dot": _infix("@", PRODUCT, latex=r"{0}\,{1}", array="dot({0}, {1})"),
    "pow": Word(
        "{0} ** {1}",
        "{0}^{{{1}}}",
        scalar="pow({0}, {1})",
        ieee="np.power({0}, {1})",
        torch="{0} ** {1}",
        micrograd=_micrograd_power,
        binds=POWER,
        needs=(POWER + 1, SIGN),
        latex_needs=(POWER + 1, 0),
    ),
    "neg": Word("-{0}", "-{0}", torch="-{0}", micrograd="-{0}", binds=SIGN, needs=(SIGN,)),
    "gt": _infix(">", COMPARISON),
    "ge": _infix(">=", COMPARISON, latex=r"{0} \ge {1}"),
    "lt": _infix("<", COMPARISON),
    "le": _infix("<=", COMPARISON, latex=r"{0} \le {1}"),
    "eq": _infix("==", COMPARISON, latex="{0} = {1}"),
    "ne": _infix("!=", COMPARISON, latex=r"{0} \ne {1}"),
    "and": _infix("&", AND, latex=r"{0} \wedge {1}"),
    "or": _infix("|", OR, latex=r"{0} \vee {1}"),
    "not": Word("np.logical_not({0})", r"\neg {0}", scalar="(not {0})", torch="torch.logical_not({0})", needs=(ATOM,)),
    "float": Word(
        "np.float64({0})",
        r"\left[{0}\right]",
        array="{0}.astype(float)",
        scalar="float({0})",
        ieee="np.float64({0})",
        torch="{0}.double()",
        needs=(ATOM,),
    ),
    "exp": _function("np.exp", "e^{{{0}}}", array="exp", scalar="math.exp", micrograd="exp({0})"),
    "log": _function("np.log", r"\ln\left({0}\right)", array="log", scalar="math.log"),
    "log1p": _function("np.log1p", r"\ln\left(1 + {0}\right)", array="log1p", scalar="math.log1p"),
    "expm1": _function("np.expm1", r"\mathrm{{expm1}}\left({0}\right)", array="expm1", scalar="math.expm1"),
    "sqrt": _function("np.sqrt", r"\sqrt{{{0}}}", array="sqrt", scalar="math.sqrt"),
    "sin": _function("np.sin", r"\sin\left({0}\right)", array="sin", scalar="math.sin"),
    "cos": _function("np.cos", r"\cos\left({0}\right)", array="cos", scalar="math.cos"),
    "tanh": _function("np.tanh", r"\tanh\left({0}\right)", array="tanh", scalar="math.tanh", micrograd="tanh({0})"),
    "abs": _function(
        "np.abs",
        r"\left|{0}\right|",
        array="absolute",
        scalar="abs",
        # The slope of jnp.abs at 0 is 1.
        jax="np.where({0} == 0, 0.0, np.abs({0}))",
    ),
    "sign": Word(
        "np.sign({0})",
        r"\operatorname{{sign}}\left({0}\right)",
        scalar="(1.0 if {0} > 0.0 else -1.0 if {0} < 0.0 else {0})",
        needs=(0,),
    ),
    "erf": _function(
        "erf", r"\operatorname{{erf}}\left({0}\right)", scalar="math.erf", jax="jax.scipy.special.erf({0})"
    ),
    "maximum": Word(
        "np.maximum({0}, {1})",
        r"\max\left({0}, {1}\right)",
        array="maximum({0}, {1})",
        # The middle test lets a NaN through, as np.maximum does and Python's max does not.
        scalar="({0} if {0} >= {1} or {0} != {0} else {1})",
        torch="torch.maximum({0}, {1})",
        needs=(0, 0),
    ),
    "minimum": Word(
        "np.minimum({0}, {1})",
        r"\min\left({0}, {1}\right)",
        array="minimum({0}, {1})",
        scalar="({0} if {0} <= {1} or {0} != {0} else {1})",
        torch="torch.minimum({0}, {1})",
        needs=(0, 0),
    ),
    "where": _choice("{0}"),
    # Where what chooses is a number, not a comparison: PyTorch does not take one for the other.
    "choose": _choice("{0} != 0"),
    "sum": _reduced("sum", r"\sum", "add_reduce", "torch.sum"),
    "max": _reduced("max", r"\max", "max_reduce", "torch.amax"),
    "min": _reduced("min", r"\min", "min_reduce", "torch.amin"),
    "share": Word(
        lambda args, options: f"share({args[0]}{_axis_options((options[0], False))})",
        lambda args, options: rf"\frac{{{args[0]}}}{{\sum {args[0]}}}",
    ),
    "largest_of": _several("np.max([{0}])", r"\max\left({0}\right)", "largest_of({0})", "torch.amax"),
    "smallest_of": _several("np.min([{0}])", r"\min\left({0}\right)", "smallest_of({0})", "torch.amin"),
    "ties_of": Word(
        lambda args, options: f"np.sum(np.equal([{', '.join(args[1:])}], {args[0]}))",
        lambda args, options: rf"\#\left\{{{','.join(args[1:])} = {args[0]}\right\}}",
        scalar=lambda args, options: f"ties_of({', '.join(args)})",
    ),
    "reshape": Word(
        _reshape,
        "{0}",
        torch=_reshape,
        needs=(ATOM,),
        latex_needs=(0,),
    ),
    "transpose": Word(_transpose_numpy, _TRANSPOSED_LATEX, torch=_torch_transpose, needs=(ATOM,)),
    "spread": Word(
        lambda args, options: f"np.broadcast_to({args[0]}, {options[0]})",
        lambda args, options: rf"\mathbf{{1}}\,{args[0]}",
        # Multiplying by ones costs a third of np.broadcast_to and gives an array of its own.
        array=lambda args, options: f"(filled({options[0]}, 1.0) * ({args[0]}))",
        torch=lambda args, options: f"torch.broadcast_to({_torch_parts(args)}, {options[0]})",
        latex_needs=(PRODUCT,),
    ),
    "filled": Word(
        lambda args, options: f"np.full({options[0]}, {options[1]!r})",
        lambda args, options: rf"\mathbf{{{options[1]:g}}}",
        array=lambda args, options: f"filled({options[0]}, {options[1]!r})",
        scalar=lambda args, options: repr(options[1]),
        torch=lambda args, options: f"torch.full({options[0]}, {options[1]!r})",
    ),
    "take": Word(
        lambda args, options: f"{args[0]}[{index_text(options[0])}]",
        lambda args, options: rf"{args[0]}_{{[{index_text(options[0])}]}}",
        torch=_torch_take,
        needs=(ATOM,),
    ),
    "put": Word(
        lambda args, options: f"place({args[0]}, np.s_[{index_text(options[0])}], {options[1]})",
        lambda args, options: rf"\mathrm{{place}}\left({args[0]}, [{index_text(options[0])}]\right)",
    ),
    "concatenate": Word(_joined("np.concatenate"), _joined_latex, torch=_torch_joined("torch.cat")),
    "stack": Word(_joined("np.stack"), _joined_latex, torch=_torch_joined("torch.stack")),
    # Of rules written with indices; they are read, never run.
    "over": Word(_over_text, _over_latex, binds=SUM, needs=(PRODUCT,)),
    "truth": Word("[{0}]", r"\left[{0}\right]"),
    "cases": Word(_cases_text, _cases_latex, binds=CHOICE, needs=(CHOICE + 1,) * 8, latex_binds=ATOM, latex_needs=()),
}

FUNCTIONS: Mapping[str, Function] = {
    "relu": Function(torch="torch.relu({0})", jax="jax.nn.relu({0})", micrograd="{0}.relu()"),
    "sigmoid": Function(torch="torch.sigmoid({0})", jax="jax.nn.sigmoid({0})"),
    "gelu": Function(torch="torch.nn.functional.gelu({0})", jax="jax.nn.gelu({0}, approximate=False)"),
    "clip": Function(
        torch=_torch_clip,
        # jnp.clip shares the gradient on a bound.
        jax=_chosen("np.where({0} < {1}, np.where({1} <= {2}, {1}, {2}), np.where({0} > {2}, {2}, {0}))"),
    ),
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

TORCH_HELPERS: Mapping[str, str] = {
    "picked": (
        "import numpy as np\n\n"
        "def picked(x, index):\n"
        '    """x[index]: PyTorch knows no steps below zero."""\n'
        "    places = np.arange(x.numel()).reshape(x.shape)[index].copy()\n"
        "    return x.reshape(-1)[torch.tensor(places)]"
    ),
}

MICROGRAD_HELPERS: Mapping[str, str] = {
    "exp": (
        "def exp(x):\n"
        '    """Value has no exp of its own: here is one in its style."""\n'
        "    out = Value(math.exp(x.data), (x,), 'exp')\n\n"
        "    def _backward():\n"
        "        x.grad += out.grad * out.data\n\n"
        "    out._backward = _backward\n"
        "    return out"
    ),
    "tanh": (
        "def tanh(x):\n"
        '    """Value has no tanh of its own: here is one in its style."""\n'
        "    out = Value(math.tanh(x.data), (x,), 'tanh')\n\n"
        "    def _backward():\n"
        "        x.grad += out.grad * (1 - out.data * out.data)\n\n"
        "    out._backward = _backward\n"
        "    return out"
    ),
}
"""The same for programs in PyTorch and micrograd."""
