"""The arguments of an op: its inputs as nodes, its parameters settled."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Argument, Call, listed, static
from app.engine.interpreter.semantics.sequences import as_array, as_operand, iterate
from app.engine.interpreter.values import Ref
from app.engine.ops import Op, Parameter
from app.engine.wording import said


def op_arguments(interpreter: Interpreter, op: Op, call: Call) -> tuple[tuple[Ref, ...], dict[str, Any]]:
    """The inputs and the static attributes of one use of `op`; in a method call, the first argument is the object.
    Raises ProgramError."""
    if not op.parameters and not call.named and len(call.args) == len(op.inputs) and not op.variadic:
        args = [v if type(v) is Ref else _input(interpreter, call, v, where) for v, where in call.args]
        return tuple(args), {}
    positional = list(call.args)
    inputs = _parts(interpreter, positional, call) if op.variadic else _inputs(interpreter, op, positional, call)
    given = _positional_parameters(interpreter, op, positional, call)
    _add_named(interpreter, op, given, call)
    attrs: dict[str, Any] = {}
    for parameter in op.parameters:
        if parameter.name in given:
            attrs[parameter.name] = _static_parameter(interpreter, parameter, *given[parameter.name])
        elif parameter.required:
            raise interpreter.fail(
                said("semantics.attribute_argument_missing", spelling=call.spelling, name=parameter.name), call.node
            )
        else:
            attrs[parameter.name] = parameter.default
    if attrs.get("axis") in (0, -1) and "initial" in op.options and not interpreter.shape(inputs[0]):
        # What NumPy reduces by a function of two, it reduces along the first axis of a number, too.
        attrs["axis"] = None
    return inputs, attrs


def _input(interpreter: Interpreter, call: Call, value: Any, where: ast.expr) -> Ref:
    """An input as a node: of a list the array that NumPy makes of it. Functions of `math` take numbers alone."""
    if call.spelling.startswith("math."):
        return interpreter.node(value, where)
    return interpreter.node(as_operand(interpreter, value, where), where)


def _parts(interpreter: Interpreter, positional: list[Argument], call: Call) -> tuple[Ref, ...]:
    """The inputs of a variadic op, which are given as one list; removes it from `positional`."""
    spelling = call.spelling
    if not positional:
        raise interpreter.fail(said("semantics.list_of_arrays_needed", spelling=spelling), call.node)
    value, where = positional.pop(0)
    if type(value) is Ref and interpreter.shape(value):
        parts = iterate(interpreter, value, where)
    elif isinstance(value, list | tuple):
        parts = value
    else:
        parts = []
    if not parts:
        raise interpreter.fail(said("semantics.arrays_not_in_list", spelling=spelling), where)
    interpreter.visit(call.node, len(parts))
    return tuple([interpreter.node(as_array(interpreter, part, where), where) for part in parts])


def _inputs(interpreter: Interpreter, op: Op, positional: list[Argument], call: Call) -> tuple[Ref, ...]:
    """The inputs of any other op, by position or by name; removes the positional ones from `positional`."""
    spelling = call.spelling
    found: dict[str, Ref] = {}
    for name in op.inputs:
        if positional:
            value, where = positional.pop(0)
            found[name] = _input(interpreter, call, value, where)
    for key, (value, where) in call.named.items():
        if key in op.inputs:
            if key in found:
                raise interpreter.fail(said("semantics.argument_given_twice", spelling=spelling, key=key), where)
            if key not in _by_name(op, spelling):
                raise interpreter.fail(said("semantics.argument_by_position_only", spelling=spelling, key=key), where)
            found[key] = _input(interpreter, call, value, where)
    missing = [name for name in op.inputs if name not in found]
    if missing:
        written = op.signature.replace(op.name, spelling.lstrip("."), 1)
        raise interpreter.fail(
            said("semantics.op_argument_missing", spelling=spelling, missing=listed(missing), written=written),
            call.node,
        )
    return tuple(found[name] for name in op.inputs)


def _by_name(op: Op, spelling: str) -> tuple[str, ...]:
    """The inputs that may be given by name: all inputs of the language's own functions, else those that NumPy names."""
    if spelling == op.name and op.name not in op.numpy:
        return op.inputs
    return {"np.clip": ("a_min", "a_max"), "np.dot": ("a", "b"), ".dot": ("b",)}.get(spelling, ())


def _add_named(interpreter: Interpreter, op: Op, given: dict[str, Argument], call: Call) -> None:
    """Adds the parameters that are given by name to `given`."""
    names = [p.name for p in op.parameters]
    spelling = call.spelling
    for key, argument in call.named.items():
        if not op.variadic and key in op.inputs:
            continue
        where = argument.where
        if key in names and key not in given and spelling[0] == "." and op.by_position:
            raise interpreter.fail(said("semantics.argument_by_position_only", spelling=spelling, key=key), where)
        if key not in names or key in given:
            raise interpreter.fail(
                said("semantics.op_argument_unknown", spelling=spelling, key=key),
                where,
                f"It takes {', '.join(names)}." if names else "It takes nothing else.",
            )
        given[key] = argument


def _positional_parameters(
    interpreter: Interpreter, op: Op, positional: list[Argument], call: Call
) -> dict[str, Argument]:
    if not positional:
        return {}
    spelling, parameters = call.spelling, op.parameters
    if parameters and parameters[0].form in ("shape", "axes") and len(positional) > 1 and spelling[0] == ".":
        # Methods only: x.reshape(2, 3), the shape given as separate arguments.
        return {parameters[0].name: Argument(tuple(value for value, _ in positional), positional[0].where)}
    allowed = parameters[: op.positional]
    if len(positional) > len(allowed):
        extra = positional[len(allowed)].where
        if len(parameters) > len(allowed):
            raise interpreter.fail(
                said("semantics.argument_by_name_only", spelling=spelling, name=parameters[len(allowed)].name), extra
            )
        raise interpreter.fail(
            said("semantics.op_arguments_too_many", spelling=spelling, signature=op.signature), extra
        )
    return {parameter.name: value for parameter, value in zip(allowed, positional, strict=False)}


def _static_parameter(interpreter: Interpreter, parameter: Parameter, given: Any, node: ast.expr) -> Any:
    found = static(interpreter, given, node)
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
        case "sorting":
            good, wanted = value in (None, "quicksort", "mergesort", "stable"), "a way to sort"
        case "flag":
            good, wanted = isinstance(value, int) and value in (0, 1), "True or False"
            value = bool(value) if good else value
        case _:
            good = isinstance(value, int | float) and not isinstance(value, bool)
            wanted = "a number"
            value = float(value) if good else value
    if not good:
        example = tuple(found) if isinstance(found, list) and parameter.form == "axis" else _example(parameter)
        raise interpreter.fail(
            said("semantics.argument_wrong_kind", name=parameter.name, wanted=wanted, example=example), node
        )
    return value


def _example(parameter: Parameter) -> str:
    return _EXAMPLES.get(parameter.form, "0.1")


_EXAMPLES = {
    "axis": "0",
    "axes": "(1, 0)",
    "shape": "(2, 3)",
    "integer": "0",
    "count": "2",
    "flag": "True",
    "sorting": "'stable'",
}
