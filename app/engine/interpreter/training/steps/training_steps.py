"""Training steps: where a turn ends and the next one begins.

`W -= lr * dW` gives W a new value that gradients were used for. From there W is a leaf again, with that value: the next
turn is not differentiated through this one. What is shown is the last turn; earlier ones are computed.
"""

from __future__ import annotations

import ast
import re
from collections import deque
from collections.abc import Sequence
from typing import Any

from app.engine.interpreter.graph.storage import shown_as, store
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.sequences import frozen
from app.engine.interpreter.training.forms.accumulations import adds_up
from app.engine.interpreter.training.forms.array_parts import is_part, leads, part_of
from app.engine.interpreter.training.forms.beginnings import beginning, counterparts, namesake, summands
from app.engine.interpreter.training.forms.corrections import corrects, is_decided
from app.engine.interpreter.training.forms.descents import decayed, descends, goes_on, is_square, may_be_rate, scaled
from app.engine.interpreter.training.forms.projections import goes_on_from, inner_step
from app.engine.interpreter.training.gradients.own_gradients import stepped
from app.engine.interpreter.training.naming import BARE, RATES, called, plain, stem, targets, tells_of
from app.engine.interpreter.values import Address, Literal, Memory, Ref
from app.engine.ops import CONSTANT, INPUT, Op
from app.engine.program import NO_GROUP, Guard, Node

_GRADIENT = re.compile(r"d[A-Z_]\w*|d[a-z]\d*|d[a-z]+\d+|\w*grad\w*|\w*delta\w*|∇\w*")
_CALLED = re.compile(r"(\w+[._])?(grad|gradient)s?")
"""Functions that return a gradient, whatever it is called then: `g = gradient(beta)`."""
_CARRIED = re.compile(r"d\w*_?(next|prev)\w*")
"""Names of gradients that go back through time: `dc_next = dc * f`."""
_SEARCHED = 400
"""Nodes behind an update that are searched for a gradient."""


def may_step(op: Op) -> bool:
    """Whether it may make a training step; the result of any other begins nothing."""
    return op.is_sum or op.stores


def begins(interpreter: Interpreter, before: Any, after: Ref, where: ast.AST, *, in_place: bool) -> Ref | None:
    """The new leaf, if `after` is a training step of the leaf `before`; None where it is something else."""
    if not may_step(interpreter.graph.nodes[after.index].op):
        return _mapped(interpreter, before, after, where, in_place=in_place)
    name = where.id if type(where) is ast.Name else ""
    if before is None and name:
        before = namesake(interpreter, after, name)
    if before is None:
        return None
    # The line of its span, which few of these are asked for.
    line = where.lineno  # type: ignore[attr-defined]
    old = _step_from(interpreter, before, after, name, line, in_place=in_place)
    return None if old is None else _begun(interpreter, old, after, where, _place(interpreter, old, after, in_place))


def may_begin(interpreter: Interpreter, before: Any, after: int) -> bool:
    """Whether node `after`, which a name gets in place of `before`, is looked at for a training step."""
    nodes = interpreter.graph.nodes
    return may_step(nodes[after].op) or (type(before) is Ref and nodes[before.index].op is INPUT)


def _mapped(interpreter: Interpreter, before: Any, after: Ref, where: ast.AST, *, in_place: bool) -> Ref | None:
    """The new leaf, if `after` is computed from a training step of the leaf `before` alone, or from that leaf where a
    step has just made it: `x = np.clip(x - lr * g, 0, 1)`; `w /= np.linalg.norm(w)`."""
    graph = interpreter.graph
    if type(before) is not Ref or graph.given is None or interpreter.foreign is not None:
        return None
    old, new = before.index, after.index
    shapes = graph.shapes
    if graph.nodes[old].op is not INPUT or new <= old or shapes[old] != shapes[new] or before.view is not None:
        return None
    if _CARRIED.fullmatch(stem(graph.nodes[old].name or "")):
        return None
    lessened = old in interpreter.training.origins and decayed(interpreter, new, old)
    if lessened or goes_on_from(interpreter, old, new):
        return _begun(interpreter, before, after, where, _place(interpreter, before, after, in_place), follows=None)
    step = inner_step(interpreter, old, new)
    if step is None or not _is_step(interpreter, old, step, in_place=False):
        return None
    interpreter.training.mapped.add(old)
    return _begun(interpreter, before, after, where, _place(interpreter, before, after, in_place), follows=step)


