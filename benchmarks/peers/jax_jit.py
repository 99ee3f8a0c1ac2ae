"""JAX, one jitted function for the whole trace, in float64."""

from types import SimpleNamespace
from typing import Any

import jax
import jax.numpy as jnp

from benchmarks.case import Case, Figures, Runner, Skip

jax.config.update("jax_enable_x64", True)

XP = SimpleNamespace(
    mean=jnp.mean, sum=jnp.sum, max=jnp.max, exp=jnp.exp, sqrt=jnp.sqrt, tanh=jnp.tanh, relu=jax.nn.relu
)


def prepare(case: Case) -> Runner:
    """Every value and every adjoint come back. A zero is added at each tap: its gradient is the adjoint there.

    The zeros are constants inside the jitted function, so XLA removes the additions.
    """
    _may_run(case)
    leaves = {name: jnp.asarray(value, dtype=jnp.float64) for name, value in case.leaves.items()}

    def forward(leaves: dict[str, Any], zeros: dict[str, Any] | None) -> tuple[Any, dict[str, Any]]:
        values: dict[str, Any] = {}

        def tap(name: str, value: Any) -> Any:
            values[name] = value if zeros is None else value + zeros[name]
            return values[name]

        return case.formula(XP, tap, **leaves), values

    shapes = jax.eval_shape(lambda leaves: forward(leaves, None)[1], leaves)

    def everything(leaves: dict[str, Any]) -> Any:
        zeros = {name: jnp.zeros(shape.shape, shape.dtype) for name, shape in shapes.items()}
        output, back, values = jax.vjp(forward, leaves, zeros, has_aux=True)
        return values, back(jnp.ones_like(output))

    compiled = jax.jit(everything)

    def figures(result: Any) -> Figures:
        values, grads = result
        found: Figures = {("value", name): value for name, value in values.items()}
        for group in grads:
            found.update({("grad", name): grad for name, grad in group.items()})
        return found

    return Runner(lambda: jax.block_until_ready(compiled(leaves)), figures)


def prepare_lean(case: Case) -> Runner:
    """The output and the gradients of the leaves only: what `jax.value_and_grad` is made for."""
    _may_run(case)
    leaves = {name: jnp.asarray(value, dtype=jnp.float64) for name, value in case.leaves.items()}

    def both(leaves: dict[str, Any]) -> Any:
        output, back = jax.vjp(lambda leaves: case.formula(XP, lambda _, value: value, **leaves), leaves)
        return output, back(jnp.ones_like(output))[0]

    compiled = jax.jit(both)

    def figures(result: Any) -> Figures:
        output, grads = result
        return {("value", case.output): output, **{("grad", name): grad for name, grad in grads.items()}}

    return Runner(lambda: jax.block_until_ready(compiled(leaves)), figures)


def _may_run(case: Case) -> None:
    if "JAX jit" in case.skip:
        raise Skip(case.skip["JAX jit"])
