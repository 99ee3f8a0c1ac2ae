"""Scalar detail: a program opened so that every element is a node of its own. Program in, Program out; no second
engine."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.execution.scalarize.elements import (
    Elements,
    ElementWriter,
    element_id,
    nodes_of,
    scalar_group,
    too_many,
    written_out,
)
from app.engine.execution.schedule import Schedule
from app.engine.limits import Limits
from app.engine.ops import CONSTANT, INPUT, Call
from app.engine.program import NO_GROUP, Group, Manual, Node, Printed, Program, ShapeItem


def opened(
    program: Program, settled: Schedule, limits: Limits
) -> tuple[Program, dict[str, tuple[str, tuple[int, ...]]]]:
    """The scalar form of a program that has been settled for some shapes, and for each scalar leaf where it comes from.

    Raises LimitError when there would be too many nodes: arrays are counted before anything is written.
    """
    _count_first(settled, limits)
    write = ElementWriter(limits)
    groups = list(program.groups)
    elements: list[Elements] = []
    origins: dict[str, tuple[str, tuple[int, ...]]] = {}
    for i, node in enumerate(settled.nodes):
        write.begin(node)
        shape = settled.shapes[i]
        if node.op is INPUT or node.op is CONSTANT:
            elements.append(_leaf(write, node, shape, origins))
            continue
        xs = [elements[j] for j in settled.inputs[i]]
        call = Call(node.attrs, tuple(settled.shapes[j] for j in settled.inputs[i]), shape)
        before = len(write.nodes)
        write.begin(node._replace(group=len(groups)))
        elements.append(written_out(write, node, call, xs))
        if len(write.nodes) - before > 1 and (shape or any(call.shapes)):
            # The array itself, as a group that may be closed.
            groups.append(scalar_group(node, node.group))
        else:
            write.nodes[before:] = [written._replace(group=node.group) for written in write.nodes[before:]]
    return _rebuilt(program, settled, write, groups, elements), origins


def _count_first(settled: Schedule, limits: Limits) -> None:
    total = sum(nodes_of(settled, i) for i in range(len(settled.nodes)))
    if total > limits.nodes:
        largest = max(range(len(settled.nodes)), key=lambda i: nodes_of(settled, i))
        raise too_many(total, limits, settled.nodes[largest].span)


def _leaf(
    write: ElementWriter, node: Node, shape: tuple[int, ...], origins: dict[str, tuple[str, tuple[int, ...]]]
) -> Elements:
    out = np.empty(shape, dtype=object)
    held = None if node.value is None else np.asarray(node.value)
    if held is not None and held.shape != shape:
        held = None
    for index in np.ndindex(shape):
        id = element_id(node.id, index)
        name = element_id(node.name, index) if node.name is not None else None
        out[index] = write.add(id, node.op, (), {}, None if held is None else float(held[index]), name)
        if node.op is INPUT and index:
            origins[id] = (node.id, index)
    return out


def _rebuilt(
    program: Program, settled: Schedule, write: ElementWriter, groups: list[Group], elements: list[Elements]
) -> Program:
    """The new program. A result that is an array again is shown as what a scalar program must end in: one number."""
    place = settled.index
    nodes = write.nodes
    end = elements[settled.output]
    if end.shape and end.size == 1:
        output = end.reshape(-1)[0]
    elif end.shape:
        # Ones as the seed of an array is the gradient of its sum.
        last = settled.nodes[settled.output]
        write.begin(last._replace(id=f"{last.id}:sum", name=None, group=NO_GROUP))
        output = write.sum(list(end.reshape(-1)))
    else:
        output = end[()]
    prints = tuple(
        Printed(p.line, tuple(i for item in p.items for i in _print_items(item, place, elements)))
        for p in program.prints
    )
    manual = tuple(
        Manual(f"{m.name}{_suffix(index)}", int(target), int(source), m.line)
        for m in program.manual
        if m.target in place
        for target, source, index in _pairs(elements[place[m.target]], elements[place[m.node]])
    )
    names = {name: elements[place[i]] for name, i in program.names.items() if i in place}
    return Program(
        nodes=tuple(nodes),
        groups=tuple(groups),
        names={name: int(e[()]) for name, e in names.items() if e.shape == ()},
        output=int(output),
        prints=prints,
        manual=manual,
        fixed={},
    )


def _print_items(item: str | int | ShapeItem, place: Any, elements: list[Elements]) -> list[str | int]:
    if isinstance(item, ShapeItem):
        return [str(elements[place[item.node]].shape)]
    return [item] if isinstance(item, str) else [int(i) for i in elements[place[item]].reshape(-1)]


def _pairs(target: Elements, source: Elements) -> list[tuple[int, int, tuple[int, ...]]]:
    try:
        spread = np.broadcast_to(source, target.shape)
    except ValueError:
        return []
    return [(int(target[index]), int(spread[index]), index) for index in np.ndindex(target.shape)]


def _suffix(index: tuple[int, ...]) -> str:
    return f"[{','.join(map(str, index))}]" if index else ""