def begins_late(interpreter: Interpreter, before: Any, after: Ref, where: ast.AST) -> Ref | None:
    """The new leaf of `w = w_new`, where `w_new` is a training step of what w has held until now; else None."""
    if type(before) is Ref and before.index == after.index:
        return None
    if not may_step(interpreter.graph.nodes[after.index].op):
        return None
    name = where.id if isinstance(where, ast.Name) else ""
    old = _step_from(interpreter, before, after, name, interpreter.span(where).line, in_place=False)
    if old is None:
        return None
    first = interpreter.graph.nodes[old.index]
    place = Address(interpreter.graph.again(first.id), first.name) if first.op is INPUT and first.name else None
    # The name w_new goes on to show the step itself.
    held = Ref(after.index, boxed=after.boxed, python=after.python)
    return _begun(interpreter, old, held, where, place or Address(interpreter.graph.unique(name), name))


def begin_part(interpreter: Interpreter, whole: Ref, old: int, where: ast.AST) -> None:
    """`W[i] -= lr * g` has been stored: all of W begins anew, where that was a training step of a part of it. old: the
    node of W before."""
    graph = interpreter.graph
    new = whole.index
    if new == old or graph.nodes[old].op is not INPUT or (part := part_of(graph.nodes, old, new)) is None:
        return
    # What only adds up, as a gradient does row by row, leads to nothing of what it gets.
    added = summands(graph.nodes, part)
    if not leads(interpreter, old, added) and not is_decided(interpreter, old, new, added):
        return
    begun = begins(interpreter, Ref(old), Ref(new), where, in_place=True)
    if begun is not None:
        store(graph, whole, begun.index, interpreter.span(where))


def begin_added(interpreter: Interpreter, whole: Ref, old: int, where: ast.AST) -> None:
    """`np.add.at(W, ids, -lr * g)` has been computed: W begins anew, where that was a training step. old: the node of W
    before."""
    graph = interpreter.graph
    new = whole.index
    if graph.nodes[new].op.indexed == "add" and graph.nodes[new].inputs[0] == old:
        before = _step_from(interpreter, Ref(old), Ref(new), "", interpreter.span(where).line, in_place=True)
        if before is not None:
            first = graph.nodes[old]
            place = Address(graph.again(first.id), first.name or "W")
            store(graph, whole, _begun(interpreter, before, Ref(new), where, place).index, interpreter.span(where))


def begin_items(interpreter: Interpreter, before: Any, after: Any, address: Address, where: ast.AST) -> None:
    """`weights = [w - lr * g for w, g in zip(weights, grads)]`: the items of a list begin anew, where each of them is a
    training step of the item that stood in its place."""
    if interpreter.graph.given is None or interpreter.foreign is not None:
        return
    name = plain(address.name)
    steps: list[tuple[Any, Any, Ref, Address]] = []
    for found in counterparts(before, after, address):
        if found is None:
            return
        items, key, old, own = found
        new = items[key]
        if steps and (new is old or (type(new) is type(old) and new == old)):
            continue
        begun = _step_from(interpreter, old, new, name, None, in_place=False) if type(new) is Ref else None
        if begun is None:
            return
        steps.append((items, key, begun, own))
    for items, key, old, own in steps:
        first = interpreter.graph.nodes[old.index]
        if first.op is INPUT and first.name:
            place = Address(interpreter.graph.again(first.id), first.name)
        else:
            place = Address(interpreter.graph.unique(own.id), own.name)
        made = _begun(interpreter, old, items[key], where, place)
        if isinstance(items, tuple):
            shown_as(interpreter.graph, items[key], made, interpreter.span(where))
        else:
            items[key] = made


def _step_from(
    interpreter: Interpreter, before: Any, after: Ref, name: str, line: int | None, *, in_place: bool
) -> Ref | None:
    """The leaf that `after` is a training step of, given what its place held before; None where it is no such. name,
    line: see `beginning`."""
    if before is None or interpreter.graph.given is None or interpreter.foreign is not None:
        return None
    if type(before) is Ref and adds_up(interpreter, before.index, after.index):
        return None
    old = beginning(interpreter, before, after, name, line)
    return old if old is not None and _is_step(interpreter, old.index, after.index, in_place=in_place) else None


