"""PyTorch in eager mode, float64, one thread."""

from types import SimpleNamespace
from typing import Any

import torch

from benchmarks.case import Case, Figures, Runner

torch.set_num_threads(1)

XP = SimpleNamespace(
    mean=torch.mean,
    sum=torch.sum,
    exp=torch.exp,
    sqrt=torch.sqrt,
    tanh=torch.tanh,
    relu=torch.relu,
    max=lambda array, axis, keepdims: torch.amax(array, axis, keepdims),
)


def prepare(case: Case) -> Runner:
    """`retain_grad()` on every intermediate result, because Backlit returns every adjoint."""
    leaves = _leaves(case)

    def step() -> dict[str, Any]:
        for leaf in leaves.values():
            leaf.grad = None
        values: dict[str, Any] = {}

        def tap(name: str, value: Any) -> Any:
            value.retain_grad()
            values[name] = value
            return value

        output = case.formula(XP, tap, **leaves)
        output.backward(torch.ones_like(output))
        return values

    def figures(values: dict[str, Any]) -> Figures:
        found: Figures = {("value", name): value.detach().numpy() for name, value in values.items()}
        for name, value in (leaves | values).items():
            found["grad", name] = value.grad.numpy()
        return found

    return Runner(step, figures)


def prepare_lean(case: Case) -> Runner:
    """The output and the gradients of the leaves only."""
    leaves = _leaves(case)

    def step() -> Any:
        for leaf in leaves.values():
            leaf.grad = None
        output = case.formula(XP, lambda _, value: value, **leaves)
        output.backward(torch.ones_like(output))
        return output

    def figures(output: Any) -> Figures:
        found: Figures = {("grad", name): leaf.grad.numpy() for name, leaf in leaves.items() if leaf.grad is not None}
        found["value", case.output] = output.detach().numpy()
        return found

    return Runner(step, figures)


def _leaves(case: Case) -> dict[str, torch.Tensor]:
    return {name: torch.tensor(value, dtype=torch.float64, requires_grad=True) for name, value in case.leaves.items()}
