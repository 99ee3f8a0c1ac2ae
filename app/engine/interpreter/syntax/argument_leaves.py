"""Arguments as leaves, in a text that has no others: what the top level gives to a function of its own gets the name of
the parameter, as `x = 0.5` would give it."""

from __future__ import annotations

import builtins
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Argument, Call
from app.engine.interpreter.syntax.leaves import leaf, make_leaves
from app.engine.interpreter.values import Address, Function, Literal

_LEAVES = (float, int, Literal, list)


def with_leaves(interpreter: Interpreter, function: Function, given: Call) -> None:
    """Makes leaves of what a call is given, where the reading wants them."""
    if function.foreign or interpreter.scope is not interpreter.globals or interpreter.loops:
        return
    names = function.parameters
    rest = [f"{function.many}[{i}]" for i in range(len(given.args) - len(names))]
    for at, (name, argument) in enumerate(zip([*names, *rest], given.args, strict=False)):
        given.args[at] = _as_leaf(interpreter, name, argument, given)
    for name, argument in given.named.items():
        given.named[name] = _as_leaf(interpreter, name, argument, given)


def _as_leaf(interpreter: Interpreter, name: str, argument: Argument, given: Call) -> Argument:
    value, where = argument
    arguments = interpreter.arguments
    # What `map` hands over has no place in the text.
    if where is given.node or type(value) not in _LEAVES:
        return argument
    arguments.seen = True
    if not arguments.leaves or (type(value) is list and _has_place(interpreter, value)):
        return argument
    graph = interpreter.graph
    id = graph.unique(name)
    if id in arguments.numbers:
        return argument
    if isinstance(value, list):
        make_leaves(interpreter, value, Address(id, name), where)
        return argument
    made = (
        leaf(interpreter, value, id, name, where)
        if type(value) is Literal
        else graph.input(id, name, value, interpreter.span(where))
    )
    arguments.made[graph.nodes[made.index].id] = made.index
    return Argument(made, where)


def _has_place(interpreter: Interpreter, value: Any) -> bool:
    """Whether a list has a name, and its numbers are leaves by that."""
    held = interpreter.addresses.get(builtins.id(value))
    return held is not None and held[0] is value
