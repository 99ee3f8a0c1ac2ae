"""Calls: of ops, of functions defined in the text, of special functions, and of methods."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.arguments import arguments
from app.engine.interpreter.arrays import CONSTRUCTORS
from app.engine.interpreter.functions import inline
from app.engine.interpreter.hints import REFUSED_NAMES, advice
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.names import FLOAT_NAMES, bare_names, method_names, numpy_names
from app.engine.interpreter.specials import FUNCTIONS, METHODS
from app.engine.interpreter.values import Builtin, Function, Module, Ref, Scope, ShapeOf, Special, describe
from app.engine.ops import Op
from app.engine.program import Doubt

_METHOD_HINTS = {
    "T": "Write x.T without brackets.",
    "item": "Write np.sum(x): for an array of one element, that is its number.",
    "tolist": "Print the array itself.",
    "append": "Lists do not change here; write the list out: [a, b]",
    "backward": "Leave it out: the backward pass from the output is computed automatically.",
}


def call(interpreter: Interpreter, node: ast.Call, id: str | None, name: str | None) -> Any:
    """The value of a call. Raises ProgramError for something that cannot be called."""
    if isinstance(node.func, ast.Name) and _unknown(interpreter, node.func.id):
        raise _no_function(interpreter, node.func)
    if isinstance(node.func, ast.Attribute):
        owner = interpreter.evaluate(node.func.value)
        if not isinstance(owner, Module):
            return _method(interpreter, node, owner, id, name)
    function = interpreter.evaluate(node.func)
    if isinstance(function, Builtin):
        return _op(interpreter, function.op, node, function.spelling, id, name)
    if isinstance(function, Function):
        return inline(interpreter, function, node, id, name)
    if isinstance(function, Special):
        return _special(interpreter, function, node, None, id, name)
    raise interpreter.fail(
        f"{describe(function)} cannot be called",
        node.func,
        "Write * to multiply: 2 * (x + 1)" if isinstance(function, int | float | Ref) else None,
    )


def _unknown(interpreter: Interpreter, word: str) -> bool:
    scope: Scope | None = interpreter.scope
    while scope is not None:
        if word in scope.names:
            return False
        scope = scope.parent
    return word not in bare_names() and word not in interpreter.prelude and word not in REFUSED_NAMES


def _no_function(interpreter: Interpreter, node: ast.Name) -> Exception:
    if node.id in numpy_names():
        hint = f"Write np.{node.id}(...)."
    else:
        scope: Scope | None = interpreter.scope
        own: list[str] = []
        while scope is not None:
            own += [n for n, value in scope.names.items() if isinstance(value, Function)]
            scope = scope.parent
        hint = advice(node.id, [*own, *bare_names(), *interpreter.prelude]) or f"Define it first: def {node.id}(x): ..."
    return interpreter.fail(f"there is no function {node.id}", node, hint)


def _method(interpreter: Interpreter, node: ast.Call, owner: Any, id: str | None, name: str | None) -> Any:
    assert isinstance(node.func, ast.Attribute)
    word = node.func.attr
    if isinstance(owner, str):
        raise interpreter.fail("strings have no methods here", node, "Write print('loss', loss).")
    found = method_names().get(word)
    if found is None:
        hint = f"Write np.{word}(x)." if word in numpy_names() else _METHOD_HINTS.get(word)
        raise interpreter.fail(
            f".{word}() is not part of the language",
            node,
            hint
            or advice(word, method_names(), ".")
            or "Arrays have .sum(), .mean(), .max(), .min(), .var(), .reshape(), .transpose() and .astype(float).",
        )
    if isinstance(owner, str | list | tuple | Function | Builtin | Special | ShapeOf) or owner is None:
        raise interpreter.fail(
            f"{describe(owner)} has no .{word}()", node, "Only arrays and computed values have methods."
        )
    ref = interpreter.node(owner, node.func.value)
    if isinstance(found, Special):
        return _special(interpreter, found, node, ref, id, name)
    assert isinstance(found, Builtin)
    if word == "dot":
        message = "numbers have no .dot()"
        hint = f"Write * to multiply by a number, or np.{word}(a, b)."
        interpreter.doubts.append(Doubt(ref.index, False, interpreter.span(node), message, hint, ref.boxed))
    inputs, attrs = arguments(interpreter, found.op, node, found.spelling, first=ref)
    return interpreter.operation(found.op, inputs, attrs, node, id, name)


def _special(
    interpreter: Interpreter, function: Special, node: ast.Call, owner: Ref | None, id: str | None, name: str | None
) -> Any:
    if function.name in interpreter.prelude:
        return inline(interpreter, interpreter.prelude[function.name], node, id, name, first=owner)
    if function.name in CONSTRUCTORS:
        return CONSTRUCTORS[function.name](interpreter, node)
    if function.name in FUNCTIONS:
        return FUNCTIONS[function.name](interpreter, node)
    if function.name in METHODS:
        return METHODS[function.name](interpreter, node, owner)
    if function.name == "print":
        raise interpreter.fail("print returns nothing", node, "Write it on a line of its own.")
    raise interpreter.fail(f"{function.spelling} is only for loops", node, "Write for i in range(3):")


def _op(interpreter: Interpreter, op: Op, node: ast.Call, spelling: str, id: str | None, name: str | None) -> Ref:
    inputs, attrs = arguments(interpreter, op, node, spelling)
    if spelling.startswith("math."):
        instead = f"np.{op.numpy[0]}" if op.numpy else op.name
        for ref in inputs:
            message = f"{spelling} takes a single number, and this is an array"
            interpreter.doubts.append(Doubt(ref.index, True, interpreter.span(node), message, f"Write {instead}(...)."))
    elif spelling in ("np.power", "np.pow"):
        # Unlike **, this converts Python's numbers to NumPy's.
        interpreter.graph.refuse_negative_power(inputs[0].index, inputs[1].index, interpreter.span(node))
    made = interpreter.operation(op, inputs, attrs, node, id, name, kind="float" if spelling in FLOAT_NAMES else None)
    # A function of NumPy first makes an array of a number, and the result is a view of that: np.transpose(2.0).
    made.boxed = made.boxed or made.buffer != made.index
    return made
