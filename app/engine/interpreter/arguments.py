"""The arguments of a call of an op: its inputs and its static parameters."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.constants import static
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Ref
from app.engine.ops import Op, Parameter


def arguments(
    interpreter: Interpreter,
    op: Op,
    node: ast.Call,
    spelling: str,
    *,
    first: Ref | None = None,
    hidden: tuple[str, ...] = (),
) -> tuple[tuple[Ref, ...], dict[str, Any]]:
    """The inputs and the static attributes of one use of `op`. Raises ProgramError.

    spelling: the name in the text, for messages. first: the object of a method call. hidden: parameters that a call
    cannot give.
    """
    parameters = [p for p in op.parameters if p.name not in hidden]
    positional = list(node.args)
    for argument in positional:
        if isinstance(argument, ast.Starred):
            raise interpreter.fail("arguments cannot be spread with *", argument, "Write the arguments out.")
    for keyword in node.keywords:
        if keyword.arg is None:
            raise interpreter.fail("arguments cannot be spread with **", keyword.value, "Write the arguments out.")
    if op.variadic:
        inputs = _parts(interpreter, positional, node, spelling)
    else:
        inputs = _inputs(interpreter, op, positional, node, spelling, first)
    given = _positional_parameters(interpreter, op, parameters, positional, node, spelling)
    _add_named(interpreter, op, parameters, given, node, spelling)
    attrs: dict[str, Any] = {}
    for parameter in parameters:
        if parameter.name in given:
            attrs[parameter.name] = _static_parameter(interpreter, parameter, given[parameter.name])
        elif parameter.required:
            raise interpreter.fail(
                f"{spelling} needs {parameter.name}", node, f"Write {spelling}(x, {parameter.name}=...)."
            )
        else:
            attrs[parameter.name] = parameter.default
    return inputs, attrs


def _parts(interpreter: Interpreter, positional: list[ast.expr], node: ast.Call, spelling: str) -> tuple[Ref, ...]:
    """The inputs of a variadic op, which are given as one list; removes it from `positional`."""
    if not positional:
        raise interpreter.fail(f"{spelling} needs a list of arrays", node, f"Write {spelling}((a, b)).")
    where = positional.pop(0)
    parts = interpreter.evaluate(where)
    if not isinstance(parts, list | tuple) or not parts:
        raise interpreter.fail(f"{spelling} takes its arrays as one list", where, f"Write {spelling}((a, b)).")
    interpreter.visits += len(parts)
    return tuple(interpreter.node(part, where) for part in parts)


def _inputs(
    interpreter: Interpreter, op: Op, positional: list[ast.expr], node: ast.Call, spelling: str, first: Ref | None
) -> tuple[Ref, ...]:
    """The inputs of any other op, by position or by name; removes the positional ones from `positional`."""
    found: dict[str, Ref] = {} if first is None else {op.inputs[0]: first}
    for name in op.inputs[len(found) :]:
        if positional:
            found[name] = interpreter.ref(positional.pop(0))
    for keyword in node.keywords:
        if keyword.arg in op.inputs:
            if keyword.arg in found:
                raise interpreter.fail(f"{spelling} is given {keyword.arg} twice", keyword.value, "Give it once.")
            if keyword.arg not in _by_name(op, spelling):
                raise interpreter.fail(
                    f"{spelling} takes {keyword.arg} by position", keyword.value, "Leave its name out."
                )
            found[keyword.arg] = interpreter.ref(keyword.value)
    missing = [name for name in op.inputs if name not in found]
    if missing:
        written = op.signature.replace(op.name, spelling.lstrip("."), 1)
        raise interpreter.fail(f"{spelling} needs {listed(missing)}", node, f"Write {written}.")
    return tuple(found[name] for name in op.inputs)


def _by_name(op: Op, spelling: str) -> tuple[str, ...]:
    """The inputs that may be given by name: all inputs of the language's own functions, else those that NumPy names."""
    if spelling == op.name and op.name not in op.numpy:
        return op.inputs
    return {"np.clip": ("a_min", "a_max"), "np.dot": ("a", "b"), ".dot": ("b",)}.get(spelling, ())


