"""The same loop in NumPy, written by hand."""

from typing import Any

from benchmarks.by_hand.training import RULES
from benchmarks.case import Runner
from benchmarks.training_cases import STEPS, Training


def prepare(case: Training) -> Runner:
    """Updates in place."""
    data, loss_and_gradients = list(case.data.values()), case.hand

    def steps() -> Any:
        weights = [w.copy() for w in case.parameters.values()]
        move = RULES[case.optimizer](weights, **case.settings)
        for _ in range(STEPS):
            _, gradients = loss_and_gradients(*data, *weights)
            move(gradients)
        return weights

    return Runner(steps, lambda weights: {("value", "loss"): loss_and_gradients(*data, *weights)[0]})
