"""Texts whose only numbers are what calls are given: `print(sigmoid(0.5))`. They are read once more with those as
leaves, and that reading holds if the output is computed from one of them.

Whole numbers that are places, sizes, counts or exponents stay numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Container

from app.engine.errors import EngineError
from app.engine.interpreter.arguments import Arguments
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.reading import MissingInputs, Reading
from app.engine.interpreter.training.reach import reach_of_inputs
from app.engine.program import Node, ancestors

_READINGS = 4
"""Readings with arguments as leaves, each without the whole numbers that the one before has found."""


def with_arguments(read: Callable[[Arguments], Reading], given: Container[str]) -> Reading:
    """What `read` makes of a text; with arguments as leaves where nothing else is one. given: the ids of inputs that
    have values: who has moved such a leaf has seen it. Raises what the first reading raises if the others fail, too."""
    first = Arguments()
    found: Reading | None = None
    problem: EngineError | None = None
    try:
        found = read(first)
    except EngineError as error:
        problem = error
    again = None
    if first.alone and first.seen:
        again = _from_arguments(read, given, arrays=True) or _from_arguments(read, given, arrays=False)
    if again is not None and (found is None or _as_much(again, found)):
        return again
    if found is None:
        assert problem is not None
        raise problem
    return found


def _from_arguments(read: Callable[[Arguments], Reading], given: Container[str], *, arrays: bool) -> Reading | None:
    """The reading with arguments as leaves; None where none of them leads to the output."""
    numbers: frozenset[str] = frozenset()
    for _ in range(_READINGS):
        arguments = Arguments(leaves=True, arrays=arrays, numbers=numbers)
        found: Reading | None = None
        try:
            found = read(arguments)
        except (EngineError, MissingInputs):
            if not arguments.whole:
                return None
        if found is not None and not arguments.whole:
            moved = any(id in given for id in arguments.made)
            return found if moved or _leads(found) else None
        numbers |= arguments.whole
    return None


def _as_much(again: Reading, found: Reading) -> bool:
    """Whether a reading with arguments as leaves is about a value of the top level, or what the first one is about; or
    that one is about a leaf alone."""
    output, other = found.program.output, again.program.output
    if not found.program.nodes[output].inputs or other in again.program.names.values():
        return True
    return again.program.nodes[other].id == found.program.nodes[output].id


def _leads(reading: Reading) -> bool:
    """Whether the output is computed from a leaf."""
    nodes, end = reading.program.nodes, reading.program.output
    return bool(nodes[end].inputs and reach_of_inputs(nodes)[end])


def note_arguments(interpreter: Interpreter) -> None:
    """Notes at the end of a reading what is known of the arguments then."""
    arguments, nodes = interpreter.arguments, interpreter.graph.nodes
    if arguments.leaves:
        arguments.whole = _whole(interpreter)
    elif arguments.seen and not interpreter.graph.missing:
        reached = reach_of_inputs(nodes)
        arguments.alone = not any(reached[i] and node.inputs for i, node in enumerate(nodes))


def _whole(interpreter: Interpreter) -> frozenset[str]:
    """The ids of the whole numbers among them that are places, sizes, counts or exponents."""
    nodes = interpreter.graph.nodes
    made = {id: i for id, i in interpreter.arguments.made.items() if nodes[i].kind == "int"}
    if not made:
        return frozenset()
    ends = [guard.node for guard in interpreter.guards.values() if guard.question == "equals"]
    ends += [node.inputs[node.op.exponent] for node in nodes if node.op.exponent is not None]
    ends += [i for node in nodes if node.op.counts for i in node.inputs if nodes[i].kind == "int"]
    ends += _handed_on(interpreter, nodes)
    leads = ancestors(nodes, ends)
    return frozenset([id for id, i in made.items() if leads[i]])


def _handed_on(interpreter: Interpreter, nodes: list[Node]) -> list[int]:
    """The whole numbers with which a function calls itself: `n - 1`, down to the last."""
    groups = interpreter.graph.groups
    again: set[str] = set()
    for group in groups:
        around = group.parent
        while around >= 0 and groups[around].name != group.name:
            around = groups[around].parent
        if around >= 0 and group.kind == "call":
            again.update([argument for _, argument in group.arguments if isinstance(argument, str)])
    return [i for i, node in enumerate(nodes) if node.kind == "int" and node.id in again]
