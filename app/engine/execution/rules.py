"""The rules of one use of an op, printed once as templates and compiled once as kernels.

A use is an op with its attributes and the shapes around it. Everything that depends on shapes only is decided here:
which dialect, which axes a message is summed over. `{0}` stands for the adjoint of the result, `{1}` for the result,
`{2}` and on for the inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from app.engine.ops import Call, Op
from app.engine.ops.chain import weighted
from app.engine.ops.dialects import ARRAY, IEEE, SCALAR, Dialect, kernel_namespace
from app.engine.ops.expression import (
    COMPARISONS,
    Apply,
    Expr,
    Named,
    Number,
    Shape,
    Symbol,
    divisors,
    filled,
    lift,
    reshape,
    total,
)
from app.engine.ops.vocabulary import ANALYTIC
from app.engine.support.cache import WeightedCache

_SMALL = 4096
G, Y = Symbol("g"), Symbol("y")


@lru_cache(maxsize=64)
def _kept(shape: Shape, value: float) -> Any:
    array = np.full(shape, value)
    array.setflags(write=False)
    return array


def _filled(shape: Shape, value: float) -> Any:
    """A constant array; small ones are made once."""
    size = 1
    for n in shape:
        size *= n
    return _kept(shape, value) if size <= _SMALL else np.full(shape, value)


@lru_cache(maxsize=1)
def namespace() -> dict[str, Any]:
    """The globals of all compiled code."""
    return kernel_namespace() | {"filled": _filled}


@lru_cache(maxsize=4096)
def kernel(text: str) -> Callable[..., Any]:
    """A function from its text, which is made of vocabulary and compiler-made names only."""
    made: Callable[..., Any] = eval(text, namespace())  # noqa: S307
    return made


def summed_back(message: Expr, natural: Shape, wanted: Shape) -> Expr:
    """Undoes broadcasting: what was copied along an axis is added up along it."""
    if natural == wanted:
        return message
    if isinstance(message, Apply) and message.word == "neg":
        # The sum first: the sign is then changed on the smaller array.
        return -summed_back(message.arguments[0], natural, wanted)
    if not wanted:
        return total(message)
    lead = len(natural) - len(wanted)
    stretched = tuple(lead + i for i, n in enumerate(wanted) if n == 1 and natural[lead + i] != 1)
    if not lead:
        return total(message, stretched, True)
    summed = total(message, (*range(lead), *stretched))
    return reshape(summed, wanted) if stretched else summed


@dataclass(frozen=True, eq=False)
class Rule:
    """One op with everything static settled. `literals` holds the numbers given in the text, per input, else None."""

    op: Op
    call: Call
    literals: tuple[float | None, ...]

    @cached_property
    def inputs(self) -> tuple[Expr, ...]:
        """The inputs as symbols; as numbers where the op wants literals as such."""
        return tuple(
            Number(value) if value is not None and slot in self.op.literal else Symbol(f"x{slot}")
            for slot, value in enumerate(self.literals)
        )

    @cached_property
    def written_expression(self) -> Expr:
        """What the op states: maybe an expression that some languages know by a name."""
        return self.op.forward(self.call, *self.inputs)

    @cached_property
    def forward_expression(self) -> Expr:
        """What it means."""
        written = self.written_expression
        return written.meaning if isinstance(written, Named) else written

    @cached_property
    def stepwise_expression(self) -> Expr:
        """What it means, as it is told step by step."""
        return self.forward_expression if self.op.steps is None else self.op.steps(self.call, *self.inputs)

    @cached_property
    def message_expressions(self) -> tuple[Expr | None, ...]:
        """Per input the message in that input's shape, broadcasting undone; None where no gradient flows."""
        raw = self.op.vjp(self.call, G, Y, *self.inputs)
        return tuple(
            None
            if message is None
            else summed_back(
                _shaped(message, self.call), self.op.message_shape(self.call, slot), self.call.shapes[slot]
            )
            for slot, message in enumerate(raw)
        )

    @cached_property
    def partial_expressions(self) -> tuple[Expr | None, ...]:
        """Per input the local derivative, for elementwise ops; Nones elsewhere."""
        if self.op.partials is None:
            return (None,) * len(self.inputs)
        return self.op.partials(self.call, Y, *self.inputs)

    @cached_property
    def scalar(self) -> bool:
        return not self.call.shape and not any(self.call.shapes)

    def carries(self, slot: int) -> bool:
        """Whether a gradient flows to this input."""
        return self.message_expressions[slot] is not None

    @cached_property
    def carrying(self) -> tuple[int, ...]:
        """The inputs to which a gradient flows."""
        return tuple(slot for slot, message in enumerate(self.message_expressions) if message is not None)

    # -- templates -----------------------------------------------------------------------------------------------

    @cached_property
    def _holes(self) -> dict[str, str]:
        return {name: f"{{{place}}}" for place, name in enumerate(self._names)}

    def _template(self, expression: Expr, shape: Shape) -> str:
        return self._text(expression, shape, False, self._holes)

    def _text(self, expression: Expr, shape: Shape, ieee: bool, names: dict[str, str]) -> str:
        dialect: Dialect = IEEE if ieee else SCALAR if self.scalar else ARRAY
        text = dialect.print(expression, names)
        # Reductions give np.float64, twelve times slower than a float in what follows.
        bare = isinstance(expression, Symbol)
        return f"float({text})" if not shape and not bare and (ieee or not self.scalar) else text

    @cached_property
    def forward(self) -> str:
        return self._template(self.forward_expression, self.call.shape)

    @cached_property
    def messages(self) -> tuple[str | None, ...]:
        return tuple(
            None if m is None else self._template(m, self.call.shapes[slot])
            for slot, m in enumerate(self.message_expressions)
        )

    # -- kernels -------------------------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> list[str]:
        return ["g", "y", *(f"x{slot}" for slot in range(len(self.literals)))]

    @cached_property
    def _own_names(self) -> dict[str, str]:
        return {name: name for name in self._names}

    @cached_property
    def _kernels(self) -> dict[Any, Callable[..., Any]]:
        return {}

    def forward_kernel(self, ieee: bool = False) -> Callable[..., Any]:
        """(x0, x1, ...) -> value."""
        found = self._kernels.get(ieee)
        if found is None:
            found = self._kernels[ieee] = self._forward_kernel(ieee)
        return found

    def backward_kernel(self, slots: tuple[int, ...], ieee: bool = False) -> Callable[..., Any]:
        """(g, y, x0, x1, ...) -> the messages to these inputs, as a tuple."""
        found = self._kernels.get((slots, ieee))
        if found is None:
            found = self._kernels[slots, ieee] = self._backward_kernel(slots, ieee)
        return found

    def _forward_kernel(self, ieee: bool) -> Callable[..., Any]:
        body = self._text(self.forward_expression, self.call.shape, ieee, self._own_names)
        return kernel(f"lambda {', '.join(self._names[2:])}: {body}")

    def _backward_kernel(self, slots: tuple[int, ...], ieee: bool) -> Callable[..., Any]:
        parts = []
        for slot in slots:
            message = self.message_expressions[slot]
            assert message is not None
            parts.append(self._text(message, self.call.shapes[slot], ieee, self._own_names))
        return kernel(f"lambda {', '.join(self._names)}: ({', '.join(parts)},)")

    def textbook_kernel(self, slot: int) -> Callable[..., Any]:
        """(g, y, x0, x1, ...) -> the message to one input by the op's `textbook` slopes."""
        assert self.op.textbook is not None
        slope = self.op.textbook(self.call, Y, *self.inputs)[slot]
        assert slope is not None
        message = summed_back(weighted(G, slope), self.op.message_shape(self.call, slot), self.call.shapes[slot])
        return kernel(f"lambda {', '.join(self._names)}: {self._ieee(message)}")

    def partial_kernel(self, slot: int) -> Callable[..., Any] | None:
        """(y, x0, x1, ...) -> the local derivative towards one input, broadcastable to the result's shape."""
        partial = self.partial_expressions[slot]
        if partial is None:
            return None
        return kernel(f"lambda {', '.join(self._names[1:])}: {self._ieee(partial)}")

    def slope_kernel(self, slot: int) -> Callable[..., Any]:
        """(y, x0, x1, ...) -> the local derivative where result and input are one number each: the message for g =
        1."""
        back = self.backward_kernel((slot,), ieee=True)
        one = np.ones(self.call.shape) if self.call.shape else 1.0
        return lambda y, *x: back(one, y, *x)[0]

    def kink(self, sources: Sequence[int] = ()) -> Expr | None:
        """Where the inputs stand on a kink, as a condition; None where they never do. sources: the nodes that the
        inputs are, where that is known: one that is given twice is one symbol."""
        if self.op.kink is None:
            return None
        inputs = self.inputs
        if sources:
            inputs = tuple(inputs[sources.index(source)] for source in sources)
        return self.op.kink.at(self.call, Y, *inputs)

    def kink_kernel(self, sources: Sequence[int] = ()) -> Callable[..., Any] | None:
        """(y, x0, x1, ...) -> where the inputs stand on a kink."""
        place = self.kink(sources)
        return None if place is None else kernel(f"lambda {', '.join(self._names[1:])}: {self._ieee(place)}")

    def side_kernel(self) -> Callable[..., Any] | None:
        """(y, x0, x1, ...) -> on which side of its kink, or of its comparison, each element stands: -1, 0 for on it, or
        1; of several kinks, one entry along a new first axis for each. None for ops that have no such edge, and for
        those that state none as an equality."""
        edges: list[Apply] = []
        if self.op.kind == "mask" and isinstance(self.forward_expression, Apply):
            edges = [
                edge
                for edge in self.forward_expression.arguments[:1]
                if isinstance(edge, Apply) and edge.word in COMPARISONS
            ]
        else:
            edges = equalities(self.kink())
        if not edges:
            return None
        sides = [f"np.sign({self._ieee(edge.arguments[0] - edge.arguments[1])})" for edge in edges]
        body = sides[0] if len(sides) == 1 else f"np.array(np.broadcast_arrays({', '.join(sides)}))"
        return kernel(f"lambda {', '.join(self._names[1:])}: {body}")

    def divisor_kernel(self) -> Callable[..., Any] | None:
        """(x0, x1, ...) -> what the forward pass divides by, as a tuple; None for ops that never divide."""
        found = divisors(self.forward_expression)
        parts = "".join(f"{self._ieee(each)}, " for each in found)
        return kernel(f"lambda {', '.join(self._names[2:])}: ({parts})") if found else None

    @cached_property
    def analytic(self) -> bool:
        """Whether the forward pass is made of words alone that take complex numbers as they take real ones."""
        waiting = [self.forward_expression]
        while waiting:
            expression = waiting.pop()
            if isinstance(expression, Apply):
                if expression.word not in ANALYTIC:
                    return False
                waiting += expression.arguments
        return True

    def complex_kernel(self) -> Callable[..., Any]:
        """(x0, x1, ...) -> value, in complex numbers."""
        return kernel(f"lambda {', '.join(self._names[2:])}: {self._ieee(self.forward_expression)}")

    def tangent_kernel(self) -> Callable[..., Any]:
        """(t0, t1, ..., y, x0, x1, ...) -> the tangent of the result: forward mode."""
        tangents = tuple(Symbol(f"t{slot}") for slot in range(len(self.literals)))
        expression = self.op.jvp(self.call, tangents, Y, *self.inputs)
        names = {t.key: t.key for t in tangents} | {name: name for name in self._names}
        text = IEEE.print(expression, names)
        return kernel(f"lambda {', '.join([*(t.key for t in tangents), *self._names[1:]])}: {text}")

    def _ieee(self, expression: Expr) -> str:
        return IEEE.print(expression, self._own_names)


def equalities(condition: Expr | None) -> list[Apply]:
    """The equalities that a condition is made of."""
    if not isinstance(condition, Apply):
        return []
    if condition.word == "eq":
        return [condition]
    if condition.word not in ("and", "or"):
        return []
    return [each for part in condition.arguments for each in equalities(part)]


def _shaped(message: Expr, call: Call) -> Expr:
    """A constant message to an array (a slope of 0 everywhere) in the array's shape."""
    return filled(call.shape, message.value) if isinstance(message, Number) and call.shape else lift(message)


_RULES: WeightedCache[Rule] = WeightedCache(capacity=8192)
"""Rules by op, attributes as text (slices cannot be hashed before Python 3.12), shapes and literals."""


def rule(
    op: Op, attrs: dict[str, Any], shapes: tuple[Shape, ...], shape: Shape, literals: tuple[float | None, ...]
) -> Rule:
    """The rule of one use of an op. `shape` is what `op.shape` gave for these shapes."""
    key = (op, repr(attrs) if attrs else "", shapes, shape, literals)
    found = _RULES.get(key)
    if found is None:
        found = Rule(op, Call(attrs, shapes, shape), literals)
        _RULES.put(key, found, 1)
    return found
