"""The output as a function of one value of a run: only the descendants of that value are recomputed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from app.engine.execution.passes.forward import ForwardStep, Kernel, forward_steps, ieee, quick, run_forward
from app.engine.execution.plan import Trace
from app.engine.execution.roundoff import UNIT, RoundOff
from app.engine.ops.rules import Rule
from app.engine.program import Array, Value
from app.engine.support.checkpoints import checkpoint
from app.engine.support.lazy import lazy


class Rerun:
    """A run whose nodes can be changed one at a time: what all such changes share."""

    def __init__(self, run: Trace) -> None:
        self.run = run
        self.schedule = run.structure.schedule
        self.index = run.structure.index
        self.values: list[Any] = list(run.value_list)
        self.middle = weighted(run.seed, run.output)

    @lazy
    def round_off(self) -> RoundOff:
        return RoundOff(self.run)

    def descendants(self, id: str) -> list[int]:
        """The indices of the nodes that depend on a node, in forward order; takes time linear in their number."""
        start = self.index[id]
        found = {start}
        waiting = [start]
        while waiting:
            for user in self.schedule.users[waiting.pop()]:
                if user not in found:
                    found.add(user)
                    waiting.append(user)
        found.remove(start)
        return sorted(found)

    def weight(self, descendants: Sequence[int]) -> int:
        """The cost of recomputing these nodes once, in evaluations of about 1 µs."""
        return 1 + self.schedule.cost(descendants)


class Moved:
    """The output, weighted by the seed, for other values of one node. Not to be shared between threads."""

    def __init__(self, rerun: Rerun, id: str, descendants: Sequence[int]) -> None:
        self._rerun = rerun
        self._schedule = rerun.schedule
        self.index = rerun.index[id]
        self._values = rerun.values.copy()
        self.descendants = descendants
        self.value = np.array(rerun.values[self.index], dtype=np.float64)

    def elements(self) -> Iterator[tuple[int, ...]]:
        return np.ndindex(self.value.shape)

    def along(self, element: tuple[int, ...]) -> Callable[[float], float]:
        """The output as a function of the step by which one element is moved."""
        start = float(self.value[element])
        if not self.value.shape:
            return lambda step: self._output(start + step)
        moved = self.value.copy()

        def at(step: float) -> float:
            moved[element] = start + step
            return self._output(moved)

        return at

    def values(self, element: tuple[int, ...], step: float) -> list[Any]:
        """Every value of the graph with one element moved, in forward order."""
        self.along(element)(step)
        return self._values.copy()

    def sides(self, element: tuple[int, ...], step: float) -> list[Any]:
        """For each descendant with a kink or comparison, the side that it is on with one element moved."""
        self.along(element)(step)
        found = []
        for i, kernel in self._side_kernels:
            found.append(np.asarray(kernel(self._values[i], *[self._values[j] for j in self._schedule.inputs[i]])))
        return found

    def divisors(self, element: tuple[int, ...], step: float) -> list[Any]:
        """The divisors of all descendants, with one element moved."""
        self.along(element)(step)
        found: list[Any] = []
        for i, kernel in self._divisor_kernels:
            found += map(np.asarray, kernel(*[self._values[j] for j in self._schedule.inputs[i]]))
        return found

    def slope_by_complex_step(self, element: tuple[int, ...], step: float) -> float:
        """The derivative Im f(x + ih) / h: no difference is taken, so nothing cancels."""
        moved: Any = self.value.astype(np.complex128)
        moved[element] += 1j * step
        checkpoint(1 + len(self.descendants))
        values = self._values
        values[self.index] = moved if moved.shape else moved[()]
        run_forward(self._complex, values)
        return float(np.sum(np.imag(self._rerun.run.seed * values[self._schedule.output]))) / step

    @lazy
    def noise(self) -> float:
        """Bound of the rounding error of the output when the descendants are recomputed."""
        found = self._rerun.round_off
        return found.summing + sum(found.outputs.get(i, 0.0) for i in self.descendants)

    def noise_at(self, element: tuple[int, ...], grad: float) -> float:
        """The same if one element is moved: it is rounded, too, and its error is multiplied by its gradient."""
        return self.noise + UNIT * abs(grad * float(self.value[element]))

    def round_off_of(self, element: tuple[int, ...]) -> float:
        """Bound of the rounding error of the gradient of one element."""
        return float(self._gradient_round_off[element])

    @property
    def largest_round_off(self) -> float:
        return float(np.max(self._gradient_round_off, initial=0.0))

    @lazy
    def _gradient_round_off(self) -> Array:
        return np.broadcast_to(self._rerun.round_off.gradients.get(self.index, 0.0), self.value.shape)

    @lazy
    def analytic(self) -> bool:
        """Whether all descendants allow complex numbers."""
        return self.not_complex() is None

    def not_complex(self) -> int | None:
        """The index of the first descendant whose op does not allow complex numbers; None if all do."""
        rules = self._schedule.rules
        return next((i for i in self.descendants if (rule := rules[i]) is not None and not rule.analytic), None)

    def _output(self, value: Value | Array) -> float:
        values = self._values
        values[self.index] = value
        checkpoint(1 + len(self.descendants))
        try:
            run_forward(self._quick, values)
        except (OverflowError, ValueError, ZeroDivisionError):
            # Python's arithmetic raises where IEEE arithmetic continues with inf or nan.
            run_forward(self._ieee, values)
        return weighted(self._rerun.run.seed, values[self._schedule.output])

    @lazy
    def _quick(self) -> list[ForwardStep]:
        return forward_steps(self._schedule, self.descendants, quick)

    @lazy
    def _ieee(self) -> list[ForwardStep]:
        return forward_steps(self._schedule, self.descendants, ieee)

    @lazy
    def _complex(self) -> list[ForwardStep]:
        return forward_steps(self._schedule, self.descendants, lambda rule: rule.complex_kernel())

    @lazy
    def _side_kernels(self) -> list[tuple[int, Kernel]]:
        return self._kernels(Rule.side_kernel)

    @lazy
    def _divisor_kernels(self) -> list[tuple[int, Kernel]]:
        return self._kernels(Rule.divisor_kernel)

    def _kernels(self, kernel_of: Callable[[Rule], Kernel | None]) -> list[tuple[int, Kernel]]:
        """(index, kernel) for each descendant that has such a kernel."""
        rules = [(i, self._schedule.rules[i]) for i in self.descendants]
        kernels = [(i, kernel_of(rule)) for i, rule in rules if rule is not None]
        return [(i, kernel) for i, kernel in kernels if kernel is not None]


def weighted(seed: Value, output: Value) -> float:
    """The number whose gradient a backward pass with this seed computes."""
    if type(output) is float and type(seed) is float:
        return seed * output
    return float(np.sum(np.asarray(seed) * np.asarray(output)))