def _add_named(
    interpreter: Interpreter,
    op: Op,
    parameters: list[Parameter],
    given: dict[str, ast.expr],
    node: ast.Call,
    spelling: str,
) -> None:
    """Adds the parameters that are given by name to `given`."""
    names = [p.name for p in parameters]
    for keyword in node.keywords:
        if keyword.arg is None or (not op.variadic and keyword.arg in op.inputs):
            continue
        if keyword.arg in names and keyword.arg not in given and spelling[0] == "." and op.kind == "shape":
            raise interpreter.fail(f"{spelling} takes {keyword.arg} by position", keyword.value, "Leave its name out.")
        if keyword.arg not in names or keyword.arg in given:
            raise interpreter.fail(
                f"{spelling} has no argument {keyword.arg} here",
                keyword.value,
                f"It takes {', '.join(names)}." if names else "It takes nothing else.",
            )
        given[keyword.arg] = keyword.value


def _positional_parameters(
    interpreter: Interpreter,
    op: Op,
    parameters: list[Parameter],
    positional: list[ast.expr],
    node: ast.Call,
    spelling: str,
) -> dict[str, ast.expr]:
    if not positional:
        return {}
    if parameters and parameters[0].form in ("shape", "axes") and len(positional) > 1 and spelling[0] == ".":
        # Methods only: x.reshape(2, 3), the shape given as separate arguments.
        joined = ast.copy_location(ast.Tuple(elts=positional, ctx=ast.Load()), node)
        return {parameters[0].name: joined}
    allowed = parameters[: op.positional]
    if len(positional) > len(allowed):
        extra = positional[len(allowed)]
        if len(parameters) > len(allowed):
            raise interpreter.fail(
                f"{spelling} takes this argument only by name", extra, f"Write {parameters[len(allowed)].name}=... ."
            )
        raise interpreter.fail(f"{spelling} has too many arguments", extra, f"It is written {op.signature}.")
    return {parameter.name: value for parameter, value in zip(allowed, positional, strict=False)}


def _static_parameter(interpreter: Interpreter, parameter: Parameter, node: ast.expr) -> Any:
    found = static(interpreter, node)
    # NumPy accepts a list here, but for an axis only a tuple.
    value: Any = tuple(found) if isinstance(found, list) and parameter.form in ("axes", "shape") else found

    def whole(v: Any) -> bool:
        return isinstance(v, int) and not isinstance(v, bool) and abs(v) < 2**31

    def wholes(v: Any) -> bool:
        return isinstance(v, tuple) and all(whole(n) for n in v)

    match parameter.form:
        case "axis":
            good, wanted = (
                value is None or whole(value) or wholes(value),
                "a whole number or a tuple, such as axis=0",
            )
        case "axes":
            good, wanted = value is None or wholes(value), "an order of the axes, such as (1, 0)"
        case "shape":
            value = (value,) if whole(value) else value
            good, wanted = wholes(value), "whole numbers, such as (2, 3)"
            if good and len(value) > interpreter.limits.dimensions:
                good, wanted = False, f"at most {interpreter.limits.dimensions} lengths"
        case "integer":
            good, wanted = whole(value), "a whole number"
        case "count":
            good, wanted = whole(value) and value >= 1, "a whole number from 1"
        case "flag":
            good, wanted = isinstance(value, bool), "True or False"
        case _:
            good = isinstance(value, int | float) and not isinstance(value, bool)
            wanted = "a number"
            value = float(value) if good else value
    if not good:
        example = tuple(found) if isinstance(found, list) and parameter.form == "axis" else _example(parameter)
        raise interpreter.fail(f"{parameter.name} must be {wanted}", node, f"Write {parameter.name}={example}.")
    return value


def _example(parameter: Parameter) -> str:
    return {"axis": "0", "axes": "(1, 0)", "shape": "(2, 3)", "integer": "0", "count": "2", "flag": "True"}.get(
        parameter.form, "0.1"
    )


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
