"""What a `def` or a `lambda` says: its parameters, its lines, and the names that are local to it."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any, NamedTuple

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call
from app.engine.interpreter.values import Class, Function, Scope
from app.engine.wording import said

_ARRAY = "array_like"
"""What the prelude writes after a parameter of which NumPy makes an array."""


class Head(NamedTuple):
    """What the syntax of a function says, however often it is defined; see `Function`. defaults: by parameter, as they
    are written."""

    parameters: tuple[str, ...]
    keyword_only: tuple[str, ...]
    defaults: tuple[tuple[str, ast.expr], ...]
    body: tuple[ast.stmt, ...]
    own: frozenset[str]
    many: str | None
    named: str | None
    arrays: frozenset[str]
    yields: bool
    plain: bool
    ends: ast.expr | None
    lines: tuple[ast.stmt, ...]


def function(interpreter: Interpreter, name: str, args: ast.arguments, body: list[ast.stmt], node: ast.AST) -> Function:
    """A `def` or `lambda` as a value. Its body is interpreted at each call, with that call's arguments."""
    head = interpreter.heads.get(node)
    if head is None:
        head = interpreter.heads[node] = _head(interpreter, args, body, node)
    defaults: dict[str, Any] = {}
    for parameter, default in head.defaults:
        defaults[parameter] = interpreter.evaluate(default)
    return Function(
        name,
        head.parameters,
        head.keyword_only,
        defaults,
        head.body,
        interpreter.scope,
        interpreter.foreign is not None,
        head.own,
        head.many,
        head.named,
        None,
        head.arrays,
        head.yields,
        head.plain,
        head.ends,
        head.lines,
    )


def _head(interpreter: Interpreter, args: ast.arguments, body: list[ast.stmt], node: ast.AST) -> Head:
    plain = [a.arg for a in (*args.posonlyargs, *args.args)]
    only = [a.arg for a in args.kwonlyargs]
    pairs = list(zip(plain[len(plain) - len(args.defaults) :], args.defaults, strict=True))
    pairs += [(a, d) for a, d in zip(only, args.kw_defaults, strict=True) if d is not None]
    many = args.vararg.arg if args.vararg else None
    named = args.kwarg.arg if args.kwarg else None
    names = [*plain, *only, *([many] if many else []), *([named] if named else [])]
    twice = next((a for a in names if names.count(a) > 1), None)
    if twice is not None:
        raise interpreter.fail(said("semantics.parameter_named_twice", twice=twice), node)
    arrays = frozenset([a.arg for a in args.args if type(a.annotation) is ast.Name and a.annotation.id == _ARRAY])
    last = body[-1] if body else None
    ends = last.value if type(last) is ast.Return else None
    return Head(
        tuple(plain),
        tuple(only),
        tuple(pairs),
        tuple(body),
        assigned_names(body) | frozenset(names),
        many,
        named,
        arrays,
        yields(interpreter, body, node),
        not (only or many or named or arrays),
        ends,
        tuple(body if ends is None else body[:-1]),
    )


def yields(interpreter: Interpreter, body: list[ast.stmt], node: ast.AST) -> bool:
    """Whether these lines have a `yield` of their own, not in a function that they define. node: what they are of."""
    found = interpreter.yielding.get(node)
    if found is None:
        found, todo = False, list[ast.AST](body)
        while todo and not found:
            part = todo.pop()
            found = isinstance(part, ast.Yield | ast.YieldFrom)
            if not isinstance(part, ast.FunctionDef | ast.ClassDef | ast.Lambda):
                todo += ast.iter_child_nodes(part)
        interpreter.yielding[node] = found
    return found


def assigned_names(body: list[ast.stmt]) -> frozenset[str]:
    """The names that a function assigns anywhere in its body; as in Python, they are local to it, unless it declares
    them global or nonlocal."""
    found: set[str] = set()
    outer: set[str] = set()
    todo: list[ast.AST] = list(body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
            continue
        if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.MatchAs | ast.MatchStar | ast.ExceptHandler) and node.name is not None:
            found.add(node.name)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            outer.update(node.names)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        todo.extend(ast.iter_child_nodes(node))
    return frozenset(found - outer)


def method_from_text(
    interpreter: Interpreter, cls: Class, text: str, scope: Scope, defaults: dict[str, Any], call: Call
) -> Function:
    """A method from its text, at the place of the class. defaults: of its parameters."""
    node = ast.parse(text).body[0]
    assert isinstance(node, ast.FunctionDef)
    for part in ast.walk(node):
        ast.copy_location(part, call.node)
    before = interpreter.scope
    interpreter.scope = scope
    try:
        made = function(interpreter, node.name, node.args, node.body, node)
    finally:
        interpreter.scope = before
    return replace(made, defaults={n: v for n, v in defaults.items() if n in made.parameters}, owner=cls)
