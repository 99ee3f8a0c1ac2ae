"""HIPS autograd, with a backward pass that keeps what its own throws away: every adjoint."""

from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import autograd.numpy as anp
from autograd.core import VJPNode, add_outgrads
from autograd.tracer import getval, new_box, trace_stack
from autograd.util import toposort

from benchmarks.case import Case, Figures, Runner

node_of = attrgetter("_node")

XP = SimpleNamespace(
    mean=anp.mean,
    sum=anp.sum,
    max=anp.max,
    exp=anp.exp,
    sqrt=anp.sqrt,
    tanh=anp.tanh,
    relu=lambda value: anp.maximum(value, 0.0),
)


def prepare(case: Case) -> Runner:
    """Values and adjoints of every tap and leaf, through autograd's own nodes and rules."""

    def step() -> tuple[dict[str, Any], dict[Any, Any]]:
        with trace_stack.new_trace() as level:
            boxes = {name: new_box(value, level, VJPNode.new_root()) for name, value in case.leaves.items()}

            def tap(name: str, box: Any) -> Any:
                boxes[name] = box
                return box

            output = case.formula(XP, tap, **dict(boxes))
        return boxes, _adjoints(output)

    def figures(result: Any) -> Figures:
        boxes, adjoints = result
        found: Figures = {("value", name): getval(box) for name, box in boxes.items()}
        found.update({("grad", name): adjoints[node_of(box)] for name, box in boxes.items()})
        return found

    return Runner(step, figures)


def _adjoints(output: Any) -> dict[Any, Any]:
    kept: dict[Any, Any] = {node_of(output): (anp.ones_like(getval(output)), False)}
    for node in toposort(node_of(output)):
        for parent, message in zip(node.parents, node.vjp(kept[node][0]), strict=True):
            kept[parent] = add_outgrads(kept.get(parent), message)
    return {node: adjoint for node, (adjoint, _) in kept.items()}
