"""micrograd: a graph built anew for every run, as its design has it."""

import sys
from typing import Any

from micrograd.engine import Value

from benchmarks.case import Case, Figures, Runner, Skip

sys.setrecursionlimit(200_000)  # its backward pass walks the graph by recursion


def prepare(case: Case) -> Runner:
    """Build the graph, then `backward()`. Values and adjoints of every name; it keeps no messages."""
    build = case.micrograd
    if build is None:
        raise Skip("knows scalars only")
    leaves = {name: float(value) for name, value in case.leaves.items()}

    def step() -> dict[str, Any]:
        names = build({name: Value(value) for name, value in leaves.items()})
        names[case.output].backward()
        return names

    def figures(names: dict[str, Any]) -> Figures:
        found: Figures = {("value", name): value.data for name, value in names.items()}
        found.update({("grad", name): value.grad for name, value in names.items()})
        return found

    return Runner(step, figures)
