"""Gradients by their names that do not say of what: `delta3`, `do_raw`, `g`, `d_loss__d_w_out`.

They may be gradients of a value without a name, or of one that is called otherwise. What is told of them is what they
are found to equal, so that a wrong one is not told.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.naming import abbreviates, of_parameter, plain, targets
from app.engine.interpreter.values import Ref, node_of
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.expression import Shape
from app.engine.program import Manual, Node, ancestors

_NAMES = re.compile(r"d_\w+|d[A-Z]\w*|d\d+|(delta|nabla|del)_?\w*|\w*grad\w*|g|g_?[A-Z]\w*|g_\w+|\w+_(bar|delta)")
_BEFORE = re.compile(r"(?:d_?|delta_?)(?P<of>\w+?)_?(?:raw|pre(?!v)\w*|net|in|input|z|logits?)\d*")
"""Names of gradients before a function is applied: `do_raw`, beside `o = sigmoid(W @ x)`."""
_SAID = re.compile(r"grad(ient)?")
_DIGITS = re.compile(r"\d+$")
_SHORT = 4
"""Letters of a name up to which it is no beginning of another one."""
_LINES = 60
"""Lines of a text whose gradients are looked for, at most."""
_CANDIDATES = 24
"""Values that one of them is held against, at most."""
_BEHIND = 12
"""Nodes without a name behind a named one that its function may be applied to."""


def unaimed_stored(interpreter: Interpreter, name: str, value: Ref, *, said: bool = False) -> None:
    """Notes a line that gives a gradient by its name a value, and not of what. said: whether its name is that of a
    gradient, as there is something that it is called after."""
    node = interpreter.graph.nodes[value.index]
    # `dx2, dw2, db2 = backward(dout, cache)`, of a layer that calls its input x.
    handed = value.index in interpreter.training.former
    plainly = name.rstrip("0123456789") if handed and name[:1] == "d" else name
    if not (
        said or _looks_like_one(name, interpreter.graph.named) or _looks_like_one(plainly, interpreter.graph.named)
    ):
        return
    if node.span is None or not node.inputs or node.kind != "float":
        return
    key = name, node.span.line
    made = Manual(name, value.index, value.index, node.span.line)
    first = interpreter.training.unaimed.get(key, (made, made))[0]
    interpreter.training.unaimed[key] = first, made


def abbreviated(interpreter: Interpreter, name: str, value: Ref) -> Ref | None:
    """The only leaf of its shape whose name a gradient's name has in part: `outsideVectors` for `gradOutsideVecs`."""
    graph = interpreter.graph
    wanted = [target for target, of in targets(name) if of is None]
    alike = [
        node_of(held)
        for other, held in interpreter.globals.names.items()
        if wanted and any(abbreviates(target, other) for target in wanted)
    ]
    leaves = [held for held in alike if held is not None and graph.nodes[held.index].op is INPUT and held is not value]
    found = [held for held in leaves if graph.shapes[held.index] == graph.shapes[value.index]]
    return found[0] if len(found) == 1 else None


def _looks_like_one(name: str, named: Collection[str]) -> bool:
    """Whether a name is that of a gradient. named: the names of values that there are: `dsq` is one where there is a
    `sq` anywhere, and so is `dx_alt` where there is an `x`."""
    if _NAMES.fullmatch(name) or _BEFORE.fullmatch(name) or (of_parameter(name) in named):
        return True
    if name[0] != "d" or len(name) == 1:
        return False
    longer = f"{name[1:]}_"
    if len(name) > _SHORT and any(each.startswith(longer) for each in named):
        # `dhidden`, beside hidden_layer
        return True
    return any(each in named for each in (name[1:], name[1:].split("_", maxsplit=1)[0]))


def may_be_gradient(interpreter: Interpreter, name: str) -> bool:
    """Whether a name may be that of a gradient, aimed or not."""
    return bool(targets(name)) or _looks_like_one(name, interpreter.graph.named)


