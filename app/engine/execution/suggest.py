"""Values for free names that let a program run, found by trying shapes against the text itself.

The text is read with a shape for each name that has no value; where that is refused, the last choice that the refusal
may be due to is made again (conflict-directed backjumping: Prosser 1993). A single number comes first, then shapes
whose lengths are at hand.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, product
from typing import Any

import numpy as np

from app.engine.errors import EngineError, Span
from app.engine.execution.values import shape_of
from app.engine.interpreter import MissingInputs
from app.engine.interpreter.source import parse, pasted
from app.engine.limits import Limits
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.program import Value
from app.engine.support.checkpoints import checkpoint

_NODES = 20_000
"""Nodes that all readings together may write, beyond those of the first; some microseconds each."""
_READINGS = 400
"""Readings at most."""
_STEPS = 20_000
"""Steps of the interpreter that all readings together may take, each as many as the first; ten microseconds each."""
_LARGEST = 4_096
"""Elements of a value that is suggested."""
_LENGTHS = 8
"""Lengths that are tried for an axis."""
_USUAL = (2, 3, 1)
Read = Callable[[Mapping[str, Value]], None]
"""Reads and plans the text with these values; raises what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """shapes: by id of the input, all of them together; None where none were found. refused: why single numbers would
    not do, the place included; None where they do."""

    shapes: Mapping[str, Shape] | None
    refused: EngineError | None = None
    spans: Mapping[str, Span | None] = field(default_factory=dict)
    """By id, where the text uses the name first."""

    def value(self, id: str) -> float | list[Any] | None:
        """Ones in that shape."""
        shape = None if self.shapes is None else self.shapes[id]
        return None if shape is None else 1.0 if shape == () else np.ones(shape).tolist()


@dataclass(slots=True)
class _Choice:
    """A free name and what it was given. conflicts: the choices that others of it ran into."""

    id: str
    shape: Shape
    left: Iterator[Shape]
    conflicts: frozenset[str] = frozenset()


def suggest(source: str, known: Mapping[str, Value], first: MissingInputs, read: Read) -> Suggestion:
    """Shapes for the names without a value with which the text can be read and planned, those of `known` given.

    first: what a reading without them found."""
    asked = list(dict.fromkeys(_asked(source)))[:4]
    spans: dict[str, Span | None] = {}
    given = list(dict.fromkeys(n for value in known.values() for n in shape_of(value)))[:3]
    stack: list[_Choice] = []
    refused: EngineError | None = first.error
    found: MissingInputs | None = first
    budget = _NODES + len(first.nodes)
    for _ in range(min(_READINGS, 2 + _STEPS // (1 + first.steps))):
        if found is not None:
            spans |= {id: found.nodes[i].span for id, i in found.missing.items()}
            _choose(stack, found, given, asked)
            budget -= len(found.nodes)
        if budget < 0:
            break
        checkpoint(200)
        blamed: frozenset[str] = frozenset()
        try:
            read({**known, **{choice.id: _ones(choice.shape) for choice in stack}})
        except MissingInputs as error:
            found = error
            if error.error is None or not error.blamed <= {choice.id for choice in stack}:
                continue
            problem, blamed = error.error, error.blamed
        except EngineError as error:
            problem, blamed = error, getattr(error, "blamed", None) or frozenset(choice.id for choice in stack)
            found = None
        else:
            return Suggestion({choice.id: choice.shape for choice in stack}, refused, spans)
        refused = refused or problem
        if not _again(stack, blamed):
            break
        found = None
    return Suggestion(None, refused, spans)


def _asked(source: str) -> Iterator[int]:
    """Lengths that the text is about: how many elements a new shape has and its lengths, the least that has an index,
    and other small numbers."""
    for node in ast.walk(parse(pasted(source, Limits()), Limits())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "reshape":
            lengths = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, int)]
            yield from (count(tuple(lengths)), *lengths) if lengths else ()
        elif isinstance(node, ast.Subscript):
            for item in node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]:
                minus = isinstance(item, ast.UnaryOp) and isinstance(item.op, ast.USub)
                number = item.operand if isinstance(item, ast.UnaryOp) else item
                if isinstance(number, ast.Constant) and type(number.value) is int:
                    yield number.value if minus else number.value + 1
        elif isinstance(node, ast.Call):
            yield from (
                n.value for n in node.args if isinstance(n, ast.Constant) and type(n.value) is int and n.value > 0
            )


def _ones(shape: Shape) -> Value:
    return np.ones(shape) if shape else 1.0


def _choose(stack: list[_Choice], found: MissingInputs, given: list[int], asked: list[int]) -> None:
    """A single number for every name that was found without a value."""
    chosen = {choice.id for choice in stack}
    for id, index in found.missing.items():
        if id not in chosen:
            latest = [n for shape in reversed(found.shapes[max(0, index - _LENGTHS) : index]) for n in shape]
            shapes = _shapes(id, [*given, *list(dict.fromkeys(latest))[:2], *asked, *_USUAL])
            stack.append(_Choice(id, next(shapes), shapes))


def _again(stack: list[_Choice], conflict: frozenset[str]) -> bool:
    """Makes the last choice anew that has to do with a conflict; False where there is none."""
    while stack:
        choice = stack[-1]
        if choice.id in conflict:
            choice.conflicts |= conflict
            shape = next(choice.left, None)
            if shape is not None:
                choice.shape = shape
                return True
            conflict = choice.conflicts - {choice.id}
        stack.pop()
    return False


def _shapes(id: str, at_hand: Iterable[int]) -> Iterator[Shape]:
    """What a free name may be, the likeliest first: lengths are those of the values that are given, of what was
    computed last, and those in the text. A capital letter is what one calls a matrix."""
    lengths = list(dict.fromkeys(at_hand))[:_LENGTHS]
    vectors, matrices = [(n,) for n in lengths], list(product(lengths, repeat=2))
    flat = [*matrices, *vectors] if id[:1].isupper() else [*vectors, *matrices]
    deep = chain(product(lengths[:5], repeat=3), product(lengths[:3], repeat=4))
    yield ()
    yield from (shape for shape in chain(flat, deep) if count(shape) <= _LARGEST)
