"""What an op is, beside its rules, to those that read a program or look for a pattern in a graph.

Nothing outside `app/engine/ops` asks for an op by its name: a new op says here what it has in common with others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from app.engine.ops.grad_names import GradName
from app.engine.ops.views import View


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Traits:
    """The part of an `Op` that rules do not need. Each has a default that is true of most ops.

    What it computes, for those that look for sums, products, choices and steps:

    signs: of a sum of the inputs, the sign of each: (1, -1) for a - b. powers: of a product of the inputs, the power of
        each: (1, -1) for a / b. () for anything else.
    scales: whether it makes multiples: a factor of an input is one of the result.
    commutes: whether a op b is b op a.
    same_as(numbers) -> another op that computes the same, and the slots of the inputs it takes: the square of x is its
        product with itself. numbers: per input, the constant number that it is, or None. None: no other op.
    exponent: the slot of an exponent.
    totals: "sum" or "mean" of a reduction that adds elements up.
    chooses: whether its first input, a mask, says for each element which of the others it is.
    indexed: what it does at an index that is written between square brackets: reads it ("get"), stores there ("set"),
        or adds there ("add").
    transposes: whether it changes the order of axes.
    filled: the number that all elements of the result are, whatever the input is.
    measures: whether it is the size of each element, without its sign.
    bends: whether it is one of the functions, not linear, that units of a network are put through.
    rectifies: whether a relu may be written with it as its last op.
    bounds: whether it keeps its first input between the others.
    preconditions: whether a gradient may go through it on its way into a training step, which is then no multiple.

    What NumPy makes of kinds of numbers:

    refuses: kinds of numbers ("int", "bool") of which NumPy computes something else, or nothing.
    of_masks: what NumPy makes of masks alone: whole numbers ("counts") where it is elementwise or a reduction, a mask
        ("mask"), something that is not arithmetic ("logic"), or numbers of one or two bytes ("bytes").
    whole_sign: of whole numbers, whether the result is never negative, not where no input is ("inputs"), or may be
        negative whatever they are ("any").
    whole_divisor: the slot of a divisor which, of whole numbers, must not be 0: there is no infinity for it to give.
    counts: whether whole numbers in it are places or counts, and no quantities: `n % 2 == 0`.

    How it is called in NumPy, and what that gives:

    boxed: whether NumPy gives an array even where there are no axes.
    view: how the result lies in the memory of its first input; None: in its own.
    by_position: whether the arguments of its method have no names.
    reduce, accumulate: of a function of two, the op that makes one of many with it, as `np.add.reduce`, and the
        function that gives all results on the way.
    options: which of `where`, `initial` and `dtype` a reduction takes. identity: what stands where a mask is false, and
        changes nothing; None: no such number.

    grad_name: what PyTorch calls the function behind it, as in `grad_fn=<MulBackward0>`; "": as the op.
    """

    signs: tuple[int, ...] = ()
    powers: tuple[int, ...] = ()
    scales: bool = False
    commutes: bool = False
    same_as: Callable[[tuple[float | None, ...]], tuple[str, tuple[int, ...]] | None] = field(
        default=lambda numbers: None
    )
    exponent: int | None = None
    totals: Literal["", "sum", "mean"] = ""
    chooses: bool = False
    indexed: Literal["", "get", "set", "add"] = ""
    transposes: bool = False
    filled: float | None = None
    measures: bool = False
    bends: bool = False
    rectifies: bool = False
    bounds: bool = False
    preconditions: bool = False

    refuses: tuple[str, ...] = ()
    of_masks: Literal["counts", "mask", "logic", "bytes"] = "counts"
    whole_sign: Literal["never_negative", "inputs", "any"] = "inputs"
    whole_divisor: int | None = None
    counts: bool = False

    boxed: bool = False
    view: View | None = None
    by_position: bool = False
    reduce: str = ""
    accumulate: str = ""
    options: frozenset[str] = frozenset()
    identity: Any = None

    grad_name: GradName = ""

    @property
    def is_sum(self) -> bool:
        """Whether it adds two values, or takes one away from the other."""
        return len(self.signs) == 2

    @property
    def is_addition(self) -> bool:
        return self.signs == (1, 1)

    @property
    def is_difference(self) -> bool:
        return self.signs == (1, -1)

    @property
    def is_negative(self) -> bool:
        return self.signs == (-1,)

    @property
    def is_product(self) -> bool:
        """Whether it multiplies two values, element by element."""
        return self.powers == (1, 1)

    @property
    def is_quotient(self) -> bool:
        return self.powers == (1, -1)

    @property
    def stores(self) -> bool:
        """Whether it is its first input with other values at an index."""
        return self.indexed == "set" or self.indexed == "add"
