"""Memory: bytes per node of a plan and of one trace, which must not grow with the number of nodes."""

import gc
import tracemalloc
from collections.abc import Callable
from typing import Any

from micrograd.engine import Value

from app.engine import compile_program
from benchmarks import scalar_graph
from benchmarks.report import table

SIZES = (1_000, 2_000, 4_000, 8_000)


def run() -> str:
    """Bytes per node at each size."""
    return "\n\n".join(
        (
            "## Memory",
            "Bytes per node (leaves and operations), as Python's tracemalloc counts them.",
            table(
                ["operations", "plan, fresh", "plan, compiled", "one trace", "micrograd's graph"],
                [[f"{size:,}", *(f"{amount:,.0f}" for amount in _measure(size))] for size in SIZES],
            ),
        )
    )


def _measure(size: int) -> tuple[float, float, float, float]:
    lines, leaves = scalar_graph.random_lines(size, seed=size)
    text, build = scalar_graph.program(lines), scalar_graph.for_micrograd(lines, list(leaves))
    output = lines[-1].name
    # Once for what all programs share: rules, kernels, the names that Python interns.
    others, values = scalar_graph.random_lines(size + 100, seed=size + 1)
    compile_program(scalar_graph.program(others), values).compile().run()
    plan, fresh = _grown(lambda: compile_program(text, leaves))

    _, more = _grown(plan.compile)

    def one_trace() -> Any:
        trace = plan.run(leaves)
        return trace, trace.value_list, trace.grad_list, trace.message_list

    kept, traced = _grown(one_trace)

    def graph() -> Any:
        names = build({name: Value(value) for name, value in leaves.items()})
        names[output].backward()
        return names

    _, theirs = _grown(graph)
    nodes = len(kept[1])
    return fresh / nodes, (fresh + more) / nodes, traced / nodes, theirs / nodes


def _grown(work: Callable[[], Any]) -> tuple[Any, int]:
    """The result of `work` and the bytes that are held while it is alive."""
    gc.collect()
    tracemalloc.start()
    try:
        result = work()
        gc.collect()
        return result, tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
