"""`np.clip`: either bound may be left out."""

from __future__ import annotations

import math
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import indexing
from app.engine.interpreter.semantics.arguments import Call, bound
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.values import Native, Ref
from app.engine.ops import REGISTRY
from app.engine.wording import said

_RANK = ("bool", "int", "float")


def clip(interpreter: Interpreter, call: Call) -> Any:
    """`np.clip(x, a_min, a_max)`, and with `min=` and `max=`; a bound that is left out is infinite."""
    held = bound(interpreter, call, "a, a_min=, a_max=, out=, *, min=, max=")
    if ("a_min" in call.places) != ("a_max" in call.places):
        raise interpreter.fail(said("library.clip_bound_missing"), call.node)
    return _held(interpreter, call, held)


def clip_method(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    """`x.clip(0, 1)`, `x.clip(min=0)`."""
    held = bound(interpreter, call, "min=, max=, out=")
    return _held(interpreter, call, held | {"a": owner, "a_min": None, "a_max": None})


def _held(interpreter: Interpreter, call: Call, held: dict[str, Any]) -> Any:
    x = interpreter.node(as_array(interpreter, held["a"], call.node), call.node)
    kinds = [interpreter.graph.nodes[x.index].kind]
    bounds: list[Ref] = []
    for old, new, none in (("a_min", "min", -math.inf), ("a_max", "max", math.inf)):
        if held[old] is not None and held[new] is not None:
            raise interpreter.fail(said("library.given_twice", spelling=call.spelling, new=new), call.where(new))
        given, where = (held[old], call.where(old)) if held[old] is not None else (held[new], call.where(new))
        if given is not None:
            bounds.append(interpreter.node(as_array(interpreter, given, where), where))
            kinds.append(interpreter.graph.nodes[bounds[-1].index].kind)
        else:
            bounds.append(interpreter.graph.number(none, interpreter.span(call.node)))
    kind = max(kinds, key=_RANK.index)
    made = interpreter.operation(REGISTRY["clip"], (x, *bounds), {}, call.node, call.id, call.name, kind=kind)
    if held["out"] is None:
        return made
    indexing.store_part(interpreter, held["out"], (Ellipsis,), made, call.node)
    return held["out"]


CLIP = Native("np.clip", clip)
