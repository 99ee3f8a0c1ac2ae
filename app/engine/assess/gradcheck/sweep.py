"""The error of a numerical derivative as a function of its step.

With a large step the error is truncation: the function is curved between the two points. It falls with the step. With a
small step it is round-off, in the last digits of the two values. It grows as the step shrinks. Which of the two rules
at a step is read off the errors themselves, not off a formula.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.engine.assess.gradcheck.check import Budget, check_step, checked_number
from app.engine.assess.gradcheck.difference import Difference, slope
from app.engine.assess.gradcheck.step_size import arms
from app.engine.assess.gradcheck.verdict import RUNS, CheckedNumber, Derivative
from app.engine.errors import ValueProblem
from app.engine.execution.plan import Trace
from app.engine.execution.values import has_element
from app.engine.support.errstate import ignore_fp_errors
from app.engine.wording import said

Ruled = Literal["truncation", "round-off", "neither"]

DECADES, PER_DECADE = 15, 4
EPSILONS: tuple[float, ...] = tuple(
    [
        float(f"1e-{k // PER_DECADE}") if k % PER_DECADE == 0 else 10.0 ** (-k / PER_DECADE)
        for k in range(DECADES * PER_DECADE + 1)
    ]
)
"""The steps, from 1 down to 1e-15; the powers of ten are exactly the literals."""

METHODS: tuple[Difference, ...] = ("central", "forward")


@dataclass(frozen=True, slots=True)
class Best:
    """The step with the smallest error; the largest such step, if there are several."""

    epsilon: float
    error: float


@dataclass(frozen=True, slots=True)
class Barrier:
    """What a complex step cannot pass."""

    op: str
    node: str


@dataclass(frozen=True, slots=True)
class AtStep:
    """The result of each method for one step; of the complex step only if every op allows it."""

    epsilon: float
    central: Derivative
    forward: Derivative
    complex: Derivative | None


@dataclass(frozen=True, slots=True)
class Sweep:
    """The sweep of one element. epsilon: the steps. central, forward: the errors of each method at each step; ruled:
    what rules there; best: the best step of each.

    relative: whether errors are relative to the gradient; they are absolute if it is zero within round-off.
    at: the results for the step that was asked for.
    """

    id: str
    index: tuple[int, ...]
    grad: float | None
    relative: bool
    epsilon: Sequence[float]
    central: list[float]
    forward: list[float]
    ruled: Mapping[Difference, list[Ruled]]
    best: Mapping[Difference, Best | None]
    at: AtStep
    barrier: Barrier | None


def sweep(
    run: Trace,
    id: str,
    index: Sequence[int] | None = None,
    epsilon: float = 1e-5,
    budget: Budget | None = None,
) -> Sweep:
    """The errors of one element of a node (by default the first) over all steps, and its derivatives for one step.

    Raises as `check` does; ValueProblem for an index that the node does not have.
    """
    check_step(epsilon)
    budget = budget or Budget(run)
    moved = budget.moved(id, 2 * len(EPSILONS) + 2 * RUNS + 1, elements=1)
    element = _element(id, moved.value.shape, index)
    number = checked_number(run, budget.rerun, id, moved, element)
    first = moved.not_complex()
    node = None if first is None else run.structure.schedule.nodes[first]

    def work() -> Sweep:
        errors = _errors(number)
        return Sweep(
            id=id,
            index=element,
            grad=None if run.grads[id] is None else number.wanted,
            relative=number.relative,
            epsilon=EPSILONS,
            central=errors["central"],
            forward=errors["forward"],
            ruled={method: _ruled(errors[method]) for method in METHODS},
            best={method: _best(errors[method]) for method in METHODS},
            at=AtStep(
                epsilon,
                number.judge(epsilon, "central"),
                number.judge(epsilon, "forward"),
                number.judge(epsilon, "complex") if first is None else None,
            ),
            barrier=None if node is None else Barrier(node.op.name, node.id),
        )

    return ignore_fp_errors(work)


def _element(id: str, shape: tuple[int, ...], index: Sequence[int] | None) -> tuple[int, ...]:
    if 0 in shape:
        raise ValueProblem(said("values.nothing_to_differentiate", id=id))
    if index is None:
        return (0,) * len(shape)
    if has_element(shape, index):
        return tuple(index)
    wanted = f"{len(shape)} indices, each from 0 and below {list(shape)}" if shape else "no index: it is one number"
    raise ValueProblem(said("values.element_outside", id=id, index=list(index), wanted=wanted))


def _errors(number: CheckedNumber) -> dict[Difference, list[float]]:
    output = number.moved.along(number.element)
    errors: dict[Difference, list[float]] = {method: [] for method in METHODS}
    for epsilon in EPSILONS:
        right, left = output(epsilon), output(-epsilon)
        for method in METHODS:
            errors[method].append(number.error(slope(right, number.middle, left, epsilon, method)))
    return errors


def _best(errors: Sequence[float]) -> Best | None:
    finite = [(error, k) for k, error in enumerate(errors) if math.isfinite(error)]
    if not finite:
        return None
    error, k = min(finite)
    return Best(EPSILONS[k], error)


def _ruled(errors: Sequence[float]) -> list[Ruled]:
    """What makes each error: falling ones are truncation, rising ones round-off; at a kink, they do neither."""
    falls, rises = arms(errors)
    return ["truncation" if k in falls else "round-off" if k in rises else "neither" for k in range(len(errors))]
