"""Operators between expressions: arithmetic, comparisons, `and`, `or`, `not`, `in`.

One table says for each operator what Python's own function is, which op it writes between traced values, and which
methods objects of the reader's classes have for it.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.errors import LimitError
from app.engine.interpreter import formatting, objects
from app.engine.interpreter.arrays import from_numpy, made_array
from app.engine.interpreter.indexing import key_of
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.refusals import refusal
from app.engine.interpreter.sequences import as_array
from app.engine.interpreter.values import Dtype, Instance, Literal, Once, Ref, Text, copied, describe
from app.engine.ops import REGISTRY, Op

_NO_ATTRS: dict[str, Any] = {}
_LARGEST = 4_096
"""Bits of a whole number of the host."""


@dataclass(frozen=True, slots=True)
class Operator:
    """sign: as it is written. host: on Python's values; op: on traced values, None if there is none. method: of
    objects, without underscores; its mirror image is tried on the right operand."""

    sign: str
    host: Callable[[Any, Any], Any]
    op: Op | None
    method: str = ""


def _op(name: str) -> Op | None:
    return REGISTRY.get(name)


BINARY: dict[type[ast.operator], Operator] = {
    ast.Add: Operator("+", operator.add, _op("add"), "add"),
    ast.Sub: Operator("-", operator.sub, _op("subtract"), "sub"),
    ast.Mult: Operator("*", operator.mul, _op("multiply"), "mul"),
    ast.Div: Operator("/", operator.truediv, _op("divide"), "truediv"),
    ast.Pow: Operator("**", operator.pow, _op("power"), "pow"),
    ast.MatMult: Operator("@", operator.matmul, _op("matmul"), "matmul"),
    ast.FloorDiv: Operator("//", operator.floordiv, _op("floor_divide"), "floordiv"),
    ast.Mod: Operator("%", operator.mod, _op("mod"), "mod"),
    ast.BitAnd: Operator("&", operator.and_, _op("logical_and"), "and"),
    ast.BitOr: Operator("|", operator.or_, _op("logical_or"), "or"),
    ast.BitXor: Operator("^", operator.xor, _op("logical_xor"), "xor"),
    ast.LShift: Operator("<<", operator.lshift, None, "lshift"),
    ast.RShift: Operator(">>", operator.rshift, None, "rshift"),
}
_COMPARISONS: dict[type[ast.cmpop], Operator] = {
    ast.Gt: Operator(">", operator.gt, _op("greater"), "gt"),
    ast.GtE: Operator(">=", operator.ge, _op("greater_equal"), "ge"),
    ast.Lt: Operator("<", operator.lt, _op("less"), "lt"),
    ast.LtE: Operator("<=", operator.le, _op("less_equal"), "le"),
    ast.Eq: Operator("==", operator.eq, _op("equal"), "eq"),
    ast.NotEq: Operator("!=", operator.ne, _op("not_equal"), "ne"),
}
_MIRRORED = {"gt": "lt", "lt": "gt", "ge": "le", "le": "ge", "eq": "eq", "ne": "ne"}
_LOGIC = (ast.BitAnd, ast.BitOr, ast.BitXor)


def binary(interpreter: Interpreter, node: ast.BinOp, id: str | None, name: str | None) -> Any:
    interpreter.enter(node)
    if type(node.left) is ast.BinOp:
        # A long sum is as deep as it is long, on the left: walk down without recursion.
        spine = [node]
        while type(spine[-1].left) is ast.BinOp:
            spine.append(spine[-1].left)
        left: Any = None
        for link in reversed(spine):
            if left is None:
                left = _operand(interpreter, link.left)
            right = _operand(interpreter, link.right)
            last = link is node
            left = combine(interpreter, link, left, right, id if last else None, name if last else None)
    else:
        left, right = _operand(interpreter, node.left), _operand(interpreter, node.right)
        left = combine(interpreter, node, left, right, id, name)
    interpreter.depth -= 1
    return left


def _operand(interpreter: Interpreter, side: ast.expr) -> Any:
    # Most operands are names of nodes: look them up here, which is faster than `evaluate`.
    found = interpreter.scope.names.get(side.id) if type(side) is ast.Name else None
    return found if type(found) is Ref else interpreter.evaluate(side)


def combine(
    interpreter: Interpreter,
    node: ast.BinOp | ast.AugAssign,
    left: Any,
    right: Any,
    id: str | None = None,
    name: str | None = None,
) -> Any:
    """`left op right` for evaluated operands."""
    kinds = type(left), type(right)
    held = BINARY[type(node.op)]
    if kinds == (Ref, Ref):
        return _traced(interpreter, node, held, left, right, id, name)
    if isinstance(node.op, ast.Mod) and kinds[0] in (str, Text):
        return formatting.percent(interpreter, node, left, right)
    if Instance in kinds:
        return objects.operator_method(interpreter, node, held.method, left, right, id)
    if Ref not in kinds:
        if (kinds[0] in _NUMBERS and kinds[1] in _NUMBERS) or not (kinds[0] in _TRACEABLE and kinds[1] in _TRACEABLE):
            return _host(interpreter, node, held, left, right)
        made = made_array(interpreter, node, held.host, left, right)
        if made is not None:
            return made
    elif Literal in kinds and graph_settled(interpreter, left, right):
        made = made_array(interpreter, node, held.host, left, right)
        if made is not None:
            return made
    elif kinds[0] in (list, str, tuple) or kinds[1] in (list, str, tuple):
        return _sequence_and_node(interpreter, node, held, left, right)
    left_where, right_where = _sides(node)
    return _traced(
        interpreter,
        node,
        held,
        interpreter.node(left, left_where),
        interpreter.node(right, right_where),
        id,
        name,
    )


_NUMBERS = frozenset({int, float, bool})
_TRACEABLE = frozenset({int, float, bool, Ref, Literal})


def graph_settled(interpreter: Interpreter, left: Any, right: Any) -> bool:
    """Whether a made array meets a number that does not change: `np.random.randn(n, m) * np.sqrt(2 / n)`."""
    array, number = (left, right) if type(left) is Literal else (right, left)
    return bool(array.made and array.ref is None and not interpreter.is_array(number) and interpreter.settled(number))


def _sides(node: ast.BinOp | ast.AugAssign) -> tuple[Any, ast.expr]:
    return (node.left, node.right) if isinstance(node, ast.BinOp) else (node.target, node.value)


def _sequence_and_node(interpreter: Interpreter, node: Any, held: Operator, left: Any, right: Any) -> Any:
    """A list times a number that is computed: `[0] * n`. With an array NumPy turns the list into one."""
    for sequence, other in ((left, right), (right, left)):
        if isinstance(sequence, list | str | tuple) and type(other) is Ref:
            if interpreter.is_array(other) and not isinstance(sequence, str):
                array = as_array(interpreter, sequence, node)
                pair = (array, other) if sequence is left else (other, array)
                return combine(interpreter, node, *pair)
            number = interpreter.host(other, node)
            pair = (sequence, number) if sequence is left else (number, sequence)
            return _host(interpreter, node, held, *pair)
    raise interpreter.no_number(left if type(right) is Ref else right, _sides(node)[0 if type(right) is Ref else 1])


def _traced(
    interpreter: Interpreter, node: Any, held: Operator, left: Ref, right: Ref, id: str | None, name: str | None
) -> Any:
    op, graph = held.op, interpreter.graph
    index, other = left.index, right.index
    python = left.python and right.python
    logic = isinstance(node.op, _LOGIC) and not _masks(interpreter, left, right)
    divides = isinstance(node.op, ast.FloorDiv | ast.Mod) and _whole(interpreter, left, right)
    if op is None or logic or divides:
        result = _host(interpreter, node, held, interpreter.host(left, node), interpreter.host(right, node))
        return _of_numpy(interpreter, node, result, python=python)
    made = graph.operation(op, (index, other), _NO_ATTRS, interpreter.span(node), id, name)
    made.python = python
    if left.order != "C" or right.order != "C":
        made.order = ""
    return made


def _of_numpy(interpreter: Interpreter, node: ast.AST, value: Any, *, python: bool) -> Any:
    """A whole number that was decided: one of NumPy's stays one, which shows in a list."""
    if python or isinstance(value, bool) or not isinstance(value, int):
        return value
    return interpreter.numpy_number(value, node)


