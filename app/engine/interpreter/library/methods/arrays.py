"""Methods of arrays, and of numbers as NumPy has them."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.interpreter.graph.storage import store
from app.engine.interpreter.hints import advice, instead, told
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.host_errors import host_errors
from app.engine.interpreter.library.methods.numbers import NUMBERS
from app.engine.interpreter.library.numpy.bounds import clip_method
from app.engine.interpreter.library.numpy.names import numpy_module_names
from app.engine.interpreter.names import method_names, numpy_names
from app.engine.interpreter.semantics import indexing
from app.engine.interpreter.semantics.arguments import Argument, Call, bound, evaluated, static
from app.engine.interpreter.semantics.arrays import by_columns, dtype_kind, moved, reshaped_by_columns, with_kind
from app.engine.interpreter.semantics.functions import inline
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.semantics.op_arguments import op_arguments
from app.engine.interpreter.semantics.reductions import reduced
from app.engine.interpreter.values import Builtin, Literal, Ref, copied
from app.engine.ops import REGISTRY, Op
from app.engine.wording import said


def array_method(
    interpreter: Interpreter, node: ast.Call, owner: Any, word: str, id: str | None, name: str | None
) -> Any:
    where = node.func.value  # type: ignore[attr-defined]
    if (word in ARRAYS or word in _FUNCTIONS or word in method_names()) and is_python(interpreter, owner):
        raise interpreter.fail(said("library.number_method_missing", word=word), node)
    if word in NUMBERS and not interpreter.is_array(owner):
        return NUMBERS[word](interpreter, evaluated(interpreter, node, f".{word}"), owner)
    special = ARRAYS.get(word)
    found = method_names().get(word)
    if special is None and word not in method_names() and word not in _FUNCTIONS:
        hint = (
            f"Write np.{word}(x)."
            if word in numpy_names()
            else instead("method").get(word) or instead("numpy").get(word)
        )
        if is_python(interpreter, owner):
            listed = ", ".join(f".{each}()" for each in NUMBERS)
            hint = hint or f"Numbers have {listed}; for methods of arrays write np.array(x)."
        raise interpreter.fail(
            said("library.method_not_in_language", word=word),
            node,
            hint or advice(word, method_names(), ".") or told("methods"),
        )
    call = evaluated(interpreter, node, f".{word}", id, name)
    if word in _FUNCTIONS:
        call.args.insert(_FUNCTIONS[word], Argument(owner, where))
        return interpreter.grammar.invoke(interpreter, numpy_module_names()[word], call)
    if special is not None:
        return special(interpreter, call, owner)
    if isinstance(found, Builtin):
        return _of_op(interpreter, call, owner, found.op)
    call.args.insert(0, Argument(owner, where))
    return inline(interpreter, interpreter.numpy[word], call)


def _of_op(interpreter: Interpreter, call: Call, owner: Any, op: Op) -> Any:
    """A method that is an op."""
    node, word = call.node, op.name
    where = node.func.value  # type: ignore[attr-defined]
    if word == "reshape" and "order" in call.named:
        order = call.named.pop("order")
        if by_columns(interpreter, call, order.value):
            call.args.insert(0, Argument(owner, where))
            inputs, attrs = op_arguments(interpreter, op, call)
            return reshaped_by_columns(interpreter, call, inputs[0], attrs["shape"])
    if word == "dot" and not interpreter.is_array(owner):
        raise interpreter.fail(said("library.dot_of_number", word=word), node)
    if op.by_position and type(owner) is Literal and owner.ref is None:
        call.args.insert(0, Argument(0.0, where))
        _, attrs = op_arguments(interpreter, op, call)
        return moved(interpreter, node, word, owner, attrs, id=call.id, name=call.name)
    call.args.insert(0, Argument(owner, where))
    shortened = reduced(interpreter, op, call)
    if shortened is not None:
        return shortened
    inputs, attrs = op_arguments(interpreter, op, call)
    return interpreter.operation(op, inputs, attrs, node, call.id, call.name)


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
    if by_columns(interpreter, call, bound(interpreter, call, "order=")["order"]):
        return reshaped_by_columns(interpreter, call, owner, (-1,))
    return moved(interpreter, call.node, "reshape", owner, {"shape": (-1,)}, id=call.id, name=call.name)


def _flatten(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    """`x.flatten()`: a copy in NumPy, where `.ravel()` gives a view."""
    flat = _ravel(interpreter, call, owner)
    return copied(flat) if type(flat) is Ref else flat


def _item(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    """`x.item()`: the only element, as one of Python's numbers."""
    index = tuple([static(interpreter, value, where) for value, where in call.args])
    index = index[0] if len(index) == 1 and isinstance(index[0], tuple) else index
    if not all(isinstance(each, int) for each in index):
        raise interpreter.fail(said("library.index_no_whole_number"), call.node)
    shape = interpreter.shape(owner)
    if not index and math.prod(shape) != 1:
        raise interpreter.fail(said("library.item_of_many"), call.node)
    ref = interpreter.node(owner, call.node)
    if shape:
        if len(index) == 1 and len(shape) > 1:
            with host_errors(interpreter, call, ".item"):
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


def _view(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    """`x.view()`: another array that shows the same memory."""
    bound(interpreter, call, "")
    return indexing.read_part(interpreter, owner, (Ellipsis,), call.node)


def _sort(interpreter: Interpreter, call: Call, owner: Any) -> None:
    """`x.sort()`: in place."""
    held = bound(interpreter, call, "axis=")
    ref = interpreter.node(owner, call.node)
    axis = -1 if held["axis"] is None else whole(interpreter, held["axis"], call.where("axis"), "an axis")
    made = interpreter.operation(REGISTRY["sort"], (ref,), {"axis": axis}, call.node)
    store(interpreter.graph, ref, made.index, interpreter.span(call.node))


def _partition(interpreter: Interpreter, call: Call, owner: Any) -> None:
    """`x.partition(kth)`: in place."""
    call.args.insert(0, Argument(owner, call.node))
    made = interpreter.grammar.invoke(interpreter, numpy_module_names()["partition"], call)
    indexing.store_part(interpreter, owner, (Ellipsis,), made, call.node)


_FUNCTIONS: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(("take", "nonzero", "diagonal", "conj", "conjugate", "choose", "put", "searchsorted"), 0)
    | {"argpartition": 0, "compress": 1}
)
"""Methods that are functions of NumPy of the same name, and where these take the array."""

ARRAYS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "astype": _astype,
        "copy": _copy,
        "ravel": _ravel,
        "flatten": _flatten,
        "item": _item,
        "tolist": _tolist,
        "fill": _fill,
        "clip": clip_method,
        "view": _view,
        "sort": _sort,
        "partition": _partition,
    }
)


def is_python(interpreter: Interpreter, owner: Any) -> bool:
    """Whether a value of the text is one of Python's own numbers, which have no methods of arrays."""
    number = isinstance(owner, int | float) or (type(owner) is Ref and owner.python and not interpreter.is_array(owner))
    return number and interpreter.foreign is None and interpreter.graph.given is not None
