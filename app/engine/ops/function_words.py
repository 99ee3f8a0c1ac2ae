"""Words of functions that act on each number alone, besides those of `rule_words.py`: logarithms and powers of other
bases than e, trigonometry, and what is made of flat pieces (rounding, remainders, whole quotients)."""

from __future__ import annotations

from collections.abc import Mapping

from app.engine.ops.expression import word
from app.engine.ops.spellings import function, of_two, one_number
from app.engine.ops.word import POWER, PRODUCT, Word

log2, log10, exp2, cbrt, logaddexp = map(word, ("log2", "log10", "exp2", "cbrt", "logaddexp"))
tan, arcsin, arccos, arctan, arctan2 = map(word, ("tan", "arcsin", "arccos", "arctan", "arctan2"))
arcsinh, arccosh, arctanh, hypot = map(word, ("arcsinh", "arccosh", "arctanh", "hypot"))
floor, ceil, trunc, rint = map(word, ("floor", "ceil", "trunc", "rint"))
mod, fmod, floor_divide = map(word, ("mod", "fmod", "floor_divide"))


def _rounded(name: str, latex: str, torch: str) -> Word:
    return Word(f"np.{name}({{0}})", latex, scalar=f"float(np.{name}({{0}}))", torch=f"torch.{torch}({{0}})")


WORDS: Mapping[str, Word] = {
    "log2": one_number("log2", r"\log_{{2}}", "math.log2"),
    "log10": one_number("log10", r"\log_{{10}}", "math.log10"),
    "exp2": function("np.exp2", "2^{{{0}}}", scalar="math.exp2", latex_binds=POWER),
    # PyTorch has no cube root.
    "cbrt": Word(
        "np.cbrt({0})",
        r"\sqrt[3]{{{0}}}",
        scalar="math.cbrt({0})",
        torch="(torch.sign({0}) * torch.abs({0}) ** (1 / 3))",
    ),
    "logaddexp": of_two(
        "logaddexp",
        r"\ln\left(e^{{{0}}} + e^{{{1}}}\right)",
        "log_add_exp({0}, {1})",
        ieee="np.logaddexp({0}, {1})",
    ),
    "tan": one_number("tan", r"\tan", "math.tan"),
    "arcsin": one_number("arcsin", r"\arcsin", "math.asin"),
    "arccos": one_number("arccos", r"\arccos", "math.acos"),
    "arctan": one_number("arctan", r"\arctan", "math.atan"),
    "arctan2": of_two("arctan2", r"\operatorname{{arctan2}}\left({0}, {1}\right)", "math.atan2({0}, {1})"),
    "arcsinh": one_number("arcsinh", r"\operatorname{{arsinh}}", "math.asinh"),
    "arccosh": one_number("arccosh", r"\operatorname{{arcosh}}", "math.acosh"),
    "arctanh": one_number("arctanh", r"\operatorname{{artanh}}", "math.atanh"),
    "hypot": of_two("hypot", r"\sqrt{{{0}^2 + {1}^2}}", "math.hypot({0}, {1})", latex_needs=(POWER + 1, POWER + 1)),
    "floor": _rounded("floor", r"\left\lfloor {0} \right\rfloor", "floor"),
    "ceil": _rounded("ceil", r"\left\lceil {0} \right\rceil", "ceil"),
    "trunc": _rounded("trunc", r"\operatorname{{trunc}}\left({0}\right)", "trunc"),
    "rint": _rounded("rint", r"\operatorname{{round}}\left({0}\right)", "round"),
    "fmod": of_two("fmod", r"\operatorname{{fmod}}\left({0}, {1}\right)", "math.fmod({0}, {1})"),
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
