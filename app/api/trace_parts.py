"""What a trace's answer says of its structure: nodes, edges, groups and leaves, as they are written to JSON."""

from __future__ import annotations

from typing import Any

from app.api.op_catalog import has_curve
from app.engine.errors import Span
from app.engine.execution.collapsed import Collapsed, Shown, Way
from app.engine.execution.columns import is_single
from app.engine.execution.structure import Structure
from app.engine.explain.sentences import Wording
from app.engine.labels import latex_name
from app.engine.notation.describe import EdgeText, NodeText, describe_edge, describe_node
from app.engine.notation.plan_names import Notation
from app.engine.notation.roles import Use, uses
from app.engine.ops import INPUT
from app.engine.program import NO_GROUP, Node

Fields = dict[str, Any]
_NO_SPAN = dict.fromkeys(Span._fields)
_NO_TEXT = EdgeText(None, None, None)


def whole_parts(structure: Structure, names: Notation, wording: Wording) -> Fields:
    """Everything about a structure except its numbers."""
    ids = [node.id for node in structure.schedule.nodes]
    group_ids = [group.id for group in structure.groups]
    nodes = [
        _node(node, [ids[j] for j in given], shape, _within(node, group_ids), describe_node(names, i))
        | {"title": wording.names[i], "use": use}
        for i, (node, given, shape, use) in enumerate(
            zip(structure.nodes, wording.inputs, structure.shapes, uses(structure.nodes), strict=True)
        )
    ]
    edges = [
        {
            "source": ids[edge.source],
            "target": ids[edge.target],
            "slot": edge.slot,
            **describe_edge(names, e)._asdict(),
        }
        for e, edge in enumerate(structure.edges)
    ]
    leaves = [
        _leaf(structure, fields, node) for fields, node in zip(nodes, structure.nodes, strict=True) if node.op is INPUT
    ]
    return {
        "output": structure.output,
        "choices": structure.program.choices,
        "detail": structure.detail,
        "groups": [_group(structure, wording, g) for g in range(len(group_ids))],
        "backward": structure.backward,
        "leaves": leaves,
        "nodes": nodes,
        "edges": edges,
    }


def collapsed_parts(graph: Collapsed, names: Notation, wording: Wording) -> Fields:
    """The same of a graph with closed groups; of these it says how much is in them."""
    structure = graph.structure
    group_ids = [group.id for group in structure.groups]
    roles = uses(structure.nodes)
    ids = [group_ids[each.group] if each.joined else structure.nodes[each.places[0]].id for each in graph.nodes]
    inputs: list[list[str]] = [[] for _ in ids]
    for way in graph.edges:
        inputs[way.target].append(ids[way.source])
    nodes, leaves = [], []
    for shown, given in zip(graph.nodes, inputs, strict=True):
        if shown.joined:
            nodes.append(_joined(structure, shown, given, roles))
            continue
        place = shown.places[0]
        node = structure.nodes[place]
        within = _within(node, group_ids) if shown.group == NO_GROUP else group_ids[shown.group]
        fields = _node(node, given, shown.shape, within, describe_node(names, place))
        nodes.append(fields | {"title": wording.names[place], "use": roles[place]})
        if node.op is INPUT:
            leaves.append(_leaf(structure, nodes[-1], node))
    told = {*graph.open, *graph.closed}
    if structure.detail != "scalar":
        # Which operations are opened to scalars is part of what a request is about.
        told |= {g for g, group in enumerate(structure.groups) if group.kind == "scalar"}
    return {
        "output": structure.output,
        "choices": structure.program.choices,
        "detail": structure.detail,
        "groups": [_group(structure, wording, g) | {"inside": _inside(graph, g)} for g in sorted(told)],
        "backward": [ids[k] for k in graph.backward],
        "leaves": leaves,
        "open": [group_ids[g] for g in graph.open],
        "nodes": nodes,
        "edges": [_way(graph, way, ids, names) for way in graph.edges],
    }


def _inside(graph: Collapsed, g: int) -> Fields | None:
    found = graph.closed.get(g)
    return None if found is None else {"nodes": found[0], "operations": found[1]}


def _way(graph: Collapsed, way: Way, ids: list[str], names: Notation) -> Fields:
    text = describe_edge(names, way.edges[0]) if is_single(way, graph) else _NO_TEXT
    fields = {"source": ids[way.source], "target": ids[way.target], "slot": way.slot, **text._asdict()}
    whole = way.elements is None or way.elements == tuple(range(len(graph.nodes[way.source].places)))
    return fields | {"elements": None if whole else way.elements}


def _within(node: Node, group_ids: list[str]) -> str | None:
    return None if node.group == NO_GROUP else group_ids[node.group]


def _group(structure: Structure, wording: Wording, g: int) -> Fields:
    group, border = structure.groups[g], wording.borders.get(g)
    parent = group.parent
    return {
        "id": group.id,
        "name": group.name,
        "parent": None if parent == NO_GROUP else structure.groups[parent].id,
        "kind": group.kind,
        "result": None if border is None or border.result is None else structure.nodes[border.result].id,
        "summary": group.summary,
        "turns": [id for id in group.turns if id in structure.index],
    }


def _leaf(structure: Structure, fields: Fields, node: Node) -> Fields:
    return (
        {key: fields[key] for key in ("id", "name", "shape", "line", "editable", "use")}
        | {"settles": node.id in structure.fixed}
        | {"missing": False, "literal": node.value is not None, "element": structure.elements.get(node.id)}
    )


def _node(node: Node, inputs: list[str], shape: tuple[int, ...], within: str | None, text: NodeText) -> Fields:
    return {
        "id": node.id,
        "name": node.name,
        "op": node.op.name,
        "role": node.role,
        "inputs": inputs,
        "shape": shape,
        "group": within,
        **(node.span._asdict() if node.span else _NO_SPAN),
        "label": text.label,
        "formula": text.formula,
        "latex": text.latex,
        "symbol": None if node.name is None else latex_name(node.name),
        "grad_name": text.gradient,
        "kind": node.op.kind,
        "signs": node.op.signs,
        "transposes": node.op.transposes,
        "curve": has_curve(node),
        "editable": node.op is INPUT,
    }


def _joined(structure: Structure, shown: Shown, inputs: list[str], roles: list[Use | None]) -> Fields:
    """The results of a closed group as one node, which has the group's id."""
    group = structure.groups[shown.group]
    given = not any(structure.nodes[i].inputs for i in shown.places)
    shared = {roles[i] for i in shown.places}
    return {
        "id": group.id,
        "name": None,
        "op": "group",
        "role": "input" if given else "operation",
        "inputs": inputs,
        "shape": shown.shape,
        "group": group.id,
        **_NO_SPAN,
        "label": group.name,
        "formula": group.name,
        "latex": latex_name(group.name),
        "symbol": None,
        "grad_name": "",
        "kind": "group",
        "signs": (),
        "transposes": False,
        "curve": False,
        "editable": False,
        "title": group.name,
        "use": shared.pop() if len(shared) == 1 else None,
    }
