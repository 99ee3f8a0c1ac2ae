"""The sentences of a function call or a layer as one step: its inputs, its output, and the gradients it sends back."""

from __future__ import annotations

from typing import Any

from app.engine.explain.sentences.facts import ROOM, ByAttribute, Telling
from app.engine.explain.sentences.structure import Border
from app.engine.notation import numbers
from app.engine.notation.numbers import is_zero, tensor
from app.engine.notation.wording import Given, Parts, plain
from app.engine.program import Value
from app.engine.support.lazy import lazy


class GroupFacts(ByAttribute):
    """The facts of a group with a node that leads to the output."""

    def __init__(self, telling: Telling, group: int, border: Border) -> None:
        self.telling = telling
        self.own_group = telling.trace.structure.groups[group]
        self.border = border

    @property
    def group(self) -> str:
        return self.own_group.name

    @property
    def summary(self) -> str:
        return self.own_group.summary or ""

    @property
    def inputs(self) -> list[str]:
        return list(dict.fromkeys([self.telling.names[i] for i in self.border.sources]))

    @property
    def result(self) -> str:
        return self.telling.names[self.border.result or 0]

    @property
    def value(self) -> str:
        return tensor(self.telling.values[self.border.result or 0])

    @property
    def own_grad(self) -> Value | None:
        return None if self.border.result is None else self.telling.grads[self.border.result]

    @property
    def own(self) -> str:
        return tensor(self.own_grad)

    @lazy
    def gifts(self) -> dict[str, Value]:
        """What each source outside gets from the group in all, by name; those that get nothing are left out."""
        found: dict[str, Any] = {}
        for source, edges in zip(self.border.sources, self.border.edges, strict=True):
            sent = [m for m in [self.telling.messages[e] for e in edges] if m is not None]
            if sent:
                found[self.telling.names[source]] = sum(sent[1:], sent[0])
        return found

    @property
    def sources(self) -> list[str]:
        return list(self.gifts)

    @property
    def items(self) -> list[Parts]:
        return [
            self.telling.fill("group.gets", Given(source=name, message=tensor(got))) for name, got in self.gifts.items()
        ]


def group_forward(facts: GroupFacts) -> list[Parts]:
    if facts.border.result is None:
        return [facts.telling.fill("group.inside", facts)]
    told = [facts.telling.fill("group.forward" if facts.border.sources else "group.forward_alone", facts)]
    summary = facts.telling.fill("group.summary", facts)
    if facts.summary and len(plain(told[0])) + len(plain(summary)) < ROOM:
        told.append(summary)
    return told


def group_backward(facts: GroupFacts) -> list[Parts]:
    fill = facts.telling.fill
    if not facts.gifts:
        return [fill("group.nothing", facts)]
    if facts.own_grad is not None and numbers.size(facts.own_grad) == 0:
        return [fill("group.empty", facts)]
    dark = all(map(is_zero, facts.gifts.values()))
    if facts.own_grad is None:
        return [fill("group.backward_inside", facts)]
    if dark and is_zero(facts.own_grad):
        return [fill("group.dark", facts)]
    told = [fill("group.backward", facts)]
    if dark and any(numbers.size(got) for got in facts.gifts.values()):
        told.append(fill("group.blocked", facts))
    return told
