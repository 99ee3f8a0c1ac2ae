"""Emitted code as a Jupyter notebook (nbformat 4.5): each part with its formulas and code, then the gradients of the
trace as printed output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from app.engine.emit.page import Emitted
from app.engine.emit.walk import Walk
from app.engine.execution.plan import Trace
from app.engine.labels import latex_name, number_of
from app.engine.ops import INPUT
from app.engine.ops.dialects import LATEX
from app.engine.ops.word import ATOM, Written
from app.engine.program import Value
from app.engine.support.lazy import lazy

_FORMULAS = 40
"""Most formulas of one pass that are written out."""
_PRINT: Mapping[str, tuple[str, str]] = {
    "numpy": ("{0}", "{0}"),
    "torch": ("{0}.tolist()", "{0}.tolist()"),
    "jax": ("{0}.tolist()", "{0}.tolist()"),
    "micrograd": ("{0}.data", "{0}"),
}
"""How a value and a gradient are printed as plain numbers, so that they look the same in every language."""
_BACKWARD: Mapping[str, str] = {
    "numpy": "Each line is one rule: the gradient of a value is the sum of the messages from its uses.",
    "torch": "PyTorch recorded how each value was computed and goes back from the output.",
    "jax": "`jax.vjp` gives the values and a function that takes a gradient back from the output.",
    "micrograd": "Each `Value` knows what it was computed from and sends its gradient there, starting at the output.",
}


def as_notebook(run: Trace, emitted: Emitted, target: str) -> dict[str, Any]:
    """The notebook as a JSON object."""
    formulas = _Formulas(run, LATEX)
    setup, values, forward, backward = emitted.sections
    output = formulas.names[formulas.schedule.output]
    code = _cells_of_code([(*setup.lines, "", *values.lines), forward.lines, backward.lines])
    shown = _prints(emitted, run, target)
    cells = [
        _markdown(
            "title", f"# {output}, forward and backward", "", "This notebook runs from top to bottom, on its own."
        ),
        code[0],
        _markdown("forward-text", "## Forward pass", "", "From the inputs to the output.", *formulas.forward()),
        code[1],
        _markdown("backward-text", "## Backward pass", "", _BACKWARD[target], *formulas.backward()),
        code[2],
        _markdown("gradients-text", "## Gradients", "", f"How much {output} changes when an input changes."),
        shown,
    ]
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


class _Formulas(Walk):
    """The same lines as formulas in LaTeX."""

    @lazy
    def shown(self) -> Sequence[Written]:
        return tuple(number_of(node) or (latex_name(self.names[i]), ATOM) for i, node in enumerate(self.schedule.nodes))

    @lazy
    def shown_gradients(self) -> Sequence[str]:
        whole = dict(zip(self.gradients, self.gradients, strict=True))
        whole |= {self.gradients[i]: self._derivative(i) for i in self.with_gradient()}
        return tuple(whole[name] for name in self.gradients)

    def _derivative(self, i: int) -> str:
        output = latex_name(self.names[self.schedule.output])
        return rf"\frac{{\partial {output}}}{{\partial {latex_name(self.names[i])}}}"

    def forward(self) -> list[str]:
        """The formulas of the values, one line each."""
        return _aligned([f"{latex_name(step.name)} &= {step.code}" for step in self.steps()])

    def backward(self) -> list[str]:
        """The formulas of the gradients, one line each."""
        rows = [
            f"{self.shown_gradients[i]} &= {' + '.join(self.messages(i))}"
            for i in self.with_gradient()
            if i != self.schedule.output
        ]
        return _aligned(rows)


def _aligned(rows: list[str]) -> list[str]:
    if not rows:
        return []
    left_out = len(rows) - _FORMULAS
    text = ["", r"$$\begin{aligned}", *(rf"{row} \\" for row in rows[:_FORMULAS]), r"\end{aligned}$$"]
    return text if left_out <= 0 else [*text, "", f"{left_out:,} more are in the code."]


def _prints(emitted: Emitted, run: Trace, target: str) -> dict[str, Any]:
    """The last cell, which prints the output and the gradients of the inputs; its printed output is from the trace."""
    own = {(line.node, line.passes): line.name for line in emitted.lines}
    value_text, grad_text = _PRINT[target]
    code, text = [], []

    def show(name: str | None, form: str, value: Value) -> None:
        assert name is not None
        code.append(f'print("{name}:", {form.format(name)})')
        plain = np.asarray(value)
        text.append(f"{name}: {plain if target == 'numpy' else plain.tolist()}\n")

    show(own[run.structure.output, "forward"], value_text, run.output)
    for node, grad in zip(run.structure.nodes, run.grad_list, strict=True):
        if grad is not None and node.op is INPUT:
            show(own[node.id, "backward"], grad_text, grad)
    printed = {"name": "stdout", "output_type": "stream", "text": text}
    return _code("gradients", 4, code, [printed])


def _cells_of_code(blocks: Iterable[Sequence[str]]) -> list[dict[str, Any]]:
    names = ("values", "forward", "backward")
    return [_code(name, at + 1, block, []) for at, (name, block) in enumerate(zip(names, blocks, strict=True))]


def _code(name: str, count: int, lines: Sequence[str], outputs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": count,
        "id": name,
        "metadata": {},
        "outputs": outputs,
        "source": _source(lines),
    }


def _markdown(name: str, *lines: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": _source(lines)}


def _source(lines: Sequence[str]) -> list[str]:
    """Lines as nbformat stores them: each but the last with its line break."""
    return [f"{line}\n" for line in lines[:-1]] + list(lines[-1:])