def _whole(interpreter: Interpreter, left: Ref, right: Ref) -> bool:
    """Whether both are single whole numbers, whose remainder decides something rather than carries a gradient."""
    nodes = interpreter.graph.nodes
    return all(nodes[ref.index].kind != "float" and not interpreter.is_array(ref) for ref in (left, right))


def _masks(interpreter: Interpreter, *refs: Ref) -> bool:
    return all(interpreter.graph.nodes[ref.index].kind == "bool" for ref in refs)


def _host(interpreter: Interpreter, node: Any, held: Operator, left: Any, right: Any) -> Any:
    """The operator on Python's own values, within bounds."""
    if isinstance(left, Text) or isinstance(right, Text):
        return formatting.joined(interpreter, node, held.sign, left, right)
    if not _plain(left) or not _plain(right):
        odd, where = (left, _sides(node)[0]) if not _plain(left) else (right, _sides(node)[1])
        raise interpreter.no_number(odd, where)
    _check_size(interpreter, node, left, right)
    try:
        with np.errstate(all="ignore"):
            result = held.host(left, right)
    except ZeroDivisionError:
        raise interpreter.fail("this divides by 0", node, "Divide by a number other than 0.") from None
    except OverflowError:
        raise interpreter.fail(
            "this number is too large for a 64-bit float", node, "The largest is about 1.8e308."
        ) from None
    except (TypeError, ValueError):
        if isinstance(left, str) or isinstance(right, str):
            raise interpreter.fail(
                f"{describe(left)} {held.sign} {describe(right)} does not work in Python",
                node,
                "Turn the number into text: str(x)",
            ) from None
        if held.op is None or isinstance(node.op, _LOGIC):
            raise interpreter.fail(
                f"{held.sign} works on whole numbers and masks, and this is a float",
                node,
                "Write ** for a power; combine masks with & and |: (a > 0) & (b > 0).",
            ) from None
        odd, where = (left, _sides(node)[0]) if not isinstance(left, int | float) else (right, _sides(node)[1])
        raise interpreter.no_number(odd, where) from None
    if isinstance(result, np.ndarray):
        return from_numpy(interpreter, result, node)
    if isinstance(result, complex):
        raise interpreter.fail(
            "a root of a negative number is a complex number", node, "Complex numbers are not part of the language."
        )
    return result


