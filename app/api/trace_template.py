"""The part of a trace's answer that does not depend on values: written once per structure, and cached."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from app.api import numbers
from app.api.numbers import Template, nones
from app.api.op_catalog import has_curve
from app.engine import Trace
from app.engine.errors import Span
from app.engine.execution.structure import Structure
from app.engine.explain.sentences import Wording
from app.engine.labels import latex_name
from app.engine.notation.describe import NodeText, describe_edges, describe_nodes
from app.engine.notation.roles import uses
from app.engine.ops import INPUT
from app.engine.program import NO_GROUP, Node
from app.engine.support.cache import WeightedCache
from app.engine.support.checkpoints import checkpoint

Fields = dict[str, Any]
_DECISIONS = 1000
"""Most decisions that an answer lists."""
_NO_SPAN = dict.fromkeys(Span._fields)


@dataclass(frozen=True, slots=True)
class TraceTemplate:
    """One structure as JSON text.

    whole: the answer from its opening brace to the end of its edges, with holes for numbers, in this order: the seed;
        per node value, grad and kink; per edge message and local.
    bare: the same without numbers.
    course: the fields `course` and `decided`, as an object, where values decide what the program is; and `turns`, where
        it trains itself.
    nulls: number of holes that are None for all values (assuming no node is on a kink).
    wording: the part of its sentences that does not depend on values; computed when first used.
    """

    whole: Template
    bare: bytes
    course: bytes
    nulls: int
    wording: Wording


class TraceTemplates:
    """The most recently used templates, bounded by their nodes and edges. Thread-safe."""

    def __init__(self, capacity: int) -> None:
        self._cache: WeightedCache[TraceTemplate] = WeightedCache(capacity)

    def of(self, trace: Trace) -> TraceTemplate:
        """The template for answers about this trace."""
        structure = trace.structure
        found = self._cache.get(structure)
        if found is None:
            found = _template(trace)
            self._cache.put(structure, found, len(structure.nodes) + len(structure.edges) + 20)
        return found


def _template(trace: Trace) -> TraceTemplate:
    """The template; takes time linear in nodes and edges."""
    structure = trace.structure
    wording = Wording(structure)
    parts = _parts(structure, wording)
    head = orjson.dumps(
        {name: parts[name] for name in ("output", "choices", "detail", "groups", "backward", "leaves")}
    )[:-1]
    texts = [head + b',"seed":', b',"nodes":[']
    for kind, holes in (("nodes", (b"value", b"grad", b"kink")), ("edges", (b"message", b"local"))):
        if kind == "edges":
            texts[-1] += b'],"edges":['
        for number, fields in enumerate(parts[kind]):
            checkpoint(5)
            texts[-1] += (b"," if number else b"") + orjson.dumps(fields)[:-1] + b',"' + holes[0] + b'":'
            texts += [b',"' + hole + b'":' for hole in holes[1:]]
            texts.append(b"}")
    texts[-1] += b"]"
    nulls = len(structure.nodes) + nones(trace.grad_list) + nones(trace.message_list) + nones(trace.local_list)
    bare = orjson.dumps(parts)[:-1]
    return TraceTemplate(Template(texts), bare, _course(bare, structure), nulls, wording)


def _course(bare: bytes, structure: Structure) -> bytes:
    """What tells one course of a program from another: a hash of all that does not depend on values, and the decisions
    in their order; how many turns its own training has, and whether an engine of its own runs."""
    guards, reading = structure.program.guards, structure.reading
    fields: Fields = {}
    if guards:
        asked = [guard for guard in guards if guard.question != "begins"][:_DECISIONS]
        answers = [guard.answer if np.ndim(guard.answer) == 0 else None for guard in asked]
        decided = [{"line": guard.line, "answer": answer} for guard, answer in zip(asked, answers, strict=True)]
        fields |= {"course": hashlib.blake2b(bare, digest_size=8).hexdigest(), "decided": decided}
    if reading is not None and reading.own is not None:
        fields["turns"] = reading.own.turns
    if reading is not None and reading.program.own is not None:
        fields["engine"] = True
    return numbers.write(fields)


def _parts(structure: Structure, wording: Wording) -> Fields:
    """Everything about a structure except its numbers."""
    ids = [node.id for node in structure.schedule.nodes]
    group_ids = [group.id for group in structure.groups]
    nodes = [
        _node(node, [ids[j] for j in structure.schedule.inputs[i]], shape, group_ids, text)
        | {"title": title, "use": use}
        for i, (node, shape, text, title, use) in enumerate(
            zip(
                structure.nodes,
                structure.shapes,
                describe_nodes(structure),
                wording.names,
                uses(structure.nodes),
                strict=True,
            )
        )
    ]
    edges = [
        {"source": ids[edge.source], "target": ids[edge.target], "slot": edge.slot, **text._asdict()}
        for edge, text in zip(structure.edges, describe_edges(structure), strict=True)
    ]
    results = {g: structure.nodes[b.result].id for g, b in wording.borders.items() if b.result is not None}
    groups = [
        {
            "id": group.id,
            "name": group.name,
            "parent": None if group.parent == NO_GROUP else group_ids[group.parent],
            "kind": group.kind,
            "result": results.get(g),
            "summary": group.summary,
            "turns": [id for id in group.turns if id in structure.index],
        }
        for g, group in enumerate(structure.groups)
    ]
    leaves = [
        {key: fields[key] for key in ("id", "name", "shape", "line", "editable", "use")}
        | {"settles": node.id in structure.fixed}
        | {"missing": False, "literal": node.value is not None, "element": structure.elements.get(node.id)}
        for fields, node in zip(nodes, structure.nodes, strict=True)
        if node.op is INPUT
    ]
    return {
        "output": structure.output,
        "choices": structure.program.choices,
        "detail": structure.detail,
        "groups": groups,
        "backward": structure.backward,
        "leaves": leaves,
        "nodes": nodes,
        "edges": edges,
    }


def _node(node: Node, inputs: list[str], shape: tuple[int, ...], group_ids: list[str], text: NodeText) -> Fields:
    return {
        "id": node.id,
        "name": node.name,
        "op": node.op.name,
        "role": node.role,
        "inputs": inputs,
        "shape": shape,
        "group": None if node.group == NO_GROUP else group_ids[node.group],
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
