"""One element of an expression over arrays: an expression over numbers, each of them an element of a symbol.

Words that act on each element alone pass the place on to their operands, trailing axes first, as broadcasting does. The
words that move, copy or gather elements are listed here; a word that is not listed acts on each element alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np

from app.engine.notation.indices.index import Condition, Index, below, constant, is_at, letter, within
from app.engine.notation.indices.moves import regrouped
from app.engine.notation.indices.shapes import shape_of
from app.engine.ops import matrix_words, scan_words
from app.engine.ops.expression import MASKS, Apply, Expr, Named, Number, Shape, Symbol, lift, symbols_in
from app.engine.ops.places import has_arrays, indexed
from app.engine.ops.rule_words import cases, over, truth
from app.engine.ops.summation_words import lengths_of, letters_of

LETTERS = "ijklmnprstuv"
_PARTS = 6
"""Longest concatenation that is written out part by part."""
_BEYOND = frozenset({*scan_words.WORDS, *matrix_words.WORDS})
"""Words that depend on numbers rather than places, or have no sign of their own."""
Indices = tuple[Index, ...]
"""Where an element stands: an index for each axis."""


class Unindexed(Exception):
    """Raised when an expression has no readable index form."""


@dataclass(slots=True)
class Table:
    """The elements of symbols that an index form uses, collected while it is made: `found[key]` is (symbol, its place).
    shapes: those of the symbols. renamed: letters that are written differently than they are counted."""

    shapes: Mapping[str, Shape]
    renamed: Mapping[str, str] = field(default_factory=dict)
    found: dict[str, tuple[str, Indices]] = field(default_factory=dict)

    def letter(self, name: str) -> Index:
        return letter(self.renamed.get(name, name))._replace(letter=name)

    def element(self, symbol: str, place: Indices) -> Expr:
        key = f"{symbol}[{','.join(index.text for index in place)}]"
        self.found[key] = (symbol, place)
        return Symbol(key)


def at(expression: Expr, place: Indices, used: frozenset[str], table: Table) -> Expr:
    """The expression at a place of its result. used: letters that are taken already. Raises Unindexed."""
    if isinstance(expression, Number):
        return expression
    if isinstance(expression, Named):
        return at(expression.meaning, place, used, table)
    if isinstance(expression, Symbol):
        return table.element(expression.key, place)
    assert isinstance(expression, Apply)
    if expression.word in _BEYOND:
        raise Unindexed
    special = _AT.get(expression.word)
    if special is not None:
        return special(expression, place, used, table)
    shape = shape_of(expression, table.shapes)
    parts = tuple(
        at(argument, _aligned(place, shape, shape_of(argument, table.shapes)), used, table)
        for argument in expression.arguments
    )
    return Apply(expression.word, parts, expression.options)


def _aligned(place: Indices, shape: Shape, own: Shape) -> Indices:
    """A place of a broadcast result, in an operand of shape `own`."""
    lead = len(shape) - len(own)
    return tuple(
        constant(0) if n == 1 and shape[lead + axis] != 1 else place[lead + axis] for axis, n in enumerate(own)
    )


def _fresh(table: Table, used: frozenset[str], count: int) -> tuple[Indices, frozenset[str]]:
    free = [name for name in LETTERS if name not in used]
    if len(free) < count:
        raise Unindexed
    return tuple(table.letter(name) for name in free[:count]), used | set(free[:count])


# -- words that gather -------------------------------------------------------------------------------------------------


def _reduced(word: str) -> Callable[..., Expr]:
    def reduce(e: Apply, place: Indices, used: frozenset[str], table: Table) -> Expr:
        given = shape_of(e.arguments[0], table.shapes)
        axes, keepdims = e.options
        gone = tuple(range(len(given))) if axes is None else axes
        letters, inside = _fresh(table, used, len(gone))
        kept = [index for axis, index in enumerate(place) if axis not in gone] if keepdims else list(place)
        inner = _woven(kept, dict(zip(gone, letters, strict=True)), len(given))
        return _gathered(word, at(e.arguments[0], inner, inside, table), letters, [given[axis] for axis in gone], table)

    return reduce


def _gathered(word: str, part: Expr, letters: Indices, lengths: list[int], table: Table) -> Expr:
    """A sum (or maximum, minimum) over these indices. An index that does not occur in the term is dropped, as all terms
    along it are the same: a sum over n of them is n times the term."""
    places = [index.text for key in symbols_in(part) for index in table.found[key][1]]
    running = []
    for index, length in zip(letters, lengths, strict=True):
        if any(index.text in place for place in places):
            running.append(index.text)
        elif word == "sum":
            part = float(length) * part
    if isinstance(part, Apply) and part.word in MASKS:
        part = truth(part)
    return over(word, part, tuple(running)) if running else part


def _woven(kept: list[Index], new: Mapping[int, Index], dimensions: int) -> Indices:
    """`kept` in order, with new indices at their axes."""
    rest = iter(kept)
    return tuple(new[axis] if axis in new else next(rest) for axis in range(dimensions))


def _matmul(e: Apply, place: Indices, used: frozenset[str], table: Table) -> Expr:
    a, b = (shape_of(argument, table.shapes) for argument in e.arguments)
    (inner,), inside = _fresh(table, used, 1)
    columns, rest = (place[-1:], place[:-1]) if len(b) > 1 else ((), place)
    rows, batch = (rest[-1:], rest[:-1]) if len(a) > 1 else ((), rest)
    lengths = tuple(np.broadcast_shapes(a[:-2], b[:-2]))
    left = (*_aligned(batch, lengths, a[:-2]), *rows, inner)
    right = (*_aligned(batch, lengths, b[:-2]), inner, *columns)
    parts = at(e.arguments[0], left, inside, table), at(e.arguments[1], right, inside, table)
    return _gathered("sum", parts[0] * parts[1], (inner,), [a[-1]], table)


def _einsum(e: Apply, place: Indices, used: frozenset[str], table: Table) -> Expr:
    letters = letters_of(e.options[0])
    shapes = tuple(shape_of(argument, table.shapes) for argument in e.arguments)
    lengths = lengths_of(letters, shapes)
    summed, inside = _fresh(table, used, len(letters.summed))
    where = dict(zip(letters.result + letters.summed, (*place, *summed), strict=True))
    parts = [
        at(argument, tuple(where[letter] for letter in own), inside, table)
        for argument, own in zip(e.arguments, letters.given, strict=True)
    ]
    whole = reduce(lambda a, b: a * b, parts)
    return _gathered("sum", whole, summed, [lengths[letter] for letter in letters.summed], table)


# -- words that move ---------------------------------------------------------------------------------------------------


def _transpose(e: Apply, place: Indices, used: frozenset[str], table: Table) -> Expr:
    (axes,) = e.options
    return at(e.arguments[0], tuple(place[axes.index(axis)] for axis in range(len(axes))), used, table)


def _reshape(e: Apply, place: Indices, used: frozenset[str], table: Table) -> Expr:
    given = shape_of(e.arguments[0], table.shapes)
    return at(e.arguments[0], regrouped(place, e.options[0], given), used, table)


def _spread(e: Apply, place: Indices, used: frozenset[str], table: Table) -> Expr:
    return at(e.arguments[0], _aligned(place, e.options[0], shape_of(e.arguments[0], table.shapes)), used, table)


def _take(e: Apply, place: Indices, used: frozenset[str], table: Table) -> Expr:
    _no_arrays(e.options[0])
    given = shape_of(e.arguments[0], table.shapes)
    found: list[Index] = []
    rest = list(place)
    for item in e.options[0]:
        if item is None:
            rest.pop(0)
        elif isinstance(item, slice):
            places = range(*item.indices(given[len(found)]))
            found.append(_counted(rest.pop(0), places))
        else:
            found.append(constant(int(item)))
    return at(e.arguments[0], (*found, *rest), used, table)


def _no_arrays(items: tuple[Any, ...]) -> None:
    """Which place an index array names is in its numbers alone: there is no formula for it."""
    if has_arrays(items):
        raise Unindexed


def _counted(index: Index, places: range) -> Index:
    """The place with this number among the places of a slice."""
    if places.step < 0:
        return index.times(-places.step).from_(places.start)
    return index.times(places.step).plus(places.start)


def _put(e: Apply, place: Indices, used: frozenset[str], table: Table) -> Expr:
    """The element that was put at this place if the index holds it, else 0."""
    items, shape = e.options
    inner, conditions = _became(items, shape, place)
    found = at(e.arguments[0], inner, used, table)
    return cases([found, lift(0.0)], [_and(conditions)]) if conditions else found


def _stored(e: Apply, place: Indices, used: frozenset[str], table: Table) -> Expr:
    """Where the place is one of those that are stored at: the value's element. Else what was there."""
    found, conditions = _value_stored(e, place, used, table)
    old = at(e.arguments[0], place, used, table)
    return cases([found, old], [_and(conditions)]) if conditions else found