def _plain(value: Any) -> bool:
    return value is None or (
        not isinstance(value, Once)
        and isinstance(value, bool | int | float | str | list | tuple | set | frozenset | dict | np.ndarray)
    )


def _check_size(interpreter: Interpreter, node: Any, left: Any, right: Any) -> None:
    """Bounds what the host makes: whole numbers, texts and lists."""
    if isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length() + right.bit_length()
        if isinstance(node.op, ast.Pow) and right > 0:
            bits = left.bit_length() * right
        elif isinstance(node.op, ast.LShift):
            bits = left.bit_length() + right
        if bits > _LARGEST:
            raise LimitError(
                "this whole number is too large", span=interpreter.span(node), hint="Write it as a float: 1e30"
            )
        return
    if isinstance(left, int | float) and isinstance(right, int | float):
        return
    sizes = [len(v) for v in (left, right) if isinstance(v, str | list | tuple | set | frozenset | dict)]
    times = [v for v in (left, right) if isinstance(v, int)]
    if isinstance(node.op, ast.Mult) and sizes and times:
        sizes = [sizes[0] * max(times[0], 0)]
    if isinstance(left, str) or isinstance(right, str):
        formatting.bounded(interpreter, sum(sizes), node)
        return
    interpreter.visit(node, min(sum(sizes), interpreter.limits.visits))
    if sum(sizes) > interpreter.limits.array_elements:
        raise LimitError(
            f"this would have {sum(sizes):,} items; at most {interpreter.limits.array_elements:,} are accepted",
            span=interpreter.span(node),
            hint="Make it shorter.",
        )


