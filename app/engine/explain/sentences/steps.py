"""Chooses the messages of a step: the op's own where they are true, else those that hold for all ops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.engine.explain.sentences.backward_facts import BackFacts
from app.engine.explain.sentences.facts import ROOM, SMALL, Context
from app.engine.explain.sentences.in_all import rule_in_all
from app.engine.explain.sentences.node_facts import NodeFacts
from app.engine.notation import numbers
from app.engine.notation.numbers import factor, figure, is_finite, is_zero, tensor
from app.engine.ops.registry import Op, Reason
from app.engine.program import Value
from app.engine.wording import Given, Part, Parts, joined

_SPACE = Part(" ")


def forward(context: Context, place: int) -> Parts:
    """What a node computes."""
    facts = NodeFacts(context, place)
    value = facts.own_value
    sentences = [context.fill(f"forward.{_formula(facts)}", facts)]
    if numbers.size(value) == 0:
        return together(sentences)
    op = facts.own_node.op
    reason = facts.first(op.says)
    if not is_finite(value):
        sentences = computed(facts)
        sentences.append(context.fill(f"forward.{_lost(facts)}", facts))
    elif facts.own_node.id in context.kinks:
        sentences.append(context.fill("forward.kink", facts))
    elif reason is not None:
        _explain(sentences, context.fill(reason, facts))
    elif facts.stretches():
        _explain(sentences, context.fill("forward.stretched", facts))
    return together(sentences)


def computed(facts: NodeFacts) -> list[Parts]:
    """The formula of a node that is not finite, and why it is not, where that began here."""
    sentences = [facts.context.fill(f"forward.{_formula(facts)}", facts)]
    reason = facts.first(facts.own_node.op.says) if facts.born else None
    if reason is not None:
        sentences.append(facts.context.fill(reason, facts))
    return sentences


def _lost(facts: NodeFacts) -> str:
    """What to say of a value that is not finite."""
    if not facts.born:
        return "lost"
    if numbers.size(facts.own_value) > 1:
        return "born_some"
    return "born" if facts.loses_all else "born_alone"


def _formula(facts: NodeFacts) -> str:
    value = facts.own_value
    size = numbers.size(value)
    if size > SMALL and np.isnan(value).any():
        return "lost_number" if facts.nans == "1" else "lost_numbers"
    if size > SMALL:
        return "vector" if np.ndim(value) == 1 else "large"
    if size == 0:
        return "empty"
    kind = "plain" if facts.filled in (None, facts.formula, facts.value) else "filled"
    return f"nameless_{kind}" if facts.formula == facts.node else kind


def backward(context: Context, place: int) -> Parts:
    """The messages of a node, their reason, and the gradients that they add to."""
    facts = BackFacts(context, place)
    if not facts.uses:
        return joined(context.fill("backward.nothing", facts))
    sizes = [numbers.size(gift.value_of_message) for gift in facts.gifts]
    if numbers.size(facts.own_grad) == 0:
        return joined(context.fill("backward.empty_zero" if any(sizes) else "backward.empty", facts))
    if not any(sizes):
        return joined(context.fill("backward.to_empty", facts))
    if is_zero(facts.own_grad) and all(is_zero(gift.value_of_message) for gift in facts.gifts):
        return together([context.fill("backward.dark", facts), *_completed(facts), *meaningless(context)])
    if facts.negligible:
        return together([context.fill("backward.rounding", facts), *_meetings(facts, ROOM)])
    handed, complete = _handed(facts)
    if _length(handed) > ROOM or (not complete and facts.partial and facts.gifts[0].single):
        # The slope as a formula is worth less than why it is what it is.
        handed, _ = _handed(facts.terse())
    return handed


def meaningless(context: Context) -> list[Parts]:
    """What is to be said of gradients of an output that is no finite number."""
    return [context.fill("lost.gradient", Given(output=context.names[context.output]))] if context.lost else []


def _handed(facts: BackFacts) -> tuple[Parts, bool]:
    """The sentence of the messages sent back, with their reason and the sums they enter as far as there is room; and
    whether there was room for all."""
    context, op = facts.context, facts.own_node.op
    messages = [gift.value_of_message for gift in facts.gifts]
    kink, finite = facts.own_node.id in context.kinks, all(map(is_finite, messages))
    sentences = [context.fill(_main(facts, op, kink), facts)]
    if context.lost:
        # Numbers that mean nothing need no reason.
        return together([*sentences, *meaningless(context)]), True
    if not finite:
        whole = all(numbers.size(message) == 1 and not is_finite(message) for message in messages)
        lost = context.fill("backward.lost" if whole else "backward.lost_some", facts)
        why = facts.first(op.because) if is_finite(facts.own_grad) else None
        if why is not None:
            _explain(sentences, context.fill(why, facts), ROOM - _length(lost))
        sentences.append(lost)
    elif kink:
        long = context.fill("backward.kink", facts)
        fits = _length(sentences[0]) + _length(long) <= ROOM
        sentences.append(long if fits else context.fill("backward.kink_short", facts))
    meetings = _meetings(facts, ROOM - sum(map(_length, sentences)))
    if finite and not kink:
        # Where messages meet, adding them is what the step is about.
        room = ROOM - sum(_length(parts) + 1 for parts in meetings)
        why = _why(facts, op, all(map(is_zero, messages)))
        if why is not None and not _explain(sentences, context.fill(why, facts), room):
            return together([*sentences, *meetings]), False
    return together([*sentences, *meetings]), True


def _main(facts: BackFacts, op: Op, kink: bool) -> str:
    """The key of the catalogue's message for what is sent back."""
    is_unit = facts.context.wording.is_unit
    gifts = facts.gifts
    own = numbers.size(facts.own_grad)
    if all(is_unit(gift.use.edge) and numbers.size(gift.value_of_message) == own for gift in gifts):
        return "backward.unchanged_twice" if facts.repeated else "backward.unchanged"
    finite = is_finite(facts.own_grad)
    hands = None if kink else facts.first([reason for reason in op.hands if finite or not reason.finite])
    if hands is not None:
        twice = f"{hands}_twice"
        return twice if facts.repeated and twice in facts.context.catalogue else hands
    if all(gift.value_of_local is None for gift in gifts):
        return "backward.other"
    if len(gifts) == 1 and gifts[0].single:
        return "slope.formula" if gifts[0].partial and not gifts[0].terse else "backward.slope"
    return "backward.slope" if all(gift.single for gift in gifts) else "backward.elements"


