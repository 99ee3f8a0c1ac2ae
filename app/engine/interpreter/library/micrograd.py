"""The modules of micrograd that a text can import, and what its text asks the interpreter."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter import sources
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library import chances
from app.engine.interpreter.library.written import written_in
from app.engine.interpreter.semantics.arguments import Call, native
from app.engine.interpreter.semantics.backward import rule_of, sent_to
from app.engine.interpreter.values import Instance, Module, Ref
from app.engine.ops import REGISTRY


@native("asked", "data")
def _asked(interpreter: Interpreter, call: Call, data: Any) -> None:
    """The number on which `.backward()` is called is what the text is about."""
    if type(data) is Ref:
        interpreter.training.wanted = data.index


@native("in_order", "value")
def _in_order(interpreter: Interpreter, call: Call, value: Any) -> list[Any]:
    """What a value is computed from, and the value: each behind what it is computed from."""
    found: list[Any] = []
    seen: set[int] = set()
    waiting = [(value, False)]
    while waiting:
        each, done = waiting.pop()
        interpreter.visit(call.node)
        if done:
            found.append(each)
        elif isinstance(each, Instance) and id(each) not in seen:
            seen.add(id(each))
            waiting.append((each, True))
            waiting += [(child, False) for child in reversed(each.names.get("_prev", ()))]
    return found


@native("constant", "x")
def _constant(interpreter: Interpreter, call: Call, x: Any) -> Any:
    """A number of an operation, such as the 10.0 of `10.0 / f`, which is no leaf."""
    return interpreter.graph.number(x, interpreter.span(call.node)) if type(x) in (int, float) else x


@native("begun", "owner, data")
def _begun(interpreter: Interpreter, call: Call, owner: Any, data: Any) -> Any:
    """The data of a value. A whole number is a leaf here, as a float is wherever an object holds it."""
    if type(data) is not int:
        return data
    place = f"{owner.address}.data"
    return interpreter.graph.input(interpreter.graph.unique(place), place, data, interpreter.span(call.node))


@native("sent", "data, slot, grad, before")
def _sent(interpreter: Interpreter, call: Call, data: Any, slot: Any, grad: Any, before: Any) -> Any:
    """The gradient of an input of what made a number: what there was before, and what the number sends, given its own
    gradient."""
    if type(data) is not Ref or slot not in rule_of(interpreter, data.index).carrying:
        return before
    made = sent_to(interpreter, data.index, slot, interpreter.node(grad, call.node).index, call.node)
    if type(before) is not int or before:
        held = interpreter.node(before, call.node)
        made = interpreter.operation(REGISTRY["add"], (held, made), {}, call.node)
    made.python = True
    interpreter.training.given.add(made.index)
    return made


HELPERS: Mapping[str, Any] = MappingProxyType(
    {
        "asked": _asked,
        "in_order": _in_order,
        "begun": _begun,
        "constant": _constant,
        "sent": _sent,
        "random": Module("random", lambda: chances.NAMES),
    }
)
"""What the text of micrograd sees besides its own names."""
ENGINE = Module("micrograd.engine", lambda: written_in("micrograd", sources.micrograd.IN_ENGINE))
NN = Module("micrograd.nn", lambda: written_in("micrograd", sources.micrograd.IN_NN))
MODULES: Mapping[str, Module] = MappingProxyType(
    {
        "micrograd": Module("micrograd", lambda: {"engine": ENGINE, "nn": NN}),
        "micrograd.engine": ENGINE,
        "micrograd.nn": NN,
    }
)
