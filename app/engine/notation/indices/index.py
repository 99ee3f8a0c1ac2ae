"""An index along one axis as it is written: a letter, a number, or arithmetic with them."""

from __future__ import annotations

from typing import NamedTuple

from app.engine.ops.word import ATOM, PRODUCT, SUM

_LISTED = 4
"""Most places of a stepped slice that are all listed."""


class Index(NamedTuple):
    """`text` and `latex`, and how tightly both bind. letter: the bare letter that it is; number: the number."""

    text: str
    latex: str
    binds: int = ATOM
    letter: str = ""
    number: int | None = None

    def plus(self, n: int) -> Index:
        if n == 0:
            return self
        if self.number is not None:
            return constant(self.number + n)
        end = f"{'+' if n > 0 else '-'}{abs(n)}"
        return Index(f"{self.text}{end}", f"{self.latex}{end}", SUM)

    def from_(self, n: int) -> Index:
        """n minus this."""
        if self.number is not None:
            return constant(n - self.number)
        return Index(f"{n}-{self._held(SUM)}", f"{n}-{self._typeset(PRODUCT)}", SUM)

    def times(self, n: int) -> Index:
        if n == 1:
            return self
        if self.number is not None:
            return constant(self.number * n)
        return Index(f"{n}*{self._held(PRODUCT)}", f"{n}{self._typeset(ATOM)}", PRODUCT)

    def add(self, other: Index) -> Index:
        if self.number is not None:
            return other.plus(self.number)
        if other.number is not None:
            return self.plus(other.number)
        return Index(f"{self.text}+{other.text}", f"{self.latex}+{other.latex}", SUM)

    def over(self, n: int) -> Index:
        """The quotient by n, rounded down."""
        if n == 1:
            return self
        if self.number is not None:
            return constant(self.number // n)
        return Index(f"{self._held(PRODUCT)}//{n}", rf"\lfloor {self._typeset(PRODUCT)}/{n} \rfloor", PRODUCT)

    def left(self, n: int) -> Index:
        """The remainder of the division by n."""
        if n == 1:
            return constant(0)
        if self.number is not None:
            return constant(self.number % n)
        return Index(f"{self._held(PRODUCT)}%{n}", rf"{self._typeset(PRODUCT)} \bmod {n}", PRODUCT)

    def _held(self, level: int) -> str:
        return self.text if self.binds > level else f"({self.text})"

    def _typeset(self, level: int) -> str:
        return self.latex if self.binds >= level else f"({self.latex})"


class Condition(NamedTuple):
    """The condition under which one case of a formula holds."""

    text: str
    latex: str


def letter(name: str) -> Index:
    return Index(name, name, letter=name)


def constant(n: int) -> Index:
    return Index(str(n), str(n), number=n)


def is_at(index: Index, n: int) -> Condition:
    return Condition(f"{index.text} == {n}", f"{index.latex} = {n}")


def below(index: Index, n: int) -> Condition:
    return Condition(f"{index.text} < {n}", f"{index.latex} < {n}")


def within(index: Index, places: range, length: int) -> Condition | None:
    """The condition that an index along an axis of this length is one of these places; None where it always is."""
    if len(places) == length:
        return None
    low, high = min(places), max(places)
    if len(places) == 1:
        return is_at(index, low)
    if abs(places.step) > 1:
        shown = [str(p) for p in sorted(places)]
        dots = [*shown[:2], r"\ldots", shown[-1]] if len(shown) > _LISTED else shown
        return Condition(
            f"{index.text} in range({low}, {high + 1}, {abs(places.step)})",
            rf"{index.latex} \in \{{{', '.join(dots)}\}}",
        )
    if low == 0:
        return below(index, high + 1)
    if high == length - 1:
        return Condition(f"{index.text} >= {low}", rf"{index.latex} \ge {low}")
    return Condition(f"{low} <= {index.text} < {high + 1}", rf"{low} \le {index.latex} < {high + 1}")
