"""Built-in functions on numbers: `sum`, `max`, `abs`, `round` ..."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import objects
from app.engine.interpreter.semantics.arguments import Call, by_name, called, native
from app.engine.interpreter.semantics.arithmetic import EXACT, combine
from app.engine.interpreter.semantics.comparison import less
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.values import Instance, Literal, Native, Ref
from app.engine.ops import REGISTRY
from app.engine.wording import said


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
        if total == 0 and type(total) is int and type(item) is Ref and not _is_truth(interpreter, item):
            total = item
            continue
        last = place == len(items) - 1
        total = combine(interpreter, add, total, item, call.id if last else None, call.name if last else None)
    return total


def _is_truth(interpreter: Interpreter, value: Ref) -> bool:
    """Whether it is true or false: 0 + True is a number, and no mask any more."""
    return interpreter.graph.nodes[value.index].kind == "bool"


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
            raise interpreter.fail(said("library.largest_of_nothing", word=word), call.node)
        interpreter.visit(call.node, len(items))
        if any(interpreter.is_array(item) for item in items) and any(
            interpreter.shape(item) not in ((), (1,)) for item in items
        ):
            raise interpreter.fail(said("library.largest_of_arrays", word=word), call.node)
        ranked = items
        if key is not None:
            ranked = [called(interpreter, key.value, (item,), call.node, "key") for item in items]
        best = 0
        for i, each in enumerate(ranked[1:], 1):
            if less(interpreter, call.node, each, ranked[best], mirrored=mirrored):
                best = i
        return _chosen(interpreter, call, word, items, best) if key is None else items[best]

    return Native(word, run)


def _chosen(interpreter: Interpreter, call: Call, word: str, items: list[Any], best: int) -> Any:
    """The best of two single numbers, as a node that both lead to: `max(0, x)` is no 0 that nothing leads to, and
    `max(y, z)` is a value beside y. It stays the whole number that it is in Python, or that comes of what is no
    number."""
    found = items[best]
    if interpreter.graph.given is None or len(items) != 2 or all(type(item) is not Ref for item in items):
        return found
    if any(type(item) is int and abs(item) > EXACT for item in items):
        return found
    if not all(type(item) in (int, float) or (type(item) is Ref and item.python) for item in items):
        return found
    kind: Any = interpreter.graph.nodes[found.index].kind if type(found) is Ref else type(found).__name__
    refs = tuple([interpreter.node(item, call.node) for item in items])
    made = interpreter.operation(REGISTRY[f"{word}imum"], refs, {}, call.node, call.id, call.name, kind)
    made.python = True
    return made if interpreter.graph.value(made.index) == interpreter.graph.value(refs[best].index) else found


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
        raise interpreter.fail(said("library.round_of_array"), call.node)
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
            raise interpreter.fail(said("library.pow_fails", error=error), call.node) from None
    power = ast.copy_location(ast.BinOp(left=call.where("base"), op=ast.Pow(), right=call.where("exp")), call.node)
    return combine(interpreter, power, base, exp, call.id, call.name)


@native("divmod", "a, b")
def divmod_(interpreter: Interpreter, call: Call, a: Any, b: Any) -> tuple[Any, Any]:
    def part(sign: ast.operator) -> Any:
        node = ast.copy_location(ast.BinOp(left=call.where("a"), op=sign, right=call.where("b")), call.node)
        return combine(interpreter, node, a, b)

    return part(ast.FloorDiv()), part(ast.Mod())


def _digits(name: str, spec: str) -> Native:
    """`bin`, `hex` and `oct`."""

    @native(name, "number")
    def run(interpreter: Interpreter, call: Call, number: Any) -> str:
        return format(whole(interpreter, number, call.node, "a number"), spec)

    return run


FUNCTIONS = by_name(
    *(sum_, _extreme("max", mirrored=True), _extreme("min", mirrored=False)),
    *(abs_, round_, pow_, divmod_, _digits("bin", "#b"), _digits("hex", "#x"), _digits("oct", "#o")),
)
