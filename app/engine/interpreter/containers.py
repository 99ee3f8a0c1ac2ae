"""Methods and items of what is no object of the text: arrays, lists, dictionaries, sets, tuples and texts."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from functools import cmp_to_key
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.errors import LimitError
from app.engine.interpreter import formatting, indexing, objects
from app.engine.interpreter.arguments import Argument, Call, bound, evaluated, op_arguments, static
from app.engine.interpreter.arrays import dtype_kind, moved, with_kind
from app.engine.interpreter.functions import inline
from app.engine.interpreter.hints import NUMPY_HINTS, advice
from app.engine.interpreter.indexing import key_of
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.names import method_names, numpy_names
from app.engine.interpreter.operators import equal, less
from app.engine.interpreter.sequences import as_array, in_order, iterate
from app.engine.interpreter.values import (
    Builtin,
    Dtype,
    HostType,
    Instance,
    Literal,
    Native,
    Once,
    Ref,
    Text,
    copied,
    describe,
)
from app.engine.ops import REGISTRY

_METHOD_HINTS = {
    "T": "Write x.T without brackets.",
    "backward": "Leave it out: the backward pass from the output is computed automatically.",
    "numpy": "Leave it out: the values are NumPy's already.",
    "detach": "Leave it out: the values are NumPy's already.",
    "zero_grad": "Leave it out: gradients are computed anew in every run.",
}
_MANY = "Arrays have .sum(), .mean(), .max(), .min(), .var(), .reshape(), .transpose() and .astype(float)."


def method(interpreter: Interpreter, node: ast.Call, owner: Any, word: str, id: str | None, name: str | None) -> Any:
    """`owner.word(...)`."""
    if isinstance(owner, Text):
        owner = interpreter.host(owner, node)
    table = _table(owner)
    if table is None:
        if isinstance(owner, int | float | Ref | Literal):
            return _array_method(interpreter, node, owner, word, id, name)
        found = attribute(interpreter, owner, node.func)  # type: ignore[arg-type]
        return interpreter.grammar.invoke(interpreter, found, evaluated(interpreter, node, word, id, name))
    run = table.get(word)
    kind = describe(owner).removeprefix("a ")
    if run is None:
        raise interpreter.fail(
            f"a {kind} has no .{word}() here",
            node,
            f"It has {', '.join(f'.{each}()' for each in table)}." if table else "Make it a list first: list(...).",
        )
    call = evaluated(interpreter, node, f".{word}", id, name)
    interpreter.visit(node, _steps(owner, word))
    try:
        return run(interpreter, call, owner)
    except (TypeError, ValueError, IndexError, KeyError, AttributeError) as error:
        message = str(error).strip("'\"")
        raise interpreter.fail(f".{word}() does not work here: {message}", node, "Check its arguments.") from None


_QUICK = frozenset({"append", "add", "get", "setdefault", "discard", "popitem", "update", "extend", "clear"})
"""Methods that take no longer for a long container; `update` and `extend` count what they are given."""


def _steps(owner: Any, word: str) -> int:
    if isinstance(owner, str | Text | range | tuple) or word in _QUICK:
        return 1
    # A list moves what is behind the place, which is quick.
    return 1 + (len(owner) // 64 if word in ("pop", "insert") else len(owner))


def _table(owner: Any) -> Mapping[str, Callable[..., Any]] | None:
    match owner:
        case Once():
            return MappingProxyType({})
        case list():
            return LISTS
        case dict():
            return DICTIONARIES
        case str() | Text():
            return TEXTS
        case set() | frozenset():
            return SETS
        case tuple() | range():
            return TUPLES
        case _:
            return None


# -- lists, tuples, dictionaries, sets ---------------------------------------------------------------------------


def _values(call: Call) -> list[Any]:
    return [argument.value for argument in call.args]


def _bounded(interpreter: Interpreter, owner: Any, call: Call) -> None:
    if len(owner) > interpreter.limits.array_elements:
        raise LimitError(
            f"this would have more than {interpreter.limits.array_elements:,} items",
            span=interpreter.span(call.node),
            hint="Make it shorter.",
        )


def _append(interpreter: Interpreter, call: Call, owner: list[Any]) -> None:
    owner.append(bound(interpreter, call, "object")["object"])
    _bounded(interpreter, owner, call)


def _extend(interpreter: Interpreter, call: Call, owner: list[Any]) -> None:
    given = bound(interpreter, call, "iterable")["iterable"]
    items = list(iterate(interpreter, given, call.node))
    interpreter.visit(call.node, len(items))
    owner.extend(items)
    _bounded(interpreter, owner, call)


def _pop(interpreter: Interpreter, call: Call, owner: list[Any]) -> Any:
    at = static(interpreter, call.args[0].value, call.node) if call.args else -1
    if not isinstance(at, int) or not -len(owner) <= at < len(owner):
        raise interpreter.fail(f"index {at} is outside the list of {len(owner)} values", call.node, "Count from 0.")
    return owner.pop(at)


def sorted_by(interpreter: Interpreter, call: Call, items: list[Any]) -> list[Any]:
    """`sorted(items, key=, reverse=)`."""
    key, backwards = call.named.get("key"), call.named.get("reverse")
    interpreter.visit(call.node, len(items) * 4)
    keys = items
    if key is not None and key.value is not None:
        keys = [
            interpreter.grammar.invoke(interpreter, key.value, Call(call.node, "key", [Argument(item, call.node)], {}))
            for item in items
        ]
    turned = backwards is not None and interpreter.truth(backwards.value, backwards.where)
    if {type(each) for each in keys} in ({int}, {float}, {str}):
        order = sorted(range(len(items)), key=lambda i: keys[i], reverse=turned)
    else:
        ranks = [cmp_to_key(_before(interpreter, call.node))(each) for each in keys]
        order = sorted(range(len(items)), key=lambda i: ranks[i], reverse=turned)
    return [items[i] for i in order]


def _before(interpreter: Interpreter, where: ast.expr) -> Callable[[Any, Any], int]:
    """Python's sort asks of two keys whether one is less, and nothing else."""
    return lambda a, b: -1 if less(interpreter, where, a, b) else 0


