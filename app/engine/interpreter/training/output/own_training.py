"""The training that a text does itself, as a reading tells it: how many turns, the course of its loss, and the output
of the turn after which the text was left (`turns/loops.py`)."""

from __future__ import annotations

from app.engine.errors import LimitError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.output.choice import Output
from app.engine.interpreter.turns.trainings import LossOfTurn, OwnTraining
from app.engine.wording import said


def check_left(interpreter: Interpreter) -> None:
    """Raises LimitError if the text should have been left after a turn that it did not come to: its rounds had to be
    read this time."""
    wanted = interpreter.training.loops.wanted
    if wanted is not None and wanted.turn is not None and not interpreter.training.loops.left:
        raise unreached(wanted.turn)


def unreached(turn: int) -> LimitError:
    return LimitError(said("limits.turn_too_late_to_read", turn=turn))


def of_turn(interpreter: Interpreter, chosen: Output) -> Output:
    """The output, given what the text is about as it was left: what stands where the output of the whole text does. A
    sum over all turns, whose earlier part may not be kept in a longer training, is what the turn adds to it."""
    end = interpreter.training.loops.output()
    if end is None or end == chosen.node:
        return chosen
    node = interpreter.graph.nodes[chosen.node]
    return Output(end, graded=chosen.graded and node.op.is_addition and end in node.inputs)


def own_training(interpreter: Interpreter, end: int) -> tuple[OwnTraining | None, tuple[LossOfTurn, ...]]:
    """The training, None where the text does none in a loop, and the course of its loss, if that is wanted. end: the
    output."""
    loops = interpreter.training.loops
    if loops.wanted is None:
        end, errors = interpreter.training.implied or (end, None)
        return loops.found(end, interpreter.graph, errors, every_round=interpreter.every_round), ()
    own = loops.wanted.own
    course = () if loops.wanted.turn is not None else loops.course(own.turns - 1, interpreter.graph.value(end))
    return own, course
