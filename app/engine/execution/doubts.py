"""What NumPy means otherwise for an array than for a number, settled when the shapes are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.engine.errors import EngineError, ProgramError
from app.engine.execution.values import shape_of
from app.engine.ops import Call
from app.engine.ops.expression import Shape
from app.engine.program import Program


def check_doubts(program: Program, index: Mapping[int, int], shapes: Sequence[Shape]) -> None:
    """Refuses what NumPy means otherwise for an array than for a number. What is not computed makes no difference."""
    aside: dict[int, Shape | None] = {}

    def shape(node: int) -> Shape | None:
        return shapes[index[node]] if node in index else _shape_aside(program, index, shapes, aside, node)

    for doubt in program.doubts:
        found = shape(doubt.node)
        if found is None or bool(found or doubt.boxed) is not doubt.of_array:
            continue
        if doubt.others and not any(boxed or shape(node) for node, boxed in doubt.others):
            continue
        if doubt.grown is not None and shape(doubt.grown) in (found, None):
            continue
        raise ProgramError(doubt.message, span=doubt.span, hint=doubt.hint)


def _shape_aside(
    program: Program, index: Mapping[int, int], shapes: Sequence[Shape], known: dict[int, Shape | None], node: int
) -> Shape | None:
    """The shape of a value that is not computed, where it is a window onto one that is, or is written out in the text;
    None for anything else."""
    chain = [node]
    while chain[-1] not in index and chain[-1] not in known and len(program.nodes[chain[-1]].inputs) == 1:
        chain.append(program.nodes[chain[-1]].inputs[0])
    last = chain[-1]
    if last in index:
        found: Shape | None = shapes[index[last]]
    else:
        written = program.nodes[last].value
        found = known.get(last) if written is None else shape_of(written)
    for each in reversed(chain[:-1]):
        op, attrs = program.nodes[each].op, program.nodes[each].attrs
        try:
            found = None if found is None else op.shape(Call(attrs, (found,)))
        except EngineError:
            found = None
        known[each] = found
    return found
