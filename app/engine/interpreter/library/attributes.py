"""Methods and attributes of what is no object of the text: `x.T`, `x.sum()`, `items.append(1)`."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.itertools import FROM_ITERABLE, ITERTOOLS
from app.engine.interpreter.library.methods.arrays import ARRAYS, array_method, is_python
from app.engine.interpreter.library.methods.dictionaries import DICTIONARIES
from app.engine.interpreter.library.methods.lists import LISTS, TUPLES
from app.engine.interpreter.library.methods.sets import SETS
from app.engine.interpreter.library.methods.texts import TEXTS
from app.engine.interpreter.library.torch.methods import attribute as tensor_attribute
from app.engine.interpreter.names import method_names
from app.engine.interpreter.semantics.arguments import Argument, Call, evaluated
from app.engine.interpreter.semantics.arrays import moved
from app.engine.interpreter.semantics.tensors import is_tensor
from app.engine.interpreter.semantics.texts import text_of
from app.engine.interpreter.values import NDARRAY, Dtype, HostType, Literal, Native, Once, Ref, Text, describe
from app.engine.wording import said


def method(interpreter: Interpreter, node: ast.Call, owner: Any, word: str, id: str | None, name: str | None) -> Any:
    """`owner.word(...)`."""
    if isinstance(owner, Text):
        owner = interpreter.host(owner, node)
    if word in _SPOKEN:
        evaluated(interpreter, node, f".{word}")
        return text_of(interpreter, owner, node, repr=_SPOKEN[word])
    table = _table(owner)
    if table is None:
        if isinstance(owner, int | float | Ref | Literal):
            return array_method(interpreter, node, owner, word, id, name)
        found = attribute(interpreter, owner, node.func)  # type: ignore[arg-type]
        return interpreter.grammar.invoke(interpreter, found, evaluated(interpreter, node, word, id, name))
    run = table.get(word)
    if run is None:
        kind = describe(owner).removeprefix("a ")
        raise interpreter.fail(
            said("library.method_missing", kind=kind, word=word),
            node,
            f"It has {', '.join(f'.{each}()' for each in table)}." if table else "Make it a list first: list(...).",
        )
    return _use(interpreter, evaluated(interpreter, node, f".{word}", id, name), run, owner, word)


def _use(interpreter: Interpreter, call: Call, run: Callable[..., Any], owner: Any, word: str) -> Any:
    interpreter.visit(call.node, _steps(owner, word))
    try:
        return run(interpreter, call, owner)
    except (TypeError, ValueError, IndexError, KeyError, AttributeError) as error:
        message = str(error).strip("'\"")
        raise interpreter.fail(said("library.method_fails", word=word, message=message), call.node) from None


_SPOKEN: Mapping[str, bool] = MappingProxyType({"__str__": False, "__repr__": True})
"""Methods that are functions of everything, and whether the text is that of `repr`."""
_QUICK = frozenset({"append", "add", "get", "setdefault", "discard", "popitem", "update", "extend", "clear"})
"""Methods that take no longer for a long container; `update` and `extend` count what they are given."""


def _steps(owner: Any, word: str) -> int:
    if isinstance(owner, str | Text | range | tuple) or word in _QUICK:
        return 1
    # A list moves what is behind the place, which is quick.
    return 1 + (len(owner) // 64 if word in ("pop", "insert") else len(owner))


_PLAIN: Mapping[type, Mapping[str, Callable[..., Any]]] = MappingProxyType({list: LISTS, dict: DICTIONARIES, set: SETS})
"""The methods of the usual containers."""


def _table(owner: Any) -> Mapping[str, Callable[..., Any]] | None:
    if type(owner) in _PLAIN:
        return _PLAIN[type(owner)]
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


def attribute(interpreter: Interpreter, owner: Any, node: ast.Attribute) -> Any:
    """`owner.word` of a number or an array."""
    word = node.attr
    if is_tensor(interpreter, owner):
        return tensor_attribute(interpreter, owner, node)
    if isinstance(owner, int | float | Ref | Literal):
        if word == "at" and "jax" in interpreter.imported:
            made = Call(_called(node), "at", [Argument(owner, node.value)], {})
            return interpreter.grammar.invoke(interpreter, interpreter.written("jax")["at"], made)
        if word in _OF_ARRAYS and is_python(interpreter, owner):
            raise interpreter.fail(said("library.number_attribute_missing", word=word), node)
        read = _OF_ARRAYS.get(word) or _OF_NUMBERS.get(word)
        if read is not None:
            return read(interpreter, owner, node)
        if word in method_names() or word in ARRAYS:
            raise interpreter.fail(said("library.method_not_called", word=word), node)
    found = _function(owner, word)
    if found is not None:
        return found
    table = _table(owner)
    if table is None:
        raise interpreter.fail(said("library.array_attribute_not_in_language", word=word), node)
    raise interpreter.fail(said("library.array_attribute_missing", owner=describe(owner), word=word), node)


def _dtype(interpreter: Interpreter, owner: Any, node: ast.Attribute) -> Dtype:
    kind = owner.kind if type(owner) is Literal else _kind_of(interpreter, owner, node)
    return Dtype({"float": "float64", "int": "int64", "bool": "bool"}[kind], kind)


def _bytes(interpreter: Interpreter, owner: Any, node: ast.Attribute) -> int:
    """How many bytes one element takes."""
    return 1 if _dtype(interpreter, owner, node).kind == "bool" else 8


def _called(node: ast.Attribute) -> ast.Call:
    """The call that an attribute stands for."""
    return ast.copy_location(ast.Call(func=node, args=[node.value], keywords=[]), node)


def _written(name: str) -> Callable[..., Any]:
    """An attribute that a function in the language gives."""

    def read(interpreter: Interpreter, owner: Any, node: ast.Attribute) -> Any:
        given = Call(_called(node), node.attr, [Argument(owner, node.value)], {})
        return interpreter.grammar.invoke(interpreter, interpreter.numpy[name], given)

    return read


_OF_ARRAYS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "T": lambda interpreter, owner, node: moved(interpreter, node, "transpose", owner, {"axes": None}),
        "shape": lambda interpreter, owner, node: interpreter.shape(owner),
        "size": lambda interpreter, owner, node: math.prod(interpreter.shape(owner)),
        "ndim": lambda interpreter, owner, node: len(interpreter.shape(owner)),
        "dtype": _dtype,
        "flat": _written("flatiter"),
        "itemsize": _bytes,
        "nbytes": lambda interpreter, owner, node: (
            _bytes(interpreter, owner, node) * math.prod(interpreter.shape(owner))
        ),
    }
)
"""What arrays and NumPy's numbers have, and Python's have not."""
_OF_NUMBERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "real": lambda interpreter, owner, node: owner,
        "imag": _written("imag"),
        "__class__": lambda interpreter, owner, node: type_of(interpreter, owner),
    }
)
"""What Python's numbers have too."""


def _function(owner: Any, word: str) -> Native | None:
    """A method as a value: `str.upper`, and `d.get` for `max(d, key=d.get)`."""
    if isinstance(owner, HostType) and word in owner.methods:
        return Native(f"{owner.name}.{word}", owner.methods[word])
    if owner is ITERTOOLS["chain"] and word == "from_iterable":
        return FROM_ITERABLE
    run = (_table(owner) or {}).get(word)
    return run and Native(f".{word}", lambda interpreter, call: _use(interpreter, call, run, owner, word))


def type_of(interpreter: Interpreter, value: Any) -> Any:
    """What `type` gives for an array or one of NumPy's numbers."""
    if interpreter.is_array(value):
        return NDARRAY
    kind = interpreter.graph.nodes[value.index].kind
    return Dtype({"float": "float64", "int": "int64", "bool": "bool_"}[kind], kind, scalar=True)


def _kind_of(interpreter: Interpreter, owner: Any, where: ast.expr) -> str:
    return interpreter.graph.nodes[interpreter.node(owner, where).index].kind
