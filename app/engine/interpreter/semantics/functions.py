"""Functions defined in the text, and those of the prelude: inlined where they are called, each call a group."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from app.engine.interpreter.grammar import Returned
from app.engine.interpreter.graph.builder import GraphBuilder
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Argument, Call, listed
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.values import Context, Function, Instance, Lazy, Native, Ref, Scope
from app.engine.program import NO_GROUP
from app.engine.support.stacks import on_another_stack
from app.engine.wording import said

_OPERATORS = frozenset(
    f"__{side}{word}__" for word in ("add", "sub", "mul", "truediv", "pow") for side in ("", "r")
) | {"__neg__"}


def _by_place(target: Function, positional: list[Argument]) -> dict[str, Any]:
    """The same where all that is given is given by place, and what is not has a default."""
    names, defaults = target.parameters, target.defaults
    left_out = names[len(positional) :]
    given: dict[str, Any] = {name: defaults[name] for name in left_out} if left_out else {}
    for name, argument in zip(names, positional, strict=False):
        given[name] = argument[0]
    return given


def annotated_names(node: ast.ClassDef) -> tuple[str, ...]:
    """The names that the body of a class annotates; a `ClassVar` is no field."""
    written = [line for line in node.body if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)]
    found = [line.target.id for line in written if "ClassVar" not in ast.unparse(line.annotation)]  # type: ignore[union-attr]
    return tuple(dict.fromkeys(found))


def _bind(interpreter: Interpreter, target: Function, call: Call) -> dict[str, Any]:
    """The names of a call's scope: parameters and their values."""
    positional = call.args
    names = target.parameters
    if target.plain and not call.named and len(names) - len(target.defaults) <= len(positional) <= len(names):
        return _by_place(target, positional)
    if len(positional) > len(names) and target.many is None:
        raise interpreter.fail(
            said(
                "semantics.function_arguments_too_many",
                name=target.name,
                takes=len(names),
                given=len(positional),
                signature=_signature(target),
            ),
            call.node,
        )
    given = {name: argument.value for name, argument in zip(names, positional, strict=False)}
    rest: dict[str, Any] = {}
    for key, (value, where) in call.named.items():
        if key in given:
            raise interpreter.fail(said("semantics.argument_given_twice", spelling=target.name, key=key), where)
        if key in names or key in target.keyword_only:
            given[key] = value
        elif target.named is not None:
            rest[key] = value
        else:
            raise interpreter.fail(
                said("semantics.function_argument_unknown", name=target.name, key=key, target=_signature(target)), where
            )
    missing = [p for p in (*names, *target.keyword_only) if p not in given and p not in target.defaults]
    if missing:
        raise interpreter.fail(
            said(
                "semantics.function_argument_missing",
                name=target.name,
                missing=listed(missing),
                target=_signature(target),
            ),
            call.node,
        )
    if target.many is not None:
        given[target.many] = tuple(argument.value for argument in positional[len(names) :])
    if target.named is not None:
        given[target.named] = rest
    if target.foreign:
        for name in target.arrays & given.keys():
            given[name] = as_array(interpreter, given[name], call.node)
    return {n: d for n, d in target.defaults.items() if n not in given} | given


def _signature(target: Function) -> str:
    def shown(names: tuple[str, ...]) -> list[str]:
        defaults = target.defaults
        return [f"{p}={defaults[p]}" if isinstance(defaults.get(p), int | float) else p for p in names]

    parts = shown(target.parameters)
    if target.many is not None:
        parts.append(f"*{target.many}")
    elif target.keyword_only:
        parts.append("*")
    parts += shown(target.keyword_only)
    if target.named is not None:
        parts.append(f"**{target.named}")
    return f"{target.name}({', '.join(parts)})"