def _sort(interpreter: Interpreter, call: Call, owner: list[Any]) -> None:
    owner[:] = sorted_by(interpreter, call, owner)


def _index(interpreter: Interpreter, call: Call, owner: Any) -> int:
    wanted = bound(interpreter, call, "value")["value"]
    for i, item in enumerate(owner):
        if equal(interpreter, call.node, item, wanted):
            return i
    raise interpreter.fail("the list has no such value", call.node, "Ask with `in` first.")


def _count(interpreter: Interpreter, call: Call, owner: Any) -> int:
    wanted = bound(interpreter, call, "value")["value"]
    return sum(equal(interpreter, call.node, item, wanted) for item in owner)


def _insert(interpreter: Interpreter, call: Call, owner: list[Any]) -> None:
    held = bound(interpreter, call, "index, object")
    owner.insert(static(interpreter, held["index"], call.node), held["object"])
    _bounded(interpreter, owner, call)


def _remove(interpreter: Interpreter, call: Call, owner: list[Any]) -> None:
    del owner[_index(interpreter, call, owner)]


LISTS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "append": _append,
        "extend": _extend,
        "pop": _pop,
        "insert": _insert,
        "remove": _remove,
        "index": _index,
        "count": _count,
        "sort": _sort,
        "reverse": lambda interpreter, call, owner: owner.reverse(),
        "copy": lambda interpreter, call, owner: owner.copy(),
        "clear": lambda interpreter, call, owner: owner.clear(),
    }
)
TUPLES: Mapping[str, Callable[..., Any]] = MappingProxyType({"index": _index, "count": _count})


def _get(interpreter: Interpreter, call: Call, owner: dict[Any, Any]) -> Any:
    held = bound(interpreter, call, "key, default=")
    return owner.get(key_of(interpreter, held["key"], call.node), held["default"])


def _set_default(interpreter: Interpreter, call: Call, owner: dict[Any, Any]) -> Any:
    held = bound(interpreter, call, "key, default=")
    return owner.setdefault(key_of(interpreter, held["key"], call.node), held["default"])


def _pop_key(interpreter: Interpreter, call: Call, owner: dict[Any, Any]) -> Any:
    held = bound(interpreter, call, "key, default=")
    key = key_of(interpreter, held["key"], call.node)
    if key not in owner and len(call.args) < 2:
        raise interpreter.fail(f"the dictionary has no key {key!r}", call.node, "Ask with `in` first.")
    return owner.pop(key, held["default"])


def _update(interpreter: Interpreter, call: Call, owner: dict[Any, Any]) -> None:
    for value, where in call.args:
        if isinstance(value, dict):
            interpreter.visit(where, len(value))
            owner.update(value)
        else:
            for pair in iterate(interpreter, value, where):
                key, item = iterate(interpreter, pair, where)
                owner[key_of(interpreter, key, where)] = item
    owner.update({key: argument.value for key, argument in call.named.items()})
    _bounded(interpreter, owner, call)


