"""micrograd: scalars as `Value` objects, which record how they were computed and do the backward pass."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from app.engine.emit.page import Emitted, Page, Tie
from app.engine.emit.walk import Walk
from app.engine.errors import TargetError
from app.engine.execution.plan import Trace
from app.engine.ops.axes import show_shape
from app.engine.ops.dialects import IEEE, MICROGRAD
from app.engine.ops.expression import Apply, Expr, Named
from app.engine.ops.helpers import MICROGRAD_HELPERS
from app.engine.ops.rules import Rule, kernel
from app.engine.ops.word import Unspelled
from app.engine.program import Value
from app.engine.wording import said

_RESERVED = frozenset({"Value", "math", "sys", *MICROGRAD_HELPERS})
_HAS = "It has + - * /, ** with a number as exponent, and relu; exp and tanh are added by the program."
_SHALLOW = 100
"""Most operations without a higher recursion limit: micrograd's backward pass takes a few frames for each."""


def emit_micrograd(run: Trace) -> Emitted:
    """The program of a run of scalars. Raises TargetError for anything that micrograd does not have."""
    walk, page = Walk(run, MICROGRAD, _RESERVED, copy="{0} + 0"), Page()
    _check(walk)
    page.section("Values")
    for i in walk.leaves():
        name = walk.names[i]
        page.write(f"{name} = Value({walk.value(i)!r})", Tie(walk.node(i).id, "forward", name))
    page.section("Forward pass")
    for code, ties in walk.forward_lines():
        page.write(code, *ties)
    page.section("Backward pass")
    output, seed = walk.names[walk.schedule.output], run.seed
    assert isinstance(seed, float)
    # Value.backward starts with 1; any other seed is a factor of the output.
    page.write(f"{output}.backward()" if seed == 1.0 else f"({output} * {seed!r}).backward()")
    for i in walk.with_gradient():
        page.write(f"{walk.gradients[i]} = {walk.names[i]}.grad", *walk.gradient_ties(i))
    imports = ["from micrograd.engine import Value"]
    if any(map(page.uses, MICROGRAD_HELPERS)):
        imports = ["import math", "", *imports]
    operations = len(walk.schedule.graph)
    if operations > _SHALLOW:
        imports = [
            "import sys",
            *imports,
            "",
            f"sys.setrecursionlimit({10 * operations})  # micrograd's backward pass is recursive",
        ]
    return page.finish(imports, MICROGRAD_HELPERS)


def _check(walk: Walk) -> None:
    """Checks that everything is a finite scalar, computed with what micrograd has. Raises TargetError."""
    schedule, code = walk.schedule, walk.notation.code
    for i in schedule.graph:
        node, shape = walk.node(i), schedule.shapes[i]
        if shape:
            raise TargetError(said("targets.micrograd_array", id=node.id, shape=show_shape(shape)), span=node.span)
    for i in schedule.graph:
        node, rule = walk.node(i), schedule.rules[i]
        if rule is None:
            continue
        try:
            MICROGRAD.print(rule.written_expression, walk.notation.symbols(i, code, ""))
        except Unspelled as missing:
            known = bool(missing.args)
            message = (
                said("targets.micrograd_lacks", missing=missing)
                if known
                else said("targets.micrograd_op_missing", op=node.op.name)
            )
            raise TargetError(message, span=node.span, hint=_HAS) from None
    for i, (value, grad) in enumerate(zip(walk.run.value_list, walk.run.grad_list, strict=True)):
        rule = schedule.rules[i]
        raises = rule is not None and _raises(rule, [walk.value(j) for j in schedule.inputs[i]])
        if raises or not np.isfinite(value).all() or (grad is not None and not np.isfinite(grad).all()):
            raise TargetError(said("targets.micrograd_not_finite", id=walk.node(i).id), span=walk.node(i).span)


def _raises(rule: Rule, values: list[Value]) -> bool:
    """Whether Python raises, or a slope underflows, inside an operation with a finite result: 1 / (1 + exp(1000))."""
    calls = list(_calls(rule.written_expression))
    if not calls:
        return False
    names = {f"x{slot}": f"x{slot}" for slot in range(len(values))}
    operands = ", ".join(f"({', '.join(IEEE.print(part, names) for part in call.arguments)},)" for call in calls)
    with np.errstate(all="ignore"):
        found = kernel(f"lambda {', '.join(names)}: ({operands},)")(*values)
    for call, arguments in zip(calls, found, strict=True):
        first, last = float(arguments[0]), float(arguments[-1])
        try:
            if call.word in ("exp", "math_exp"):
                math.exp(first)
            elif call.word == "div":
                # micrograd divides by multiplying with a power; this is the slope of that power.
                if last**-2.0 == 0:
                    return True
            else:
                first ** (last - 1)
        except ArithmeticError:
            return True
    return False


def _calls(expression: Expr) -> Iterator[Apply]:
    """The parts of an expression that may raise."""
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Apply):
            if part.word in ("exp", "math_exp", "div", "pow"):
                yield part
            waiting += part.arguments
        elif isinstance(part, Named) and part.name != "relu":
            waiting.append(part.meaning)
