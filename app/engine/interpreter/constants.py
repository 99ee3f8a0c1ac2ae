"""Static values: indices, lengths, axes and loop bounds, which must be known before anything is computed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from app.engine.errors import LimitError
from app.engine.interpreter.interpreter import Reader
from app.engine.interpreter.values import Ref, Scope, Special, describe

_BIGGEST = 2**31


def static(reader: Reader, node: ast.expr) -> Any:
    """The static value of an expression: a number, tuple, list, flag or None.

    Raises ProgramError if it depends on a value that is only known when the program runs.
    """
    match node:
        case ast.Constant(value=int() | float() | None):
            # `evaluate` refuses numbers that no float can hold.
            return reader.evaluate(node)
        case ast.Tuple() | ast.List():
            values = [static(reader, item) for item in node.elts]
            return values if isinstance(node, ast.List) else tuple(values)
        case ast.UnaryOp(op=ast.USub()):
            reader.enter(node)
            value = static(reader, node.operand)
            reader.depth -= 1
            if isinstance(value, int | float) and not isinstance(value, bool):
                return -value
        case ast.BinOp():
            reader.enter(node)
            left, right = static(reader, node.left), static(reader, node.right)
            reader.depth -= 1
            value = _static_arithmetic(node.op, left, right)
            if value is not None:
                return value
        case ast.Attribute(value=ast.Name(id="np" | "math")):
            value = reader.evaluate(node)
            if value is None or isinstance(value, float):
                return value
        case ast.Name():
            value = _lookup(reader, node)
            if isinstance(value, Ref):
                value = reader.write.fix(value, reader.span(node).line)
            if isinstance(value, int | float | bool | tuple | list) or (value is None and _is_none(reader, node)):
                return value
    lengths = any(isinstance(part, ast.Attribute) and part.attr == "shape" for part in ast.walk(node))
    raise reader.fail(
        "this must be a constant",
        node,
        "Lengths are known only once values are given: write the number itself, or np.zeros_like(x)."
        if lengths
        else "Write whole numbers here: shapes, indices and loops cannot depend on computed values.",
    )


def _lookup(reader: Reader, node: ast.Name) -> Any:
    """The value of a name, without writing a node for it."""
    scope: Scope | None = reader.scope
    while scope is not None:
        if node.id in scope.names:
            return scope.names[node.id]
        scope = scope.parent
    return reader.evaluate(node)


def _is_none(reader: Reader, node: ast.Name) -> bool:
    return _lookup(reader, node) is None


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


def whole(reader: Reader, node: ast.expr, what: str) -> int:
    """A static whole number. what: how messages call it, such as "an index". Raises ProgramError."""
    value = static(reader, node)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _BIGGEST:
        raise reader.fail(
            f"{what} must be a whole number, and this is {describe(value)}", node, "Write a whole number such as 2."
        )
    return value


def index_of(reader: Reader, node: ast.expr) -> tuple[Any, ...]:
    """A static index: whole numbers, slices, None and `...`. Raises ProgramError."""
    items = node.elts if isinstance(node, ast.Tuple) else [node]
    result: list[Any] = []
    for item in items:
        if isinstance(item, ast.Slice):
            bounds = [
                None if b is None or _none(b) else whole(reader, b, "a slice bound")
                for b in (item.lower, item.upper, item.step)
            ]
            if bounds[2] == 0:
                raise reader.fail("a slice cannot step by 0", item, "Leave the step out.")
            result.append(slice(*bounds))
        elif isinstance(item, ast.Constant) and item.value is Ellipsis:
            if Ellipsis in result:
                raise reader.fail("an index can have ... only once", item, "Leave one out.")
            result.append(Ellipsis)
        elif _none(item):
            result.append(None)
        elif isinstance(item, ast.Compare):
            raise reader.fail("an index must be constant", item, "Write np.where(mask, x, 0), with the same sum.")
        elif isinstance(item, ast.Call | ast.List):
            raise reader.fail(
                "an index must be one whole number or a slice",
                item,
                "Multiply by an array of zeros and ones instead: np.sum(scores * one_hot, axis=1)",
            )
        else:
            result.append(whole(reader, item, "an index"))
    return tuple(result)


def _none(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "newaxis" and isinstance(node.value, ast.Name) and node.value.id in ("np", "numpy")
    return isinstance(node, ast.Constant) and node.value is None


def loop_values(reader: Reader, node: ast.expr) -> Iterable[Any]:
    """What a loop runs over: a `range` of constants, or a list. Raises ProgramError, LimitError."""
    if isinstance(node, ast.Call):
        function = reader.evaluate(node.func)
        if isinstance(function, Special) and function.name == "range":
            if node.keywords or not 1 <= len(node.args) <= 3:
                raise reader.fail("range takes one to three whole numbers", node, "Write range(5).")
            bounds = [whole(reader, argument, "a loop bound") for argument in node.args]
            if len(bounds) == 3 and bounds[2] == 0:
                raise reader.fail("range cannot step by 0", node, "Write a step such as 1 or -1.")
            values = range(*bounds)
            if len(values) > reader.limits.visits:
                raise LimitError(
                    f"this loop would run {len(values):,} times; at most {reader.limits.visits:,} steps are read",
                    span=reader.span(node),
                    hint="Shorten the range.",
                )
            return values
    else:
        result = reader.evaluate(node)
        if isinstance(result, list | tuple):
            return result
    raise reader.fail("a loop must run over range(...) of constants, or over a list", node, "Write for i in range(3):")


def held(reader: Reader, values: Iterable[Any]) -> Iterator[Any]:
    """The values of a loop, one after another; until a value's turn comes, the loop counts as a holder of it."""
    if not isinstance(values, list | tuple):
        yield from values
        return
    for value in values:
        reader.sharing.hold(value)
    for value in values:
        reader.sharing.release(value)
        yield value
