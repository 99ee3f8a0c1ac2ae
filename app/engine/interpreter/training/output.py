"""What a program is about: the output whose gradients are wanted, where the reader names none.

In this order: what the reader's own gradients are gradients of (the numerator of `dL_dW`; else a loss, or the last
value, before them that their targets lead to); a loss inside the function that trains; a scalar that most leaves lead
to, last assigned. Never a gradient, a mask, a sum over turns, or a value that no leaf reaches when another one is
reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.engine.interpreter.training.naming import LOSSES
from app.engine.interpreter.training.reach import is_loss, like_gradient, reach
from app.engine.ops import INPUT
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.program import Manual, Node, ancestors

_WORDS = ("data", "dist", "diff", "dot", "den", "dec", "div", "det", "drop", "dim", "dup")
"""Prefixes of names that begin with d and are no gradients."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may be the output. assigned: the assigned names in the order of their lines, all in `names`; not empty.
    names: name -> index of its node at the end. manual: the reader's gradients, by line. became: leaf -> the leaf that
    a training step made of it."""

    nodes: Sequence[Node]
    shapes: Sequence[Shape]
    assigned: Sequence[str]
    names: Mapping[str, int]
    manual: Sequence[Manual]
    became: Mapping[int, int]


def default_output(found: Candidates) -> int:
    """The index of the output."""
    computed = _computed(found)
    if found.manual:
        numerators = [i for m in found.manual if m.of is not None and (i := found.names.get(m.of)) is not None]
        numerators = [i for i in numerators if found.nodes[i].inputs]
        # `dE_dw` beside E_o1, E_o2 and E_total is a gradient of what no name of the text says in full.
        if numerators and all(m.of is None or m.of in found.names or m.of not in LOSSES for m in found.manual):
            return max(numerators)
        end = _beyond(found, computed) or _of_gradients(found, computed)
        if end is not None:
            return end
    if not computed or (found.became and not any(is_loss(found.nodes[i]) for i in computed)):
        end = _inner_loss(found, len(found.nodes))
        if end is not None:
            return end
    if not computed:
        graded = {m.name for m in found.manual}
        forward = [name for name in found.assigned if name not in graded]
        return found.names[forward[-1] if forward else found.assigned[-1]]
    return _most_leaves(found, computed)


def choices(nodes: Sequence[Node], names: Mapping[str, int], manual: Sequence[Manual]) -> tuple[str, ...]:
    """The names that can be the output, in the order of their nodes: those that some leaf reaches, without the reader's
    own gradients."""
    reached = reach(nodes, [i for i, node in enumerate(nodes) if node.op is INPUT])
    own = {m.name for m in manual}
    found = {name: i for name, i in names.items() if reached[i] and nodes[i].inputs and name not in own}
    return tuple(sorted([name for name, i in found.items() if nodes[i].kind != "bool"], key=found.__getitem__))


def belongs(manual: Manual, output: int, names: Mapping[str, int]) -> bool:
    """Whether a gradient is one of the output: `dz_dw` is a derivative of z, and none of the loss."""
    if manual.of is None:
        return True
    held = names.get(manual.of)
    return held == output if held is not None else manual.of in LOSSES


def _computed(found: Candidates) -> list[int]:
    """The nodes of assigned names that some leaf reaches, in the order of their lines; none that comes from a gradient
    of the reader's."""
    nodes = found.nodes
    reached = reach(nodes, [i for i, node in enumerate(nodes) if node.op is INPUT])
    gradients = [m.node for m in _own(found) if nodes[m.node].inputs]
    gradients += [found.names[name] for name in found.assigned if like_gradient(name)]
    written = [m.node for m in found.manual if not nodes[m.node].inputs and nodes[m.node].name == m.name]
    theirs = reach(nodes, gradients, through_masks=True)
    # `loss = np.sum(out * dout)` with a dout that is drawn: what the gradients are gradients of.
    begun = reach(nodes, written, through_masks=True)
    order = dict.fromkeys([name for name in found.assigned[::-1] if not like_gradient(name)])
    result = [found.names[name] for name in list(order)[::-1]]
    result = [i for i in result if reached[i] and nodes[i].inputs and not theirs[i] and nodes[i].kind != "bool"]
    return [i for i in result if not begun[i] or is_loss(found.nodes[i])]


def _own(found: Candidates) -> list[Manual]:
    """The gradients that are no value of the forward pass under a second name, as `dnum = invden` is."""

    def second(manual: Manual) -> bool:
        name = found.nodes[manual.node].name
        return name is not None and name != manual.name and found.names.get(name) == manual.node

    return [m for m in found.manual if not second(m)]


