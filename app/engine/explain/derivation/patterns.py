"""Known functions as readers write them out, each stated in the language itself: what stands in the text is compared
with the graph, node by node (see `structures.py`).

In a pattern a name stands for any node, a number for itself, and axis=-1 for whichever axis it is, the same
throughout. To add one, write it down: its rule stands in the same line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine.explain.derivation.closed_form_rules import Whole


@dataclass(frozen=True, slots=True)
class Pattern:
    """name: what the function is called. text: its lines, the last of which gives `y`; {AXIS} in a rule is the
    axis that was found."""

    name: str
    text: str
    rules: Mapping[str, Whole]


_SIGMOID = {"x": Whole("d = g * y * (1 - y)", r"{g} \cdot {y}\left(1 - {y}\right)")}
_SOFTMAX = {
    "x": Whole(
        "d = y * (g - np.sum(g * y, axis={AXIS}, keepdims=True))",
        r"{y} \odot \left({g} - \sum {g} \odot {y}\right)",
        jacobian="y[j] * (δ[j,k] - y[k])",
    )
}
_LOGSUMEXP = {
    "x": Whole(
        "p = softmax(x, axis={AXIS})\nd = {COLUMN} * p",
        r"{g} \cdot \mathrm{{softmax}}\left({x}\right)",
    )
}
_LOG_SOFTMAX = {
    "x": Whole(
        "p = softmax(x, axis={AXIS})\nd = g - p * np.sum(g, axis={AXIS}, keepdims=True)",
        r"{g} - \mathrm{{softmax}}\left({x}\right) \sum {g}",
        jacobian="δ[j,k] - p[k]",
    )
}
_NORMALISED = {
    "x": Whole(
        "r = np.sqrt(np.var(x, axis={AXIS}, keepdims=True){EPS})\n"
        "d = (g - np.mean(g, axis={AXIS}, keepdims=True) - y * np.mean(y * g, axis={AXIS}, keepdims=True)) / r",
        r"\dfrac{{1}}{{r}}\left({g} - \overline{{{g}}} - {y} \cdot \overline{{{y} \cdot {g}}}\right),"
        r"\quad r = \sqrt{{\operatorname{{var}}\left({x}\right){eps}}}",
    )
}
_SHIFTED = "np.log(np.sum(np.exp(x - np.max(x, axis=-1, keepdims=True)), axis=-1, keepdims=True))"
_FINITE = "np.clip(x, -1e308, 1e308)"
_SHIFTED_FINITE = (
    f"np.log(np.sum(np.exp({_FINITE} - np.max({_FINITE}, axis=-1, keepdims=True)), axis=-1, keepdims=True))"
)
_CENTRED = "c = x - np.mean(x, axis=-1, keepdims=True)\n"
_SPREADS = (
    "np.mean(c * c, axis=-1, keepdims=True)",
    "np.var(x, axis=-1, keepdims=True)",
    "(np.sum(c * c, axis=-1, keepdims=True) / n)",
)

PATTERNS: tuple[Pattern, ...] = (
    Pattern("sigmoid", "y = 1 / (1 + np.exp(-x))", _SIGMOID),
    Pattern("sigmoid", "y = np.exp(x) / (1 + np.exp(x))", _SIGMOID),
    *(
        Pattern("softmax", f"e = np.exp(x - {largest})\ny = e / np.sum(e, axis=-1, keepdims=True)", _SOFTMAX)
        for largest in ("np.max(x, axis=-1, keepdims=True)", "np.max(x)")
    ),
    Pattern("softmax", "y = np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)", _SOFTMAX),
    Pattern("log_softmax", f"y = x - (np.max(x, axis=-1, keepdims=True) + {_SHIFTED})", _LOG_SOFTMAX),
    Pattern("log_softmax", f"y = (x - np.max(x, axis=-1, keepdims=True)) - {_SHIFTED}", _LOG_SOFTMAX),
    Pattern("log_softmax", "y = x - np.log(np.sum(np.exp(x), axis=-1, keepdims=True))", _LOG_SOFTMAX),
    Pattern("logsumexp", f"y = np.max(x, axis=-1, keepdims=True) + {_SHIFTED}", _LOGSUMEXP),
    Pattern("logsumexp", f"y = {_SHIFTED_FINITE} + np.max(x, axis=-1, keepdims=True)", _LOGSUMEXP),
    Pattern("logsumexp", "y = np.log(np.sum(np.exp(x), axis=-1, keepdims=True))", _LOGSUMEXP),
    *(
        Pattern("normalisation", f"{_CENTRED}y = c / np.sqrt({spread}{eps})", _NORMALISED)
        for spread in _SPREADS
        for eps in (" + eps", "")
    ),
)

_DIFFERENCE = {
    "a": Whole("d = g * {TIMES}(a - b){OVER}", r"{g} \cdot {SCALE}\left({a} - {b}\right)"),
    "b": Whole("d = g * {TIMES}(b - a){OVER}", r"{g} \cdot {SCALE}\left({b} - {a}\right)"),
}
_CLASSES = "each row of the target adds up to 1"
_MINUS = {"x": Whole("d = g * {TIMES}(p - t){OVER}", r"{g} \cdot {SCALE}\left({p} - {t}\right)", holds=_CLASSES)}
_MINUS_LOGITS = {
    "x": Whole(
        "p = softmax(x, axis={AXIS})\nd = g * {TIMES}(p - t){OVER}",
        r"{g} \cdot {SCALE}\left(\mathrm{{softmax}}\left({x}\right) - {t}\right)",
        holds=_CLASSES,
    )
}
_YES_NO = {"x": Whole("d = g * {TIMES}(p - t){OVER}", r"{g} \cdot {SCALE}\left({p} - {t}\right)")}


@dataclass(frozen=True, slots=True)
class Loss:
    """A function of which many values are added up or averaged to one number, maybe times a number.

    text: one term of it, as in a pattern. of: the name in it that must itself be one of the functions `made`, and whose
    input x the rules are for; "" where they are for names of the text. factor: what the rule has before it, beside
    what the sum and the mean bring along: {TIMES} and {OVER} in code, {SCALE} in LaTeX.
    """

    name: str
    text: str
    rules: Mapping[str, Whole]
    of: str = ""
    made: str = ""
    factor: int = 1


LOSSES: tuple[Loss, ...] = (
    Loss("squared error", "y = (a - b) * (a - b)", _DIFFERENCE, factor=2),
    Loss("squared error", "y = (a - b) @ (a - b)", _DIFFERENCE, factor=2),
    Loss(
        "sigmoid with binary cross-entropy", "y = t * np.log(p) + (1 - t) * np.log(1 - p)", _YES_NO, "p", "sigmoid", -1
    ),
    Loss("softmax with cross-entropy", "y = t * np.log(p)", _MINUS, "p", "softmax", -1),
    Loss("softmax with cross-entropy", "y = t @ np.log(p)", _MINUS, "p", "softmax", -1),
    Loss("softmax with cross-entropy", "y = t * q", _MINUS_LOGITS, "q", "log_softmax", -1),
    Loss("softmax with cross-entropy", "y = t @ q", _MINUS_LOGITS, "q", "log_softmax", -1),
)

PICKED: tuple[Loss, ...] = (
    Loss("softmax with cross-entropy", "y = np.log(p)", _MINUS, "p", "softmax", -1),
    Loss("softmax with cross-entropy", "y = q", _MINUS_LOGITS, "q", "log_softmax", -1),
)
"""The same for one class alone: what stands in the text is taken at one place."""
