"""JAX: the forward pass is a function of the inputs, and `jax.vjp` gives its gradients."""

from __future__ import annotations

from app.engine.emit.custom_rules import CUSTOM_NAMES, CustomRules, comments_on_differences
from app.engine.emit.literals import array_text, float_text, seed_text
from app.engine.emit.page import Emitted, Page, Tie
from app.engine.emit.walk import Step, Walk
from app.engine.execution.plan import Trace
from app.engine.ops.dialects import JAX
from app.engine.ops.helpers import JAX_HELPERS
from app.engine.ops.word import SUM
from app.engine.program import Value

RESERVED = frozenset({"jax", "jnp", "forward", "nudge", "grads", "pull_back", *JAX_HELPERS, *CUSTOM_NAMES})
"""Names that no value may have."""


def emit_jax(run: Trace) -> Emitted:
    """The program in JAX, in float64. It defines every name and its gradient: `W1`, `dW1`.

    JAX differentiates with respect to arguments only. So a nudge of zero, which is an argument, is added to every
    intermediate value: the gradient of the nudge is the gradient of the value.
    """
    custom = CustomRules(JAX)
    walk, page = Walk(run, JAX, RESERVED, custom=custom), Page()
    schedule = walk.schedule
    page.section("Values")
    arguments = []
    for i in walk.leaves():
        if walk.has_gradient(i):
            arguments.append(i)
        name = walk.names[i]
        page.write(f"{name} = {literal(walk.value(i))}", Tie(walk.node(i).id, "forward", name))
    page.section("Forward pass")
    steps = list(walk.steps())
    nudged = [step for step in steps if walk.has_gradient(step.at)]
    moved = {step.at for step in nudged}
    taken = [walk.names[i] for i in arguments] + (["nudge"] if nudged else [])
    if nudged:
        page.write("# Each value takes a nudge of zero:")
        page.write("# what moves the nudge moves the value.")
    page.listing("def forward(", taken, "):")
    for step in steps:
        page.write(f"    {step.name} = {_nudged(step) if step.at in moved else step.code}", *walk.ties(step))
    output = walk.names[schedule.output]
    others = [step.name for step in steps if step.at != schedule.output]
    page.listing(f"    return {output}, (", [f"{others[0]},"] if len(others) == 1 else others, ")")
    page.section("Backward pass")
    if nudged:
        zeros = [f'"{step.name}": {_zeros(schedule.shapes[step.at])}' for step in nudged]
        page.listing("nudge = {", zeros, "}")
    held = f"({', '.join(others)}{',' if len(others) == 1 else ''})"
    page.listing(f"{output}, pull_back, {held} = jax.vjp(", ["forward", *taken, "has_aux=True"], ")")
    page.write(f"grads = pull_back({_seed(run.seed)})")
    places = {i: f"grads[{place}]" for place, i in enumerate(arguments)}
    places |= {step.at: f'grads[-1]["{step.name}"]' for step in nudged}
    for i in walk.with_gradient():
        page.write(f"{walk.gradients[i]} = {places[i]}", *walk.gradient_ties(i))
    setup = ["import jax", "import jax.numpy as jnp", "", 'jax.config.update("jax_enable_x64", True)']
    return page.finish([*setup, *comments_on_differences(run, flushes=True)], {**JAX_HELPERS, **custom.sources})


def _nudged(step: Step) -> str:
    return f'{step.within(SUM)} + nudge["{step.name}"]'


def _zeros(shape: tuple[int, ...]) -> str:
    return f"jnp.zeros({shape})" if shape else "0.0"


def _seed(seed: Value) -> str:
    text = seed_text(seed, "jnp", "jnp.array")
    return f"jnp.array({text})" if isinstance(seed, float) else text


def literal(value: Value) -> str:
    """A value as a JAX array."""
    if isinstance(value, float):
        return f"jnp.array({float_text(value, 'jnp')})"
    return array_text(value, "jnp", "jnp.array")
