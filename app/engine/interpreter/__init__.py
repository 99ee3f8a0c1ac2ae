"""Source text -> Program: an interpreter that runs the text once, with the values at hand (define by run). The text
itself is never executed by Python.

the text           `source.py` parses it; `magics.py`, `cells.py` (notebooks), `regions.py`, `spans.py`, `bindings.py`
its parts          `syntax/` has a function for each kind of statement and expression (`grammar.py`), `semantics/` what
                   Python and NumPy do with values (`values/`), `graph/` what is written
the state          `interpreter.py`, over `progress.py`; records: `arguments.py`, `chance.py`, `stores.py`,
                   `training_record.py`; what comes out: `reading.py`
names              `library/` in Python, and `sources/` in the language, read by `written_texts.py`; `names.py` are
                   those of ops, `bundled_texts.py` files that a text may open
what it trains     `training/`, `turns/`; a learner's engine: `own_engine/`
what it shows      `prints.py`, `tensor_texts.py`, `shown_values.py`
what it refuses    `refusals.py`, `hints.py`
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from types import MappingProxyType

from app.engine.errors import EngineError, ProgramError, ShapeError
from app.engine.interpreter import shown_values
from app.engine.interpreter.arguments import Arguments
from app.engine.interpreter.grammar import Raised
from app.engine.interpreter.graph.builder import GraphBuilder
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.own_engine import own_pass
from app.engine.interpreter.reading import MissingInputs, Reading
from app.engine.interpreter.regions import Mark, marks
from app.engine.interpreter.source import names_used, parse, uses_arrays, without_notebook
from app.engine.interpreter.tables import cells_of
from app.engine.interpreter.training.gradients.graded import graded_gradients, written_gradients
from app.engine.interpreter.training.gradients.seeds import NAME, seed_note, seeded_output, seeds, with_seeds
from app.engine.interpreter.training.output.arguments import note_arguments, with_arguments
from app.engine.interpreter.training.output.asides import refuse_settled
from app.engine.interpreter.training.output.candidates import candidates
from app.engine.interpreter.training.output.choice import choices, chosen_output, node_called
from app.engine.interpreter.training.output.implied import NAME as ADDED
from app.engine.interpreter.training.output.implied import implied
from app.engine.interpreter.training.output.own_training import check_left, of_turn, own_training, unreached
from app.engine.interpreter.training.output.sums import settle_earlier
from app.engine.interpreter.training.reach import reach_of_inputs
from app.engine.interpreter.training.rounds.cut import Cut, without_earlier
from app.engine.interpreter.training.steps.earlier import prints, shown_nodes, without_earlier_turns
from app.engine.interpreter.training.steps.number_steps import end_numbers
from app.engine.interpreter.turns.trainings import Wanted
from app.engine.interpreter.values import Instance, Ref, node_of
from app.engine.interpreter.written_texts import GRAMMAR, numpy_functions, prelude, written_library
from app.engine.limits import Limits
from app.engine.program import NO_GROUP, Guard, Node, Program, Value, ancestors
from app.engine.wording import said

_FRAMES = 20
"""Calls of Python's that one level of nesting takes, at most; nine were measured, for generators."""

__all__ = ["MissingInputs", "Reading", "interpret", "prelude", "read"]


def read(
    source: str,
    limits: Limits | None = None,
    output: str | None = None,
    given: Mapping[str, Value] | None = None,
) -> Program:
    """The program that a text means for these values of its inputs; see `interpret`. Without any, its graph alone: no
    shape is inferred, and nothing can be decided by values."""
    return interpret(source, limits or Limits(), output, given).program


