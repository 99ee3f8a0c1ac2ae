"""From a trace to the bytes of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import NoneType
from typing import Any

from app.api import numbers
from app.api.structure import Structure
from app.engine import Trace


def trace_answer(trace: Trace, structure: Structure, include: Sequence[str], program: str | None) -> bytes:
    """The answer to `POST /api/v1/trace`. `program` is told where the request gave a network instead."""
    grads, messages, locals_, kinks = trace.grad_list, trace.message_list, trace.local_list, trace.kinks
    content: dict[str, Any] = {"output": trace.plan.output}
    nulls = _nones(grads) + _nones(messages) + _nones(locals_) + len(structure.nodes) - len(kinks)
    if program is not None:
        content["program"] = program
    if "structure" in include:
        nulls += structure.nulls
        content |= {
            "seed": trace.seed,
            "detail": trace.plan.detail,
            "groups": structure.groups,
            "backward": structure.backward,
            "leaves": structure.leaves,
        }
    if "structure" not in include:
        content["numbers"] = {
            "values": trace.value_list,
            "grads": grads,
            "messages": messages,
            "locals": locals_,
            "kinks": [kinks.get(node["id"]) for node in structure.nodes],
        }
    elif "numbers" not in include:
        nulls = structure.nulls
        content |= {"nodes": structure.nodes, "edges": structure.edges}
    else:
        content["nodes"] = [
            {**fields, "value": value, "grad": grad, "kink": kinks.get(fields["id"])}
            for fields, value, grad in zip(structure.nodes, trace.value_list, grads, strict=True)
        ]
        content["edges"] = [
            {**fields, "message": message, "local": local}
            for fields, message, local in zip(structure.edges, messages, locals_, strict=True)
        ]
    if "numbers" in include:
        content["prints"] = [_printed(line) for line in trace.prints]
        content["manual"] = manual = [_graded(graded) for graded in trace.manual]
        nulls += sum(_nones(graded.values()) for graded in manual)
    return numbers.write(content, nulls)


def _nones(items: Iterable[Any]) -> int:
    """How many are None. By type: arrays do not compare to None as a whole."""
    return list(map(type, items)).count(NoneType)


def _printed(line: Any) -> dict[str, Any]:
    return {"line": line.line, "items": line.items, "text": line.text}


def _graded(graded: Any) -> dict[str, Any]:
    return {
        "name": graded.name,
        "target": graded.target,
        "line": graded.line,
        "value": graded.value,
        "adjoint": graded.adjoint,
        "agrees": graded.agrees,
        "note": graded.note,
    }
