"""The texts for one node: its label in a picture, its title in a sentence, its name in LaTeX."""

from __future__ import annotations

import re

import numpy as np

from app.engine.ops import CONSTANT
from app.engine.ops.dialects import number_text
from app.engine.ops.word import ATOM, SIGN, Written
from app.engine.program import Node

_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon varphi chi "
        "psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split(),
        strict=True,
    )
)
_TYPED = 12
"""Most characters of a number as a person types it."""

_SPELLED_GREEK = set(_GREEK.values())


def number_of(node: Node) -> Written | None:
    """The number of a scalar constant, as a person would type it; None for any other node."""
    if node.op is not CONSTANT or type(node.value) is not float:
        return None
    value = node.value
    if not np.isfinite(value):
        text = "np.nan" if value != value else "np.inf" if value > 0 else "-np.inf"
    else:
        text = number_text(value)
    return text, SIGN if text.startswith("-") else ATOM


def short_number(node: Node) -> Written | None:
    """The same to be read, not run: of a number that nobody types, such as 0.1 * 3, four digits."""
    number = number_of(node)
    if number is None or len(number[0]) <= _TYPED:
        return number
    assert isinstance(node.value, float)
    return f"{node.value:.4g}", number[1]


def latex_text(text: str) -> str:
    return re.sub(r"([_#&%${}])", r"\\\1", re.sub(r"[\\^~]", "", text))


def latex_name(name: str) -> str:
    """A name in LaTeX: `W1` as W with a subscript, `y_hat` with a hat, `theta` and θ as the letter. Of an
    attribute and of a key the last part is set so: `net.W1`, `params["W1"]`."""
    keyed = re.fullmatch(r'(.+?)\["([^"]*)"\]((?:\[[-\d,]+\])?)', name)
    if keyed is not None:
        element = rf"_{{{keyed[3]}}}" if keyed[3] else ""
        return f"{latex_name(keyed[1])}[{latex_name(keyed[2])}]{element}"
    owner, dot, own = name.rpartition(".")
    if dot and own[:1].isalpha():
        return rf"\mathrm{{{latex_text(owner)}.}}{latex_name(own)}"
    match = re.fullmatch(r"([^\W\d_]+)_?([-\d.#,\[\]]*|[A-Za-z0-9_.#,\[\]]*)", name)
    if match is None:
        return rf"\mathrm{{{latex_text(name)}}}"
    stem, index = match[1], match[2]
    if index == "hat":
        return rf"\hat{{{_letter(stem)}}}"
    if re.fullmatch(r"\d+(_\d+)+", index):
        index = index.replace("_", ",")
    return _letter(stem) + (rf"_{{{latex_text(index.strip('.'))}}}" if index else "")


def _letter(stem: str) -> str:
    if stem in _GREEK:
        return rf"\{_GREEK[stem]}"
    if stem in _SPELLED_GREEK:
        return rf"\{stem}"
    return stem if len(stem) == 1 else rf"\mathrm{{{stem}}}"


def label(node: Node) -> str:
    """The short label of a node in a picture: `@`, `+`, `relu`, or the number of a constant."""
    if node.op is CONSTANT:
        number = short_number(node)
        return "array" if number is None else number[0]
    return node.op.label or node.op.name


def title(node: Node) -> str:
    """The name of a node in a sentence: "z1", or "@ in z1" for a node without a name."""
    if node.name is not None:
        return node.name
    if node.op is CONSTANT:
        return label(node)
    if node.whole is not None:
        return f"{label(node)} in {node.whole}"
    whole = re.sub(r"\.\d+$", "", node.id)
    if "[" not in whole:
        whole = re.split("[./:]", whole, maxsplit=1)[0]
    return f"{label(node)} in {re.sub(r'#[0-9]+$', '', whole)}"


def under(called: str) -> str:
    """What a node is called behind ∂: in brackets where it is more than one word, as in ∂(2 * x + 3)."""
    return called if re.fullmatch(r"[^\W\d][\w.#]*(\([^()]*\)|\[[^\[\]]*\])*", called) else f"({called})"