DICTIONARIES: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "keys": lambda interpreter, call, owner: Once("dict_keys", owner, owner),
        "values": lambda interpreter, call, owner: Once("dict_values", owner.values(), owner),
        "items": lambda interpreter, call, owner: Once("dict_items", owner.items(), owner),
        "get": _get,
        "setdefault": _set_default,
        "pop": _pop_key,
        "update": _update,
        "copy": lambda interpreter, call, owner: owner.copy(),
        "clear": lambda interpreter, call, owner: owner.clear(),
        "popitem": lambda interpreter, call, owner: owner.popitem(),
    }
)


def _set_of(interpreter: Interpreter, call: Call) -> set[Any]:
    found: set[Any] = set()
    for value, where in call.args:
        items = iterate(interpreter, value, where)
        interpreter.visit(where, len(items))
        found |= {key_of(interpreter, item, where) for item in items}
    return found


def _add(interpreter: Interpreter, call: Call, owner: set[Any]) -> None:
    owner.add(key_of(interpreter, _values(call)[0], call.node))
    _bounded(interpreter, owner, call)


SETS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "add": _add,
        "update": lambda interpreter, call, owner: owner.update(_set_of(interpreter, call)),
        "discard": lambda interpreter, call, owner: owner.discard(key_of(interpreter, _values(call)[0], call.node)),
        "remove": lambda interpreter, call, owner: owner.remove(key_of(interpreter, _values(call)[0], call.node)),
        "union": lambda interpreter, call, owner: owner | _set_of(interpreter, call),
        "intersection": lambda interpreter, call, owner: owner & _set_of(interpreter, call),
        "difference": lambda interpreter, call, owner: owner - _set_of(interpreter, call),
        "symmetric_difference": lambda interpreter, call, owner: owner ^ _set_of(interpreter, call),
        "issubset": lambda interpreter, call, owner: owner <= _set_of(interpreter, call),
        "issuperset": lambda interpreter, call, owner: owner >= _set_of(interpreter, call),
        "isdisjoint": lambda interpreter, call, owner: owner.isdisjoint(_set_of(interpreter, call)),
        "copy": lambda interpreter, call, owner: owner.copy(),
        "pop": lambda interpreter, call, owner: _pop_first(owner),
        "clear": lambda interpreter, call, owner: owner.clear(),
    }
)


def _pop_first(owner: set[Any]) -> Any:
    first = in_order(owner)[0]
    owner.remove(first)
    return first


# -- texts -------------------------------------------------------------------------------------------------------


