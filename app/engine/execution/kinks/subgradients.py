"""Which gradients are right if a run is on kinks: those that some mixture of the kinks' sides gives.

A mixture gives every side of a kink a share. Shares are not negative, and those of one kink add up to at most one; the
rest goes to the engine's own convention. A gradient is linear in the shares of kinks that do not depend on one another,
so finding the shares of given gradients is bounded least squares; for kinks that depend on one another it is iterated.
All gradients of one pass must come from the same shares.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.execution.kinks.bounded import shares_for
from app.engine.execution.kinks.sides import Side, single_sides, whole_sides
from app.engine.execution.passes.backward import resweep
from app.engine.execution.schedule import Schedule
from app.engine.execution.tolerance import ROUNDING
from app.engine.support.errstate import ignore_fp_errors

_ROUNDS = 5
_NOUGHT = 1e-12
_ROWS, _WORK = 20_000, 300_000
"""Most numbers in one least-squares problem; budget of nodes and elements for all questions about one run."""

Shares = Mapping[Side, float]


class Subgradients:
    """The gradients of one run for sides of kinks that may differ from the engine's. It changes as gradients are
    accepted, so each backward pass that is judged needs its own.

    held: index of a node -> its gradient, for those accepted so far; later ones must be consistent with them.
    """

    def __init__(
        self, schedule: Schedule, values: Sequence[Any], grads: Sequence[Any], messages: Sequence[Any]
    ) -> None:
        """values, grads, messages: the columns of a trace."""
        self.schedule = schedule
        self.values: list[Any] = list(values)
        self.own: list[Any] = list(grads)
        self.messages = messages
        self.shares: Shares = {}
        self.held: dict[int, Any] = {}
        self.left = _WORK
        self._now: list[Any] | None = None

    @cached_property
    def kinks(self) -> list[list[Side]]:
        """For each node on a kink, its sides."""
        return whole_sides(self.schedule, self.values)

    @cached_property
    def singles(self) -> list[list[Side]] | None:
        """The same for each element on its own; None if there are too many."""
        return single_sides(self.schedule, self.values)

    @cached_property
    def touched(self) -> frozenset[int]:
        """The indices of nodes whose gradients depend on a kink."""
        found: set[int] = set()
        turned = {i for sides in self.kinks for side in sides for i in side.arguments}
        for i in reversed(self.schedule.graph):
            if i in turned or i in found:
                found.update(self.schedule.inputs[i][slot] for slot in self.schedule.senders[i])
        return frozenset(found)

    def grad(self, index: int) -> Any:
        """The gradient of a node, with the sides taken so far."""
        if self._now is None:
            return self.own[index]
        return self._now[index]

    def keep(self, index: int, value: Any) -> None:
        """Accepts a gradient that is right with the sides taken so far."""
        if self.own[index] is not None:
            self.held[index] = value

    def take(self, index: int, value: Any, relative: float = ROUNDING, element: tuple[int, ...] | None = None) -> bool:
        """Whether some sides give this gradient (or one element of it) and all those held. If so, they are taken from
        now on."""
        shares = self._shares_for({**self.held, index: value}, relative, element, index)
        if shares is None:
            return False
        self.shares, self._now = shares, ignore_fp_errors(self.swept, shares)
        self.keep(index, value)
        return True

    def fits_alone(self, index: int, value: Any, relative: float = ROUNDING) -> bool:
        """Whether a gradient would be right if no others were held."""
        return self._shares_for({index: value}, relative, None, index) is not None

    def sides_taken(self) -> list[int]:
        """The indices of the nodes at whose kinks a side other than the engine's is taken."""
        return sorted({side.at for side, share in self.shares.items() if share > _NOUGHT})

    def standing(self) -> list[int]:
        """The indices of all nodes on kinks."""
        return sorted({sides[0].at for sides in self.kinks})

    def back_to(self, shares: Shares, held: dict[int, Any]) -> None:
        """Restores earlier shares and held gradients."""
        self.shares, self.held = shares, held
        self._now = ignore_fp_errors(self.swept, shares) if shares else None

    @cached_property
    def in_full(self) -> list[Any] | None:
        """The gradients where each of several equal maxima gets all that the maximum receives; None where there are no
        such ties. They are no mixture of sides, but what `mask = x == x.max()` gives, as many texts write it."""
        ties = [sides[0].at for sides in self.kinks if self._is_tie(sides[0].at)]
        return ignore_fp_errors(lambda: self._swept_in_full(frozenset(ties))) if ties else None

    def _is_tie(self, i: int) -> bool:
        rule = self.schedule.rules[i]
        return rule is not None and rule.op.kind != "mask" and rule.op.partials is None

    def _swept_in_full(self, ties: frozenset[int]) -> list[Any]:
        def send(i: int, grad: Any) -> list[Any]:
            sent = self._sent(i, grad, ())
            if i not in ties:
                return sent
            shape = self.schedule.shapes[i]
            shares = self._sent(i, np.ones(shape) if shape else 1.0, ())
            return [np.where(s > 0, m / np.where(s > 0, s, 1.0), 0.0) for m, s in zip(sent, shares, strict=True)]

        return self._resweep(ties, send)

    def _resweep(self, changed: Container[int], send: Callable[[int, Any], list[Any]]) -> list[Any]:
        """All gradients, by index, where other messages are sent. changed: the nodes that send others whatever arrives;
        send(i, gradient) -> the messages of a node, by sender."""
        schedule, found = self.schedule, list(self.own)

        def sent(i: int, grad: Any) -> Iterator[tuple[int, Any]]:
            if (grad is None and i not in changed) or not schedule.senders[i]:
                return
            for slot, message in zip(schedule.senders[i], send(i, found[i] if grad is None else grad), strict=True):
                yield schedule.first_edge[i] + slot, message

        for i, grad in resweep(schedule, self.messages, reversed(schedule.graph), sent, {}).items():
            found[i] = grad
        return found

    # -- finding shares --------------------------------------------------------------------------------------------

    def _shares_for(
        self, wanted: dict[int, Any], relative: float, element: tuple[int, ...] | None, asked: int
    ) -> Shares | None:
        if asked not in self.touched:
            return None
        relevant = [(i, value) for i, value in wanted.items() if i in self.touched]
        return ignore_fp_errors(_Question(self, relevant, relative, (asked, element)).answer)

    def swept(self, shares: Shares) -> list[Any]:
        """All gradients for these shares, by index."""
        turned: dict[int, list[tuple[float, tuple[Any, ...]]]] = {}
        for side, share in shares.items():
            if share != 0:
                for i, arguments in side.arguments.items():
                    turned.setdefault(i, []).append((share, arguments))
        return self._resweep(turned, lambda i, grad: self._sent(i, grad, turned.get(i, ())))

    def _sent(self, i: int, grad: Any, turned: Sequence[tuple[float, tuple[Any, ...]]]) -> list[Any]:
        rule = self.schedule.rules[i]
        assert rule is not None
        kernel = rule.backward_kernel(self.schedule.senders[i], ieee=True)
        base = kernel(grad, self.values[i], *[self.values[j] for j in self.schedule.inputs[i]])
        result = list(base)
        for share, arguments in turned:
            beside = kernel(grad, *arguments)
            result = [
                total + np.where(np.equal(there, here), 0.0, share * (there - here))
                if np.ndim(here)
                else total + (0.0 if there == here else share * (there - here))
                for total, there, here in zip(result, beside, base, strict=True)
            ]
        return result


