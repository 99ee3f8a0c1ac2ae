"""The message of an op to one of its inputs, as an op of its own: what a text computes with that asks for gradients, as
`loss.backward()` does. The rule is the op's own; nothing is differentiated through it."""

from __future__ import annotations

from functools import lru_cache

from app.engine.ops.expression import Apply, Expr
from app.engine.ops.registry import Call, Op, flat_op
from app.engine.ops.rules import shaped, summed_back
from app.engine.ops.views import SAME

_MESSAGE = "_message"


@lru_cache(maxsize=1024)
def message(op: Op, slot: int) -> Op:
    """What `op` sends to the input at `slot`: its inputs are the gradient of the result, the result, and the inputs of
    the op; its value has the shape of that input."""

    def inner(call: Call) -> Call:
        return Call(call.attrs, call.shapes[2:], call.shapes[1])

    def forward(call: Call, g: Expr, y: Expr, *x: Expr) -> Expr:
        use = inner(call)
        sent = op.vjp(use, g, y, *x)[slot]
        assert sent is not None
        return summed_back(shaped(sent, use), op.message_shape(use, slot), use.shapes[slot])

    return flat_op(
        f"{op.name}{_MESSAGE}",
        inputs=("g", "y", *op.inputs),
        shape=lambda call: call.shapes[2 + slot],
        forward=forward,
        variadic=op.variadic,
        literal=frozenset([2 + each for each in op.literal]),
        bare=False,
        label=f"message of {op.label or op.name}",
        summary=f"What {op.name} hands back to one of its inputs.",
    )


def is_message(op: Op) -> bool:
    """Whether an op is what another one sends back."""
    return op.name.endswith(_MESSAGE)


def _copied(name: str, word: str, summary: str) -> Op:
    return flat_op(
        name,
        shape=lambda call: call.shapes[0],
        forward=lambda call, x: Apply(word, (x,)),
        result="same",
        bare=False,
        view=SAME,
        summary=summary,
    )


DETACHED = _copied("detach", "detached", "The same value, through which no gradient flows.")
"""`x.detach()` of PyTorch."""
ROUNDED = _copied("float32", "single", "The nearest number of 32 bits, through which no gradient flows.")
"""What a tensor of float32 hands over to Python and NumPy: `x.item()`, `x.numpy()`."""
