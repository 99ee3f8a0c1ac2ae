"""A formula in LaTeX as plain text, for pages that are read before (or without) being typeset.

`\\frac{dg}{dx}` becomes dg/dx. It covers the LaTeX of lessons on derivatives; other commands are replaced by their
names.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_SIGNS = {
    "cdot": "·", "times": "×", "partial": "∂", "to": "→", "rightarrow": "→", "le": "≤", "ge": "≥",
    "leq": "≤", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "pm": "±", "infty": "∞", "sum": "Σ",
    "Delta": "Δ", "delta": "δ", "sigma": "σ",
    "varepsilon": "ε", "epsilon": "ε", "theta": "θ", "eta": "η", "alpha": "α", "beta": "β", "pi": "π", "ldots": "…",
    "dots": "…", "quad": " ", "qquad": " ", "top": "ᵀ", "prime": "′", "odot": "⊙", "lambda": "λ", "mu": "μ",
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-n()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ⁽⁾")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_SPOKEN = re.compile(r"\\(?:mathrm|text|operatorname|mathbf|mathit)\s*\{([^{}]*)\}")
_SCRIPT = re.compile(r"([_^])(?:\{([^{}]*)\}|(.))")
_COMMAND = re.compile(r"\\(?![dt]?frac)([A-Za-z]+)")


def plain(latex: str) -> str:
    """The formula as plain text."""
    text = _until_unchanged(_SPOKEN, lambda found: found[1], latex)
    text = re.sub(r"\\(?:left|right|,|;|!|:| )", "", text)
    text = re.sub(r"\\(partial|Delta|delta) ", lambda found: _SIGNS[found[1]], text)
    text = _COMMAND.sub(lambda found: _SIGNS.get(found[1], found[1]), text)
    text = _until_unchanged(_FRACTION, _ratio, text)
    text = _SCRIPT.sub(_script, text)
    text = text.replace("{", "").replace("}", "").replace("'", "′").replace("-", "−").replace("*", "·")
    return re.sub(r"\s+", " ", text).strip()


def _until_unchanged(pattern: re.Pattern[str], write: Callable[[re.Match[str]], str], text: str) -> str:
    """Replaces matches, from the inside out, until there are none."""
    while (again := pattern.sub(write, text)) != text:
        text = again
    return text


def _ratio(found: re.Match[str]) -> str:
    above, below = (f"({part})" if re.search(r"[+\-\s]", part.strip()) else part.strip() for part in found.groups())
    return f"{above}/{below}"


def _script(found: re.Match[str]) -> str:
    inside = found[2] if found[2] is not None else found[3]
    table, mark = (_RAISED, "^") if found[1] == "^" else (_LOWERED, "_")
    if inside in {"⊤", "ᵀ", "T"} and mark == "^":
        return "ᵀ"
    if all(ord(char) in table for char in inside):
        return inside.translate(table)
    return f"{mark}{inside}" if len(inside) == 1 else f"{mark}({inside})"
