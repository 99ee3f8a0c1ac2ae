"""What a watch makes of a comprehension: its items are followed one by one, so that a list of numbers that differ may
be made of the letters of a text that differs, or of such a list."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.training.rounds.followed import Followed
from app.engine.interpreter.training.rounds.frames import Frame, Operand, differs, noted_constants
from app.engine.interpreter.training.rounds.steps import Handler


def begun(watch: Followed, frame: Frame, node: ast.expr) -> None:
    """An expression of a list comprehension is about to be read: where it is the first one for an item, the name of the
    item has a new value."""
    made: ast.ListComp = frame.node
    generator = made.generators[0]
    if node is not (*generator.ifs, made.elt)[0] or not _followed(
        watch, made, operand := frame.operand(generator.iter)
    ):
        return
    assert operand is not None
    assert isinstance(generator.target, ast.Name)
    names, at = watch.interpreter.scope.names, frame.turns
    item = names[generator.target.id]
    slot = watch.letter(operand.slot, at) if operand.slot is not None else watch.places.slot(operand.value, at, item)
    watch.places.put(names, generator.target.id, item, slot)
    frame.turns += 1


def _followed(watch: Followed, node: Any, operand: Operand | None) -> bool:
    """Whether the items that a comprehension goes through are followed one by one: the letters of a text that differs,
    or the items of a list."""
    if not isinstance(node, ast.ListComp) or len(node.generators) > 1 or operand is None:
        return False
    if not isinstance(node.generators[0].target, ast.Name):
        return False
    if operand.slot is not None:
        return type(operand.value) is str
    return isinstance(operand.value, list | tuple) and id(operand.value) not in watch.places.growing


def comprehension(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    node = frame.node
    for generator in node.generators:
        for operand in frame.operands:
            if operand.node is not generator.iter or _followed(watch, node, operand):
                continue
            if differs(operand) or watch.places.holds(operand.value, deep=False):
                watch.fail("a list that is gone through")
    through = frame.operand(node.generators[0].iter)
    if through is not None and through.slot is not None and type(through.value) is str:
        watch.length(through.value, through.slot)
    watch.undecided(frame, noted_constants(frame))
    made = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    items = [operand for operand in frame.operands if any(operand.node is each for each in made)]
    if not any(map(differs, items)):
        return None
    if not isinstance(node, ast.ListComp) or len(items) != len(value):
        watch.fail("items of a comprehension")
        return None
    for at, operand in enumerate(items):
        watch.keep(value, at, operand)
    return None
