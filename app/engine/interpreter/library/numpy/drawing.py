"""`np.random` in both styles, and Python's `random`: the numbers that they give (see `chance.py`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.errors import LimitError
from app.engine.interpreter.graph.storage import store
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call, bound, native
from app.engine.interpreter.semantics.arrays import from_numpy, host_array, shape_argument
from app.engine.interpreter.semantics.indexing import array_index, whole
from app.engine.interpreter.semantics.sequences import as_array, iterate
from app.engine.interpreter.values import Literal, Module, Native, Ref
from app.engine.ops import REGISTRY


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


def _drawn(spelling: str, method: str, signature: str, generator: Callable[[Interpreter], Any]) -> Native:
    """A distribution: its parameters as numbers or arrays, and `size`."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        held = bound(interpreter, call, signature)
        given = {
            key: host_array(interpreter, value, call)
            for key, value in held.items()
            if value is not None and key != "size"
        }
        given.pop("dtype", None)
        if isinstance(held.get("n"), list):
            # NumPy takes 1.0 for a whole number in a list, and not in an array.
            given["n"] = given["n"].tolist()
        size = _size(interpreter, held["size"], call)
        draw = getattr(generator(interpreter), method)
        try:
            return _made(interpreter, draw(**given, **({} if size is None else {"size": size})), call)
        except (ValueError, TypeError) as error:
            raise interpreter.fail(f"{spelling}: {error}", call.node, "Change the numbers.") from None

    return Native(spelling, run)


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
        try:
            at = generator(interpreter).choice(count, size=shape, replace=again, p=odds)
        except (ValueError, TypeError) as error:
            raise interpreter.fail(f"choice: {error}", call.node, "Change the numbers.") from None
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


def _shuffle(generator: Callable[[Interpreter], Any]) -> Native:
    @native("shuffle", "x")
    def run(interpreter: Interpreter, call: Call, x: Any) -> None:
        if isinstance(x, list):
            interpreter.visit(call.node, len(x))
            x[:] = [x[i] for i in _shuffled(generator(interpreter), len(x))]
            return
        ref = interpreter.node(x, call.node)
        if not interpreter.shape(ref):
            raise interpreter.fail("a number cannot be shuffled", call.node, "Give a list or an array.")
        made = _permuted(interpreter, call, ref, lambda rows: _shuffled(generator(interpreter), rows))
        store(interpreter.graph, ref, made.index, interpreter.span(call.node))

    return run


def _old(interpreter: Interpreter) -> Any:
    return interpreter.chance.numpy


@native("np.random.seed", "seed=")
def _seed(interpreter: Interpreter, call: Call, seed: Any) -> None:
    interpreter.chance.seed_numpy(0 if seed is None else _checked(interpreter, seed, call))


def _checked(interpreter: Interpreter, seed: Any, call: Call) -> int:
    found = whole(interpreter, seed, call.node, "a seed")
    if found < 0:
        raise interpreter.fail("a seed must not be negative", call.node, "Write a whole number from 0.")
    return found


def _legacy(generator: Callable[[Interpreter], Any]) -> dict[str, Any]:
    """The functions of NumPy's old generator."""
    return {
        "rand": _shaped("rand", generator),
        "randn": _shaped("randn", generator),
        "random": _drawn("np.random.random", "random_sample", "size=", generator),
        "random_sample": _drawn("np.random.random_sample", "random_sample", "size=", generator),
        "uniform": _drawn("np.random.uniform", "uniform", "low=, high=, size=", generator),
        "normal": _drawn("np.random.normal", "normal", "loc=, scale=, size=", generator),
        "standard_normal": _drawn("np.random.standard_normal", "standard_normal", "size=", generator),
        "randint": _drawn("np.random.randint", "randint", "low, high=, size=, dtype=", generator),
        "binomial": _drawn("np.random.binomial", "binomial", "n, p, size=", generator),
        "choice": _choice(generator),
        "permutation": _permutation(generator),
        "shuffle": _shuffle(generator),
    }


@native("np.random.RandomState", "seed=")
def _state(interpreter: Interpreter, call: Call, seed: Any) -> Module:
    held = np.random.RandomState(0 if seed is None else _checked(interpreter, seed, call))
    return Module("rng", lambda: _legacy(lambda interpreter: interpreter.chance.use(held)))


