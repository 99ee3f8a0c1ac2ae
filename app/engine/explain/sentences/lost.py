"""Where the numbers of a trace end: its output is no finite number, so no gradient of it means anything."""

from __future__ import annotations

from typing import NamedTuple

from app.engine.execution.plan import Trace
from app.engine.explain.sentences.facts import Telling
from app.engine.explain.sentences.node_facts import NodeFacts
from app.engine.explain.sentences.steps import computed, together
from app.engine.explain.sentences.structure import Wording
from app.engine.notation.numbers import is_finite
from app.engine.notation.wording import Parts, catalogue, plain
from app.engine.support.errstate import ignore_fp_errors


class Lost(NamedTuple):
    """The id of the first node that is no finite number, of those that make the output one that is none; and all this
    in words."""

    node: str
    text: str


def lost(trace: Trace, wording: Wording) -> Lost | None:
    """Where the numbers end; None where the output is finite."""
    if is_finite(trace.value_list[trace.structure.schedule.output]):
        return None
    return ignore_fp_errors(_lost, Telling(trace, wording, catalogue("sentences")))


def _lost(telling: Telling) -> Lost:
    end = _end(telling)
    return Lost(telling.wording.nodes[end.place].id, plain(where_lost(telling)))


def where_lost(telling: Telling) -> Parts:
    """That the output is no finite number, where that began, and why."""
    output = NodeFacts(telling, telling.trace.structure.schedule.output)
    end = _end(telling)
    key = "computed" if end.sources_of else "given"
    sentences = [telling.fill("lost.output", output), telling.fill(f"lost.{key}", end)]
    if end.sources_of:
        sentences += computed(end)
    return together(sentences)


def _end(telling: Telling) -> NodeFacts:
    """The first node on a way to the output that holds what is not finite, though nothing of that was given to it."""
    wording, values = telling.wording, telling.values
    waiting = [telling.trace.structure.schedule.output]
    seen: set[int] = set(waiting)
    while waiting:
        sources = {i for i in wording.inputs[waiting.pop()] if not is_finite(values[i])} - seen
        seen |= sources
        waiting += sources
    facts = [NodeFacts(telling, place) for place in sorted(seen)]
    return next((each for each in facts if each.born), facts[0])
