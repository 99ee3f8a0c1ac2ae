"""Further functions of numbers as symbols and words: the circle's and their inverses, the inverses of the hyperbola's,
logarithms and powers of other bases, lengths, and rounding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.engine.ops.expression import word
from app.engine.ops.spellings import function
from app.engine.ops.word import POWER, PRODUCT, Word

tan, arcsin, arccos, arctan, arctan2 = map(word, ("tan", "arcsin", "arccos", "arctan", "arctan2"))
arcsinh, arccosh, arctanh = map(word, ("arcsinh", "arccosh", "arctanh"))
log2, log10, exp2, cbrt, hypot, logaddexp = map(word, ("log2", "log10", "exp2", "cbrt", "hypot", "logaddexp"))
floor, ceil, trunc, rint = map(word, ("floor", "ceil", "trunc", "rint"))
mod, fmod, floor_divide = map(word, ("mod", "fmod", "floor_divide"))


def _named(name: str, latex: str, scalar: str | None, **other: Any) -> Word:
    return function(f"np.{name}", latex + r"\left({0}\right)", scalar=scalar, **other)


def _of_two(name: str, latex: str, scalar: str, **other: Any) -> Word:
    return Word(f"np.{name}({{0}}, {{1}})", latex, scalar=scalar, torch=f"torch.{name}({{0}}, {{1}})", **other)


def _rounded(name: str, latex: str, torch: str) -> Word:
    return Word(f"np.{name}({{0}})", latex, scalar=f"float(np.{name}({{0}}))", torch=f"torch.{torch}({{0}})")


WORDS: Mapping[str, Word] = {
    "tan": _named("tan", r"\tan", "math.tan"),
    "arcsin": _named("arcsin", r"\arcsin", "math.asin"),
    "arccos": _named("arccos", r"\arccos", "math.acos"),
    "arctan": _named("arctan", r"\arctan", "math.atan"),
    "arctan2": _of_two("arctan2", r"\operatorname{{arctan2}}\left({0}, {1}\right)", "math.atan2({0}, {1})"),
    "arcsinh": _named("arcsinh", r"\operatorname{{arsinh}}", "math.asinh"),
    "arccosh": _named("arccosh", r"\operatorname{{arcosh}}", "math.acosh"),
    "arctanh": _named("arctanh", r"\operatorname{{artanh}}", "math.atanh"),
    "log2": _named("log2", r"\log_{{2}}", "math.log2"),
    "log10": _named("log10", r"\log_{{10}}", "math.log10"),
    "exp2": function("np.exp2", "2^{{{0}}}", scalar="math.exp2", latex_binds=POWER),
    # PyTorch has no cube root.
    "cbrt": Word(
        "np.cbrt({0})",
        r"\sqrt[3]{{{0}}}",
        scalar="math.cbrt({0})",
        torch="(torch.sign({0}) * torch.abs({0}) ** (1 / 3))",
    ),
    "hypot": _of_two("hypot", r"\sqrt{{{0}^2 + {1}^2}}", "math.hypot({0}, {1})", latex_needs=(POWER + 1, POWER + 1)),
    "logaddexp": _of_two(
        "logaddexp",
        r"\ln\left(e^{{{0}}} + e^{{{1}}}\right)",
        "log_add_exp({0}, {1})",
        ieee="np.logaddexp({0}, {1})",
    ),
    "floor": _rounded("floor", r"\left\lfloor {0} \right\rfloor", "floor"),
    "ceil": _rounded("ceil", r"\left\lceil {0} \right\rceil", "ceil"),
    "trunc": _rounded("trunc", r"\operatorname{{trunc}}\left({0}\right)", "trunc"),
    "rint": _rounded("rint", r"\operatorname{{round}}\left({0}\right)", "round"),
    "fmod": _of_two("fmod", r"\operatorname{{fmod}}\left({0}, {1}\right)", "math.fmod({0}, {1})"),
    "mod": Word(
        "np.mod({0}, {1})",
        r"{0} \bmod {1}",
        scalar="({0} % {1})",
        ieee="np.mod({0}, {1})",
        torch="torch.remainder({0}, {1})",
        # The remainder of infinity is nan; jnp.mod gives infinity.
        jax="np.where(np.isinf({0}), np.nan, np.mod({0}, {1}))",
        needs=(PRODUCT + 1, PRODUCT + 1),
        latex_binds=PRODUCT,
        latex_needs=(PRODUCT + 1, PRODUCT + 1),
    ),
    "floor_divide": Word(
        "np.floor_divide({0}, {1})",
        r"\left\lfloor \frac{{{0}}}{{{1}}} \right\rfloor",
        scalar="({0} // {1})",
        ieee="np.floor_divide({0}, {1})",
        torch='torch.div({0}, {1}, rounding_mode="floor")',
        needs=(PRODUCT + 1, PRODUCT + 1),
        latex_needs=(0, 0),
    ),
}
