"""Static values: indices, lengths, axes and loop bounds, which must be known before anything is computed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from app.engine.errors import LimitError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Ref, Scope, Special, describe

_BIGGEST = 2**31


def static(interpreter: Interpreter, node: ast.expr) -> Any:
    """The static value of an expression: a number, tuple, list, flag or None.

    Raises ProgramError if it depends on a value that is only known when the program runs.
    """
    match node:
        case ast.Constant(value=int() | float() | None):
            # `evaluate` refuses numbers that no float can hold.
            return interpreter.evaluate(node)
        case ast.Tuple() | ast.List():
            values = [static(interpreter, item) for item in node.elts]
            return values if isinstance(node, ast.List) else tuple(values)
        case ast.UnaryOp(op=ast.USub()):
            interpreter.enter(node)
            value = static(interpreter, node.operand)
            interpreter.depth -= 1
            if isinstance(value, int | float) and not isinstance(value, bool):
                return -value
        case ast.BinOp():
            interpreter.enter(node)
            left, right = static(interpreter, node.left), static(interpreter, node.right)
            interpreter.depth -= 1
            value = _static_arithmetic(node.op, left, right)
            if value is not None:
                return value
        case ast.Attribute(value=ast.Name(id="np" | "math")):
            value = interpreter.evaluate(node)
            if value is None or isinstance(value, float):
                return value
        case ast.Name():
            value = _lookup(interpreter, node)
            if isinstance(value, Ref):
                value = interpreter.graph.fix(value, interpreter.span(node).line)
            if isinstance(value, int | float | bool | tuple | list) or (value is None and _is_none(interpreter, node)):
                return value
    lengths = any(isinstance(part, ast.Attribute) and part.attr == "shape" for part in ast.walk(node))
    raise interpreter.fail(
        "this must be a constant",
        node,
        "Lengths are known only once values are given: write the number itself, or np.zeros_like(x)."
        if lengths
        else "Write whole numbers here: shapes, indices and loops cannot depend on computed values.",
    )


def _lookup(interpreter: Interpreter, node: ast.Name) -> Any:
    """The value of a name, without writing a node for it."""
    scope: Scope | None = interpreter.scope
    while scope is not None:
        if node.id in scope.names:
            return scope.names[node.id]
        scope = scope.parent
    return interpreter.evaluate(node)


def _is_none(interpreter: Interpreter, node: ast.Name) -> bool:
    return _lookup(interpreter, node) is None


_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], float | int]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.FloorDiv: lambda a, b: a // b,
    ast.Mod: lambda a, b: a % b,
    ast.Div: lambda a, b: a / b,
}


def _static_arithmetic(op: ast.operator, a: Any, b: Any) -> int | float | None:
    """a op b for small numbers; None for anything else."""
    if not all(isinstance(v, int | float) and not isinstance(v, bool) and abs(v) < _BIGGEST for v in (a, b)):
        return None
    if isinstance(op, ast.Pow):
        small = isinstance(a, int) and isinstance(b, int) and 0 <= b <= 31 and a.bit_length() * b < 64
        return int(a**b) if small else None
    compute = _ARITHMETIC.get(type(op))
    if compute is None or (b == 0 and isinstance(op, ast.FloorDiv | ast.Mod | ast.Div)):
        return None
    return compute(a, b)


def whole(interpreter: Interpreter, node: ast.expr, what: str) -> int:
    """A static whole number. what: how messages call it, such as "an index". Raises ProgramError."""
    value = static(interpreter, node)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _BIGGEST:
        raise interpreter.fail(
            f"{what} must be a whole number, and this is {describe(value)}", node, "Write a whole number such as 2."
        )
    return value


def index_of(interpreter: Interpreter, node: ast.expr) -> tuple[Any, ...]:
    """A static index: whole numbers, slices, None and `...`. Raises ProgramError."""
    items = node.elts if isinstance(node, ast.Tuple) else [node]
    result: list[Any] = []
    for item in items:
        if isinstance(item, ast.Slice):
            bounds = [
                None if b is None or _none(b) else whole(interpreter, b, "a slice bound")
                for b in (item.lower, item.upper, item.step)
            ]
            if bounds[2] == 0:
                raise interpreter.fail("a slice cannot step by 0", item, "Leave the step out.")
            result.append(slice(*bounds))
        elif isinstance(item, ast.Constant) and item.value is Ellipsis:
            if Ellipsis in result:
                raise interpreter.fail("an index can have ... only once", item, "Leave one out.")
            result.append(Ellipsis)
        elif _none(item):
            result.append(None)
        elif isinstance(item, ast.Compare):
            raise interpreter.fail("an index must be constant", item, "Write np.where(mask, x, 0), with the same sum.")
        elif isinstance(item, ast.Call | ast.List):
            raise interpreter.fail(
                "an index must be one whole number or a slice",
                item,
                "Multiply by an array of zeros and ones instead: np.sum(scores * one_hot, axis=1)",
            )
        else:
            result.append(whole(interpreter, item, "an index"))
    return tuple(result)


def _none(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "newaxis" and isinstance(node.value, ast.Name) and node.value.id in ("np", "numpy")
    return isinstance(node, ast.Constant) and node.value is None


def loop_values(interpreter: Interpreter, node: ast.expr) -> Iterable[Any]:
    """What a loop runs over: a `range` of constants, or a list. Raises ProgramError, LimitError."""
    if isinstance(node, ast.Call):
        function = interpreter.evaluate(node.func)
        if isinstance(function, Special) and function.name == "range":
            if node.keywords or not 1 <= len(node.args) <= 3:
                raise interpreter.fail("range takes one to three whole numbers", node, "Write range(5).")
            bounds = [whole(interpreter, argument, "a loop bound") for argument in node.args]
            if len(bounds) == 3 and bounds[2] == 0:
                raise interpreter.fail("range cannot step by 0", node, "Write a step such as 1 or -1.")
            values = range(*bounds)
            if len(values) > interpreter.limits.visits:
                raise LimitError(
                    f"this loop would run {len(values):,} times; at most {interpreter.limits.visits:,} steps are read",
                    span=interpreter.span(node),
                    hint="Shorten the range.",
                )
            return values
    else:
        result = interpreter.evaluate(node)
        if isinstance(result, list | tuple):
            return result
    raise interpreter.fail(
        "a loop must run over range(...) of constants, or over a list", node, "Write for i in range(3):"
    )


def held(interpreter: Interpreter, values: Iterable[Any]) -> Iterator[Any]:
    """The values of a loop, one after another; until a value's turn comes, the loop counts as a holder of it."""
    if not isinstance(values, list | tuple):
        yield from values
        return
    for value in values:
        interpreter.sharing.hold(value)
    for value in values:
        interpreter.sharing.release(value)
        yield value
