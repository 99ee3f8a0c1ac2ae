"""Values for free names that let a program run, found by trying shapes against the program itself.

The nodes are visited in forward order. At a free name a shape is chosen; at an operation the shape of its result is
inferred, and if that fails, the last choice that the operation depends on is revised (conflict-directed backjumping,
P. Prosser, 1993). A single number is tried first, then shapes with lengths that occur in the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Any

import numpy as np

from app.engine.errors import EngineError
from app.engine.execution.schedule import located, schedule
from app.engine.execution.values import shape_of
from app.engine.limits import Limits
from app.engine.ops import CONSTANT, INPUT, Call
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.program import Node, Program
from app.engine.support.deadline import checkpoint

_STEPS = 20_000
"""Most nodes visited after the first pass; each takes a few microseconds."""
_LARGEST = 4_096
"""Most elements of a suggested value."""
_LENGTHS = 8
"""Most lengths tried for an axis."""
_USUAL = (2, 3, 1)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """shapes: index of an input -> its shape; None if none were found. refused: the error with single numbers for all
    inputs; None if they work."""

    shapes: Mapping[int, Shape] | None
    refused: EngineError | None = None

    def value(self, index: int) -> float | list[Any] | None:
        """The suggested value of an input: ones."""
        shape = None if self.shapes is None else self.shapes[index]
        return None if shape is None else 1.0 if shape == () else np.ones(shape).tolist()


@dataclass(slots=True)
class _Choice:
    """The choice of a shape for a free name. at: its index in the order of the walk; bit: a bit of its own; left: the
    shapes not yet tried; conflicts: the bits of the choices that earlier shapes were in conflict with."""

    at: int
    bit: int
    left: Iterator[Shape]
    conflicts: int = 0


def suggest(
    program: Program, needed: Sequence[Any], known: Mapping[int, Shape], missing: Sequence[int], limits: Limits
) -> Suggestion:
    """Shapes for the inputs `missing` with which the program can be scheduled. known: the shapes of the other inputs;
    needed: a mark for each node that is computed."""
    nodes = program.nodes
    order = [i for i, mark in enumerate(needed) if mark]
    bits = {i: 1 << k for k, i in enumerate(missing)}
    everything = (1 << len(missing)) - 1
    shapes = dict(known)
    depends: dict[int, int] = {}
    stack: list[_Choice] = []
    refused: EngineError | None = None
    given = list(dict.fromkeys(n for shape in known.values() for n in shape))[:3]
    asked = list(dict.fromkeys(n for i in order for n in _asked(nodes[i])))[:4]
    steps, at = _STEPS + len(order), 0
    while steps > 0:
        conflict = 0
        while at < len(order) and not conflict:
            i = order[at]
            node = nodes[i]
            steps -= 1
            checkpoint(4)
            if i in bits:
                choice = _Choice(
                    at,
                    bits[i],
                    _shapes(node, [*given, *_latest(shapes, order[max(0, at - _LENGTHS) : at]), *asked, *_USUAL]),
                )
                stack.append(choice)
                shapes[i], depends[i] = next(choice.left), choice.bit
            elif node.op is INPUT or node.op is CONSTANT:
                shapes[i] = known[i] if node.op is INPUT else shape_of(node.value)  # type: ignore[arg-type]
                depends[i] = 0
            else:
                depends[i] = 0
                for j in node.inputs:
                    depends[i] |= depends[j]
                try:
                    shapes[i] = node.op.shape(Call(node.attrs, tuple([shapes[j] for j in node.inputs])))
                except EngineError as error:
                    refused = refused or located(error, node)
                    if not depends[i]:
                        return Suggestion(None, refused)
                    conflict = depends[i]
            at += 1
        if not conflict:
            chosen = {i: shapes[i] for i in missing}
            try:
                # Errors that no single operation has: limits, and doubts about arrays and numbers.
                schedule(program, {**known, **chosen}, limits)
            except EngineError as error:
                refused = refused or error
                conflict = everything
                steps -= len(order)
            else:
                return Suggestion(chosen, refused)
        found = _revise(stack, conflict, shapes, order)
        if found is None:
            break
        at = found
    return Suggestion(None, refused)


def _revise(stack: list[_Choice], conflict: int, shapes: dict[int, Shape], order: Sequence[int]) -> int | None:
    """Revises the last choice that is part of a conflict; the position to continue at, None if there is none."""
    while stack:
        choice = stack[-1]
        if conflict & choice.bit:
            choice.conflicts |= conflict
            shape = next(choice.left, None)
            if shape is not None:
                shapes[order[choice.at]] = shape
                return choice.at + 1
            conflict = choice.conflicts & ~choice.bit
        stack.pop()
    return None


def _shapes(node: Node, at_hand: Iterable[int]) -> Iterator[Shape]:
    """The shapes to try for a free name, the likeliest first. at_hand: lengths to use. A capital letter suggests a
    matrix."""
    lengths = list(dict.fromkeys(at_hand))[:_LENGTHS]
    vectors, matrices = [(n,) for n in lengths], list(product(lengths, repeat=2))
    flat = [*matrices, *vectors] if node.id[:1].isupper() else [*vectors, *matrices]
    deep = chain(product(lengths[:5], repeat=3), product(lengths[:3], repeat=4))
    yield ()
    yield from (shape for shape in chain(flat, deep) if count(shape) <= _LARGEST)


def _latest(shapes: Mapping[int, Shape], before: Sequence[int]) -> list[int]:
    """Up to two lengths of the nodes computed last."""
    return list(dict.fromkeys(n for i in reversed(before) for n in shapes[i]))[:2]


def _asked(node: Node) -> Iterator[int]:
    """Lengths that follow from the parameters of a node: those of a new shape, and their product; the least that an
    index allows; a number of equal parts."""
    for parameter in node.op.parameters:
        held: Any = node.attrs.get(parameter.name)
        if parameter.form == "shape":
            lengths = tuple(n for n in held if n > 0)
            yield from (count(lengths), *lengths)
        elif parameter.form == "index":
            yield from (n + 1 if n >= 0 else -n for n in held if isinstance(n, int) and not isinstance(n, bool))
        elif parameter.form == "count":
            yield held
