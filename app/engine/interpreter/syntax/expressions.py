"""How each kind of expression is evaluated. EXPRESSIONS, at the end, lists all that are accepted; refusals.py words the
errors for the others."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

from app.engine.interpreter.hints import instead
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library import attributes
from app.engine.interpreter.library.modules import MODULES, builtin_names, of_module
from app.engine.interpreter.semantics import definitions, formats, functions, indexing, objects
from app.engine.interpreter.semantics.sequences import iterate, one_by_one
from app.engine.interpreter.syntax import assignment, binding, calls, operators
from app.engine.interpreter.values import (
    Class,
    Dtype,
    Function,
    HostType,
    Instance,
    Lazy,
    Module,
    Native,
    Once,
    Ref,
    Scope,
    Super,
)
from app.engine.wording import said

_SURROGATE = re.compile("[\ud800-\udfff]")


def constant(interpreter: Interpreter, node: ast.Constant, id: str | None, name: str | None) -> Any:
    value = node.value
    if type(value) is float and math.isfinite(value):
        return value
    if isinstance(value, str) and not value.isprintable() and _SURROGATE.search(value):
        raise interpreter.fail(said("syntax.string_with_surrogate"), node)
    if value is None or isinstance(value, bool | str) or value is Ellipsis:
        return value
    if isinstance(value, int):
        if abs(value) > 2**1023:
            raise interpreter.fail(said("syntax.number_too_large"), node)
        return value
    if isinstance(value, float):
        raise interpreter.fail(said("syntax.literal_too_large"), node)
    if isinstance(value, complex):
        raise interpreter.fail(said("syntax.complex_number"), node)
    raise interpreter.fail(said("syntax.literal_not_in_language"), node)


def name(interpreter: Interpreter, node: ast.Name, id: str | None, as_name: str | None) -> Any:
    word = node.id
    scope: Scope | None = interpreter.scope
    while scope is not None:
        names = scope.names
        if word in names:
            value = names[word]
            kind = type(value)
            if interpreter.numbers is not None:
                return interpreter.numbers.of(value)
            given = kind is float or (kind is int and word in scope.passed)
            if given and scope is not interpreter.globals and interpreter.foreign is None:
                # What a call is given is part of the graph: f(3.0).
                return interpreter.local_constant(scope, word, value, node)
            return value
        if word in scope.own:
            raise interpreter.fail(said("syntax.local_used_before_value", word=word), node)
        scope = scope.parent
    return interpreter.graph.free.get(word) or _known_name(interpreter, word, node)


def _known_name(interpreter: Interpreter, word: str, node: ast.expr) -> Any:
    found = builtin_names().get(word)
    if found is not None:
        return found
    if word in interpreter.prelude:
        return interpreter.prelude[word]
    if word in MODULES:
        return MODULES[word]
    if word == "__name__":
        return "__main__"
    if word in instead("python"):
        raise interpreter.fail(said("syntax.not_in_language", word=word), node, instead("python")[word])
    return interpreter.graph.free_input(word, interpreter.span(node))


def attribute(interpreter: Interpreter, node: ast.Attribute, id: str | None, name: str | None) -> Any:
    side = node.value
    quick = type(side) is ast.Name and interpreter.expressions is interpreter.grammar.expressions
    owner = interpreter.scope.names.get(side.id) if quick else None  # type: ignore[attr-defined]
    if type(owner) is Instance:
        # Most are those of an object that a name holds.
        interpreter.steps += 1
    else:
        interpreter.enter(node)
        owner = interpreter.evaluate(side)
        interpreter.depth -= 1
    if type(owner) is Instance:
        names = owner.names
        value = names[node.attr] if node.attr in names else objects.attribute_of(interpreter, owner, node)
        return value if interpreter.numbers is None or type(value) is not Ref else interpreter.numbers.of(value)
    if isinstance(owner, Module):
        return of_module(interpreter, owner, node)
    if isinstance(owner, Class | Super):
        return objects.attribute_of(interpreter, owner, node)
    if isinstance(owner, Function | Native | Dtype | HostType) and node.attr == "__name__":
        return owner.name if isinstance(owner, Function | Dtype | HostType) else owner.spelling.rpartition(".")[2]
    if isinstance(owner, Function) and node.attr == "__doc__":
        return functions.docstring(owner)
    return attributes.attribute(interpreter, owner, node)


def sequence(interpreter: Interpreter, node: ast.List | ast.Tuple, id: str | None, name: str | None) -> Any:
    quick = _literal(interpreter, node)
    if quick is not None:
        return quick
    interpreter.enter(node)
    values: list[Any] = []
    for place, item in enumerate(node.elts):
        if isinstance(item, ast.Starred):
            values += iterate(interpreter, interpreter.evaluate(item.value), item)
        elif id is not None and isinstance(item, ast.Call):
            # An object in a list is called by its place: layers[0].
            values.append(interpreter.evaluate(item, f"{id}[{place}]", f"{name}[{place}]"))
        else:
            values.append(interpreter.evaluate(item))
    interpreter.depth -= 1
    return tuple(values) if isinstance(node, ast.Tuple) else values


def _literal(interpreter: Interpreter, node: ast.List | ast.Tuple) -> Any:
    """A nested list of number literals, read at once; None for anything else."""
    first: ast.expr = node
    while type(first) in _SEQUENCES and first.elts:  # type: ignore[attr-defined]
        first = first.elts[0]  # type: ignore[attr-defined]
    if type(first) not in _NUMBERS or len(node.elts) < 2:
        return None
    kept = interpreter.tuples.get(node)
    if kept is not None:
        interpreter.visit(node, len(kept))
        return kept
    try:
        nested = ast.literal_eval(node)
    except (ValueError, TypeError, MemoryError, RecursionError, SyntaxError):
        return None
    numbers, todo = 0, [nested]
    while todo:
        for item in todo.pop():
            numbers += 1
            if type(item) in (list, tuple):
                todo.append(item)
            elif type(item) is float:
                if not math.isfinite(item):
                    return None
            elif type(item) is not int or abs(item) > 2**53:
                return None
    # In a loop they are read in every round, so they count as steps.
    interpreter.visit(node, numbers)
    if type(nested) is tuple and numbers == len(nested):
        interpreter.tuples[node] = nested
    return nested


_SEQUENCES = frozenset({ast.List, ast.Tuple})
_NUMBERS = frozenset({ast.Constant, ast.UnaryOp})


def dictionary(interpreter: Interpreter, node: ast.Dict, id: str | None, name: str | None) -> dict[Any, Any]:
    interpreter.enter(node)
    found: dict[Any, Any] = {}
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        if key_node is None:
            other = interpreter.evaluate(value_node)
            if not isinstance(other, dict):
                raise interpreter.fail(said("syntax.spread_needs_dictionary"), value_node)
            interpreter.visit(value_node, len(other))
            found.update(other)
            continue
        key = indexing.key_of(interpreter, interpreter.evaluate(key_node), key_node)
        own = f'{id}["{key}"]' if id is not None and isinstance(key, str) else None
        found[key] = interpreter.evaluate(value_node, own, own)
    interpreter.depth -= 1
    return found


def set_(interpreter: Interpreter, node: ast.Set, id: str | None, name: str | None) -> set[Any]:
    return {indexing.key_of(interpreter, interpreter.evaluate(item), item) for item in node.elts}


def lambda_(interpreter: Interpreter, node: ast.Lambda, id: str | None, name: str | None) -> Function:
    known = node in interpreter.heads
    body: list[ast.stmt] = [] if known else [ast.copy_location(ast.Return(value=node.body), node.body)]
    return definitions.function(interpreter, name or "lambda", node.args, body, node)


def _rounds(
    interpreter: Interpreter, generators: list[ast.comprehension], at: int = 0, first: Any = None
) -> Iterator[None]:
    """Goes through the rounds of a comprehension, its names bound. first: what the first `for` goes through, where it
    is evaluated already."""
    if at == len(generators):
        yield
        return
    generator = generators[at]
    if generator.is_async:
        raise interpreter.fail(said("syntax.async_not_in_language"), generator.iter)
    items = interpreter.evaluate(generator.iter) if first is None else first
    for value in one_by_one(interpreter, items, generator.iter):
        interpreter.visit(generator.iter)
        binding.bind(interpreter, generator.target, value, generator.iter)
        if generator.ifs and not all(interpreter.truth(interpreter.evaluate(test), test) for test in generator.ifs):
            continue
        if at == len(generators) - 1:
            yield
        else:
            yield from _rounds(interpreter, generators, at + 1)


def _lazily(interpreter: Interpreter, node: ast.GeneratorExp, first: Any) -> Iterator[Any]:
    """The items of a generator expression, its scope in place only while one is computed."""
    scope = Scope({}, interpreter.scope)
    rounds = _rounds(interpreter, node.generators, 0, first)
    while True:
        before, interpreter.scope = interpreter.scope, scope
        try:
            if next(rounds, _ENDED) is _ENDED:
                return
            item = interpreter.evaluate(node.elt)
        finally:
            interpreter.scope = before
        yield item


_ENDED = object()


def comprehension(
    interpreter: Interpreter,
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
    id: str | None,
    name: str | None,
) -> Any:
    """`[... for i in range(3)]`, unrolled. A generator expression is computed at once, but over a generator lazily."""
    before = interpreter.scope
    interpreter.enter(node)
    first: Any = None
    if isinstance(node, ast.GeneratorExp):
        first = interpreter.evaluate(node.generators[0].iter)
        if isinstance(first, Instance):
            first = interpreter.grammar.items_of_object(interpreter, first, node)
        if isinstance(first, Lazy):
            interpreter.depth -= 1
            return Lazy("generator", _lazily(interpreter, node, first))
    # One scope for all rounds: a function defined inside sees the last value, as in Python.
    interpreter.scope = Scope({}, before)
    items: list[Any] = []
    try:
        for _ in _rounds(interpreter, node.generators, 0, first):
            if isinstance(node, ast.DictComp):
                key = indexing.key_of(interpreter, interpreter.evaluate(node.key), node.key)
                items.append((key, interpreter.evaluate(node.value)))
            elif id is not None and isinstance(node.elt, ast.Call):
                own = f"[{len(items)}]"
                items.append(interpreter.evaluate(node.elt, f"{id}{own}", f"{name}{own}"))
            else:
                items.append(interpreter.evaluate(node.elt))
    finally:
        interpreter.scope = before
    interpreter.depth -= 1
    if isinstance(node, ast.DictComp):
        return dict(items)
    if isinstance(node, ast.SetComp):
        return {indexing.key_of(interpreter, item, node) for item in items}
    return Once("generator", items) if isinstance(node, ast.GeneratorExp) else items


def walrus(interpreter: Interpreter, node: ast.NamedExpr, id: str | None, name: str | None) -> Any:
    """`(n := len(x))`."""
    return assignment.assign(interpreter, node.target, node.value)


EXPRESSIONS: dict[type[ast.expr], Callable[..., Any]] = {
    ast.Constant: constant,
    ast.Name: name,
    ast.BinOp: operators.binary,
    ast.UnaryOp: operators.unary,
    ast.BoolOp: operators.logical,
    ast.IfExp: operators.conditional,
    ast.Compare: operators.compare,
    ast.Call: calls.call,
    ast.Attribute: attribute,
    ast.Subscript: indexing.subscript,
    ast.Slice: indexing.slice_,
    ast.List: sequence,
    ast.Tuple: sequence,
    ast.Dict: dictionary,
    ast.Set: set_,
    ast.Lambda: lambda_,
    ast.ListComp: comprehension,
    ast.SetComp: comprehension,
    ast.DictComp: comprehension,
    ast.GeneratorExp: comprehension,
    ast.JoinedStr: formats.joined_string,
    ast.NamedExpr: walrus,
}
