"""What can be gone through item by item, and what NumPy makes an array of: lists of numbers and of traced values."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from app.engine.errors import LimitError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Class, Instance, Lazy, Literal, Module, Once, Ref, Text, describe
from app.engine.ops import REGISTRY
from app.engine.wording import said


def one_by_one(interpreter: Interpreter, value: Any, where: ast.AST) -> Iterator[Any]:
    """The items that a loop over `value` gets, each computed when its turn comes where Python does so too."""
    if isinstance(value, Instance):
        value = interpreter.grammar.items_of_object(interpreter, value, where)
    return value.rounds if isinstance(value, Lazy) else iter(iterate(interpreter, value, where))


def iterate(interpreter: Interpreter, value: Any, where: ast.AST) -> Sequence[Any]:
    """The items that a loop over `value` gets, in order, all at once. The rows of an array are nodes of their own."""
    if type(value) in _READY:
        items: Sequence[Any] = value
    elif isinstance(value, Instance | Lazy):
        return _collected(interpreter, value, where)
    else:
        items = _items(interpreter, value, where)
    if len(items) > interpreter.limits.visits:
        raise LimitError(
            said("limits.loop_too_long", items_count=len(items), most=interpreter.limits.visits),
            span=interpreter.span(where),
        )
    interpreter.visit(where, len(items) // 8)
    return items


_READY = frozenset({list, tuple, range})


def _items(interpreter: Interpreter, value: Any, where: ast.AST) -> Sequence[Any]:
    if isinstance(value, Text):
        value = interpreter.host(value, where)
    if isinstance(value, Once):
        items: Sequence[Any] = value.spend(interpreter, where)
    elif isinstance(value, list | tuple | range):
        items = value
    elif isinstance(value, str | dict | set | frozenset):
        items = list(value) if isinstance(value, str) else _keys(interpreter, value, where)
    elif type(value) is Literal and value.ref is None and value.array.ndim == 1 and value.made:
        items = [interpreter.numpy_number(item, where) for item in interpreter.host(value, where).tolist()]
    elif type(value) in (Ref, Literal):
        items = _rows(interpreter, value, where)
    elif isinstance(value, Class) and value.members:
        items = value.members
    elif isinstance(value, Module) and value.shape:
        items = [replace(value, shape=value.shape[1:])] * value.shape[0]
    else:
        raise interpreter.fail(said("semantics.not_iterable", value=describe(value)), where)
    return items


def _keys(interpreter: Interpreter, value: Any, where: ast.AST) -> list[Any]:
    """Keys, or items of a set, as the text gave them: those that were numbers of NumPy are so again."""
    keys = list(value) if isinstance(value, dict) else in_order(value)
    known = interpreter.numpy_keys
    if not known:
        return keys
    return [
        interpreter.numpy_number(key, where) if type(key) in (int, float, bool) and (type(key), key) in known else key
        for key in keys
    ]


def _collected(interpreter: Interpreter, value: Instance | Lazy, where: ast.AST) -> list[Any]:
    found = []
    for item in one_by_one(interpreter, value, where):
        interpreter.visit(where)
        found.append(item)
    return found


def in_order(value: set[Any] | frozenset[Any]) -> list[Any]:
    """The items of a set. Python's order of texts and of objects changes from run to run: here texts are sorted, and
    objects stand in the order in which they were made."""
    if all(isinstance(item, str) for item in value):
        return sorted(value)
    if all(isinstance(item, Instance) for item in value):
        return sorted(value, key=hash)
    return list(value)


def _rows(interpreter: Interpreter, value: Any, where: ast.AST) -> list[Ref]:
    ref = interpreter.node(value, where)  # type: ignore[arg-type]
    shape = interpreter.shape(ref)
    if not shape:
        raise interpreter.fail(said("semantics.number_not_iterable"), where)
    interpreter.visit(where, min(shape[0], interpreter.limits.visits))
    rows = [interpreter.operation(REGISTRY["index"], (ref,), {"index": (i,)}, where) for i in range(shape[0])]
    if interpreter.graph.tensors.tracked:
        interpreter.graph.tensors.functions.update({row.index: "UnbindBackward0" for row in rows})
    return rows


def as_array(interpreter: Interpreter, value: Any, where: ast.AST) -> Any:
    """A list or a tuple as the array that NumPy makes of it: a literal if it holds numbers alone, else a node; and so
    an object that has a length and items, as a `deque` has. Anything else as it is."""
    if isinstance(value, Instance) and _has_items(value):
        value = list(iterate(interpreter, value, where))
    if not isinstance(value, list | tuple | range):
        return value
    if isinstance(value, range):
        value = list(iterate(interpreter, value, where))
    kinds = _kinds(interpreter, value, where)
    if kinds is not None:
        return as_literal(interpreter, _plain(value), where, kind_of(kinds))
    parts = [as_array(interpreter, item, where) for item in value]
    refs = [interpreter.node(part, where) for part in parts]  # type: ignore[arg-type]
    most = interpreter.limits.parts
    pieces = [tuple(refs[i : i + most]) for i in range(0, len(refs), most)]
    stacked = [interpreter.operation(REGISTRY["stack"], piece, {"axis": 0}, where) for piece in pieces]
    return (
        stacked[0]
        if len(stacked) == 1
        else interpreter.operation(REGISTRY["concatenate"], tuple(stacked), {"axis": 0}, where)
    )


def as_operand(interpreter: Interpreter, value: Any, where: ast.AST) -> Any:
    """What NumPy computes with, as `as_array` makes it; of a list that has a name, a leaf, where the reading wants such
    ones and the list is as it was before."""
    made = as_array(interpreter, value, where)
    held = interpreter.addresses.get(builtins.id(value))
    if type(made) is not Literal or held is None or held[0] is not value or held[1].local:
        return made
    arguments, address = interpreter.arguments, held[1]
    arguments.seen = True
    if not arguments.arrays:
        return made
    known = arguments.made.get(address.id)
    if known is not None:
        same = np.array_equal(interpreter.graph.value(known), made.array)
        return Ref(known) if same else made
    made.ref = interpreter.graph.input(address.id, address.name, made, interpreter.span(where))
    arguments.made[address.id] = made.ref.index
    return made.ref


def _has_items(value: Instance) -> bool:
    """Whether NumPy takes an object for a sequence: it has a length, and items by their places."""
    names = {name for cls in value.cls.line() for name in cls.names}
    return {"__len__", "__getitem__"} <= names and "keys" not in names


def kind_of(kinds: set[type]) -> str:
    """The number type that NumPy gives an array of these types; float for an empty one."""
    return "float" if float in kinds or not kinds else "int" if int in kinds else "bool"


def as_literal(interpreter: Interpreter, nested: Any, where: ast.AST, kind: str, *, made: bool = False) -> Literal:
    """An array literal, within the limits."""
    try:
        held = frozen(np.array(nested, dtype=np.float64))
    except OverflowError:
        raise interpreter.fail(said("semantics.array_number_too_large"), where) from None
    except ValueError:
        raise interpreter.fail(said("semantics.rows_differ_in_length"), where) from None
    except TypeError:
        raise interpreter.fail(said("semantics.array_item_no_number"), where) from None
    interpreter.allocate(held.size, where)
    _check_depth(interpreter, held.ndim, where)
    if held.size > interpreter.limits.array_elements:
        raise LimitError(
            said("limits.array_too_large", size=held.size, most=interpreter.limits.array_elements),
            span=interpreter.span(where),
        )
    return Literal(held, kind, made=made)


def frozen(array: np.ndarray[Any, Any] | float) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A read-only float64 copy."""
    copy = np.array(array, dtype=np.float64)
    copy.setflags(write=False)
    return copy