def _inner_loss(found: Candidates, before: int) -> int | None:
    """The last value called a loss, in whatever function, of the nodes before this one."""
    reached = reach(found.nodes, [i for i, node in enumerate(found.nodes) if node.op is INPUT])
    losses = (i for i in range(before - 1, -1, -1) if is_loss(found.nodes[i]) and found.nodes[i].inputs and reached[i])
    return next((i for i in losses if count(found.shapes[i]) == 1), None)


def _of_one_turn(found: Candidates, computed: list[int]) -> list[int]:
    """Those values that do not depend on a leaf both before and after a training step, as a sum of losses does; all of
    them if each does."""
    if not found.became:
        return computed
    first = {after: before for before, after in found.became.items()}

    def single(index: int) -> bool:
        leads = ancestors(tuple(found.nodes), [index])
        return not any(leads[before] and leads[after] for after, before in first.items())

    return [i for i in computed if single(i)] or computed


def _beyond(found: Candidates, computed: list[int]) -> int | None:
    """The last value, if all that is named like a gradient leads to it: then none of it is one (`dx = x - mu`, a
    distance). A training step is no such value, and neither is what follows a loss."""
    nodes = found.nodes
    if any(is_loss(found.nodes[i]) for i in computed):
        return None
    last = next((i for name in reversed(found.assigned) if nodes[i := found.names[name]].inputs), None)
    if last is None or _like_a_gradient(nodes[last].name or "") or nodes[last].op.kind == "mask":
        return None
    leads = ancestors(tuple(nodes), [last])
    if not all(leads[m.node] and m.node != last and nodes[m.node].name == m.name for m in found.manual):
        return None
    targets = {m.target for m in found.manual}
    return None if nodes[last].op.name in ("add", "subtract") and targets & set(nodes[last].inputs) else last


def _of_gradients(found: Candidates, computed: list[int]) -> int | None:
    """The last value before the reader's gradients that their targets lead to. One of the targets is it where its own
    gradient is where the backward pass begins: `dy = 1`."""
    nodes = found.nodes
    targets = {m.target for m in found.manual}
    later = set(targets)
    for i in sorted(targets):
        while i in found.became:
            i = found.became[i]  # noqa: PLW2901
            later.add(i)
    led = reach(nodes, sorted(later))
    begins = reach(nodes, [i for i, node in enumerate(nodes) if node.op is INPUT and node.name not in _names(found)])
    seeds = {m.target for m in found.manual if not nodes[m.node].inputs or not begins[m.node]}
    first = min([m.node for m in _own(found) if nodes[m.node].inputs] or [m.node for m in found.manual])
    on_the_way = ancestors(tuple(nodes), [m.node for m in found.manual])
    lead = [i for i in computed if led[i] and (i not in targets or i in seeds)]
    # `dZ = A - Y` where no Z is known: a gradient all the same, if the others are computed from it.
    lead = [i for i in lead if not (on_the_way[i] and _like_a_gradient(nodes[i].name or ""))]
    before = _of_one_turn(found, [i for i in lead if i < first])
    if before:
        scalars = [i for i in before if count(found.shapes[i]) == 1]
        # A matrix called L, with a scalar after it, is no loss.
        last = next((i for i in reversed(before) if is_loss(found.nodes[i])), before[-1])
        return last if not scalars or last in scalars or last > scalars[-1] else scalars[-1]
    losses = [i for i in lead if is_loss(found.nodes[i])]
    if losses:
        return losses[-1]
    inside = _inner_loss(found, len(nodes))
    if inside is not None and led[inside]:
        return inside
    if lead:
        return lead[-1]
    inner = [i for i in computed if led[i]]
    return inner[-1] if inner else None


def _like_a_gradient(name: str) -> bool:
    return name[:1] == "d" and len(name) > 1 and not name.startswith(_WORDS)


def _names(found: Candidates) -> frozenset[str | None]:
    return frozenset([m.name for m in found.manual])


def _most_leaves(found: Candidates, computed: list[int]) -> int:
    """Of the scalars, and where there are none of the arrays, the one that most leaves lead to; the last of several."""
    computed = _of_one_turn(found, computed)
    if len(computed) == 1:
        return computed[0]
    arrays = [i for i in computed if count(found.shapes[i]) != 1]
    behind = ancestors(tuple(found.nodes), arrays)
    # A scalar that an array is computed from, such as a norm, is a step on the way.
    scalars = [i for i in computed if count(found.shapes[i]) == 1 and not behind[i]]
    candidates = scalars or arrays or computed
    leads: list[int] = [0] * len(found.nodes)
    bit = 1
    for i, node in enumerate(found.nodes):
        if node.op is INPUT:
            leads[i] = bit
            bit <<= 1
        elif node.op.kind != "mask":
            for j in node.inputs:
                leads[i] |= leads[j]
    # Of equals the last: `max` keeps the first.
    return max(reversed(candidates), key=lambda i: leads[i].bit_count())
