"""Whether a gradient is certainly one of the output. One that may be of something else is told only where it agrees.

It may be one of another loss (a generator's beside a discriminator's), or of a loss that the text never writes down:
one that is computed from the labels, where the output is the network's; or from an array that is the output itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.engine.interpreter.training.naming import BARE, RATES, plain
from app.engine.interpreter.training.reach import is_some_loss, reach, single
from app.engine.ops import INPUT
from app.engine.ops.expression import Shape
from app.engine.program import Manual, Node, ancestors

_STEP = re.compile(r"h|eps\w*|epsilon|delta|step|small|tiny|lr|learning_rate")
"""Names of small steps, as of a numerical derivative."""


def forward_values(nodes: Sequence[Node], manual: Sequence[Manual]) -> frozenset[int]:
    """The nodes that a loss is computed from, though they are named like gradients: `d_fake`, what a discriminator says
    of `fake`. No loss of their targets stands before them."""
    if not manual:
        return frozenset()
    losses = [i for i, node in enumerate(nodes) if node.inputs and is_some_loss(node)]
    found = set()
    for m in manual:
        if not nodes[m.node].inputs or plain(nodes[m.node].name or "") != plain(m.name):
            continue
        after = [i for i in losses if i > m.node]
        if not after:
            continue
        led = reach(nodes, [m.target], end=m.node + 1)
        if led[m.node] and not any(led[i] for i in losses if i < m.node):
            leads = reach(nodes, [m.node])
            if any(leads[i] for i in after):
                found.add(m.node)
    return frozenset(found)


def with_certainty(
    nodes: Sequence[Node],
    shapes: Sequence[Shape],
    manual: Sequence[Manual],
    end: int,
    became: Mapping[int, int],
    handed: frozenset[int],
) -> list[Manual]:
    """The gradients, each with whether it is certain. became: leaf -> the leaf that a training step made of it. handed:
    gradients that are handed in from above."""
    if not manual:
        return []
    first = {after: before for before, after in became.items()}

    def origin(index: int) -> int:
        while index in first:
            index = first[index]
        return index

    used = ancestors(nodes, [end])
    behind = {origin(i) for i, node in enumerate(nodes) if used[i] and node.op is INPUT}
    loss = is_some_loss(nodes[end]) or (bool(handed) and any(reach(nodes, [i], end=end + 1)[end] for i in handed))
    losses = [i for i, node in enumerate(nodes) if node.inputs and is_some_loss(node) and single(shapes, i)]
    parts = ancestors(nodes, [j for i in losses for j in nodes[i].inputs])
    losses = [i for i in losses if not parts[i]]
    several = len({plain(nodes[i].name or "") for i in losses}) > 1
    # `dy = np.ones(3)`: what the backward pass begins with is written down.
    begun = {m.node for m in manual if m.target == end and not nodes[m.node].inputs} - handed
    led: dict[int, bytearray] = {}
    behind_target: dict[int, int] = {}
    for m in manual:
        behind_target[m.target] = max(m.node, behind_target.get(m.target, 0))

    def last(m: Manual) -> int | None:
        """The last loss before a gradient that its target leads to."""
        if m.target not in led:
            led[m.target] = reach(nodes, [m.target], end=behind_target[m.target])
        return next((i for i in reversed(losses) if i < m.node and led[m.target][i]), None)

    result = []
    for m in manual:
        before = _before_choice(nodes, m.target)
        certain = (m.certain or m.by_others) and (before is not None or not _scaled_version(nodes, m.target))
        certain = certain and not (became and _is_shared_data(nodes, used, m.target, became, first))
        certain = certain and not (became and _is_step(nodes, m.node))
        if certain and BARE.fullmatch(plain(m.name)) and end < m.node:
            # `g` of differences of the loss itself is one for a step that is small.
            certain = end not in _read(nodes, m.node)
        if certain and several:
            certain = not _of_another(nodes, last(m), end)
        if not certain:
            result.append(replace(m, certain=False, by_others=False))
            continue
        doubt = not became and _before_another(nodes, m, last(m), end)
        if not doubt and not loss and m.of is None and m.target != end:
            read = _read(nodes, m.node)
            foreign = [i for i in read if nodes[i].op is INPUT and i not in begun and origin(i) not in behind]
            doubt = any(not _STEP.fullmatch(plain(nodes[i].name or "")) for i in foreign)
            doubt = doubt or not (begun or end not in read or single(shapes, end))
        either = m if before is None or m.among else replace(m, among=(m.target, before))
        result.append(either.in_doubt() if doubt else either)
    return result


def _is_shared_data(
    nodes: Sequence[Node], used: bytearray, target: int, became: Mapping[int, int], first: Mapping[int, int]
) -> bool:
    """Whether a target is data that the loss is computed from in several ways: `y = np.sin(X)` beside a network's X. A
    layer's `dinputs` is the gradient by one of them."""
    if nodes[target].op is not INPUT or target in became or target in first:
        return False
    return sum(bool(used[i]) and target in node.inputs for i, node in enumerate(nodes)) > 1


def _is_step(nodes: Sequence[Node], index: int) -> bool:
    """Whether a value has the rate in it already, `dw = rate * np.mean(slopes)`: it is the step, and no gradient."""
    return bool(nodes[index].op.powers) and any(
        RATES.fullmatch(plain(nodes[i].name or "")) for i in nodes[index].inputs
    )


def _read(nodes: Sequence[Node], index: int) -> set[int]:
    """The nodes that one is computed from, and it."""
    found, waiting = {index}, [index]
    while waiting:
        new = [j for j in nodes[waiting.pop()].inputs if j not in found]
        found.update(new)
        waiting += new
    return found


def _before_choice(nodes: Sequence[Node], target: int) -> int | None:
    """The value that some elements of were filled under its own name, `S[mask] = -1e9`: the gradient of either may be
    meant. None of any other."""
    node = nodes[target]
    if not node.op.chooses or node.name is None:
        return None
    return next((i for i in node.inputs if nodes[i].inputs and nodes[i].name == node.name), None)


def _scaled_version(nodes: Sequence[Node], target: int) -> bool:
    """Whether a value was scaled under its own name, as `A1 = A1 * D1` drops units: the gradient of either may be
    meant."""
    node = nodes[target]
    name = plain(node.name or "")
    scaled = (node.op.powers or node.op.chooses) and name != ""
    return scaled and any(nodes[i].inputs and plain(nodes[i].name or "") == name for i in node.inputs)


def _before_another(nodes: Sequence[Node], m: Manual, last: int | None, end: int) -> bool:
    """Whether a gradient stands between a loss and the output, a later one: that of a function that is called twice.
    `cost = np.squeeze(cost)` is the same number again."""
    same = end
    while same > m.node and (nodes[same].op.view or nodes[same].op.totals):
        same = nodes[same].inputs[0]
    return last is not None and last not in (end, same) and end > m.node


def _of_another(nodes: Sequence[Node], last: int | None, end: int) -> bool:
    """Whether the last loss before a gradient that its target leads to is another one than the output."""
    return last is not None and plain(nodes[last].name or "") != plain(nodes[end].name or "")