def unary(interpreter: Interpreter, node: ast.UnaryOp, id: str | None, name: str | None) -> Any:
    interpreter.enter(node)
    value = interpreter.evaluate(node.operand, id if isinstance(node.op, ast.UAdd) else None, None)
    interpreter.depth -= 1
    if isinstance(node.op, ast.Not):
        return not interpreter.truth(value, node.operand)
    if isinstance(value, Instance):
        method = {ast.USub: "__neg__", ast.UAdd: "__pos__", ast.Invert: "__invert__"}[type(node.op)]
        return objects.call_method(interpreter, node, value, method, [], id)
    if isinstance(node.op, ast.UAdd):
        return _plus(interpreter, node, value)
    if isinstance(node.op, ast.USub):
        if isinstance(value, int | float):
            return -value
        if type(value) is Literal and value.ref is None and value.made:
            return Literal(-value.array, value.kind, made=True)
        ref = interpreter.node(value, node.operand)
        made = interpreter.graph.operation(
            REGISTRY["negative"], (ref.index,), _NO_ATTRS, interpreter.span(node), id, name
        )
        made.python, made.order = ref.python, ref.order
        return made
    return _invert(interpreter, node, value, id, name)


def _invert(interpreter: Interpreter, node: ast.UnaryOp, value: Any, id: str | None, name: str | None) -> Any:
    """`~mask`."""
    if isinstance(value, int):
        return ~value
    ref = interpreter.node(value, node.operand)
    if interpreter.graph.nodes[ref.index].kind == "int" and not interpreter.is_array(ref):
        return _of_numpy(interpreter, node, ~interpreter.host(ref, node), python=ref.python)
    if interpreter.graph.nodes[ref.index].kind != "bool":
        raise interpreter.fail("~ needs a mask", node, "Write ~(x > 0): it turns a mask around.")
    if ref.python:
        raise interpreter.fail(
            "in Python, ~ of a single comparison is a number: ~True is -2",
            node,
            "Write x <= 0, or np.logical_not(x > 0).",
        )
    op = REGISTRY["logical_not"]
    return interpreter.graph.operation(op, (ref.index,), _NO_ATTRS, interpreter.span(node), id, name)


def _plus(interpreter: Interpreter, node: ast.UnaryOp, value: Any) -> Any:
    """`+x`: a number itself; a copy of an array, as in NumPy."""
    if isinstance(value, int | float):
        return +value
    ref = interpreter.node(value, node.operand)
    if interpreter.graph.nodes[ref.index].kind == "bool":
        raise interpreter.fail("NumPy has no + for a mask", node, "Leave the + out.")
    made = copied(ref)
    made.python = ref.python
    return made


def compare(interpreter: Interpreter, node: ast.Compare, id: str | None, name: str | None) -> Any:
    """`a < b`, and `a < b < c`, which is `a < b and b < c`."""
    interpreter.enter(node)
    left = _operand(interpreter, node.left)
    places = [node.left, *node.comparators]
    result: Any = True
    for place, (sign, side) in enumerate(zip(node.ops, node.comparators, strict=True)):
        right = _operand(interpreter, side)
        last = place == len(node.ops) - 1
        result = _compare(interpreter, node, sign, left, right, places[place], side, id if last else None, name)
        if not last and not interpreter.truth(result, node):
            break
        left = right
    interpreter.depth -= 1
    return result


