"""Arithmetic between evaluated operands, whatever they are: numbers, nodes, arrays, texts, objects."""

from __future__ import annotations

import ast
from itertools import product
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import formats
from app.engine.interpreter.semantics.arrays import made_array, with_kind
from app.engine.interpreter.semantics.host_arithmetic import on_host, sides
from app.engine.interpreter.semantics.object_operators import operator_method
from app.engine.interpreter.semantics.operator_table import BINARY, LOGIC, NO_ATTRS, TRACEABLE, Operator
from app.engine.interpreter.semantics.python_numbers import computed_by_python
from app.engine.interpreter.semantics.sequences import as_operand
from app.engine.interpreter.semantics.whole_numbers import refuse_zero_divisor
from app.engine.interpreter.values import Instance, Literal, Ref, Text
from app.engine.ops import INPUT
from app.engine.wording import said

EXACT = 2**53
"""The largest whole number up to which all are floats, too."""
_SETTLED = 50
"""Nodes that are looked at to see whether a number is settled."""


def combine(
    interpreter: Interpreter,
    node: ast.BinOp | ast.AugAssign,
    left: Any,
    right: Any,
    id: str | None = None,
    name: str | None = None,
) -> Any:
    """`left op right` for evaluated operands."""
    held = BINARY[type(node.op)]
    if type(left) is float and type(right) is float and held.sure:
        return held.host(left, right)
    if type(left) is Instance:
        return operator_method(interpreter, node, held, left, right, id)
    if (type(left), type(right)) not in _PLAIN:
        found = _unlike_numbers(interpreter, node, held, left, right, id, name)
        if found is not _NUMBERS_AFTER_ALL:
            return found
    # Between nodes, which is what most lines are: each call that this makes is one for every node.
    if type(left) is not Ref:
        left = interpreter.node(left, sides(node)[0])
    if type(right) is not Ref:
        right = interpreter.node(right, sides(node)[1])
    op = held.op
    index = left.node if left.memory is None else left.index
    other = right.node if right.memory is None else right.index
    python = left.python and right.python
    if op is None or (held.settles and _settles(interpreter, node, left, right)):
        result = on_host(interpreter, node, held, interpreter.host(left, node), interpreter.host(right, node))
        return of_numpy(interpreter, node, result, python=python)
    graph = interpreter.graph
    if python and graph.nodes[index].kind == graph.nodes[other].kind == "bool":
        # True + True is 2 in Python; between NumPy's masks + is logic.
        index, other = (with_kind(interpreter, ref, "int", node).index for ref in (left, right))
    if op.whole_divisor is not None:
        refuse_zero_divisor(interpreter, op, (left, right), node)
    span = interpreter.foreign or interpreter.spans[node]
    made = graph.operation(op, (index, other), NO_ATTRS, span, id, name)
    made.python = python
    if held.raises:
        _may_raise(interpreter, node, held, made)
    if left.order != "C" or right.order != "C":
        made.order = ""
    return made


_NUMBERS_AFTER_ALL = object()


def _unlike_numbers(
    interpreter: Interpreter, node: Any, held: Operator, left: Any, right: Any, id: str | None, name: str | None
) -> Any:
    """The same where one of them is no node and no number; `_NUMBERS_AFTER_ALL` where it can become a node."""
    kinds = type(left), type(right)
    if isinstance(node.op, ast.Mod) and kinds[0] in (str, Text):
        return formats.percent(interpreter, node, left, right)
    if Instance in kinds:
        return operator_method(interpreter, node, held, left, right, id)
    if kinds in _HOSTED:
        return on_host(interpreter, node, held, left, right)
    if not _SEQUENCES.isdisjoint(kinds):
        arrays = _beside_array(interpreter, node, left, right)
        if arrays is not None:
            return combine(interpreter, node, *arrays, id, name)
    if Ref not in kinds:
        if (kinds[0] in _NUMBERS and kinds[1] in _NUMBERS) or not (kinds[0] in TRACEABLE and kinds[1] in TRACEABLE):
            return on_host(interpreter, node, held, left, right)
        made = made_array(interpreter, node, held.host, left, right)
        if made is not None:
            return made
    elif Literal in kinds and _meets_settled(interpreter, left, right):
        made = made_array(interpreter, node, held.host, left, right)
        if made is not None:
            return made
    elif kinds[0] in (list, str, tuple) or kinds[1] in (list, str, tuple):
        return _sequence_and_node(interpreter, node, held, left, right)
    return _NUMBERS_AFTER_ALL


