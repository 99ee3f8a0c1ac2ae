"""Which rounds of a loop are read, and which are computed: once three rounds were alike, the next ones are.

Every round is read until then, and whenever something is different: an `if` that comes out otherwise, the last round.
What the text holds afterwards is what it would hold if every round had been read.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any

from app.engine.errors import EngineError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.rounds.restore import restore
from app.engine.interpreter.training.rounds.round import Round
from app.engine.interpreter.training.rounds.snapshot import Key, Unlike, snapshot
from app.engine.interpreter.training.rounds.steps import Differs
from app.engine.interpreter.training.rounds.template import Template
from app.engine.interpreter.training.rounds.watch import Watch
from app.engine.interpreter.turns.loops import LoopRun
from app.engine.interpreter.turns.outputs import RoundOutputs
from app.engine.interpreter.values import Ref
from app.engine.ops.axes import count
from app.engine.support.checkpoints import checkpoint
from app.engine.support.errstate import ignore_fp_errors

_FEWEST = 12
"""Rounds of a loop below which all are read."""
_TRIES = 6
"""Rounds that are looked at in vain before a loop is only read."""
_INNER = 16
"""Rounds of a loop inside of a round that are read as a part of it in any case."""
_MOST = 6_000_000
"""Nodes that all rounds of a text together compute without being read; large arrays count more."""
_PRINTED = 20_000
"""Lines that a text may print in rounds that are computed."""
_ALIKE = 3
"""Rounds that must be alike."""


class Rounds:
    """The rounds of one loop, told apart by whether they are read or computed: of a `for` over whole numbers, or of a
    `while`, which has no items."""

    def __init__(
        self,
        interpreter: Interpreter,
        node: ast.For | ast.While,
        items: Sequence[Any] | None,
    ) -> None:
        self.interpreter = interpreter
        self.node = node
        self.items = items
        self.most: int | None = None
        """How many rounds of a loop without items are wanted."""
        self.done = 0
        """How many were read and computed."""
        self.full = False
        """Whether no more can be computed without being read."""
        target = node.target if isinstance(node, ast.For) else None
        self.variable = target.id if isinstance(target, ast.Name) else ""
        usable = items is None or (self.variable and isinstance(items, range) and len(items) >= _FEWEST)
        usable = usable and interpreter.graph.given is not None and not interpreter.every_round
        self.tries = _TRIES if usable else 0
        if self.tries and not self._outermost():
            self.tries = 0
        self.ends = items is None or any(isinstance(each, ast.Break | ast.Return) for each in ast.walk(node))
        """Whether its rounds may come to an end before their number."""
        self.read: list[Round] = []
        self.seeds: tuple[Key, ...] = ()
        self.template: Template | None = None
        """That of the rounds that were computed last."""
        self.more: set[Key] = set()
        """Places whose numbers were found to differ."""
        self.watch: Watch | None = None
        self.run: LoopRun | None = None
        """The execution of the loop, where its rounds may be turns."""
        self.since = interpreter.graph.turn

    def _outermost(self) -> bool:
        """Whether this loop is not a part of a round that is followed already."""
        around = self.interpreter.watch
        if around is None:
            return True
        if self.items is None or len(self.items) <= max(_INNER, around.remaining):
            return False
        around.hopeless = True
        around.fail("a long loop")
        around.stop()
        return True

    def __length_hint__(self) -> int:
        """The number of rounds; 0 where it is not known."""
        return len(self.items or ())

    def __iter__(self) -> Iterator[Any]:
        """The items whose rounds are read."""
        assert self.items is not None
        place = 0
        while place < len(self.items):
            yield self.items[place]
            place = self.after(place + 1)

    def turned(self) -> None:
        """A round of a `while` was read."""
        self.after(0)

    def after(self, place: int) -> int:
        """A round was read, and `place` is the index of the next item. Returns that of the next one to read."""
        self.done += 1
        if not self.tries:
            return place
        watch, self.watch = self.watch, None
        graph = self.interpreter.graph
        if watch is not None:
            watch.end()
        if watch is not None and watch.hopeless:
            self.tries = 0
            return place
        if graph.turn == self.since:
            # No training step: nothing begins anew in this loop.
            self._anew()
            return place
        if watch is not None:
            at = place
            try:
                alike = self._look(watch)
                if self.items is None or place + 1 < len(self.items):
                    place = self._skip(place)
                if not alike and place == at:
                    self.tries -= 1
            except (Unlike, Differs):
                self.tries -= 1
        if self.tries:
            # Of a loop without items as many may come as there were.
            self._follow(self.done if self.items is None else len(self.items) - place)
        self.since = graph.turn
        return place

    def _follow(self, left: int) -> None:
        """The next round is followed. left: how many there are."""
        interpreter, held = self.interpreter, self.read[-1].held if self.read else None
        start = len(interpreter.graph.nodes)
        before = [each.start for each in self.read[-2:]] if self.read and self.read[-1].end == start else []
        seeds = () if held is None else self.seeds
        self.watch = Watch(
            interpreter,
            self.node,
            (before[0], before[-1]) if before else (start, start),
            [(held.container(key), key[1]) for key in seeds] if held else [],
            {id(items) for items, *_ in held.appended} if held else set(),
        )
        self.watch.remaining = left
        self.watch.seeds = seeds
        self.said = len(set(interpreter.notes))

    def _look(self, watch: Watch) -> bool:
        """Adds the round to those that were alike. Returns whether it is like the one before; where it is not, rounds
        that were computed earlier may go on behind it. Raises Unlike, Differs."""
        interpreter, graph = self.interpreter, self.interpreter.graph
        if watch.failed or len(set(interpreter.notes)) != self.said:
            self._anew()
            raise Differs
        last = self.read[-1] if self.read and self.read[-1].end == watch.start else None
        try:
            held = snapshot(interpreter, watch, self.variable, self.read[-1].held.lists if self.read else {})
        except Unlike:
            self._anew()
            raise
        made = Round(watch.start, len(graph.nodes), watch, held, watch.seeds, graph.counted())
        read, self.read, self.seeds = self.read, [made], tuple(held.varying)
        try:
            new = held.differing(last.held) if last else []
        except Unlike:
            return False
        self.seeds += tuple([key for key in new if key not in held.varying])
        if new:
            known = self.more & set(new)
            self.more |= set(new)
            if known:
                raise Unlike
        elif last:
            self.read = [*read[-(_ALIKE - 1) :], made]
        return True

    def _anew(self) -> None:
        self.read.clear()
        self.more.clear()

    # -- rounds that are computed --------------------------------------------------------------------------------

    def _skip(self, place: int) -> int:
        """Computes rounds from this place on, as long as they are like the last ones: three that were read, or those
        that were computed before."""
        last = self.read[-1]
        template = self.template
        known = template is not None and template.goes_on(last)
        if not known and len(self.read) == _ALIKE:
            template = Template(self.interpreter, self.read)
            if self.run is not None:
                template.per_round = self.run.per_round(last.start)
        elif not known:
            return place
        assert template is not None
        most = self._affordable(template)
        if self.items is not None:
            most = min(most, len(self.items) - 1 - place)
        if self.most is not None:
            # The one after them is read.
            most = min(most, self.most - self.done - 1)
        if self.run is not None:
            # The turn after which the text is left is read.
            most = self.run.most(template.per_round, most)
        outputs = RoundOutputs(template.per_round.outputs)
        histories: list[list[Any]] = [[] for _ in template.kept]
        done = ignore_fp_errors(self._compute, template, place, most, histories, outputs)
        if not done and known:
            return place
        if not done:
            raise Differs
        restore(self.interpreter, self.node, template, last, done, histories)
        if self.run is not None:
            self.run.computed(done, template.per_round, outputs)
        self.done += done
        self.read, self.template = [last], template
        self.tries = _TRIES
        return place + done

    def _affordable(self, template: Template) -> int:
        """The number of rounds that may be computed."""
        interpreter, limits = self.interpreter, self.interpreter.limits
        rounds = max(int((_MOST - interpreter.training.computed) / template.cost), 0)
        self.full = rounds < 1
        # What lists get and what is printed is kept.
        appended = [item for _, _, item, _ in template.last.held.appended]
        kept = [part for item in appended for part in (item if type(item) is tuple else (item,))]
        if kept:
            elements = sum(count(interpreter.graph.shapes[ref.index]) for ref in kept if type(ref) is Ref)
            free = int(limits.total_elements - interpreter.elements)
            rounds = min(rounds, limits.nodes // len(kept), free // max(elements, 1))
        if template.prints:
            rounds = min(rounds, (_PRINTED - len(interpreter.prints)) // template.prints)
        return rounds

    def _compute(
        self, template: Template, place: int, most: int, histories: Sequence[list[Any]], outputs: RoundOutputs
    ) -> int:
        """The number of rounds that could be computed; `template.values` and `.slots` are those of the last one."""
        interpreter, items = self.interpreter, self.items
        before = interpreter.steps, interpreter.elements
        done = 0
        earlier: Any = None
        while done < most:
            moment = self._moment(template)
            # What a computed round makes is not kept: it counts as work, below.
            interpreter.steps, interpreter.elements = before
            try:
                values, slots = template.next_round(None if items is None else items[place + done])
            except (Differs, EngineError, IndexError, ValueError, ArithmeticError):
                self._back(moment)
                if self.ends and earlier is not None:
                    # The loop may end before this round does anything: the one before is the last, which is read.
                    self._back(earlier)
                    template.previous, template.values, template.slots, template.indices = earlier[2:]
                    done -= 1
                    for history in histories:
                        history.pop()
                    outputs.take_back(done)
                break
            earlier = (*moment, template.previous, template.values, template.slots, template.indices)
            template.previous = template.values
            template.values, template.slots, template.indices = values, slots, template.found
            for history, kept in zip(histories, template.kept, strict=True):
                history.append(kept(values, slots))
            outputs.add(done, values)
            done += 1
            checkpoint(template.cost)
        interpreter.training.computed += template.cost * (done + 1)
        interpreter.steps, interpreter.elements = before
        return done

    def _moment(self, template: Template) -> tuple[int, Any]:
        interpreter = self.interpreter
        return len(interpreter.prints), interpreter.chance.saved() if template.draws else None

    def _back(self, moment: Sequence[Any]) -> None:
        """What a round printed and drew is taken back."""
        del self.interpreter.prints[moment[0] :]
        if moment[1] is not None:
            self.interpreter.chance.restore(moment[1])
