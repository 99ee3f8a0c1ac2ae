"""Computes the numerical derivative beside every gradient: the output is recomputed with one number moved.

The output is weighted by the seed, so that the check is of exactly what the backward pass computes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.engine.assess.gradcheck.rerun import Moved, Rerun
from app.engine.assess.gradcheck.verdict import RUNS, SEVERITY, CheckedNumber, Derivative, Method, Verdict
from app.engine.errors import LimitError, ValueProblem
from app.engine.execution.plan import Trace
from app.engine.execution.values import as_value
from app.engine.ops import CONSTANT, INPUT
from app.engine.program import Value
from app.engine.support.errstate import ignore_fp_errors
from app.engine.wording import said

SMALLEST = 1e-15
"""The smallest step: a smaller one would not change most numbers."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One node: its gradient (None: no path to the output), its numerical derivative, and the worst verdict of its
    elements.

    relative_error: the largest of its elements; the absolute error if the gradient is zero within round-off.
    round_off: bound of the gradient's rounding error, the largest of its elements.
    negligible: all elements are zero within round-off, and so are their numerical derivatives.
    """

    id: str
    grad: Value | None
    numeric: Value
    relative_error: float
    verdict: Verdict
    negligible: bool
    round_off: float


def check(
    run: Trace,
    ids: Iterable[str] | None = None,
    epsilon: float = 1e-5,
    method: Method = "central",
    budget: Budget | None = None,
) -> tuple[Checked, ...]:
    """Checks every input of a run, or the named nodes, element by element.

    epsilon: the step, an absolute change of each number; at least SMALLEST. The complex step has its own size.
    budget: bounds the evaluations; LimitError if more could be needed.
    Raises ValueProblem for an id that is no input or operation of the graph, for an input whose value is fixed, and if
    the complex step meets an op that does not allow complex numbers.
    """
    check_step(epsilon)
    budget = budget or Budget(run)
    inputs = [node.id for node in run.structure.nodes if node.op is INPUT and node.id not in run.structure.fixed]
    moved = [(id, budget.moved(id, RUNS)) for id in (inputs if ids is None else dict.fromkeys(ids))]
    if method == "complex":
        for _, each in moved:
            require_complex(run, each)
    return ignore_fp_errors(lambda: tuple([_check(run, budget.rerun, id, each, epsilon, method) for id, each in moved]))


class Budget:
    """Counts the evaluations of a node (about 1 µs each) that a request needs, before they are made; at most `most`."""

    def __init__(self, run: Trace, most: int = 10**7) -> None:
        self.rerun = Rerun(run)
        self._left = self._most = most
        self._numbers = 0

    def moved(self, id: str, runs: int, elements: int | None = None) -> Moved:
        """The node, ready to be moved; `runs` evaluations for each of its elements are counted."""
        require_movable(self.rerun, id)
        size = int(np.size(self.rerun.values[self.rerun.index[id]]))
        self._numbers += size if elements is None else elements
        descendants = self.rerun.descendants(id)
        self._left -= runs * (size if elements is None else elements) * self.rerun.weight(descendants)
        if self._left < 0:
            raise LimitError(
                said(
                    "limits.check_too_long",
                    numbers=_counted(self._numbers),
                    most=self._most - self._left,
                    most2=self._most,
                ),
            )
        return Moved(self.rerun, id, descendants)


def _counted(numbers: int) -> str:
    return "one number" if numbers == 1 else f"{numbers:,} numbers"


def check_step(epsilon: float) -> None:
    """Raises ValueProblem for a step that is too small, infinite or nan."""
    if not (SMALLEST <= epsilon < np.inf):
        raise ValueProblem(said("values.step_too_small", epsilon=epsilon, smallest=SMALLEST))


def require_movable(rerun: Rerun, id: str) -> None:
    """Raises ValueProblem for an id whose value cannot be changed: no node of the graph, a constant, a fixed input."""
    structure = rerun.run.structure
    index = rerun.index.get(id)
    if index is not None and rerun.schedule.nodes[index].op is not CONSTANT and id not in structure.fixed:
        return
    some = [node.id for node in structure.nodes if node.op is not CONSTANT and node.id not in structure.fixed]
    raise ValueProblem(said("values.not_movable", id=id, some=", ".join(some[:12])))


def require_complex(run: Trace, moved: Moved) -> None:
    """Raises ValueProblem that names the first descendant whose op does not allow complex numbers."""
    first = moved.not_complex()
    if first is None:
        return
    node = run.structure.schedule.nodes[first]
    raise ValueProblem(said("values.complex_step_barred", name=node.op.name, id=node.id), span=node.span)


def checked_number(run: Trace, rerun: Rerun, id: str, moved: Moved, element: tuple[int, ...]) -> CheckedNumber:
    """One element of a node, ready to be judged."""
    grad = run.grads[id]
    wanted = 0.0 if grad is None else float(np.asarray(grad)[element])
    on_kink = bool(run.kinks) and any(run.structure.schedule.nodes[i].id in run.kinks for i in moved.descendants)
    noise, round_off = moved.noise_at(element, wanted), moved.round_off_of(element)
    return CheckedNumber(moved, element, wanted, rerun.middle, on_kink, noise, round_off)


def _check(run: Trace, rerun: Rerun, id: str, moved: Moved, epsilon: float, method: Method) -> Checked:
    grad = run.grads[id]
    numeric = np.empty(moved.value.shape)
    found: list[Derivative] = []
    for element in moved.elements():
        judged = checked_number(run, rerun, id, moved, element).judge(epsilon, method)
        numeric[element] = judged.numeric
        found.append(judged)
    if grad is None:
        return Checked(id, None, as_value(numeric), 0.0, "no path", False, 0.0)
    return Checked(
        id,
        grad,
        as_value(numeric),
        max([each.error for each in found], key=lambda e: (e != e, e), default=0.0),
        max([each.verdict for each in found], key=SEVERITY.index, default="agrees"),
        bool(found) and all(each.negligible for each in found),
        moved.largest_round_off,
    )
