"""Which scalar each of the reader's gradients is of. A text may have several parts, each with a forward pass and
gradients of its own: `f = q * z` and `dfdq = z` first, a loss and its dW later.

A name such as `dfdq` says of what. Another gradient is one of the output if its target leads there, else of the last
scalar above it that the target leads to and that no further scalar is computed from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.naming import plain
from app.engine.interpreter.training.reach import (
    is_loss,
    is_some_loss,
    like_gradient,
    reach,
    reach_of_inputs,
    reached,
    single,
)
from app.engine.ops.axes import count
from app.engine.program import Manual, Node, ancestors

_NEAREST = 12
"""Scalars above a gradient that it may be one of, at most."""
_OUTPUTS = 8
"""Other scalars of one text whose gradients are computed, at most."""
_NODES = 1_000
"""Nodes that one of them may be computed from, beside those of the output."""
_SHARE = 16
"""The part of a program's elements that these may have."""


def with_outputs(
    interpreter: Interpreter, manual: Sequence[Manual], end: int, names: Mapping[str, int]
) -> list[Manual]:
    """The gradients, each with the scalar that it is of, where that is not `end`, and those that it may be of. names:
    what the top level holds in the end."""
    nodes = interpreter.graph.nodes
    scalars = _scalars(interpreter, manual) if manual else []
    if all(i == end for i in scalars):
        return list(manual)
    parts = _Parts(interpreter, scalars, end, names)
    return [made for m in manual if nodes[m.target].kind != "bool" for made in parts.of_earlier_turn(parts.placed(m))]


