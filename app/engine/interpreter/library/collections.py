"""The module `collections`: dictionaries with more to them, `deque`, and `namedtuple`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.builtins.kinds import TYPES
from app.engine.interpreter.library.methods.dictionaries import DICTIONARIES
from app.engine.interpreter.library.named_tuples import named_tuple
from app.engine.interpreter.library.written import written
from app.engine.interpreter.semantics.arguments import Call, called
from app.engine.interpreter.values import Defaulting, Dtype, HostType, Native


def _default_dict(interpreter: Interpreter, call: Call) -> Defaulting:
    factory = call.args[0].value if call.args else None
    shown = f"<class '{factory.name}'>, " if isinstance(factory, HostType | Dtype) else None
    return Defaulting(
        lambda: called(interpreter, factory, (), call.node, "factory"),
        "defaultdict",
        shown,
    )


def _counter(interpreter: Interpreter, call: Call) -> Defaulting:
    counted = Defaulting(lambda: 0, "Counter", "")
    DICTIONARIES["update"](interpreter, call, counted)
    return counted


COLLECTIONS: Mapping[str, Any] = MappingProxyType(
    {
        "defaultdict": Native("defaultdict", _default_dict),
        "OrderedDict": TYPES["dict"],
        "Counter": Native("Counter", _counter),
        "namedtuple": named_tuple,
    }
    | written("collections")
)