def inline(interpreter: Interpreter, target: Function, call: Call) -> Any:  # noqa: C901 - a call in order, flat
    """What a call returns: the function's lines are interpreted here with these arguments, their nodes a group."""
    node = call.node
    if interpreter.depth > interpreter.far:
        return _further(interpreter, target, call)
    interpreter.visit(node)
    interpreter.depth += 1
    if interpreter.depth > interpreter.limits.nesting:
        raise interpreter.too_deep(node)
    if target.plain and len(call.args) == len(target.parameters) and not call.named:
        given = dict(zip(target.parameters, [value for value, _ in call.args], strict=True))
    else:
        given = _bind(interpreter, target, call)
    if target.foreign and interpreter.foreign is None:
        _note_short_axis(interpreter, target, call, given)
    scope = Scope(given, target.scope, target.own, target if target.owner is not None else None)
    if not target.foreign:
        scope.function, scope.caller = target, interpreter.scope
        if int in map(type, given.values()):
            defaults = target.defaults
            scope.passed = frozenset([n for n, v in given.items() if type(v) is int and v is not defaults.get(n)])
    watch = interpreter.watch
    if watch is not None:
        watch.entered(target, call, scope)
    if target.yields:
        interpreter.depth -= 1
        return Lazy("generator", _resumed(interpreter, target, scope, call, given))
    graph = interpreter.graph
    around = graph.group
    if interpreter.numbers is None:
        _open(interpreter, target, given)
    before, foreign, loops = interpreter.scope, interpreter.foreign, interpreter.loops
    interpreter.loops = 0
    if target.foreign and foreign is None:
        interpreter.foreign = interpreter.span(node)
    elif not target.foreign:
        # A function of the reader's that one of a library calls, such as the loss of `jax.vmap(loss)`.
        interpreter.foreign = None
    interpreter.scope = scope
    start = len(graph.nodes)
    if interpreter.calls >= interpreter.limits.calls:
        raise interpreter.too_deep(node, interpreter.limits.calls)
    interpreter.calls += 1
    try:
        result = _returned(interpreter, target, call)
        if watch is not None:
            watch.left(result)
    finally:
        interpreter.scope, graph.group, interpreter.foreign, interpreter.loops = before, around, foreign, loops
        interpreter.calls -= 1
    interpreter.depth -= 1
    if call.id is not None and call.name is not None and type(result) is Ref and result.view is None:
        _take_name(interpreter, result, start, call.id, call.name)
    return result


def _take_name(interpreter: Interpreter, result: Ref, start: int, id: str, name: str) -> None:
    """What a call returns gets the name of the call's result. start: how many nodes there were before the call."""
    graph = interpreter.graph
    written = graph.nodes[result.index]
    if result.index >= start and written.inputs and written.id != id:
        interpreter.training.former.setdefault(result.index, written.name or "")
        graph.rename(result, id, name)


def _returned(interpreter: Interpreter, target: Function, call: Call) -> Any:
    """What the lines of a function return, its scope being in place."""
    ends = target.ends
    ended = interpreter.run(target.lines)
    if ended is None and ends is not None:
        # The node that the last line writes gets the name that the call's result gets.
        interpreter.steps += 1
        return interpreter.evaluate(ends, call.id, call.name)
    return ended.value if type(ended) is Returned else None


def _further(interpreter: Interpreter, target: Function, call: Call) -> Any:
    """The same where functions have called one another so deep that Python's own stack would end: in a thread of its
    own."""
    depth, interpreter.depth = interpreter.depth, 0
    interpreter.visit(call.node, _THREAD)
    result = on_another_stack(inline, interpreter, target, call)
    interpreter.depth = depth
    return result


_THREAD = 50
"""Steps that a thread takes to begin."""


def _open(interpreter: Interpreter, target: Function, given: dict[str, Any]) -> None:
    """Opens the group of a call."""
    if not _is_plain(interpreter, target, given):
        arguments = {parameter: given[parameter] for parameter in (*target.parameters, *target.keyword_only)}
        interpreter.graph.open_group(_called(target, given), _summary(target), arguments)


