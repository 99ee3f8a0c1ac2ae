"""`np.random` in both styles: the numbers that it gives (see `chance.py`)."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.interpreter.graph.storage import store
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.host_errors import host_errors
from app.engine.interpreter.library.numpy.distributions import LAST_AXIS, NEW, OLD, SAME
from app.engine.interpreter.semantics.arguments import Call, bound, native
from app.engine.interpreter.semantics.arrays import from_numpy, host_array, index_arrays, numpy_type, shape_argument
from app.engine.interpreter.semantics.indexing import array_index, whole
from app.engine.interpreter.semantics.sequences import as_array, iterate
from app.engine.interpreter.values import Literal, Module, Native, Ref
from app.engine.ops import REGISTRY
from app.engine.wording import said


def _made(interpreter: Interpreter, value: Any, call: Call) -> Any:
    """What NumPy drew: a number of the host, or a made array."""
    if isinstance(value, np.ndarray):
        return from_numpy(interpreter, value, call.node)
    return value.item() if isinstance(value, np.generic) else value


def _size(interpreter: Interpreter, value: Any, call: Call, name: str = "size") -> Any:
    return None if value is None else shape_argument(interpreter, value, call.where(name))


def _shaped(name: str, generator: Callable[[Interpreter], Any]) -> Native:
    """`rand(2, 3)`, `randn(2, 3)`: the shape as separate arguments."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        shape = tuple([whole(interpreter, value, where, "a size") for value, where in call.args])
        if shape:
            shape_argument(interpreter, shape, call.node)
        return _made(interpreter, getattr(generator(interpreter), name)(*shape), call)

    return Native(f"np.random.{name}", run)


def _drawn(method: str, parameters: str, generator: Callable[[Interpreter], Any], owner: str) -> Native:
    """A distribution: its parameters as numbers or arrays, and `size`."""
    spelling = f"{owner}.{method}"

    def run(interpreter: Interpreter, call: Call) -> Any:
        held = bound(interpreter, call, parameters)
        dtype = _dtype(interpreter, call, held.pop("dtype", None))
        given: dict[str, Any] = dtype | {
            key: host_array(interpreter, value, call)
            for key, value in held.items()
            if value is not None and key != "size"
        }
        if isinstance(held.get("n"), list):
            # NumPy takes 1.0 for a whole number in a list, and not in an array.
            given["n"] = given["n"].tolist()
        size = _size(interpreter, held["size"], call)
        _bounded(interpreter, call, method, given, size)
        draw = getattr(generator(interpreter), SAME.get(method, method) if owner != "rng" else method)
        with host_errors(interpreter, call, spelling, "Change the numbers."), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _made(interpreter, draw(**given, **({} if size is None else {"size": size})), call)

    return Native(spelling, run)


def _dtype(interpreter: Interpreter, call: Call, value: Any) -> dict[str, Any]:
    """A number type that is asked for: NumPy draws other numbers for another number of bits."""
    if value is None:
        return {}
    found = numpy_type(interpreter, value, call.where("dtype"))
    if found.kind == "f" and found != np.float64:
        raise interpreter.fail(said("library.drawn_dtype"), call.where("dtype"))
    return {"dtype": found}


def _bounded(interpreter: Interpreter, call: Call, method: str, given: dict[str, Any], size: Any) -> None:
    """Checks how much would be drawn: as many as `size` says, or as the parameters have together."""
    shapes = [np.shape(value) for name, value in given.items() if name != "dtype"]
    if method in LAST_AXIS:
        longest = max((shape[-1] for shape in shapes if shape), default=1)
        shape_argument(interpreter, (*(size or ()), longest), call.node)
        interpreter.visit(call.node, longest * longest)
        return
    try:
        shape_argument(interpreter, np.broadcast_shapes(*shapes), call.node)
    except ValueError:
        raise interpreter.fail(said("library.parameter_shapes_differ"), call.node) from None


def _choice(generator: Callable[[Interpreter], Any]) -> Native:
    @native("choice", "a, size=, replace=, p=")
    def run(interpreter: Interpreter, call: Call, a: Any, size: Any, replace: Any, p: Any) -> Any:
        shape = _size(interpreter, size, call)
        odds = None if p is None else host_array(interpreter, p, call)
        again = True if replace is None else interpreter.truth(replace, call.node)
        from_list = isinstance(a, list | tuple | range) or (type(a) in (Ref, Literal) and interpreter.shape(a))
        items = list(iterate(interpreter, a, call.node)) if from_list else None
        count = len(items) if items is not None else whole(interpreter, a, call.node, "a count")
        if not again:
            shape_argument(interpreter, (max(count, 0),), call.node)
        with host_errors(interpreter, call, "choice", "Change the numbers."):
            at = generator(interpreter).choice(count, size=shape, replace=again, p=odds)
        if items is None:
            return _made(interpreter, at, call)
        if not isinstance(at, np.ndarray):
            return items[int(at)]
        return as_array(interpreter, _pick(items, at.tolist()), call.node)

    return run


def _pick(items: list[Any], at: Any) -> Any:
    return [_pick(items, each) for each in at] if isinstance(at, list) else items[at]


def _permuted(interpreter: Interpreter, call: Call, value: Any, draw: Callable[[int], Any]) -> Any:
    """An array in another order. draw: gives the order of so many rows."""
    ref = interpreter.node(value, call.node)
    rows = interpreter.shape(ref)[0]
    index = array_index(interpreter, Literal(np.asarray(draw(rows), dtype=np.float64), "int"), call.node)
    if interpreter.watch is not None:
        interpreter.watch.ordered(index, lambda: draw(rows))
    return interpreter.operation(REGISTRY["index"], (ref,), {"index": index}, call.node)


