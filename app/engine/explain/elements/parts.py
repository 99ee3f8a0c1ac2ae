"""The parts of an element's account, each as plain text and as LaTeX: either, put together, is the whole account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.engine.labels import latex_name, latex_text
from app.engine.notation.formulas import latex_figure
from app.engine.notation.numbers import figure
from app.engine.ops.word import ATOM, POWER, PRODUCT, SIGN, SUM
from app.engine.wording import Part, Tone

SHOWN = 6
"""Terms of a sum that are written out."""
_LATEX = {"×": r"\times", "·": r"\cdot", "÷": r"\div", "−": "-", "≥": r"\ge", "≤": r"\le", "≠": r"\ne"}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression. `binds`: the precedence of its outermost operator."""

    parts: tuple[Part, ...] = ()
    binds: int = ATOM

    def within(self, needs: int) -> tuple[Part, ...]:
        """The parts, in brackets where the surroundings bind more tightly."""
        return self.parts if self.binds >= needs else (plain("("), *self.parts, plain(")"))


# -- parts -------------------------------------------------------------------------------------------------------------


def plain(text: str) -> Part:
    """A part that is the same in LaTeX."""
    return Part(text, "", text)


EQUALS = plain(" = ")


def words(text: str, tone: Tone = "") -> Part:
    return Part(text, tone, rf"\text{{{latex_text(text)}}}")


def figured(x: float, tone: Tone) -> Part:
    return Part(figure(x), tone, latex_figure(x))


def operator(sign: str, room: str = " ") -> Part:
    """An operator with this room on both sides."""
    if sign.isalpha():
        return words(f"{room}{sign} ")
    return Part(f"{room}{sign}{room}", "", f"{room}{_LATEX.get(sign, sign)} ")


def name_of(name: str, index: tuple[int, ...], gradient: bool = False, typeset: str | None = None) -> Part:
    """An element of a value, or of a gradient (`dx[0]`, where `name` is `dx`). typeset: the value in LaTeX, where that
    does not follow from `name`."""
    shown = name[1:] if gradient else name
    if typeset is None:
        typeset = latex_name(shown) if shown.isidentifier() else rf"\text{{{latex_text(shown)}}}"
    if gradient:
        typeset = rf"\mathrm{{d}}{typeset}"
    tone: Tone = "grad" if gradient else "name"
    if not index:
        return Part(name, tone, typeset)
    place = ",".join(map(str, index))
    # A name that has an index of its own is not given a second one below it.
    below = rf"{{\scriptstyle[{place}]}}" if "_" in typeset else f"_{{{place}}}"
    return Part(f"{name}[{place}]", tone, typeset + below)


def _others(count: int, before: str) -> tuple[Part, ...]:
    """The part that counts what is not written out; none for 0."""
    shown = f"{count:,}"
    typeset = rf"{before}\dots {shown.replace(',', '{,}')}\text{{ more}}"
    return (Part(f"{before}… {shown} more", "", typeset),) if count else ()


# -- phrases -----------------------------------------------------------------------------------------------------------


def number(x: float, tone: Tone) -> Phrase:
    return Phrase((figured(x, tone),), SIGN if x < 0 else ATOM)


def joined(terms: Sequence[Phrase], hidden: int) -> Phrase:
    """Terms with plus between them, and how many more there are."""
    parts: list[Part] = []
    for term in terms:
        # A sign may only lead.
        needs = (ATOM if term.binds == SIGN else PRODUCT) if parts else 0
        parts += [*([plain(" + ")] if parts else []), *term.within(needs)]
    return Phrase((*parts, *_others(hidden, " + ")), SUM if len(terms) > 1 or hidden else ATOM)


def times(factors: Sequence[Phrase], *, dense: bool = False) -> Phrase:
    """A product; `dense` within a sum, where space stands around the plus."""
    if len(factors) == 1:
        return factors[0]
    parts: list[Part] = []
    for place, factor in enumerate(factors):
        # A sign between two factors needs brackets; in front of a sum's later terms, too.
        needs = PRODUCT if place == 0 and not dense else ATOM
        parts += [operator("·", "") if dense else operator("×")] if parts else []
        parts += factor.within(needs)
    return Phrase(tuple(parts), PRODUCT)


def signed(sign: str, phrase: Phrase, needs: int) -> Phrase:
    """A phrase after a sign, or after the word `not`."""
    return Phrase((operator(sign, ""), *phrase.within(needs)), SIGN)


def negative(phrase: Phrase) -> Phrase:
    return signed("−", phrase, ATOM if phrase.binds == SIGN else PRODUCT)


def raised(base: Phrase, digits: str) -> Phrase:
    """A power whose exponent is a whole number."""
    return Phrase((*base.within(ATOM), Part(digits.translate(_SUPERSCRIPT), "", f"^{{{digits}}}")), POWER)


def between(sign: str, first: Phrase, second: Phrase, needs: tuple[int, ...], binds: int) -> Phrase:
    """Two operands with their operator; for `^` the second is raised in LaTeX."""
    # A second sign in a row is hard to read.
    right = second.within(ATOM if second.binds == SIGN else needs[1])
    if sign == "^":
        parts = (*first.within(needs[0]), Part(" ^ ", "", "^{"), *right, Part("", "", "}"))
    else:
        parts = (*first.within(needs[0]), operator(sign), *right)
    return Phrase(parts, binds)


def call(name: str, arguments: Sequence[Phrase], hidden: int, options: Sequence[str]) -> Phrase:
    """A call; `hidden`: how many arguments are not written out."""
    parts = [Part(f"{name}(", "", rf"\mathrm{{{latex_text(name)}}}(")]
    for place, phrase in enumerate(arguments):
        parts += [plain(", "), *phrase.parts] if place else phrase.parts
    parts += _others(hidden, ", ")
    parts += [words(f", {option}") for option in options]
    return Phrase((*parts, plain(")")))
