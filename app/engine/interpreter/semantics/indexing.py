"""Reading and storing parts: `x[i]`, `x[:, None]`, `x[range(n), y]`, `x[mask]`, items of lists and dictionaries."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

import numpy as np

from app.engine.interpreter.grammar import OutOfRange
from app.engine.interpreter.graph.filling import Store, waits
from app.engine.interpreter.graph.storage import memory_of, store
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import objects
from app.engine.interpreter.semantics.arrays import index_arrays, with_kind
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.values import Defaulting, HostType, Instance, Literal, Module, Once, Ref, Text, describe
from app.engine.ops import REGISTRY
from app.engine.ops.axes import show_shape
from app.engine.wording import said

_BIGGEST = 2**31


def subscript(interpreter: Interpreter, node: ast.Subscript, id: str | None, name: str | None) -> Any:
    """`owner[index]`."""
    interpreter.enter(node)
    owner = interpreter.evaluate(node.value)
    interpreter.depth -= 1
    index = _given(interpreter, node.slice) if isinstance(owner, Instance) else interpreter.evaluate(node.slice)
    if isinstance(owner, Module) and owner.silent:
        # `axes[0, 1]` of a figure.
        return owner if not owner.shape else replace(owner, shape=owner.shape[2 if isinstance(index, tuple) else 1 :])
    value = read_part(interpreter, owner, index, node, id, name)
    return value if interpreter.numbers is None or type(value) is not Ref else interpreter.numbers.of(value)


def _given(interpreter: Interpreter, node: ast.expr) -> Any:
    """An index of an object, as its `__getitem__` gets it: bounds may be any numbers, and a step of `np.mgrid` a count
    such as 5j."""
    if isinstance(node, ast.Tuple):
        return tuple([_given(interpreter, item) for item in node.elts])
    if not isinstance(node, ast.Slice):
        return interpreter.evaluate(node)
    bounds: list[Any] = []
    for bound in (node.lower, node.upper, node.step):
        if isinstance(bound, ast.Constant) and isinstance(bound.value, complex):
            bounds.append(bound.value)
            continue
        held = None if bound is None else interpreter.host(interpreter.evaluate(bound), bound)
        if held is not None and not isinstance(held, int | float):
            raise interpreter.fail(said("semantics.slice_bound_no_number"), bound or node)
        bounds.append(held)
    return slice(*bounds)


def slice_(interpreter: Interpreter, node: ast.Slice, id: str | None, name: str | None) -> slice:
    """`a:b:c`, its bounds decided."""
    bounds = [
        None if bound is None else _bound(interpreter, interpreter.evaluate(bound), bound)
        for bound in (node.lower, node.upper, node.step)
    ]
    if bounds[2] == 0:
        raise interpreter.fail(said("semantics.slice_step_zero"), node)
    return slice(*bounds)


def _bound(interpreter: Interpreter, value: Any, where: ast.expr) -> int | None:
    return None if value is None else whole(interpreter, value, where, "a slice bound")


def whole(interpreter: Interpreter, value: Any, where: ast.AST, what: str) -> int:
    """A whole number that decides something. what: how messages call it, such as "an index"."""
    held = interpreter.host(value, where)
    if isinstance(held, np.ndarray) and held.ndim == 0:
        held = held.item()
    if isinstance(held, bool) or not isinstance(held, int) or abs(held) > _BIGGEST:
        shown = describe(held) if not isinstance(held, np.ndarray) else "an array"
        raise interpreter.fail(said("semantics.whole_number_expected", what=what, shown=shown), where)
    return held


def read_part(
    interpreter: Interpreter, owner: Any, index: Any, node: ast.AST, id: str | None = None, name: str | None = None
) -> Any:
    """An item of a container, or a part of an array."""
    if isinstance(owner, Text):
        owner = interpreter.host(owner, node)
    if type(owner) is list and type(index) is int and -len(owner) <= index < len(owner):
        return owner[index]
    match owner:
        case Once():
            raise interpreter.fail(said("semantics.not_indexable", owner=describe(owner)), node)
        case list() | tuple() | str() | range():
            return _item(interpreter, owner, index, node)
        case dict():
            return _value(interpreter, owner, index, node)
        case Instance():
            return objects.call_method(interpreter, node, owner, "__getitem__", [index], id)
        case HostType() if str not in owner.types:
            # `Vector = list[float]`, a name for a type, says of what as an annotation does.
            return owner
        case int() | float():
            raise interpreter.fail(said("semantics.array_expected", owner=describe(owner)), node)
    if type(owner) not in (Ref, Literal):
        raise interpreter.fail(said("semantics.list_expected", owner=describe(owner)), node)
    ref = interpreter.node(owner, node)  # type: ignore[arg-type]
    if interpreter.graph.given is not None and not interpreter.is_array(ref):
        if index == () and not ref.python:
            # Numbers of NumPy take an index without any places.
            return ref
        raise interpreter.fail(said("semantics.number_not_indexable"), node)
    found = array_index(interpreter, index, node, interpreter.shape(ref))
    return interpreter.operation(REGISTRY["index"], (ref,), {"index": found}, node, id, name)


def _item(interpreter: Interpreter, owner: Any, index: Any, node: ast.AST) -> Any:
    if isinstance(index, slice):
        interpreter.visit(node, len(range(*index.indices(len(owner)))))
        return owner[index]
    at = whole(interpreter, index, node, "an index")
    if not -len(owner) <= at < len(owner):
        raise OutOfRange(
            said("semantics.index_outside_list", at=at, owner_count=len(owner)), span=interpreter.span(node)
        )
    return owner[at]


def key_of(interpreter: Interpreter, value: Any, where: ast.AST) -> Any:
    """A value as a key of a dictionary: traced numbers are decided."""
    held = interpreter.host(value, where) if type(value) in (Ref, Literal, Text) else value
    if type(value) is Ref and not value.python and type(held) in (int, float, bool):
        interpreter.numpy_keys.add((type(held), held))
    if isinstance(held, tuple):
        interpreter.enter(where)
        interpreter.visit(where, len(held))
        found = tuple([key_of(interpreter, item, where) for item in held])
        interpreter.depth -= 1
        return found
    if isinstance(held, Instance) and objects.find(interpreter, held, "__eq__", where) is not objects.NOTHING:
        raise interpreter.fail(said("semantics.key_defines_eq", held=describe(held)), where)
    if isinstance(held, list | dict | set | slice | np.ndarray):
        raise interpreter.fail(said("semantics.not_hashable", held=describe(held)), where)
    return held


def _value(interpreter: Interpreter, owner: dict[Any, Any], index: Any, node: ast.AST) -> Any:
    key = key_of(interpreter, index, node)
    if key not in owner:
        if isinstance(owner, Defaulting):
            made = owner.factory()
            if owner.name != "Counter":
                owner[key] = made
            return made
        near = ", ".join(map(repr, list(owner)[:6]))
        raise interpreter.fault(
            "KeyError",
            said("semantics.key_missing", key=key),
            node,
            f"Its keys are {near}." if owner else "It is empty.",
            key,
        )
    return owner[key]


def array_index(
    interpreter: Interpreter, index: Any, where: ast.AST, shape: tuple[int, ...] | None = None
) -> tuple[Any, ...]:
    """An index as ops hold it: whole numbers, slices, None, `...` and arrays of whole numbers, all decided. shape: that
    of the array, which masks must have."""
    items = index if isinstance(index, tuple) else (index,)
    result: list[Any] = []
    for item in items:
        behind_axes = not any(each is None or each is Ellipsis for each in result)
        if shape is not None and behind_axes and is_mask(interpreter, item):
            _check_mask(interpreter, interpreter.shape(item), shape[len(result) :], where)
        result += _one(interpreter, item, where)
    if sum(item is Ellipsis for item in result) > 1:
        raise interpreter.fail(said("semantics.ellipsis_twice"), where)
    return index_arrays(tuple(result))


def _one(interpreter: Interpreter, item: Any, where: ast.AST) -> list[Any]:
    """One item of an index; a mask counts for as many as it has axes."""
    if item is None or item is Ellipsis or isinstance(item, slice) or type(item) is int:
        return [item]
    if isinstance(item, list | range | tuple):
        item = as_array(interpreter, item, where)
        if type(item) is Literal and item.array.size == 0:
            return [np.zeros(0, dtype=np.int64)]
    if type(item) not in (Ref, Literal):
        raise interpreter.fail(said("semantics.index_no_whole_number", item=describe(item)), where)
    held = interpreter.host(item, where)
    if not isinstance(held, np.ndarray):
        if isinstance(held, bool):
            raise interpreter.fail(said("semantics.index_is_mask"), where)
        return [whole(interpreter, held, where, "an index")]
    if held.dtype.kind == "b":
        return list(np.nonzero(held))
    if held.dtype.kind == "i":
        return [held if held.ndim else held.item()]
    raise interpreter.fail(said("semantics.index_array_of_floats"), where)


def _check_mask(interpreter: Interpreter, mask: tuple[int, ...], shape: tuple[int, ...], where: ast.AST) -> None:
    if interpreter.graph.given is not None and mask != shape[: len(mask)]:
        raise interpreter.fault(
            "IndexError", said("semantics.mask_has_other_shape", mask=show_shape(mask), shape=show_shape(shape)), where
        )


def is_mask(interpreter: Interpreter, value: Any) -> bool:
    """Whether a value is an array of True and False."""
    if type(value) is Literal:
        return value.kind == "bool"
    return type(value) is Ref and interpreter.graph.nodes[value.index].kind == "bool" and interpreter.is_array(value)


def store_part(
    interpreter: Interpreter,
    owner: Any,
    index: Any,
    value: Any,
    where: ast.AST,
    id: str | None = None,
    name: str | None = None,
    *,
    may_wait: bool = False,
) -> bool:
    """`array[index] = value`: a new version of the array's buffer. Whether it waits until somebody reads the array,
    where it may."""
    graph, span = interpreter.graph, interpreter.span(where)
    ref = interpreter.node(owner, where)  # type: ignore[arg-type]
    if not interpreter.is_array(ref):
        raise interpreter.fail(said("semantics.number_stored_into"), where)
    kind = graph.nodes[ref.like].kind
    held = interpreter.node(as_array(interpreter, value, where), where)  # type: ignore[arg-type]
    if kind != "float":
        held = with_kind(interpreter, held, kind, where)
    mask = index[0] if isinstance(index, tuple) and len(index) == 1 else index
    if is_mask(interpreter, mask) and not interpreter.shape(held):
        # The mask itself stays a value: another slider may flip it.
        chosen = interpreter.node(mask, where)  # type: ignore[arg-type]
        shape, whole_shape = interpreter.shape(chosen), interpreter.shape(ref)
        if shape != whole_shape and shape == whole_shape[: len(shape)]:
            wide = shape + (1,) * (len(whole_shape) - len(shape))
            chosen = interpreter.operation(REGISTRY["reshape"], (chosen,), {"shape": wide}, where)
        made = graph.operation(REGISTRY["where"], (chosen.index, held.index, ref.index), {}, span, id, name, kind=kind)
    else:
        found = array_index(interpreter, index, where, interpreter.shape(ref))
        if may_wait and ref.view is None and interpreter.watch is None:
            stored = Store(held.index, found, span, id, name, graph.group)
            if waits(graph, memory_of(graph, ref), stored):
                return True
        made = graph.operation(REGISTRY["put"], (ref.index, held.index), {"index": found}, span, id, name, kind=kind)
    store(graph, ref, made.index, span)
    return False


def is_whole(target: ast.Subscript) -> bool:
    """Whether a target is all of what it is a part of: `W[:]`, `W[...]`."""
    index = target.slice
    if isinstance(index, ast.Slice):
        return index.lower is None and index.upper is None and index.step is None
    return isinstance(index, ast.Constant) and index.value is Ellipsis


def add_at(interpreter: Interpreter, owner: Any, index: Any, value: Any, where: ast.AST) -> None:
    """`np.add.at(array, index, value)`: adds up where an index occurs twice."""
    ref = interpreter.node(owner, where)  # type: ignore[arg-type]
    held = interpreter.node(as_array(interpreter, value, where), where)  # type: ignore[arg-type]
    nodes = interpreter.graph.nodes
    kinds = nodes[ref.index].kind, nodes[held.index].kind
    if kinds[0] == "bool":
        raise interpreter.fail(said("semantics.adds_to_truths"), where)
    if kinds == ("int", "float"):
        raise interpreter.fail(said("semantics.float_added_to_whole_numbers"), where)
    found = array_index(interpreter, index, where, interpreter.shape(ref))
    name = nodes[ref.index].name
    made = interpreter.graph.operation(
        REGISTRY["add_at"], (ref.index, held.index), {"index": found}, interpreter.span(where), None, name
    )
    store(interpreter.graph, ref, made.index, interpreter.span(where))
