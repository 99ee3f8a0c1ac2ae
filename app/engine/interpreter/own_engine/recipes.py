"""Pieces of the text that could be written again with other objects: an operation, the beginning of the pass."""

from __future__ import annotations

from typing import Any

from app.engine.interpreter.semantics.operator_table import BINARY
from app.engine.interpreter.values import Class, Function, Instance, Ref, Scope
from app.engine.own_pass import Recipe
from app.engine.program import Node

_SIGNS = {f"__{each.method}__": each.sign for each in BINARY.values()}
_MIRRORED = {f"__r{each.method}__": each.sign for each in BINARY.values()}
_UNARY = {"__neg__": "-", "__pos__": "+", "__invert__": "~"}
_MOST = 24
"""Parts of a piece."""


class Recipes:
    """How operations are written. indices: of the objects of the pass. nodes: of the program."""

    def __init__(self, indices: dict[Instance, int], nodes: list[Node], globals_: dict[str, Any]) -> None:
        self.indices, self.nodes, self.globals = indices, nodes, globals_

    def of(self, scope: Scope | None) -> tuple[Recipe | None, str]:
        """The call of the function whose scope this is, and the function's name."""
        while scope is not None and scope.function is None:
            scope = scope.parent
        if scope is None or scope.function is None:
            return None, ""
        function, names = scope.function, scope.names
        called = function.name if function.owner is None else f"{function.owner.name}.{function.name}"
        written = [self._written(names.get(name)) for name in function.parameters]
        if function.many is not None:
            many = names.get(function.many)
            written += [self._written(each) for each in many] if isinstance(many, tuple | list) else [None]
        while written and written[-1] is None and self._has_default(function, len(written) - 1):
            written.pop()
        return self._call(function, names, written), called

    def _has_default(self, function: Function, at: int) -> bool:
        return at < len(function.parameters) and function.parameters[at] in function.defaults

    def _call(self, function: Function, names: dict[str, Any], written: list[list[str | int] | None]) -> Recipe | None:
        name = function.name
        if function.owner is None:
            if self.globals.get(name) is not function or None in written:
                return None
            return _joined([[f"{name}("], *_listed(written), [")"]])
        first = names.get(function.parameters[0]) if function.parameters else None
        if isinstance(first, Class):
            return _joined([[f"{first.name}.{name}("], *_listed(written[1:]), [")"]]) if None not in written[1:] else None
        if None in written[1:]:
            return None
        rest = written[1:]
        if not isinstance(first, Instance):
            return _joined([[f"{function.owner.name}.{name}("], *_listed(written), [")"]]) if None not in written else None
        if written[0] is None:
            # An operation that is an object of its own: `Mul()(a, b)`.
            made = [f"{first.cls.name}()" if name == "__call__" else f"{first.cls.name}().{name}"]
            at_top = next((key for key, value in self.globals.items() if value is first), None)
            if at_top is not None:
                made = [at_top if name == "__call__" else f"{at_top}.{name}"]
            return _joined([made, ["("], *_listed(rest), [")"]])
        own = written[0]
        if name in _SIGNS and len(rest) == 1:
            return _joined([own, [f" {_SIGNS[name]} "], rest[0]])
        if name in _MIRRORED and len(rest) == 1:
            return _joined([rest[0], [f" {_MIRRORED[name]} "], own])
        if name in _UNARY and not rest:
            return _joined([[_UNARY[name]], own])
        return _joined([own, ["(" if name == "__call__" else f".{name}("], *_listed(rest), [")"]])

    def _written(self, value: Any) -> list[str | int] | None:
        if isinstance(value, Instance):
            at = self.indices.get(value)
            if at is not None:
                return [at]
            # A number that an operator has wrapped: `other = Value(other)`.
            held = [each for each in value.names.values() if type(each) in (int, float)]
            made = [each for each in held if each != 0]
            return [repr((made or held)[0])] if held and not value.names.keys() & {"W"} else None
        if type(value) in (int, float, bool, str) or value is None:
            return [repr(value)]
        if isinstance(value, tuple | list) and len(value) <= _MOST:
            items = [self._written(each) for each in value]
            if None in items:
                return None
            return ["[", *[part for each in _listed(items) for part in each], "]"]
        if type(value) is Ref and not self.nodes[value.index].inputs:
            number = self.nodes[value.index].value
            return [repr(number)] if type(number) is float else None
        return None


def _listed(written: list[list[str | int] | None]) -> list[list[str | int]]:
    found: list[list[str | int]] = []
    for each in written:
        if each is not None:
            found += [[", "], each] if found else [each]
    return found


def _joined(parts: list[list[Any]]) -> Recipe | None:
    flat = [part for each in parts for part in each]
    return Recipe(tuple(flat)) if len(flat) <= _MOST else None
