"""Backlit itself: a plan made once, run with the leaves' values as a dragged slider does."""

from typing import Any

from app.engine import compile_program
from benchmarks.case import Case, Figures, Runner

WARM = 200
"""Runs before the clock starts; a structure that is run again and again is compiled on the way."""


def prepare(case: Case) -> Runner:
    """Values, adjoints and messages, all three columns taken out."""
    leaves = dict(case.leaves)
    plan = compile_program(case.program, leaves, case.output)

    def step() -> Any:
        trace = plan.run(leaves)
        return trace, trace.value_list, trace.grad_list, trace.message_list

    def figures(result: Any) -> Figures:
        trace = result[0]
        found: Figures = {}
        for node in plan.structure.nodes:
            if node.name is not None:
                found["value", node.name] = trace.values[node.id]
                found["grad", node.name] = trace.grads[node.id]
        return found

    for _ in range(WARM):
        step()
    return Runner(step, figures)
