"""Division of whole numbers: NumPy gives whole numbers, and 0 with a warning for a division by 0, which is refused."""

from __future__ import annotations

import ast

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.operator_table import NO_ATTRS
from app.engine.interpreter.values import Ref
from app.engine.ops import CONSTANT, REGISTRY, Op
from app.engine.wording import said


def refuse_zero_divisor(interpreter: Interpreter, op: Op, inputs: tuple[Ref, ...], where: ast.AST) -> None:
    """Refuses a division of whole numbers by 0. That there is no 0 is decided, and the divisor itself is not."""
    graph = interpreter.graph
    if op.whole_divisor is None or graph.given is None:
        return
    if any(graph.nodes[ref.index].kind == "float" for ref in inputs):
        return
    divisor = inputs[op.whole_divisor]
    if graph.nodes[divisor.index].op is CONSTANT:
        found = not np.all(graph.value(divisor.index))
    else:
        zero = graph.number(0, interpreter.span(where))
        zeros = graph.operation(REGISTRY["equal"], (divisor.index, zero.index), NO_ATTRS, interpreter.span(where))
        found = bool(np.any(interpreter.decide(zeros, where, "truth")))
    if found:
        raise interpreter.fail(said("semantics.whole_division_by_zero"), where)
