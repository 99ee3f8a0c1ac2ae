"""Finds spoilers: figures that show a number that the question asks for.

A figure is judged by what it shows when the step begins. Readers who play the animation or change an input have chosen
to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.engine import Trace
from app.lessons.lesson import Figure, Moment, Quantity, Reference

Shown = tuple[Quantity, str]
"""A quantity, and the id of its node."""


def revealing_figure(asked: Reference, figures: Sequence[Figure], moment: Moment, trace: Trace) -> str | None:
    """The name of the figure that shows the answer when the step begins; None if none does."""
    for figure in figures:
        options = figure.options
        if figure.name == "stage":
            given = options.get("cover") != asked.node and _on_stage(asked, moment, trace)
        else:
            given = options.get("cover") != "yes" and any(_same_number(one, asked) for one in _drawn(figure, trace))
        if given:
            return figure.name
    return None


def _drawn(figure: Figure, trace: Trace) -> Iterator[Shown]:
    """The numbers that an uncovered figure shows."""
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
        case "training" if "norms" in options:
            for node in options["norms"].split(","):
                yield "grad", node
                yield "value", node


def _words(options: Mapping[str, str]) -> list[str]:
    return [options[str(place)] for place in range(1, len(options) + 1) if str(place) in options]


def _same_number(shown: Shown, asked: Reference) -> bool:
    of, node = shown
    # With one use, the message equals the gradient; a numerical derivative approximates it.
    same = {"message": "grad", "check": "grad"}.get(asked.of, asked.of)
    return of == same and node == asked.node


def _on_stage(asked: Reference, moment: Moment, trace: Trace) -> bool:
    """Whether the graph shows it at this moment."""
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
    # An edge shows its local derivative when its message is sent; from then on the gradient gives it away.
    senders = {
        target for (source, target, _), sent in trace.messages.items() if source == asked.node and sent is not None
    }
    awaited = senders & {asked.target} if asked.target is not None else senders
    last = max((backward.index(sender) for sender in awaited), default=-1)
    return moment.phase == "end" or (moment.phase == "backward" and last <= backward.index(moment.node or ""))