def interpret(
    source: str,
    limits: Limits,
    output: str | None = None,
    given: Mapping[str, Value] | None = MappingProxyType({}),
    *,
    ignore_unknown: bool = False,
    wanted: Wanted | None = None,
) -> Reading:
    """Runs a text once: the program that it means, and what reading it found.

    output: the name or node id whose gradient is wanted; by default what the text is about (see `training/output.py`).
    ignore_unknown: whether an output that the text does not have is passed over.
    given: values of inputs by id, in place of those in the text. None: shapes do not matter, and nothing can be decided
    by values.
    wanted: of a training that an earlier reading has found, the turn after which the text is left, so that it is about
    that one in place of the last; or the course of its loss.
    Raises ProgramError (with line, column and hint) for anything outside the language, ShapeError for shapes that do
    not fit, LimitError beyond the limits; MissingInputs where free names have no value.
    """
    # So that the limit on nesting is reached first, and not Python's own.
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _FRAMES * limits.nesting))

    def once(arguments: Arguments) -> Reading:
        def read(wanted: Wanted | None, *, every_round: bool) -> Reading:
            asked = _Asked(output, wanted, ignore_unknown=ignore_unknown, every_round=every_round)
            return _interpret(source, limits, given, arguments, asked)

        try:
            return read(wanted, every_round=wanted is not None and wanted.own.every_round)
        except Cut:
            if wanted is None:
                return read(None, every_round=True)
            own = read(None, every_round=True).own
            if own is None:
                raise unreached(wanted.turn or 0) from None
            return read(Wanted(own, wanted.turn), every_round=True)

    return with_arguments(once, given or {})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a reading is asked for; see `interpret`. every_round: whether all rounds of training loops are read."""

    output: str | None = field(kw_only=False)
    wanted: Wanted | None = field(kw_only=False)
    ignore_unknown: bool
    every_round: bool


def _interpret(
    source: str, limits: Limits, given: Mapping[str, Value] | None, arguments: Arguments, asked: _Asked
) -> Reading:
    text, magics = without_notebook(source, limits)
    tree = parse(text, limits)
    lines = None if text.isascii() else text.split("\n")
    interpreter = Interpreter(limits, GRAMMAR, lines, given, every_round=asked.every_round, arguments=arguments)
    interpreter.training.loops.wanted = asked.wanted
    interpreter.long = asked.wanted is not None and asked.wanted.own.large
    interpreter.graph.read_more()
    interpreter.prelude, interpreter.numpy, interpreter.written = prelude(), numpy_functions(), written_library
    # Asked where a list gets a place: it goes through all of the text.
    interpreter.makes_arrays = cache(partial(uses_arrays, tree))
    interpreter.names_read = cache(partial(names_used, tree, ast.Load))
    interpreter.names_assigned = cache(partial(names_used, tree, ast.Store))
    interpreter.notes += [f"{line} is passed over: it is for the notebook." for line in magics]
    program: Program | None = None
    problem: EngineError | None = None
    try:
        _run_until_left(interpreter, tree.body, marks(text, tree.body, limits))
        end_numbers(interpreter)
        note_arguments(interpreter)
        check_left(interpreter)
        program = _finish(interpreter, asked)
    except RecursionError:
        problem = ProgramError(said("language.program_recursion_too_deep"), line=1, column=1)
    except EngineError as error:
        problem = error
    if interpreter.graph.missing:
        raise _missing(interpreter.graph, problem, interpreter.steps)
    if program is None:
        assert problem is not None
        raise problem
    own, course = own_training(interpreter, program.output)
    first = 0 if own is not None and own.large else None
    turn = first if asked.wanted is None else asked.wanted.turn
    used = {id: value for id, value in (given or {}).items() if id in interpreter.graph.used}
    return Reading(program, tuple(interpreter.graph.shapes), used, own, turn, course)


def _missing(graph: GraphBuilder, problem: EngineError | None, steps: int) -> MissingInputs:
    """Free names without a value, and which of them a problem may be due to: those that lead to the node at which
    shapes did not fit, all of them for anything else."""
    nodes = tuple(graph.nodes)
    blamed = frozenset(graph.missing)
    if isinstance(problem, ShapeError) and len(graph.shapes) < len(nodes):
        leads = ancestors(nodes, [len(nodes) - 1])
        blamed = frozenset([id for id, i in graph.missing.items() if leads[i]])
    return MissingInputs(dict(graph.missing), nodes, tuple(graph.shapes), problem, blamed, steps)


def _run_until_left(interpreter: Interpreter, body: list[ast.stmt], found: list[Mark]) -> None:
    """Runs the statements. Behind a training that was left, what Python would raise ends them: `losses[500]`."""
    state = interpreter.state()
    try:
        _run(interpreter, body, found)
    except Raised:
        if not interpreter.training.loops.left:
            raise
        interpreter.back_to(state)


def _run(interpreter: Interpreter, body: list[ast.stmt], found: list[Mark]) -> None:
    """Runs the statements in order; the nodes of a region go into its group."""
    if not found:
        interpreter.run(body)
        return
    around: list[int] = []
    waiting = found[::-1]
    for statement in body:
        while waiting and waiting[-1].line < statement.lineno:
            mark = waiting.pop()
            if mark.name is None:
                interpreter.graph.group = around.pop()
            else:
                around.append(interpreter.graph.open_region(mark.name))
        interpreter.statement(statement)
    interpreter.graph.group = NO_GROUP


def _finish(interpreter: Interpreter, asked: _Asked) -> Program:
    graph, output = interpreter.graph, asked.output
    own = own_pass(interpreter)
    if own is not None and interpreter.training.wanted is None:
        interpreter.training.wanted = own.objects[own.root].target
    names = _names(interpreter)
    by_line = written_gradients(interpreter)
    # A later line may have made the name a function or a loop variable.
    assigned = [name for name in interpreter.training.assigned if name in names] or sorted(
        names, key=lambda name: names[name]
    )
    begun, seeded = seeds(graph, by_line), None
    if begun and (output is None or node_called(output, names, graph.nodes) is None):
        by_line = with_seeds(by_line, begun)
        seeded = seeded_output(graph, begun, [names[name] for name in assigned])
        if graph.nodes[seeded].name == NAME:
            names.setdefault(NAME, seeded)
            interpreter.note(seed_note(graph.nodes, begun))
    shown = shown_values.called(interpreter, names)
    known = names | {name: index for index, name in shown.items()}
    found = candidates(interpreter, assigned, names, by_line)
    # The output of the whole text may have an id that there is not yet.
    lenient = asked.ignore_unknown or interpreter.training.loops.output() is not None
    # The loss that is added where a text writes none down can be asked for by its name.
    added = output == ADDED and node_called(output, known, graph.nodes) is None
    chosen = chosen_output(interpreter, found, None if added else output, known, seeded, ignore_unknown=lenient)
    if (output is None or added) and seeded is None:
        chosen = implied(interpreter, found, chosen)
        found = replace(found, nodes=tuple(graph.nodes))
    if added and graph.nodes[chosen.node].name != ADDED:
        chosen = chosen_output(interpreter, found, output, known, seeded, ignore_unknown=lenient)
    end, graded = of_turn(interpreter, chosen)
    if not graded:
        by_line = [m.in_doubt() for m in by_line]
    refuse_settled(interpreter, found.nodes, end)
    training = interpreter.training
    carried = training.carried - {m.target for m in by_line}
    end = without_earlier(found.nodes, end, training.cut, carried, chosen=output is not None)
    settle_earlier(interpreter, end)
    nodes = tuple(graph.nodes)
    manual = graded_gradients(interpreter, by_line, end, names, begun)
    printed = prints(interpreter)
    kept = [end, *[i for m in manual for i in (m.node, m.target, end if m.output is None else m.output)]]
    beside = [*known.values(), *shown_nodes(printed)]
    choosable = choices(nodes, known, by_line)
    nodes = _within_limits(interpreter, without_earlier_turns(interpreter, nodes, kept, beside), [*kept, *beside])
    made = Program(
        nodes=shown_values.with_names(interpreter, nodes, shown),
        groups=tuple(graph.groups),
        names=known,
        output=end,
        prints=printed,
        manual=manual,
        guards=_guards(interpreter),
        notes=tuple(dict.fromkeys(interpreter.notes)),
        choices=choosable,
        own=own,
        cells=cells_of(interpreter),
    )
    return replace(made, kept=_may_raise(interpreter, made))


def _may_raise(interpreter: Interpreter, program: Program) -> tuple[int, ...]:
    """The operations of Python's own numbers that nothing asks for, and that may raise for other values of inputs."""
    if interpreter.graph.given is None or not interpreter.by_python:
        return ()
    needed = ancestors(program.nodes, program.wanted)
    unasked = [i for i in interpreter.by_python if not needed[i]]
    if not unasked:
        return ()
    interpreter.by_python = unasked
    interpreter.settle_python()
    free = reach_of_inputs(interpreter.graph.nodes, through_masks=True)
    return tuple([i for i in unasked if free[i]])


def _names(interpreter: Interpreter) -> dict[str, int]:
    """The names of the top level that hold a node at the end, and the attributes of objects there."""
    names: dict[str, int] = {}
    for name, value in interpreter.globals.names.items():
        held = value if type(value) is Ref else node_of(value)
        if held is not None:
            names[name] = held.index
        elif isinstance(value, Instance):
            names |= {f"{name}.{key}": part.index for key, part in value.names.items() if type(part) is Ref}
    return names


def _within_limits(interpreter: Interpreter, nodes: tuple[Node, ...], ends: list[int]) -> tuple[Node, ...]:
    """The same nodes. LimitError if more of them than a program may have lead to these ends."""
    most = interpreter.limits.nodes
    if len(nodes) > most and sum(needed := ancestors(nodes, ends)) > most:
        raise interpreter.graph.full(nodes[needed.rindex(1)].span)
    return nodes


def _guards(interpreter: Interpreter) -> tuple[Guard, ...]:
    """The decisions that depend on an input."""
    guards = interpreter.guards.values()
    if not guards:
        return ()
    free = reach_of_inputs(interpreter.graph.nodes, through_masks=True)
    return tuple([guard for guard in guards if free[guard.node]])
