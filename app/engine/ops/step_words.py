"""Words of functions made of flat pieces: rounding, remainders and whole quotients."""

from __future__ import annotations

from collections.abc import Mapping

from app.engine.ops.expression import word
from app.engine.ops.spellings import of_two
from app.engine.ops.word import PRODUCT, Word

floor, ceil, trunc, rint = map(word, ("floor", "ceil", "trunc", "rint"))
mod, fmod, floor_divide = map(word, ("mod", "fmod", "floor_divide"))


def _rounded(name: str, latex: str, torch: str) -> Word:
    return Word(f"np.{name}({{0}})", latex, scalar=f"float(np.{name}({{0}}))", torch=f"torch.{torch}({{0}})")


WORDS: Mapping[str, Word] = {
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
