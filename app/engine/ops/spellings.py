"""Spellings that several words share, and spellings that depend on a word's options."""

from __future__ import annotations

import re
from typing import Any

from app.engine.ops.printed import fill, join
from app.engine.ops.word import COMPARISON, PRODUCT, SUM, Spelling, Unspelled, Word


def axis_options(options: tuple[Any, ...]) -> str:
    axes, keepdims = options
    text = ""
    if axes is not None:
        text += f", axis={axes[0] if len(axes) == 1 else axes}"
    return text + (", keepdims=True" if keepdims else "")


def _reduction(function: str) -> Spelling:
    return lambda args, options: f"{function}(" + args[0] + axis_options(options) + ")"


def reduced(name: str, symbol: str, ufunc: str, torch: str, *, masks: tuple[str, ...] = ()) -> Word:
    return Word(
        _reduction(f"np.{name}"),
        _latex_reduction(symbol),
        array=_ufunc_reduce(ufunc),
        torch=_torch_reduction(torch),
        latex_binds=SUM,
        latex_needs=(PRODUCT,),
        masks=masks,
    )


def _ufunc_reduce(function: str) -> Spelling:
    # ufunc.reduce(array, axis, dtype, out, keepdims) by position: a third faster than np.sum with keywords.
    def spell(args: list[str], options: tuple[Any, ...]) -> str:
        axes, keepdims = options
        axis = axes[0] if axes is not None and len(axes) == 1 else axes
        return f"{function}({args[0]}, {axis}{', None, None, True' if keepdims else ''})"

    return spell


def _latex_reduction(symbol: str) -> Spelling:
    def spell(args: list[str], options: tuple[Any, ...]) -> str:
        axes = options[0]
        below = "" if axes is None else rf"_{{\text{{axis }}{','.join(map(str, axes))}}}"
        return f"{symbol}{below} " + args[0]

    return spell


def infix(symbol: str, level: int, latex: str | None = None, **other: Any) -> Word:
    text = f"{{0}} {symbol} {{1}}"
    shown = latex if latex is not None else text
    return Word(text, shown, torch=text, binds=level, needs=(level, level + 1), **other)


def function(numpy_name: str, latex: str, *, array: str | None = None, scalar: str | None = None, **other: Any) -> Word:
    """A function of one argument. scalar: what computes it for a single number, as a function or as a form with {0}."""
    bare = array or numpy_name
    form = f"{scalar}({{0}})" if scalar and "{0}" not in scalar else scalar
    return Word(
        f"{numpy_name}({{0}})",
        latex,
        array=f"{bare}({{0}})",
        scalar=form,
        torch=f"torch.{numpy_name.removeprefix('np.')}({{0}})",
        **other,
    )


def one_number(name: str, latex: str, scalar: str | None, **other: Any) -> Word:
    """A function of one number by its name in NumPy. latex: its sign, before the number in brackets."""
    return function(f"np.{name}", latex + r"\left({0}\right)", scalar=scalar, **other)


def of_two(name: str, latex: str, scalar: str, **other: Any) -> Word:
    """A function of two numbers that NumPy and PyTorch call alike."""
    return Word(f"np.{name}({{0}}, {{1}})", latex, scalar=scalar, torch=f"torch.{name}({{0}}, {{1}})", **other)


def several(numpy_form: str, latex: str, scalar: str, torch: str) -> Word:
    """The extreme of any number of scalars."""

    def listing(form: str) -> Spelling:
        return lambda args, options: fill(form, join(", ", args))

    return Word(
        listing(numpy_form),
        listing(latex),
        scalar=listing(scalar),
        torch=lambda args, options: f"{torch}(torch.stack([{torch_parts(args)}]))",
        jax=listing(numpy_form.replace("[{0}]", "np.stack([{0}])")),
        masks=("torch", "jax"),
    )


def is_number_text(text: str) -> bool:
    """Whether printed code is a bare number, such as `2`, `-0.5`, `1e-05` or `-np.inf`."""
    return re.fullmatch(r"-?(\d+(\.\d+)?(e[-+]?\d+)?|(np|torch|jnp)\.(inf|nan))", text) is not None


def torch_axes(options: tuple[Any, ...]) -> str:
    return axis_options(options).replace("axis=", "dim=").replace("keepdims=", "keepdim=")


def _torch_reduction(function: str) -> Spelling:
    return lambda args, options: f"{function}({args[0]}{torch_axes(options)})"


def torch_parts(args: list[str]) -> str:
    return ", ".join(f"torch.tensor({_float_text(arg)})" if is_number_text(arg) else arg for arg in args)


def _float_text(arg: str) -> str:
    """A number as a float literal: a choice between whole numbers would give integers, whose division and powers
    differ."""
    return f"{arg}.0" if arg.lstrip("-").isdigit() else arg


