"""Python's built-in functions: `len`, `range`, `zip`, `sum`, `sorted`, `print` ... with Python's meaning."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter import containers, objects
from app.engine.interpreter.arguments import Argument, Call, bound, native
from app.engine.interpreter.formatting import formatted, print_, text_of
from app.engine.interpreter.indexing import key_of, whole
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.operators import combine, less
from app.engine.interpreter.sequences import iterate
from app.engine.interpreter.values import (
    Builtin,
    Class,
    Dtype,
    Function,
    HostType,
    Instance,
    Literal,
    Method,
    Native,
    Once,
    Ref,
    Text,
    describe,
)
from app.engine.ops import REGISTRY
from app.engine.program import Printed


@native("len", "obj")
def len_(interpreter: Interpreter, call: Call, obj: Any) -> int:
    if isinstance(obj, Text):
        obj = interpreter.host(obj, call.node)
    if isinstance(obj, str | list | tuple | dict | set | frozenset | range) and not (
        isinstance(obj, Once) and not obj.is_view
    ):
        return len(obj.now() if isinstance(obj, Once) else obj)
    if type(obj) in (Ref, Literal):
        shape = interpreter.shape(obj)
        if shape:
            return shape[0]
    if isinstance(obj, Instance):
        found = objects.call_method(interpreter, call.node, obj, "__len__", [])
        return whole(interpreter, found, call.node, "a length")
    raise interpreter.fail(f"{describe(obj)} has no length", call.node, "Take the length of a list or an array.")


def _range(interpreter: Interpreter, call: Call) -> range:
    if call.named or not 1 <= len(call.args) <= 3:
        raise interpreter.fail("range takes one to three whole numbers", call.node, "Write range(5).")
    bounds = [whole(interpreter, value, where, "a loop bound") for value, where in call.args]
    if len(bounds) == 3 and bounds[2] == 0:
        raise interpreter.fail("range cannot step by 0", call.node, "Write a step such as 1 or -1.")
    return range(*bounds)


def _slice(interpreter: Interpreter, call: Call) -> slice:
    bounds = [
        None if value is None else whole(interpreter, value, where, "a slice bound") for value, where in call.args
    ]
    if not 1 <= len(bounds) <= 3 or bounds[2:] == [0]:
        raise interpreter.fail("slice takes one to three whole numbers", call.node, "Write slice(0, 5).")
    return slice(*bounds)


def _zip(interpreter: Interpreter, call: Call) -> Once:
    columns = [list(iterate(interpreter, value, where)) for value, where in call.args]
    interpreter.visit(call.node, sum(map(len, columns)))
    return Once("zip", zip(*columns, strict=False))


@native("enumerate", "iterable, start=")
def enumerate_(interpreter: Interpreter, call: Call, iterable: Any, start: Any) -> Once:
    first = 0 if start is None else whole(interpreter, start, call.node, "a start")
    items = iterate(interpreter, iterable, call.where("iterable"))
    interpreter.visit(call.node, len(items))
    return Once("enumerate", enumerate(items, first))


@native("reversed", "sequence")
def reversed_(interpreter: Interpreter, call: Call, sequence: Any) -> Once:
    if isinstance(sequence, set | frozenset) or (isinstance(sequence, Once) and not sequence.is_view):
        raise interpreter.fail(
            f"{describe(sequence)} has no reverse order", call.node, "Make it a list first: list(...)."
        )
    items = iterate(interpreter, sequence, call.node)
    interpreter.visit(call.node, len(items))
    return Once("reversed", list(items)[::-1])


@native("sum", "iterable, start=")
def sum_(interpreter: Interpreter, call: Call, iterable: Any, start: Any) -> Any:
    """Python's sum: `start` + first + second ..., along the first axis of an array."""
    total = 0 if start is None else start
    if type(iterable) in (Ref, Literal) and start is None:
        ref = interpreter.node(iterable, call.where("iterable"))
        if interpreter.shape(ref):
            attrs = {"axis": 0, "keepdims": False}
            return interpreter.operation(REGISTRY["sum"], (ref,), attrs, call.node, call.id, call.name)
    items = list(iterate(interpreter, iterable, call.where("iterable")))
    interpreter.visit(call.node, len(items))
    add = ast.copy_location(ast.BinOp(left=call.node, op=ast.Add(), right=call.where("iterable")), call.node)
    for place, item in enumerate(items):
        if total == 0 and type(total) is int and type(item) is Ref:
            total = item
            continue
        last = place == len(items) - 1
        total = combine(interpreter, add, total, item, call.id if last else None, call.name if last else None)
    return total