def _of_text(name: str) -> Callable[..., Any]:
    """A method of Python's texts, on plain values."""

    def run(interpreter: Interpreter, call: Call, owner: Any) -> Any:
        given = [
            static(interpreter, value, where) if not isinstance(value, str) else value for value, where in call.args
        ]
        if any(isinstance(v, int) and abs(v) > 10_000 for v in given):
            raise LimitError("this text would be too long", span=interpreter.span(call.node), hint="Make it shorter.")
        interpreter.visit(call.node, len(owner) // 10)
        if name == "replace" and len(given) > 1 and all(isinstance(v, str) for v in given[:2]):
            formatting.bounded(interpreter, len(owner) + owner.count(given[0]) * len(given[1]), call.node)
        result = getattr(owner, name)(*given)
        if isinstance(result, list):
            interpreter.visit(call.node, len(result))
        return result

    return run


def _join(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    items = iterate(interpreter, bound(interpreter, call, "iterable")["iterable"], call.node)
    interpreter.visit(call.node, len(items))
    if not all(isinstance(item, str | Text) for item in items):
        raise interpreter.fail("join puts texts together", call.node, "Write ', '.join([str(x) for x in values]).")
    parts: list[Any] = []
    for item in items:
        parts += [owner, item] if parts else [item]
    return formatting.text(interpreter, parts, call.node)


def _format(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    named = {key: argument.value for key, argument in call.named.items()}
    return formatting.format_method(interpreter, call.node, owner, _values(call), named)


_PLAIN_TEXT = (
    "upper lower strip lstrip rstrip split rsplit splitlines replace startswith endswith find rfind index count title "
    "capitalize center ljust rjust zfill isdigit isalpha isalnum isspace isupper islower removeprefix removesuffix "
    "partition rpartition swapcase"
)
TEXTS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"join": _join, "format": _format} | {name: _of_text(name) for name in _PLAIN_TEXT.split()}
)


# -- arrays ------------------------------------------------------------------------------------------------------


def _array_method(
    interpreter: Interpreter, node: ast.Call, owner: Any, word: str, id: str | None, name: str | None
) -> Any:
    where = node.func.value  # type: ignore[attr-defined]
    if (word in ARRAYS or word in method_names()) and _is_python(interpreter, owner):
        raise interpreter.fail(
            f"Python's own numbers have no .{word}()", node, f"Write np.{word}(x), or make it an array: np.array(x)."
        )
    special = ARRAYS.get(word)
    found = method_names().get(word)
    if special is None and word not in method_names():
        hint = f"Write np.{word}(x)." if word in numpy_names() else _METHOD_HINTS.get(word) or NUMPY_HINTS.get(word)
        raise interpreter.fail(
            f".{word}() is not part of the language", node, hint or advice(word, method_names(), ".") or _MANY
        )
    call = evaluated(interpreter, node, f".{word}", id, name)
    if special is not None:
        return special(interpreter, call, owner)
    if isinstance(found, Builtin):
        if word == "dot" and not interpreter.is_array(owner):
            raise interpreter.fail(
                "numbers have no .dot()", node, f"Write * to multiply by a number, or np.{word}(a, b)."
            )
        if word in ("transpose", "swapaxes", "reshape") and type(owner) is Literal and owner.ref is None:
            call.args.insert(0, Argument(0.0, where))
            _, attrs = op_arguments(interpreter, found.op, call)
            return moved(interpreter, node, word, owner, attrs, id=id, name=name)
        call.args.insert(0, Argument(owner, where))
        inputs, attrs = op_arguments(interpreter, found.op, call)
        return interpreter.operation(found.op, inputs, attrs, node, id, name)
    call.args.insert(0, Argument(owner, where))
    return inline(interpreter, interpreter.numpy[word], call)


def _astype(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    """`.astype(float)`: a mask as numbers. In the engine a mask holds numbers already."""
    held = bound(interpreter, call, "dtype, copy=")
    kind = dtype_kind(interpreter, held["dtype"], call.where("dtype"))
    made = with_kind(interpreter, owner, kind, call.node)
    if made is not owner and type(made) is Ref and made.index >= 0 and call.id and call.name:
        return made
    return copied(made, boxed=made.boxed) if type(made) is Ref and made is owner else made


def _copy(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    bound(interpreter, call, "order=")
    if type(owner) is Literal and owner.ref is None:
        return Literal(owner.array, owner.kind, made=owner.made)
    ref = interpreter.node(owner, call.node)
    return copied(ref, boxed=ref.boxed)


def _ravel(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    bound(interpreter, call, "order=")
    return moved(interpreter, call.node, "reshape", owner, {"shape": (-1,)}, id=call.id, name=call.name)


def _flatten(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    """`x.flatten()`: a copy in NumPy, where `.ravel()` gives a view."""
    flat = _ravel(interpreter, call, owner)
    return copied(flat) if type(flat) is Ref else flat


def _item(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    """`x.item()`: the only element, as one of Python's numbers."""
    index = tuple([static(interpreter, value, where) for value, where in call.args])
    index = index[0] if len(index) == 1 and isinstance(index[0], tuple) else index
    shape = interpreter.shape(owner)
    if not index and math.prod(shape) != 1:
        raise interpreter.fail("item() needs an array of one element", call.node, "Give its index: x.item(0).")
    ref = interpreter.node(owner, call.node)
    if shape:
        if len(index) == 1 and len(shape) > 1:
            index = tuple(int(i) for i in np.unravel_index(index[0], shape))
        ref = interpreter.operation(REGISTRY["index"], (ref,), {"index": index or (0,) * len(shape)}, call.node)
    return Ref(ref.index, python=True)


def _tolist(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    """`x.tolist()`: nested lists of the elements."""
    if type(owner) is Literal and owner.ref is None:
        return np.asarray(interpreter.host(owner, call.node)).tolist()
    ref = interpreter.node(owner, call.node)
    shape = interpreter.shape(ref)
    interpreter.visit(call.node, math.prod(shape))

    def part(index: tuple[int, ...]) -> Any:
        if len(index) == len(shape):
            found = interpreter.operation(REGISTRY["index"], (ref,), {"index": index}, call.node) if index else ref
            return Ref(found.index, python=True)
        return [part((*index, i)) for i in range(shape[len(index)])]

    return part(())


def _fill(interpreter: Interpreter, call: Call, owner: Any) -> None:
    value = bound(interpreter, call, "value")["value"]
    indexing.store_part(interpreter, owner, (Ellipsis,), value, call.node)


ARRAYS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "astype": _astype,
        "copy": _copy,
        "ravel": _ravel,
        "flatten": _flatten,
        "item": _item,
        "tolist": _tolist,
        "fill": _fill,
    }
)


def attribute(interpreter: Interpreter, owner: Any, node: ast.Attribute) -> Any:
    """`owner.word` of a number or an array."""
    word = node.attr
    if isinstance(owner, int | float | Ref | Literal):
        shape = interpreter.shape(owner)
        if word in ("T", "shape", "size", "ndim", "dtype") and _is_python(interpreter, owner):
            raise interpreter.fail(
                f"Python's own numbers have no .{word}", node, "Make it an array first: np.array(x)."
            )
        match word:
            case "T":
                return moved(interpreter, node, "transpose", owner, {"axes": None})
            case "shape":
                return shape
            case "size":
                return math.prod(shape)
            case "ndim":
                return len(shape)
            case "dtype":
                kind = owner.kind if type(owner) is Literal else _kind_of(interpreter, owner, node)
                return Dtype({"float": "float64", "int": "int64", "bool": "bool"}[kind], kind)
            case "real":
                return owner
        if word in method_names() or word in ARRAYS:
            raise interpreter.fail(f".{word} is a function", node, f"Call it: x.{word}()")
    if isinstance(owner, HostType) and word in owner.methods:
        return Native(f"{owner.name}.{word}", owner.methods[word])
    table = _table(owner)
    if table is not None and word in table:
        raise interpreter.fail(f".{word} is a function", node, f"Call it: x.{word}()")
    raise interpreter.fail(
        f"{describe(owner)} has no .{word} here" if table is not None else f".{word} is not part of the language",
        node,
        "Arrays have .T, .shape, .size, .ndim, .sum(), .mean(), .max(), .min(), .var(), .reshape() and .astype(float).",
    )


def _is_python(interpreter: Interpreter, owner: Any) -> bool:
    """Whether a value of the text is one of Python's own numbers, which have no methods of arrays."""
    number = isinstance(owner, int | float) or (type(owner) is Ref and owner.python and not interpreter.is_array(owner))
    return number and interpreter.foreign is None and interpreter.graph.given is not None


def _kind_of(interpreter: Interpreter, owner: Any, where: ast.expr) -> str:
    return interpreter.graph.nodes[interpreter.node(owner, where).index].kind


# -- casts -------------------------------------------------------------------------------------------------------


def cast(interpreter: Interpreter, kind: Dtype, call: Call) -> Any:  # noqa: C901 - by kind of value
    """`float(x)`, `int(x)`, `bool(x)`, `np.float64(x)`."""
    value = call.args[0].value if call.args else 0
    where = call.args[0].where if call.args else call.node
    if isinstance(value, Text):
        value = interpreter.host(value, where)
    base: Any = ()
    if len(call.args) > 1 or call.named:
        if kind.name != "int" or not isinstance(value, str) or len(call.args) != 2 or call.named:
            raise interpreter.fail(f"{kind.name}() takes one number here", call.node, f"Write {kind.name}(x).")
        base = (static(interpreter, call.args[1].value, where),)
    if isinstance(value, str):
        formatting.bounded(interpreter, 100 * len(value), where)
        try:
            return {"float": float, "int": int, "bool": bool}[kind.kind](value, *base)
        except ValueError:
            raise interpreter.fail(f"{value!r} is no number", where, "Write the number itself.") from None
    if isinstance(value, Instance):
        found = _float_method(interpreter, value, kind, where)
        if found is not None:
            return found
    value = as_array(interpreter, value, where)
    if isinstance(value, int | float):
        try:
            return {"float": float, "int": int, "bool": bool}[kind.kind](value)
        except (OverflowError, ValueError):
            raise interpreter.fail("infinity and nan are no whole numbers", where, "Check it first.") from None
    if kind.kind == "bool":
        return interpreter.truth(value, where)
    if kind.kind == "int" and not interpreter.shape(value):
        held = interpreter.host(value, where)
        if not math.isfinite(held):
            raise interpreter.fail("infinity and nan are no whole numbers", where, "Check it first.")
        return int(held)
    if interpreter.shape(value) and kind.name in ("float", "int"):
        if math.prod(interpreter.shape(value)) != 1:
            raise interpreter.fail(f"{kind.name}() needs one number, and this is an array", where, "Index it: x[0].")
        value = moved(interpreter, call.node, "reshape", value, {"shape": ()})
    made = with_kind(interpreter, value, kind.kind, where)
    ref = interpreter.node(made, where)
    found_ref = Ref(ref.index, python=kind.name in ("float", "int"))
    return found_ref if not interpreter.shape(ref) else made


def _float_method(interpreter: Interpreter, value: Instance, kind: Dtype, where: ast.AST) -> Any:
    name = f"__{kind.kind}__"
    if objects.find(interpreter, value, name, where) is objects.NOTHING:
        return None
    return objects.call_method(interpreter, where, value, name, [])