def unaimed(interpreter: Interpreter, graded: list[Manual], used: bytearray, end: int) -> list[Manual]:
    """The lines that have no target, or none that is certain, with the values that each may be a gradient of. graded:
    those that have one; used: the nodes that lead to the output, node `end`."""
    graph = interpreter.graph
    aimed, lines = {m.node for m in graded}, {(m.name, m.line) for m in graded if m.certain}
    nodes = tuple(graph.nodes)
    by_shape: dict[Shape, list[int]] = {}
    for i, node in enumerate(nodes):
        if used[i] and node.op is not CONSTANT and i != end:
            by_shape.setdefault(graph.shapes[i], []).append(i)
    result: list[Manual] = []
    for first, last in interpreter.training.unaimed.values():
        # A function that is called again by a numerical check was called first for the output.
        made = first if first.node > end else last
        # `dC_db3 = delta3` tells of one value under two names, each of which may say of what it is a gradient.
        own = plain(nodes[made.node].name or "")
        again = (made.name, made.line) in lines or (made.node in aimed and own != made.name)
        if used[made.node] or again or len(result) == _LINES:
            continue
        found = _likeliest(nodes, made.name, by_shape.get(graph.shapes[made.node], []))
        if found:
            only = _only_leaf(nodes, made, found, end)
            target = found[0] if only is None else only
            # `dhpre`, beside h = np.tanh(x @ W): whether it is wrong other lines settle.
            before = _BEFORE.fullmatch(made.name)
            said = before is not None and target in _without_name(nodes, before["of"])
            result.append(replace(made, target=target, among=found, certain=only is not None, by_others=said))
    return sorted(result, key=lambda m: m.line)


def _only_leaf(nodes: tuple[Node, ...], made: Manual, found: tuple[int, ...], end: int) -> int | None:
    """The leaf that a `grad` of the top level can only be the gradient of, as no other one has its shape, or `gw`, as
    it is called after it; None where there are several, or where it comes from the output's own formula, as a finite
    difference does."""
    leaves = [i for i in found if nodes[i].op is INPUT]
    parameter = of_parameter(made.name)
    if parameter is not None:
        leaves = [i for i in leaves if nodes[i].name == parameter]
    said = parameter is not None or _SAID.fullmatch(made.name)
    if len(leaves) != 1 or not said or "." in nodes[made.node].id or made.node < end:
        return None
    behind = ancestors(nodes, [made.node])
    formula = nodes[end].span
    differs = any(behind[i] and node.span == formula for i, node in enumerate(nodes[: made.node]))
    return None if differs or not behind[leaves[0]] else leaves[0]


def _likeliest(nodes: tuple[Node, ...], name: str, indices: list[int]) -> tuple[int, ...]:
    """Of these nodes those that a gradient of this name may be one of, the likeliest first: what the function of a
    named value is applied to, named values with the same number, other named values, what has no name; of each kind
    the last."""
    before = _BEFORE.fullmatch(name)
    applied = set[int]() if before is None else _without_name(nodes, before["of"])
    number = _DIGITS.search(name)

    def rank(index: int) -> tuple[bool, bool, bool, int]:
        own = plain(nodes[index].name or "")
        same = number is not None and own.endswith(number[0])
        return index in applied, same, own != "", index

    return tuple(sorted(indices, key=rank, reverse=True)[:_CANDIDATES])


def _without_name(nodes: tuple[Node, ...], name: str) -> set[int]:
    """The nodes without a name that lead to the last value of this name through no named one."""
    named = next((i for i in range(len(nodes) - 1, -1, -1) if plain(nodes[i].name or "") == name), None)
    found: set[int] = set()
    waiting = [] if named is None else [named]
    while waiting and len(found) < _BEHIND:
        new = [i for i in nodes[waiting.pop(0)].inputs if nodes[i].name is None and i not in found]
        found.update(new)
        waiting += new
    return found