def _extreme(word: str, *, mirrored: bool) -> Native:
    """`max` or `min`: the first that no other beats."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        given = call.args
        key, default = call.named.get("key"), call.named.get("default")
        if len(given) == 1:
            items = list(iterate(interpreter, given[0].value, given[0].where))
        else:
            items = [argument.value for argument in given]
        if not items:
            if default is not None:
                return default.value
            raise interpreter.fail(f"{word} of nothing", call.node, "Give at least one value.")
        interpreter.visit(call.node, len(items))
        if any(interpreter.is_array(item) for item in items) and any(
            interpreter.shape(item) not in ((), (1,)) for item in items
        ):
            raise interpreter.fail(
                f"{word} compares single numbers, and this is an array",
                call.node,
                f"Write np.{word}(x) for the {word}imum of an array, np.{word}imum(a, b) of two.",
            )
        ranked = items
        if key is not None:
            ranked = [
                interpreter.grammar.invoke(
                    interpreter, key.value, Call(call.node, "key", [Argument(item, call.node)], {})
                )
                for item in items
            ]
        best = 0
        for i, each in enumerate(ranked[1:], 1):
            if less(interpreter, call.node, each, ranked[best], mirrored=mirrored):
                best = i
        return items[best]

    return Native(word, run)


@native("abs", "x")
def abs_(interpreter: Interpreter, call: Call, x: Any) -> Any:
    if isinstance(x, int | float):
        return abs(x)
    if isinstance(x, Instance):
        return objects.call_method(interpreter, call.node, x, "__abs__", [])
    ref = interpreter.node(x, call.where("x"))
    made = interpreter.operation(REGISTRY["abs"], (ref,), {}, call.node, call.id, call.name)
    made.python = ref.python
    return made


@native("round", "number, ndigits=")
def round_(interpreter: Interpreter, call: Call, number: Any, ndigits: Any) -> Any:
    digits = None if ndigits is None else whole(interpreter, ndigits, call.node, "a number of digits")
    if isinstance(number, int | float):
        return round(number, digits)
    ref = interpreter.node(number, call.where("number"))
    if interpreter.is_array(ref):
        raise interpreter.fail("round takes one number, and this is an array", call.node, "Write np.round(x, 2).")
    attrs = {"decimals": digits or 0}
    kind: Any = "int" if digits is None else None
    made = interpreter.operation(REGISTRY["round"], (ref,), attrs, call.node, call.id, call.name, kind=kind)
    made.python = ref.python or digits is None
    return made


@native("pow", "base, exp, mod=")
def pow_(interpreter: Interpreter, call: Call, base: Any, exp: Any, mod: Any) -> Any:
    if mod is not None:
        numbers = [whole(interpreter, each, call.node, "a number of pow") for each in (base, exp, mod)]
        try:
            return pow(*numbers)
        except ValueError as error:
            raise interpreter.fail(f"pow: {error}", call.node, "Change the numbers.") from None
    power = ast.copy_location(ast.BinOp(left=call.where("base"), op=ast.Pow(), right=call.where("exp")), call.node)
    return combine(interpreter, power, base, exp, call.id, call.name)


@native("divmod", "a, b")
def divmod_(interpreter: Interpreter, call: Call, a: Any, b: Any) -> tuple[Any, Any]:
    def part(sign: ast.operator) -> Any:
        node = ast.copy_location(ast.BinOp(left=call.where("a"), op=sign, right=call.where("b")), call.node)
        return combine(interpreter, node, a, b)

    return part(ast.FloorDiv()), part(ast.Mod())


def _print(interpreter: Interpreter, call: Call) -> None:
    items, separator, end = print_(interpreter, call)
    interpreter.prints.append(Printed(interpreter.span(call.node).line, tuple(items), separator, end))


def _any_all(word: str, stops: bool) -> Native:
    @native(word, "iterable")
    def run(interpreter: Interpreter, call: Call, iterable: Any) -> bool:
        for item in iterate(interpreter, iterable, call.node):
            interpreter.visit(call.node)
            if interpreter.truth(item, call.node) is stops:
                return stops
        return not stops

    return run


@native("map", "function, *iterables")
def map_(interpreter: Interpreter, call: Call, function: Any, iterables: list[Any]) -> Once:
    columns = [list(iterate(interpreter, each, call.node)) for each in iterables]
    rows = list(zip(*columns, strict=False))
    interpreter.visit(call.node, len(rows))
    return Once(
        "map",
        [
            interpreter.grammar.invoke(
                interpreter, function, Call(call.node, "map", [Argument(item, call.node) for item in row], {})
            )
            for row in rows
        ],
    )


@native("filter", "function, iterable")
def filter_(interpreter: Interpreter, call: Call, function: Any, iterable: Any) -> Once:
    found = []
    for item in iterate(interpreter, iterable, call.node):
        given = Call(call.node, "filter", [Argument(item, call.node)], {})
        held = item if function is None else interpreter.grammar.invoke(interpreter, function, given)
        if interpreter.truth(held, call.node):
            found.append(item)
    return Once("filter", found)


def _sorted(interpreter: Interpreter, call: Call) -> list[Any]:
    items = list(iterate(interpreter, call.args[0].value, call.node)) if call.args else []
    return containers.sorted_by(interpreter, call, items)


@native("isinstance", "obj, classinfo")
def isinstance_(interpreter: Interpreter, call: Call, obj: Any, classinfo: Any) -> bool:
    wanted = classinfo if isinstance(classinfo, tuple) else (classinfo,)
    return any(_is_a(interpreter, obj, each, call) for each in wanted)


def _is_a(interpreter: Interpreter, value: Any, cls: Any, call: Call) -> bool:
    match cls:
        case Class():
            return isinstance(value, Instance) and value.cls.derives(cls)
        case HostType():
            return (isinstance(value, cls.types) and type(value) is not Once) or (
                cls.name == "str" and type(value) is Text
            )
        case Dtype():
            kind = _number_kind(interpreter, value)
            if kind is None:
                return False
            if type(value) is Ref and not value.python:
                # Of NumPy's numbers, a float64 alone is one of Python's numbers too.
                return cls.name in ({"float": ("float", "float64"), "int": ("int64",)}.get(kind, ("bool_",)))
            if cls.name not in TYPES:
                return False
            return kind == cls.kind or (cls.name == "int" and kind == "bool")
        case Native() if cls.spelling == "np.ndarray":
            return interpreter.is_array(value)
    raise interpreter.fail(f"{describe(cls)} is no type", call.node, "Name a class, or int, float, str, list.")


def _number_kind(interpreter: Interpreter, value: Any) -> str | None:
    """The kind of a single number; None for anything else."""
    if type(value) is Ref and not interpreter.is_array(value):
        return interpreter.graph.nodes[value.index].kind
    return {bool: "bool", int: "int", float: "float"}.get(type(value))


@native("type", "obj")
def type_(interpreter: Interpreter, call: Call, obj: Any) -> Any:
    if isinstance(obj, Instance):
        return obj.cls
    kind = _number_kind(interpreter, obj)
    if kind is not None and (type(obj) is not Ref or obj.python):
        return TYPES[kind]
    for held in TYPES.values():
        if isinstance(held, HostType) and (str if type(obj) is Text else type(obj)) in held.types:
            return held
    raise interpreter.fail(f"the type of {describe(obj)} is not part of the language", call.node, "Leave it out.")


@native("getattr", "obj, name, default=")
def getattr_(interpreter: Interpreter, call: Call, obj: Any, name: Any, default: Any) -> Any:
    if not isinstance(obj, Instance | Class) or not isinstance(name, str):
        raise interpreter.fail("getattr works on objects of your classes", call.node, "Write obj.name.")
    found = objects.find(interpreter, obj, name, call.node)
    if found is not objects.NOTHING:
        return found
    if len(call.args) == 3:
        return default
    raise interpreter.fail(f"{describe(obj)} has no {name}", call.node, "Give a default as the third argument.")


@native("setattr", "obj, name, value")
def setattr_(interpreter: Interpreter, call: Call, obj: Any, name: Any, value: Any) -> None:
    if not isinstance(name, str):
        raise interpreter.fail("the name of an attribute is a text", call.node, "Write obj.name = value.")
    objects.set_attribute(interpreter, obj, name, value, call.node)


@native("hasattr", "obj, name")
def hasattr_(interpreter: Interpreter, call: Call, obj: Any, name: Any) -> bool:
    if isinstance(obj, Instance | Class) and isinstance(name, str):
        return objects.find(interpreter, obj, name, call.node) is not objects.NOTHING
    if type(obj) in (Ref, Literal):
        return name in ("shape", "T", "size", "ndim", "dtype") or name in containers.ARRAYS
    return False


@native("callable", "obj")
def callable_(interpreter: Interpreter, call: Call, obj: Any) -> bool:
    return isinstance(obj, Function | Builtin | Native | Class | Method | HostType)


@native("id", "obj")
def id_(interpreter: Interpreter, call: Call, obj: Any) -> int:
    raise interpreter.fail("an id differs from run to run", call.node, "Compare with `is`.")


@native("format", "value, format_spec=")
def format_(interpreter: Interpreter, call: Call, value: Any, format_spec: Any) -> Any:
    return formatted(interpreter, value, format_spec or "", call.node)


@native("repr", "obj")
def repr_(interpreter: Interpreter, call: Call, obj: Any) -> Any:
    return text_of(interpreter, obj, call.node, repr=True)


@native("chr", "i")
def chr_(interpreter: Interpreter, call: Call, i: Any) -> str:
    code = whole(interpreter, i, call.node, "a code")
    if not 0 <= code < 0xD800:
        raise interpreter.fail("there is no such character", call.node, "Write chr(97) for 'a'.")
    return chr(code)


@native("ord", "c")
def ord_(interpreter: Interpreter, call: Call, c: Any) -> int:
    if not isinstance(c, str) or len(c) != 1:
        raise interpreter.fail("ord takes one character", call.node, "Write ord('a').")
    return ord(c)


def _digits(name: str, spec: str) -> Native:
    """`bin`, `hex` and `oct`."""

    @native(name, "number")
    def run(interpreter: Interpreter, call: Call, number: Any) -> str:
        return format(whole(interpreter, number, call.node, "a number"), spec)

    return run


@native("next", "iterator, default=")
def next_(interpreter: Interpreter, call: Call, iterator: Any, default: Any) -> Any:
    if not isinstance(iterator, Once) or iterator.is_view:
        raise interpreter.fail(f"{describe(iterator)} is no iterator", call.node, "Write next(iter(...)).")
    if iterator:
        return iterator.pop(0)
    if len(call.args) == 2:
        return default
    raise interpreter.fail("there is no next item", call.node, "Give a default as the second argument.")


@native("iter", "iterable")
def iter_(interpreter: Interpreter, call: Call, iterable: Any) -> Once:
    if isinstance(iterable, Once) and not iterable.is_view:
        return iterable
    return Once("iterator", iterate(interpreter, iterable, call.node))


# -- types -------------------------------------------------------------------------------------------------------


def _list(interpreter: Interpreter, call: Call) -> list[Any]:
    items = list(iterate(interpreter, call.args[0].value, call.args[0].where)) if call.args else []
    interpreter.visit(call.node, len(items))
    return items


def _dict(interpreter: Interpreter, call: Call) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    containers.DICTIONARIES["update"](interpreter, call, found)
    return found


def _from_keys(interpreter: Interpreter, call: Call) -> dict[Any, Any]:
    held = bound(interpreter, call, "iterable, value=")
    items = iterate(interpreter, held["iterable"], call.node)
    interpreter.visit(call.node, len(items))
    return {key_of(interpreter, item, call.node): held["value"] for item in items}


def _unbound_method(name: str) -> Callable[..., Any]:
    """`str.upper(text)`."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        owner = interpreter.host(call.args.pop(0).value, call.node) if call.args else None
        if not isinstance(owner, str):
            raise interpreter.fail(f"str.{name} takes a text", call.node, f"Write text.{name}().")
        return containers.TEXTS[name](interpreter, call, owner)

    return run