def _added(e: Apply, place: Indices, used: frozenset[str], table: Table) -> Expr:
    found, conditions = _value_stored(e, place, used, table)
    return at(e.arguments[0], place, used, table) + (
        cases([found, lift(0.0)], [_and(conditions)]) if conditions else found
    )


def _value_stored(e: Apply, place: Indices, used: frozenset[str], table: Table) -> tuple[Expr, list[Condition]]:
    """The element of the value that goes to a place, under these conditions."""
    shape = shape_of(e.arguments[0], table.shapes)
    inner, conditions = _became(e.options[0], shape, place)
    value = e.arguments[1]
    own = shape_of(value, table.shapes)
    return at(value, _aligned(inner, indexed(shape, e.options[0])[0], own), used, table), conditions


def _became(items: tuple[Any, ...], shape: Shape, place: Indices) -> tuple[Indices, list[Condition]]:
    """Where in `x[items]` an element of x is, and the conditions under which it is there."""
    _no_arrays(items)
    inner: list[Index] = []
    conditions: list[Condition] = []
    axis = 0
    for item in items:
        if item is None:
            inner.append(constant(0))
            continue
        index, length = place[axis], shape[axis]
        if isinstance(item, slice):
            places = range(*item.indices(length))
            condition = within(index, places, length)
            inner.append(_number_in(index, places))
        else:
            condition = is_at(index, int(item)) if length > 1 else None
        if condition is not None:
            conditions.append(condition)
        axis += 1
    return (*inner, *place[axis:]), conditions


