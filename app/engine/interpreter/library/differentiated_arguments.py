"""The arguments by which `grad(f)` differentiates: numbers, arrays, and lists and dictionaries of them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Argument, Call
from app.engine.interpreter.semantics.sequences import as_literal
from app.engine.interpreter.values import Function, Instance, Literal, Method, Native, Ref, Scope, describe
from app.engine.ops import REGISTRY
from app.engine.wording import said

_MOST_NESTED = 20
"""Containers of arguments within one another."""


@dataclass(frozen=True, slots=True)
class Words:
    """How a library speaks. name: of itself. not_scalar, not_float: what its errors say, for a shape, and for the kind
    of a number. arrays: whether its gradients are arrays even without axes."""

    name: str
    not_scalar: Callable[[tuple[int, ...]], str]
    not_float: Callable[[str], str]
    arrays: bool


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked for. function: f; spelling: of what makes the gradient, such as `jax.grad`; of: the places of the
    arguments; single: whether one place is asked for, and no tuple of places. value: whether f's own value is given
    back, too; aux: whether f gives a pair of which only the first is differentiated. total: whether f may give an
    array, of which the sum is differentiated."""

    words: Words
    function: Any
    spelling: str
    of: tuple[int, ...]
    single: bool
    value: bool = False
    aux: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """A number or an array by which is differentiated. passed: as the function gets it; number: whether it is a number,
    and no array."""

    ref: Ref
    passed: Ref | Literal
    number: bool


@dataclass(frozen=True, slots=True)
class Given:
    """The arguments by which is differentiated. leaves: their numbers and arrays, one after another; trees: the
    arguments, each with the places of its own among these."""

    leaves: list[Leaf]
    trees: list[Any]

    def back(self, values: Sequence[Any]) -> list[Any]:
        """These values in the form of the arguments."""
        rest = iter(values)
        return [_rebuilt(tree, rest) for tree in self.trees]


_LEAF = object()
"""The place of a number or an array in an argument."""


@dataclass(frozen=True, slots=True)
class _Named:
    """The form of a named tuple. like: one of its class; fields: the forms of its values, by name."""

    like: Instance
    fields: dict[str, Any]


def _rebuilt(tree: Any, rest: Iterator[Any]) -> Any:
    if tree is _LEAF:
        return next(rest)
    if isinstance(tree, dict):
        return {key: _rebuilt(item, rest) for key, item in tree.items()}
    if isinstance(tree, list | tuple):
        return type(tree)([_rebuilt(item, rest) for item in tree])
    if isinstance(tree, _Named):
        return Instance(tree.like.cls, _rebuilt(tree.fields, rest), tree.like.address)
    return tree


def arguments(interpreter: Interpreter, task: Task, call: Call) -> tuple[Call, Given]:
    """The call of the function itself, and the arguments by which is differentiated."""
    for at in task.of:
        if not -len(call.args) <= at < len(call.args):
            raise interpreter.fail(
                said("library.differentiated_by_name", spelling=task.spelling, at=at, given=len(call.args)), call.node
            )
    places = [at % len(call.args) for at in task.of]
    leaves: list[Leaf] = []
    args = list(call.args)
    trees = [_form(interpreter, task, *args[at], leaves) for at in places]
    apart = _seen_elsewhere(interpreter, task, call, places)
    own: list[Leaf] = []
    for leaf in leaves:
        own.append(_apart(interpreter, leaf, call) if leaf.ref.index in apart else leaf)
        apart.add(leaf.ref.index)
        interpreter.training.asked.add(own[-1].ref.index)
    rest = iter([leaf.passed for leaf in own])
    for at, tree in zip(places, trees, strict=True):
        args[at] = Argument(_rebuilt(tree, rest), args[at].where)
    return Call(call.node, name_of(task.function), args, dict(call.named)), Given(own, trees)


def _apart(interpreter: Interpreter, leaf: Leaf, call: Call) -> Leaf:
    """The same number as a value of its own: the function sees it by another way, too."""
    one = interpreter.graph.number(1.0, interpreter.span(call.node))
    copy = interpreter.operation(REGISTRY["multiply"], (leaf.ref, one), {}, call.node)
    copy.boxed = leaf.ref.boxed
    return Leaf(copy, copy, leaf.number)


def _form(interpreter: Interpreter, task: Task, value: Any, where: ast.expr, leaves: list[Leaf], depth: int = 0) -> Any:
    """The form of an argument; its numbers and arrays are added to `leaves`."""
    if isinstance(value, Instance) and (fields := value.cls.names.get("_fields")):
        return _Named(
            value, _form(interpreter, task, {each: value.names[each] for each in fields}, where, leaves, depth)
        )
    if isinstance(value, list | tuple | dict):
        if depth > _MOST_NESTED:
            raise interpreter.too_deep(where)
        interpreter.visit(where, len(value))
        if isinstance(value, dict):
            return {key: _form(interpreter, task, item, where, leaves, depth + 1) for key, item in value.items()}
        return type(value)([_form(interpreter, task, item, where, leaves, depth + 1) for item in value])
    if value is None:
        return None
    number = type(value) is float or (type(value) is Ref and not interpreter.is_array(value))
    if type(value) is float:
        value = as_literal(interpreter, np.asarray(value), where, "float", made=False)
    kind = "int" if isinstance(value, int) else None
    if kind is None and type(value) not in (Ref, Literal):
        raise interpreter.fault(
            "TypeError", said("library.differentiated_no_number", spelling=task.spelling, value=describe(value)), where
        )
    if kind is None:
        leaf = interpreter.node(value, where)
        kind = interpreter.graph.nodes[leaf.index].kind
    if kind != "float":
        raise interpreter.fault(
            "TypeError",
            said("library.differentiated_whole_number", spelling=task.spelling),
            where,
            text=task.words.not_float(kind),
        )
    leaves.append(Leaf(leaf, value, number))
    return _LEAF


def _seen_elsewhere(interpreter: Interpreter, task: Task, call: Call, places: Sequence[int]) -> set[int]:
    """The nodes that the function sees by another way than the arguments by which is differentiated."""
    found: set[int] = set()
    waiting: list[Any] = [task.function]
    waiting += [value for at, (value, _) in enumerate(call.args) if at not in places]
    waiting += [value for value, _ in call.named.values()]
    seen: set[int] = set()
    while waiting:
        value = waiting.pop()
        if type(value) is Ref:
            found.add(value.index)
            continue
        if type(value) is Literal:
            if value.ref is not None:
                found.add(value.ref.index)
            continue
        if id(value) in seen:
            continue
        seen.add(id(value))
        interpreter.visit(call.node)
        match value:
            case list() | tuple():
                waiting += value
            case dict():
                waiting += value.values()
            case Instance():
                waiting += [*value.names.values(), *value.cls.names.values()]
            case Method():
                waiting += [value.function, value.owner]
            case Function() if not value.foreign:
                waiting += [held for name in _names_in(value) if (held := _looked_up(value, name)) is not None]
    return found


def _names_in(function: Function) -> set[str]:
    """The names that the lines of a function ask for."""
    return {
        node.id
        for statement in function.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _looked_up(function: Function, name: str) -> Any:
    scope: Scope | None = function.scope
    if name in function.own:
        return None
    while scope is not None:
        if name in scope.names:
            return scope.names[name]
        scope = scope.parent
    return None


def name_of(function: Any) -> str:
    match function:
        case Function():
            return function.name
        case Method():
            return name_of(function.function)
        case Native():
            return function.spelling
        case _:
            return describe(function)