class _Parts:
    """The scalars of a text, and which gradients are theirs."""

    def __init__(self, interpreter: Interpreter, scalars: Sequence[int], end: int, names: Mapping[str, int]) -> None:
        self.interpreter, self.nodes = interpreter, interpreter.graph.nodes
        self.scalars, self.end, self.names = scalars, end, names
        self.used = ancestors(self.nodes, [end])
        training = interpreter.training
        self.trains = bool(training.successors)
        self.turn = training.loops.last_turn(end)
        self.losses = [i for i in scalars if is_some_loss(self.nodes[i])]
        self.steps = ancestors(self.nodes, [*training.origins.values(), *training.successors, *training.predecessors])
        self.led: dict[int, bytearray] = {}
        self.behind: dict[int, bytearray] = {}
        self.whole: dict[int, bool] = {}

    def placed(self, m: Manual) -> Manual:
        """A gradient with its scalar."""
        if m.of is not None and m.of in self.names:
            said = [i for i in self._above(m) if plain(self.nodes[i].name or "") == m.of]
            if said and said[-1] != self.end and self._leads(m.target)[said[-1]] and self._is_whole(said[-1]):
                return self._of(m, said[-1], certain=not self.trains and self._is_total(m.target, said[-1]))
            return m
        if self.trains and (self.used[m.target] or self.steps[m.target] or self.steps[m.node]):
            # It is one of its turn.
            return self._of_another_loss(m)
        leads = self._leads(m.target)
        found = [i for i in self._above(m) if leads[i] and i != m.target][-_NEAREST:]
        ends = [i for i in found if not any(self._behind(j)[i] for j in found if j > i)]
        if self.used[m.target]:
            others = tuple([i for i in reversed(ends) if i != self.end and self._is_whole(i)])
            return replace(m, others=others)
        ends = [i for i in ends if self._is_whole(i)]
        if not ends:
            return m
        losses = [i for i in ends if is_loss(self.nodes[i])]
        last = (losses or ends)[-1]
        made = self._of(m, last, certain=len(ends) == 1 and not self.trains)
        return replace(made, others=tuple([i for i in reversed(ends) if i != last]))

    def _of_another_loss(self, m: Manual) -> Manual:
        """A gradient of a training with the loss of its turn that it is of, where that is not the output: those of a
        generator, beside a discriminator's. It is the last loss above it that its target, as it was then, leads to."""
        target = self._then(m)
        leads = self._leads(target)
        losses = [i for i in self.losses if i < m.node and leads[i] and i != target and not self._adds_up(i)]
        last = losses[-1] if losses else self.end
        nodes = self.nodes
        if last == self.end or plain(nodes[last].name or "") == plain(nodes[self.end].name or ""):
            return m
        if self._behind(self.end)[last] or not is_some_loss(nodes[self.end]) or not self._is_whole(last):
            return m
        return replace(m, target=target, output=last)

    def _adds_up(self, index: int) -> bool:
        """Whether a loss only adds up the output over the turns: `epoch_loss += loss * len(X)`."""
        name = plain(self.nodes[index].name or "")
        before = [i for i in self.nodes[index].inputs if plain(self.nodes[i].name or "") == name]
        return index != self.end and bool(before) and bool(self._behind(index)[self.end])

    def of_earlier_turn(self, m: Manual) -> list[Manual]:
        """A gradient that the last turn has not computed, as under an `if` for some examples: with the examples of the
        last turn it is told only where it is right, and else with the loss of its own turn."""
        if m.output is not None or self.turn is None or m.node >= self.turn[0]:
            return [m]
        end, target = self.nodes[self.end], self._then(m)
        leads = self._leads(target)
        alike = [i for i in self.scalars if i < m.node and leads[i] and self._is_like(i, end)]
        losses = [i for i in alike if self.nodes[i].span == end.span] or alike
        before_steps = m.certain and self.end < self.turn[1] and bool(losses)
        own = [replace(m, target=target, output=losses[-1])] if before_steps and self._is_whole(losses[-1]) else []
        return [replace(m, certain=False), *own]

    def _is_like(self, index: int, end: Node) -> bool:
        """Whether a scalar is the loss of its training, as the output `end` is: of the same line, or called the same
        where that is the name of a loss."""
        node = self.nodes[index]
        return node.span == end.span or (is_some_loss(end) and plain(node.name or "") == plain(end.name or ""))

    def _then(self, m: Manual) -> int:
        """The target of a gradient as it was when that was computed."""
        before, target = self.interpreter.training.predecessors, m.target
        while target > m.node and target in before:
            target = before[target]
        return target

    def _of(self, m: Manual, output: int, *, certain: bool) -> Manual:
        return replace(m, output=output, certain=m.certain and certain)

    def _above(self, m: Manual) -> list[int]:
        """The scalars above the line of a gradient."""
        return [i for i in self.scalars if i != m.node and _line(self.nodes[i]) < m.line]

    def _leads(self, target: int) -> bytearray:
        if target not in self.led:
            self.led[target] = reach(self.nodes, [target])
        return self.led[target]

    def _behind(self, index: int) -> bytearray:
        if index not in self.behind:
            self.behind[index] = ancestors(self.nodes, [index])
        return self.behind[index]

    def _is_total(self, target: int, output: int) -> bool:
        """Whether a quotient such as `dh_dw` can only be the gradient of one number. Where w is used again further on,
        it may be the derivative with the rest held still; that of a matrix of one number, the matrix of a product."""
        if self.interpreter.graph.shapes[output]:
            return False
        behind, leads = self._behind(output), self._leads(target)
        uses = [node.inputs.count(target) for i, node in enumerate(self.nodes[: output + 1]) if behind[i] and leads[i]]
        return sum(uses) == 1

    def _is_whole(self, index: int) -> bool:
        """Whether the gradients of a scalar can be computed: all that it is computed from is kept, and is not too
        much."""
        held = self.whole.get(index)
        if held is None:
            held = sum(self.whole.values()) < _OUTPUTS and self._is_kept(index)
            self.whole[index] = held
        return held

    def _is_kept(self, index: int) -> bool:
        training, graph = self.interpreter.training, self.interpreter.graph
        behind = self._behind(index)
        more = [i for i, needed in enumerate(behind) if needed and not self.used[i]]
        if len(more) > _NODES or sum(count(graph.shapes[i]) for i in more) > graph.limits.total_elements // _SHARE:
            return False
        if any(behind[i] for i in training.cut):
            return False
        marks = reached(self.nodes, index) if training.settled else b""
        return not any(marks[i] for i in training.settled)


def _line(node: Node) -> int:
    return 0 if node.span is None else node.span.line


def _scalars(interpreter: Interpreter, manual: Sequence[Manual]) -> list[int]:
    """The scalars that top-level lines name and that some leaf reaches; none that comes from a gradient."""
    graph = interpreter.graph
    nodes = graph.nodes
    leaves = reach_of_inputs(nodes)
    own = [m.node for m in manual if nodes[m.node].inputs and nodes[m.node].name == m.name]
    theirs = reach(nodes, own, through_masks=True)
    return [
        i
        for i, node in enumerate(nodes)
        if node.name is not None
        and node.inputs
        and leaves[i]
        and not theirs[i]
        and node.kind != "bool"
        and node.span is not None
        and node.id.partition("#")[0] == node.name
        and single(graph.shapes, i)
        and not like_gradient(node.name)
    ]