def _number_in(index: Index, places: range) -> Index:
    """The number of a place among the places of a slice."""
    if places.step < 0:
        return index.from_(places.start).over(-places.step)
    return index.plus(-places.start).over(places.step)


def _and(conditions: list[Condition]) -> Condition:
    return Condition(" and ".join(c.text for c in conditions), r",\; ".join(c.latex for c in conditions))


def _concatenate(e: Apply, place: Indices, used: frozenset[str], table: Table) -> Expr:
    (axis,) = e.options
    parts, conditions, start = [], [], 0
    _few(e.arguments)
    for argument in e.arguments:
        length = shape_of(argument, table.shapes)[axis]
        moved = (*place[:axis], place[axis].plus(-start), *place[axis + 1 :])
        start += length
        if length:
            parts.append(at(argument, moved, used, table))
            conditions.append(below(place[axis], start))
    return cases(parts, conditions[:-1])


def _stack(e: Apply, place: Indices, used: frozenset[str], table: Table) -> Expr:
    (axis,) = e.options
    _few(e.arguments)
    rest = (*place[:axis], *place[axis + 1 :])
    parts = [at(argument, rest, used, table) for argument in e.arguments]
    return cases(parts, [is_at(place[axis], number) for number in range(len(parts) - 1)])


def _few(parts: tuple[Any, ...]) -> None:
    if len(parts) > _PARTS:
        raise Unindexed


_AT: Mapping[str, Callable[[Apply, Indices, frozenset[str], Table], Expr]] = {
    "sum": _reduced("sum"),
    "max": _reduced("max"),
    "min": _reduced("min"),
    "matmul": _matmul,
    "dot": _matmul,
    "einsum": _einsum,
    "transpose": _transpose,
    "reshape": _reshape,
    "spread": _spread,
    "take": _take,
    "put": _put,
    "stored": _stored,
    "added": _added,
    "concatenate": _concatenate,
    "stack": _stack,
    "filled": lambda e, place, used, table: lift(e.options[1]),
}
