"""A copy of an array with values stored at, or added to, some of its places: what `x[index] = value` and
`np.add.at(x, index, value)` do to x."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from app.engine.errors import ShapeError
from app.engine.ops import tensor_reasons as reasons
from app.engine.ops.axes import number_of, place_in, show_shape
from app.engine.ops.call_latex import index_latex, operator
from app.engine.ops.expression import Expr, Shape
from app.engine.ops.index_array import IndexArray
from app.engine.ops.index_spellings import index_label
from app.engine.ops.places import Index, indexed, places_of, repeats
from app.engine.ops.registry import Call, Op, Parameter, tensor_op
from app.engine.ops.rule_words import added, put, reshape, spread, stored, take
from app.engine.wording import said

INDEX = (Parameter("index", (...,), required=True, form="index"),)


def _index(call: Call) -> Index:
    return indexed(call.shapes[0], call.attrs["index"])[1]


def _picked(call: Call) -> Shape:
    """The shape of x[index]."""
    return indexed(call.shapes[0], call.attrs["index"])[0]


def _trimmed(value: Shape, picked: Shape) -> Shape:
    """The shape of the value without the leading axes of length 1 that NumPy drops."""
    extra = max(0, len(value) - len(picked))
    return value[extra:] if all(n == 1 for n in value[:extra]) else value


def _shape(call: Call) -> Shape:
    x, value = call.shapes
    picked = _picked(call)
    own = _trimmed(value, picked)
    lead = len(picked) - len(own)
    if lead < 0 or any(n not in (1, picked[lead + axis]) for axis, n in enumerate(own)):
        raise ShapeError(said("shapes.stored_shape_differs", value=show_shape(value), picked=show_shape(picked)))
    return x


def _value(call: Call, value: Expr) -> Expr:
    own = _trimmed(call.shapes[1], _picked(call))
    return value if own == call.shapes[1] else reshape(value, own)


def _as_sent(call: Call, message: Expr) -> Expr:
    """A message in the shape of x[index], with the axes of the value that storing dropped."""
    shape = _message_shape(call, 1)
    return message if shape == _picked(call) else reshape(message, shape)


def _message_shape(call: Call, slot: int) -> Shape:
    if slot == 0 or not call.shape:
        return call.shapes[slot]
    picked = _picked(call)
    return (1,) * (len(call.shapes[1]) - len(picked)) + picked


def _winners(call: Call) -> tuple[Index, Index]:
    """Where an index names a place twice, the last one counts: the places, and which of the elements stored they get,
    both counted in order."""
    last = {int(place): number for number, place in enumerate(places_of(call.shapes[0], _index(call)).ravel())}
    return (IndexArray.of(list(last)),), (IndexArray.of(list(last.values())),)


def _put(call: Call, x: Expr, value: Expr) -> Expr:
    index = _index(call)
    if not call.shape:
        return reshape(value, ()) if call.shapes[1] else value
    if not repeats(call.shape, index):
        return stored(x, _value(call, value), index)
    places, numbers = _winners(call)
    picked = _picked(call)
    each = reshape(spread(_value(call, value), picked), (math.prod(picked),))
    return reshape(stored(reshape(x, (math.prod(call.shape),)), take(each, numbers), places), call.shape)


def _put_back(call: Call, g: Expr, y: Expr, x: Expr, value: Expr) -> tuple[Expr | None, Expr]:
    index = _index(call)
    if not call.shape:
        return None, spread(g, call.shapes[1]) if call.shapes[1] else g
    if not repeats(call.shape, index):
        return stored(g, 0.0, index), _as_sent(call, take(g, index))
    places, numbers = _winners(call)
    picked = _picked(call)
    won = take(reshape(g, (math.prod(call.shape),)), places)
    sent = reshape(put(won, numbers, (math.prod(picked),)), picked)
    return stored(g, 0.0, index), _as_sent(call, sent)


def _running(call: Call) -> tuple[Any, Any]:
    """The places that are stored at, and for each the element of the value that goes there, both counted in order."""
    places = places_of(call.shapes[0], _index(call))
    own = _trimmed(call.shapes[1], _picked(call))
    numbers = np.arange(math.prod(own)).reshape(own)
    return places.ravel(), np.broadcast_to(numbers, places.shape).ravel()


def _put_elements(call: Call, write: Any, xs: list[Any]) -> Any:
    out = xs[0].reshape(-1).copy()
    places, numbers = _running(call)
    for place, number in zip(places, numbers, strict=True):
        out[place] = xs[1].reshape(-1)[number]
    return out.reshape(call.shape)


def _add(call: Call, x: Expr, value: Expr) -> Expr:
    if not call.shape:
        return x + (reshape(value, ()) if call.shapes[1] else value)
    return added(x, _value(call, value), _index(call))


def _add_back(call: Call, g: Expr, y: Expr, x: Expr, value: Expr) -> tuple[Expr, Expr]:
    if not call.shape:
        return g, spread(g, call.shapes[1]) if call.shapes[1] else g
    return g, _as_sent(call, take(g, _index(call)))


def _added_element(call: Call, write: Any, index: tuple[int, ...], x: Callable[..., Any]) -> Any:
    places, numbers = _running(call)
    here = numbers[places == number_of(call.shape, index)]
    return write.sum([x(0, index), *(x(1, place_in(call.shapes[1], number)) for number in here)])


def _added_users(call: Call, slot: int, place: tuple[int, ...], xs: list[Any]) -> Iterator[tuple[int, ...]]:
    if slot == 0:
        yield place
        return
    places, numbers = _running(call)
    for found in np.unique(places[numbers == number_of(call.shapes[1], place)]):
        yield place_in(call.shape, found)


def _add_elements(call: Call, write: Any, xs: list[Any]) -> Any:
    out = xs[0].reshape(-1).copy()
    places, numbers = _running(call)
    for place, number in zip(places, numbers, strict=True):
        out[place] = write("add", out[place], xs[1].reshape(-1)[number])
    return out.reshape(call.shape)


OPS: tuple[Op, ...] = (
    tensor_op(
        "put",
        kind="shape",
        indexed="set",
        grad_name="CopySlices",
        inputs=("x", "value"),
        parameters=INDEX,
        shape=_shape,
        forward=_put,
        vjp=_put_back,
        jvp=lambda call, t, y, x, value: _put(call, *t),
        elements=_put_elements,
        message_shape=_message_shape,
        bare=False,
        label="[ ]=",
        postfix=lambda attrs: f".put([{index_label(attrs['index'])}], {{1}})",
        latex=operator("put", lambda call: index_latex(call.attrs["index"])),
        result="promote",
        summary="A copy with a value stored at some places: the gradient there goes to the value, elsewhere to x.",
        says=reasons.PUT_SAYS,
        hands=reasons.PUT_HANDS,
    ),
    tensor_op(
        "add_at",
        kind="shape",
        indexed="add",
        inputs=("x", "value"),
        parameters=INDEX,
        shape=_shape,
        forward=_add,
        vjp=_add_back,
        jvp=lambda call, t, y, x, value: _add(call, *t),
        elements=_add_elements,
        element=_added_element,
        users=_added_users,
        message_shape=_message_shape,
        bare=False,
        label="[ ]+=",
        postfix=lambda attrs: f".add_at([{index_label(attrs['index'])}], {{1}})",
        latex=operator("add", lambda call: index_latex(call.attrs["index"])),
        result="promote",
        summary="A copy with a value added at some places, as often as each occurs; the gradient goes to both.",
        says=reasons.ADD_AT_SAYS,
        hands=reasons.ADD_AT_HANDS,
    ),
)
