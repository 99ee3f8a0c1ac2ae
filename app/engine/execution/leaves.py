"""What the leaves of a plan may be given: values by name, and the seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.errors import Span, ValueProblem
from app.engine.execution.values import shape_of, to_value
from app.engine.limits import Limits
from app.engine.ops import CONSTANT
from app.engine.program import Program, Value


@dataclass(frozen=True, slots=True)
class Element:
    """Where a scalar leaf comes from when a program is opened to scalar detail: an element of a leaf of the text."""

    leaf: str
    index: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """An input whose number decides a shape, an index or a loop: `value` as in the text, the line that it decides, and
    where it stands."""

    value: Value | None
    line: int
    span: Span | None


def as_seed(seed: Any, shape: tuple[int, ...], limits: Limits) -> Value:
    """The gradient at the output from outside: one number for all of it, or an array in its shape."""
    value = to_value(seed, "seed", limits)
    if shape_of(value) == shape:
        return value
    if type(value) is float:
        return np.full(shape, value)
    raise ValueProblem(
        f"the seed has shape {shape_of(value)}, and the output has shape {shape}",
        hint="Give one number, or an array in the shape of the output.",
    )


def check_fixed(fixed: Mapping[str, Fixed], given: Mapping[str, Any]) -> None:
    """Raises ValueProblem for another value of an input that the structure was decided with."""
    for name, held in fixed.items():
        if name in given and not np.array_equal(given[name], held.value):  # type: ignore[arg-type]
            raise ValueProblem(
                f"{name} shapes the program in line {held.line}, so its value is fixed by the text",
                span=held.span,
                hint=f"Change {name} in the program itself.",
            )


def check_names(program: Program, inputs: frozenset[str], given: Iterable[str]) -> None:
    """Raises ValueProblem for a name that no input has; inputs that nothing uses may be given all the same."""
    for name in given:
        if name in inputs:
            continue
        computed = any(node.id == name and node.op is not CONSTANT for node in program.nodes)
        raise ValueProblem(
            f"{name} is computed by the program, so it takes no value"
            if computed
            else f"the program has no input {name}",
            hint=f"Its inputs are {', '.join(sorted(inputs)[:12])}." if inputs else "It has no inputs at all.",
        )