_NUMBERS = frozenset({int, float, bool})
_PLAIN = frozenset({(Ref, Ref), *product((Ref,), _NUMBERS), *product(_NUMBERS, (Ref,))})
"""The usual operands: nodes, and a node beside a number."""
_HOSTED = frozenset(product(_NUMBERS, _NUMBERS))
"""Numbers of the host alone."""
_SEQUENCES = frozenset({list, tuple, range})


def _beside_array(interpreter: Interpreter, node: Any, left: Any, right: Any) -> tuple[Any, Any] | None:
    """The operands, of a list beside an array or a number of NumPy's the array that NumPy makes of it; None where
    Python's own operator is meant, as in `[0] * n`."""
    for sequence, other in ((left, right), (right, left)):
        if type(sequence) not in _SEQUENCES or type(other) not in (Ref, Literal):
            continue
        if interpreter.is_array(other) or not (other.python or isinstance(node.op, ast.Mult | ast.MatMult)):
            array = as_operand(interpreter, sequence, node)
            if type(array) is Literal:
                array.made = True
            return (array, other) if sequence is left else (other, array)
    return None


def _settled(interpreter: Interpreter, ref: Ref) -> bool:
    """Whether a number is the same as long as the guards hold: it comes from constants, and from inputs that have
    decided something."""
    waiting, seen = [ref.index], 0
    while waiting:
        i = waiting.pop()
        seen += 1
        node = interpreter.graph.nodes[i]
        if (
            seen > _SETTLED
            or i in interpreter.training.asked
            or (node.op is INPUT and (i, "equals") not in interpreter.guards)
        ):
            return False
        waiting += node.inputs
    return True


def _meets_settled(interpreter: Interpreter, left: Any, right: Any) -> bool:
    """Whether a made array meets a number that does not change: `np.random.randn(n, m) * np.sqrt(2 / n)`."""
    array, number = (left, right) if type(left) is Literal else (right, left)
    return bool(array.made and array.ref is None and not interpreter.is_array(number) and _settled(interpreter, number))


def _sequence_and_node(interpreter: Interpreter, node: Any, held: Operator, left: Any, right: Any) -> Any:
    """A list or a text and a number that is computed: `[0] * n`."""
    for sequence, other in ((left, right), (right, left)):
        if isinstance(sequence, list | str | tuple) and type(other) is Ref:
            number = interpreter.host(other, node)
            pair = (sequence, number) if sequence is left else (number, sequence)
            return on_host(interpreter, node, held, *pair)
    raise interpreter.no_number(left if type(right) is Ref else right, sides(node)[0 if type(right) is Ref else 1])


def _settles(interpreter: Interpreter, node: Any, left: Ref, right: Ref) -> bool:
    """Whether whole numbers are computed on the host: by logic between them, or as a remainder."""
    if isinstance(node.op, LOGIC):
        return not _masks(interpreter, left, right)
    return _whole(interpreter, left, right)


def of_numpy(interpreter: Interpreter, node: ast.AST, value: Any, *, python: bool) -> Any:
    """A whole number that was decided: one of NumPy's stays one, which shows in a list."""
    if python or isinstance(value, bool) or not isinstance(value, int):
        return value
    return interpreter.numpy_number(value, node)


def _may_raise(interpreter: Interpreter, node: ast.BinOp | ast.AugAssign, held: Operator, made: Ref) -> None:
    """Notes what Python may raise; refuses a power of NumPy's whole numbers that a float does not hold exactly."""
    graph, index = interpreter.graph, made.index
    if made.python:
        computed_by_python(interpreter, made, held.sign, node)
        return
    whole = type(node.op) is ast.Pow and graph.nodes[index].kind == "int" and not graph.shapes[index]
    if whole and graph.given is not None and abs(graph.value(index)) > EXACT:  # type: ignore[operator]
        raise interpreter.fail(said("language.whole_number_inexact"), node)


def _whole(interpreter: Interpreter, left: Ref, right: Ref) -> bool:
    """Whether both are single whole numbers, whose remainder decides something rather than carries a gradient."""
    nodes = interpreter.graph.nodes
    return all(nodes[ref.index].kind != "float" and not interpreter.is_array(ref) for ref in (left, right))


def _masks(interpreter: Interpreter, left: Ref, right: Ref) -> bool:
    nodes = interpreter.graph.nodes
    return nodes[left.index].kind == "bool" and nodes[right.index].kind == "bool"
