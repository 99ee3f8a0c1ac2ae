"""What an op is, and the two ways to define one: `elementwise` and `tensor_op`.

An op's block says what it computes, how it differentiates and how it is written. The rules are functions over symbols
(`expression.py`): called once when a structure is made, then compiled to run and printed to be read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Literal

import numpy as np

from app.engine.ops.axes import broadcast
from app.engine.ops.call_latex import Latex, operator
from app.engine.ops.chain import weighted
from app.engine.ops.dialects import LATEX
from app.engine.ops.expression import ZERO, Apply, Expr, Shape, Symbol, lift
from app.engine.ops.printed import join
from app.engine.ops.rule_words import as_float
from app.engine.ops.traits import Traits
from app.engine.ops.word import ATOM, Written

Kind = Literal["input", "constant", "elementwise", "matmul", "reduction", "shape", "mask"]
Result = Literal["float", "promote", "bool", "same", "int"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A static parameter of an op, such as an axis: a constant of the text, never differentiated.

    form: which constants are accepted: "axis" (integer, tuple or None), "axes" (tuple or None), "shape" (integers),
    "integer", "count" (an integer from 1), "flag" (True or False), "number", "index" (written between square brackets,
    never in a call: a tuple of integers, slices, `...`, None and `IndexArray`s), "subscripts" (a text of einsum),
    "sorting" (NumPy's name of a way to sort, or None).
    """

    name: str
    default: Any = None
    required: bool = False
    form: str = "number"


@dataclass(frozen=True, slots=True)
class Kink:
    """Where an op is not differentiable, and the convention taken there.

    at(call, y, *x): a condition over symbols, true on the kink; None where these attributes leave no kink (a leaky_relu
    of slope 1 is a line). The same node passed twice is the same symbol, and a number of the text is a `Number`, so
    that the maximum of x and x has no kink. For `elementwise`, `at` takes inputs and parameters, as `partials` does.
    says: the kink and the convention in words.
    """

    at: Callable[..., Expr | None]
    says: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence about one step of a run, and the condition under which it is true.

    message: its name in the catalogue (`app/engine/wording/en/sentences.toml`).
    when(call, y, *x): whether it is true of these numbers, which are floats and arrays here, not symbols.
    facts(call, y, *x): numbers and texts for the slots of the message, beside those that every step has.
    finite: whether it is only true if the gradients are finite; "x gets 0" is not, as 0 times ∞ is NaN.
    """

    message: str
    when: Callable[..., Any] = field(default=lambda call, y, *x: True)
    facts: Callable[..., dict[str, Any]] | None = None
    finite: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One use of an op: its static attributes, the shapes of its inputs and of its result. Besides symbols, this is all
    that a rule may depend on."""

    attrs: dict[str, Any]
    shapes: tuple[Shape, ...]
    shape: Shape = ()


