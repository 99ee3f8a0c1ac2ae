"""The facts of a node in the backward pass, and of each edge on which it sends a message."""

from __future__ import annotations

import numpy as np

from app.engine.explain.sentences.facts import SMALL, ByAttribute, Context, only
from app.engine.explain.sentences.node_facts import NodeFacts
from app.engine.explain.sentences.structure import Use
from app.engine.notation import numbers
from app.engine.notation.numbers import factor, figure, flat, is_zero, tensor
from app.engine.ops.printed import Piece
from app.engine.program import Value
from app.engine.support.lazy import lazy
from app.engine.wording import Parts

_LONG_RULE = 40
_TINY = 1e-12
"""A gradient this small beside the largest may be nothing but rounding."""


class BackFacts(NodeFacts):
    """The facts of a node that sends messages on some edges."""

    def __init__(self, context: Context, place: int) -> None:
        super().__init__(context, place)
        self.uses = context.wording.uses[place]
        self.own_grad: Value = context.grads[place]  # type: ignore[assignment]

    @lazy
    def gifts(self) -> list[EdgeFacts]:
        return [EdgeFacts(self, use) for use in self.uses]

    def terse(self) -> BackFacts:
        """The same, without the arithmetic of arrays."""
        for gift in self.gifts:
            gift.terse = True
            gift.__dict__.pop("product", None)
        return self

    @lazy
    def negligible(self) -> bool:
        """Whether the gradient is 0 but for the rounding of the sum that it is: nothing that counts passes on."""
        size = float(np.max(np.abs(self.own_grad))) if numbers.size(self.own_grad) else 0.0
        if not 0.0 < size < _TINY * self.context.largest:
            return False
        return bool(np.all(np.abs(self.own_grad) <= self.context.round_off.get(self.place, 0.0)))

    @property
    def edges(self) -> str:
        return str(len(self.uses))

    @property
    def own(self) -> str:
        return self.context.amount(self.own_grad)

    @property
    def sources(self) -> list[str]:
        """Each name once."""
        return list(dict.fromkeys([self.context.names[use.source] for use in self.uses]))

    @property
    def source(self) -> str:
        return self.context.names[self.uses[0].source]

    @property
    def items(self) -> list[Parts]:
        fill = self.context.fill
        return [fill("item.gets", gift) for gift in self.gifts]

    @property
    def product(self) -> Parts:
        return self.gifts[0].product

    @property
    def message(self) -> str:
        return self.gifts[0].message

    @property
    def factor(self) -> str:
        return self.gifts[0].factor

    @property
    def slope(self) -> str:
        return figure(only(self.gifts[0].value_of_local))

    @property
    def partial(self) -> str:
        return self.gifts[0].partial

    @lazy
    def blocked(self) -> str:
        """The one source that gets 0 where others get something; none where there is no such one."""
        if self.own_node.op.kind not in ("elementwise", "matmul"):
            return ""
        none = [gift.source for gift in self.gifts if is_zero(gift.value_of_message) and gift.by_zero]
        return none[0] if len(none) == 1 < len(self.gifts) else ""

    @property
    def reached(self) -> list[str]:
        """The names of the sources that have elements."""
        there = [gift.source for gift in self.gifts if numbers.size(gift.value_of_message)]
        return list(dict.fromkeys(there))

    @property
    def unfinite(self) -> str:
        return str(sum(numbers.unfinite(gift.value_of_message) for gift in self.gifts))

    @property
    def handed(self) -> str:
        """How many numbers are sent back in all."""
        return str(sum(numbers.size(gift.value_of_message) for gift in self.gifts))

    @lazy
    def repeated(self) -> bool:
        """Whether one source is used several times, and no other."""
        return len(self.uses) > 1 and len({use.source for use in self.uses}) == 1

    @property
    def each(self) -> str:
        """What each of many elements gets of one gradient."""
        return figure(flat(self.gifts[0].value_of_message)[0])


class EdgeFacts(ByAttribute):
    """The facts of one edge that carries a message."""

    def __init__(self, back: BackFacts, use: Use) -> None:
        context = back.context
        self.back = back
        self.use = use
        self.value_of_message: Value = context.messages[use.edge]  # type: ignore[assignment]
        self.value_of_local = context.locals[use.edge]
        self.terse = False

    @property
    def source(self) -> str:
        return self.back.context.names[self.use.source]

    @property
    def message(self) -> str:
        return self.back.context.amount(self.value_of_message)

    @property
    def own(self) -> str:
        return self.back.own

    @property
    def factor(self) -> str:
        return factor(only(self.value_of_local))

    @property
    def local(self) -> str:
        return self.back.context.amount(self.value_of_local)

    @property
    def partial(self) -> str:
        return self.back.context.wording.partials[self.use.edge] or ""

    @property
    def rule(self) -> str:
        own = self.own if numbers.size(self.back.own_grad) > 1 else factor(only(self.back.own_grad))
        return "".join([piece.text if piece.source is None else own for piece in self._rule or ()])

    @property
    def _rule(self) -> list[Piece] | None:
        return self.back.context.wording.rules[self.use.edge]

    @property
    def copies(self) -> str:
        copies = np.multiply(self.back.own_grad, self.value_of_local)  # type: ignore[arg-type]
        return tensor(copies)

    @lazy
    def single(self) -> bool:
        """One number on both sides and between them."""
        local = self.value_of_local
        return (
            local is not None
            and numbers.size(local) == 1
            and numbers.size(self.value_of_message) == 1
            and numbers.size(self.back.own_grad) == 1
        )

    @property
    def by_zero(self) -> bool:
        """Whether all of the gradient is multiplied by 0 on its way."""
        if self.value_of_local is not None:
            return is_zero(np.multiply(np.not_equal(self.back.own_grad, 0), np.not_equal(self.value_of_local, 0)))
        others = [value for slot, value in enumerate(self.back.given) if slot != self.use.slot]
        return self.back.own_node.op.kind == "matmul" and all(map(is_zero, others))

    @lazy
    def product(self) -> Parts:
        """What the source gets, as arithmetic."""
        return self.back.context.fill(f"product.{self._product()}", self)

    def _product(self) -> str:
        own, got = numbers.size(self.back.own_grad), numbers.size(self.value_of_message)
        if got == 0:
            return "nothing"
        if self.back.context.wording.is_unit(self.use.edge) and own == got:
            return "same"
        if self.back.own_node.op.kind == "shape" or (self.terse and not self.single):
            return "message"
        if self.single:
            return "factor"
        if self.value_of_local is not None:
            if own > got:
                return "summed" if own <= SMALL else "message"
            return "elements" if own <= SMALL else "message"
        rule = self._rule
        if rule is None or len(rule) == 1 or own > SMALL:
            # One piece is a rule without the gradient, or nothing beside it.
            return "message"
        return "message" if sum(len(piece.text) for piece in rule) > _LONG_RULE else "rule"
