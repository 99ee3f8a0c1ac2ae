"""Which numbers of a list are leaves: in a text without NumPy, those of the lists that stand for its arrays; in one
without other leaves, those of what its functions are given.

`weights = [0.1, 0.2]` are two leaves, `weights[0]` and `weights[1]`. Where there are many numbers and nothing says that
they are trained, they are data, as constants are.
"""

from __future__ import annotations

import ast
import builtins
import re
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Address, Ref

POINTED_AT = 200
"""Items of a container that may become leaves of their own."""
_LOOKED = 2_000
"""Items, of lists in lists, that are looked at."""
_FEW = 12
"""Numbers of a list that are leaves whatever it is called."""
_WORDS = re.compile(r"[^\W\d]\w*")
_TRAINED = re.compile(
    r"(\w+_)?(w\w?\d*|b\d*|weights?\d*|bias(es)?\d*|theta\d*|coef\w*|params?|parameters|beta|syn\d|n|nn|net|network|layers?"
    r"|model|kernels?)(_\w+)?",
    re.IGNORECASE,
)
"""Names of lists that hold what is trained."""


def leaf_kinds(interpreter: Interpreter, value: Any, address: Address) -> tuple[type, ...]:
    """The types of the numbers in a list that are leaves, and no data: floats, if they are few, or something is trained
    by that name; with them the zeros of `weights = [0, 0]`. Other whole numbers are sizes, places and labels, but for
    those of what functions are given, and of `w` where the text assigns its gradient `dw`."""
    given = interpreter.arguments.leaves
    if interpreter.makes_arrays() and (not given or interpreter.arguments.arrays):
        return ()
    numbers, looked, zeros, waiting = 0, 0, True, [value]
    whole = given or not interpreter.names_assigned().isdisjoint(_gradients(address.name))
    trained = any(_TRAINED.fullmatch(part) for part in _WORDS.findall(address.name))
    while waiting:
        container = waiting.pop()
        looked += len(container)
        if looked > _LOOKED or len(container) > POINTED_AT:
            return ()
        if isinstance(container, dict):
            trained = trained or any(isinstance(key, str) and _TRAINED.fullmatch(key) for key in container)
            container = list(container.values())
        for item in container:
            kind = type(item)
            if kind is float:
                numbers += 1
            elif kind is int:
                zeros = zeros and item == 0
                numbers += whole
            elif kind in (list, dict, tuple):
                waiting.append(item)
            elif kind is Ref and not (interpreter.graph.nodes[item.index].name or "").startswith(address.name):
                # `[max(0.0, z) for z in zs]`: its 0.0 is a value of a step.
                return ()
    if numbers > (POINTED_AT if trained else _FEW):
        return ()
    return (float, int) if whole or (trained and zeros) else (float,)


def _gradients(name: str) -> tuple[str, ...]:
    return (f"d{name}", f"grad_{name}", f"{name}_grad")


def appended(interpreter: Interpreter, owner: list[Any], where: ast.AST) -> None:
    """The last item of a list, which was put there just now, as a leaf where it is one: `self.weights.append(0.1)`."""
    if type(owner[-1]) is not float:
        return
    held = interpreter.addresses.get(builtins.id(owner))
    if held is None or held[0] is not owner or held[1].local or not leaf_kinds(interpreter, owner, held[1]):
        return
    own, graph = held[1].item(len(owner) - 1), interpreter.graph
    owner[-1] = graph.input(graph.unique(own.id), own.name, owner[-1], interpreter.span(where))
