"""The output of `print(...)`, character for character as Python and NumPy print it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.interpreter.tensor_texts import tensor_text
from app.engine.interpreter.values import Shown, Text
from app.engine.program import Composed, Item, Node, NumberKind, ShownNode, Value

_DTYPES: dict[NumberKind, Any] = {"float": np.float64, "int": np.int64, "bool": np.bool_}


@dataclass(frozen=True, slots=True)
class Line:
    """One print: its line in the source, its items (texts, and values of Python's types) and the printed text."""

    line: int
    items: tuple[Any, ...]
    text: str


def as_item(value: str | Text) -> Item:
    """A text as a print keeps it."""
    if isinstance(value, str):
        return value
    parts = [part if isinstance(part, str) else shown_node(part) for part in value.parts]
    return parts[0] if len(parts) == 1 else Composed(tuple(parts))


def shown_node(part: Shown) -> ShownNode:
    """A number or an array inside a text as a print keeps it."""
    ref = part.ref
    return ShownNode(ref.index, part.spec, part.repr, not ref.python, ref.boxed, part.options, part.tensor)


def as_python(value: Value, kind: NumberKind) -> Any:
    """A value of the type that Python has: integers and masks are floats only inside the engine."""
    if type(value) is float:
        if kind == "bool":
            return bool(value)
        # Above 2**53 a float cannot represent every integer, so it is shown as a float.
        whole = kind == "int" and math.isfinite(value) and value.is_integer() and abs(value) <= 2**53
        return int(value) if whole else value
    if (
        kind != "float"
        and np.isfinite(value).all()
        and (np.floor(value) == value).all()
        and (np.abs(value) <= 2**53).all()
    ):
        return value.astype(_DTYPES[kind])  # type: ignore[union-attr]
    return value


def options_of(said: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """NumPy's options for printing arrays: its own, but for what the text has said."""
    return {"threshold": 1000, **dict(said)}


def shown(item: ShownNode, value: Value, kind: NumberKind) -> Any:
    """What stands for a node in a print: its value as Python holds it, or the text that a format makes of it."""
    if item.tensor is not None:
        return tensor_text(value, item.tensor)
    if item.options:
        with np.printoptions(**options_of(item.options)):
            found = shown(item._replace(options=()), value, kind)
            return str(found) if isinstance(found, np.ndarray) else found
    held = as_python(value, kind)
    if item.boxed and item.repr and not isinstance(held, np.ndarray):
        held = np.array(held, dtype=_DTYPES[kind])
    if item.spec:
        return item.spec % held if item.spec.startswith("%") else format(held, item.spec)
    if not item.repr:
        return held
    if item.numpy and isinstance(held, bool | int | float):
        held = _DTYPES[kind](held)
    return repr(held)


def shown_text(item: Item, value: Callable[[int], Value], nodes: Sequence[Node]) -> str:
    """An item as text. value: that of a node, by index."""
    if isinstance(item, str):
        return item
    if isinstance(item, Composed):
        return "".join([shown_text(part, value, nodes) for part in item.parts])
    with np.printoptions(threshold=1000):
        return str(shown(item, value(item.node), nodes[item.node].kind))


def line(number: int, items: Sequence[Any], separator: str = " ") -> Line:
    """One printed line from its items: texts, and values as Python holds them."""
    return Line(number, tuple(items), separator.join(map(str, items)))


def lines(printed: Iterable[tuple[Line, str]]) -> tuple[Line, ...]:
    """Prints and what each ends with: those that do not end their line go on in the next one."""
    found: list[Line] = []
    text, last = "", 0
    items: list[Any] = []
    for each, end in printed:
        text += each.text
        items += each.items
        last = each.line
        if end.endswith("\n"):
            found.append(Line(last, tuple(items), text + end[:-1]))
            text, items = "", []
        else:
            text += end
    if text or items:
        found.append(Line(last, tuple(items), text))
    return tuple(found)
