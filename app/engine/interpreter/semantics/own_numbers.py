"""Numbers of a text's own: objects that hold a value, and its gradient beside it."""

from __future__ import annotations

from app.engine.interpreter.values import Instance, Literal, Ref

VALUES = ("data", "value", "val", "v", "d", "array", "x")
GRADIENTS = ("grad", "g", "gradient", "adjoint", "adj", "derivative", "deriv", "grad_value", "gradients", "dv")


def value_of(owner: Instance) -> Ref | None:
    held = owner.names
    about = held.get("data")
    if type(about) is Ref:
        return about
    if not any(name in held for name in GRADIENTS):
        return None
    found = [held[name] for name in VALUES if type(held.get(name)) in (Ref, Literal)]
    if not found:
        return None
    return found[0].ref if type(found[0]) is Literal else found[0]


def number_of(owner: Instance) -> float | None:
    """The number of such an object that was computed without nodes."""
    held = [owner.names.get(name) for name in VALUES]
    return next((each for each in held if type(each) is float), None)