@dataclass(frozen=True, slots=True, eq=False)
class Op(Traits):
    """One operation: its `Traits`, and these. Rules take a `Call` first, then symbols.

    shape(call) -> the shape of the result; raises ShapeError.
    forward(call, *x) -> the value.
    vjp(call, g, y, *x) -> for each input, the message it is sent when the result's adjoint is g; None where no gradient
        flows. A message may have the broadcast shape (see `message_shape`); it is then summed to the input's shape, in
        one place for all ops.
    jvp(call, t, y, *x) -> the tangent of the result for input tangents t (a tuple).
    partials(call, y, *x) -> elementwise ops only: the local derivative by each input.
    elements(call, write, xs) -> the op opened into scalar ops (see `execution/scalarize`); None: elementwise.
    element(call, write, index, x) -> one element of the result as scalar ops, from elements x(slot, place) of the
        inputs; for ops whose kind does not say which these are.
    users(call, slot, place, xs) -> the elements of the result that one element of an input takes part in, if the op
        has `element`. xs: the values of the inputs.
    products(call) -> how many numbers it multiplies, if that may be many more than it has elements.
    textbook(call, y, *x) -> elementwise ops only: `partials` as textbooks write them, where the rule that runs is
        another formula that keeps more digits; for diagnosing what people write. None: `partials`.
    steps(call, *x) -> the value written with ops whose conventions at kinks add up to this op's; None: `forward`.

    diverges(*x) -> where (as NumPy's mask over arrays of inputs) PyTorch or JAX have another derivative: in the tails,
        where fewer than nine digits agree. Programs emitted for them then bring this op's rule along. None: nowhere.

    says, hands, because: optional message rules: a note for the forward step, a phrase for the backward step, and its
    reason. The first rule whose condition holds is used.

    `postfix`: what a call puts behind its first input, from its attributes: x[0], x.T; another input is {1} in it. ""
    where it reads as any call.

    `latex`: how a call is typeset (`call_latex.py`): a template, or more where brackets or attributes matter; without
    it, by `text`, the word that it computes, or the name of the op. literal: slots of inputs whose rule is simpler for
    a number written in the text (x ** 2 against x ** w): there a `Number` is passed instead of a `Symbol`. positional:
    how many parameters a call may give without their name. NumPy has others (dtype, out) in those positions, and a
    misread argument would be worse than a refused one.
    """

    name: str
    kind: Kind
    inputs: tuple[str, ...]
    shape: Callable[[Call], Shape]
    forward: Callable[..., Expr]
    vjp: Callable[..., tuple[Expr | None, ...]]
    jvp: Callable[..., Expr]
    partials: Callable[..., tuple[Expr | None, ...]] | None = None
    textbook: Callable[..., tuple[Expr | None, ...]] | None = None
    elements: Callable[..., Any] | None = None
    element: Callable[..., Any] | None = None
    users: Callable[..., Iterable[tuple[int, ...]]] | None = None
    products: Callable[[Call], int] | None = None
    steps: Callable[..., Expr] | None = None
    parameters: tuple[Parameter, ...] = ()
    variadic: bool = False
    literal: frozenset[int] = frozenset()
    positional: int = 1
    numpy: tuple[str, ...] = ()
    method: bool = False
    bare: bool = True
    result: Result = "float"
    label: str = ""
    text: str | None = None
    postfix: Callable[[dict[str, Any]], str] = field(default=lambda attrs: "")
    latex: str | Latex | None = None
    summary: str = ""
    example: str = ""
    kink: Kink | None = None
    samples: tuple[float, float] | None = None
    diverges: Callable[..., Any] | None = None
    says: tuple[Reason, ...] = ()
    hands: tuple[Reason, ...] = ()
    because: tuple[Reason, ...] = ()
    message_shape: Callable[[Call, int], Shape] = field(default=lambda call, slot: call.shapes[slot])

    def typeset(self, call: Call, arguments: Sequence[Written]) -> Written:
        """A call of the op as LaTeX, with its precedence."""
        word = None if self.latex is not None or self.partials is None else self._word(call)
        if word is not None:
            return LATEX.bound(word, dict(zip(self.inputs, arguments, strict=True)))
        latex = self.latex if self.latex is not None else operator(self.name.replace("_", r"\_"))
        form = Latex(latex) if isinstance(latex, str) else latex
        given = [(join(", ", [text for text, _ in arguments]), ATOM)] if self.variadic else arguments
        return form.write(call, given)

    def _word(self, call: Call) -> Expr | None:
        """The value over symbols named as the inputs, if it is one word of these."""
        inputs = tuple(map(Symbol, self.inputs))
        value = self.forward(call, *inputs)
        return value if isinstance(value, Apply) and value.arguments == inputs else None

    def multiplications(self, call: Call) -> int:
        """Scalar multiplications of a matrix product, or of what else is one; 0 of other ops."""
        if self.products is not None:
            return self.products(call)
        if self.kind != "matmul":
            return 0
        left = call.shapes[0]
        return math.prod(call.shape) * (left[-1] if left else 1)

    @property
    def signature(self) -> str:
        """How a call is written, defaults included: `leaky_relu(x, slope=0.01)`."""
        names = [f"*{self.inputs[0]}"] if self.variadic else list(self.inputs)
        names += [p.name if p.required else f"{p.name}={p.default!r}" for p in self.parameters]
        return f"{self.name}({', '.join(names)})"


def unknown(*x: Any) -> bool:
    """Whether an input is nan: `diverges` of a choice, whose gradients then differ between PyTorch and JAX."""
    return any(bool(np.isnan(each).any()) for each in x)


