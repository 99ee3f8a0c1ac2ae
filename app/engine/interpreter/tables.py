"""Where a text keeps its numbers: of lists of lists of objects with a number each, such as `state["wq"]`, which element
each leaf is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Instance, Ref
from app.engine.ops import INPUT
from app.engine.program import Cell


def cells_of(interpreter: Interpreter) -> Mapping[str, Cell]:
    """By id of a leaf the list that holds it when the text has ended; the first one, where several do."""
    nodes = interpreter.graph.nodes
    called: dict[str, list[str]] = {}
    for node in nodes:
        if node.op is INPUT and node.name is not None:
            # Each turn of a training has leaves of its own under the same name.
            called.setdefault(node.name, []).append(node.id)
    found: dict[str, Cell] = {}
    for cell, value in _held(interpreter.globals.names):
        if type(value) is Ref:
            names = [nodes[value.index].name or ""]
        else:
            names = [f"{value.address}.{name}" for name in value.names]
        for name in names:
            for id in called.get(name, ()):
                found.setdefault(id, cell)
    return found


def _held(names: Mapping[str, Any]) -> Iterator[tuple[Cell, Any]]:
    """The numbers and objects in lists and dictionaries of the top level, with where they are."""
    seen: set[int] = set()
    waiting: list[tuple[Cell, Any]] = [(Cell(name, ()), value) for name, value in reversed(list(names.items()))]
    while waiting:
        cell, value = waiting.pop()
        if type(value) in (Ref, Instance):
            if cell.at:
                yield cell, value
        elif type(value) in (list, tuple, dict) and id(value) not in seen:
            seen.add(id(value))
            waiting += [(cell.item(key), item) for key, item in reversed(list(_items(value)))]


def _items(container: Any) -> Iterator[tuple[Any, Any]]:
    return iter(container.items() if isinstance(container, dict) else enumerate(container))