def _set(interpreter: Interpreter, call: Call) -> set[Any]:
    return {key_of(interpreter, item, call.node) for item in _list(interpreter, call)}


def _str(interpreter: Interpreter, call: Call) -> Any:
    return text_of(interpreter, bound(interpreter, call, "object=")["object"] if call.args else "", call.node)


TYPES: Mapping[str, Any] = MappingProxyType(
    {
        "float": Dtype("float", "float"),
        "int": Dtype("int", "int"),
        "bool": Dtype("bool", "bool"),
        "list": HostType("list", (list,), _list),
        "tuple": HostType("tuple", (tuple,), lambda interpreter, call: tuple(_list(interpreter, call))),
        "dict": HostType("dict", (dict,), _dict, {"fromkeys": _from_keys}),
        "set": HostType("set", (set,), _set),
        "frozenset": HostType("frozenset", (frozenset,), lambda interpreter, call: frozenset(_set(interpreter, call))),
        "str": HostType("str", (str,), _str, {name: _unbound_method(name) for name in containers.TEXTS}),
    }
)

BUILTINS: Mapping[str, Any] = MappingProxyType(
    dict(TYPES)
    | {
        "len": len_,
        "range": Native("range", _range),
        "zip": Native("zip", _zip),
        "enumerate": enumerate_,
        "reversed": reversed_,
        "sum": sum_,
        "max": _extreme("max", mirrored=True),
        "min": _extreme("min", mirrored=False),
        "abs": abs_,
        "round": round_,
        "pow": pow_,
        "divmod": divmod_,
        "print": Native("print", _print),
        "any": _any_all("any", True),
        "all": _any_all("all", False),
        "map": map_,
        "filter": filter_,
        "sorted": Native("sorted", _sorted),
        "isinstance": isinstance_,
        "type": type_,
        "getattr": getattr_,
        "setattr": setattr_,
        "hasattr": hasattr_,
        "callable": callable_,
        "id": id_,
        "bin": _digits("bin", "#b"),
        "hex": _digits("hex", "#x"),
        "oct": _digits("oct", "#o"),
        "format": format_,
        "repr": repr_,
        "chr": chr_,
        "ord": ord_,
        "next": next_,
        "iter": iter_,
        "NotImplemented": NotImplemented,
        "slice": Native("slice", _slice),
    }
)
