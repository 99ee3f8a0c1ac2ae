"""The numbers of a learner's backward pass in one run: what its places held, and what the operations should have
sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.execution.passes.backward import backward_steps, run_backward
from app.engine.execution.plan import Trace
from app.engine.execution.schedule import Schedule, schedule
from app.engine.execution.structure import Structure
from app.engine.execution.tolerance import OTHERWISE
from app.engine.execution.values import as_value, shape_of
from app.engine.own_pass import Held, OwnPass
from app.engine.program import Value, ancestors
from app.engine.support.errstate import ignore_fp_errors

_SIDE = 1e-9
"""How far from a kink its sides are looked at."""


class Numbers:
    """One run of the program with all that the pass is made of. Raises LimitError where that is too large."""

    def __init__(self, run: Trace, own: OwnPass) -> None:
        self.own = own
        structure = run.structure
        wanted = ancestors(structure.program.nodes, own.nodes)
        program = replace(
            structure.program, output=own.objects[own.root].target, prints=(), manual=(), kept=own.nodes, own=None
        )
        known = {i: structure.schedule.shapes[at] for i, at in structure.schedule.index.items() if wanted[i]}
        for i, node in enumerate(program.nodes):
            if wanted[i] and not node.inputs and i not in known and node.value is not None:
                known[i] = shape_of(node.value)
        self.structure = Structure(
            program, schedule(program, known, structure.limits), structure.limits, structure.inputs
        )
        ids = [node.id for node in structure.schedule.nodes]
        held = dict(zip(ids, [*run.value_list, *run.aside_list], strict=True))
        leaves = self.structure.leaf_values(held)
        columns = ignore_fp_errors(self.structure.runners.ieee(), leaves, self.structure.as_seed(1.0))
        self.values: Sequence[Value] = [*columns[0], *columns[3]]
        self.places = [self.schedule.index[each.target] for each in own.objects]
        """The index of each object's number."""
        self.at: dict[int, list[int]] = {}
        for i, place in enumerate(self.places):
            self.at.setdefault(place, []).append(i)

    @property
    def schedule(self) -> Schedule:
        return self.structure.schedule

    def held(self, held: Held) -> Any:
        """What a place held; None for nothing."""
        return self.values[self.schedule.index[held.node]] if held.node >= 0 else held.number

    def number(self, each: int) -> Any:
        """The number of an object."""
        return self.values[self.places[each]]

    @cached_property
    def carrying(self) -> Sequence[tuple[int, ...]]:
        return [() if rule is None else rule.carrying for rule in self.schedule.rules]

    @cached_property
    def operands(self) -> tuple[tuple[int, ...], ...]:
        """For each object, the objects whose numbers its own is computed from, without others between; one that is used
        twice stands there twice."""
        found = []
        for i in range(len(self.places)):
            between = self.between[i]
            used = [
                self.at[j][0]
                for k in (self.places[i], *between)
                for slot, j in enumerate(self.schedule.inputs[k])
                if j in self.at and slot in self.carrying[k] and j != self.places[i]
            ]
            found.append(tuple(used))
        return tuple(found)

    @cached_property
    def between(self) -> tuple[tuple[int, ...], ...]:
        """For each object, the nodes between its number and those of its operands, the last first."""
        found = []
        for place in self.places:
            seen: set[int] = set()
            waiting = [place]
            while waiting:
                k = waiting.pop()
                for slot in self.carrying[k]:
                    j = self.schedule.inputs[k][slot]
                    if j not in self.at and j not in seen and self.schedule.inputs[j]:
                        seen.add(j)
                        waiting.append(j)
            found.append(tuple(sorted(seen, reverse=True)))
        return tuple(found)

    @cached_property
    def users(self) -> tuple[tuple[int, ...], ...]:
        """For each object, those that its number is an operand of."""
        found: list[list[int]] = [[] for _ in self.places]
        for i, operands in enumerate(self.operands):
            for j in dict.fromkeys(operands):
                found[j].append(i)
        return tuple(map(tuple, found))

    def messages(self, sender: int, gradient: Any, changed: dict[int, Any] | None = None) -> dict[int, Any]:
        """What an object sends to its operands if this is its gradient: by object. changed: other values for nodes."""
        place = self.places[sender]
        if gradient is None or np.shape(gradient) != self.schedule.shapes[place]:
            return {}
        values = self.values
        if changed:
            values = list(values)
            for node, value in changed.items():
                values[node] = value  # type: ignore[index]
        grads: list[Any] = [None] * len(self.values)
        grads[place] = gradient
        part = (place, *self.between[sender])
        steps = backward_steps(self.schedule, part, ieee=True, slots=self.carrying)
        ignore_fp_errors(run_backward, steps, values, grads)
        grads[place] = None
        return {
            i: grads[self.places[i]] for i in dict.fromkeys(self.operands[sender]) if grads[self.places[i]] is not None
        }

    def slot_message(self, sender: int, slot: int, gradient: Any) -> Any:
        """What an object of one operation sends to one of its inputs; None where it is none."""
        place = self.places[sender]
        rule = self.schedule.rules[place]
        if rule is None or self.between[sender] or np.shape(gradient) != self.schedule.shapes[place]:
            return None
        operands = [self.values[j] for j in self.schedule.inputs[place]]
        run = rule.backward_kernel((slot,), ieee=True)
        return as_value(ignore_fp_errors(run, gradient, self.values[place], *operands)[0])

    def is_between(self, sender: int, receiver: int, gradient: Any, message: Any) -> bool:
        """Whether a message lies between those on both sides of a kink that the sender stands on."""
        place = self.places[receiver]
        value = np.asarray(self.values[place], dtype=float)
        sides = []
        for sign in (-1, 1):
            moved = value + sign * _SIDE * (1 + np.abs(value))
            side = self.messages(sender, gradient, {place: moved if value.shape else float(moved)}).get(receiver)
            if side is None or np.shape(side) != np.shape(message):
                return False
            sides.append(np.asarray(side))
        low, high = np.minimum(*sides), np.maximum(*sides)
        room = OTHERWISE * (1 + np.abs(high) + np.abs(low))
        return bool(np.all((message >= low - room) & (message <= high + room)))

    @cached_property
    def adjoints(self) -> Sequence[Any]:
        """The true gradient of each object's number."""
        root = self.places[self.own.root]
        grads: list[Any] = [None] * len(self.values)
        grads[root] = np.ones(self.schedule.shapes[root]) if self.schedule.shapes[root] else 1.0
        steps = backward_steps(self.schedule, range(root, -1, -1), ieee=True, slots=self.carrying)
        ignore_fp_errors(run_backward, steps, self.values, grads)
        return [grads[place] for place in self.places]

    @cached_property
    def kinks(self) -> frozenset[int]:
        """The objects whose operation stands on a kink: there several gradients are right."""
        on = self.structure.kinks(self.values)
        ids = [node.id for node in self.schedule.nodes]
        return frozenset(
            [i for i, place in enumerate(self.places) if any(ids[k] in on for k in (place, *self.between[i]))]
        )


def is_nothing(value: Any) -> bool:
    return value is None or not np.any(np.asarray(value))
