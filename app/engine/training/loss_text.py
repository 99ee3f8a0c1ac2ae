"""The part of a text that a training compiles for its steps: what comes after the loss is left out of it.

A text may go on with what the trained model does: `print(generate(40))` takes one token after the other by the model's
own probabilities. Such lines decide by the parameters, so they would be read anew at every step, and the parameters
could not be learned. They belong to the trace of a step, not to the step.
"""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass

from app.engine.errors import EngineError
from app.engine.execution.compile import compile_program
from app.engine.execution.plan import Plan
from app.engine.interpreter.source import parse, pasted
from app.engine.limits import Limits
from app.engine.training.run import Run

_DEFINE = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


@dataclass(frozen=True, slots=True)
class LossText:
    """source: what a run's steps are compiled from; output: the loss in it; plan: that of the run's own values; cut:
    whether lines were left out, so that values for names in them are not refused."""

    source: str
    output: str | None
    plan: Plan
    cut: bool = False


def loss_text(run: Run, limits: Limits) -> LossText:
    """What the steps of a run are compiled from: all of its text, unless that takes decisions and goes on after the
    loss. Raises EngineError."""
    plan = compile_program(run.source, run.values, run.output, limits=limits)
    program = plan.structure.program
    # Two names may stand for one value, as after `f = x`.
    names = [name for name, index in program.names.items() if index == program.output]
    if not program.guards or not names:
        return LossText(run.source, run.output, plan)
    source = up_to(names, run.source, limits)
    if source == run.source:
        return LossText(run.source, run.output, plan)
    try:
        cut = compile_program(source, run.values, names[-1], limits=limits, ignore_unknown=True)
    except EngineError:
        return LossText(run.source, run.output, plan)
    return LossText(source, names[-1], cut, cut=True)


def up_to(names: Collection[str], source: str, limits: Limits) -> str:
    """A text without the statements after the last one that gives one of `names` its value, each line in its place.
    The same text where nothing is to be left out. Definitions, imports and comments stay: they compute nothing."""
    text = pasted(source, limits)
    body = parse(text, limits).body
    last = max((k for k, statement in enumerate(body) if _assigns(statement, names)), default=len(body))
    rest = [statement for statement in body[last + 1 :] if not isinstance(statement, _DEFINE)]
    if not rest:
        return source
    lines = text.split("\n")
    for statement in rest:
        if statement.lineno <= (body[last].end_lineno or 0):
            return source  # on one line with the loss
        lines[statement.lineno - 1 : statement.end_lineno] = [""] * ((statement.end_lineno or 0) - statement.lineno + 1)
    return "\n".join(lines)


def _assigns(statement: ast.stmt, names: Collection[str]) -> bool:
    if isinstance(statement, _DEFINE):
        return False
    return any(
        isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Store)
        for node in ast.walk(statement)
    )