def _torch_choice(condition: str) -> Spelling:
    def spell(args: list[str], options: tuple[Any, ...]) -> str:
        mask = re.fullmatch(r"\(([^()]*)\)\.double\(\)", args[0])
        shown = mask[1] if mask else condition.format(args[0])
        if is_number_text(args[0]):
            # PyTorch takes no plain truth value for a condition.
            shown = f"torch.tensor({shown})"
        return f"torch.where({shown}, {_float_text(args[1])}, {_float_text(args[2])})"

    return spell


def choice(torch_condition: str) -> Word:
    return Word(
        "np.where({0}, {1}, {2})",
        r"\begin{{cases}}{1} & \text{{if }} {0}\\ {2} & \text{{otherwise}}\end{{cases}}",
        array="where({0}, {1}, {2})",
        scalar="({1} if {0} else {2})",
        torch=_torch_choice(torch_condition),
        jax=chosen("np.where({0}, {1}, {2})"),
        needs=(0 if torch_condition == "{0}" else COMPARISON + 1, 0, 0),
    )


def chosen(form: str) -> Spelling:
    return lambda args, options: form.format(args[0], *map(_float_text, args[1:]))


def _leaves_room(low: str, high: str) -> bool:
    """Whether both bounds are numbers written in the text, the first below the second."""
    return all(map(is_number_text, (low, high))) and _number(low) < _number(high)


def _number(text: str) -> float:
    return float(re.sub(r"(np|torch|jnp)\.", "", text))


def torch_clip(args: list[str], options: tuple[Any, ...]) -> str:
    """torch.clamp; but if the bounds meet or cross, the upper one, so that no gradient reaches x."""
    _x, low, high = args
    plain = all(map(is_number_text, args[1:]))
    clamp = f"torch.clamp({', '.join(args) if plain else torch_parts(args)})"
    if _leaves_room(low, high):
        return clamp
    boxed, upper = torch_parts([low]), torch_parts([high])
    return f"torch.where({boxed} >= {high}, {upper}, {clamp})"


def jax_clip(args: list[str], options: tuple[Any, ...]) -> str:
    """clip written with `where`, because jnp.clip shares the gradient on a bound."""
    x, low, high = args
    held = f"np.where({x} < {low}, {_float_text(low)}, np.where({x} > {high}, {_float_text(high)}, {x}))"
    return held if _leaves_room(low, high) else f"np.where({low} >= {high}, {_float_text(high)}, {held})"


def held(form: str) -> Spelling:
    return lambda args, options: fill(form, args[0], f"{options[0]:g}")


def torch_transpose(args: list[str], options: tuple[Any, ...]) -> str:
    axes = options[0]
    return f"{args[0]}.T" if axes == (1, 0) else f"{args[0]}.permute({', '.join(map(str, axes))})"


def micrograd_power(args: list[str], options: tuple[Any, ...]) -> str:
    if not is_number_text(args[1]):
        raise Unspelled("** with a number as exponent only")
    return f"{args[0]} ** {args[1]}"


def transpose_numpy(args: list[str], options: tuple[Any, ...]) -> str:
    axes = options[0]
    if axes == tuple(reversed(range(len(axes)))):
        return args[0] + ".T"
    return args[0] + f".transpose({', '.join(map(str, axes))})"


def reshape(args: list[str], options: tuple[Any, ...]) -> str:
    return args[0] + f".reshape({', '.join(map(str, options[0])) if options[0] else '()'})"


def joined(function: str) -> Spelling:
    return lambda args, options: f"{function}((" + join(", ", args) + f",), axis={options[0]})"


def torch_joined(function: str) -> Spelling:
    return lambda args, options: f"{function}(({torch_parts(args)},), dim={options[0]})"


def joined_latex(args: list[str], options: tuple[Any, ...]) -> str:
    return r"\left[" + join(r",\;", args) + r"\right]"


_SUBSCRIPTS = dict(zip("ijklmnprstuv", "ᵢⱼₖₗₘₙₚᵣₛₜᵤᵥ", strict=True))


def over_text(args: list[str], options: tuple[Any, ...]) -> str:
    word, letters = options
    return f"{'Σ' if word == 'sum' else word}{''.join(_SUBSCRIPTS[letter] for letter in letters)} {args[0]}"


def over_latex(args: list[str], options: tuple[Any, ...]) -> str:
    word, letters = options
    return rf"\{word}_{{{''.join(letters)}}} {args[0]}"


def cases_text(args: list[str], options: tuple[Any, ...]) -> str:
    chosen = [f"{value} if {condition.text} else " for value, condition in zip(args, options, strict=False)]
    return "".join(chosen) + args[-1]


def cases_latex(args: list[str], options: tuple[Any, ...]) -> str:
    rows = [rf"{value} & \text{{if }} {condition.latex}" for value, condition in zip(args, options, strict=False)]
    return r"\begin{cases}" + r"\\ ".join([*rows, rf"{args[-1]} & \text{{otherwise}}"]) + r"\end{cases}"
