"""Functions whose derivative, taken as a whole, is shorter than the chain rule through their parts, each stated once,
in the language itself.

Sources: Bishop, Pattern Recognition and Machine Learning, 4.3.4 (softmax with cross-entropy); Ba, Kiros, Hinton 2016
and Zhang, Sennrich 2019 (the normalisations, differentiated). The engine never uses these rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.engine.ops.axes import count


@dataclass(frozen=True, slots=True)
class Whole:
    """The gradient of one parameter as one rule. `code`: lines of the language over the parameters, `g` (the gradient
    of the result), `y` (the result) and `n` (how many numbers are averaged: one per row, or all); the last one gives
    `d`. `latex`: the same, with the names as fields. `holds`: what it takes for granted. `jacobian`: of a function of
    rows, the derivative of its element j towards element k of the parameter; δ[j,k] is 1 where j = k, else 0."""

    code: str
    latex: str
    averages: Literal["", "rows", "all"] = ""
    holds: str = ""
    jacobian: str = ""

    def count(self, shape: tuple[int, ...]) -> int:
        return count(shape[:-1] if self.averages == "rows" else shape) if self.averages else 1


@dataclass(frozen=True, slots=True)
class Known:
    """A function: its parameters in order, and the rules of those that have one."""

    parameters: tuple[str, ...]
    rules: Mapping[str, Whole]


_NORMALISED = (
    r"\dfrac{{1}}{{r}}\left(\delta - \overline{{\delta}} - h\,\overline{{\delta h}}\right),"
    r"\quad \delta = {g} \cdot {gain},\; h = \dfrac{{{x} - \overline{{{x}}}}}{{r}},\;"
    r" r = \sqrt{{\operatorname{{var}}\left({x}\right) + \epsilon}}"
)
_ROOT_NORMALISED = (
    r"\dfrac{{1}}{{r}}\left(\delta - h\,\overline{{\delta h}}\right),"
    r"\quad \delta = {g} \cdot {gain},\; h = \dfrac{{{x}}}{{r}},\; r = \sqrt{{\overline{{{x}^{{2}}}} + \epsilon}}"
)

KNOWN: Mapping[str, Known] = {
    "sigmoid": Known(("x",), {"x": Whole("d = g * y * (1 - y)", r"{g} \cdot {y}\left(1 - {y}\right)")}),
    "softmax": Known(
        ("x",),
        {
            "x": Whole(
                "d = y * (g - np.sum(g * y, axis=-1, keepdims=True))",
                r"{y} \odot \left({g} - \sum {g} \odot {y}\right)",
                jacobian="y[j] * (δ[j,k] - y[k])",
            )
        },
    ),
    "log_softmax": Known(
        ("x",),
        {
            "x": Whole(
                "p = softmax(x)\nd = g - p * np.sum(g, axis=-1, keepdims=True)",
                r"{g} - \mathrm{{softmax}}\left({x}\right) \sum {g}",
                jacobian="δ[j,k] - p[k]",
            )
        },
    ),
    "logsumexp": Known(
        ("x",), {"x": Whole("p = softmax(x)\nd = g * p", r"{g} \cdot \mathrm{{softmax}}\left({x}\right)")}
    ),
    "cross_entropy": Known(
        ("logits", "target"),
        {
            "logits": Whole(
                "p = softmax(logits)\nd = g * (p - target) / n",
                r"{g} \cdot \dfrac{{1}}{{n}} \left(\mathrm{{softmax}}\left({logits}\right) - {target}\right)",
                "rows",
                "each row of the target adds up to 1",
            )
        },
    ),
    "binary_cross_entropy": Known(
        ("logits", "target"),
        {
            "logits": Whole(
                "p = sigmoid(logits)\nd = g * (p - target) / n",
                r"{g} \cdot \dfrac{{1}}{{n}} \left(\sigma\left({logits}\right) - {target}\right)",
                "all",
            )
        },
    ),
    "mse": Known(
        ("prediction", "target"),
        {
            "prediction": Whole(
                "d = g * 2 * (prediction - target) / n",
                r"{g} \cdot \dfrac{{2}}{{n}} \left({prediction} - {target}\right)",
                "all",
            ),
            "target": Whole(
                "d = g * 2 * (target - prediction) / n",
                r"{g} \cdot \dfrac{{2}}{{n}} \left({target} - {prediction}\right)",
                "all",
            ),
        },
    ),
    "silu": Known(
        ("x",),
        {
            "x": Whole(
                "s = sigmoid(x)\nd = g * (s + y * (1 - s))",
                r"{g} \cdot \left(\sigma\left({x}\right) + {y}\left(1 - \sigma\left({x}\right)\right)\right)",
            )
        },
    ),
    "layernorm": Known(
        ("x", "gain", "bias", "eps"),
        {
            "x": Whole(
                "r = np.sqrt(np.var(x, axis=-1, keepdims=True) + eps)\n"
                "h = (x - np.mean(x, axis=-1, keepdims=True)) / r\n"
                "q = g * gain\n"
                "d = (q - np.mean(q, axis=-1, keepdims=True) - h * np.mean(q * h, axis=-1, keepdims=True)) / r",
                _NORMALISED,
            )
        },
    ),
    "rmsnorm": Known(
        ("x", "gain", "eps"),
        {
            "x": Whole(
                "r = np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + eps)\n"
                "q = g * gain\n"
                "d = (q - x / r * np.mean(q * x / r, axis=-1, keepdims=True)) / r",
                _ROOT_NORMALISED,
            )
        },
    ),
}
