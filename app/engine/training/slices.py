"""A slice through the loss: its value where two elements of the parameters, or all parameters along two directions, are
moved and everything else stays.

The loss is that of the plan at hand, compiled as a training compiles it. So the place from which nothing is moved has
the loss of the trace that is shown, bit by bit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from app.engine.errors import LimitError, ValueProblem
from app.engine.execution.plan import Plan
from app.engine.execution.values import has_element
from app.engine.program import Array, Value
from app.engine.support.checkpoints import checkpoint
from app.engine.support.errstate import ignore_fp_errors
from app.engine.training.learned import parameters
from app.engine.training.stages import LossStage
from app.engine.training.trainer import check_loss
from app.engine.wording import said


@dataclass(frozen=True, slots=True)
class Element:
    """An axis along which one element of a leaf has any value."""

    leaf: str
    index: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """Two axes through a plan. leaves: what is moved; here: their values, as arrays. elements: those along which it
    goes; without them directions: of each axis a part for each leaf. origin: the coordinates of what is not moved: the
    elements' values, or 0."""

    plan: Plan
    leaves: tuple[str, ...]
    here: tuple[Array, ...]
    names: tuple[str, str]
    elements: tuple[Element, ...]
    directions: tuple[tuple[Array, ...], ...]
    origin: tuple[float, float]

    def moved(self, place: Sequence[float]) -> tuple[Array, ...]:
        """The leaves at a place."""
        found = [value.copy() for value in self.here]
        if self.elements:
            for element, to in zip(self.elements, place, strict=True):
                found[self.leaves.index(element.leaf)][element.index] = to
            return tuple(found)
        for direction, to in zip(self.directions, place, strict=True):
            found = [value + to * part for value, part in zip(found, direction, strict=True)]
        return tuple(found)

    def seen(self, values: Mapping[str, Value]) -> tuple[float, float]:
        """Where other values of the leaves stand, seen along what the slice leaves out: the nearest place of it."""
        if self.elements:
            a, b = [float(np.asarray(values[each.leaf])[each.index]) for each in self.elements]
            return a, b
        away = _together([np.asarray(values[name]) - here for name, here in zip(self.leaves, self.here, strict=True)])
        axes = np.stack([_together(direction) for direction in self.directions], axis=1)
        found, *_ = np.linalg.lstsq(axes, away, rcond=None)
        return float(found[0]), float(found[1])


def between_elements(plan: Plan, first: Element, second: Element) -> Slice:
    """The slice of two elements. Raises ValueProblem where one is none, or cannot be moved."""
    check_loss(plan.structure)
    if first == second:
        raise ValueProblem(said("values.axis_taken_twice", first=_named(first)))
    names = tuple(dict.fromkeys([first.leaf, second.leaf]))
    parameters(plan.structure, names)
    here = tuple(_value(plan, name) for name in names)
    origin = []
    for each in (first, second):
        value = here[names.index(each.leaf)]
        if not has_element(value.shape, each.index):
            raise ValueProblem(
                said("values.element_outside_leaf", index=list(each.index), leaf=each.leaf, shape=value.shape),
            )
        origin.append(float(value[each.index]))
    return Slice(plan, names, here, (_named(first), _named(second)), (first, second), (), (origin[0], origin[1]))


def along_directions(plan: Plan, named: Sequence[str], seed: int) -> Slice:
    """The slice of two random directions through all parameters, each part of which is as long as the parameter (Li et
    al. 2018, by parameter): at 1 it has moved as far as it is large. What is 0 stays."""
    check_loss(plan.structure)
    names = parameters(plan.structure, named)
    here = tuple(_value(plan, name) for name in names)
    generator = np.random.default_rng(seed)
    along = []
    for _ in range(2):
        drawn = [np.asarray(generator.normal(size=value.shape)) for value in here]
        along.append(tuple(_as_long(part, value) for part, value in zip(drawn, here, strict=True)))
    if not any(np.any(part) for part in along[0]):
        raise ValueProblem(said("values.parameters_all_zero"))
    return Slice(plan, names, here, ("direction 1", "direction 2"), (), tuple(along), (0.0, 0.0))


def loss_cost(plan: Plan) -> int:
    """The cost of the loss at one place, in evaluations of about 1 µs."""
    schedule = plan.structure.schedule
    return schedule.cost(schedule.graph)


def losses(of: Slice, axes: Sequence[Array], most: int) -> Array:
    """The loss at each place of a grid, the second axis running fastest; NaN where the text takes another course. most:
    the largest cost, in evaluations of about 1 µs. Raises LimitError."""
    plan = of.plan
    structure = plan.structure
    places = list(product(*axes))
    cost = loss_cost(plan)
    if len(places) * cost > most:
        raise LimitError(said("limits.places_too_many"))
    stage = LossStage(plan, of.leaves, ())

    def loss(values: Sequence[Value]) -> float:
        if structure.program.guards:
            given = dict(zip(of.leaves, values, strict=True))
            try:
                structure.check_course(structure.leaves.values(plan.defaults, given), given, begun=False)
            except ValueProblem:
                return math.nan
        return float(stage.loss(values, ()))

    def found() -> list[float]:
        all_losses = []
        for place in places:
            checkpoint(cost)
            all_losses.append(loss([value if value.ndim else float(value) for value in of.moved(place)]))
        return all_losses

    return np.array(ignore_fp_errors(found))


def _together(parts: Sequence[Array]) -> Array:
    return np.concatenate([np.ravel(part) for part in parts])


def _as_long(direction: Array, value: Array) -> Array:
    length = float(np.linalg.norm(direction))
    return direction * (float(np.linalg.norm(value)) / length if length else 0.0)


def _value(plan: Plan, name: str) -> Array:
    return np.array(plan.defaults[plan.structure.leaves.index[name]], dtype=np.float64)


def _named(element: Element) -> str:
    return element.leaf + (f"[{','.join(map(str, element.index))}]" if element.index else "")