def _check_depth(interpreter: Interpreter, dimensions: int, where: ast.AST) -> None:
    most = interpreter.limits.dimensions
    if dimensions > most:
        raise LimitError(said("limits.array_too_deep", most=most), span=interpreter.span(where))


def _kinds(interpreter: Interpreter, value: Any, where: ast.AST) -> set[type] | None:
    """The number types in a nested list; None if it holds computed values. A loop can build lists of any depth, with
    shared parts: depth and size are checked here, without recursion."""
    kinds: set[type] = set()
    computed = False
    level, depth = [value], 0
    while level:
        depth += 1
        _check_depth(interpreter, depth - 1, where)
        inner: list[Any] = []
        for items in level:
            interpreter.visit(where, len(items))
            for item in items:
                if isinstance(item, list | tuple | range):
                    inner.append(item)
                elif isinstance(item, Literal) and item.ref is None:
                    interpreter.visit(where, item.array.size)
                    kinds.add({"float": float, "int": int}.get(item.kind, bool))
                elif isinstance(item, int | float):
                    kinds.add(type(item))
                elif type(item) in (Ref, Literal):
                    computed = True
                else:
                    raise interpreter.fail(said("semantics.item_no_number", item=describe(item)), where)
        level = inner
    return None if computed else kinds


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple | range):
        return [_plain(item) for item in value]
    return value.array.tolist() if isinstance(value, Literal) else value
