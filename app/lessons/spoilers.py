"""What a step's pictures give away: a number that is asked for must not stand beside the question.

Pictures are judged by what they show when the step begins. Who plays the graph, or moves an input, has gone and looked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.engine import Trace
from app.lessons.lesson import Figure, Moment, Quantity, Reference

Shown = tuple[Quantity, str]
"""A value or a gradient, and whose."""


def showing(asked: Reference, figures: Sequence[Figure], moment: Moment, trace: Trace) -> str | None:
    """The figure that shows what is asked for as the step begins, None where none does."""
    for figure in figures:
        options = figure.options
        if figure.name == "stage":
            given = options.get("cover") != asked.node and _on_stage(asked, moment, trace)
        else:
            given = options.get("cover") != "yes" and any(_tells(one, asked) for one in _drawn(figure, trace))
        if given:
            return figure.name
    return None


def _drawn(figure: Figure, trace: Trace) -> Iterator[Shown]:
    """What an uncovered figure tells in numbers."""
    options = figure.options
    words = _words(options)
    match figure.name:
        case "curve":
            yield "value", words[0] if words else "f"
            yield "grad", words[1] if len(words) > 1 else "x"
        case "lines":
            yield "grad", words[0] if words else "x"
            yield from (("value", word) for word in words)
            yield from (("local", word) for word in words[:-1])
        case "activations":
            leaf = options.get("leaf", "x")
            yield "local", leaf
            if any(source == leaf and target == trace.structure.output for source, target, _ in trace.messages):
                yield "grad", leaf
                yield "value", trace.structure.output
        case "depth":
            yield "grad", options.get("leaf", "x")


def _words(options: Mapping[str, str]) -> list[str]:
    return [options[str(place)] for place in range(1, len(options) + 1) if str(place) in options]


def _tells(shown: Shown, asked: Reference) -> bool:
    of, node = shown
    # Behind a single step a message is a gradient; a numerical derivative is nearly one.
    same = {"message": "grad", "check": "grad"}.get(asked.of, asked.of)
    return of == same and node == asked.node


def _on_stage(asked: Reference, moment: Moment, trace: Trace) -> bool:
    """Has the graph computed it by this moment?"""
    forward = [node.id for node in trace.structure.nodes]
    backward = list(trace.structure.backward)
    if asked.of == "error":
        return False
    if asked.of == "value":
        if not any(target == asked.node for _, target, _ in trace.messages):
            return True
        return moment.phase in {"seed", "backward", "end"} or (
            moment.phase == "forward" and forward.index(asked.node) <= forward.index(moment.node or "")
        )
    if asked.node == trace.structure.output:
        return moment.phase in {"seed", "backward", "end"}
    # A local derivative stands on its edge when the message goes along it, and the gradient tells of it from then on.
    senders = {
        target for (source, target, _), sent in trace.messages.items() if source == asked.node and sent is not None
    }
    awaited = senders & {asked.target} if asked.target is not None else senders
    last = max((backward.index(sender) for sender in awaited), default=-1)
    return moment.phase == "end" or (moment.phase == "backward" and last <= backward.index(moment.node or ""))
