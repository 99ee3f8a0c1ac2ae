"""`jax.random`: keys, and the numbers that they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.jax import threefry
from app.engine.interpreter.semantics.arguments import Call, by_name, native
from app.engine.interpreter.semantics.arrays import from_numpy, shape_argument
from app.engine.interpreter.semantics.indexing import read_part, whole
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.values import Dtype, Module, describe
from app.engine.ops.axes import count
from app.engine.wording import said

X64 = "jax_enable_x64"
"""In `interpreter.imported` where the text has asked JAX for 64 bits."""


@dataclass(frozen=True, slots=True)
class Key(Module):
    """A `jax.random.PRNGKey(0)`."""

    held: threefry.Key = (0, 0)


def _made(held: threefry.Key) -> Key:
    return Key("a key of jax.random", dict, held=held)


def _key_of(interpreter: Interpreter, value: Any, call: Call) -> threefry.Key:
    if not isinstance(value, Key):
        raise interpreter.fail(
            said("library.random_key_missing", spelling=call.spelling, value=describe(value)), call.where("key")
        )
    return value.held


@native("jax.random.PRNGKey", "seed")
def _begin(interpreter: Interpreter, call: Call, seed: Any) -> Key:
    number = whole(interpreter, seed, call.where("seed"), "a seed")
    # A seed is a number of 32 bits, of which the rest has no say, unless 64 are asked for.
    return _made(threefry.key_of(number % 2**64 if X64 in interpreter.imported else number % 2**32))


@native("jax.random.split", "key, num=")
def _split(interpreter: Interpreter, call: Call, key: Any, num: Any) -> tuple[Key, ...]:
    held = _key_of(interpreter, key, call)
    number = 2 if num is None else whole(interpreter, num, call.where("num"), "a count")
    shape_argument(interpreter, number, call.node)
    interpreter.visit(call.node, number)
    return tuple([_made(each) for each in threefry.split(held, number)])


@native("jax.random.fold_in", "key, data")
def _fold_in(interpreter: Interpreter, call: Call, key: Any, data: Any) -> Key:
    return _made(threefry.folded(_key_of(interpreter, key, call), whole(interpreter, data, call.where("data"), "data")))


def _double(interpreter: Interpreter, dtype: Any) -> bool:
    named = dtype.name if isinstance(dtype, Dtype) else dtype
    return X64 in interpreter.imported and (dtype is None or "32" not in str(named))


def _shape(interpreter: Interpreter, value: Any, call: Call) -> tuple[int, ...]:
    return () if value is None else shape_argument(interpreter, value, call.where("shape"))


def _placed(interpreter: Interpreter, numbers: Any, shape: tuple[int, ...], call: Call) -> Any:
    return from_numpy(interpreter, np.asarray(numbers).reshape(shape), call.node)


@native("jax.random.normal", "key, shape=, dtype=")
def _normal(interpreter: Interpreter, call: Call, key: Any, shape: Any, dtype: Any) -> Any:
    sizes = _shape(interpreter, shape, call)
    drawn = threefry.normal(_key_of(interpreter, key, call), count(sizes), double=_double(interpreter, dtype))
    return _placed(interpreter, drawn, sizes, call)


@native("jax.random.uniform", "key, shape=, dtype=, minval=, maxval=")
def _uniform(interpreter: Interpreter, call: Call, key: Any, shape: Any, dtype: Any, minval: Any, maxval: Any) -> Any:
    sizes = _shape(interpreter, shape, call)
    low, high = (
        default if each is None else _number(interpreter, each, call)
        for each, default in ((minval, 0.0), (maxval, 1.0))
    )
    held, double = _key_of(interpreter, key, call), _double(interpreter, dtype)
    return _placed(interpreter, threefry.uniform(held, count(sizes), low, high, double=double), sizes, call)


def _number(interpreter: Interpreter, value: Any, call: Call) -> float:
    found = interpreter.host(value, call.node)
    if isinstance(found, np.ndarray) and found.ndim == 0:
        found = found.item()
    if not isinstance(found, int | float):
        raise interpreter.fail(said("library.random_bound_no_number"), call.node)
    return float(found)


@native("jax.random.bernoulli", "key, p=, shape=")
def _bernoulli(interpreter: Interpreter, call: Call, key: Any, p: Any, shape: Any) -> Any:
    sizes = _shape(interpreter, shape, call)
    double = X64 in interpreter.imported
    share = 0.5 if p is None else _number(interpreter, p, call)
    drawn = threefry.uniform(_key_of(interpreter, key, call), count(sizes), 0.0, 1.0, double=double)
    return _placed(interpreter, drawn < (share if double else float(np.float32(share))), sizes, call)


@native("jax.random.randint", "key, shape, minval, maxval, dtype=")
def _randint(interpreter: Interpreter, call: Call, key: Any, shape: Any, minval: Any, maxval: Any, dtype: Any) -> Any:
    sizes = _shape(interpreter, shape, call)
    low, high = (whole(interpreter, each, call.node, "a bound") for each in (minval, maxval))
    double = X64 in interpreter.imported
    drawn = threefry.whole(_key_of(interpreter, key, call), low, high, count(sizes), double=double)
    return _placed(interpreter, drawn, sizes, call)


@native("jax.random.permutation", "key, x")
def _permutation(interpreter: Interpreter, call: Call, key: Any, x: Any) -> Any:
    held = _key_of(interpreter, key, call)
    if isinstance(x, int):
        shape_argument(interpreter, x, call.node)
        interpreter.visit(call.node, x)
        return _placed(interpreter, threefry.order(held, x), (x,), call)
    array = interpreter.node(as_array(interpreter, x, call.where("x")), call.where("x"))
    return _taken(interpreter, array, threefry.order(held, interpreter.shape(array)[0]), call)


def _taken(interpreter: Interpreter, array: Any, places: Any, call: Call) -> Any:
    return read_part(interpreter, array, from_numpy(interpreter, places, call.node), call.node)


@native("jax.random.choice", "key, a, shape=, replace=")
def _choice(interpreter: Interpreter, call: Call, key: Any, a: Any, shape: Any, replace: Any) -> Any:
    held, sizes = _key_of(interpreter, key, call), _shape(interpreter, shape, call)
    array = None if isinstance(a, int) else interpreter.node(as_array(interpreter, a, call.where("a")), call.where("a"))
    length = a if array is None else interpreter.shape(array)[0]
    if replace is None or interpreter.truth(replace, call.node):
        places = threefry.whole(held, 0, length, count(sizes), double=X64 in interpreter.imported)
    else:
        places = threefry.order(held, length)[: count(sizes)]
    places = places.reshape(sizes)
    return _placed(interpreter, places, sizes, call) if array is None else _taken(interpreter, array, places, call)


NAMES: Mapping[str, Any] = MappingProxyType(
    {**by_name(_begin, _split, _fold_in, _normal, _uniform, _bernoulli, _randint, _permutation, _choice), "key": _begin}
)
"""Names after `jax.random.`."""