def _shuffled(generator: Any, count: int) -> Any:
    order = np.arange(count)
    generator.shuffle(order)
    return order


def _permutation(generator: Callable[[Interpreter], Any]) -> Native:
    @native("permutation", "x")
    def run(interpreter: Interpreter, call: Call, x: Any) -> Any:
        if isinstance(x, list | tuple | range):
            x = as_array(interpreter, list(x), call.node)
        if type(x) in (Ref, Literal) and interpreter.shape(x):
            if type(x) is Literal and x.ref is None:
                order = generator(interpreter).permutation(interpreter.shape(x)[0])
                return from_numpy(interpreter, np.asarray(interpreter.host(x, call.node))[order], call.node)
            return _permuted(interpreter, call, x, lambda rows: generator(interpreter).permutation(rows))
        count = whole(interpreter, x, call.node, "a count")
        shape_argument(interpreter, (count,), call.node)
        return _made(interpreter, generator(interpreter).permutation(count), call)

    return run


def _permuted_rows(generator: Callable[[Interpreter], Any]) -> Native:
    @native("permuted", "x, *, axis=")
    def run(interpreter: Interpreter, call: Call, x: Any, axis: Any) -> Any:
        """The elements in another order, or those of each row on their own."""
        value = as_array(interpreter, x, call.node)
        ref = interpreter.node(value, call.node)
        shape = interpreter.shape(ref)
        along = None if axis is None else whole(interpreter, axis, call.node, "an axis")
        size = math.prod(shape)
        places = np.arange(size).reshape(shape)
        with host_errors(interpreter, call, "permuted", "Change the axis."):
            order = generator(interpreter).permuted(places, axis=along)
        flat = interpreter.operation(REGISTRY["reshape"], (ref,), {"shape": (size,)}, call.node)
        return interpreter.operation(REGISTRY["index"], (flat,), {"index": index_arrays((order,))}, call.node)

    return run


def _shuffle(generator: Callable[[Interpreter], Any]) -> Native:
    @native("shuffle", "x")
    def run(interpreter: Interpreter, call: Call, x: Any) -> None:
        if isinstance(x, list):
            interpreter.visit(call.node, len(x))
            x[:] = [x[i] for i in _shuffled(generator(interpreter), len(x))]
            return
        ref = interpreter.node(x, call.node)
        if not interpreter.shape(ref):
            raise interpreter.fail(said("library.shuffled_number"), call.node)
        made = _permuted(interpreter, call, ref, lambda rows: _shuffled(generator(interpreter), rows))
        store(interpreter.graph, ref, made.index, interpreter.span(call.node))

    return run


def _old(interpreter: Interpreter) -> Any:
    return interpreter.chance.numpy


@native("np.random.seed", "seed=")
def _seed(interpreter: Interpreter, call: Call, seed: Any) -> None:
    interpreter.chance.seed_numpy(0 if seed is None else _checked(interpreter, seed, call))


def _checked(interpreter: Interpreter, seed: Any, call: Call) -> int | list[int]:
    """A seed: a whole number, or several of them."""
    parts = seed if isinstance(seed, list | tuple) else [seed]
    found = [whole(interpreter, part, call.node, "a seed") for part in parts]
    if not found:
        raise interpreter.fail(said("library.seed_without_numbers"), call.node)
    if min(found) < 0:
        raise interpreter.fail(said("library.seed_negative"), call.node)
    return found if parts is seed else found[0]


def _picking(generator: Callable[[Interpreter], Any]) -> dict[str, Any]:
    """What both generators pick from what is there."""
    return {"choice": _choice(generator), "permutation": _permutation(generator), "shuffle": _shuffle(generator)}


def _legacy(generator: Callable[[Interpreter], Any], owner: str) -> dict[str, Any]:
    """The functions of NumPy's old generator."""
    return {
        "rand": _shaped("rand", generator),
        "randn": _shaped("randn", generator),
        **{name: _drawn(name, parameters, generator, owner) for name, parameters in OLD.items()},
        **_picking(generator),
        "get_state": Native("np.random.get_state", lambda interpreter, call: State(generator(interpreter).get_state())),
        "set_state": _set_state(generator),
    }


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """What `np.random.get_state()` gives."""

    held: Any


def _set_state(generator: Callable[[Interpreter], Any]) -> Native:
    @native("np.random.set_state", "state")
    def run(interpreter: Interpreter, call: Call, state: Any) -> None:
        if not isinstance(state, State):
            raise interpreter.fail(said("library.numpy_state_unknown"), call.node)
        generator(interpreter).set_state(state.held)

    return run


@native("np.random.RandomState", "seed=")
def _state(interpreter: Interpreter, call: Call, seed: Any) -> Module:
    if seed is None:
        interpreter.chance.unseeded = True
    held = np.random.RandomState(0 if seed is None else _checked(interpreter, seed, call))
    table = _legacy(lambda interpreter: interpreter.chance.use(held), "np.random")
    return Module("rng", lambda: table)


@native("np.random.default_rng", "seed=")
def _default_rng(interpreter: Interpreter, call: Call, seed: Any) -> Module:
    if seed is None:
        interpreter.chance.unseeded = True
    held = np.random.default_rng(0 if seed is None else _checked(interpreter, seed, call))

    def generator(interpreter: Interpreter) -> Any:
        return interpreter.chance.use(held)

    table = {name: _drawn(name, parameters, generator, "rng") for name, parameters in NEW.items()}
    table |= _picking(generator) | {"permuted": _permuted_rows(generator)}
    return Module("rng", lambda: table)


NUMPY: Mapping[str, Any] = MappingProxyType(
    {"seed": _seed, "RandomState": _state, "default_rng": _default_rng} | _legacy(_old, "np.random")
)