def _why(facts: BackFacts, op: Op, stays_dark: bool) -> str | None:
    if facts.stretches(facts.uses):
        return "backward.stretched"
    why = facts.first(_one_sided(facts, op.because))
    if why is None and stays_dark:
        return "backward.blocked" if all(gift.by_zero for gift in facts.gifts) else "backward.cancelled"
    return "backward.blocked_one" if why is None and facts.blocked else why


def _one_sided(facts: BackFacts, reasons: Sequence[Reason]) -> Sequence[Reason]:
    """The reasons; for a matrix product only that of the side that gets a gradient."""
    if len(facts.uses) != 1:
        return reasons
    side = "first" if facts.uses[0].slot == 0 else "second"
    return [Reason(r.message.replace(".both", f".{side}"), r.when, r.facts) for r in reasons]


def _completed(facts: BackFacts) -> list[Parts]:
    """The rule of what the sources get in all whose last message this is."""
    context = facts.context
    last = [use.source for use in facts.uses if context.wording.arrivals[use.source][-1] == use.edge]
    found = [rule_in_all(context, source) for source in last if len(context.wording.arrivals[source]) > 1]
    return [rule for rule in found if rule is not None]


def _meetings(facts: BackFacts, room: int) -> list[Parts]:
    """For each message that is not the first to arrive, the sum so far, in numbers where there is room."""
    context = facts.context
    found: list[Parts] = []
    last = {gift.use.source: gift.use.edge for gift in facts.gifts}
    for source, edge in last.items():
        arrivals = context.wording.arrivals[source]
        arrived = arrivals[: arrivals.index(edge) + 1]
        if len(arrived) < 2:
            continue
        messages: list[Any] = [context.messages[e] for e in arrived]
        total = sum(messages[1:], messages[0])
        if numbers.size(total) == 0:
            continue
        if facts.negligible:
            # What is left over by rounding is no term of a sum.
            messages[-1] = 0.0 * messages[-1]
        meeting = Given(met=context.names[source], terms=_terms(messages), total=tensor(total))
        rule = rule_in_all(context, source) if len(arrived) == len(arrivals) else None
        if rule is not None:
            found.append(rule)
            continue
        sentence = context.fill("backward.meet", meeting)
        if numbers.size(total) > SMALL or (_length(sentence) > room and numbers.size(total) > 1):
            sentence = context.fill("backward.meet_large", meeting)
        elif _length(sentence) > room:
            sentence = context.fill("backward.meet_short", meeting)
        if found and _length(sentence) > room:
            break
        room -= _length(sentence)
        found.append(sentence)
    return found


def _terms(messages: list[Value]) -> str:
    """The sum so far as text, "2 + 3"; of many terms the last."""
    shown = messages[-4:] if numbers.size(messages[0]) == 1 else messages[-2:]
    texts = [tensor(m) if numbers.size(m) > 1 else factor(float(np.ravel(m)[0])) for m in shown]
    texts[0] = (
        texts[0] if len(shown) < len(messages) or numbers.size(shown[0]) > 1 else figure(float(np.ravel(shown[0])[0]))
    )
    return " + ".join(["…", *texts] if len(shown) < len(messages) else texts)


def _explain(sentences: list[Parts], sentence: Parts, room: int = ROOM) -> bool:
    """Adds a sentence where there is room for it. Returns whether there was."""
    fits = sum(_length(parts) + 1 for parts in sentences) + _length(sentence) <= room
    if fits:
        sentences.append(sentence)
    return fits


def _length(parts: Parts) -> int:
    return sum([len(part.text) for part in parts])


def together(sentences: list[Parts]) -> Parts:
    """One after another, with a space between."""
    whole: Parts = []
    for parts in sentences:
        if whole:
            whole.append(_SPACE)
        whole += parts
    return joined(whole)
