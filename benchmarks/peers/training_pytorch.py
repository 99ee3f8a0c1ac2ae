"""The same loop in PyTorch: eager mode, `torch.optim`, float64, one thread."""

from typing import Any

import torch

from benchmarks.case import Runner
from benchmarks.training_cases import STEPS, Training

torch.set_num_threads(1)

RULES = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}


def prepare(case: Training) -> Runner:
    """Autograd and the optimizer of the library."""
    data = [torch.tensor(value) for value in case.data.values()]

    def steps() -> Any:
        weights = [torch.tensor(value, requires_grad=True) for value in case.parameters.values()]
        optimizer = RULES[case.optimizer](weights, **case.settings)
        for _ in range(STEPS):
            optimizer.zero_grad()
            case.formula(torch, *data, *weights).backward()
            optimizer.step()
        return weights

    return Runner(steps, lambda weights: {("value", "loss"): case.formula(torch, *data, *weights).item()})