def _is_plain(interpreter: Interpreter, target: Function, given: dict[str, Any]) -> bool:
    """Whether a call is no group of its own: an operator of a library's class is the operation alone, `a + b` of
    micrograd."""
    if target.foreign and target.name in _OPERATORS:
        return True
    return _is_all_of(interpreter.graph, target, given)


def _resumed(
    interpreter: Interpreter, target: Function, scope: Scope, call: Call, given: dict[str, Any]
) -> Iterator[Any]:
    """The items of a generator. Its scope, its loops and its depth are those of the text only while it runs; what one
    item takes is a group of its own, inside whatever asks for it."""
    graph = interpreter.graph
    rounds = interpreter.grammar.generate(interpreter, list(target.body))
    loops = deep = 0
    while True:
        interpreter.enter(call.node)
        around = graph.open_group(_called(target, given), _summary(target), {})
        before = interpreter.scope, interpreter.foreign, interpreter.loops, interpreter.depth
        interpreter.scope, interpreter.loops = scope, loops
        interpreter.foreign = interpreter.span(call.node) if target.foreign else None
        interpreter.depth += deep
        try:
            item = next(rounds, _ENDED)
        finally:
            loops, deep = interpreter.loops, interpreter.depth - before[3]
            interpreter.scope, interpreter.foreign, interpreter.loops, interpreter.depth = before
            interpreter.depth -= 1
            graph.group = around
        if item is _ENDED:
            return
        yield item


_ENDED = object()


def _note_short_axis(interpreter: Interpreter, target: Function, call: Call, given: dict[str, Any]) -> None:
    """Notes a trap: `softmax(x)` of a column goes along an axis of length 1."""
    if target.defaults.get("axis") != -1 or given.get("axis") is not target.defaults["axis"] or not call.args:
        return
    shape = interpreter.shape(call.args[0].value)
    if len(shape) > 1 and shape[-1] == 1 and shape[0] > 1:
        line = interpreter.span(call.node).line
        interpreter.note(said("notes.short_axis", line=line, name=target.name))


def _called(target: Function, given: dict[str, Any]) -> str:
    """What a call's group is named: the function; for a method with its object, `net.loss`; for a layer that is called,
    or goes forward, `layers[0]`; for what makes an object its class, as it is called."""
    held = _owner(target, given)
    if held is not None and target.name == "__init__":
        return held.cls.name
    if held is None or (target.name.startswith("__") and target.name != "__call__"):
        return target.name
    at = held.name or held.address
    return at if target.name in _WHOLE else f"{at}.{target.name}"


_WHOLE = ("__call__", "forward")
"""The methods that are all that a layer does."""


def _is_all_of(graph: GraphBuilder, target: Function, given: dict[str, Any]) -> bool:
    """Whether a call is all that the one around it does: `forward` of the layer that is called."""
    if target.name != "forward" or graph.group == NO_GROUP:
        return False
    around = graph.groups[graph.group]
    return around.kind == "call" and around.name == _called(target, given)


def _owner(target: Function, given: dict[str, Any]) -> Instance | None:
    """The object whose method is called, if it is one."""
    held = given.get(target.parameters[0]) if target.owner is not None and target.parameters else None
    return held if isinstance(held, Instance) else None


def _summary(target: Function) -> str | None:
    """The first line of a prelude function's docstring."""
    text = docstring(target) if target.foreign else None
    return None if text is None else text.partition("\n")[0]


def docstring(target: Function) -> str | None:
    """What stands first in a function, if it is a text."""
    first = target.body[0] if target.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first.value.value
    return None


def within(context: Context, function: Any) -> Native:
    """The function, with what the context does before and after each of its calls."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        context.enter()
        try:
            return interpreter.grammar.invoke(interpreter, function, call)
        finally:
            context.leave()

    return Native(getattr(function, "name", "function"), run)
