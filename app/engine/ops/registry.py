"""What an op is, and the two ways to state one.

An op's block says what it computes, how it differentiates and how it is written. The rules are functions over symbols
(`expression.py`): called once when a plan is made, compiled, and printed wherever a reader wants to see them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Literal

from app.engine.errors import ShapeError
from app.engine.ops.chain import weighted
from app.engine.ops.expression import ZERO, Expr, Shape, as_float, lift
from app.engine.ops.typeset import Latex, Written, operator
from app.engine.ops.word import ATOM

Kind = Literal["input", "constant", "elementwise", "matmul", "reduction", "shape", "mask"]
Result = Literal["float", "promote", "bool", "same", "int"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A static parameter of an op, such as an axis: decided in the text, never differentiated.

    form: what the text may give: "axis" (integer, tuple or None), "axes" (tuple or None), "shape" (integers),
    "integer", "count" (an integer from 1), "flag" (True or False), "number", "index" (written between square
    brackets, never in a call).
    """

    name: str
    default: Any = None
    required: bool = False
    form: str = "number"


@dataclass(frozen=True, slots=True)
class Kink:
    """Where an op is not differentiable, and the convention taken there.

    `at(call, y, *x)` is a condition over symbols, true on the kink, or None where these attributes leave none (a
    leaky_relu of slope 1 is a line). Inputs that are one node are one symbol, and a number of the text is a `Number`:
    the maximum of x and x has no kink. An elementwise op states it over its inputs and its parameters, as `partials`.
    `says` names the place and the convention, for a reader.
    """

    at: Callable[..., Expr | None]
    says: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence that explains what an op does in a step of a run.

    message: its name in the catalogue (`app/engine/notation/wording/en/sentences.toml`).
    when(call, y, *x): whether it is true of these numbers, which are floats and arrays here, not symbols.
    facts(call, y, *x): numbers and texts for slots of the message, beside those that every step has.
    finite: whether it says so of finite gradients alone, as that something gets 0: 0 times ∞ is NaN.
    """

    message: str
    when: Callable[..., Any] = field(default=lambda call, y, *x: True)
    facts: Callable[..., dict[str, Any]] | None = None
    finite: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One use of an op: its static attributes and the shapes around it, all that a rule may depend on besides
    symbols."""

    attrs: dict[str, Any]
    shapes: tuple[Shape, ...]
    shape: Shape = ()


@dataclass(frozen=True, slots=True, eq=False)
class Op:
    """One operation. Rules take a `Call` first, then symbols.

    shape(call) -> the shape of the result; raises ShapeError.
    forward(call, *x) -> the value.
    vjp(call, g, y, *x) -> per input the message it is sent when the result's adjoint is g; None where no gradient
    flows.
        A message may have the broadcast shape (see `message_shape`); the driver sums it back, once for all ops.
    jvp(call, t, y, *x) -> the tangent of the result for input tangents t (a tuple).
    partials(call, y, *x) -> elementwise ops only: the local derivative towards each input.
    elements(call, write, xs) -> the op opened into scalar ops (see scalar.py); None: elementwise.
    textbook(call, y, *x) -> elementwise ops only, `partials` as books write them where the rule that runs is written
        otherwise, to keep its digits: for what people write. None: `partials`.
    steps(call, *x) -> the value by steps whose own conventions come to the op's where it has a kink; None: `forward`.

    says, hands, because: how a step of the op is told: what its forward step says beside the formula, how its backward
    step is put, and why that step does what it does. Of each the first that is true; none is needed.

    `postfix`: what a call puts behind its input, from its attributes: x[0], x.T; "" where it reads as any call.

    `latex`: how a call is typeset (see `typeset.py`): a template, or more where brackets or attributes matter; without
    it the expression that runs, or the name. `literal` names the inputs whose rule is simpler when they are numbers
    written in the text (x ** 2 against x ** w): those arrive as `Number` instead of `Symbol`. `positional` counts the
    parameters that a call may give without their name: NumPy has others (dtype, out) in those places, and a misread
    argument would be worse than a refused one.
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
    says: tuple[Reason, ...] = ()
    hands: tuple[Reason, ...] = ()
    because: tuple[Reason, ...] = ()
    message_shape: Callable[[Call, int], Shape] = field(default=lambda call, slot: call.shapes[slot])

    def typeset(self, call: Call, arguments: Sequence[Written]) -> Written:
        """A call of it as LaTeX, with how tightly it binds."""
        latex = self.latex if self.latex is not None else operator(self.name.replace("_", r"\_"))
        form = Latex(latex) if isinstance(latex, str) else latex
        given = [(", ".join(text for text, _ in arguments), ATOM)] if self.variadic else arguments
        return form.write(call, given)

    @property
    def signature(self) -> str:
        """How a call is written, defaults included: `leaky_relu(x, slope=0.01)`."""
        names = [f"*{self.inputs[0]}"] if self.variadic else list(self.inputs)
        names += [p.name if p.required else f"{p.name}={p.default!r}" for p in self.parameters]
        return f"{self.name}({', '.join(names)})"


def broadcast(shapes: Sequence[Shape], what: str) -> Shape:
    """The shape that NumPy's broadcasting rules give; ShapeError where they give none."""
    first = shapes[0]
    if all(shape == first for shape in shapes):
        return first
    result: list[int] = []
    for axis in range(1, max(map(len, shapes)) + 1):
        size = 1
        for shape in shapes:
            length = shape[-axis] if axis <= len(shape) else 1
            if length != 1 and size != 1 and length != size:
                raise ShapeError(
                    f"{what}: shapes {' and '.join(map(show_shape, shapes))} do not fit together",
                    hint="Shapes are compared from the right: each pair of lengths must be equal, or one of them 1.",
                )
            size = size if length == 1 else length
        result.append(size)
    return tuple(reversed(result))


def show_shape(shape: Shape) -> str:
    return "×".join(map(str, shape)) if shape else "scalar"


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

    `forward(*x, **attrs)` and `partials(y, *x, **attrs)` are written over single elements; both modes follow from
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
    """A comparison: 1 where it holds, 0 where not. It is flat wherever it is smooth, so no gradient flows through
    it."""
    return elementwise(
        name,
        kind="mask",
        forward=lambda *x: as_float(forward(*x)),
        partials=lambda y, *x, **attrs: (None,) * len(x),
        inputs=inputs,
        result="bool",
        **rest,
    )


def tensor_op(name: str, *, kind: Kind, inputs: tuple[str, ...] = ("x",), **rest: Any) -> Op:
    """An op that looks at more than one element at a time; it states its shape and both modes itself."""
    return Op(name=name, kind=kind, inputs=inputs, **rest)


def linear(forward: Callable[..., Expr]) -> Callable[..., Expr]:
    """The jvp of an op that is linear in its only input: the op itself, applied to the tangent."""
    return lambda call, t, y, *x: forward(call, *t)


INPUT = Op(
    name="input",
    kind="input",
    inputs=(),
    shape=lambda call: call.shape,
    forward=lambda call: lift(0.0),
    vjp=lambda call, g, y: (),
    jvp=lambda call, t, y: lift(0.0),
    summary="A value that the reader may change.",
)
CONSTANT = Op(
    name="constant",
    kind="constant",
    inputs=(),
    shape=lambda call: call.shape,
    forward=lambda call: lift(0.0),
    vjp=lambda call, g, y: (),
    jvp=lambda call, t, y: lift(0.0),
    summary="A number written in the text.",
)
