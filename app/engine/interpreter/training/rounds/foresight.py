"""A loop that is going to exceed a limit is refused as soon as that is certain enough, and not when it does."""

from __future__ import annotations

import ast

from app.engine.errors import LimitError
from app.engine.interpreter.interpreter import Interpreter

_SHARE = 10
"""The part of a limit that a loop must have taken before its whole is judged by it."""
_MARGIN = 1.25
"""How far beyond the limit the whole must be: later rounds may take less."""


class Foresight:
    """What a `for` over whole numbers takes for a round, all of which are read."""

    def __init__(self, interpreter: Interpreter, node: ast.For | ast.While, rounds: int) -> None:
        self.interpreter = interpreter
        self.node = node
        self.rounds = rounds
        self.steps, self.nodes = interpreter.steps, interpreter.graph.turn

    def check(self, done: int) -> None:
        """Raises LimitError where the rounds that are left will take too much. done: those that were read."""
        interpreter = self.interpreter
        graph = interpreter.graph
        steps = interpreter.most_steps if graph.turn == self.nodes else interpreter.most_training
        for used, begun, limit, kind, what in (
            (interpreter.steps, self.steps, steps, "steps", "reading this program takes"),
            (graph.turn, self.nodes, graph.most, "nodes", "the training steps of this program take"),
        ):
            taken = used - begun
            if taken * _SHARE < limit or begun + taken * self.rounds / done < limit * _MARGIN:
                continue
            raise LimitError(
                f"{what} more than {limit:,} {kind}",
                span=interpreter.span(self.node),
                hint=f"Take fewer rounds, such as range({_short(done * (limit - begun) // taken)}), or do the same in "
                "every round: then most are computed without being read.",
            )


def _short(number: int) -> int:
    """A number that is easy to write, and a little less."""
    digits = max(len(str(number)) - 1, 0)
    unit = int(10**digits)
    return max(number // unit * unit, 1)
