"""Values for free names that let a program run, found by trying shapes against the program itself.

A walk through the nodes in forward order: at a free name a shape is chosen, at an operation the shape of its result is
asked for, and where that is refused, the last choice that the operation depends on is made again (conflict-directed
backjumping: Prosser 1993). A single number comes first, then shapes whose lengths are at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Any

import numpy as np

from app.engine.errors import EngineError
from app.engine.execution.schedule import placed, schedule
from app.engine.execution.values import shape_of
from app.engine.limits import Limits
from app.engine.ops import CONSTANT, INPUT, Call
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.program import Node, Program
from app.engine.support.deadline import checkpoint

_STEPS = 20_000
"""Steps of the walk at most, beyond a first one through all nodes; some microseconds each."""
_LARGEST = 4_096
"""Elements of a value that is suggested."""
_LENGTHS = 8
"""Lengths that are tried for an axis."""
_USUAL = (2, 3, 1)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """shapes: by position of the input, all of them together; None where none were found. refused: why single numbers
    would not do, the place included; None where they do."""

    shapes: Mapping[int, Shape] | None
    refused: EngineError | None = None

    def value(self, position: int) -> float | list[Any] | None:
        """Ones in that shape."""
        shape = None if self.shapes is None else self.shapes[position]
        return None if shape is None else 1.0 if shape == () else np.ones(shape).tolist()


@dataclass(slots=True)
class _Choice:
    """A free name at its place in the walk. conflicts: the choices that others of it ran into, as bits."""

    at: int
    bit: int
    left: Iterator[Shape]
    conflicts: int = 0


def suggest(
    program: Program, needed: Sequence[Any], known: Mapping[int, Shape], missing: Sequence[int], limits: Limits
) -> Suggestion:
    """Shapes for the inputs at `missing` with which the program can be planned, those at `known` given. `needed` marks
    the nodes that matter."""
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
                    refused = refused or placed(error, node)
                    if not depends[i]:
                        return Suggestion(None, refused)
                    conflict = depends[i]
            at += 1
        if not conflict:
            chosen = {i: shapes[i] for i in missing}
            try:
                # What no single operation refuses: sizes, and places that mean something else for an array.
                schedule(program, {**known, **chosen}, limits)
            except EngineError as error:
                refused = refused or error
                conflict = everything
                steps -= len(order)
            else:
                return Suggestion(chosen, refused)
        found = _again(stack, conflict, shapes, order)
        if found is None:
            break
        at = found
    return Suggestion(None, refused)


def _again(stack: list[_Choice], conflict: int, shapes: dict[int, Shape], order: Sequence[int]) -> int | None:
    """Makes the last choice anew that has to do with a conflict; where the walk goes on, None where it cannot."""
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
    """What a free name may be, the likeliest first: lengths are those of the values that are given, of what was
    computed last, and those that the text asks for. A capital letter is what one calls a matrix."""
    lengths = list(dict.fromkeys(at_hand))[:_LENGTHS]
    vectors, matrices = [(n,) for n in lengths], list(product(lengths, repeat=2))
    flat = [*matrices, *vectors] if node.id[:1].isupper() else [*vectors, *matrices]
    deep = chain(product(lengths[:5], repeat=3), product(lengths[:3], repeat=4))
    yield ()
    yield from (shape for shape in chain(flat, deep) if count(shape) <= _LARGEST)


def _latest(shapes: Mapping[int, Shape], before: Sequence[int]) -> list[int]:
    """Lengths of what was computed last."""
    return list(dict.fromkeys(n for i in reversed(before) for n in shapes[i]))[:2]


def _asked(node: Node) -> Iterator[int]:
    """Lengths that the parameters of a node are about: those of a new shape and how many there are in all, the least
    that has an index, how many equal parts."""
    for parameter in node.op.parameters:
        held: Any = node.attrs.get(parameter.name)
        if parameter.form == "shape":
            lengths = tuple(n for n in held if n > 0)
            yield from (count(lengths), *lengths)
        elif parameter.form == "index":
            yield from (n + 1 if n >= 0 else -n for n in held if isinstance(n, int) and not isinstance(n, bool))
        elif parameter.form == "count":
            yield held
