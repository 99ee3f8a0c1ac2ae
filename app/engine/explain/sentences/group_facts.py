"""The sentences of a function call or a layer as one step: its inputs, its output, and the gradients it sends back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.engine.explain.sentences.facts import ROOM, ByAttribute, Context
from app.engine.explain.sentences.steps import meaningless
from app.engine.explain.sentences.structure import Border
from app.engine.notation import numbers
from app.engine.notation.numbers import is_zero, tensor
from app.engine.program import Value
from app.engine.support.lazy import lazy
from app.engine.wording import Given, Parts, plain

FEW = 3
"""Most results of a group that are named one by one."""

MOST_SOURCES = 6
"""Most sources of a group that are told one by one; of more, the others are counted."""


class GroupFacts(ByAttribute):
    """The facts of a group with a node that leads to the output."""

    def __init__(self, context: Context, group: int, border: Border) -> None:
        self.context = context
        self.own_group = context.trace.structure.groups[group]
        self.border = border

    @property
    def group(self) -> str:
        return self.own_group.name

    @property
    def summary(self) -> str:
        return self.own_group.summary or ""

    @property
    def inputs(self) -> list[str] | Parts:
        """Its sources, by name; of many the first."""
        names = list(dict.fromkeys([self.context.names[i] for i in self.border.sources]))
        if len(names) <= MOST_SOURCES:
            return names
        first = ", ".join(names[: MOST_SOURCES - 1])
        return self.context.fill("group.some", Given(first=first, count=str(len(names) - MOST_SOURCES + 1)))

    @property
    def result(self) -> str:
        return self.context.names[self.border.result or 0]

    @property
    def value(self) -> str:
        return tensor(self.context.values[self.border.result or 0])

    @lazy
    def owns(self) -> dict[int, Value]:
        """The gradients of the nodes that leave the group, by place, where a gradient comes to them."""
        found = {place: self.context.grads[place] for place in self.border.results}
        return {place: grad for place, grad in found.items() if grad is not None}

    @property
    def own(self) -> str:
        return tensor(next(iter(self.owns.values())))

    @property
    def differentiated(self) -> str:
        return self.context.names[next(iter(self.owns))]

    @property
    def owned(self) -> list[Parts]:
        """The gradient of each result."""
        fill, names = self.context.fill, self.context.names
        return [fill("item.of", Given(result=names[i], own=tensor(grad))) for i, grad in self.owns.items()]

    @property
    def together(self) -> str:
        """The gradients of all results in a few numbers."""
        return tensor(np.concatenate([np.ravel(grad) for grad in self.owns.values()]))

    @property
    def given(self) -> list[Parts]:
        """Each result with its value."""
        fill, names, values = self.context.fill, self.context.names, self.context.values
        return [fill("item.equals", Given(result=names[i], value=tensor(values[i]))) for i in self.border.results]

    @property
    def count(self) -> str:
        return str(len(self.border.results))

    @property
    def gradients(self) -> str:
        return str(len(self.owns))

    @lazy
    def gifts(self) -> dict[str, Value]:
        """What each source outside gets from the group in all, by name; those that get nothing are left out."""
        found: dict[str, Any] = {}
        for source, edges in zip(self.border.sources, self.border.edges, strict=True):
            sent = [m for m in [self.context.messages[e] for e in edges] if m is not None]
            if sent:
                found[self.context.names[source]] = sum(sent[1:], sent[0])
        return found

    @property
    def sources(self) -> list[str]:
        return list(self.gifts)

    @property
    def items(self) -> list[Parts]:
        fill = self.context.fill
        told = [fill("group.gets", Given(source=name, message=tensor(got))) for name, got in self.gifts.items()]
        if len(told) <= MOST_SOURCES:
            return told
        return [*told[: MOST_SOURCES - 1], fill("group.more", Given(count=str(len(told) - MOST_SOURCES + 1)))]


def group_forward(facts: GroupFacts) -> list[Parts]:
    if facts.border.result is None:
        return [facts.context.fill("group.inside", facts)]
    sentences = [
        _by_results(facts, "group.forward" if facts.border.sources else "group.forward_alone", facts.border.results)
    ]
    summary = facts.context.fill("group.summary", facts)
    if facts.summary and len(plain(sentences[0])) + len(plain(summary)) < ROOM:
        sentences.append(summary)
    return sentences


def group_backward(facts: GroupFacts) -> list[Parts]:
    fill = facts.context.fill
    if not facts.gifts:
        return [fill("group.nothing", facts)]
    owns = list(facts.owns.values())
    if not owns:
        return [fill("group.backward_inside", facts), *meaningless(facts.context)]
    if not any(map(numbers.size, owns)):
        return [fill("group.empty", facts)]
    dark = all(map(is_zero, facts.gifts.values()))
    if dark and all(map(is_zero, owns)):
        return [fill("group.dark", facts), *meaningless(facts.context)]
    sentences = [_by_results(facts, "group.backward", owns)]
    if dark and any(numbers.size(got) for got in facts.gifts.values()):
        sentences.append(fill("group.blocked", facts))
    return [*sentences, *meaningless(facts.context)]


def _by_results(facts: GroupFacts, key: str, results: Sequence[Any]) -> Parts:
    """The sentence about the results of a group: each is named if they are few, else they are counted."""
    if len(results) == 1:
        # A result without a name is the group's: what it is called as a part of a line stands in no picture.
        named = facts.context.wording.nodes[facts.border.result or 0].name is not None
        return facts.context.fill(key if named else f"{key}_nameless", facts)
    if len(results) <= FEW:
        each = facts.context.fill(f"{key}_each", facts)
        if len(plain(each)) < ROOM:
            return each
    return facts.context.fill(f"{key}_all", facts)
