"""What a program is about, as it is computed in the last turn of its training, or shown once the training is over."""

from __future__ import annotations

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.forms.slopes import follows_slope
from app.engine.interpreter.training.output.candidates import Candidates
from app.engine.interpreter.training.reach import is_some_loss, reach, single


def in_a_turn(interpreter: Interpreter, found: Candidates, end: int) -> int:
    """The output; where that is the loss of an earlier training, what its name holds since the last one; where the text
    has tried its loss before it trains, `cost = propagate(w, b)`, and its top level names no other, what the same line
    has computed in the last turn."""
    loops, nodes = interpreter.training.loops, found.nodes
    if not found.became or loops.last_turn(end) is not None:
        return end
    last = found.names.get(nodes[end].name or "", end)
    if last > end and is_some_loss(nodes[end]) and loops.last_turn(last) is not None:
        return last
    if end > min(found.became.values()):
        return shown_behind(interpreter, found, end)
    alike = [i for i in range(end + 1, len(nodes)) if nodes[i].span == nodes[end].span and nodes[i].op is nodes[end].op]
    return next((i for i in reversed(alike) if loops.last_turn(i) is not None), end)


def shown_behind(interpreter: Interpreter, found: Candidates, end: int) -> int:
    """The output; where that has no name and stands behind all turns, `print(f(p))`, what the same line has computed
    in the last turn under a name: `fx = f(p)`."""
    nodes = found.nodes
    if nodes[end].name is not None or nodes[end].span is None:
        return end
    alike = [i for i in range(end) if nodes[i].span == nodes[end].span and nodes[i].op is nodes[end].op]
    named = [i for i in alike if nodes[i].name is not None and interpreter.training.loops.last_turn(i) is not None]
    return named[-1] if named else end


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