def _compare(  # noqa: C901 - by kinds of operands
    interpreter: Interpreter,
    node: ast.Compare,
    sign: ast.cmpop,
    left: Any,
    right: Any,
    left_where: ast.expr,
    right_where: ast.expr,
    id: str | None,
    name: str | None,
) -> Any:
    if isinstance(sign, ast.Is | ast.IsNot):
        return (_same(left, right)) is isinstance(sign, ast.Is)
    if isinstance(sign, ast.In | ast.NotIn):
        return contains(interpreter, node, right, left) is isinstance(sign, ast.In)
    held = _COMPARISONS.get(type(sign))
    if held is None:
        raise refusal(sign, interpreter.span(node))
    left, right = (interpreter.host(v, node) if type(v) is Text else v for v in (left, right))
    if isinstance(left, Instance) or isinstance(right, Instance):
        return objects.comparison_method(interpreter, node, held.method, _MIRRORED[held.method], left, right)
    kinds = type(left), type(right)
    if Ref in kinds or Literal in kinds:
        assert held.op is not None
        if kinds[0] in _TRACEABLE and kinds[1] in _TRACEABLE:
            a, b = interpreter.node(left, left_where), interpreter.node(right, right_where)
            made = interpreter.graph.operation(
                held.op,
                (a.index, b.index),
                _NO_ATTRS,
                interpreter.span(node),
                id,
                name,  # type: ignore[arg-type]
            )
            made.python = a.python and b.python
            return made
        if (
            isinstance(sign, ast.Eq | ast.NotEq)
            and not isinstance(left, list | tuple)
            and not isinstance(right, list | tuple)
            and not interpreter.is_array(left)
            and not interpreter.is_array(right)
        ):
            return isinstance(sign, ast.NotEq)
        odd, where = (left, left_where) if kinds[0] not in _TRACEABLE else (right, right_where)
        other = right if odd is left else left
        if isinstance(odd, list | tuple) and not (type(other) is Ref and other.python):
            array = as_array(interpreter, odd, where)
            pair = (array, right) if odd is left else (left, array)
            return _compare(interpreter, node, sign, *pair, left_where, right_where, id, name)
        raise interpreter.no_number(odd, where)
    if isinstance(sign, ast.Eq | ast.NotEq):
        return equal(interpreter, node, left, right) is isinstance(sign, ast.Eq)
    if isinstance(left, list | tuple) and type(left) is type(right):
        return _ordered(interpreter, node, sign, left, right)
    if isinstance(left, set | frozenset) and isinstance(right, set | frozenset):
        interpreter.visit(node, len(left))
    try:
        return held.host(left, right)
    except TypeError:
        raise interpreter.fail(
            f"{describe(left)} and {describe(right)} cannot be compared", node, "Compare numbers with numbers."
        ) from None


