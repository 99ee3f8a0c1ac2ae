"""The rules of one use of an op (value, messages, tangent, kinks), as templates and as kernels. Each is made once.

A use is an op with its attributes and shapes. Everything that depends on these alone is decided here, such as the
dialect, and the axes that a message is summed over. In templates, `{0}` is the gradient of the result, `{1}` the
result, `{2}` and on the inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from app.engine.ops import Call, Op
from app.engine.ops.axes import count
from app.engine.ops.chain import weighted
from app.engine.ops.dialects import ARRAY, IEEE, SCALAR, Dialect, kernel_namespace
from app.engine.ops.expression import COMPARISONS, Apply, Expr, Named, Number, Shape, Symbol, divisors, lift
from app.engine.ops.rule_words import filled, reshape, total
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
    return _kept(shape, value) if count(shape) <= _SMALL else np.full(shape, value)


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
    """The message to an input of shape `wanted` that was broadcast to `natural`: summed over the broadcast axes."""
    if natural == wanted:
        return message
    if isinstance(message, Apply) and message.word == "neg":
        # Negating after the sum is faster: the array is smaller.
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
    """One use of an op. literals: for each input, the number if it is a literal in the text, else None."""

    op: Op
    call: Call
    literals: tuple[float | None, ...]

    @cached_property
    def inputs(self) -> tuple[Expr, ...]:
        """The inputs as symbols; as numbers if they are literals and the op treats literals specially."""
        return tuple(
            Number(value) if value is not None and slot in self.op.literal else Symbol(f"x{slot}")
            for slot, value in enumerate(self.literals)
        )

    @cached_property
    def written_expression(self) -> Expr:
        """The op's forward expression, which may have a name in some languages."""
        return self.op.forward(self.call, *self.inputs)

    @cached_property
    def forward_expression(self) -> Expr:
        """The forward expression without such a name: the one that runs."""
        written = self.written_expression
        return written.meaning if isinstance(written, Named) else written

    @cached_property
    def stepwise_expression(self) -> Expr:
        """The forward expression in the form that is explained step by step."""
        return self.forward_expression if self.op.steps is None else self.op.steps(self.call, *self.inputs)

    @cached_property
    def message_expressions(self) -> tuple[Expr | None, ...]:
        """For each input, the message in its shape, summed over broadcast axes; None if no gradient flows to it."""
        raw = self.op.vjp(self.call, G, Y, *self.inputs)
        return tuple(
            None
            if message is None
            else summed_back(shaped(message, self.call), self.op.message_shape(self.call, slot), self.call.shapes[slot])
            for slot, message in enumerate(raw)
        )

    @cached_property
    def partial_expressions(self) -> tuple[Expr | None, ...]:
        """For each input, the local derivative of an elementwise op; None for other ops."""
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
        return {name: f"{{{k}}}" for k, name in enumerate(self._names)}

    def _text(self, expression: Expr, shape: Shape, ieee: bool, names: dict[str, str]) -> str:
        dialect: Dialect = IEEE if ieee else SCALAR if self.scalar else ARRAY
        text = dialect.print(expression, names)
        # Reductions give np.float64, whose arithmetic is twelve times slower than that of a float.
        bare = isinstance(expression, Symbol)
        return f"float({text})" if not shape and not bare and (ieee or not self.scalar) else text

    @cached_property
    def forward(self) -> str:
        return self._text(self.forward_expression, self.call.shape, False, self._holes)

    @cached_property
    def messages(self) -> tuple[str | None, ...]:
        return tuple(
            None if m is None else self._text(m, self.call.shapes[slot], False, self._holes)
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
            body = self._text(self.forward_expression, self.call.shape, ieee, self._own_names)
            found = self._kernels[ieee] = kernel(f"lambda {', '.join(self._names[2:])}: {body}")
        return found

    def backward_kernel(self, slots: tuple[int, ...], ieee: bool = False) -> Callable[..., Any]:
        """(g, y, x0, x1, ...) -> the messages to these inputs, as a tuple."""
        found = self._kernels.get((slots, ieee))
        if found is None:
            body = ""
            for slot in slots:
                message = self.message_expressions[slot]
                assert message is not None
                body += f"{self._text(message, self.call.shapes[slot], ieee, self._own_names)}, "
            found = self._kernels[slots, ieee] = kernel(f"lambda {', '.join(self._names)}: ({body})")
        return found

    @property
    def textbook_expressions(self) -> tuple[Expr | None, ...]:
        """For each input, the local derivative as textbooks write it, of an op that has such ones."""
        assert self.op.textbook is not None
        return self.op.textbook(self.call, Y, *self.inputs)

    def textbook_kernel(self, slot: int) -> Callable[..., Any]:
        """(g, y, x0, x1, ...) -> the message to one input, by the op's `textbook` derivative."""
        slope = self.textbook_expressions[slot]
        assert slope is not None
        message = summed_back(weighted(G, slope), self.op.message_shape(self.call, slot), self.call.shapes[slot])
        return kernel(f"lambda {', '.join(self._names)}: {self._ieee(message)}")

    def partial_kernel(self, slot: int) -> Callable[..., Any] | None:
        """(y, x0, x1, ...) -> the derivative by one input, element by element, broadcastable to the result's shape."""
        partial = self.partial_expressions[slot]
        if partial is None:
            return None
        return kernel(f"lambda {', '.join(self._names[1:])}: {self._ieee(partial)}")

    def slope_kernel(self, slot: int) -> Callable[..., Any]:
        """(y, x0, x1, ...) -> the local derivative of an op whose result and input are one number each."""
        back = self.backward_kernel((slot,), ieee=True)
        one = np.ones(self.call.shape) if self.call.shape else 1.0
        return lambda y, *x: back(one, y, *x)[0]

    def kink(self, sources: Sequence[int] = ()) -> Expr | None:
        """The condition for the inputs to be on a kink; None if there is no kink. sources: the indices of the input
        nodes, if known, so that a node that is given twice becomes one symbol."""
        if self.op.kink is None:
            return None
        inputs = self.inputs
        if sources:
            inputs = tuple(inputs[sources.index(source)] for source in sources)
        return self.op.kink.at(self.call, Y, *inputs)

    def kink_kernel(self, sources: Sequence[int] = ()) -> Callable[..., Any] | None:
        """(y, x0, x1, ...) -> a mask of the elements on a kink."""
        condition = self.kink(sources)
        return None if condition is None else kernel(f"lambda {', '.join(self._names[1:])}: {self._ieee(condition)}")

    def side_kernel(self) -> Callable[..., Any] | None:
        """(y, x0, x1, ...) -> the side of the kink or comparison that each element is on: -1, 1, or 0 if it is on the
        edge; several kinks are stacked along a new first axis. None for ops without a kink that is an equality."""
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
        """(x0, x1, ...) -> the divisors of the forward expression, as a tuple; None if there are none."""
        found = divisors(self.forward_expression)
        parts = "".join(f"{self._ieee(each)}, " for each in found)
        return kernel(f"lambda {', '.join(self._names[2:])}: ({parts})") if found else None

    @cached_property
    def analytic(self) -> bool:
        """Whether all words of the forward expression are analytic, so that they can take complex numbers."""
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
        """(t0, t1, ..., y, x0, x1, ...) -> the tangent of the result (forward mode)."""
        tangents = tuple(Symbol(f"t{slot}") for slot in range(len(self.literals)))
        expression = self.op.jvp(self.call, tangents, Y, *self.inputs)
        names = {t.key: t.key for t in tangents} | {name: name for name in self._names}
        text = IEEE.print(expression, names)
        return kernel(f"lambda {', '.join([*(t.key for t in tangents), *self._names[1:]])}: {text}")

    def _ieee(self, expression: Expr) -> str:
        return IEEE.print(expression, self._own_names)


def equalities(condition: Expr | None) -> list[Apply]:
    """The equalities in a condition."""
    if not isinstance(condition, Apply):
        return []
    if condition.word == "eq":
        return [condition]
    if condition.word not in ("and", "or"):
        return []
    return [each for part in condition.arguments for each in equalities(part)]


def shaped(message: Expr, call: Call) -> Expr:
    """The message, as an array if it is one constant for all elements."""
    return filled(call.shape, message.value) if isinstance(message, Number) and call.shape else lift(message)


_RULES: WeightedCache[Rule] = WeightedCache(capacity=8192)
"""Rules by op, attributes as text (slices cannot be hashed before Python 3.12), shapes and literals."""


def rule(
    op: Op, attrs: dict[str, Any], shapes: tuple[Shape, ...], shape: Shape, literals: tuple[float | None, ...]
) -> Rule:
    """The rule of one use of an op, from the cache if it is there. shape: the result of `op.shape` for these shapes."""
    key = (op, repr(attrs) if attrs else "", shapes, shape, literals)
    found = _RULES.get(key)
    if found is None:
        found = Rule(op, Call(attrs, shapes, shape), literals)
        _RULES.put(key, found, 1 + len(key[1]) // 1000)  # an index array is as long as it is
    return found
