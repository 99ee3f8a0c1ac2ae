"""The parts of an element's account as LaTeX. Put together they are the whole of it."""

from __future__ import annotations

import re

from app.engine.labels import latex_name, latex_text
from app.engine.notation.wording import Part

_ELEMENT = re.compile(r"(.+?)(?:\[([\d,]+)\])?")
_SIGNS = {"×": r"\times ", "·": r"\cdot ", "÷": r"\div ", "−": "-", "∞": r"\infty ", "…": r"\dots "} | {
    "~": r"\neg ", "&": r"\wedge ", "|": r"\vee ", "¬": r"\neg ", "∧": r"\wedge ", "∨": r"\vee ",
}  # fmt: skip
_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans(_DIGITS, "0123456789")
_TOKEN = re.compile(
    rf"(?P<call>[A-Za-z_]\w*(?=\())|(?P<power>(?<=[\d.])e(?P<sign>−?)(?P<exponent>\d+))|(?P<word>[A-Za-z_]\w*)"
    rf"|(?P<raised>[{_DIGITS}]+)|(?P<symbol>[{''.join(_SIGNS)}])"
)


def latex(part: Part) -> str:
    """A name with its index below it, a number, or what stands between."""
    if part.tone == "name" or (part.tone == "grad" and part.text[0] == "d"):
        return _element(part)
    return _TOKEN.sub(_token, part.text)


def _token(found: re.Match[str]) -> str:
    if found["call"]:
        return rf"\mathrm{{{latex_text(found['call'])}}}"
    if found["power"]:
        return rf"\mathrm{{e}}{{{'-' if found['sign'] else ''}{found['exponent']}}}"
    if found["word"]:
        return rf"\text{{ {latex_text(found['word'])}}}"
    if found["raised"]:
        return f"^{{{found['raised'].translate(_RAISED)}}}"
    return _SIGNS[found["symbol"]]


def _element(part: Part) -> str:
    found = _ELEMENT.fullmatch(part.text)
    if found is None:
        return rf"\text{{{latex_text(part.text)}}}"
    name, index = found[1], found[2]
    typeset = _named(name) if part.tone == "name" else rf"\mathrm{{d}}{_named(name[1:])}"
    if index is None:
        return typeset
    # A name that has an index of its own is not given a second one below it.
    return rf"{typeset}{{\scriptstyle[{index}]}}" if "_" in typeset else rf"{typeset}_{{{index}}}"


def _named(name: str) -> str:
    """A name, or the code of a part that has none."""
    return latex_name(name) if name.isidentifier() else rf"\text{{{latex_text(name)}}}"
