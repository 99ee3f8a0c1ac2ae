"""What the reader of the text carries out itself: constants in static places, array makers, `print`, `np.split` ..."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from app.engine.errors import LimitError
from app.engine.language.values import ArrayLiteral, Ref, Special, describe
from app.engine.language.writer import freeze
from app.engine.ops import REGISTRY
from app.engine.ops.axes import count
from app.engine.program import Printed

if TYPE_CHECKING:
    from app.engine.language.evaluator import Evaluator

SEE_OPS = "The list of functions is in the help, and at /api/v1/ops."
_BIGGEST = 2**31


# -- constants that shape the program: indices, lengths, axes, loop bounds -----------------------------------------


def static(reader: Evaluator, node: ast.expr) -> Any:
    """The number, tuple, flag or None that an expression is known to be before anything runs.

    Raises ProgramError where it depends on a value that is only known later.
    """
    match node:
        case ast.Constant(value=int() | float() | None):
            return node.value
        case ast.Tuple() | ast.List():
            return tuple(static(reader, item) for item in node.elts)
        case ast.UnaryOp(op=ast.USub()):
            value = static(reader, node.operand)
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
            if isinstance(value, int | float | bool | tuple) or (value is None and _is_none(reader, node)):
                return value
            if isinstance(value, list):
                return tuple(value)
    raise reader.fail(
        "this must be known before anything is computed",
        node,
        "Write whole numbers here: the shape of the program cannot depend on computed values.",
    )


def _lookup(reader: Evaluator, node: ast.Name) -> Any:
    """The value of a name without making a node of it."""
    scope = reader.scope
    while scope is not None:
        if node.id in scope.names:
            return scope.names[node.id]
        scope = scope.parent  # type: ignore[assignment]
    return reader.evaluate(node)


def _is_none(reader: Evaluator, node: ast.Name) -> bool:
    return _lookup(reader, node) is None


def _static_arithmetic(op: ast.operator, a: Any, b: Any) -> int | float | None:
    if not all(isinstance(v, int | float) and not isinstance(v, bool) and abs(v) < _BIGGEST for v in (a, b)):
        return None
    match op:
        case ast.Add():
            return a + b
        case ast.Sub():
            return a - b
        case ast.Mult():
            return a * b
        case ast.FloorDiv() if b != 0:
            return a // b
        case ast.Mod() if b != 0:
            return a % b
        case ast.Div() if b != 0:
            return a / b
        case ast.Pow() if isinstance(a, int) and isinstance(b, int) and 0 <= b <= 31 and a.bit_length() * b < 64:
            return a**b
    return None


def whole(reader: Evaluator, node: ast.expr, what: str) -> int:
    """A constant whole number, as an index or a loop bound must be."""
    value = static(reader, node)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _BIGGEST:
        raise reader.fail(
            f"{what} must be a whole number, and this is {describe(value)}", node, "Write a whole number such as 2."
        )
    return value


def index(reader: Evaluator, node: ast.expr) -> tuple[Any, ...]:
    """A constant index: whole numbers, slices, None and `...`."""
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
                raise reader.fail("... can stand once in an index", item, "Leave one out.")
            result.append(Ellipsis)
        elif _none(item):
            result.append(None)
        elif isinstance(item, ast.Compare | ast.List):
            raise reader.fail("an index must be constant", item, "Write np.where(mask, x, 0), or mask * x.")
        else:
            result.append(whole(reader, item, "an index"))
    return tuple(result)


def _none(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "newaxis" and isinstance(node.value, ast.Name) and node.value.id in ("np", "numpy")
    return isinstance(node, ast.Constant) and node.value is None


def loop_values(reader: Evaluator, node: ast.expr) -> Iterable[Any]:
    """What a loop runs over: `range` of constants, or a list written out."""
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


# -- array makers ------------------------------------------------------------------------------------------------


def array(reader: Evaluator, node: ast.Call) -> Any:
    """`np.array([...])`: a literal when all of it is numbers, else a stack of what it holds."""
    for keyword in node.keywords:
        if keyword.arg != "dtype":
            raise reader.fail(f"np.array has no argument {keyword.arg} here", keyword.value, "Write np.array([...]).")
        _check_dtype(reader, keyword.value)
    if len(node.args) != 1:
        raise reader.fail("np.array takes one list", node, "Write np.array([[1.0, 2.0], [3.0, 4.0]]).")
    quick = _plain_literal(reader, node.args[0])
    if quick is not None:
        return quick
    return _assemble(reader, reader.evaluate(node.args[0]), node.args[0])


def _plain_literal(reader: Evaluator, node: ast.expr) -> ArrayLiteral | None:
    """Numbers in brackets, read by Python in one go."""
    if not isinstance(node, ast.List | ast.Tuple):
        return None
    try:
        nested = ast.literal_eval(node)
    except (ValueError, TypeError, MemoryError, RecursionError, SyntaxError):
        return None
    kinds: set[type] = set()
    todo = [nested]
    while todo:
        for item in todo.pop():
            if isinstance(item, list | tuple):
                todo.append(item)
            else:
                kinds.add(type(item))
    if not kinds <= {int, float, bool}:
        return None
    return _as_literal(reader, nested, node, "float" if float in kinds else "int" if int in kinds else "bool")


def _as_literal(reader: Evaluator, nested: Any, node: ast.expr, kind: str) -> ArrayLiteral:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            held = freeze(np.array(nested, dtype=np.float64))
    except (ValueError, OverflowError):
        raise reader.fail(
            "the rows of this array differ in length", node, "Give every row the same number of values."
        ) from None
    if held.ndim > reader.limits.dimensions:
        raise LimitError(
            f"an array has at most {reader.limits.dimensions} dimensions",
            span=reader.span(node),
            hint="Flatten some of them.",
        )
    if not np.isfinite(held).all() and not _mentions_inf(node):
        raise reader.fail(
            "a number in this array is too large for a 64-bit float", node, "The largest is about 1.8e308."
        )
    return ArrayLiteral(held, kind)


def _mentions_inf(node: ast.expr) -> bool:
    return any(isinstance(part, ast.Attribute) for part in ast.walk(node))


def _assemble(reader: Evaluator, value: Any, node: ast.expr) -> Any:
    """A nested list of numbers and nodes as one array."""
    if isinstance(value, Ref | ArrayLiteral):
        return value
    if isinstance(value, int | float):
        return ArrayLiteral(freeze(np.array(float(value))), "float") if not isinstance(value, Ref) else value
    if not isinstance(value, list | tuple) or not value:
        raise reader.fail(
            f"{describe(value)} cannot become an array" if value else "this list is empty",
            node,
            "Write numbers in brackets: np.array([1.0, 2.0])",
        )
    if not _holds_ref(value):
        flat = _plain(value)
        return _as_literal(reader, flat, node, "float")
    parts = [_assemble(reader, item, node) if isinstance(item, list | tuple) else item for item in value]
    refs = tuple(reader.node(part, node).index for part in parts)
    return reader.write.operation(REGISTRY["stack"], refs, {"axis": 0}, reader.span(node))


def _holds_ref(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(_holds_ref(item) for item in value)
    return not isinstance(value, int | float | ArrayLiteral)


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.array.tolist() if isinstance(value, ArrayLiteral) else value


def _check_dtype(reader: Evaluator, node: ast.expr) -> None:
    text = ast.unparse(node)
    if text not in ("float", "np.float64", "'float64'", "'float'", "np.double"):
        raise reader.fail(
            f"the number type {text} is not part of the language",
            node,
            "All numbers are 64-bit floats: dtype=float, or nothing.",
        )


def _size(reader: Evaluator, node: ast.expr) -> tuple[int, ...]:
    value = static(reader, node)
    shape = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in shape):
        raise reader.fail("a shape is made of whole numbers", node, "Write (2, 3).")
    if len(shape) > reader.limits.dimensions or count(shape) > reader.limits.array_elements:
        raise LimitError(
            f"this array would have {count(shape):,} elements in {len(shape)} dimensions; "
            f"at most {reader.limits.array_elements:,} in {reader.limits.dimensions} are accepted",
            span=reader.span(node),
            hint="Make it smaller.",
        )
    return shape


def _made(make: Callable[..., Any], kind: str = "float") -> Callable[[Evaluator, ast.Call], ArrayLiteral]:
    def build(reader: Evaluator, node: ast.Call) -> ArrayLiteral:
        for keyword in node.keywords:
            if keyword.arg == "dtype":
                _check_dtype(reader, keyword.value)
            elif keyword.arg != "shape" or node.args:
                raise reader.fail(
                    f"there is no argument {keyword.arg} here", keyword.value, "Give the numbers in order."
                )
        arguments = list(node.args) + [k.value for k in node.keywords if k.arg == "shape"]
        return ArrayLiteral(freeze(make(reader, node, arguments)), kind)

    return build


def _filled(value: float) -> Callable[..., Any]:
    def make(reader: Evaluator, node: ast.Call, arguments: list[ast.expr]) -> Any:
        if len(arguments) != 1:
            raise reader.fail("this takes one shape", node, "Write np.zeros((2, 3)).")
        return np.full(_size(reader, arguments[0]), value)

    return make


def _full(reader: Evaluator, node: ast.Call, arguments: list[ast.expr]) -> Any:
    if len(arguments) != 2:
        raise reader.fail("np.full takes a shape and a number", node, "Write np.full((2, 3), 0.5).")
    return np.full(_size(reader, arguments[0]), _number(reader, arguments[1]))


def _eye(reader: Evaluator, node: ast.Call, arguments: list[ast.expr]) -> Any:
    if len(arguments) != 1:
        raise reader.fail("np.eye takes one whole number", node, "Write np.eye(3).")
    n = whole(reader, arguments[0], "a size")
    _size(reader, ast.copy_location(ast.Tuple([ast.Constant(max(n, 0))] * 2, ast.Load()), node))
    return np.eye(max(n, 0))


def _linspace(reader: Evaluator, node: ast.Call, arguments: list[ast.expr]) -> Any:
    if len(arguments) != 3:
        raise reader.fail("np.linspace takes start, stop and how many", node, "Write np.linspace(-2, 2, 5).")
    _size(reader, arguments[2])
    return np.linspace(
        _number(reader, arguments[0]), _number(reader, arguments[1]), whole(reader, arguments[2], "a count")
    )


def arange(reader: Evaluator, node: ast.Call) -> ArrayLiteral:
    if node.keywords or not 1 <= len(node.args) <= 3:
        raise reader.fail("np.arange takes one to three numbers", node, "Write np.arange(5).")
    bounds = [_number(reader, argument) for argument in node.args]
    start, stop, step = (0, bounds[0], 1) if len(bounds) == 1 else (*bounds, 1) if len(bounds) == 2 else bounds
    if step == 0:
        raise reader.fail("np.arange cannot step by 0", node, "Write a step such as 1.")
    if (stop - start) / step > reader.limits.array_elements:
        raise LimitError("np.arange would have too many elements", span=reader.span(node), hint="Make it smaller.")
    whole_numbers = all(isinstance(b, int) for b in bounds)
    return ArrayLiteral(freeze(np.arange(start, stop, step)), "int" if whole_numbers else "float")


def _number(reader: Evaluator, node: ast.expr) -> float | int:
    value = static(reader, node)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise reader.fail(f"a number is needed here, and this is {describe(value)}", node, "Write a number.")
    return value


# -- the rest ----------------------------------------------------------------------------------------------------


def split(reader: Evaluator, node: ast.Call) -> list[Ref]:
    """`np.split(x, n, axis)`: n equal parts, each a node of its own."""
    from app.engine.language.calls import arguments  # calls.py hands special functions to this module

    inputs, attrs = arguments(reader, REGISTRY["split"], node, "np.split", hidden=("part",))
    sections = attrs["sections"]
    reader.visits += sections
    if sections > reader.limits.nodes:
        raise LimitError(f"np.split into {sections:,} parts", span=reader.span(node), hint="Take fewer parts.")
    return [
        reader.write.operation(REGISTRY["split"], inputs, attrs | {"part": part}, reader.span(node))
        for part in range(sections)
    ]


def expand_dims(reader: Evaluator, node: ast.Call) -> Ref:
    axis_nodes = list(node.args[1:]) + [k.value for k in node.keywords if k.arg == "axis"]
    if len(axis_nodes) != 1 or not node.args:
        raise reader.fail("np.expand_dims takes an array and an axis", node, "Write np.expand_dims(x, 0).")
    axis = whole(reader, axis_nodes[0], "an axis")
    if abs(axis) > reader.limits.dimensions:
        raise reader.fail(
            f"axis {axis} does not exist", axis_nodes[0], "Write 0 for a new first axis, -1 for a new last one."
        )
    places = (slice(None),) * axis + (None,) if axis >= 0 else (Ellipsis, None) + (slice(None),) * (-axis - 1)
    ref = reader.node(reader.evaluate(node.args[0]), node.args[0])
    return reader.write.operation(REGISTRY["index"], (ref.index,), {"index": places}, reader.span(node))


def flattened(reader: Evaluator, node: ast.Call, owner: Ref | None) -> Ref:
    ref = (
        owner if owner is not None else reader.node(reader.evaluate(node.args[0]), node.args[0]) if node.args else None
    )
    if ref is None:
        raise reader.fail("np.ravel takes an array", node, "Write np.ravel(x).")
    return reader.write.operation(REGISTRY["reshape"], (ref.index,), {"shape": (-1,)}, reader.span(node))


def same(reader: Evaluator, node: ast.Call, owner: Ref | None) -> Ref:
    """`.copy()`: values never change in place here, so it is the array itself."""
    if owner is None or node.args or node.keywords:
        raise reader.fail(".copy() takes nothing", node, "Write x.copy().")
    return owner


def astype(reader: Evaluator, node: ast.Call, owner: Ref | None) -> Ref:
    """`.astype(float)`: the mask as numbers, which it already is inside."""
    if owner is None or len(node.args) != 1 or node.keywords:
        raise reader.fail(".astype takes one number type", node, "Write x.astype(float).")
    _check_dtype(reader, node.args[0])
    held = reader.write.nodes[owner.index]
    if held.kind != "float":
        # Only what Python would call it changes; whoever printed the mask before still sees a mask.
        one = reader.write.number(1.0, reader.span(node))
        return reader.write.operation(REGISTRY["multiply"], (owner.index, one.index), {}, reader.span(node))
    return owner


def print_(reader: Evaluator, node: ast.Call) -> None:
    """`print(...)`: keeps what it would show. Values are read off when the program has run."""
    if node.keywords:
        raise reader.fail("print takes no sep, end or file here", node.keywords[0].value, "Write print('loss', loss).")
    reader.write.begin("print")
    items: list[str | int] = []
    for argument in node.args:
        value = reader.evaluate(argument)
        if isinstance(value, str):
            items.append(value)
        elif value is None or isinstance(value, bool):
            items.append(str(value))
        else:
            items.append(reader.node(value, argument).index)
    reader.prints.append(Printed(reader.span(node).line, tuple(items)))


MAKERS: dict[str, Callable[[Evaluator, ast.Call], Any]] = {
    "array": array,
    "asarray": array,
    "zeros": _made(_filled(0.0)),
    "ones": _made(_filled(1.0)),
    "full": _made(_full),
    "eye": _made(_eye),
    "linspace": _made(_linspace),
    "arange": arange,
    "split": split,
    "expand_dims": expand_dims,
}
METHODS: dict[str, Callable[[Evaluator, ast.Call, Ref | None], Any]] = {
    "astype": astype,
    "copy": same,
    "flatten": flattened,
    "ravel": flattened,
}
