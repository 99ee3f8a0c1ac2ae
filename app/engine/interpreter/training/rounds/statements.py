"""What a watch makes of each kind of statement: which places get numbers that differ from round to round."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.semantics.arithmetic import combine
from app.engine.interpreter.semantics.indexing import is_whole
from app.engine.interpreter.training.rounds.expressions import result_slot, tuple_of
from app.engine.interpreter.training.rounds.followed import Followed
from app.engine.interpreter.training.rounds.frames import Frame, Operand, differs, noted_constants
from app.engine.interpreter.values import Class, Function, Instance, Literal, Ref


def done(watch: Followed, frame: Frame) -> None:
    """A statement has been read."""
    node = frame.node
    match node:
        case ast.Assign():
            for target in node.targets:
                _assigned(watch, frame, target, node.value)
        case ast.AnnAssign() if node.value is not None:
            _assigned(watch, frame, node.target, node.value)
        case ast.AugAssign():
            _augmented(watch, frame, node)
            return
        case ast.Return():
            _returned(watch, frame)
        case ast.Expr() | ast.Pass() | ast.Break() | ast.Continue() | ast.Global() | ast.Nonlocal():
            pass
        case ast.If() | ast.While() | ast.Assert():
            _tested(watch, frame, node.test)
            return
        case ast.For():
            _gone_through(watch, frame, node)
        case ast.Delete():
            if any(watch.places.holds(operand.value, deep=False) for operand in frame.operands) or _differ(frame):
                watch.fail("what is deleted")
        case _:
            if _differ(frame):
                watch.fail("a statement")
    watch.undecided(frame)


def _tested(watch: Followed, frame: Frame, test: ast.expr) -> None:
    operand = frame.operand(test)
    if operand is not None and operand.slot is None and watch.places.holds(operand.value, deep=False):
        watch.fail("whether a container is empty")
    watch.undecided(frame, noted_constants(frame))


def _differ(frame: Frame) -> bool:
    return any(map(differs, frame.operands))


def _returned(watch: Followed, frame: Frame) -> None:
    call = next((each for each in reversed(watch.stack[:-1]) if isinstance(each.node, Function)), None)
    if call is not None and frame.node.value is not None:
        call.returned = frame.operand(frame.node.value)
    elif call is not None:
        call.returned = Operand(frame.node, None, None, None)


# -- loops inside of the round ---------------------------------------------------------------------------------------


def _gone_through(watch: Followed, frame: Frame, node: ast.For) -> None:
    operand = frame.operand(node.iter)
    if any(differs(each) and each.node is not node.iter for each in frame.operands):
        # The lines of a generator run here, as its items are asked for.
        watch.fail("a generator")
    if operand is None or (not differs(operand) and not watch.places.holds(operand.value, deep=False)):
        return
    if differs(operand) and _is_row(operand.value):
        return
    watch.fail("what a loop goes through")


def _is_row(value: Any) -> bool:
    """Whether a loop gets the numbers of an array that was made, each a constant of the graph."""
    return type(value) is Literal and value.array.ndim == 1 and value.made


def turned(watch: Followed, frame: Frame) -> None:
    """A round of a `for` inside of the round begins: its names have new values."""
    node: ast.For = frame.node
    scope = frame.scope
    if frame is watch.stack[0]:
        assert isinstance(node.target, ast.Name)
        names = scope.outer.get(node.target.id, scope).names
        watch.places.put(names, node.target.id, names[node.target.id], 0)
        return
    operand = frame.operand(node.iter)
    for target in ast.walk(node.target):
        if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store):
            watch.places.put(scope.outer.get(target.id, scope).names, target.id, None, None)
        elif not isinstance(target, ast.Name | ast.Tuple | ast.List | ast.expr_context):
            watch.fail("where a loop puts its items")
    if operand is not None and operand.slot is not None and differs(operand):
        if not _is_row(operand.value) or not isinstance(node.target, ast.Name):
            watch.fail("what a loop goes through")
            return
        item = scope.outer.get(node.target.id, scope).names[node.target.id]
        if not watch.leaf(item, watch.item(operand.slot, frame.turns, item)):
            watch.fail("what a loop goes through")
    frame.turns += 1


# -- assignments -----------------------------------------------------------------------------------------------------


def _assigned(watch: Followed, frame: Frame, target: ast.expr, value: ast.expr) -> None:
    if isinstance(target, ast.Tuple | ast.List):
        _unpacked(watch, frame, target, value)
    else:
        _placed(watch, frame, target, frame.operand(value))


def _unpacked(watch: Followed, frame: Frame, target: ast.Tuple | ast.List, value: ast.expr) -> None:
    plain = not any(isinstance(item, ast.Starred) for item in target.elts)
    whole = frame.operand(value)
    if whole is None:
        # `a, b = b, a`: item by item.
        assert isinstance(value, ast.Tuple | ast.List)
        for item, each in zip(target.elts, value.elts, strict=True):
            _assigned(watch, frame, item, each)
        return
    held = whole.value
    known = isinstance(held, list | tuple) and len(held) == len(target.elts) and plain
    if not known and (differs(whole) or watch.places.holds(held, deep=False)):
        watch.fail("what is unpacked")
    for at, item in enumerate(target.elts):
        operand: Operand | None = None
        if known:
            slot = watch.places.slot(held, at, held[at])
            operand = Operand(value, held[at], watch.slot_of(held[at]) if slot is None else slot, None)
        if isinstance(item, ast.Tuple | ast.List):
            if watch.places.holds(held, deep=True):
                watch.fail("what is unpacked")
            for name in ast.walk(item):
                if isinstance(name, ast.Name):
                    _placed(watch, frame, name, None)
        else:
            _placed(watch, frame, item.value if isinstance(item, ast.Starred) else item, operand)


def _placed(watch: Followed, frame: Frame, target: ast.expr, operand: Operand | None) -> None:
    """`target` has got what an operand gave."""
    match target:
        case ast.Name():
            watch.keep(frame.scope.outer.get(target.id, frame.scope).names, target.id, operand)
        case ast.Attribute():
            owner = frame.operand(target.value)
            if owner is not None and isinstance(owner.value, Instance | Class) and not frame.calls:
                watch.keep(owner.value.names, target.attr, operand)
            elif operand is not None and differs(operand):
                watch.fail("an attribute")
        case ast.Subscript():
            _item_placed(watch, frame, target, operand)
        case _:
            watch.fail("a target")


def _item_placed(watch: Followed, frame: Frame, target: ast.Subscript, operand: Operand | None) -> None:
    owner, index = frame.operand(target.value), frame.operand(target.slice)
    other = operand is not None and differs(operand)
    if owner is None or index is None:
        watch.fail("a target")
        return
    key: Any = index.value
    if type(owner.value) in (Ref, Literal):
        if other and operand is not None and not watch.enters(frame, [operand]):
            watch.fail("what is stored")
        if owner.slot is not None:
            watch.fail("an array that is stored into")
        watch.index(frame, tuple_of(watch, frame, index), owner)
    elif index.slot is not None or frame.calls:
        if other or index.slot is not None or watch.places.holds(owner.value, deep=False):
            watch.fail("an item")
    elif isinstance(owner.value, dict) and isinstance(key, int | float | str | tuple):
        watch.keep(owner.value, key, operand)
    elif isinstance(owner.value, list) and type(key) is int:
        watch.keep(owner.value, key + len(owner.value) if key < 0 else key, operand)
    elif (
        other
        or watch.places.holds(owner.value, deep=False)
        or (operand and watch.places.holds(operand.value, deep=False))
    ):
        watch.fail("an item")


def _augmented(watch: Followed, frame: Frame, node: ast.AugAssign) -> None:
    left, right = frame.operands[0], frame.operand(node.value)
    assert right is not None
    if isinstance(left.value, list | dict | set):
        # What a list gets is looked for after the round.
        if differs(right) or watch.places.holds(right.value, deep=False):
            watch.fail("what a list gets")
        if watch.places.holds(left.value, deep=False) and id(left.value) not in watch.places.growing:
            watch.fail("what a list gets")
        watch.undecided(frame)
        return
    target = node.target
    if isinstance(target, ast.Subscript) and is_whole(target):
        target = target.value  # type: ignore[assignment]
    stored = _stored(frame, target)
    slot: int | None = None
    if isinstance(target, ast.Subscript):
        index = frame.operand(target.slice)
        owner = frame.operand(target.value)
        if index is None and left.frame is not None:
            # A view was read there, and is stored through.
            index = left.frame.operand(target.slice)
        if index is not None and owner is not None and type(owner.value) in (Ref, Literal):
            if differs(right) and not watch.enters(frame, [right]):
                watch.fail("what is stored")
            watch.index(frame, tuple_of(watch, frame, index), owner)
            return
        if index is None or index.slot is not None:
            watch.fail("an item")
    if stored is None:
        if differs(left) or differs(right):
            watch.fail("a target")
        watch.undecided(frame)
        return
    slot = result_slot(watch, frame, stored, lambda interpreter, _: _combined(interpreter, node, left), [left, right])
    _placed(watch, frame, target, Operand(node, stored, watch.slot_of(stored) if slot is None else slot, None))


def _combined(interpreter: Any, node: ast.AugAssign, left: Operand) -> Any:
    return combine(interpreter, node, interpreter.evaluate(left.node), interpreter.evaluate(node.value))


def _stored(frame: Frame, target: ast.expr) -> Any:
    """What a target holds now."""
    match target:
        case ast.Name():
            return frame.scope.outer.get(target.id, frame.scope).names.get(target.id)
        case ast.Attribute():
            owner = frame.operand(target.value)
            return owner.value.names.get(target.attr) if owner and isinstance(owner.value, Instance | Class) else None
        case ast.Subscript():
            owner, index = frame.operand(target.value), frame.operand(target.slice)
            if owner is None or index is None or not isinstance(index.value, int | str | float | tuple):
                return None
            if isinstance(owner.value, dict):
                return owner.value.get(index.value)
            return owner.value[index.value] if isinstance(owner.value, list) and type(index.value) is int else None
    return None
