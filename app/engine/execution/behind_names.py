"""What stands behind a value with a name: the values without names that it is computed from. Many give a gradient the
name of what follows from what it is one of."""

from __future__ import annotations

from collections.abc import Sequence

from app.engine.ops import Op
from app.engine.program import Node

INNER = 8
"""Values without a name that a named one is computed from."""


def applied_to(nodes: Sequence[Node], target: int) -> list[int]:
    """The values without a name that a named one is a function of: of `H = np.tanh(X @ W + b)` what tanh is applied
    to, whose gradient many call dH. A factor or a sign makes no function of its own."""
    found: dict[int, bool] = {target: False}
    waiting = [target] if nodes[target].name is not None else []
    while waiting and len(found) <= INNER:
        i = waiting.pop(0)
        bent = found[i] or not _is_straight(nodes[i].op)
        new = [j for j in nodes[i].inputs if nodes[j].name is None and nodes[j].inputs and j not in found]
        found |= dict.fromkeys(new, bent)
        waiting += new
    return [i for i, bent in found.items() if bent and not nodes[i].op.is_negative]


def shown_by(nodes: Sequence[Node], target: int) -> list[int]:
    """The values without a name that a named one shows in another shape: E[ids] in `E[ids].reshape(n, -1)`."""
    found = [target]
    while nodes[found[-1]].op.view is not None and nodes[nodes[found[-1]].inputs[0]].name is None:
        found.append(nodes[found[-1]].inputs[0])
    return found[1:]


def parts_before(nodes: Sequence[Node], target: int) -> dict[int, bool]:
    """The values that a named one is computed from, up to those that have a name of their own, and whether a
    function stands between. An older value of the same name, `S[mask] = -1e9`, is looked through."""
    name = nodes[target].name
    found: dict[int, bool] = {}
    waiting = [(target, False)] if name is not None else []
    while waiting and len(found) < INNER:
        at, bent = waiting.pop(0)
        bent = bent or not (_is_straight(nodes[at].op) or nodes[at].op.chooses)
        new = [i for i in nodes[at].inputs if nodes[i].inputs and i not in found]
        found |= dict.fromkeys(new, bent)
        waiting += [(i, bent) for i in new if nodes[i].name in (None, name)]
    return found


def is_difference_quotient(nodes: Sequence[Node], at: int) -> bool:
    """Whether a value is written as (f(a) - f(b)) / c: both terms come from the same place of the text, or from one
    function of NumPy."""
    if not nodes[at].op.is_quotient:
        return False
    top = nodes[nodes[at].inputs[0]]
    if not top.op.is_difference:
        return False
    one, other = (nodes[i] for i in top.inputs)
    same = one.op is other.op and bool(one.inputs) and one is not other
    return same and (one.span == other.span or len(one.inputs) == 1)


def _is_straight(op: Op) -> bool:
    """Whether it is no function that a unit applies: it adds up, scales, or shows the same elements in another way."""
    linear = op.signs or op.powers or op.totals or op.kind == "matmul"
    return bool(linear) or op.view is not None
