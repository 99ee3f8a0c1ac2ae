"""What an answer says of a plan whatever the values: made once per plan, reused while a slider is dragged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.api.catalogue import has_curve
from app.engine import Plan
from app.engine.cache import WeightedCache
from app.engine.describe import EdgeText, NodeText, describe_edges, describe_nodes
from app.engine.ops import INPUT
from app.engine.program import NO_GROUP, Node
from app.engine.schedule import Schedule

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Structure:
    """Nodes and edges without numbers, and the parts that hold none."""

    schedule: Schedule
    nodes: list[Fields]
    edges: list[Fields]
    groups: list[Fields]
    backward: tuple[str, ...]
    leaves: list[Fields]
    nulls: int
    """How many None there are in all of this."""


class Structures:
    """The structures used last, bounded by their nodes and edges together. Safe between threads."""

    def __init__(self, capacity: int) -> None:
        self._cache: WeightedCache[Structure] = WeightedCache(capacity)

    def of(self, plan: Plan) -> Structure:
        """The structure of a plan."""
        # The entry holds the schedule, so as long as there is an entry its id belongs to no other.
        key = id(plan.schedule)
        found = self._cache.get(key)
        if found is None:
            found = describe(plan)
            self._cache.put(key, found, len(found.nodes) + len(found.edges) + 20)
        return found


def describe(plan: Plan) -> Structure:
    """Works out the structure of a plan. Takes time linear in its nodes and edges."""
    ids = [node.id for node in plan.schedule.nodes]
    group_ids = [group.id for group in plan.groups]
    texts = describe_nodes(plan)
    nodes = [
        _node(node, [ids[j] for j in plan.schedule.inputs[i]], shape, group_ids, text)
        for i, node, shape, text in zip(plan.schedule.graph, plan.nodes, plan.shapes, texts, strict=True)
    ]
    edges = [
        _edge(ids[edge.source], ids[edge.target], edge.slot, text)
        for edge, text in zip(plan.edges, describe_edges(plan), strict=True)
    ]
    groups = [
        {"id": group.id, "name": group.name, "parent": None if group.parent == NO_GROUP else group_ids[group.parent]}
        for group in plan.groups
    ]
    leaves = [
        {key: fields[key] for key in ("id", "name", "shape", "line", "editable")}
        | {"missing": False, "literal": node.value is not None}
        for fields, node in zip(nodes, plan.nodes, strict=True)
        if node.op is INPUT
    ]
    nulls = sum(
        value is None for part in (nodes, edges, groups, leaves) for fields in part for value in fields.values()
    )
    return Structure(plan.schedule, nodes, edges, groups, plan.backward, leaves, nulls)


def _node(node: Node, inputs: list[str], shape: tuple[int, ...], group_ids: list[str], text: NodeText) -> Fields:
    span = node.span
    return {
        "id": node.id,
        "name": node.name,
        "op": node.op.name,
        "role": node.role,
        "inputs": inputs,
        "shape": shape,
        "group": None if node.group == NO_GROUP else group_ids[node.group],
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "label": text.label,
        "formula": text.formula,
        "latex": text.latex,
        "kind": node.op.kind,
        "curve": has_curve(node),
        "editable": node.op is INPUT,
    }


def _edge(source: str, target: str, slot: int, text: EdgeText) -> Fields:
    return {"source": source, "target": target, "slot": slot, **text._asdict()}
