"""The number that a training goes down on, where the text computes it once the training is over: `print(f(p))` behind
`p = p - 0.1 * grad(p)`. Which number it is values decide: the last steps must have followed its slope."""

from __future__ import annotations

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.candidates import Candidates
from app.engine.interpreter.training.last_turn import shown_behind
from app.engine.interpreter.training.reach import reach, single
from app.engine.interpreter.training.slopes import follows_slope

_ASKED = 8
"""Numbers that are asked for."""


def judged_after(interpreter: Interpreter, found: Candidates) -> int | None:
    """That number, the last of several; None where there is none."""
    nodes = found.nodes
    last = {old: new for old, new in found.became.items() if new not in found.became and new in found.steps}
    if not last:
        return None
    behind = max(last.values())
    led = reach(nodes, list(last.values()))
    shown = {*found.names.values(), *found.shown, *found.printed}
    numbers = [
        i
        for i in sorted(shown, reverse=True)
        if i > behind and led[i] and nodes[i].inputs and nodes[i].kind == "float" and single(found.shapes, i)
    ]
    for believed in (False, True):
        for number in numbers[:_ASKED]:
            asked = [(old, found.steps[new]) for old, new in last.items() if reach(nodes, [new])[number]]
            if all(follows_slope(interpreter, [number], *step, last, believed=believed) for step in asked):
                return shown_behind(interpreter, found, number)
    return None
