"""einsum: products of elements added up over the letters that the result does not have (Einstein's convention).

`ij,jk->ik` is y[i,k] = Σⱼ a[i,j] b[j,k]. What goes back to an operand is another einsum: the gradient takes the place
of the operand, and the letters change sides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import product
from typing import Any

import numpy as np

from app.engine.ops.call_latex import operator
from app.engine.ops.expression import Expr
from app.engine.ops.registry import Call, Op, Parameter, tensor_op
from app.engine.ops.rule_words import reshape, spread
from app.engine.ops.summation_words import Letters, einsum, latex, lengths_of, letters_of, shape_of

Index = tuple[int, ...]


def _letters(call: Call) -> Letters:
    return letters_of(call.attrs["subscripts"])


def _forward(call: Call, *xs: Expr) -> Expr:
    return einsum(_letters(call).text, xs)


def _back(call: Call, g: Expr, y: Expr, *xs: Expr) -> tuple[Expr, ...]:
    return tuple(_message(call, slot, g, xs) for slot in range(len(xs)))


def _message(call: Call, slot: int, g: Expr, xs: tuple[Expr, ...]) -> Expr:
    """The gradient in the operand's place. A letter that the operand alone has was added up: it is copied to."""
    letters = _letters(call)
    rest = [k for k in range(len(xs)) if k != slot]
    given = (*(letters.given[k] for k in rest), letters.result)
    own = letters.given[slot]
    there = "".join(letter for letter in own if letter in "".join(given))
    sent = g if given == (there,) else einsum(Letters(given, there).text, (*(xs[k] for k in rest), g))
    shape = call.shapes[slot]
    if there == own:
        return sent
    thin = tuple(n if letter in there else 1 for letter, n in zip(own, shape, strict=True))
    return spread(reshape(sent, thin) if there else sent, shape)


def _tangent(call: Call, t: tuple[Expr, ...], y: Expr, *xs: Expr) -> Expr:
    terms = [_forward(call, *xs[:slot], t[slot], *xs[slot + 1 :]) for slot in range(len(xs))]
    return reduce(lambda a, b: a + b, terms)


def _products(call: Call) -> int:
    """NumPy multiplies out all combinations of all letters."""
    return math.prod(lengths_of(_letters(call), call.shapes).values()) * max(1, len(call.shapes) - 1)


def _element(call: Call, write: Any, index: Index, x: Callable[..., Any]) -> Any:
    letters = _letters(call)
    lengths = lengths_of(letters, call.shapes)
    terms = []
    for inner in product(*(range(lengths[letter]) for letter in letters.summed)):
        at = dict(zip(letters.result + letters.summed, (*index, *inner), strict=True))
        factors = [x(slot, tuple(at[letter] for letter in own)) for slot, own in enumerate(letters.given)]
        terms.append(reduce(lambda a, b: write("multiply", a, b), factors))
    return write.sum(terms)


def _elements(call: Call, write: Any, xs: list[Any]) -> Any:
    out = np.empty(call.shape, dtype=object)
    for index in np.ndindex(call.shape):
        out[index] = _element(call, write, index, lambda slot, at: xs[slot][at])
    return out


def _users(call: Call, slot: int, place: Index, xs: list[Any]) -> Iterator[Index]:
    letters = _letters(call)
    at = dict(zip(letters.given[slot], place, strict=True))
    return product(
        *((at[letter],) if letter in at else range(n) for letter, n in zip(letters.result, call.shape, strict=True))
    )


OPS: tuple[Op, ...] = (
    tensor_op(
        "einsum",
        kind="shape",
        inputs=("operands",),
        variadic=True,
        parameters=(Parameter("subscripts", "ij,jk->ik", required=True, form="subscripts"),),
        shape=lambda call: shape_of(call.attrs["subscripts"], call.shapes),
        forward=_forward,
        vjp=_back,
        jvp=_tangent,
        elements=_elements,
        element=_element,
        users=_users,
        products=_products,
        bare=False,
        result="promote",
        latex=operator("einsum", lambda call: latex(call.attrs["subscripts"])),
        summary="Products of elements, added up over the letters that the result does not have.",
    ),
)
