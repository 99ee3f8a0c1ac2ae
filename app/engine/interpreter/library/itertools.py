"""The module `itertools`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.written import written
from app.engine.interpreter.semantics.arguments import Argument, Call, native
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.values import Native


@native("itertools.product", "*iterables, repeat=")
def product(interpreter: Interpreter, call: Call, iterables: list[Any], repeat: Any) -> list[Any]:
    columns = [list(iterate(interpreter, each, call.node)) for each in iterables]
    times = 1 if repeat is None else whole(interpreter, repeat, call.node, "a count")
    interpreter.visit(call.node, max(times, 0) * len(columns))
    columns *= times
    interpreter.visit(call.node, math.prod(map(len, columns)) * max(len(columns), 1))
    found: list[Any] = [()]
    for column in columns:
        found = [(*row, item) for row in found for item in column]
    return found


@native("itertools.chain", "*iterables")
def chain(interpreter: Interpreter, call: Call, iterables: list[Any]) -> list[Any]:
    found: list[Any] = []
    for each in iterables:
        found += iterate(interpreter, each, call.node)
    interpreter.visit(call.node, len(found))
    return found


def _from_iterable(interpreter: Interpreter, call: Call) -> list[Any]:
    lists = iterate(interpreter, call.args[0].value, call.node) if call.args else []
    return chain.run(interpreter, Call(call.node, "chain", [Argument(items, call.node) for items in lists], {}))  # type: ignore[no-any-return]


FROM_ITERABLE = Native("chain.from_iterable", _from_iterable)
ITERTOOLS: Mapping[str, Any] = MappingProxyType({"product": product, "chain": chain} | written("itertools"))
