"""The default output of a program: the last value of its forward pass.

A pasted program often continues after it: with manual gradients, for names that it has (`dW`, which is graded) and for
others (`dpre`, `dZ1` of a value inside a function), and with a training step (`W -= lr * dW`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.engine.program import Manual, Node, ancestors

_WORDS = ("data", "dist", "diff", "dot", "den", "dec", "div", "det", "drop", "dim", "dup")
"""Prefixes of names that begin with d and are no gradients."""

_NEVER = 1_000_000_000


def default_output(
    nodes: tuple[Node, ...], assigned: Sequence[str], names: Mapping[str, int], manual: Sequence[Manual]
) -> int:
    """The index of the output.

    assigned: the assigned names in the order of their lines, all in `names`; not empty.
    names: name -> index of its node at the end. manual: the manual gradients of names that exist.
    """
    if not manual:
        return names[assigned[-1]]
    lines = {m.name: m.line for m in reversed(manual)}
    leads_to_manual = ancestors(nodes, [m.node for m in manual])
    manual_nodes = {m.node for m in manual if nodes[m.node].name == m.name}
    comes_from_manual = bytearray(len(nodes))
    for i, node in enumerate(nodes):
        comes_from_manual[i] = i in manual_nodes or any(comes_from_manual[j] for j in node.inputs)
    for name in reversed(assigned):
        i = names[name]
        if name in lines:
            continue
        if name[0] == "d" and len(name) > 1 and not name.startswith(_WORDS):
            if leads_to_manual[i] or comes_from_manual[i]:
                continue
        elif nodes[i].id.startswith(f"{name}#") and (
            comes_from_manual[i] or _line(nodes[i]) > lines.get(f"d{name}", _NEVER)
        ):
            # A training step: `W = W - lr * dW`.
            continue
        return i
    forward = [name for name in assigned if name not in lines]
    return names[forward[-1] if forward else assigned[-1]]


def _line(node: Node) -> int:
    return node.span.line if node.span is not None else 0