def _place(interpreter: Interpreter, before: Ref, after: Ref, in_place: bool) -> Address:
    """The id and the name of the leaf that a step makes."""
    nodes = interpreter.graph.nodes
    first, node = nodes[before.index], nodes[after.index]
    if in_place and first.op is INPUT and first.name and first.name != node.name:
        # `for param in params: param -= ...` changes W1, whatever it is called there.
        return Address(interpreter.graph.again(first.id), first.name)
    return Address(node.id, node.name or first.name or "W")


def _begun(
    interpreter: Interpreter, before: Ref, after: Ref, where: ast.AST, place: Address, *, follows: int | None = -1
) -> Ref:
    """The leaf, called as `place` says, that the step `after` has made of the leaf `before`. follows: the node of the
    step, where that is another one; None where no gradient was followed."""
    graph = interpreter.graph
    old, new = before.index, after.index
    held = Literal(frozen(graph.value(new)), graph.nodes[new].kind)
    depends(interpreter, new, interpreter.span(where).line)
    if graph.nodes[old].op is INPUT and follows is not None:
        step = new if follows < 0 else follows
        part = part_of(graph.nodes, old, step)
        # What a part follows is no gradient of the whole: it is told where it is found to be right alone.
        stepped(interpreter, old, step if part is None else part, whole=part is None)
    graph.rename(after, graph.unique(f"{place.id}.step"), "")
    made = graph.input(place.id, place.name, held, interpreter.span(where))
    made.boxed, made.python = before.boxed or after.boxed, before.python and after.python
    graph.tensors.like(made.index, new)
    interpreter.training.origins[made.index] = new
    becomes(interpreter, old, made.index)
    interpreter.next_turn(interpreter.span(where))
    return made


def begin_tensor(interpreter: Interpreter, memory: Memory, old: int, where: ast.AST) -> None:
    """A leaf of PyTorch has been stored into, which ends a turn: it begins anew with what its buffer holds now. old:
    its node before."""
    graph, new = interpreter.graph, memory.index
    first = graph.nodes[old]
    place = Address(graph.again(first.id), first.name or "w")
    made = _begun(interpreter, Ref(old, boxed=True), Ref(new, boxed=True), where, place, follows=None)
    graph.tensors.like(made.index, old)
    memory.index = made.index
    memory.version += 1


def becomes(interpreter: Interpreter, old: int, new: int) -> None:
    """Leaf `old` is leaf `new` from now on."""
    training = interpreter.training
    training.successors[old], training.predecessors[new] = new, old
    first = training.firsts[new] = training.firsts.pop(old, old)
    training.versions[first] = new


def _is_step(interpreter: Interpreter, old: int, new: int, *, in_place: bool) -> bool:
    """Whether node `new` is the leaf `old` with something added or taken away that a gradient leads to."""
    nodes = interpreter.graph.nodes
    node, base = nodes[new], old
    part = part_of(nodes, old, new)
    if part is not None:
        new, node = part, nodes[part]
        base = next((i for i in summands(nodes, new) if is_part(nodes, i, old)), new)
    if not node.op.is_sum and node.op.indexed != "add":
        return False
    added = [old, node.inputs[1]] if node.op.indexed == "add" and node.inputs[0] == old else summands(nodes, new)
    if base not in added:
        # `(1 - lr * decay) * w - lr * dw`
        base = next((i for i in added if decayed(interpreter, i, base)), -1)
    if base < 0:
        return False
    if interpreter.graph.shapes[new] != interpreter.graph.shapes[base] or goes_on(interpreter, old, new):
        return False
    others = [i for i in added if i != base]
    if all(is_square(nodes, i) for i in others):
        # `G += grad ** 2` is what an optimizer remembers.
        return False
    said, depends, error, bare = _behind(interpreter, old, node, others)
    if said:
        return True
    # `u[1:] -= 0.1 * (u[1:] - u[:-1])` goes on in time: a step of a part needs a rate, a gradient's name or an error.
    if not depends or part is not None:
        return (depends and corrects(interpreter, old, new, others)) or is_decided(interpreter, old, new, others)
    if (bare and node.op.is_difference) or descends(interpreter, old, new, error=error):
        return True
    return in_place and _is_plain_step(nodes, node, others, error=error)


