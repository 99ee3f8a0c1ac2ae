"""What learners use of Python's standard library: `math`, `functools`, `copy`, `time`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.host_errors import host_errors
from app.engine.interpreter.library.written import written
from app.engine.interpreter.names import CONSTANTS, math_names
from app.engine.interpreter.semantics.arguments import Call, called, first, native, static
from app.engine.interpreter.semantics.indexing import key_of
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.values import (
    Class,
    Function,
    Instance,
    Literal,
    Native,
    Ref,
    copied,
)
from app.engine.wording import said


def _of_floats(name: str, function: Callable[..., Any]) -> Native:
    """A function of `math` on numbers of the host."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        given = [interpreter.host(value, where) for value, where in call.args]
        if not all(isinstance(value, int | float) for value in given) or any(
            isinstance(value, int) and abs(value) > 1000 and name in ("factorial", "comb", "perm") for value in given
        ):
            raise interpreter.fail(said("library.math_of_value", name=name), call.node)
        with host_errors(interpreter, call, f"math.{name}", "Change the number."):
            return function(*given)

    return Native(f"math.{name}", run)


@native("math.fsum", "seq")
def _fsum(interpreter: Interpreter, call: Call, seq: Any) -> float:
    numbers = static(interpreter, list(iterate(interpreter, seq, call.node)), call.node)
    if not all(isinstance(number, int | float) for number in numbers):
        raise interpreter.fail(said("library.fsum_of_values"), call.node)
    return math.fsum(numbers)


@cache
def math_names_() -> Mapping[str, Any]:
    names = [*("isnan", "isinf", "isfinite", "gcd", "factorial", "comb", "isclose", "copysign", "degrees", "radians")]
    names += ["isqrt", "gamma", "lgamma", "remainder", "perm", "lcm"]
    table: dict[str, Any] = {name: _of_floats(name, getattr(math, name)) for name in names}
    table |= {name: _of_floats(name, getattr(math, name)) for name in ("floor", "ceil", "trunc")}
    return MappingProxyType(
        table | dict(math_names()) | dict(CONSTANTS) | written("math") | {"tau": math.tau, "fsum": _fsum}
    )


@native("functools.reduce", "function, iterable, initial=")
def reduce(interpreter: Interpreter, call: Call, function: Any, iterable: Any, initial: Any) -> Any:
    items = list(iterate(interpreter, iterable, call.node))
    if len(call.args) == 3:
        items.insert(0, initial)
    if not items:
        raise interpreter.fail(said("library.reduce_of_nothing"), call.node)
    total = items[0]
    for item in items[1:]:
        total = called(interpreter, function, (total, item), call.node, "reduce")
    return total


def partial(interpreter: Interpreter, call: Call) -> Native:
    function, rest, named = first(interpreter, call).value, call.args[1:], dict(call.named)

    def run(interpreter: Interpreter, later: Call) -> Any:
        later.args = [*rest, *later.args]
        later.named = {**named, **later.named}
        return interpreter.grammar.invoke(interpreter, function, later)

    return Native("partial", run)


def _remembering(interpreter: Interpreter, call: Call) -> Any:
    """`@lru_cache`, `@cache`, also with brackets: a function that remembers what it gave."""
    if not call.args or not isinstance(call.args[0].value, Function):
        return Native("lru_cache", _remembering)
    function = call.args[0].value
    known: dict[Any, Any] = {}

    def run(interpreter: Interpreter, later: Call) -> Any:
        given = [key_of(interpreter, argument.value, later.node) for argument in later.args]
        key = (*given, *((name, key_of(interpreter, a.value, later.node)) for name, a in later.named.items()))
        if key not in known:
            known[key] = interpreter.grammar.invoke(interpreter, function, later)
        return known[key]

    return Native(function.name, run)


def _as_it_is(interpreter: Interpreter, call: Call) -> Any:
    return first(interpreter, call).value


FUNCTOOLS: Mapping[str, Native] = MappingProxyType(
    {
        "reduce": reduce,
        "partial": Native("partial", partial),
        "lru_cache": Native("lru_cache", _remembering),
        "cache": Native("cache", _remembering),
        "wraps": Native("wraps", lambda interpreter, call: Native("wraps", _as_it_is)),
    }
)
ABSTRACT: Mapping[str, Any] = MappingProxyType(
    {"ABC": Class("ABC", None, {}, fixed=True), "abstractmethod": Native("abstractmethod", _as_it_is)}
)


def copy(deep: bool) -> Native:
    @native("copy.deepcopy" if deep else "copy.copy", "x")
    def run(interpreter: Interpreter, call: Call, x: Any) -> Any:
        return _copied(interpreter, x, call, deep, {})

    return run


def _copied(interpreter: Interpreter, value: Any, call: Call, deep: bool, seen: dict[int, Any]) -> Any:
    interpreter.visit(call.node)
    if id(value) in seen:
        return seen[id(value)]

    def inner(item: Any) -> Any:
        return _copied(interpreter, item, call, deep, seen) if deep else item

    match value:
        case Ref():
            found: Any = copied(value, boxed=value.boxed)
            found.python = value.python
        case Literal():
            found = (
                Literal(value.array, value.kind, made=value.made, tensor=value.tensor)
                if value.ref is None
                else copied(value.ref)
            )
        case list():
            found = seen[id(value)] = []
            found += [inner(item) for item in value]
        case dict():
            found = seen[id(value)] = {}
            found |= {key: inner(item) for key, item in value.items()}
        case tuple():
            found = tuple([inner(item) for item in value])
        case Instance():
            address = interpreter.graph.address(value.cls.name.lower())
            found = seen[id(value)] = interpreter.instance(value.cls, address)
            found.names |= {key: inner(item) for key, item in value.names.items()}
        case _:
            found = value
    seen[id(value)] = found
    return found


def _now(interpreter: Interpreter, call: Call) -> float:
    interpreter.note(said("notes.time_is_zero"))
    return 0.0


TIME = {name: Native(f"time.{name}", _now) for name in ("time", "perf_counter", "process_time", "monotonic")}
