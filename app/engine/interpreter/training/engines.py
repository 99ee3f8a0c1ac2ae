"""What a learner's own engine differentiates: the value of the object on which its backward pass is called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.naming import plain
from app.engine.interpreter.values import Instance, Literal, Ref
from app.engine.program import NO_GROUP

_BACKWARD = re.compile(
    r"(run_|do_|autograd_)?back_?(ward|prop|propagate|propagation)?(_pass)?|"
    r"(calc|calculate|compute|get|find|propagate|push)_?(grads?|gradients?|derivatives?)|autodiff|differentiate|grad"
)
"""Methods of such an object, and functions that are given one."""
_VALUES = ("data", "value", "val", "v", "d", "array", "x")
_GRADIENTS = ("grad", "g", "gradient", "adjoint", "adj", "derivative", "deriv", "grad_value", "gradients", "dv")


@lru_cache(maxsize=4096)
def is_backward(name: str) -> bool:
    """Whether a function is called like a backward pass."""
    return _BACKWARD.fullmatch(name) is not None


def note_backward(interpreter: Interpreter, owner: Any) -> None:
    """A backward pass is called on an object: its value is what the text is about. A layer, which holds no gradient
    beside one value, is none."""
    value = _value_of(owner) if isinstance(owner, Instance) else None
    if value is not None and not _inside(interpreter):
        interpreter.training.wanted = value.index


def _inside(interpreter: Interpreter) -> bool:
    """Whether a backward pass runs already: it calls itself on what its value is computed from."""
    graph = interpreter.graph
    around = graph.group
    while around != NO_GROUP:
        if is_backward(plain(graph.groups[around].name)):
            return True
        around = graph.groups[around].parent
    return False


def _value_of(owner: Instance) -> Ref | None:
    held = owner.names
    about = held.get("data")
    if type(about) is Ref:
        return about
    if not any(name in held for name in _GRADIENTS):
        return None
    found = [held[name] for name in _VALUES if type(held.get(name)) in (Ref, Literal)]
    if not found:
        return None
    return found[0].ref if type(found[0]) is Literal else found[0]
