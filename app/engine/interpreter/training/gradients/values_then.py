"""Gradients of earlier turns, with the values that parameters had then."""

from __future__ import annotations

from dataclasses import replace

from app.engine.interpreter.interpreter import Interpreter
from app.engine.program import Manual, Value, ancestors


def of_turn(interpreter: Interpreter, manual: Manual, used: bytearray, names: dict[str, int]) -> Manual | None:
    """A gradient with the values of its turn, if later training steps have changed them: its target is then the leaf
    that it became, or the value of that name in the last turn. None where the last turn has no such value."""
    graph = interpreter.graph
    if not interpreter.training.successors:
        return manual
    turn = _turn_of(interpreter, manual.node)
    read = ancestors(graph.nodes, [manual.node])
    then: dict[str, Value] = {}
    current: dict[int, int] = {}
    for chain in _chains(interpreter):
        shown = next((i for i in reversed(chain) if used[i]), None)
        if shown is None:
            continue
        current |= dict.fromkeys(chain, shown)
        # A layer that steps on its way back does so before the gradients of the layers below it are computed.
        held = next((i for i in reversed(chain) if read[i]), turn.get(chain[0], chain[0]))
        if held != shown:
            then[graph.nodes[shown].id] = graph.value(held)
    if not then:
        return manual
    target = current.get(manual.target, manual.target)
    if not used[target]:
        target = names.get(graph.nodes[target].name or "", target)
    return replace(manual, target=target, values=tuple(then.items())) if used[target] else None


def _turn_of(interpreter: Interpreter, value: int) -> dict[int, int]:
    """By the leaf as it was first, the leaf that it was when node `value` was computed."""
    before = interpreter.training.predecessors
    turn = {}
    for leaf, version in interpreter.training.versions.items():
        held = version
        while held > value and held in before:
            held = before[held]
        turn[leaf] = held
    return turn


def _chains(interpreter: Interpreter) -> list[list[int]]:
    """The leaves that training steps change, each followed by what it became."""
    became = interpreter.training.successors
    chains = [[i] for i in became if i not in interpreter.training.predecessors]
    for chain in chains:
        while chain[-1] in became:
            chain.append(became[chain[-1]])
    return chains
