"""What goes wrong in a training: seen in the trace of a step, and since which step it does."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.execution.compile import compile_program
from app.engine.execution.plan import Trace
from app.engine.support.checkpoints import checkpoint
from app.engine.support.errstate import ignore_fp_errors
from app.engine.training.looks import LOOKS, Point, Seen, Trial
from app.engine.training.record import Record
from app.engine.training.trainer import State


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that goes wrong. kind: its name; node: where it is seen, None where it is the whole; says: what was
    seen, with its numbers; advice: what to try; trial: the same as settings, None where the program has to be changed;
    since: the first step at which it is so, and so it stays up to the step that was asked about."""

    kind: str
    node: str | None
    says: str
    advice: str
    trial: Trial | None
    since: int


def diagnosis(record: Record, step: int, most: int) -> list[Finding]:
    """What goes wrong at a step of a run, and since when, the earliest first. most: the largest cost of the steps that
    are computed again to find the first one, in evaluations of about 1 µs; where it does not reach, the step is the
    first of those kept. Raises EngineError."""
    return ignore_fp_errors(_Patient(record, step, most).findings)


class _Patient:
    """A run, looked at at some of its steps."""

    def __init__(self, record: Record, step: int, most: int) -> None:
        self._record = record
        self._step = step
        self._most = most
        self._seen: dict[int, dict[str, Seen]] = {}
        self._start = self._trace(record.state(0))

    def findings(self) -> list[Finding]:
        found = [
            Finding(kind, seen.node, seen.says, seen.says.hint or "", seen.trial, self._since(kind, seen))
            for kind, seen in self._at(self._step).items()
        ]
        return sorted(found, key=lambda finding: finding.since)

    def _since(self, kind: str, seen: Seen) -> int:
        """The first step from which on it is so, as far as the kept steps tell."""
        first, before = self._step, -1
        for step in reversed(self._record.kept(self._step)):
            if not seen.was(self._at(step).get(kind)):
                before = step
                break
            first = step
        # Between two steps that are kept, the first one with it.
        while first - before > 1 and (first - max(before, 0)) * self._record.trainer.cost < self._most:
            middle = (before + first) // 2
            if seen.was(self._at(middle).get(kind)):
                first = middle
            else:
                before = middle
        return first

    def _at(self, step: int) -> dict[str, Seen]:
        found = self._seen.get(step)
        if found is None:
            state = self._record.state(step)
            checkpoint(3 * self._record.trainer.cost)
            trace = self._start if step == 0 else self._trace(state)
            found = self._seen[step] = {
                kind: seen
                for kind, look in LOOKS.items()
                if (seen := look(Point(self._record.trainer, state, trace, self._start)))
            }
        return found

    def _trace(self, state: State) -> Trace:
        """The step with all examples."""
        trainer = self._record.trainer
        run = trainer.run
        values = trainer.values(state, whole=True)
        return compile_program(run.source, values, run.output, limits=trainer.limits).compile().going_on().run()