def _behind(interpreter: Interpreter, old: int, node: Node, added: Sequence[int]) -> tuple[bool, bool, bool, bool]:
    """What is found behind the summands of a step of the leaf `old`: whether a name says that it is one; whether they
    are computed from the leaf; whether a difference is among it; and a value that is called a gradient of anything."""
    nodes = interpreter.graph.nodes
    # The nearest ones first: a rate stands before the long sum that it is multiplied by.
    waiting = deque((i, node) for i in added)
    seen: set[int] = set()
    # `dt = 0.1` of an integration is a number of its own, `dw = x` a gradient.
    lines = [m for lines in interpreter.training.manual.values() for m in lines.values()]
    graded = {m.node for m in lines if nodes[m.node].inputs or nodes[m.node].name != m.name}
    own = called(nodes[old].name or node.name or "")
    owner = (nodes[old].name or "").rpartition(".")[0]
    # `p.v -= rate * p.d`: an object that holds a value and its gradient.
    beside = {f"{owner}.{word}" for word in ("d", "g", "grad", "gradient", "delta", "diff")} if owner else set()
    depends, error, bare = False, False, False
    while waiting and len(seen) < _SEARCHED:
        i, user = waiting.popleft()
        if i in seen:
            continue
        seen.add(i)
        each = nodes[i]
        if i == old:
            depends = True
            continue
        if RATES.fullmatch(each.name or "") and not may_be_rate(interpreter, user, i):
            waiting += [(j, each) for j in each.inputs]
            continue
        said = i in interpreter.training.given or i in graded or _is_gradient(interpreter, each, own, node.group)
        if said or (each.inputs and each.name in beside):
            return True, depends, error, bare
        bare = bare or (bool(each.inputs) and BARE.fullmatch(stem(each.name or "")) is not None)
        error = error or (each.op.is_difference and nodes[each.inputs[0]].op is not CONSTANT)
        waiting += [(j, each) for j in each.inputs]
    return False, depends, error, bare


def _is_plain_step(nodes: Sequence[Node], node: Node, added: Sequence[int], *, error: bool) -> bool:
    """Whether `W -= v` is a step by what v is: a small multiple of something; or, for `W += x.T @ (y - out)`, an error
    that W leads to, times what W was multiplied by. added: what the node adds."""
    if node.op.is_difference:
        return any(scaled(nodes, i) for i in added)
    return error and any(nodes[i].op.kind == "matmul" for i in added)


def _is_gradient(interpreter: Interpreter, node: Node, own: Any, around: int) -> bool:
    """Whether a node is a learning rate or a gradient by its name, or by that of the function that returned it. own:
    what the leaf is called. around: the group of the step."""
    name = node.name or ""
    if RATES.fullmatch(name):
        return True
    if node.group not in (around, NO_GROUP) and _CALLED.fullmatch(interpreter.graph.groups[node.group].name):
        return True
    if not node.inputs:
        return False
    if _GRADIENT.fullmatch(stem(name)) and _known(interpreter, name):
        return True
    return tells_of(stem(name), own)


def _known(interpreter: Interpreter, name: str) -> bool:
    """Whether a name like a gradient's is one: of something that there is, or by its words."""
    word = stem(name)
    if "grad" in word or "delta" in word:
        return True
    return any(target in interpreter.graph.named for target, _ in targets(word))


def depends(interpreter: Interpreter, new: int, line: int) -> None:
    """The value of a node is settled: it holds for these values of the inputs before it, back to the last step."""
    graph, walked = interpreter.graph, interpreter.training.walked
    waiting = [new]
    while waiting:
        i = waiting.pop()
        if i in walked:
            continue
        walked.add(i)
        node = graph.nodes[i]
        if node.op is INPUT:
            interpreter.guards.setdefault((i, "begins"), Guard(i, "begins", graph.value(i), line))
        waiting += node.inputs
