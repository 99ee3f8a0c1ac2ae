"""Array constructors: `np.array`, `np.zeros`, `np.arange` ... Sizes are checked before anything is allocated."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.errors import LimitError, ProgramError
from app.engine.interpreter.constants import static, whole
from app.engine.interpreter.graph import freeze
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import ArrayLiteral, Ref, copied, describe
from app.engine.ops import REGISTRY
from app.engine.ops.axes import count

_BIGGEST_BOUND = 2**53


def array(interpreter: Interpreter, node: ast.Call) -> Any:
    """`np.array(...)`: an array literal for a list of numbers, a stack for a list with computed values, a copy of an
    array."""
    value = _array(interpreter, node)
    if isinstance(value, ArrayLiteral):
        return ArrayLiteral(value.array, value.kind)
    return copied(value, boxed=True)


def asarray(interpreter: Interpreter, node: ast.Call) -> Any:
    """`np.asarray(x)`: as `np.array`, but an array itself is not copied."""
    value = _array(interpreter, node)
    if isinstance(value, Ref):
        shown = Ref(value.index, value.buffer, True)
        shown.frozen = value.frozen
        return shown
    return value


def _array(interpreter: Interpreter, node: ast.Call) -> Any:
    for keyword in node.keywords:
        if keyword.arg != "dtype":
            raise interpreter.fail(
                f"np.array has no argument {keyword.arg} here", keyword.value, "Write np.array([...])."
            )
        check_dtype(interpreter, keyword.value)
    if len(node.args) != 1:
        raise interpreter.fail("np.array takes one list", node, "Write np.array([[1.0, 2.0], [3.0, 4.0]]).")
    quick = _plain_literal(interpreter, node.args[0])
    if quick is not None:
        return quick
    return _assemble(interpreter, interpreter.evaluate(node.args[0]), node.args[0])


def _plain_literal(interpreter: Interpreter, node: ast.expr) -> ArrayLiteral | None:
    """A nested list of number literals, read at once; None for anything else."""
    if not isinstance(node, ast.List | ast.Tuple):
        return None
    try:
        nested = ast.literal_eval(node)
    except (ValueError, TypeError, MemoryError, RecursionError, SyntaxError):
        return None
    kinds: set[type] = set()
    numbers = 0
    todo = [nested]
    while todo:
        for item in todo.pop():
            numbers += 1
            if isinstance(item, list | tuple):
                todo.append(item)
            else:
                kinds.add(type(item))
    if not kinds <= {int, float, bool}:
        return None
    # In a loop they are read in every round, so they count as visits.
    interpreter.visits += numbers
    interpreter.visit(node)
    return _as_literal(interpreter, nested, node, _kind_of(kinds))


def _kind_of(kinds: set[type]) -> str:
    """The number type that NumPy gives an array of these types; float for an empty one."""
    return "float" if float in kinds or not kinds else "int" if int in kinds else "bool"


def _as_literal(interpreter: Interpreter, nested: Any, node: ast.expr, kind: str) -> ArrayLiteral:
    try:
        held = freeze(np.array(nested, dtype=np.float64))
    except OverflowError:
        raise _too_large(interpreter, node) from None
    except ValueError:
        raise interpreter.fail(
            "the rows of this array differ in length", node, "Give every row the same number of values."
        ) from None
    interpreter.allocate(held.size, node)
    if held.ndim > interpreter.limits.dimensions:
        raise LimitError(
            f"an array has at most {interpreter.limits.dimensions} dimensions",
            span=interpreter.span(node),
            hint="Flatten some of them.",
        )
    if not np.isfinite(held).all() and not _mentions_inf(node):
        raise _too_large(interpreter, node)
    return ArrayLiteral(held, kind)


def _too_large(interpreter: Interpreter, node: ast.expr) -> ProgramError:
    return interpreter.fail(
        "a number in this array is too large for a 64-bit float", node, "The largest is about 1.8e308."
    )


def _mentions_inf(node: ast.expr) -> bool:
    return any(isinstance(part, ast.Attribute) for part in ast.walk(node))


def _assemble(interpreter: Interpreter, value: Any, node: ast.expr) -> Any:
    """A nested list of numbers and nodes as one array: a literal, or a node."""
    if isinstance(value, Ref | ArrayLiteral):
        return value
    if isinstance(value, int | float):
        return ArrayLiteral(freeze(np.array(float(value))), _kind_of({type(value)}))
    if not isinstance(value, list | tuple) or not value:
        raise interpreter.fail(
            f"{describe(value)} cannot become an array" if value else "this list is empty",
            node,
            "Write numbers in brackets: np.array([1.0, 2.0])",
        )
    kinds = _kinds(interpreter, value, node)
    if kinds is not None:
        return _as_literal(interpreter, _plain(value), node, _kind_of(kinds))
    parts = [_assemble(interpreter, item, node) if isinstance(item, list | tuple) else item for item in value]
    refs = tuple(interpreter.node(part, node) for part in parts)
    return interpreter.operation(REGISTRY["stack"], refs, {"axis": 0}, node)


def _kinds(interpreter: Interpreter, value: Any, node: ast.expr) -> set[type] | None:
    """The number types in a nested list; None if it holds computed values. A loop can build lists of any depth, with
    shared parts: depth and size are checked here, without recursion."""
    kinds: set[type] = set()
    computed = False
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > interpreter.limits.dimensions + 1:
            raise LimitError(
                f"an array has at most {interpreter.limits.dimensions} dimensions",
                span=interpreter.span(node),
                hint="Flatten some of them.",
            )
        inner: list[Any] = []
        for items in level:
            interpreter.visits += len(items)
            interpreter.visit(node)
            for item in items:
                if isinstance(item, list | tuple):
                    inner.append(item)
                elif isinstance(item, ArrayLiteral):
                    interpreter.visits += item.array.size
                    kinds.add({"float": float, "int": int}.get(item.kind, bool))
                elif isinstance(item, int | float):
                    kinds.add(type(item))
                else:
                    computed = True
        level = inner
    return None if computed else kinds


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.array.tolist() if isinstance(value, ArrayLiteral) else value


def check_dtype(interpreter: Interpreter, node: ast.expr) -> None:
    match node:
        case ast.Name(id=word):
            found = word
        case ast.Constant(value=str()):
            found = interpreter.evaluate(node)
        case ast.Attribute(value=ast.Name(id="np" | "numpy"), attr=word):
            found = word
        case _:
            found = "this"
    if found not in ("float", "float64", "double"):
        raise interpreter.fail(
            f"the number type {found} is not part of the language",
            node,
            "All numbers are 64-bit floats: dtype=float, or nothing.",
        )


def _size(interpreter: Interpreter, node: ast.expr) -> tuple[int, ...]:
    value = static(interpreter, node)
    shape = tuple(value) if isinstance(value, tuple | list) else (value,)
    if not all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in shape):
        raise interpreter.fail("a shape is made of whole numbers", node, "Write (2, 3).")
    if len(shape) > interpreter.limits.dimensions or count(shape) > interpreter.limits.array_elements:
        raise LimitError(
            f"this array would have {count(shape):,} elements in {len(shape)} dimensions; "
            f"at most {interpreter.limits.array_elements:,} in {interpreter.limits.dimensions} are accepted",
            span=interpreter.span(node),
            hint="Make it smaller.",
        )
    interpreter.allocate(count(shape), node)
    return shape


def _made(make: Callable[..., Any]) -> Callable[[Interpreter, ast.Call], ArrayLiteral]:
    def build(interpreter: Interpreter, node: ast.Call) -> ArrayLiteral:
        for keyword in node.keywords:
            if keyword.arg == "dtype":
                check_dtype(interpreter, keyword.value)
            elif keyword.arg != "shape" or node.args:
                raise interpreter.fail(
                    f"there is no argument {keyword.arg} here", keyword.value, "Give the numbers in order."
                )
        arguments = list(node.args) + [k.value for k in node.keywords if k.arg == "shape"]
        made = make(interpreter, node, arguments)
        return ArrayLiteral(freeze(made), "int" if made.dtype.kind == "i" else "float")

    return build


def _filled(value: float) -> Callable[..., Any]:
    def make(interpreter: Interpreter, node: ast.Call, arguments: list[ast.expr]) -> Any:
        if len(arguments) != 1:
            raise interpreter.fail("this takes one shape", node, "Write np.zeros((2, 3)).")
        return np.full(_size(interpreter, arguments[0]), value)

    return make


def _full(interpreter: Interpreter, node: ast.Call, arguments: list[ast.expr]) -> Any:
    if len(arguments) != 2:
        raise interpreter.fail("np.full takes a shape and a number", node, "Write np.full((2, 3), 0.5).")
    return np.full(_size(interpreter, arguments[0]), _number(interpreter, arguments[1]))


def _eye(interpreter: Interpreter, node: ast.Call, arguments: list[ast.expr]) -> Any:
    if len(arguments) != 1:
        raise interpreter.fail("np.eye takes one whole number", node, "Write np.eye(3).")
    n = whole(interpreter, arguments[0], "a size")
    _size(interpreter, ast.copy_location(ast.Tuple([node.args[0]] * 2, ast.Load()), node))
    return np.eye(n)


def _linspace(interpreter: Interpreter, node: ast.Call, arguments: list[ast.expr]) -> Any:
    if len(arguments) != 3:
        raise interpreter.fail("np.linspace takes start, stop and how many", node, "Write np.linspace(-2, 2, 5).")
    _size(interpreter, arguments[2])
    start, stop = float(_number(interpreter, arguments[0])), float(_number(interpreter, arguments[1]))
    with np.errstate(all="ignore"):
        return np.linspace(start, stop, whole(interpreter, arguments[2], "a count"))


def arange(interpreter: Interpreter, node: ast.Call) -> ArrayLiteral:
    if node.keywords or not 1 <= len(node.args) <= 3:
        raise interpreter.fail("np.arange takes one to three numbers", node, "Write np.arange(5).")
    bounds = [_number(interpreter, argument) for argument in node.args]
    start, stop, step = (0, bounds[0], 1) if len(bounds) == 1 else (*bounds, 1) if len(bounds) == 2 else bounds
    if step == 0:
        raise interpreter.fail("np.arange cannot step by 0", node, "Write a step such as 1.")
    if not all(math.isfinite(b) and abs(b) <= _BIGGEST_BOUND for b in bounds):
        raise interpreter.fail("the bounds of np.arange are too large", node, "Write np.arange(5).")
    length = max(0, math.ceil((stop - start) / step))
    if length > interpreter.limits.array_elements:
        raise LimitError("np.arange would have too many elements", span=interpreter.span(node), hint="Make it smaller.")
    interpreter.allocate(length, node)
    whole_numbers = all(isinstance(b, int) for b in bounds)
    return ArrayLiteral(freeze(np.arange(start, stop, step)), "int" if whole_numbers else "float")


def _number(interpreter: Interpreter, node: ast.expr) -> float | int:
    value = static(interpreter, node)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise interpreter.fail(f"a number is needed here, and this is {describe(value)}", node, "Write a number.")
    return value


CONSTRUCTORS: dict[str, Callable[[Interpreter, ast.Call], Any]] = {
    "array": array,
    "asarray": asarray,
    "zeros": _made(_filled(0.0)),
    "ones": _made(_filled(1.0)),
    "full": _made(_full),
    "eye": _made(_eye),
    "linspace": _made(_linspace),
    "arange": arange,
}
