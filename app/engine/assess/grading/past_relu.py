"""Lines that go on past a relu under the same name: after `dh[h <= 0] = 0`, dh is the gradient of what it was given."""

from __future__ import annotations

from dataclasses import replace

from app.engine.assess.grading.scope import Scope
from app.engine.assess.grading.steps import Step
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.gradients.relu_cuts import relu_cut


def past_relu(scope: Scope, interpreter: Interpreter, step: Step, value: int, before: int | None) -> Step:
    """The step; where it goes on past a relu, one of another target, which adds nothing to the line before. before: the
    node that its name had."""
    given = None if before is None else relu_cut(interpreter, step.name, value, before)
    if given is None:
        return step
    id = interpreter.graph.nodes[given].id
    place = scope.structure.index.get(id)
    # What is used elsewhere, too, gets more than this.
    whole = place is not None and len(scope.structure.schedule.receives[place]) == 1
    return replace(step, cut=id if whole else "", target=None, adds=False, sums=False)
