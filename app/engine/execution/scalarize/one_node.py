"""Opens single array operations to their scalar arithmetic: the elements of their inputs are picked, computed with one
by one, and stacked again. It maps a Program to a Program; all other nodes keep their ids, values and gradients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from app.engine.errors import LimitError, ValueProblem
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
from app.engine.ops import CONSTANT, REGISTRY, Call
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.program import Composed, Group, Item, Node, Program
from app.engine.wording import said


def with_opened(
    program: Program, schedule: Schedule, ids: Iterable[str], limits: Limits, *, ignore_unknown: bool
) -> tuple[Program, Mapping[int, int]]:
    """The program with these operations opened, each a group of kind "scalar"; and the new index of each node, by its
    old one.

    Raises ValueProblem for ids that cannot be opened (with `ignore_unknown`, unknown ids are skipped), LimitError if
    there would be too many nodes; they are counted before anything is written.
    """
    chosen = _chosen(program, schedule, ids, ignore_unknown=ignore_unknown)
    if not chosen:
        return program, {i: i for i in range(len(program.nodes))}
    _count_first(program, schedule, chosen, limits)
    write = ElementWriter(limits)
    groups = list(program.groups)
    moved: dict[int, int] = {}
    for i, node in enumerate(program.nodes):
        inputs = tuple([moved[j] for j in node.inputs])
        if i in chosen:
            moved[i] = _open(write, groups, node, inputs, _shapes(schedule, i))
        else:
            write.nodes.append(node._replace(inputs=inputs))
            moved[i] = len(write.nodes) - 1
    return _moved(program, tuple(write.nodes), tuple(groups), moved), moved


def _chosen(program: Program, schedule: Schedule, ids: Iterable[str], *, ignore_unknown: bool) -> set[int]:
    indices = {node.id: i for i, node in enumerate(program.nodes) if i in schedule.index}
    found: set[int] = set()
    for id in ids:
        i = indices.get(id)
        if i is None:
            if ignore_unknown:
                continue
            raise ValueProblem(said("values.opened_unknown", id=id))
        node, shapes = program.nodes[i], _shapes(schedule, i)
        if not node.inputs:
            raise ValueProblem(said("values.opened_not_computed", id=id), span=node.span)
        if not any(shapes):
            raise ValueProblem(said("values.opened_already_scalar", id=id), span=node.span)
        if count(shapes[-1]) == 0:
            raise ValueProblem(said("values.opened_empty", id=id), span=node.span)
        found.add(i)
    return found


def _shapes(schedule: Schedule, i: int) -> list[Shape]:
    """The shapes of the inputs of a node of the program, and its own."""
    at = schedule.index[i]
    return [*(schedule.shapes[j] for j in schedule.inputs[at]), schedule.shapes[at]]


def _count_first(program: Program, schedule: Schedule, chosen: set[int], limits: Limits) -> None:
    total = len(program.nodes)
    for i in sorted(chosen):
        node, sizes = program.nodes[i], [count(shape) for shape in _shapes(schedule, i)]
        if sizes[-1] > limits.parts:
            raise LimitError(
                said("limits.opened_node_too_large", id=node.id, sizes=sizes[-1], most=limits.parts), span=node.span
            )
        total += sum(sizes[:-1]) + nodes_of(schedule, schedule.index[i]) + 2
        if total > limits.nodes:
            raise too_many(total, limits, node.span)


def _open(write: ElementWriter, groups: list[Group], node: Node, inputs: tuple[int, ...], given: list[Shape]) -> int:
    """Writes one operation out; the index of its result. given: the shapes of its inputs, and its own."""
    *shapes, shape = given
    write.begin(node._replace(group=len(groups)))
    groups.append(scalar_group(node, node.group))
    picked: dict[int, Elements] = {}
    for j, source_shape in zip(inputs, shapes, strict=True):
        if j not in picked:
            picked[j] = _picked(write, node, j, source_shape)
    out = written_out(write, node, Call(node.attrs, tuple(shapes), shape), [picked[j] for j in inputs])
    return _together(write, node, out)


def _picked(write: ElementWriter, node: Node, source: int, shape: Shape) -> Elements:
    """The elements of an input: a number is its own element; each element of an array is one indexing."""
    out = np.empty(shape, dtype=object)
    if not shape:
        out[()] = source
        return out
    held = write.nodes[source]
    for index in np.ndindex(shape):
        name = None if held.name is None or held.op is CONSTANT else element_id(held.name, index)
        id = f"{node.id}:{element_id(held.id, index)}"
        out[index] = write.add(id, REGISTRY["index"], (source,), {"index": index}, None, name)
    return out


def _together(write: ElementWriter, node: Node, out: Elements) -> int:
    """The result as an array, under the operation's id and name."""
    stack, reshape = REGISTRY["stack"], REGISTRY["reshape"]
    if not out.shape:
        last = int(out[()])
        if write.nodes[last].id == node.id:
            return last
        return write.add(node.id, reshape, (last,), {"shape": ()}, None, node.name)
    parts = tuple([int(i) for i in out.reshape(-1)])
    if len(out.shape) == 1:
        return write.add(node.id, stack, parts, {"axis": 0}, None, node.name)
    row = write.add(f"{node.id}:stack", stack, parts, {"axis": 0}, None)
    return write.add(node.id, reshape, (row,), {"shape": out.shape}, None, node.name)


def _moved(program: Program, nodes: tuple[Node, ...], groups: tuple[Group, ...], moved: Mapping[int, int]) -> Program:
    """The program with its indices where they are now."""

    def item(held: Item) -> Item:
        if isinstance(held, str):
            return held
        if isinstance(held, Composed):
            return Composed(tuple([item(part) for part in held.parts]))  # type: ignore[misc]
        return held._replace(node=moved[held.node])

    return Program(
        nodes=nodes,
        groups=groups,
        names={name: moved[i] for name, i in program.names.items()},
        output=moved[program.output],
        prints=tuple(replace(p, items=tuple(item(held) for held in p.items)) for p in program.prints),
        manual=tuple(
            replace(
                m,
                target=moved[m.target],
                node=moved[m.node],
                among=tuple([moved[i] for i in m.among]),
                output=None if m.output is None else moved[m.output],
                others=tuple([moved[i] for i in m.others]),
            )
            for m in program.manual
        ),
        notes=program.notes,
        cells=program.cells,
    )
