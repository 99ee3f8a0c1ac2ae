"""A backward pass computed at the values of one run: as it is written, and with the right gradients in place of wrong
ones."""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from app.engine.assess.grading.steps import BackwardReading
from app.engine.errors import EngineError
from app.engine.execution.plan import Trace
from app.engine.execution.values import as_value
from app.engine.interpreter.graph.evaluator import Evaluator
from app.engine.ops import Call
from app.engine.ops.expression import Shape
from app.engine.program import Value
from app.engine.support.checkpoints import checkpoint


class Point:
    """The numbers of a pass at one point."""

    def __init__(self, reading: BackwardReading, run: Trace) -> None:
        self.reading = reading
        nodes = run.structure.schedule.nodes
        pairs = zip(nodes, run.value_list, strict=False)
        self._known = {reading.known[node.id]: value for node, value in pairs if node.id in reading.known}
        self._known |= {i: grad for i, at in reading.stands.items() if (grad := run.grad_list[at]) is not None}
        self._own = Evaluator(reading.nodes, reading.shapes, {}, self._known)
        self._right: Evaluator | None = None
        self._shapes = list(reading.shapes)

    def holds(self) -> bool:
        """Whether the pass takes the same course here."""
        return all(guard.holds(self.own(guard.node)) for guard in self.reading.guards)

    def own(self, node: int) -> Value:
        """What the reader computes."""
        checkpoint(20)
        return as_value(self._own.value(node))

    def right(self, node: int) -> Value | None:
        """What comes out if the gradients corrected so far are right; None if that cannot be computed."""
        if self._right is None:
            return self.own(node)
        checkpoint(20)
        try:
            return as_value(self._right.value(node))
        except (EngineError, ValueError, IndexError, TypeError):
            # With another shape, lines may not fit.
            return None

    def correct(self, node: int, value: Value) -> None:
        """Takes a value for a node, for what is computed from it from now on."""
        if self._right is None:
            self._right = Evaluator(self.reading.nodes, self._shapes, {}, self._known)
        if np.shape(value) != self._shapes[node]:
            self._reshape(node, np.shape(value))
        self._right.put(node, value)

    def _reshape(self, node: int, shape: Shape) -> None:
        """Works out the shapes of what is computed from a node that gets another one."""
        shapes, changed = self._shapes, {node}
        shapes[node] = shape
        for i, other in enumerate(self.reading.nodes[node + 1 :], node + 1):
            if changed.isdisjoint(other.inputs):
                continue
            changed.add(i)
            # Where it does not fit, computing it fails.
            with suppress(EngineError, ValueError, IndexError):
                shapes[i] = other.op.shape(Call(other.attrs, tuple([shapes[j] for j in other.inputs])))
