"""Pieces of the text that could be written again with other objects: an operation, the beginning of the pass."""

from __future__ import annotations

from typing import Any

from app.engine.interpreter.semantics.operator_table import BINARY
from app.engine.interpreter.values import Class, Function, Instance, Ref, Scope
from app.engine.own_pass import Recipe
from app.engine.program import Node

_SIGNS = {f"__{each.method}__": each.sign for each in BINARY.values()}
_MIRRORED = {f"__r{each.method}__": each.sign for each in BINARY.values()}
Written = list[str | int]
"""Texts, and between them objects by index."""
_UNARY = {"__neg__": "-", "__pos__": "+", "__invert__": "~"}
OPERATORS = frozenset({*_SIGNS, *_MIRRORED, *_UNARY})
"""The methods that operators call."""
_CALLS = 4
"""Calls around the making of an object that are looked at."""
_MOST = 24
"""Parts of a piece."""


class Recipes:
    """How operations are written. indices: of the objects of the pass. nodes: of the program."""

    def __init__(self, indices: dict[Instance, int], nodes: list[Node], globals_: dict[str, Any]) -> None:
        self.indices, self.nodes, self.globals = indices, nodes, globals_

    def of(self, scope: Scope | None) -> tuple[Recipe | None, str]:
        """The call in which something is made, and the name of its function: the innermost that can be written with
        objects of the pass, or an operator that calls it."""
        best: tuple[Recipe | None, str] | None = None
        for _ in range(_CALLS):
            while scope is not None and scope.function is None:
                scope = scope.parent
            if scope is None or scope.function is None:
                break
            recipe, called = self._of(scope, scope.function)
            useful = recipe is not None and any(type(part) is int for part in recipe.parts)
            if best is None or best[0] is None:
                best = (recipe if useful else None), called
            elif useful and scope.function.name in OPERATORS:
                best = recipe, best[1]
            else:
                break
            if best[0] is not None and scope.function.name in OPERATORS:
                break
            scope = scope.caller
        return best or (None, "")

    def leaf(self, scope: Scope, cls: str, number: object) -> str:
        """How a leaf is made, with a mark where its number is."""
        while scope.function is None and scope.parent is not None:
            scope = scope.parent
        if scope.function is not None and type(number) is float:
            recipe, _ = self._of(scope, scope.function)
            text = "" if recipe is None else "".join([str(part) for part in recipe.parts])
            if text.count(repr(number)) == 1:
                return text.replace(repr(number), "{}")
        return f"{cls}({{}})"

    def _of(self, scope: Scope, function: Function) -> tuple[Recipe | None, str]:
        names = scope.names
        called = function.name if function.owner is None else f"{function.owner.name}.{function.name}"
        written = [self._written(names.get(name)) for name in function.parameters]
        if function.many is not None:
            many = names.get(function.many)
            written += [self._written(each) for each in many] if isinstance(many, tuple | list) else [None]
        while len(written) > 1 and self._is_default(function, names, len(written) - 1):
            written.pop()
        return self._call(function, names, written), called

    def _is_default(self, function: Function, names: dict[str, Any], at: int) -> bool:
        name = function.parameters[at] if at < len(function.parameters) else ""
        return name in function.defaults and names.get(name) is function.defaults[name]

    def _call(self, function: Function, names: dict[str, Any], written: list[Written | None]) -> Recipe | None:
        known = [each for each in written[1:] if each is not None]
        if len(known) != len(written[1:]):
            return None
        own = written[0] if written else None
        name = function.name
        if function.owner is None:
            if self.globals.get(name) is not function or (written and own is None):
                return None
            return _joined([f"{name}("], *_listed([*([own] if own else []), *known]), [")"])
        first = names.get(function.parameters[0]) if function.parameters else None
        if isinstance(first, Class):
            return _joined([f"{first.name}.{name}("], *_listed(known), [")"])
        if own is None:
            return self._of_operator(first, name, known) if isinstance(first, Instance) else None
        if not isinstance(first, Instance):
            return _joined([f"{function.owner.name}.{name}("], *_listed([own, *known]), [")"])
        if name in _SIGNS and len(known) == 1:
            return _joined(own, [f" {_SIGNS[name]} "], known[0])
        if name in _MIRRORED and len(known) == 1:
            return _joined(known[0], [f" {_MIRRORED[name]} "], own)
        if name in _UNARY and not known:
            return _joined([_UNARY[name]], own)
        return _joined(own, ["(" if name == "__call__" else f".{name}("], *_listed(known), [")"])

    def _of_operator(self, first: Instance, name: str, known: list[Written]) -> Recipe | None:
        """An operation that is an object of its own, `Mul()(a, b)`, or something that the top level has a name for,
        such as a tape."""
        at_top = next((key for key, value in self.globals.items() if value is first), None)
        made = at_top or f"{first.cls.name}()"
        return _joined([made if name == "__call__" else f"{made}.{name}"], ["("], *_listed(known), [")"])

    def _written(self, value: Any) -> Written | None:
        if isinstance(value, Instance):
            at = self.indices.get(value)
            if at is not None:
                return [at]
            # A number that an operator has wrapped: `other = Value(other)`.
            held = [each for each in value.names.values() if type(each) in (int, float)]
            made = [each for each in held if each != 0] or held
            return [repr(made[0])] if made else None
        if type(value) in (int, float, bool, str) or value is None:
            return [repr(value)]
        if isinstance(value, tuple | list) and len(value) <= _MOST:
            items = [self._written(each) for each in value]
            known = [each for each in items if each is not None]
            return ["[", *[part for each in _listed(known) for part in each], "]"] if len(known) == len(items) else None
        if type(value) is Ref and not self.nodes[value.index].inputs:
            number = self.nodes[value.index].value
            return [repr(number)] if type(number) is float else None
        return None


def _listed(written: list[Written]) -> list[Written]:
    found: list[Written] = []
    for each in written:
        found += [[", "], each] if found else [each]
    return found


def _joined(*parts: Written) -> Recipe | None:
    flat = tuple([part for each in parts for part in each])
    return Recipe(flat) if len(flat) <= _MOST else None
