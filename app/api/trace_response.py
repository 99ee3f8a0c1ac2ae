"""The answer to `POST /api/v1/trace`, as bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from app.api import numbers
from app.api.numbers import nones
from app.api.sentences import SentenceRequest, sentences_answer
from app.api.trace_template import Closing, TraceTemplate, TraceTemplates
from app.engine import Trace
from app.engine.execution.collapsed import Collapsed
from app.engine.execution.columns import Columns, rounding_in
from app.engine.execution.roundoff import zero_within_rounding
from app.engine.explain.sentences import lost
from app.light import strength, strongest

_SILENT = b'{"prints":[],"manual":[]}'


def trace_response(
    trace: Trace,
    templates: TraceTemplates,
    include: Sequence[str],
    program: str | None,
    sentences: SentenceRequest | None = None,
    closing: Closing | None = None,
) -> bytes:
    """The JSON of a trace. program: the text, if the request gave a network instead; sentences: which ones to write,
    None for none; closing: which groups are told closed, None for none."""
    template = templates.of(trace, closing)
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
    columns = template.columns(trace)
    if "structure" not in include:
        return _joined(_columns(trace, template, columns), written)
    return _joined(_whole(trace, template, columns), written)


def _joined(first: bytes, rest: bytes) -> bytes:
    """`first`, an object without its closing brace, and the fields of `rest`."""
    return first + rest[1:] if rest == b"{}" else first + b"," + rest[1:]


def _whole(trace: Trace, template: TraceTemplate, columns: Columns) -> bytes:
    n, m = len(columns.values), len(columns.messages)
    holes: list[Any] = [None] * (1 + 3 * n + 2 * m)
    holes[0] = trace.seed
    holes[1 : 1 + 3 * n : 3] = columns.values
    holes[2 : 1 + 3 * n : 3] = columns.grads
    if columns.kinks:
        holes[3 : 1 + 3 * n : 3] = columns.kinks
    holes[1 + 3 * n :: 2] = columns.messages
    holes[2 + 3 * n :: 2] = columns.locals
    return template.whole.fill(holes, template.nulls - _on_kinks(columns))


def _columns(trace: Trace, template: TraceTemplate, columns: Columns) -> bytes:
    written = columns._asdict() | {"kinks": columns.kinks or [None] * len(columns.grads)}
    content = {"output": trace.structure.output, "numbers": written}
    return numbers.write(content, template.nulls - _on_kinks(columns))[:-1]


def _on_kinks(columns: Columns) -> int:
    """How many nodes are on a kink."""
    return len(columns.values) - nones(columns.kinks) if columns.kinks else 0


def _printed(trace: Trace, template: TraceTemplate, extra: dict[str, Any]) -> bytes:
    """The printed lines, the reader's own gradients and where the numbers end, after the fields of `extra`; with closed
    groups also what cannot be read off what is told."""
    program, graph = trace.structure.program, template.graph
    if program.notes:
        extra = {**extra, "notes": program.notes}
    end = lost(trace, template.wording)
    if end is not None:
        extra = {**extra, "lost": end._asdict()}
    faint = zero_within_rounding(
        trace, None if graph is None else sorted({i for each in graph.nodes for i in each.places})
    )
    if graph is not None:
        faint = rounding_in(faint, graph)
        extra = {**extra, "strongest": strongest(trace, template.measured), "strengths": _strengths(trace, graph)}
    if faint.nodes:
        extra = {**extra, "rounding": faint._asdict()}
    if not (extra or program.prints or program.manual):
        return _SILENT
    return numbers.write({**extra, "prints": trace.prints, "manual": trace.manual})


def _strengths(trace: Trace, graph: Collapsed) -> dict[str, list[float]]:
    """By id of a closed chain of equal steps how strong the gradient after each of them is."""
    structure = trace.structure
    chains = [structure.groups[g] for g in graph.closed if structure.groups[g].kind in ("repeat", "beside")]
    return {
        chain.id: [strength(trace.grad_list[structure.index[id]]) for id in chain.turns if id in structure.index]
        for chain in chains
    }
