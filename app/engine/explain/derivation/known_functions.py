"""The table of closed forms: functions whose derivative as a whole is shorter than the chain rule through their parts.
Each is stated once, with the ways to write it and its rules, in the language itself.

Called by its name a function is known by its parameters; written out, what stands in its text is compared with the
graph, node by node (see `matching.py`). In a text a name stands for any node, a number for itself, and axis=-2 for any
axis, the same throughout (0 and -1 are those of a number, which the names of a pattern stand for when it is read).

Sources: Bishop, Pattern Recognition and Machine Learning, 4.3.4 (softmax with cross-entropy); Ba, Kiros, Hinton 2016
and Zhang, Sennrich 2019 (the normalisations, differentiated). The engine never uses these rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from app.engine.explain.derivation.whole import Whole


@dataclass(frozen=True, slots=True)
class KnownFunction:
    """parameters: those of a call, in order; empty if it has no name to be called by. texts: its lines as readers write
    them, the last of which gives `y`. rules: by parameter, or by name in the texts."""

    name: str
    rules: Mapping[str, Whole]
    parameters: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


_CLASSES = "each row of the target adds up to 1"
_APPLIED = {
    "": ("", "{{{x}}}"),
    "softmax": ("p = softmax({x}, axis={{AXIS}})\n", r"\mathrm{{{{softmax}}}}\left({{{x}}}\right)"),
    "sigmoid": ("p = sigmoid({x})\n", r"\sigma\left({{{x}}}\right)"),
}


def _error(x: str, target: str, function: str = "", holds: str = "") -> Whole:
    """What a loss sends to x: its gradient times the error, x − target or p − target with p a function of x. It has
    room for a factor (see `Whole.scaled`)."""
    before, typeset = (form.format(x=x) for form in _APPLIED[function])
    code = f"{before}d = g * {{TIMES}}({'p' if function else x} - {target}){{OVER}}"
    return Whole(code, rf"{{g}} \cdot {{SCALE}}\left({typeset} - {{{target}}}\right)", holds=holds)


def _averaged(error: Whole, over: Literal["rows", "all"], factor: int = 1) -> Whole:
    """The rule of a loss that is a mean over n rows, or over all n numbers."""
    times = "" if factor == 1 else f"{factor} * "
    return replace(error.scaled(times, " / n", rf"\dfrac{{{{{factor}}}}}{{{{n}}}} "), averages=over)


_SHIFTED = "np.log(np.sum(np.exp(x - np.max(x, axis=-2, keepdims=True)), axis=-2, keepdims=True))"
_FINITE = "np.clip(x, -1e308, 1e308)"
_SHIFTED_FINITE = (
    f"np.log(np.sum(np.exp({_FINITE} - np.max({_FINITE}, axis=-2, keepdims=True)), axis=-2, keepdims=True))"
)
_CENTRED = "c = x - np.mean(x, axis=-2, keepdims=True)\n"
_SPREADS = (
    "np.mean(c * c, axis=-2, keepdims=True)",
    "np.var(x, axis=-2, keepdims=True)",
    "(np.sum(c * c, axis=-2, keepdims=True) / n)",
)

_LAYER_NORMALISED = (
    r"\dfrac{{1}}{{r}}\left(\delta - \overline{{\delta}} - h\,\overline{{\delta h}}\right),"
    r"\quad \delta = {g} \cdot {gain},\; h = \dfrac{{{x} - \overline{{{x}}}}}{{r}},\;"
    r" r = \sqrt{{\operatorname{{var}}\left({x}\right) + \epsilon}}"
)
_ROOT_NORMALISED = (
    r"\dfrac{{1}}{{r}}\left(\delta - h\,\overline{{\delta h}}\right),"
    r"\quad \delta = {g} \cdot {gain},\; h = \dfrac{{{x}}}{{r}},\; r = \sqrt{{\overline{{{x}^{{2}}}} + \epsilon}}"
)

_FUNCTIONS = (
    KnownFunction(
        "sigmoid",
        {"x": Whole("d = g * y * (1 - y)", r"{g} \cdot {y}\left(1 - {y}\right)")},
        ("x",),
        ("y = 1 / (1 + np.exp(-x))", "y = np.exp(x) / (1 + np.exp(x))"),
    ),
    KnownFunction(
        "softmax",
        {
            "x": Whole(
                "d = y * (g - np.sum(g * y, axis={AXIS}, keepdims=True))",
                r"{y} \odot \left({g} - \sum {g} \odot {y}\right)",
                jacobian="y[j] * (δ[j,k] - y[k])",
            )
        },
        ("x",),
        (
            "e = np.exp(x - np.max(x, axis=-2, keepdims=True))\ny = e / np.sum(e, axis=-2, keepdims=True)",
            "e = np.exp(x - np.max(x))\ny = e / np.sum(e, axis=-2, keepdims=True)",
            "y = np.exp(x) / np.sum(np.exp(x), axis=-2, keepdims=True)",
        ),
    ),
    KnownFunction(
        "log_softmax",
        {
            "x": Whole(
                "p = softmax(x, axis={AXIS})\nd = g - p * np.sum(g, axis={AXIS}, keepdims=True)",
                r"{g} - \mathrm{{softmax}}\left({x}\right) \sum {g}",
                jacobian="δ[j,k] - p[k]",
            )
        },
        ("x",),
        (
            f"y = x - (np.max(x, axis=-2, keepdims=True) + {_SHIFTED})",
            f"y = (x - np.max(x, axis=-2, keepdims=True)) - {_SHIFTED}",
            "y = x - np.log(np.sum(np.exp(x), axis=-2, keepdims=True))",
        ),
    ),
    KnownFunction(
        "logsumexp",
        {"x": Whole("p = softmax(x, axis={AXIS})\nd = {COLUMN} * p", r"{g} \cdot \mathrm{{softmax}}\left({x}\right)")},
        ("x",),
        (
            f"y = np.max(x, axis=-2, keepdims=True) + {_SHIFTED}",
            f"y = {_SHIFTED_FINITE} + np.max(x, axis=-2, keepdims=True)",
            "y = np.log(np.sum(np.exp(x), axis=-2, keepdims=True))",
        ),
    ),
    KnownFunction(
        "normalisation",
        {
            "x": Whole(
                "r = np.sqrt(np.var(x, axis={AXIS}, keepdims=True){EPS})\n"
                "d = (g - np.mean(g, axis={AXIS}, keepdims=True) - y * np.mean(y * g, axis={AXIS}, keepdims=True)) / r",
                r"\dfrac{{1}}{{r}}\left({g} - \overline{{{g}}} - {y} \cdot \overline{{{y} \cdot {g}}}\right),"
                r"\quad r = \sqrt{{\operatorname{{var}}\left({x}\right){eps}}}",
            )
        },
        texts=tuple(f"{_CENTRED}y = c / np.sqrt({spread}{eps})" for spread in _SPREADS for eps in (" + eps", "")),
    ),
    KnownFunction(
        "cross_entropy",
        {"logits": _averaged(_error("logits", "target", "softmax", holds=_CLASSES), "rows")},
        ("logits", "target"),
    ),
    KnownFunction(
        "binary_cross_entropy",
        {"logits": _averaged(_error("logits", "target", "sigmoid"), "all")},
        ("logits", "target"),
    ),
    KnownFunction(
        "mse",
        {
            "prediction": _averaged(_error("prediction", "target"), "all", 2),
            "target": _averaged(_error("target", "prediction"), "all", 2),
        },
        ("prediction", "target"),
    ),
    KnownFunction(
        "silu",
        {
            "x": Whole(
                "s = sigmoid(x)\nd = g * (s + y * (1 - s))",
                r"{g} \cdot \left(\sigma\left({x}\right) + {y}\left(1 - \sigma\left({x}\right)\right)\right)",
            )
        },
        ("x",),
    ),
    KnownFunction(
        "layernorm",
        {
            "x": Whole(
                "r = np.sqrt(np.var(x, axis=-1, keepdims=True) + eps)\n"
                "h = (x - np.mean(x, axis=-1, keepdims=True)) / r\n"
                "q = g * gain\n"
                "d = (q - np.mean(q, axis=-1, keepdims=True) - h * np.mean(q * h, axis=-1, keepdims=True)) / r",
                _LAYER_NORMALISED,
            )
        },
        ("x", "gain", "bias", "eps"),
    ),
    KnownFunction(
        "rmsnorm",
        {
            "x": Whole(
                "r = np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + eps)\n"
                "q = g * gain\n"
                "d = (q - x / r * np.mean(q * x / r, axis=-1, keepdims=True)) / r",
                _ROOT_NORMALISED,
            )
        },
        ("x", "gain", "eps"),
    ),
)

FUNCTIONS: Mapping[str, KnownFunction] = {each.name: each for each in _FUNCTIONS}
CALLED: Mapping[str, KnownFunction] = {name: each for name, each in FUNCTIONS.items() if each.parameters}

_DIFFERENCE = {"a": _error("a", "b"), "b": _error("b", "a")}
_MINUS = {"x": _error("p", "t", holds=_CLASSES)}
_MINUS_LOGITS = {"x": _error("x", "t", "softmax", holds=_CLASSES)}
_YES_NO = {"x": _error("p", "t")}


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss: a sum or mean of many terms, possibly times a number.

    text: one term of it. of: the name in it that must itself be the function `made`, and whose
    input x the rules are for; "" where they are for names of the text. factor: that of the rule, beside those of the
    sum and the mean.
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
"""The same for a single class: one element of the term is picked."""