def _ordered(interpreter: Interpreter, node: ast.Compare, sign: ast.cmpop, left: Any, right: Any) -> Any:
    """`left < right` of lists or tuples: the first items that differ decide."""
    interpreter.enter(node)
    interpreter.visit(node, min(len(left), len(right)) // 8)
    for a, b in zip(left, right, strict=False):
        if a is not b and not equal(interpreter, node, a, b):
            found = _compare(interpreter, node, sign, a, b, node.left, node.left, None, None)
            break
    else:
        found = _COMPARISONS[type(sign)].host(len(left), len(right))
    interpreter.depth -= 1
    return found


def less(interpreter: Interpreter, node: ast.expr, left: Any, right: Any, *, mirrored: bool = False) -> bool:
    """`left < right`, as sorting asks; mirrored: `left > right`."""
    sign = ast.Gt() if mirrored else ast.Lt()
    place = ast.copy_location(ast.Compare(left=node, ops=[sign], comparators=[node]), node)
    interpreter.visit(node)
    return interpreter.truth(_compare(interpreter, place, sign, left, right, node, node, None, None), node)


def _same(left: Any, right: Any) -> bool:
    """`is`: identity; a small number, a text, True, False and None are themselves."""
    if type(left) is type(right) and isinstance(left, int | str | float):
        return bool(left == right)
    return left is right


def equal(interpreter: Interpreter, node: ast.AST, left: Any, right: Any) -> bool:
    """`==` between host values; containers item by item, traced numbers in them decided."""
    interpreter.visit(node)
    left, right = (interpreter.host(v, node) if type(v) is Text else v for v in (left, right))
    if isinstance(left, Once) or isinstance(right, Once):
        raise interpreter.fail("these cannot be compared here", node, "Make them lists first: list(...).")
    if isinstance(left, Instance) or isinstance(right, Instance):
        return interpreter.truth(objects.comparison_method(interpreter, node, "eq", "eq", left, right), node)
    if type(left) is Ref or type(right) is Ref:
        if not all(type(v) in _TRACEABLE for v in (left, right)):
            return False
        left, right = interpreter.host(left, node), interpreter.host(right, node)
        return bool(np.array_equal(left, right))
    if isinstance(left, list | tuple) and type(left) is type(right):
        if len(left) != len(right):
            return False
        interpreter.visit(node, len(left) // 8)
        interpreter.enter(node)
        same = all(a is b or equal(interpreter, node, a, b) for a, b in zip(left, right, strict=True))
        interpreter.depth -= 1
        return same
    if isinstance(left, dict) and isinstance(right, dict):
        interpreter.visit(node, len(left))
        interpreter.enter(node)
        same = left.keys() == right.keys() and all(
            left[k] is right[k] or equal(interpreter, node, left[k], right[k]) for k in left
        )
        interpreter.depth -= 1
        return same
    if isinstance(left, set | frozenset) and isinstance(right, set | frozenset):
        interpreter.visit(node, len(left))
    if isinstance(left, Literal) or isinstance(right, Literal):
        return left is right
    if isinstance(left, Dtype) and isinstance(right, Dtype):
        return _SPELLED.get(left.name, left.name) == _SPELLED.get(right.name, right.name)
    return bool(left == right)


_SPELLED = {"float": "float64", "double": "float64", "int": "int64", "bool_": "bool"}
"""Number types that NumPy takes for others."""


def contains(interpreter: Interpreter, node: ast.AST, container: Any, value: Any) -> bool:
    """`value in container`."""
    if isinstance(container, Instance):
        found = objects.call_method(interpreter, node, container, "__contains__", [value])
        return interpreter.truth(found, node)
    if isinstance(container, Text):
        container = interpreter.host(container, node)
    if isinstance(container, str):
        value = interpreter.host(value, node)
        if not isinstance(value, str):
            raise interpreter.fail(f"{describe(value)} is not a text", node, "Look for a text in a text.")
        interpreter.visit(node, len(container) // 64)
        return value in container
    if isinstance(container, range):
        held = interpreter.host(value, node)
        return isinstance(held, int | float) and held == held // 1 and int(held) in container
    if isinstance(container, dict | set | frozenset):
        return key_of(interpreter, value, node) in container
    if isinstance(container, Once):
        container = container.spend(interpreter, node)
    if isinstance(container, list | tuple):
        interpreter.visit(node, len(container) // 8)
        return any(item is value or equal(interpreter, node, item, value) for item in container)
    if type(container) in (Ref, Literal):
        held = interpreter.host(container, node)
        return bool(np.any(np.asarray(held) == interpreter.host(value, node)))
    raise interpreter.fail(f"{describe(container)} has no items to look through", node, "Use a list or a dictionary.")


def logical(interpreter: Interpreter, node: ast.BoolOp, id: str | None, name: str | None) -> Any:
    """`a and b`, `a or b`: the value that decides it, as in Python."""
    interpreter.enter(node)
    stops = isinstance(node.op, ast.Or)
    value: Any = None
    for place, part in enumerate(node.values):
        value = interpreter.evaluate(part)
        if place < len(node.values) - 1 and interpreter.truth(value, part) is stops:
            break
    interpreter.depth -= 1
    return value


def conditional(interpreter: Interpreter, node: ast.IfExp, id: str | None, name: str | None) -> Any:
    """`a if condition else b`: only the one that is chosen is computed."""
    interpreter.enter(node)
    chosen = node.body if interpreter.truth(interpreter.evaluate(node.test), node.test) else node.orelse
    value = interpreter.evaluate(chosen, id, name)
    interpreter.depth -= 1
    return value
