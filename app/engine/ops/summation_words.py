"""The word einsum, and its subscripts taken apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from app.engine.errors import ShapeError
from app.engine.ops.expression import Apply, Expr, Shape
from app.engine.ops.printed import join
from app.engine.ops.word import Word
from app.engine.wording import said


def einsum(subscripts: str, operands: tuple[Expr, ...]) -> Expr:
    return Apply("einsum", operands, (subscripts,))


def _call(function: str) -> Callable[[list[str], tuple[Any, ...]], str]:
    return lambda args, options: f'{function}("{options[0]}", ' + join(", ", args) + ")"


WORDS: Mapping[str, Word] = {
    "einsum": Word(
        _call("np.einsum"),
        lambda args, options: rf"\operatorname{{einsum}}_{{{latex(options[0])}}}\left(" + join(", ", args) + r"\right)",
        scalar=lambda args, options: f"float({_call('np.einsum')(args, options)})",
        torch=_call("torch.einsum"),
    )
}


def latex(subscripts: str) -> str:
    return subscripts.replace("->", r" \to ")


class Letters(NamedTuple):
    """The subscripts of each operand and of the result."""

    given: tuple[str, ...]
    result: str

    @property
    def text(self) -> str:
        return f"{','.join(self.given)}->{self.result}"

    @property
    def summed(self) -> str:
        """The letters that the result does not have, in order of appearance."""
        return "".join(dict.fromkeys(letter for letter in "".join(self.given) if letter not in self.result))


def letters_of(subscripts: str) -> Letters:
    """The subscripts taken apart; without `->`, the result has the letters that occur once, in alphabetical order.
    Raises ShapeError."""
    text = subscripts.replace(" ", "")
    left, arrow, right = text.partition("->")
    given = tuple(left.split(","))
    together = "".join(given)
    if not all(letter.isascii() and letter.isalpha() for letter in together + right):
        raise ShapeError(said("shapes.einsum_sign_unknown", subscripts=subscripts))
    if not arrow:
        right = "".join(sorted(letter for letter in set(together) if together.count(letter) == 1))
    twice = next((letters for letters in (*given, right) if len(set(letters)) < len(letters)), None)
    if twice is not None:
        raise ShapeError(said("shapes.einsum_letter_twice", twice=twice))
    unknown = next((letter for letter in right if letter not in together), None)
    if unknown is not None:
        raise ShapeError(said("shapes.einsum_result_letter_unknown", unknown=unknown))
    return Letters(given, right)


def lengths_of(letters: Letters, shapes: tuple[Shape, ...]) -> dict[str, int]:
    """How long the axis of each letter is. Raises ShapeError."""
    if len(letters.given) != len(shapes):
        raise ShapeError(
            said("shapes.einsum_operands_differ", given_count=len(letters.given), shapes_count=len(shapes)),
        )
    lengths: dict[str, int] = {}
    for own, shape in zip(letters.given, shapes, strict=True):
        if len(own) != len(shape):
            if not shape:
                raise ShapeError(said("shapes.einsum_letters_for_scalar", letters=own))
            shown, axes = "×".join(map(str, shape)), len(shape)
            if not own:
                raise ShapeError(said("shapes.einsum_no_letter_for_operand", shape=shown, axes=axes))
            raise ShapeError(said("shapes.einsum_letters_for_operand", letters=own, shape=shown, axes=axes))
        for letter, length in zip(own, shape, strict=True):
            if lengths.setdefault(letter, length) != length:
                raise ShapeError(
                    said("shapes.einsum_lengths_differ", letter=letter, lengths=lengths[letter], length=length),
                )
    return lengths


def shape_of(subscripts: str, shapes: tuple[Shape, ...]) -> Shape:
    """The shape of the result. Raises ShapeError."""
    letters = letters_of(subscripts)
    lengths = lengths_of(letters, shapes)
    return tuple(lengths[letter] for letter in letters.result)
