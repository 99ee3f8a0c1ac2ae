"""The numbers of a trace as columns, in the order of the nodes and edges that are told: of the whole graph, or of one
with closed groups (`collapsed.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from app.engine.execution.collapsed import Collapsed, Shown, Way
from app.engine.execution.plan import Trace
from app.engine.execution.roundoff import Rounding
from app.engine.program import Value
from app.engine.support.checkpoints import checkpoint
from app.engine.support.errstate import ignore_fp_errors


class Columns(NamedTuple):
    """values, grads, kinks: one entry per node; kinks are None where no node is on one. messages, locals: one per edge.
    A message of an array of results is that of the elements that the edge is a use of."""

    values: Sequence[Any]
    grads: Sequence[Any]
    kinks: Sequence[str | None] | None
    messages: Sequence[Any]
    locals: Sequence[Any]


def whole_columns(trace: Trace) -> Columns:
    """The columns of the whole graph."""
    kinks = trace.kinks
    told = [kinks.get(node.id) for node in trace.structure.nodes] if kinks else None
    return Columns(trace.value_list, trace.grad_list, told, trace.message_list, trace.local_list)


def collapsed_columns(trace: Trace, graph: Collapsed) -> Columns:
    """The columns of a graph with closed groups."""
    return ignore_fp_errors(_collapsed_columns, trace, graph)


def _collapsed_columns(trace: Trace, graph: Collapsed) -> Columns:
    checkpoint(len(graph.nodes) + len(graph.edges))
    kinks, ids = trace.kinks, trace.structure.nodes
    told = [None if each.joined else kinks.get(ids[each.places[0]].id) for each in graph.nodes] if kinks else None
    locals_ = trace.local_list
    return Columns(
        [_joined(each, trace.value_list) for each in graph.nodes],
        [_joined(each, trace.grad_list) for each in graph.nodes],
        told,
        [_message(way, trace) for way in graph.edges],
        [locals_[way.edges[0]] if is_single(way, graph) else None for way in graph.edges],
    )


def is_single(way: Way, graph: Collapsed) -> bool:
    """Whether it is an edge of the whole graph, between two nodes that are told as they are."""
    return way.elements is None and graph.nodes[way.target].group < 0


def _joined(shown: Shown, column: Sequence[Any]) -> Any:
    """The entries of its nodes as one array; what no gradient reaches has 0 beside others that one does."""
    if not shown.joined:
        return column[shown.places[0]]
    found = [column[i] for i in shown.places]
    if None in found:
        if all(each is None for each in found):
            return None
        found = [each or 0.0 for each in found]
    return found if len(shown.shape) == 1 else np.array(found).reshape(shown.shape)


def _message(way: Way, trace: Trace) -> Any:
    """The sum of the messages that the edge stands for; of an array of results one for each element."""
    sent = [trace.message_list[e] for e in way.edges]
    if way.elements is None:
        return _sum(sent)
    if all(each is None for each in sent):
        return None
    edges = trace.structure.edges
    sums = dict.fromkeys([edges[e].source for e in way.edges], 0.0)
    for e, message in zip(way.edges, sent, strict=True):
        if message is not None:
            sums[edges[e].source] += message  # type: ignore[assignment]
    return list(sums.values())


def _sum(sent: Sequence[Value | None]) -> Value | None:
    found = [each for each in sent if each is not None]
    return sum(found[1:], found[0]) if found else None


def rounding_in(faint: Rounding, graph: Collapsed) -> Rounding:
    """What is 0 but for rounding, by index in a graph with closed groups: where that is all that it stands for."""
    nodes, edges = set(faint.nodes), set(faint.edges)
    return Rounding(
        tuple([k for k, shown in enumerate(graph.nodes) if nodes.issuperset(shown.places)]),
        tuple([k for k, way in enumerate(graph.edges) if edges.issuperset(way.edges)]),
    )
