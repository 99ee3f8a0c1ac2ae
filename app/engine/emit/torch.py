"""PyTorch: the program has the forward pass, and autograd computes the gradients."""

from __future__ import annotations

from app.engine.emit.custom_rules import CUSTOM_NAMES, CustomRules, comments_on_differences
from app.engine.emit.literals import array_text, float_text, seed_text
from app.engine.emit.page import Emitted, Page, Tie
from app.engine.emit.walk import Walk
from app.engine.execution.plan import Trace
from app.engine.ops.dialects import TORCH
from app.engine.ops.helpers import TORCH_HELPERS
from app.engine.ops.word import ATOM
from app.engine.program import Value

RESERVED = frozenset({"torch", "value", *TORCH_HELPERS, *CUSTOM_NAMES})
"""Names that no value may have."""


def emit_torch(run: Trace) -> Emitted:
    """The program in PyTorch, in float64. It defines every name and its gradient: `W1`, `dW1`.

    PyTorch discards the gradients of intermediate values unless `retain_grad` is called; a value that depends on
    nothing with a gradient needs `requires_grad_`.
    """
    custom = CustomRules(TORCH)
    walk, page = Walk(run, TORCH, RESERVED, copy="{0}.clone()", custom=custom), Page()
    tracked: set[int] = set()
    page.section("Values")
    for i in walk.leaves():
        wanted = walk.has_gradient(i)
        if wanted:
            tracked.add(i)
        name = walk.names[i]
        page.write(f"{name} = {literal(walk.value(i), wanted)}", Tie(walk.node(i).id, "forward", name))
    page.section("Forward pass")
    kept = []
    for step in walk.steps():
        follows = _track(walk, (*step.parts, step.at), tracked)
        code = step.code
        if walk.has_gradient(step.at):
            if follows:
                kept.append(step.name)
            else:
                code = f"{step.within(ATOM)}.requires_grad_()"
                tracked.add(step.at)
        page.write(f"{step.name} = {code}", *walk.ties(step))
    if kept:
        page.write("")
        page.write("# Keep the gradients of these, too")
        page.listing("for value in (", [f"{kept[0]},"] if len(kept) == 1 else kept, "):")
        page.write("    value.retain_grad()")
    page.section("Backward pass")
    output, seed = walk.names[walk.schedule.output], run.seed
    page.write(f"{output}.backward({'' if isinstance(seed, float) and seed == 1.0 else _seed(seed)})")
    for i in walk.with_gradient():
        page.write(f"{walk.gradients[i]} = {walk.names[i]}.grad", *walk.gradient_ties(i))
    setup = ["import torch", "", "torch.set_default_dtype(torch.float64)", *comments_on_differences(run, flushes=False)]
    return page.finish(setup, {**TORCH_HELPERS, **custom.sources})


def _track(walk: Walk, nodes: tuple[int, ...], tracked: set[int]) -> bool:
    """Adds to `tracked` the nodes that autograd tracks. Returns whether it tracks the last of `nodes`."""
    follows = False
    for i in nodes:
        rule = walk.schedule.rules[i]
        assert rule is not None
        follows = any(j in tracked and rule.carries(slot) for slot, j in enumerate(walk.schedule.inputs[i]))
        if follows:
            tracked.add(i)
    return follows


def _seed(seed: Value) -> str:
    text = seed_text(seed, "torch", "torch.tensor")
    return f"torch.tensor({text})" if isinstance(seed, float) else text


def literal(value: Value, wanted: bool) -> str:
    """A value as a tensor. wanted: whether it gets a gradient."""
    option = ", requires_grad=True" if wanted else ""
    if isinstance(value, float):
        return f"torch.tensor({float_text(value, 'torch')}{option})"
    return array_text(value, "torch", "torch.tensor", option)
