"""The moments of a trace, and the sentences that belong to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.engine.errors import ValueProblem
from app.engine.execution.plan import Trace
from app.engine.explain.sentences.facts import ByAttribute, Context
from app.engine.explain.sentences.group_facts import GroupFacts, group_backward, group_forward
from app.engine.explain.sentences.in_all import rule_in_all
from app.engine.explain.sentences.lost import where_lost
from app.engine.explain.sentences.steps import backward, forward, together
from app.engine.explain.sentences.structure import Wording
from app.engine.labels import under
from app.engine.notation import numbers
from app.engine.ops import INPUT
from app.engine.support.checkpoints import checkpoint
from app.engine.support.errstate import ignore_fp_errors
from app.engine.support.lazy import lazy
from app.engine.wording import Parts, catalogue, joined, said


@dataclass(slots=True)
class Sentences:
    """By moment: forward and backward by node id, groups by group id as (forward, backward)."""

    start: Parts | None = None
    seed: Parts | None = None
    forward: dict[str, Parts] = field(default_factory=dict)
    backward: dict[str, Parts] = field(default_factory=dict)
    groups: dict[str, tuple[Parts, Parts]] = field(default_factory=dict)


def tell(
    trace: Trace,
    wording: Wording | None = None,
    moments: Iterable[str] | None = None,
    *,
    ignore_unknown: bool = False,
) -> Sentences:
    """The sentences of a trace.

    wording: of the trace's structure, where it is kept; else made anew.
    moments: "start", "seed", "forward:z1", "backward:a1", "group:y/softmax"; all of them by default.
    ignore_unknown: whether moments that the trace does not have are skipped.
    Raises ValueProblem otherwise for a moment that the trace does not have.
    """
    context = Context(trace, wording or Wording(trace.structure), catalogue("sentences"))
    return ignore_fp_errors(_tell, context, None if moments is None else list(moments), ignore_unknown)


def told_in_all(trace: Trace) -> int:
    """How many sentences there are."""
    return 2 + len(trace.structure.nodes) + len(trace.structure.backward) + 2 * len(trace.structure.groups)


def _tell(context: Context, moments: list[str] | None, ignore_unknown: bool) -> Sentences:
    sentences = Sentences()
    index, wording = context.trace.structure.index, context.wording
    for moment in _moments(wording) if moments is None else moments:
        checkpoint(100)
        phase, _, id = moment.partition(":")
        place = index.get(id)
        if moment == "start":
            sentences.start = _start(context)
        elif moment == "seed":
            sentences.seed = _seed(context)
        elif phase == "forward" and place is not None and wording.nodes[place].inputs:
            sentences.forward[id] = forward(context, place)
        elif phase == "backward" and place is not None and wording.uses[place]:
            sentences.backward[id] = backward(context, place)
        elif phase == "group" and id in wording.groups:
            sentences.groups[id] = _group(context, wording.groups[id])
        elif not ignore_unknown:
            raise ValueProblem(said("values.moment_unknown", moment=moment))
    return sentences


def _moments(wording: Wording) -> list[str]:
    """All of them, in their order."""
    return [
        "start",
        "seed",
        *[f"forward:{node.id}" for node in wording.nodes if node.inputs],
        *[f"backward:{id}" for id in wording.structure.backward],
        *[f"group:{id}" for id in wording.groups],
    ]


def _group(context: Context, group: int) -> tuple[Parts, Parts]:
    facts = GroupFacts(context, group, context.wording.borders[group])
    return together(group_forward(facts)), together([*group_backward(facts), *_completed(facts)])


def _completed(facts: GroupFacts) -> list[Parts]:
    """The rule of what a source gets in all, where the group sends the last of it."""
    arrivals = facts.context.wording.arrivals
    for source, edges in zip(facts.border.sources, facts.border.edges, strict=True):
        if arrivals[source] and arrivals[source][-1] in edges:
            rule = rule_in_all(facts.context, source)
            if rule is not None:
                return [rule]
    return []


class _Whole(ByAttribute):
    """The facts of the trace as a whole."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.place = context.trace.structure.schedule.output

    @property
    def output(self) -> str:
        return self.context.names[self.place]

    @property
    def under(self) -> str:
        return under(self.output)

    @lazy
    def inputs(self) -> str:
        return str(sum(node.op is INPUT for node in self.context.wording.nodes))

    @property
    def seed(self) -> str:
        return numbers.tensor(self.context.trace.seed)

    @property
    def seed_each(self) -> str:
        return numbers.figure(numbers.flat(self.context.trace.seed)[0])

    @property
    def count(self) -> str:
        return str(numbers.size(self.context.trace.seed))


def _start(context: Context) -> Parts:
    whole = _Whole(context)
    alone = not context.wording.nodes[whole.place].inputs
    return joined(context.fill("start.leaf" if alone else "start.values", whole))


def _seed(context: Context) -> Parts:
    seed: Any = context.trace.seed
    ones = seed == 1.0 if isinstance(seed, float) else bool((seed == 1.0).all())
    if context.lost:
        return where_lost(context)
    size = numbers.size(seed)
    kind = "empty" if size == 0 else "given" if not ones else "one" if size == 1 else "ones"
    return joined(context.fill(f"seed.{kind}", _Whole(context)))
