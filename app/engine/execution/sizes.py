"""Limits on what a program makes of all its nodes, checked before anything is allocated: messages, prints, grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.engine.errors import LimitError
from app.engine.limits import Limits
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.program import Composed, Item, Node, Program, ShownNode
from app.engine.wording import said


def check_traffic(
    nodes: tuple[Node, ...],
    inputs: Sequence[tuple[int, ...]],
    shapes: Sequence[Shape],
    senders: Sequence[tuple[int, ...]],
    limits: Limits,
) -> None:
    """Bounds the elements of all messages and local derivatives: there is one of each per use of a value."""
    if not any(shapes):
        return
    allowed = 4 * limits.total_elements
    elements = 0
    for target, slots in enumerate(senders):
        # Only elementwise ops have local derivatives, in the shape of the result.
        local = count(shapes[target]) if slots and nodes[target].op.partials is not None else 0
        for slot in slots:
            elements += count(shapes[inputs[target][slot]]) + local
        if elements > allowed:
            raise LimitError(said("limits.messages_too_large", allowed=allowed), span=nodes[target].span)


def check_prints(program: Program, index: Mapping[int, int], shapes: Sequence[Shape], limits: Limits) -> None:
    """Bounds the elements that are printed and graded: every line may show the same large array or text. Writing a
    number takes one or two microseconds."""
    allowed = limits.array_elements
    shown: list[tuple[int, Item | int]] = [(p.line, item) for p in program.prints for item in p.items]
    shown += [(m.line, m.node) for m in program.manual]
    elements = 0
    for line, item in shown:
        elements += 1
        for part in item.parts if isinstance(item, Composed) else (item,):
            if isinstance(part, str):
                elements += len(part) // 10
            else:
                elements += count(shapes[index[part.node if isinstance(part, ShownNode) else part]])
        if elements > allowed:
            raise LimitError(said("limits.prints_too_large", allowed=allowed), line=line)
