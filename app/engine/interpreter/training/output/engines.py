"""What a learner's own engine differentiates: the value of the object on which its backward pass is called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.own_numbers import number_of, value_of
from app.engine.interpreter.training.naming import plain
from app.engine.interpreter.training.reach import reached
from app.engine.interpreter.training.steps.number_steps import begin_numbers
from app.engine.interpreter.values import Instance
from app.engine.program import NO_GROUP

_BACKWARD = re.compile(
    r"(run_|do_|autograd_)?back_?(ward|prop|propagate|propagation)?(_pass)?|"
    r"(calc|calculate|compute|get|find|propagate|push)_?(grads?|gradients?|derivatives?)|autodiff|differentiate|grad"
)
"""Methods of such an object, and functions that are given one."""


@lru_cache(maxsize=4096)
def is_backward(name: str) -> bool:
    """Whether a function is called like a backward pass."""
    return _BACKWARD.fullmatch(name) is not None


def note_backward(interpreter: Interpreter, owner: Any, line: int) -> None:
    """A backward pass is called on an object: its value is what the text is about. A layer, which holds no gradient
    beside one value, is none."""
    if interpreter.numbers is not None:
        interpreter.training.loops.number = number_of(owner) if isinstance(owner, Instance) else None
        return
    value = value_of(owner) if isinstance(owner, Instance) else None
    if value is not None and not _inside(interpreter) and not _goes_on(interpreter, value.index):
        interpreter.training.wanted = value.index
        begin_numbers(interpreter, line)


def _goes_on(interpreter: Interpreter, value: int) -> bool:
    """Whether a backward pass that has begun goes on with what its value is computed from, as
    `for node in reversed(order): node.backward()` does."""
    training, nodes = interpreter.training, interpreter.graph.nodes
    wanted = training.wanted
    if wanted is None or not value < wanted < len(nodes):
        return False
    kept = training.behind_wanted
    if kept is None or kept[0] is not nodes[wanted]:
        kept = training.behind_wanted = (nodes[wanted], reached(nodes, wanted))
    return bool(kept[1][value])


def _inside(interpreter: Interpreter) -> bool:
    """Whether a backward pass runs already: it calls itself on what its value is computed from."""
    graph = interpreter.graph
    around = graph.group
    while around != NO_GROUP:
        if is_backward(plain(graph.groups[around].name)):
            return True
        around = graph.groups[around].parent
    return False
