"""Scalar detail: maps a Program to one in which every element is a node of its own."""

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
from app.engine.program import NO_GROUP, Composed, Group, Item, Manual, Node, Printed, Program


def opened(
    program: Program, schedule: Schedule, limits: Limits
) -> tuple[Program, dict[str, tuple[str, tuple[int, ...]]]]:
    """The scalar form of a program that is scheduled for some shapes; and for each scalar leaf, the id of its array and
    its index there.

    Raises LimitError if there would be too many nodes; they are counted before anything is written.
    """
    _count_first(schedule, limits)
    write = ElementWriter(limits)
    groups = list(program.groups)
    elements: list[Elements] = []
    origins: dict[str, tuple[str, tuple[int, ...]]] = {}
    for i, node in enumerate(schedule.nodes):
        write.begin(node)
        shape = schedule.shapes[i]
        if node.op is INPUT or node.op is CONSTANT:
            elements.append(_leaf(write, node, shape, origins))
            continue
        xs = [elements[j] for j in schedule.inputs[i]]
        call = Call(node.attrs, tuple(schedule.shapes[j] for j in schedule.inputs[i]), shape)
        before = len(write.nodes)
        write.begin(node._replace(group=len(groups)))
        elements.append(written_out(write, node, call, xs))
        if len(write.nodes) - before > 1 and (shape or any(call.shapes)):
            # The array, as a group that can be closed.
            groups.append(scalar_group(node, node.group))
        else:
            write.nodes[before:] = [written._replace(group=node.group) for written in write.nodes[before:]]
    return _rebuilt(program, schedule, write, groups, elements), origins


def _count_first(schedule: Schedule, limits: Limits) -> None:
    total = sum(nodes_of(schedule, i) for i in range(len(schedule.nodes)))
    if total > limits.nodes:
        largest = max(range(len(schedule.nodes)), key=lambda i: nodes_of(schedule, i))
        raise too_many(total, limits, schedule.nodes[largest].span)


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
    program: Program, schedule: Schedule, write: ElementWriter, groups: list[Group], elements: list[Elements]
) -> Program:
    """The new program. It ends in one number: an output that is an array becomes its only element, or its sum."""
    place = schedule.index
    nodes = write.nodes
    end = elements[schedule.output]
    if end.shape and end.size == 1:
        output = end.reshape(-1)[0]
    elif end.shape:
        # The gradient of an array with a seed of ones is that of its sum.
        last = schedule.nodes[schedule.output]
        write.begin(last._replace(id=f"{last.id}:sum", name=None, group=NO_GROUP))
        output = write.sum(list(end.reshape(-1)))
    else:
        output = end[()]
    prints = tuple(
        Printed(p.line, tuple(i for item in p.items for i in _print_items(item, place, elements)), p.separator, p.end)
        for p in program.prints
    )

    def only(index: int) -> int:
        return int(elements[place[index]].reshape(-1)[0])

    manual = tuple(
        Manual(
            element_id(m.name, index),
            int(target),
            int(source),
            m.line,
            certain=m.certain,
            by_others=m.by_others,
            output=None if m.output is None else only(m.output),
            others=tuple([only(i) for i in m.others if i in place]),
        )
        for m in program.manual
        if m.target in place and not m.among
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
        notes=program.notes,
    )


def _print_items(item: Item, place: Any, elements: list[Elements]) -> list[Item]:
    """A print of arrays shows their elements one after another."""
    if isinstance(item, str):
        return [item]
    if isinstance(item, Composed):
        parts = [each for part in item.parts for each in _print_items(part, place, elements)]
        return [Composed(tuple(parts))]  # type: ignore[arg-type]
    found = elements[place[item.node]]
    return [item._replace(node=int(i)) for i in found.reshape(-1)]


def _pairs(target: Elements, source: Elements) -> list[tuple[int, int, tuple[int, ...]]]:
    try:
        spread = np.broadcast_to(source, target.shape)
    except ValueError:
        return []
    return [(int(target[index]), int(spread[index]), index) for index in np.ndindex(target.shape)]
