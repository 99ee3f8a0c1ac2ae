"""The output as a function of one value of a run: what lies behind that value is computed again, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from app.engine.execution.passes.forward import ForwardStep, Kernel, forward_steps, ieee, quick, run_forward
from app.engine.execution.plan import Trace
from app.engine.execution.roundoff import UNIT, RoundOff
from app.engine.program import Array, Value
from app.engine.support.deadline import checkpoint
from app.engine.support.lazy import lazy


class Rerun:
    """A run that may be changed at one node: what all such changes have in common."""

    def __init__(self, run: Trace) -> None:
        self.run = run
        self.schedule = run.structure.schedule
        self.index = run.structure.index
        self.values: list[Any] = list(run.value_list)
        self.middle = weighted(run.seed, run.output)

    @lazy
    def round_off(self) -> RoundOff:
        return RoundOff(self.run)

    @lazy
    def _users(self) -> list[list[int]]:
        users: list[list[int]] = [[] for _ in self.schedule.nodes]
        for target in self.schedule.graph:
            for source in self.schedule.inputs[target]:
                users[source].append(target)
        return users

    def behind(self, id: str) -> list[int]:
        """Positions of what depends on a node, in forward order. Takes as long as there are such."""
        start = self.index[id]
        found = {start}
        waiting = [start]
        while waiting:
            for user in self._users[waiting.pop()]:
                if user not in found:
                    found.add(user)
                    waiting.append(user)
        found.remove(start)
        return sorted(found)

    def weight(self, behind: Sequence[int]) -> int:
        """What one computation of these takes, in nodes of about 1 µs: what arrays hold and products take included."""
        held = sum(int(np.size(self.values[i])) for i in behind)
        return 1 + len(behind) + held // 64 + self.schedule.products_in(behind) // 1_000


class Moved:
    """The output, weighted by the seed, for other values of one node. Not to be shared between threads."""

    def __init__(self, rerun: Rerun, id: str, behind: Sequence[int]) -> None:
        self._rerun = rerun
        self._schedule = rerun.schedule
        self.at = rerun.index[id]
        self._values = rerun.values.copy()
        self.behind = behind
        self.behind_set = frozenset(behind)
        self.value = np.array(rerun.values[self.at], dtype=np.float64)

    def elements(self) -> Iterator[tuple[int, ...]]:
        return np.ndindex(self.value.shape)

    def along(self, index: tuple[int, ...]) -> Callable[[float], float]:
        """The output as a function of how far one element is moved."""
        start = float(self.value[index])
        if not self.value.shape:
            return lambda step: self._output(start + step)
        moved = self.value.copy()

        def at(step: float) -> float:
            moved[index] = start + step
            return self._output(moved)

        return at

    def values(self, index: tuple[int, ...], step: float) -> list[Any]:
        """Every value of the graph with one element moved, in forward order."""
        self.along(index)(step)
        moved = self.value.copy()
        moved[index] += step
        self._values[self.at] = moved if moved.shape else float(moved)
        return self._values.copy()

    def sides(self, index: tuple[int, ...], step: float) -> list[Any]:
        """Of everything behind that has a kink, or is a choice, the side on which it stands with one element moved."""
        self.along(index)(step)
        found = []
        for i, kernel in self._side_kernels:
            found.append(np.asarray(kernel(self._values[i], *[self._values[j] for j in self._schedule.inputs[i]])))
        return found

    def divisors(self, index: tuple[int, ...], step: float) -> list[Any]:
        """What everything behind divides by, with one element moved."""
        self.along(index)(step)
        found: list[Any] = []
        for i, kernel in self._divisor_kernels:
            found += map(np.asarray, kernel(*[self._values[j] for j in self._schedule.inputs[i]]))
        return found

    def slope_by_complex_step(self, index: tuple[int, ...], step: float) -> float:
        """The derivative by a step in the imaginary direction: no difference is taken, so nothing cancels."""
        moved: Any = self.value.astype(np.complex128)
        moved[index] += 1j * step
        checkpoint(1 + len(self.behind))
        values = self._values
        values[self.at] = moved if moved.shape else moved[()]
        run_forward(self._complex, values)
        return float(np.sum(np.imag(self._rerun.run.seed * values[self._schedule.output]))) / step

    @lazy
    def noise(self) -> float:
        """How far rounding may move the output when all that lies behind is computed anew."""
        found = self._rerun.round_off
        return found.summing + sum(found.outputs.get(i, 0.0) for i in self.behind)

    def noise_at(self, index: tuple[int, ...], grad: float) -> float:
        """The same where one element is moved: it is rounded as well, and handed on by its gradient."""
        return self.noise + UNIT * abs(grad * float(self.value[index]))

    def round_off_of(self, index: tuple[int, ...]) -> float:
        """How far rounding may have moved the gradient of one element."""
        return float(self._gradient_round_off[index])

    @property
    def largest_round_off(self) -> float:
        return float(np.max(self._gradient_round_off, initial=0.0))

    @lazy
    def _gradient_round_off(self) -> Array:
        return np.broadcast_to(self._rerun.round_off.gradients.get(self.at, 0.0), self.value.shape)

    @lazy
    def analytic(self) -> bool:
        """Whether a complex step passes everything behind."""
        return self.not_complex() is None

    def not_complex(self) -> int | None:
        """The first position behind whose op does not allow complex numbers; None where all do."""
        for i in self.behind:
            rule = self._schedule.rules[i]
            if rule is not None and not rule.analytic:
                return i
        return None

    def _output(self, value: Value | Array) -> float:
        values = self._values
        values[self.at] = value
        checkpoint(1 + len(self.behind))
        try:
            run_forward(self._quick, values)
        except (OverflowError, ValueError, ZeroDivisionError):
            # Where Python's arithmetic raises, IEEE arithmetic goes on with inf or nan.
            run_forward(self._ieee, values)
        return weighted(self._rerun.run.seed, values[self._schedule.output])

    @lazy
    def _quick(self) -> list[ForwardStep]:
        return forward_steps(self._schedule, self.behind, quick)

    @lazy
    def _ieee(self) -> list[ForwardStep]:
        return forward_steps(self._schedule, self.behind, ieee)

    @lazy
    def _complex(self) -> list[ForwardStep]:
        return forward_steps(self._schedule, self.behind, lambda rule: rule.complex_kernel())

    @lazy
    def _side_kernels(self) -> list[tuple[int, Kernel]]:
        rules = [(i, self._schedule.rules[i]) for i in self.behind]
        kernels = [(i, rule.side_kernel()) for i, rule in rules if rule is not None]
        return [(i, kernel) for i, kernel in kernels if kernel is not None]

    @lazy
    def _divisor_kernels(self) -> list[tuple[int, Kernel]]:
        rules = [(i, self._schedule.rules[i]) for i in self.behind]
        kernels = [(i, rule.divisor_kernel()) for i, rule in rules if rule is not None]
        return [(i, kernel) for i, kernel in kernels if kernel is not None]


def weighted(seed: Value, output: Value) -> float:
    """The number whose gradient a backward pass with this seed computes."""
    if type(output) is float and type(seed) is float:
        return seed * output
    return float(np.sum(np.asarray(seed) * np.asarray(output)))
