"""Words of logarithms and powers of other bases than e, and of the logarithm of a sum of powers."""

from __future__ import annotations

from collections.abc import Mapping

from app.engine.ops.expression import word
from app.engine.ops.spellings import function, of_two, one_number
from app.engine.ops.word import POWER, Word

log2, log10, exp2, cbrt, logaddexp = map(word, ("log2", "log10", "exp2", "cbrt", "logaddexp"))

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
}
