"""Calls: ops with their arguments, and the reader's own functions, written out where they are called."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from app.engine.language import special
from app.engine.language.names import REFUSED_NAMES, bare_names, method_names, numpy_names, suggestion
from app.engine.language.values import ArrayLiteral, Builtin, Function, Module, Ref, Scope, ShapeOf, Special, describe
from app.engine.ops import Op, Parameter

if TYPE_CHECKING:
    from app.engine.language.evaluator import Evaluator


def call(reader: Evaluator, node: ast.Call, id: str | None, name: str | None) -> Any:
    """A call of whatever stands in front of the brackets."""
    if isinstance(node.func, ast.Name) and _unknown(reader, node.func.id):
        raise _no_function(reader, node.func)
    if isinstance(node.func, ast.Attribute):
        owner = reader.evaluate(node.func.value)
        if not isinstance(owner, Module):
            return _method(reader, node, owner, id, name)
    function = reader.evaluate(node.func)
    if isinstance(function, Builtin):
        return _op(reader, function.op, node, function.spelling, id, name)
    if isinstance(function, Function):
        return _inline(reader, function, node, id, name)
    if isinstance(function, Special):
        return _special(reader, function, node, None, id, name)
    raise reader.fail(
        f"{describe(function)} cannot be called",
        node.func,
        "Write * to multiply: 2 * (x + 1)" if isinstance(function, int | float | Ref) else None,
    )


def _unknown(reader: Evaluator, word: str) -> bool:
    scope: Scope | None = reader.scope
    while scope is not None:
        if word in scope.names:
            return False
        scope = scope.parent
    return word not in bare_names() and word not in reader.prelude and word not in REFUSED_NAMES


def _no_function(reader: Evaluator, node: ast.Name) -> Exception:
    if node.id in numpy_names():
        hint: str | None = f"Write np.{node.id}(...)."
    else:
        scope: Scope | None = reader.scope
        own: list[str] = []
        while scope is not None:
            own += [n for n, value in scope.names.items() if isinstance(value, Function)]
            scope = scope.parent
        hint = suggestion(node.id, [*own, *bare_names(), *reader.prelude]) or f"Define it first: def {node.id}(x): ..."
    return reader.fail(f"there is no function {node.id}", node, hint)


def _method(reader: Evaluator, node: ast.Call, owner: Any, id: str | None, name: str | None) -> Any:
    assert isinstance(node.func, ast.Attribute)
    word = node.func.attr
    found = method_names().get(word)
    if found is None:
        hint = suggestion(word, method_names(), ".")
        if word in numpy_names():
            hint = f"Write np.{word}(x)."
        raise reader.fail(
            f".{word}() is not part of the language",
            node,
            hint or "Arrays have .sum(), .mean(), .max(), .min(), .var(), .reshape(), .transpose() and .astype(float).",
        )
    if isinstance(owner, str | list | tuple | Function | Builtin | Special | ShapeOf) or owner is None:
        raise reader.fail(f"{describe(owner)} has no .{word}()", node, "Only arrays and computed values have methods.")
    ref = reader.node(owner, node.func.value)
    if isinstance(found, Special):
        return _special(reader, found, node, ref, id, name)
    assert isinstance(found, Builtin)
    inputs, attrs = arguments(reader, found.op, node, found.spelling, first=ref)
    return reader.write.operation(found.op, inputs, attrs, reader.span(node), id, name)


def _special(
    reader: Evaluator, function: Special, node: ast.Call, owner: Ref | None, id: str | None, name: str | None
) -> Any:
    if function.name in reader.prelude:
        return _inline(reader, reader.prelude[function.name], node, id, name, first=owner)
    if function.name in special.MAKERS:
        return special.MAKERS[function.name](reader, node)
    if function.name in special.METHODS:
        return special.METHODS[function.name](reader, node, owner)
    if function.name == "print":
        raise reader.fail("print gives nothing back", node, "Write it on a line of its own.")
    raise reader.fail(f"{function.spelling} is only for loops", node, "Write for i in range(3):")


def _op(reader: Evaluator, op: Op, node: ast.Call, spelling: str, id: str | None, name: str | None) -> Ref:
    inputs, attrs = arguments(reader, op, node, spelling)
    return reader.write.operation(op, inputs, attrs, reader.span(node), id, name)


def arguments(
    reader: Evaluator,
    op: Op,
    node: ast.Call,
    spelling: str,
    *,
    first: Ref | None = None,
    hidden: tuple[str, ...] = (),
) -> tuple[tuple[int, ...], dict[str, Any]]:
    """The inputs (as positions of nodes) and the static attributes of one use of `op`."""
    parameters = [p for p in op.parameters if p.name not in hidden]
    positional = list(node.args)
    for argument in positional:
        if isinstance(argument, ast.Starred):
            raise reader.fail("arguments cannot be spread with *", argument, "Write the arguments out.")
    if op.variadic:
        if not positional:
            raise reader.fail(f"{spelling} needs a list of arrays", node, f"Write {spelling}((a, b)).")
        parts = reader.evaluate(positional[0])
        if not isinstance(parts, list | tuple) or not parts:
            raise reader.fail(f"{spelling} takes its arrays as one list", positional[0], f"Write {spelling}((a, b)).")
        inputs = tuple(reader.node(part, positional[0]).index for part in parts)
        positional = positional[1:]
        given: dict[str, ast.expr] = {}
    else:
        wanted = list(op.inputs)
        found: dict[str, int] = {}
        if first is not None:
            found[wanted[0]] = first.index
        for name in wanted[len(found) :]:
            if positional:
                found[name] = reader.operand(positional.pop(0))
        given = {}
        for keyword in node.keywords:
            if keyword.arg in wanted and keyword.arg not in found:
                found[keyword.arg] = reader.operand(keyword.value)
        missing = [name for name in wanted if name not in found]
        if missing:
            raise reader.fail(
                f"{spelling} needs {_listed(missing)}",
                node,
                f"Write {op.signature.replace(op.name, spelling.lstrip('.'), 1)}.",
            )
        inputs = tuple(found[name] for name in wanted)
    given |= _positional_parameters(reader, op, parameters, positional, node, spelling)
    taken = set(op.inputs) if not op.variadic else set()
    for keyword in node.keywords:
        if keyword.arg is None:
            raise reader.fail("arguments cannot be spread with **", keyword.value, "Write the arguments out.")
        if keyword.arg in taken:
            continue
        if keyword.arg not in {p.name for p in parameters} or keyword.arg in given:
            names = ", ".join(p.name for p in parameters)
            raise reader.fail(
                f"{spelling} has no argument {keyword.arg} here",
                keyword.value,
                f"It takes {names}." if names else "It takes nothing else.",
            )
        given[keyword.arg] = keyword.value
    attrs: dict[str, Any] = {}
    for parameter in parameters:
        if parameter.name in given:
            attrs[parameter.name] = _static_parameter(reader, parameter, given[parameter.name])
        elif parameter.required:
            raise reader.fail(f"{spelling} needs {parameter.name}", node, f"Write {spelling}(x, {parameter.name}=...).")
        else:
            attrs[parameter.name] = parameter.default
    return inputs, attrs


def _positional_parameters(
    reader: Evaluator, op: Op, parameters: list[Parameter], positional: list[ast.expr], node: ast.Call, spelling: str
) -> dict[str, ast.expr]:
    if not positional:
        return {}
    if parameters and parameters[0].form in ("shape", "axes") and len(positional) > 1:
        # x.reshape(2, 3) and x.transpose(1, 0)
        joined = ast.copy_location(ast.Tuple(elts=positional, ctx=ast.Load()), node)
        return {parameters[0].name: joined}
    allowed = parameters[: op.positional]
    if len(positional) > len(allowed):
        extra = positional[len(allowed)]
        if len(parameters) > len(allowed):
            raise reader.fail(
                f"{spelling} takes this argument by name only", extra, f"Write {parameters[len(allowed)].name}=... ."
            )
        raise reader.fail(f"{spelling} has too many arguments", extra, f"It is written {op.signature}.")
    return {parameter.name: value for parameter, value in zip(allowed, positional, strict=False)}


def _static_parameter(reader: Evaluator, parameter: Parameter, node: ast.expr) -> Any:
    value = special.static(reader, node)

    def whole(v: Any) -> bool:
        return isinstance(v, int) and not isinstance(v, bool) and abs(v) < 2**31

    def wholes(v: Any) -> bool:
        return isinstance(v, tuple) and all(whole(n) for n in v)

    match parameter.form:
        case "axis":
            good, wanted = value is None or whole(value) or wholes(value), "a whole number, such as axis=0"
        case "axes":
            good, wanted = value is None or wholes(value), "an order of the axes, such as (1, 0)"
        case "shape":
            value = (value,) if whole(value) else value
            good, wanted = wholes(value), "whole numbers, such as (2, 3)"
            if good and len(value) > reader.limits.dimensions:
                good, wanted = False, f"at most {reader.limits.dimensions} lengths"
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
        raise reader.fail(f"{parameter.name} must be {wanted}", node, f"Write {parameter.name}={_example(parameter)}.")
    return value


def _example(parameter: Parameter) -> str:
    return {"axis": "0", "axes": "(1, 0)", "shape": "(2, 3)", "integer": "0", "count": "2", "flag": "True"}.get(
        parameter.form, "0.1"
    )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


# -- functions of the reader's own ---------------------------------------------------------------------------------


def function(reader: Evaluator, name: str, args: ast.arguments, body: list[ast.stmt], node: ast.AST) -> Function:
    """A definition. Its body is read when it is called, with the arguments it is called with."""
    if args.vararg or args.kwarg:
        raise reader.fail("* and ** parameters are not part of the language", node, "Write the parameters out.")
    plain = [a.arg for a in (*args.posonlyargs, *args.args)]
    only = [a.arg for a in args.kwonlyargs]
    defaults: dict[str, Any] = {}
    pairs = list(zip(plain[len(plain) - len(args.defaults) :], args.defaults, strict=True))
    pairs += [(a, d) for a, d in zip(only, args.kw_defaults, strict=True) if d is not None]
    for parameter, default in pairs:
        defaults[parameter] = reader.evaluate(default)
    own = _assigned(body) | {*plain, *only}
    return Function(
        name, tuple(plain), tuple(only), defaults, tuple(body), reader.scope, reader.foreign is not None, frozenset(own)
    )


def _assigned(body: list[ast.stmt]) -> set[str]:
    """Names that a function assigns anywhere in its body: local to it, as in Python."""
    found: set[str] = set()
    todo: list[ast.AST] = list(body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
            continue
        if isinstance(node, ast.Lambda | ast.ListComp):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        todo.extend(ast.iter_child_nodes(node))
    return found


def _bind(reader: Evaluator, target: Function, node: ast.Call, first: Ref | None) -> dict[str, Any]:
    given: dict[str, Any] = {}
    positional: list[Any] = [] if first is None else [first]
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            raise reader.fail("arguments cannot be spread with *", argument, "Write the arguments out.")
        positional.append(_argument(reader, argument))
    if len(positional) > len(target.parameters):
        takes = len(target.parameters)
        raise reader.fail(
            f"{target.name} takes {takes} argument{'' if takes == 1 else 's'}, and {len(positional)} are given",
            node,
            f"It is defined as {_signature(target)}.",
        )
    given |= dict(zip(target.parameters, positional, strict=False))
    for keyword in node.keywords:
        if keyword.arg is None:
            raise reader.fail("arguments cannot be spread with **", keyword.value, "Write the arguments out.")
        if keyword.arg in given:
            raise reader.fail(f"{target.name} is given {keyword.arg} twice", keyword.value, "Give it once.")
        if keyword.arg not in (*target.parameters, *target.keyword_only):
            raise reader.fail(
                f"{target.name} has no argument {keyword.arg}", keyword.value, f"It is defined as {_signature(target)}."
            )
        given[keyword.arg] = _argument(reader, keyword.value)
    missing = [p for p in (*target.parameters, *target.keyword_only) if p not in given and p not in target.defaults]
    if missing:
        raise reader.fail(f"{target.name} needs {_listed(missing)}", node, f"It is defined as {_signature(target)}.")
    return target.defaults | given


def _argument(reader: Evaluator, node: ast.expr) -> Any:
    value = reader.evaluate(node)
    # One array is one node, however often the function uses it.
    return reader.node(value, node) if isinstance(value, ArrayLiteral) else value


def _signature(target: Function) -> str:
    shown = [
        f"{p}={target.defaults[p]}" if isinstance(target.defaults.get(p), int | float) else p for p in target.parameters
    ]
    return f"{target.name}({', '.join(shown)})"


def _inline(
    reader: Evaluator, target: Function, node: ast.Call, id: str | None, name: str | None, *, first: Ref | None = None
) -> Any:
    """The function's lines, written out here with these arguments, as a group of their own."""
    reader.visit(node)
    scope = Scope(_bind(reader, target, node, first), target.scope, target.own)
    before, around, foreign = reader.scope, reader.write.open_group(target.name), reader.foreign
    loops, reader.loops = reader.loops, 0
    if target.foreign and foreign is None:
        reader.foreign = reader.span(node)
    reader.scope = scope
    result: Any = None
    start = len(reader.write.nodes)
    try:
        for position, statement in enumerate(target.body):
            if not isinstance(statement, ast.Return):
                reader.statement(statement)
                continue
            if position != len(target.body) - 1:
                raise reader.fail(
                    "lines after return are never reached", target.body[position + 1], "Move return to the end."
                )
            result = None if statement.value is None else _result(reader, statement.value, start, id, name)
    finally:
        reader.scope, reader.write.group, reader.foreign, reader.loops = before, around, foreign, loops
    return result


def _result(reader: Evaluator, value: ast.expr, start: int, id: str | None, name: str | None) -> Any:
    """What a function returns. A node of its own takes over the name that the call is given."""
    result = reader.evaluate(value, id, name)
    if type(result) in (int, float):
        result = reader.node(result, value, name)
    written = type(result) is Ref and result.index >= start and reader.write.nodes[result.index].inputs
    if written and id is not None and name is not None and reader.write.nodes[result.index].id != id:
        reader.write.rename(result, id, name)
    return result
