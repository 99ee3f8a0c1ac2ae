"""How each kind of statement is interpreted. STATEMENTS, at the end, lists all that are accepted.

A statement returns None, or how it ended what is around it: BREAK, CONTINUE or a `Returned`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from app.engine.interpreter import shown_values
from app.engine.interpreter.grammar import BREAK, CONTINUE, Returned
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import definitions, objects
from app.engine.interpreter.semantics.indexing import key_of, whole
from app.engine.interpreter.semantics.sequences import iterate, one_by_one
from app.engine.interpreter.semantics.tensors import is_tensor
from app.engine.interpreter.syntax import assignment, attempts, augmented, binding, decorators, matching
from app.engine.interpreter.syntax.imports import import_
from app.engine.interpreter.training.gradients import own_gradients
from app.engine.interpreter.training.rounds.leaving import Leaving
from app.engine.interpreter.training.rounds.replay import Rounds
from app.engine.interpreter.training.steps import training_steps
from app.engine.interpreter.training.steps.number_steps import end_round, skip_round
from app.engine.interpreter.values import Context, Instance, Module, Once, Ref, Scope, describe
from app.engine.wording import said

_COMPARED = 200
"""Longest list whose items are compared in each round."""


def assign(interpreter: Interpreter, node: ast.Assign) -> None:
    value = assignment.assign(interpreter, node.targets[0], node.value)
    others = node.targets[1:]
    if not others:
        return
    # Of `w = b = 0.5` each name is a parameter of its own; a number that is written down can be read twice.
    apart = type(value) is Ref and type(node.value) is ast.Constant and not interpreter.loops
    for target in others:
        if apart and type(target) is ast.Name:
            assignment.assign(interpreter, target, node.value)
        else:
            binding.bind(interpreter, target, value, node.value)


def annotated(interpreter: Interpreter, node: ast.AnnAssign) -> None:
    if node.value is not None:
        assignment.assign(interpreter, node.target, node.value)


def define(interpreter: Interpreter, node: ast.FunctionDef) -> None:
    made: Any = definitions.function(interpreter, node.name, node.args, node.body, node)
    _bind_name(interpreter, node.name, decorators.decorated(interpreter, node, made))


def define_class(interpreter: Interpreter, node: ast.ClassDef) -> None:
    made = objects.define_class(interpreter, node)
    _bind_name(interpreter, node.name, decorators.decorated(interpreter, node, made))


def _bind_name(interpreter: Interpreter, name: str, value: Any) -> None:
    scope = interpreter.scope
    scope.outer.get(name, scope).names[name] = value


def conditional(interpreter: Interpreter, node: ast.If) -> Any:
    test = interpreter.evaluate(node.test)
    if type(test) is not bool:
        test = interpreter.truth(test, node.test)
    body = node.body if test else node.orelse
    return interpreter.run(body) if body else None


def for_loop(interpreter: Interpreter, node: ast.For) -> Any:
    interpreter.enter(node)
    rounds = rounds_of(interpreter, node)
    leaving = Leaving(interpreter, node, rounds)
    interpreter.loops += 1
    ended: Any = None
    for item in rounds:
        if leaving.now():
            ended = BREAK
            break
        if interpreter.training.loops.wanted is not None:
            skip_round(interpreter, node.lineno)
        binding.bind(interpreter, node.target, item, node.iter)
        ended = interpreter.run(node.body)
        if interpreter.numbers is not None:
            end_round(interpreter)
        ended = leaving.turned(ended)
        if ended is not None and ended is not CONTINUE:
            break
        interpreter.visit(node)
    return after_rounds(interpreter, node, leaving.over(ended))


def rounds_of(interpreter: Interpreter, node: ast.For) -> Iterable[Any]:
    """What a loop goes through."""
    if interpreter.scope is interpreter.globals:
        interpreter.graph.begin("for")
    value = interpreter.evaluate(node.iter)
    if type(value) is tuple or (isinstance(value, list) and not isinstance(value, Once)):
        # A list may grow while it is gone through; Python's own does the same.
        iterate(interpreter, value, node.iter)
        return iter(value)
    if isinstance(value, range):
        return Rounds(interpreter, node, iterate(interpreter, value, node.iter))
    source = value.source if isinstance(value, Once) else value if isinstance(value, dict | set) else None
    items = one_by_one(interpreter, value, node.iter)
    if source is not None:
        return _unchanged(interpreter, node, items, source)
    return _unmoved(interpreter, node, items, value) if isinstance(value, Once) and value.behind else items


def _unchanged(interpreter: Interpreter, node: ast.For, items: Iterator[Any], source: Any) -> Iterator[Any]:
    """The items of a dictionary or a set, which must keep its size meanwhile."""
    size = len(source)
    for item in items:
        yield item
        if len(source) != size:
            raise interpreter.fail(said("syntax.loop_changes_its_items"), node.iter)


def _unmoved(interpreter: Interpreter, node: ast.For, items: Iterator[Any], value: Once) -> Iterator[Any]:
    """The items of an iterator over lists. What is still to come must stay as it was: Python's own iterator takes it
    from the list when its turn comes."""
    before = [list(each) for each in value.behind]
    backwards = value.kind == "reversed"
    for place, item in enumerate(items):
        yield item
        for now, then in zip(value.behind, before, strict=True):
            coming = range(len(then) - place - 1) if backwards else range(place + 1, len(then))
            same = len(now) >= len(coming) if backwards else len(now) == len(then)
            if not same or (len(then) <= _COMPARED and any(now[i] is not then[i] for i in coming)):
                raise interpreter.fail(said("syntax.loop_changes_its_items"), node.iter)


def while_loop(interpreter: Interpreter, node: ast.While) -> Any:
    interpreter.enter(node)
    interpreter.loops += 1
    ended: Any = None
    rounds = Rounds(interpreter, node, None)
    leaving = Leaving(interpreter, node, rounds)
    while interpreter.truth(interpreter.evaluate(node.test), node.test):
        ended = interpreter.run(node.body)
        if interpreter.numbers is not None:
            end_round(interpreter)
        ended = leaving.turned(ended)
        if ended is not None and ended is not CONTINUE:
            break
        interpreter.visit(node)
        rounds.turned()
        if leaving.now():
            ended = BREAK
            break
    return after_rounds(interpreter, node, leaving.over(ended))


def leave(interpreter: Interpreter, node: ast.For | ast.While) -> None:
    """The rounds of a loop are over."""
    interpreter.loops -= 1
    interpreter.depth -= 1
    watch = interpreter.watch
    if watch is not None and watch.stack[0].node is node:
        watch.stop()


def after_rounds(interpreter: Interpreter, node: ast.For | ast.While, ended: Any) -> Any:
    """What follows the rounds of a loop: its `else`, unless they were ended early."""
    leave(interpreter, node)
    if ended is None or ended is CONTINUE:
        return interpreter.run(node.orelse)
    return None if ended is BREAK else ended


def return_(interpreter: Interpreter, node: ast.Return) -> Returned:
    if interpreter.scope is interpreter.globals:
        raise interpreter.fail(said("syntax.return_outside_function"), node)
    return Returned(None if node.value is None else interpreter.evaluate(node.value))


def expression_statement(interpreter: Interpreter, node: ast.Expr) -> None:
    if type(node.value) is ast.Constant:
        return
    if interpreter.scope is not interpreter.globals:
        _evaluated(interpreter, node.value)
        return
    interpreter.graph.begin(_begun(interpreter, node.value))
    since = len(interpreter.graph.nodes)
    shown_values.ends(interpreter, _evaluated(interpreter, node.value), node.value, since)


def _evaluated(interpreter: Interpreter, node: ast.expr) -> Any:
    """An expression that is a statement: `np.add.at(W, ids, ...)` may be a training step, or a part of a gradient."""
    is_added = type(node) is ast.Call and type(node.func) is ast.Attribute and node.func.attr == "at"
    if not is_added:
        return interpreter.evaluate(node)
    array = _named_array(interpreter, node.args[0]) if node.args else None  # type: ignore[attr-defined]
    if type(array) is not Ref or array.view is not None:
        return interpreter.evaluate(node)
    old = array.index
    value = interpreter.evaluate(node)
    training_steps.begin_added(interpreter, array, old, node)
    own_gradients.array_stored(interpreter, node.args[0], array)  # type: ignore[attr-defined]
    return value


def _named_array(interpreter: Interpreter, target: ast.expr) -> Any:
    """What a name, an attribute or an item by a written key holds, looked up without running anything of the text."""
    match target:
        case ast.Name():
            scope = interpreter.scope.holder(target.id)
            return None if scope is None else scope.names[target.id]
        case ast.Attribute():
            owner = _named_array(interpreter, target.value)
            return owner.names.get(target.attr) if isinstance(owner, Instance) else None
        case ast.Subscript(slice=ast.Constant(value=str() as key)):
            owner = _named_array(interpreter, target.value)
            return owner.get(key) if isinstance(owner, dict) else None
    return None


def _begun(interpreter: Interpreter, node: ast.expr) -> str:
    """What a line without a name is called: by the function that it calls. A method of a tensor is called by both
    names, so that `loss.backward()` is no further loss."""
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute):
        name = binding.spelled(function)
        if is_tensor(interpreter, interpreter.scope.names.get(name)):
            return f"{name}.{function.attr}"
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else "line"


def _entered(interpreter: Interpreter, held: Instance, where: ast.expr) -> tuple[Context, Any]:
    """`with held as x`: what is done after its lines, and x."""
    found = objects.call_method(interpreter, where, held, "__enter__", [])

    def leave() -> None:
        objects.call_method(interpreter, where, held, "__exit__", [None, None, None])

    return Context(lambda: None, leave), found


def with_(interpreter: Interpreter, node: ast.With) -> Any:
    """`with np.printoptions(...)`, an object with `__enter__` and `__exit__`, and `with np.errstate(...)`, whose lines
    warn of nothing anyway."""
    around: list[Context] = []
    for item in node.items:
        held = interpreter.evaluate(item.context_expr)
        if isinstance(held, Instance):
            held, entered = _entered(interpreter, held, item.context_expr)
            around.append(held)
            if item.optional_vars is not None:
                binding.bind(interpreter, item.optional_vars, entered, item.context_expr)
            continue
        if isinstance(held, Context):
            held.enter()
            around.append(held)
            continue
        if not isinstance(held, Module) or not held.silent:
            raise interpreter.fail(said("syntax.no_context_manager", held=describe(held)), item.context_expr)
        if item.optional_vars is not None:
            binding.bind(interpreter, item.optional_vars, held, item.context_expr)
    try:
        return interpreter.run(node.body)
    finally:
        for each in reversed(around):
            each.leave()


def delete(interpreter: Interpreter, node: ast.Delete) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name):
            if target.id not in interpreter.scope.names:
                raise interpreter.fail(said("syntax.deleted_name_missing", id=target.id), target)
            del interpreter.scope.names[target.id]
            continue
        owner = interpreter.evaluate(target.value)  # type: ignore[attr-defined]
        if isinstance(target, ast.Attribute) and isinstance(owner, Instance) and target.attr in owner.names:
            del owner.names[target.attr]
        elif isinstance(target, ast.Subscript) and isinstance(owner, dict | list):
            index = interpreter.evaluate(target.slice)
            if isinstance(owner, list):
                at = index if isinstance(index, slice) else whole(interpreter, index, target, "an index")
            else:
                at = key_of(interpreter, index, target)
            interpreter.visit(target, len(owner) // 64)
            try:
                del owner[at]
            except (KeyError, IndexError):
                raise interpreter.fail(said("syntax.deleted_item_missing"), target) from None
        else:
            raise interpreter.fail(said("syntax.not_deletable"), target)


def outer(interpreter: Interpreter, node: ast.Global | ast.Nonlocal) -> None:
    """`global x`, `nonlocal x`: assignments go to the scope that holds the name."""
    for name in node.names:
        scope: Scope | None = interpreter.globals
        if isinstance(node, ast.Nonlocal):
            scope = interpreter.scope.parent
            while scope is not None and name not in scope.names:
                scope = scope.parent
        if scope is None:
            raise interpreter.fail(said("syntax.nonlocal_without_name", name=name), node)
        interpreter.scope.outer[name] = scope


def break_(interpreter: Interpreter, node: ast.Break) -> str:
    return BREAK


def continue_(interpreter: Interpreter, node: ast.Continue) -> str:
    return CONTINUE


def nothing(interpreter: Interpreter, node: ast.stmt) -> None:
    return


STATEMENTS: dict[type[ast.stmt], Callable[..., Any]] = {
    ast.Assign: assign,
    ast.AugAssign: augmented.augmented,
    ast.AnnAssign: annotated,
    ast.FunctionDef: define,
    ast.ClassDef: define_class,
    ast.If: conditional,
    ast.For: for_loop,
    ast.While: while_loop,
    ast.Return: return_,
    ast.Break: break_,
    ast.Continue: continue_,
    ast.Expr: expression_statement,
    ast.Import: import_,
    ast.ImportFrom: import_,
    ast.Assert: attempts.assertion,
    ast.Raise: attempts.raise_,
    ast.Try: attempts.attempt,
    ast.With: with_,
    ast.Match: matching.match,
    ast.Delete: delete,
    ast.Global: outer,
    ast.Nonlocal: outer,
    ast.Pass: nothing,
}
