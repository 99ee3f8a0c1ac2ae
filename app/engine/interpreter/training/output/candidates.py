"""What may be the output of a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.naming import of_parameter
from app.engine.ops.expression import Shape
from app.engine.program import Group, Manual, Node


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may be the output. assigned: the assigned names in the order of their lines, all in `names`. names: name ->
    index of its node at the end. manual: the reader's gradients, by line. became: leaf -> the leaf that a training step
    made of it. steps: that leaf -> the node of the step. former: by node, its name in the function that returned it.
    printed: the nodes that are printed. shown: those that a line of the top level computes and shows. last: the node
    that the last line computes without a name."""

    nodes: Sequence[Node]
    groups: Sequence[Group]
    shapes: Sequence[Shape]
    assigned: Sequence[str]
    names: Mapping[str, int]
    manual: Sequence[Manual]
    became: Mapping[int, int]
    steps: Mapping[int, int]
    former: Mapping[int, str]
    printed: Sequence[int]
    shown: Sequence[int]
    last: int | None


def candidates(
    interpreter: Interpreter, assigned: Sequence[str], names: Mapping[str, int], manual: Sequence[Manual]
) -> Candidates:
    """What may be the output of what was read. assigned, names, manual: as in `Candidates`."""
    training, shapes = interpreter.training, interpreter.graph.shapes

    def follows(name: str) -> bool:
        """Whether it is called after a parameter of its shape, as `gw` is."""
        parameter = names.get(of_parameter(name) or "")
        return parameter is not None and shapes[parameter] == shapes[names[name]]

    assigned = [name for name in assigned if not follows(name)] or assigned
    return Candidates(
        nodes=tuple(interpreter.graph.nodes),
        groups=interpreter.graph.groups,
        shapes=shapes,
        assigned=assigned,
        names=names,
        manual=manual,
        became=training.successors,
        steps=training.origins,
        former=training.former,
        printed=[i for printed in interpreter.prints for i in printed.nodes],
        shown=[i for i, display in sorted(training.shown.items()) if display.top],
        last=training.last,
    )
