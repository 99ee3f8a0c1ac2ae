"""The leaves of a structure, and the values that they are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.errors import ValueProblem
from app.engine.execution.schedule import Schedule
from app.engine.execution.values import shape_of, to_value
from app.engine.limits import Limits
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.expression import Shape
from app.engine.program import Program, Value
from app.engine.wording import said

_ARRAY, _FLOAT64 = np.ndarray, np.dtype(np.float64)


@dataclass(frozen=True, slots=True)
class Element:
    """The origin of a leaf in scalar detail: an element of a leaf of the text."""

    leaf: str
    index: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Leaves:
    """The leaves of a structure, in the order in which runs take their values. The fields are as in `Structure`."""

    program: Program
    schedule: Schedule
    limits: Limits
    inputs: frozenset[str]
    elements: Mapping[str, Element]

    @cached_property
    def index(self) -> dict[str, int]:
        """Input id -> index among the leaves."""
        nodes = self.schedule.nodes
        return {nodes[i].id: k for k, i in enumerate(self.schedule.leaves) if nodes[i].op is INPUT}

    @cached_property
    def shapes(self) -> list[Shape]:
        return [self.schedule.shapes[i] for i in self.schedule.leaves]

    def values(self, defaults: Sequence[Value], given: Mapping[str, Any]) -> list[Value]:
        """One value per leaf: those given, in the leaf's shape, else the defaults; ValueProblem as from `run`."""
        leaves = list(defaults)
        index, shapes = self.index, self.shapes
        for name, value in given.items():
            i = index.get(name)
            if i is None:
                self._set_other(name, value, leaves)
                continue
            shape = shapes[i]
            kind = type(value)
            # Values that need no conversion come first: this loop takes a fifth of a small network's run.
            if kind is float:
                if not shape:
                    leaves[i] = value
                    continue
            elif kind is _ARRAY and value.dtype is _FLOAT64 and value.shape == shape and shape:
                leaves[i] = value
                continue
            converted = to_value(value, name, self.limits)
            if shape_of(converted) != shape:
                raise self._wrong_shape(name, shape_of(converted), shape)
            leaves[i] = converted
        return leaves

    def _wrong_shape(self, name: str, given: tuple[int, ...], wanted: tuple[int, ...]) -> ValueProblem:
        return ValueProblem(said("values.value_shape_differs", name=name, given=given, wanted=wanted))

    def _set_other(self, name: str, given: Any, leaves: list[Value]) -> None:
        """Sets a name that is no leaf: an array whose elements are leaves, an unused leaf, or an unknown name."""
        owned = self._elements_of.get(name)
        if owned is not None:
            array = np.asarray(to_value(given, name, self.limits), dtype=np.float64)
            wanted = self.opened_shapes[name]
            if array.shape != wanted:
                raise self._wrong_shape(name, array.shape, wanted)
            for i, index in owned:
                leaves[i] = float(array[index])
            return
        check_names(self.program, self.inputs, [name])

    @cached_property
    def _elements_of(self) -> dict[str, list[tuple[int, tuple[int, ...]]]]:
        owned: dict[str, list[tuple[int, tuple[int, ...]]]] = {}
        for id, element in self.elements.items():
            if id in self.index:
                owned.setdefault(element.leaf, []).append((self.index[id], element.index))
        return owned

    @cached_property
    def opened_shapes(self) -> dict[str, tuple[int, ...]]:
        shapes: dict[str, tuple[int, ...]] = {}
        for element in self.elements.values():
            before = shapes.get(element.leaf, (0,) * len(element.index))
            shapes[element.leaf] = tuple(max(n, i + 1) for n, i in zip(before, element.index, strict=True))
        return shapes


def check_names(program: Program, inputs: frozenset[str], given: Iterable[str]) -> None:
    """Raises ValueProblem for a name that is no input of the program; unused inputs are accepted."""
    for name in given:
        if name in inputs:
            continue
        computed = any(node.id == name and node.op is not CONSTANT for node in program.nodes)
        way, known = "known" if inputs else "none", ", ".join(sorted(inputs)[:12])
        raise ValueProblem(
            said("values.value_for_computed", way, name=name, known=known)
            if computed
            else said("values.input_unknown", way, name=name, known=known)
        )