def elementwise(
    name: str,
    *,
    forward: Callable[..., Any],
    partials: Callable[..., tuple[Any, ...]],
    textbook: Callable[..., tuple[Any, ...]] | None = None,
    steps: Callable[..., Expr] | None = None,
    parameters: tuple[Parameter, ...] = (),
    inputs: tuple[str, ...] | None = None,
    **rest: Any,
) -> Op:
    """An op that acts on each element alone, broadcasting its inputs.

    `forward(*x, **attrs)` and `partials(y, *x, **attrs)` are written for single elements; vjp and jvp both follow from
    `partials`, so they cannot disagree. A partial of None carries no gradient.
    """
    if "kink" in rest:
        place = rest["kink"].at
        rest["kink"] = Kink(lambda call, y, *x: place(*x, **call.attrs), rest["kink"].says)
    names = inputs or (("x",) if forward.__code__.co_argcount - len(parameters) == 1 else ("a", "b"))

    def rule_partials(call: Call, y: Expr, *x: Expr) -> tuple[Expr | None, ...]:
        return tuple(None if p is None else lift(p) for p in partials(y, *x, **call.attrs))

    def rule_jvp(call: Call, t: tuple[Expr, ...], y: Expr, *x: Expr) -> Expr:
        partials = rule_partials(call, y, *x)
        terms = [weighted(ti, p) for ti, p in zip(t, partials, strict=True) if p is not None]
        return reduce(lambda a, b: a + b, terms) if terms else ZERO

    return Op(
        name=name,
        kind=rest.pop("kind", "elementwise"),
        inputs=names,
        shape=lambda call: broadcast(call.shapes, rest.get("label") or name),
        forward=lambda call, *x: lift(forward(*x, **call.attrs)),
        vjp=lambda call, g, y, *x: tuple(None if p is None else weighted(g, p) for p in rule_partials(call, y, *x)),
        jvp=rule_jvp,
        partials=rule_partials,
        textbook=None if textbook is None else lambda call, y, *x: tuple(map(lift, textbook(y, *x, **call.attrs))),
        steps=None if steps is None else lambda call, *x: steps(*x, **call.attrs),
        parameters=parameters,
        message_shape=lambda call, slot: call.shape,
        **rest,
    )


def mask(name: str, *, forward: Callable[..., Expr], inputs: tuple[str, ...] = ("a", "b"), **rest: Any) -> Op:
    """A comparison or a combination of masks: 1 where it is true, else 0. It is piecewise constant, so no gradient
    flows through it."""
    return elementwise(
        name,
        kind="mask",
        forward=lambda *x, **attrs: as_float(forward(*x, **attrs)),
        partials=lambda y, *x, **attrs: (None,) * len(x),
        inputs=inputs,
        result="bool",
        **rest,
    )


def tensor_op(name: str, *, kind: Kind, inputs: tuple[str, ...] = ("x",), **rest: Any) -> Op:
    """An op that combines or moves elements; it states its shape, vjp and jvp itself."""
    return Op(name=name, kind=kind, inputs=inputs, **rest)


def linear(forward: Callable[..., Expr]) -> Callable[..., Expr]:
    """The jvp of an op that is linear in its only input: the op itself, applied to the tangent."""
    return lambda call, t, y, *x: forward(call, *t)


def flat_op(name: str, **rest: Any) -> Op:
    """A tensor op of which no gradient flows: what it gives is true or false, a place, a count, or always the same."""
    return tensor_op(
        name,
        kind="mask",
        vjp=lambda call, g, y, *x: (None,) * len(x),
        jvp=lambda call, t, y, *x: lift(0.0),
        **rest,
    )


def _leaf(kind: Kind, summary: str) -> Op:
    return Op(
        name=kind,
        kind=kind,
        inputs=(),
        shape=lambda call: call.shape,
        forward=lambda call: lift(0.0),
        vjp=lambda call, g, y: (),
        jvp=lambda call, t, y: lift(0.0),
        summary=summary,
    )


INPUT = _leaf("input", "A value that the reader may change.")
CONSTANT = _leaf("constant", "A number written in the text.")
