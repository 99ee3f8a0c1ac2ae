"""Functions defined in the text, and those of the prelude: inlined where they are called, each call a group."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.arguments import listed
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import ArrayLiteral, Function, Ref, Scope


def function(interpreter: Interpreter, name: str, args: ast.arguments, body: list[ast.stmt], node: ast.AST) -> Function:
    """A `def` or `lambda` as a value. Its body is interpreted at each call, with that call's arguments."""
    if args.vararg or args.kwarg:
        raise interpreter.fail("* and ** parameters are not part of the language", node, "Write the parameters out.")
    plain = [a.arg for a in (*args.posonlyargs, *args.args)]
    only = [a.arg for a in args.kwonlyargs]
    defaults: dict[str, Any] = {}
    pairs = list(zip(plain[len(plain) - len(args.defaults) :], args.defaults, strict=True))
    pairs += [(a, d) for a, d in zip(only, args.kw_defaults, strict=True) if d is not None]
    for parameter, default in pairs:
        defaults[parameter] = interpreter.evaluate(default)
    twice = next((a for a in (*plain, *only) if (*plain, *only).count(a) > 1), None)
    if twice is not None:
        raise interpreter.fail(f"two parameters are called {twice}", node, "Give each a name of its own.")
    own = _assigned(body) | {*plain, *only}
    return Function(
        name,
        tuple(plain),
        tuple(only),
        defaults,
        tuple(body),
        interpreter.scope,
        interpreter.foreign is not None,
        frozenset(own),
    )


def _assigned(body: list[ast.stmt]) -> set[str]:
    """The names that a function assigns anywhere in its body; as in Python, they are local to it."""
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


def _bind(interpreter: Interpreter, target: Function, node: ast.Call, first: Ref | None) -> dict[str, Any]:
    given: dict[str, Any] = {}
    positional: list[Any] = [] if first is None else [first]
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            raise interpreter.fail("arguments cannot be spread with *", argument, "Write the arguments out.")
        positional.append(_argument(interpreter, argument))
    if len(positional) > len(target.parameters):
        takes = len(target.parameters)
        raise interpreter.fail(
            f"{target.name} takes {takes} argument{'' if takes == 1 else 's'}, and {len(positional)} are given",
            node,
            f"It is defined as {_signature(target)}.",
        )
    given |= dict(zip(target.parameters, positional, strict=False))
    for keyword in node.keywords:
        if keyword.arg is None:
            raise interpreter.fail("arguments cannot be spread with **", keyword.value, "Write the arguments out.")
        if keyword.arg in given:
            raise interpreter.fail(f"{target.name} is given {keyword.arg} twice", keyword.value, "Give it once.")
        if keyword.arg not in (*target.parameters, *target.keyword_only):
            raise interpreter.fail(
                f"{target.name} has no argument {keyword.arg}", keyword.value, f"It is defined as {_signature(target)}."
            )
        given[keyword.arg] = _argument(interpreter, keyword.value)
    missing = [p for p in (*target.parameters, *target.keyword_only) if p not in given and p not in target.defaults]
    if missing:
        raise interpreter.fail(
            f"{target.name} needs {listed(missing)}", node, f"It is defined as {_signature(target)}."
        )
    return {n: _one(interpreter, d, node) for n, d in target.defaults.items() if n not in given} | given


def _argument(interpreter: Interpreter, node: ast.expr) -> Any:
    return _one(interpreter, interpreter.evaluate(node), node)


def _one(interpreter: Interpreter, value: Any, node: ast.expr) -> Any:
    """An array literal as a node: one node, however often the function uses it."""
    return interpreter.node(value, node) if isinstance(value, ArrayLiteral) else value


def _signature(target: Function) -> str:
    def shown(names: tuple[str, ...]) -> list[str]:
        defaults = target.defaults
        return [f"{p}={defaults[p]}" if isinstance(defaults.get(p), int | float) else p for p in names]

    star = ["*"] if target.keyword_only else []
    return f"{target.name}({', '.join([*shown(target.parameters), *star, *shown(target.keyword_only)])})"


def inline(
    interpreter: Interpreter,
    target: Function,
    node: ast.Call,
    id: str | None,
    name: str | None,
    *,
    first: Ref | None = None,
) -> Any:
    """What a call returns: the function's lines are interpreted here with these arguments, their nodes a group."""
    interpreter.visit(node)
    given = _bind(interpreter, target, node, first)
    scope = Scope(given, target.scope, target.own)
    arguments = {parameter: given[parameter] for parameter in (*target.parameters, *target.keyword_only)}
    around = interpreter.graph.open_group(target.name, _summary(target), arguments)
    before, foreign = interpreter.scope, interpreter.foreign
    loops, interpreter.loops = interpreter.loops, 0
    if target.foreign and foreign is None:
        interpreter.foreign = interpreter.span(node)
    interpreter.scope = scope
    interpreter.sharing.enter(scope.names)
    result: Any = None
    start = len(interpreter.graph.nodes)
    try:
        for position, statement in enumerate(target.body):
            if not isinstance(statement, ast.Return):
                interpreter.statement(statement)
                continue
            if position != len(target.body) - 1:
                raise interpreter.fail(
                    "lines after return are never reached", target.body[position + 1], "Move return to the end."
                )
            result = None if statement.value is None else _result(interpreter, statement.value, start, id, name)
    finally:
        interpreter.sharing.leave(scope.names, result)
        interpreter.scope, interpreter.graph.group, interpreter.foreign, interpreter.loops = (
            before,
            around,
            foreign,
            loops,
        )
    return result


def _summary(target: Function) -> str | None:
    """The first line of a prelude function's docstring."""
    first = target.body[0] if target.foreign and target.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first.value.value.partition("\n")[0]
    return None


def _result(interpreter: Interpreter, value: ast.expr, start: int, id: str | None, name: str | None) -> Any:
    """What a function returns. If the function wrote the node, the node takes the name that the call's result gets."""
    result = interpreter.evaluate(value, id, name)
    if type(result) in (int, float):
        result = interpreter.node(result, value, name)
    written = type(result) is Ref and result.index >= start and interpreter.graph.nodes[result.index].inputs
    if written and id is not None and name is not None and interpreter.graph.nodes[result.index].id != id:
        interpreter.graph.rename(result, id, name)
    return result