@native("np.random.default_rng", "seed=")
def _default_rng(interpreter: Interpreter, call: Call, seed: Any) -> Module:
    if seed is None:
        interpreter.chance.unseeded = True
    held = np.random.default_rng(0 if seed is None else _checked(interpreter, seed, call))

    def generator(interpreter: Interpreter) -> Any:
        return interpreter.chance.use(held)

    table = {
        "random": _drawn("rng.random", "random", "size=", generator),
        "uniform": _drawn("rng.uniform", "uniform", "low=, high=, size=", generator),
        "normal": _drawn("rng.normal", "normal", "loc=, scale=, size=", generator),
        "standard_normal": _drawn("rng.standard_normal", "standard_normal", "size=", generator),
        "integers": _drawn("rng.integers", "integers", "low, high=, size=, dtype=", generator),
        "binomial": _drawn("rng.binomial", "binomial", "n, p, size=", generator),
        "choice": _choice(generator),
        "permutation": _permutation(generator),
        "shuffle": _shuffle(generator),
    }
    return Module("rng", lambda: table)


NUMPY: Mapping[str, Any] = MappingProxyType(
    {"seed": _seed, "RandomState": _state, "default_rng": _default_rng} | _legacy(_old)
)

# -- Python's random ---------------------------------------------------------------------------------------------


def _python(name: str, signature: str) -> Native:
    def run(interpreter: Interpreter, call: Call) -> Any:
        held = bound(interpreter, call, signature)
        given = [host_array(interpreter, value, call) for value in held.values() if value is not None]
        try:
            return getattr(interpreter.chance.python, name)(*given)
        except (ValueError, TypeError) as error:
            raise interpreter.fail(f"random.{name}: {error}", call.node, "Change the numbers.") from None

    return Native(f"random.{name}", run)


@native("random.seed", "a=")
def _seed_python(interpreter: Interpreter, call: Call, a: Any) -> None:
    held = interpreter.host(a, call.node)
    interpreter.chance.seed_python(0 if held is None else held)


@native("random.choice", "seq")
def _choose(interpreter: Interpreter, call: Call, seq: Any) -> Any:
    items = iterate(interpreter, seq, call.node)
    if not items:
        raise interpreter.fail("random.choice from nothing", call.node, "Give a list with at least one value.")
    return items[interpreter.chance.python.choice(range(len(items)))]


@native("random.sample", "population, k")
def _sample(interpreter: Interpreter, call: Call, population: Any, k: Any) -> list[Any]:
    items = iterate(interpreter, population, call.node)
    count = whole(interpreter, k, call.node, "a count")
    if not 0 <= count <= len(items):
        raise interpreter.fail("the sample is larger than the list", call.node, "Take fewer.")
    return [items[i] for i in interpreter.chance.python.sample(range(len(items)), count)]


@native("random.shuffle", "x")
def _shuffle_list(interpreter: Interpreter, call: Call, x: Any) -> None:
    if not isinstance(x, list):
        raise interpreter.fail("random.shuffle takes a list", call.node, "Write np.random.shuffle(x) for an array.")
    if len(x) > interpreter.limits.array_elements:
        raise LimitError("this list is too long", span=interpreter.span(call.node), hint="Take a shorter one.")
    interpreter.visit(call.node, len(x))
    interpreter.chance.python.shuffle(x)


@native("random.getstate", "")
def _get_state(interpreter: Interpreter, call: Call) -> Any:
    return interpreter.chance.python.getstate()


@native("random.setstate", "state")
def _set_state(interpreter: Interpreter, call: Call, state: Any) -> None:
    try:
        interpreter.chance.python.setstate(state)
    except (TypeError, ValueError):
        raise interpreter.fail("this is no state of random", call.node, "Give what random.getstate() gave.") from None


PYTHON: Mapping[str, Any] = MappingProxyType(
    {
        "seed": _seed_python,
        "getstate": _get_state,
        "setstate": _set_state,
        "random": _python("random", ""),
        "uniform": _python("uniform", "a, b"),
        "gauss": _python("gauss", "mu=, sigma="),
        "normalvariate": _python("normalvariate", "mu=, sigma="),
        "randint": _python("randint", "a, b"),
        "randrange": _python("randrange", "start, stop=, step="),
        "choice": _choose,
        "sample": _sample,
        "shuffle": _shuffle_list,
    }
)
