"""Python's `random`: the numbers that it gives (see `chance.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.engine.errors import LimitError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.host_errors import host_errors
from app.engine.interpreter.semantics.arguments import Call, bound, native
from app.engine.interpreter.semantics.arrays import host_array
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.values import Native
from app.engine.wording import said


def _python(name: str, signature: str) -> Native:
    def run(interpreter: Interpreter, call: Call) -> Any:
        held = bound(interpreter, call, signature)
        given = [host_array(interpreter, value, call) for value in held.values() if value is not None]
        with host_errors(interpreter, call, f"random.{name}", "Change the numbers."):
            return getattr(interpreter.chance.python, name)(*given)

    return Native(f"random.{name}", run)


@native("random.seed", "a=")
def _seed_python(interpreter: Interpreter, call: Call, a: Any) -> None:
    held = interpreter.host(a, call.node)
    with host_errors(interpreter, call, "random.seed", "Write random.seed(0)."):
        interpreter.chance.seed_python(0 if held is None else held)


@native("random.choice", "seq")
def _choose(interpreter: Interpreter, call: Call, seq: Any) -> Any:
    items = iterate(interpreter, seq, call.node)
    if not items:
        raise interpreter.fail(said("library.choice_of_nothing"), call.node)
    return items[interpreter.chance.python.choice(range(len(items)))]


@native("random.sample", "population, k")
def _sample(interpreter: Interpreter, call: Call, population: Any, k: Any) -> list[Any]:
    items = iterate(interpreter, population, call.node)
    count = whole(interpreter, k, call.node, "a count")
    if not 0 <= count <= len(items):
        raise interpreter.fail(said("library.sample_too_large"), call.node)
    return [items[i] for i in interpreter.chance.python.sample(range(len(items)), count)]


@native("random.choices", "population, weights=, *, cum_weights=, k=")
def _choose_many(
    interpreter: Interpreter, call: Call, population: Any, weights: Any, cum_weights: Any, k: Any
) -> list[Any]:
    """Items drawn one by one, by weights that decide."""
    items = iterate(interpreter, population, call.node)
    count = 1 if k is None else whole(interpreter, k, call.node, "a count")
    if not 0 <= count <= interpreter.limits.array_elements:
        raise interpreter.fail(said("library.choices_below_zero"), call.node)
    interpreter.visit(call.node, count)
    given = {"weights": weights, "cum_weights": cum_weights}
    held = {word: _numbers(interpreter, call, value) for word, value in given.items() if value is not None}
    with host_errors(interpreter, call, "random.choices", "Give as many weights as items, and one above 0."):
        places = interpreter.chance.python.choices(range(len(items)), k=count, **held)
    return [items[place] for place in places]


def _numbers(interpreter: Interpreter, call: Call, value: Any) -> list[Any]:
    found = [interpreter.host(item, call.node) for item in iterate(interpreter, value, call.node)]
    return [item if isinstance(item, int | float) else float(item) for item in found]


@native("random.shuffle", "x")
def _shuffle_list(interpreter: Interpreter, call: Call, x: Any) -> None:
    if not isinstance(x, list):
        raise interpreter.fail(said("library.shuffled_no_list"), call.node)
    if len(x) > interpreter.limits.array_elements:
        raise LimitError(said("limits.list_too_long"), span=interpreter.span(call.node))
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
        raise interpreter.fail(said("library.random_state_unknown"), call.node) from None


NAMES: Mapping[str, Any] = MappingProxyType(
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
        "choices": _choose_many,
        "sample": _sample,
        "shuffle": _shuffle_list,
    }
)
