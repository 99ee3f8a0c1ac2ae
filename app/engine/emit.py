"""A plan as a program that runs by itself: every value, then every gradient, one line each, tied to its node.

The lines are the op definitions' own expressions, printed for people: what you read is what ran.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.engine.notation import Notation
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.vocabulary import HELPERS
from app.engine.program import Value
from app.engine.sums import sum_lines
from app.engine.trace import Trace

Pass = Literal["forward", "backward"]


@dataclass(frozen=True, slots=True)
class EmittedLine:
    """A line of emitted code (from 1) and the node that it computes the value or the gradient of."""

    line: int
    node: str
    passes: Pass


@dataclass(frozen=True, slots=True)
class Emitted:
    source: str
    lines: tuple[EmittedLine, ...]


def emit_numpy(run: Trace) -> Emitted:
    """The forward and the backward pass of a run in NumPy. Executed, it holds every name and its gradient: `W1`, `dW1`.

    Values are bound as they were in the run. Where the run met inf or nan, scalars are bound as np.float64, which
    goes on where Python's own floats raise.
    """
    plan, notation = run.plan, Notation(run.plan)
    text = ["import numpy as np", ""]
    lines: list[EmittedLine] = []
    finite = all(np.isfinite(v).all() for column in (run.value_list, run.grad_list) for v in column if v is not None)

    def write(code: str, node: int, passes: Pass) -> None:
        text.append(code)
        lines.append(EmittedLine(len(text), plan.schedule.nodes[node].id, passes))

    body_start = len(text)
    text.append("# Values")
    for place, i in enumerate(plan.schedule.graph):
        node = plan.schedule.nodes[i]
        if node.op is INPUT or (node.op is CONSTANT and plan.schedule.shapes[i]):
            write(f"{notation.identifiers[i]} = {literal(run.value_list[place], finite)}", i, "forward")
    text += ["", "# Forward pass"]
    for i in plan.schedule.graph:
        if plan.schedule.rules[i] is not None:
            write(f"{notation.identifiers[i]} = {notation.forward(i)}", i, "forward")
    text += ["", "# Backward pass"]
    for i in reversed(plan.schedule.graph):
        gradient = notation.gradients[i]
        if i == plan.schedule.output:
            write(f"{gradient} = {_seed(run.seed)}", i, "backward")
        elif plan.schedule.receives[i]:
            sent = [notation.message(e) for e in plan.schedule.receives[i]]
            for line in sum_lines(gradient, [m for m in sent if m is not None]):
                write(line, i, "backward")
    helpers = [code for name, code in HELPERS.items() if any(re.search(rf"\b{name}\(", line) for line in text)]
    if helpers:
        block = [*"\n\n".join(helpers).split("\n"), ""]
        text[body_start:body_start] = block
        lines = [EmittedLine(entry.line + len(block), entry.node, entry.passes) for entry in lines]
    return Emitted("\n".join(text) + "\n", tuple(lines))


def _seed(seed: Value) -> str:
    if isinstance(seed, float):
        return literal(seed, True)
    if (seed == seed.flat[0]).all() if seed.size else False:
        first = float(seed.flat[0])
        return f"np.ones({seed.shape})" if first == 1.0 else f"np.full({seed.shape}, {literal(first, True)})"
    return literal(seed, True)


def literal(value: Value, finite: bool) -> str:
    """A value as Python writes it, to the last bit."""
    if isinstance(value, float):
        text = {"inf": "np.inf", "-inf": "-np.inf", "nan": "np.nan"}.get(repr(value), repr(value))
        return text if finite else f"np.float64({text})"
    if value.size == 0:
        return f"np.zeros({value.shape})"
    if value.size > 16 and (value == value.flat[0]).all():
        return f"np.full({value.shape}, {literal(float(value.flat[0]), True)})"
    listed = re.sub(r"(inf|nan)", r"np.\1", repr(value.tolist()))
    return f"np.array({listed})"
