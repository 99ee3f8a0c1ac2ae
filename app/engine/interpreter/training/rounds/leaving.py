"""Trainings that take more rounds than can be read. The loop is left, and a note says after how many rounds: the graph
of a round is the same kind of graph after 500 as after 60,000. A loop that does not train is refused instead, as soon
as it is certain enough to exceed a limit: what follows it may need all of it."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from operator import length_hint
from typing import Any

from app.engine.errors import LimitError
from app.engine.interpreter.grammar import BREAK, LEFT
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.rounds.replay import Rounds
from app.engine.interpreter.turns.loops import Ended
from app.engine.wording import said

_WAYS_OUT = (ast.Return, ast.Raise, ast.Assert, ast.Yield, ast.YieldFrom)
ENDLESS = 1_000
"""Rounds after which a loop that nothing ends is left if it trains, and refused if it does not."""
_SEVERAL = 100
"""Rounds after which such a loop is refused that has taken its share of a limit."""
_SOON, _HALF, _LATE = 0.25, 0.45, 0.9
"""The parts of a limit after which a training is left: one that will exceed it or that nothing ends, one of which no
number of rounds is known, and any other."""
_SHARE = 0.1
"""The part of a limit that a loop must have taken before its whole is judged by it."""
_MARGIN = 1.25
"""How far beyond the limit the whole must be: later rounds may take less."""


class Leaving:
    """One loop, and what of the limits was used before it."""

    def __init__(self, interpreter: Interpreter, node: ast.For | ast.While, rounds: Iterable[Any]) -> None:
        """rounds: what gives the loop its rounds."""
        self.interpreter = interpreter
        self.node = node
        self.rounds = rounds if isinstance(rounds, Rounds) else None
        self.length = length_hint(rounds) or None
        self.endless = isinstance(node, ast.While) and never_ends(node)
        if self.endless and self.rounds is not None:
            self.rounds.most = ENDLESS
        self.nodes, self.steps = interpreter.graph.turn, interpreter.steps
        self.first, self.counted = len(interpreter.graph.nodes), interpreter.steps - interpreter.earned
        self.depth = interpreter.depth
        self._begun = 0
        self.ends = False
        """Whether the text ends with this loop."""
        training = interpreter.training
        self.run = training.loops.enter(node, interpreter.scope, interpreter.graph.nodes, training.successors)
        if self.rounds is not None:
            self.rounds.run = self.run

    def now(self) -> bool:
        """Whether the loop is left, before another round begins. Raises LimitError for a loop that does not train and
        will take too much."""
        interpreter, graph = self.interpreter, self.interpreter.graph
        done = self._begun if self.rounds is None else self.rounds.done
        self._begun += 1
        if not done:
            return False
        if graph.turn == self.nodes:
            self._refuse_endless(done)
            self._check(done)
            return False
        training = interpreter.training
        if training.loop_depth is not None and training.loop_depth < self.depth:
            # A loop around it has trained, and is left between its rounds.
            return False
        training.loop_depth = self.depth
        if self.run.large and self._is_enough(done):
            self.ends = True
            return True
        used = max(interpreter.steps / interpreter.most_training, graph.turn / graph.most)
        if self.endless or self._exceeds(done):
            most = _SOON
        else:
            most = _HALF if self.length is None else _LATE
        if used > most or (self.endless and done >= ENDLESS) or (self.rounds is not None and self.rounds.full):
            self._note(done)
            return True
        return False

    def _is_enough(self, done: int) -> bool:
        """Whether a training with large turns is left here: behind the first one, where no other is wanted."""
        interpreter, loops = self.interpreter, self.interpreter.training.loops
        if loops.wanted is not None:
            return loops.done >= loops.wanted.own.turns
        most = interpreter.most_large // max((interpreter.steps - self.steps) // done, 1)
        self.run.own.repeats = True
        self.run.promised = max(min(self.length or ENDLESS, most), 1)
        size = round(interpreter.graph.turn, -3)
        interpreter.note(said("notes.large_turns", line=self.node.lineno, size=size))
        return True

    def turned(self, ended: Any) -> Any:
        """A round has been read. Returns how it ended."""
        return LEFT if self.run.turned(self.interpreter.graph.value) else ended

    def over(self, ended: Any) -> Any:
        """The loop has ended. Returns how, for what is around it."""
        if self.interpreter.training.loop_depth == self.depth:
            self.interpreter.training.loop_depth = None
        whole = self.run.over()
        if self.ends or (ended is LEFT and self.run.large):
            self.interpreter.training.loops.left = True
            raise Ended("the text is left behind this training", line=self.node.lineno)
        return BREAK if ended is LEFT and whole else ended

    def _exceeds(self, done: int) -> bool:
        graph, interpreter = self.interpreter.graph, self.interpreter
        return self._predicted(self.steps, interpreter.steps, interpreter.most_training, done) or self._predicted(
            self.nodes, graph.turn, graph.most, done
        )

    def _predicted(self, begun: int, used: int, limit: int, done: int) -> bool:
        """Whether all rounds will exceed a limit, as far as those that are done tell."""
        taken = used - begun
        return (
            self.length is not None and taken >= _SHARE * limit and begun + taken * self.length / done > limit * _MARGIN
        )

    def _refuse_endless(self, done: int) -> None:
        """Raises LimitError for a loop that nothing ends and that trains nothing, once its rounds have shown it. What
        an error in it would lead to, an `except` around it may say."""
        if not self.endless or self.interpreter.trying:
            return
        interpreter = self.interpreter
        share = interpreter.steps - self.steps >= _SHARE * interpreter.most_steps
        if done >= ENDLESS or (done >= _SEVERAL and share):
            raise LimitError(said("limits.loop_never_ends", done=done), span=interpreter.span(self.node))

    def _check(self, done: int) -> None:
        interpreter, graph = self.interpreter, self.interpreter.graph
        few = interpreter.steps - self.steps < _SHARE * interpreter.most_steps
        if self.length is None or (few and len(graph.nodes) - self.first < _SHARE * graph.most_in_turn):
            return
        if self._predicted(self.first, len(graph.nodes), graph.turn + graph.most_in_turn, done):
            raise graph.full(interpreter.span(self.node))
        begun, counted = self.counted, interpreter.steps - interpreter.earned
        if self._predicted(begun, counted, interpreter.most_steps, done):
            fewer = done * (interpreter.most_steps - begun) // (counted - begun)
            raise LimitError(
                said("limits.rounds_too_many", most_steps=interpreter.most_steps, fewer=_short(fewer)),
                span=interpreter.span(self.node),
            )

    def _note(self, done: int) -> None:
        line, length = self.node.lineno, self.length
        if self.endless:
            note = said("notes.endless_loop", line=line, done=done)
        elif length is None:
            note = said("notes.long_loop", line=line, done=done)
        else:
            note = said("notes.long_loop_of_known_length", line=line, done=done, length=length)
        self.interpreter.note(note)


def never_ends(node: ast.While) -> bool:
    """Whether nothing in a loop can end it."""
    if not isinstance(node.test, ast.Constant) or not node.test.value:
        return False
    waiting: list[tuple[ast.AST, bool]] = [(each, False) for each in node.body]
    while waiting:
        each, inner = waiting.pop()
        # `break` in a loop inside ends that one; who takes what a generator yields stops it.
        if isinstance(each, _WAYS_OUT) or (isinstance(each, ast.Break) and not inner):
            return False
        if not isinstance(each, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            inner = inner or isinstance(each, ast.For | ast.While)
            waiting += [(child, inner) for child in ast.iter_child_nodes(each)]
    return True


def _short(number: int) -> int:
    """A number that is easy to write, and a little less."""
    digits = max(len(str(number)) - 1, 0)
    unit = int(10**digits)
    return max(number // unit * unit, 1)
