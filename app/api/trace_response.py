"""The answer to `POST /api/v1/trace`, as bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from app.api import numbers
from app.api.sentences import SentenceRequest, sentences_answer
from app.api.trace_template import TraceTemplate, TraceTemplates
from app.engine import Trace
from app.engine.execution.roundoff import zero_within_rounding
from app.engine.explain.sentences import lost

_SILENT = b'{"prints":[],"manual":[]}'


def trace_response(
    trace: Trace,
    templates: TraceTemplates,
    include: Sequence[str],
    program: str | None,
    sentences: SentenceRequest | None = None,
) -> bytes:
    """The JSON of a trace. program: the text, if the request gave a network instead; sentences: which ones to write,
    None for none."""
    template = templates.of(trace)
    answer = _parts(trace, template, include, program)
    return answer if sentences is None else _joined(answer[:-1], sentences_answer(trace, template.wording, sentences))


def _parts(trace: Trace, template: TraceTemplate, include: Sequence[str], program: str | None) -> bytes:
    """Structure and numbers, as far as `include` names them."""
    extra = {} if program is None else {"program": program}
    if "numbers" not in include:
        bare = template.bare if "structure" in include else orjson.dumps({"output": trace.structure.output})[:-1]
        if "structure" in include:
            bare = _joined(bare, template.course)[:-1]
        return _joined(bare, numbers.write(extra))
    written = _joined(_printed(trace, template, extra)[:-1], template.course)
    if "structure" not in include:
        return _joined(_columns(trace, template), written)
    return _joined(_whole(trace, template), written)


def _joined(first: bytes, rest: bytes) -> bytes:
    """`first`, an object without its closing brace, and the fields of `rest`."""
    return first + rest[1:] if rest == b"{}" else first + b"," + rest[1:]


def _whole(trace: Trace, template: TraceTemplate) -> bytes:
    values, grads, kinks = trace.value_list, trace.grad_list, trace.kinks
    messages, locals_ = trace.message_list, trace.local_list
    n, m = len(values), len(messages)
    holes: list[Any] = [None] * (1 + 3 * n + 2 * m)
    holes[0] = trace.seed
    holes[1 : 1 + 3 * n : 3] = values
    holes[2 : 1 + 3 * n : 3] = grads
    if kinks:
        holes[3 : 1 + 3 * n : 3] = [kinks.get(node.id) for node in trace.structure.nodes]
    holes[1 + 3 * n :: 2] = messages
    holes[2 + 3 * n :: 2] = locals_
    return template.whole.fill(holes, template.nulls - len(kinks))


def _columns(trace: Trace, template: TraceTemplate) -> bytes:
    grads, kinks = trace.grad_list, trace.kinks
    columns = {
        "values": trace.value_list,
        "grads": grads,
        "messages": trace.message_list,
        "locals": trace.local_list,
        "kinks": [kinks.get(node.id) for node in trace.structure.nodes] if kinks else [None] * len(grads),
    }
    return numbers.write({"output": trace.structure.output, "numbers": columns}, template.nulls - len(kinks))[:-1]


def _printed(trace: Trace, template: TraceTemplate, extra: dict[str, Any]) -> bytes:
    """The printed lines, the reader's own gradients and where the numbers end, after the fields of `extra`."""
    program = trace.structure.program
    if program.notes:
        extra = {**extra, "notes": program.notes}
    end = lost(trace, template.wording)
    if end is not None:
        extra = {**extra, "lost": end._asdict()}
    faint = zero_within_rounding(trace)
    if faint.nodes:
        extra = {**extra, "rounding": faint._asdict()}
    if not (extra or program.prints or program.manual):
        return _SILENT
    return numbers.write({**extra, "prints": trace.prints, "manual": trace.manual})
