"""Where Python raises and IEEE arithmetic goes on with inf or nan: a division by 0 of two of Python's own numbers, and
`math.log(0)`. NumPy warns there at most.

A node that Python's arithmetic computes knows its spelling (`Node.python`). Whether Python would raise is decided by
Python itself, and only asked where the node holds no finite number.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.engine.errors import ProgramError
from app.engine.interpreter.grammar import Raised
from app.engine.program import Node, Value
from app.engine.wording import said

_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}


def python_error(node: Node, value: Value, given: Sequence[Value]) -> ProgramError | None:
    """What Python raises where it computes this node of the values given; None where it gives a number. value: what
    IEEE arithmetic gives."""
    if node.python is None or all(map(math.isfinite, _single(value))):
        return None
    numbers = [each for held in given for each in _single(held)]
    try:
        found = _function(node.python)(*numbers)
    except ZeroDivisionError as error:
        message = said("semantics.division_by_zero")
        return Raised(message, span=node.span).of("ZeroDivisionError", str(error))
    except (ValueError, OverflowError) as error:
        kind, shown = type(error).__name__, _shown(node.python, numbers)
        outside = isinstance(error, ValueError)
        message = (
            said("semantics.python_raises_outside", shown=shown, kind=kind)
            if outside
            else said("semantics.python_raises_large", shown=shown, kind=kind)
        )
        return Raised(message, span=node.span).of(kind, str(error))
    if isinstance(found, complex):
        # No error of Python's, which nobody can catch: it goes on with a complex number.
        return ProgramError(said("semantics.root_of_negative"), span=node.span)
    return None


def first_error(
    nodes: Sequence[Node], places: Sequence[int], values: Sequence[Value], inputs: Sequence[Sequence[int]]
) -> ProgramError | None:
    """The first error among the nodes at `places`, which hold single numbers. inputs: for each node, where those that
    it is computed of stand."""
    if all(math.isfinite(values[i]) for i in places):  # type: ignore[arg-type]
        return None
    for i in places:
        error = python_error(nodes[i], values[i], [values[j] for j in inputs[i]])
        if error is not None:
            return error
    return None


def raising(node: Node, kernel: Callable[..., Value]) -> Callable[..., Value]:
    """The kernel of a node, so that it raises ProgramError where Python does."""
    if node.python is None:
        return kernel

    def run(*given: Value) -> Value:
        found = kernel(*given)
        error = python_error(node, found, given)
        if error is not None:
            raise error
        return found

    return run


def _function(spelling: str) -> Callable[..., Any]:
    found = _OPERATORS.get(spelling)
    return getattr(math, spelling.partition(".")[2]) if found is None else found


def _shown(spelling: str, numbers: Sequence[float]) -> str:
    """The operation as one would write it."""
    written = [f"{number:.6g}" for number in numbers]
    return f" {spelling} ".join(written) if spelling in _OPERATORS else f"{spelling}({', '.join(written)})"


def _single(value: Value) -> list[float]:
    """The one number that a node of Python's arithmetic holds; math takes an array of one element, too."""
    return [value] if type(value) is float else [float(each) for each in value.ravel()]  # type: ignore[union-attr]
