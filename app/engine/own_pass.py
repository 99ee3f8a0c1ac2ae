"""The backward pass of an engine that the learner wrote, as data: which objects hold a number and its gradient, and
what was stored into the gradients, in order. It is found by value and by structure (`interpreter/own_engine`)."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np


class Held(NamedTuple):
    """What a place held at one moment: a node of the program (its index), or a number or an array; neither for None."""

    node: int = -1
    number: float | np.ndarray[Any, np.dtype[np.float64]] | None = None


class Recipe(NamedTuple):
    """A piece of the text as it could be written again: texts, and between them the objects it is about, by index."""

    parts: tuple[str | int, ...]


class OwnObject(NamedTuple):
    """An object with a number and a gradient.

    label: how one points at it, `a` or `a * b`. target: the node of its number. before: the gradient when the pass
    began; final: when it ended. line: where the object was made. recipe: the operation that made it; None for a leaf,
    and where it cannot be written in one expression. operation: the function that made it, `Value.__mul__`. later: the
    number that it got while the pass still ran. holds: the objects that it keeps."""

    label: str
    target: int
    before: Held
    final: Held
    line: int
    recipe: Recipe | None = None
    operation: str = ""
    later: Held = Held()
    holds: tuple[int, ...] = ()


class Stored(NamedTuple):
    """A gradient that was changed: of which object, from what to what, and in which line. adds: whether what was there
    goes into it. among: the objects that the function knows by names there, one of which sends. sources: those whose
    gradients it is computed from. lines: those in which what is added was computed, the last first."""

    object: int
    before: Held
    after: Held
    line: int
    adds: bool
    among: tuple[int, ...]
    sources: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()


class OwnPass(NamedTuple):
    """A backward pass. number: the attribute that holds the number, "data". root: the object that it begins at. stores:
    those behind the beginning, in their order; begins: the line that gives the root its gradient. start: how the text
    begins it, `d.backward()`; wraps: how a leaf is made, `Value(2.0)`, with a mark where the number is. reads: where an
    object's gradient stands, `{}.grad` or `grads[{}.index]`."""

    root: int
    objects: tuple[OwnObject, ...]
    stores: tuple[Stored, ...]
    begins: int
    start: Recipe | None
    wraps: str
    number: str
    reads: str

    @property
    def nodes(self) -> tuple[int, ...]:
        """The nodes that must be known to grade it."""
        held = [h for each in self.objects for h in (each.before, each.final)]
        held += [h for each in self.stores for h in (each.before, each.after)]
        held += [each.later for each in self.objects]
        targets = [each.target for each in self.objects]
        return tuple(dict.fromkeys([*targets, *[h.node for h in held if h.node >= 0]]))
