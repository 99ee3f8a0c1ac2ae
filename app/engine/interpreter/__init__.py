"""Source text -> Program: an interpreter for a whitelist of Python's syntax tree. The text itself is never executed."""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import cache

from app.engine.errors import ProgramError
from app.engine.interpreter.expressions import EXPRESSIONS
from app.engine.interpreter.functions import function
from app.engine.interpreter.interpreter import Grammar, Interpreter
from app.engine.interpreter.names import suggestion
from app.engine.interpreter.output import default_output
from app.engine.interpreter.prelude import SOURCE
from app.engine.interpreter.regions import Mark, marks
from app.engine.interpreter.source import parse
from app.engine.interpreter.statements import STATEMENTS
from app.engine.interpreter.values import Function, Ref, Scope
from app.engine.limits import Limits
from app.engine.program import NO_GROUP, Node, Program, ancestors

GRAMMAR = Grammar(EXPRESSIONS, STATEMENTS)


@cache
def _prelude_tree() -> ast.Module:
    return ast.parse(SOURCE)


@cache
def prelude() -> dict[str, Function]:
    """The prelude's functions, in a scope of their own: they do not see names of the reader's program."""
    interpreter = Interpreter(Limits(), GRAMMAR)
    table: dict[str, Function] = {}
    interpreter.scope = Scope(table)
    for node in _prelude_tree().body:
        assert isinstance(node, ast.FunctionDef)
        table[node.name] = replace(function(interpreter, node.name, node.args, node.body, node), foreign=True)
    return table


def read(source: str, limits: Limits | None = None, output: str | None = None) -> Program:
    """The program that a text means.

    output: the name or node id whose gradient is wanted; by default the last name assigned that is not a manual
    gradient. Raises ProgramError (with line, column and hint) for anything outside the language, LimitError beyond
    the limits.
    """
    limits = limits or Limits()
    tree = parse(source, limits)
    lines = None if source.isascii() else source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    interpreter = Interpreter(limits, GRAMMAR, lines)
    interpreter.prelude = prelude()
    _run(interpreter, tree.body, marks(source, tree.body, limits))
    return _finish(interpreter, output)


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


def _finish(interpreter: Interpreter, output: str | None) -> Program:
    nodes = tuple(interpreter.graph.nodes)
    names = {name: value.index for name, value in interpreter.globals.names.items() if isinstance(value, Ref)}
    if not interpreter.assigned:
        raise _nothing()
    by_line = [m for graded in interpreter.manual.values() for m in graded.values()]
    by_line.sort(key=lambda m: m.line)
    if output is None:
        # A later line may have made the name a function or a loop variable.
        assigned = [name for name in interpreter.assigned if name in names]
        if not assigned:
            raise _nothing()
        end = default_output(nodes, assigned, names, by_line)
    else:
        end = _find(output, names, nodes)
    used = ancestors(nodes, [end])
    # A dx that the output depends on is a forward value. (`dx = w` gives the node of w a second name.)
    manual = tuple(m for m in by_line if not (used[m.node] and nodes[m.node].name == m.name))
    return Program(
        nodes=nodes,
        groups=tuple(interpreter.graph.groups),
        names=names,
        output=end,
        prints=tuple(interpreter.prints),
        manual=manual,
        fixed=dict(interpreter.graph.fixed),
        doubts=tuple(interpreter.doubts),
    )


def _nothing() -> ProgramError:
    return ProgramError(
        "nothing to differentiate: no name holds a number or an array",
        line=1,
        column=1,
        hint="Give the result a name: y = x * x",
    )


def _find(output: str, names: dict[str, int], nodes: tuple[Node, ...]) -> int:
    if output in names:
        return names[output]
    for index, node in enumerate(nodes):
        if node.id == output:
            return index
    raise ProgramError(
        f"there is no {output} in the program",
        line=1,
        column=1,
        hint=suggestion(output, names) or "Name one of the values that the program assigns.",
    )
