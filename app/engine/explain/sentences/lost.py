"""Where the numbers of a trace end: its output is no finite number, so no gradient of it means anything."""

from __future__ import annotations

from typing import NamedTuple

from app.engine.execution.plan import Trace
from app.engine.explain.sentences.facts import Context
from app.engine.explain.sentences.node_facts import NodeFacts
from app.engine.explain.sentences.steps import computed, together
from app.engine.explain.sentences.structure import Wording
from app.engine.notation.numbers import is_finite
from app.engine.support.errstate import ignore_fp_errors
from app.engine.wording import Parts, catalogue, plain


class Lost(NamedTuple):
    """The id of the first node that is no finite number, of those that make the output one that is none; and all this
    in words."""

    node: str
    text: str


def lost(trace: Trace, wording: Wording) -> Lost | None:
    """Where the numbers end; None where the output is finite."""
    if is_finite(trace.value_list[trace.structure.schedule.output]):
        return None
    return ignore_fp_errors(_lost, Context(trace, wording, catalogue("sentences")))


def _lost(context: Context) -> Lost:
    end = _end(context)
    return Lost(context.wording.nodes[end.place].id, plain(where_lost(context)))


def where_lost(context: Context) -> Parts:
    """That the output is no finite number, where that began, and why."""
    output = NodeFacts(context, context.trace.structure.schedule.output)
    end = _end(context)
    key = "computed" if end.sources_of else "given"
    sentences = [context.fill("lost.output", output), context.fill(f"lost.{key}", end)]
    if end.sources_of:
        sentences += computed(end)
    return together(sentences)


def _end(context: Context) -> NodeFacts:
    """The first node on a way to the output that holds what is not finite, though nothing of that was given to it."""
    wording, values = context.wording, context.values
    waiting = [context.trace.structure.schedule.output]
    seen: set[int] = set(waiting)
    while waiting:
        sources = {i for i in wording.inputs[waiting.pop()] if not is_finite(values[i])} - seen
        seen |= sources
        waiting += sources
    facts = [NodeFacts(context, place) for place in sorted(seen)]
    return next((each for each in facts if each.born), facts[0])
