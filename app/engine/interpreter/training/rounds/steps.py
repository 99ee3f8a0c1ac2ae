"""What a round does on the host with numbers that differ from round to round, to be done again in the next ones."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Literal, Ref, Scope, Shown, Text
from app.engine.interpreter.values.hosted import as_host
from app.engine.program import Value

Handler = Callable[[Interpreter, Any], Any]


class Differs(Exception):
    """Rounds do different things."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an operand of a step comes from. One of: slot, where its number stands; node, the node whose value is asked
    for, with the kind of its number; else the value itself, which is the same in every round."""

    syntax: Any
    value: Any = None
    slot: int | None = None
    node: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation, done again by what reads it. place: the number of the round's nodes before it. slot: where its
    result stands. prints: whether it prints, shown: and the nodes of what it prints."""

    place: int
    syntax: Any
    run: Handler
    operands: tuple[Source, ...]
    result: Any
    slot: int
    prints: bool = False
    shown: tuple[int, ...] = ()

    def again(self, interpreter: Interpreter, slots: Sequence[Any], value: Callable[[int, str], Any]) -> Any:
        """Its result with what its parts are now. value: that of a node, as the host has it."""
        given = [
            (
                operand.syntax,
                slots[operand.slot]
                if operand.slot is not None
                else value(operand.node, operand.kind)
                if operand.node is not None
                else operand.value,
            )
            for operand in self.operands
        ]
        result = carried_out(interpreter, self.syntax, self.run, given)
        if not alike(result, self.result):
            raise Differs
        return result


@dataclass(frozen=True, slots=True)
class Question:
    """A condition on a number of the host, and how it came out."""

    place: int
    slot: int
    answer: bool

    def again(self, slots: Sequence[Any]) -> None:
        if bool(slots[self.slot]) is not self.answer:
            raise Differs


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an array or of a text that is gone through, or of a tuple."""

    place: int
    source: int
    at: int
    slot: int

    def again(self, slots: list[Any]) -> None:
        held = slots[self.source]
        whole = isinstance(held, str | tuple)
        slots[self.slot] = held[self.at] if whole else as_host(float(held.array[self.at]), held.kind)


@dataclass(frozen=True, slots=True)
class Length:
    """How many letters a text has that is gone through."""

    place: int
    slot: int
    length: int

    def again(self, slots: Sequence[Any]) -> None:
        if len(slots[self.slot]) != self.length:
            raise Differs


def carried_out(interpreter: Interpreter, syntax: Any, run: Handler, given: Sequence[tuple[Any, Any]]) -> Any:
    """What `run` makes of a piece of syntax whose parts have these values. Raises Differs where it asks for others."""
    waiting = iter(given)

    def take(_: Interpreter, node: ast.AST, id: str | None, name: str | None) -> Any:
        expected, value = next(waiting, (None, None))
        if expected is not node:
            raise Differs
        return value

    nodes = len(interpreter.graph.nodes)
    before = interpreter.expressions, interpreter.scope, interpreter.depth
    # Names are looked up by nobody but `take`: only what is the same everywhere is found in another way.
    interpreter.expressions, interpreter.scope = _Taken(take), Scope({}, interpreter.globals)
    try:
        result = run(interpreter, syntax)
    finally:
        interpreter.expressions, interpreter.scope, interpreter.depth = before
    if len(interpreter.graph.nodes) != nodes or next(waiting, None) is not None:
        raise Differs
    return result


class _Taken(dict[Any, Any]):
    """A grammar in which every expression is what was computed for it."""

    def __init__(self, take: Callable[..., Any]) -> None:
        self._take = take

    def get(self, key: Any, default: Any = None) -> Any:
        return self._take


def alike(a: Any, b: Any) -> bool:
    """Whether two values can stand for each other in a round: of the same type, and arrays of the same shape."""
    if isinstance(a, str | Text) and isinstance(b, str | Text):
        return True
    if type(a) is not type(b):
        return False
    if type(a) is Literal:
        return bool(a.array.shape == b.array.shape and a.kind == b.kind)
    if type(a) is tuple:
        # In an index, an array of the host stands for a node.
        pairs = zip(a, b, strict=False)
        return len(a) == len(b) and all(alike(x, y) or (type(x), type(y)) == (Literal, Ref) for x, y in pairs)
    return True


def same(a: Any, b: Any) -> bool:
    """Whether two values of the host are equal, as far as they hold numbers and texts."""
    if not alike(a, b):
        return False
    if type(a) is not type(b):
        return False
    if type(a) in (int, float, bool, str, slice, range):
        return bool(a == b) or (a != a and b != b)
    if type(a) is Literal:
        return bool(a.array.tobytes() == b.array.tobytes())
    if type(a) in (list, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return True


def frozen(value: Any) -> Any:
    """A node, or a text with nodes in it, as it shows now, whatever is stored into its array later."""
    if type(value) is Ref:
        if value.stale:
            raise Differs
        return Ref(value.index, boxed=value.boxed, python=value.python, order=value.order)
    if type(value) is Text:
        parts = [p if isinstance(p, str) else Shown(frozen(p.ref), p.spec, p.repr, p.options) for p in value.parts]
        return Text(tuple(parts))
    return value


def read_by(a: Operation, b: Operation) -> list[tuple[int, int]]:
    """The nodes that a step reads, in two rounds. Raises Differs where the steps are not the same."""
    if (a.place, a.syntax, a.slot, a.prints) != (b.place, b.syntax, b.slot, b.prints) or len(a.operands) != len(
        b.operands
    ):
        raise Differs
    for p, q in zip(a.operands, b.operands, strict=True):
        if p.slot != q.slot or p.kind != q.kind or not same(p.value, q.value):
            raise Differs
    was, now = [
        [*[p.node for p in each.operands if p.node is not None], *each.shown, *_shown_in(each.result)]
        for each in (a, b)
    ]
    if len(was) != len(now):
        raise Differs
    return list(zip(was, now, strict=True))


def same_value(a: Any, b: Any) -> bool:
    """Whether two constants of the graph are equal."""
    if type(a) is float or type(b) is float:
        return a is b or (type(a) is type(b) and bool(a == b))
    return a is not None and b is not None and bool((a == b).all())


def _shown_in(value: Any) -> tuple[int, ...]:
    """The nodes that a text shows."""
    return tuple([p.ref.index for p in value.parts if not isinstance(p, str)]) if type(value) is Text else ()


def number_of(value: Any) -> Any:
    """A value of the host as a node holds it."""
    return value.value if type(value) is Literal else float(value)


def host_value(value: Value, kind: str) -> Any:
    """The value of a node as the host asks for it."""
    return as_host(value, kind) if type(value) is float else Literal(value, kind)  # type: ignore[arg-type]


def itself(value: Value) -> Value:
    return value


INDEXED: Mapping[str, Callable[..., Any]] = {
    "get": lambda at, x: x[at],
    "set": lambda at, x, value: _stored(x, at, value),
    "add": lambda at, x, value: _added(x, at, value),
}
"""What ops do at an index, for an index that differs from round to round."""


def _stored(x: Any, at: Any, value: Any) -> Any:
    out = np.array(x)
    out[at] = value
    return out


def _added(x: Any, at: Any, value: Any) -> Any:
    out = np.array(x)
    np.add.at(out, at, value)
    return out