class _Question:
    """Finds the shares that give some gradients. asked: the node just asked about, and the element of it."""

    def __init__(
        self,
        of: Subgradients,
        wanted: list[tuple[int, Any]],
        relative: float,
        asked: tuple[int, tuple[int, ...] | None],
    ) -> None:
        self.of, self.relative = of, relative
        self.wanted: list[tuple[int, tuple[int, ...] | None, Any]] = []
        for i, value in wanted:
            element = asked[1] if i == asked[0] else None
            shape = () if element is not None else of.schedule.shapes[i]
            self.wanted.append((i, element, np.broadcast_to(np.asarray(value, dtype=np.float64), shape)))
        self.target = np.concatenate([np.ravel(value) for *_, value in self.wanted])

    @property
    def _price(self) -> int:
        return len(self.of.schedule.nodes) + self.target.size

    def answer(self) -> Shares | None:
        of = self.of
        if self.target.size > _ROWS or of.left < 0 or not of.kinks:
            return None
        if self._fits(of.shares):
            return of.shares
        # The usual case: the same side at every kink, such as the first of a tie or the right of a corner.
        for k in range(max(map(len, of.kinks))):
            alike: Shares = {sides[min(k, len(sides) - 1)]: 1.0 for sides in of.kinks}
            if self._fits(alike):
                return self._needed(alike)
        found = self._solved(of.kinks, of.shares)
        if found is None and of.singles is not None:
            found = self._solved(of.singles, {})
        return None if found is None else self._needed(found)

    def _needed(self, shares: Shares) -> Shares:
        """Without the kinks that do not affect the gradients asked about: those keep the engine's convention."""
        left = {side: share for side, share in shares.items() if share > _NOUGHT}
        for at in sorted({side.at for side in left}):
            without = {side: share for side, share in left.items() if side.at != at}
            if self.of.left > 0 and self._fits(without):
                left = without
        return left

    def _row(self, shares: Shares) -> Any:
        """The gradients asked about for these shares, concatenated."""
        self.of.left -= self._price
        grads = self.of.swept(shares)
        parts = [
            np.asarray(grads[i]) if element is None else np.asarray(grads[i])[element] for i, element, _ in self.wanted
        ]
        return np.concatenate([np.ravel(part) for part in parts])

    def _fits(self, shares: Shares) -> bool:
        return self._close(self._row(shares))

    def _close(self, row: Any) -> bool:
        finite = np.abs(row[np.isfinite(row)])
        nought = 1e-12 + 1e-10 * float(np.max(finite, initial=0.0))
        return bool(np.allclose(self.target, row, self.relative, nought, equal_nan=True))

    def _solved(self, kinks: list[list[Side]], start: Shares) -> Shares | None:
        """Shares that fit; None if none are found within the budget."""
        sides = [side for each in kinks for side in each]
        owners = np.array([k for k, each in enumerate(kinks) for _ in each])
        starts = [start, {}] if start else [{}]
        starts.append({each[0]: 1.0 for each in kinks})
        for begin in starts:
            shares: Shares = {side: begin.get(side, 0.0) for side in sides}
            for _ in range(_ROUNDS):
                if len(sides) * self._price > self.of.left:
                    return None
                here = self._row(shares)
                columns = np.stack([self._row({**shares, side: shares[side] + 1.0}) - here for side in sides], axis=1)
                rows = np.isfinite(columns).all(axis=1) & np.isfinite(here) & np.isfinite(self.target)
                now = np.array([shares[side] for side in sides])
                missing = (self.target - here)[rows] + columns[rows] @ now
                found = shares_for(columns[rows], missing, owners)
                shares = dict(zip(sides, map(float, found), strict=True))
                if self._fits(shares):
                    return shares
                if np.allclose(found, now, 1e-12, 1e-12):
                    break
        return None
