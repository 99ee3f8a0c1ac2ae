"""What lists get in the rounds of a loop: `losses.append(loss)`, `path.append((x, y))`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Container
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.sequences import frozen
from app.engine.interpreter.values import Literal, Ref
from app.engine.program import Value


def kept(item: Any, slot: int | None, start: int) -> Callable[[list[Value], list[Any]], Any]:
    """What a list gets in a round, from the values of its nodes and its slots. item: what it got in the last round that
    was read, whose nodes begin at `start`."""
    if slot is not None:
        return lambda values, slots: slots[slot]
    if type(item) is tuple:
        parts = [kept(part, None, start) for part in item]
        return lambda values, slots: tuple([each(values, slots) for each in parts])
    if type(item) is Ref:
        offset = item.index - start
        return lambda values, slots: values[offset]
    return lambda values, slots: item


def own(item: Any) -> Any:
    """An item as nothing but its list holds it."""
    if type(item) is tuple:
        return tuple([own(part) for part in item])
    return Ref(item.index, boxed=item.boxed, python=item.python, order=item.order) if type(item) is Ref else item


def restored(interpreter: Interpreter, loop: ast.stmt, value: Any, ref: Any, numbers: Container[int]) -> Any:
    """What a list got in a round that was computed. ref: what it got in the last one that was read. numbers: the nodes
    that are numbers in a later turn."""
    if type(ref) is tuple:
        return tuple([restored(interpreter, loop, each, part, numbers) for each, part in zip(value, ref, strict=True)])
    if type(ref) is not Ref:
        return value
    interpreter.allocate(int(np.size(value)), loop)
    kind = interpreter.graph.nodes[ref.index].kind
    if ref.python and type(value) is float:
        return int(value) if kind == "int" else bool(value) if kind == "bool" else value
    made = interpreter.graph.kept(literal(value, kind), interpreter.span(loop), ref.index)
    interpreter.training.cut.add(made.index)
    if ref.index in numbers:
        interpreter.training.carried.add(made.index)
    return Ref(made.index, boxed=ref.boxed, order=ref.order)


def literal(value: Value, kind: str) -> Literal:
    """A value as the text holds one that it writes out; nothing is stored into it."""
    return Literal(frozen(value), kind)
