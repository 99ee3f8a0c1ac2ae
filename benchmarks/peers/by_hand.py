"""NumPy, or Python floats, written by hand for the one network at hand."""

from typing import Any

from benchmarks.case import Case, Figures, Runner


def prepare(case: Case) -> Runner:
    """Every value, every adjoint, and the messages in a list: Backlit's work."""
    leaves, hand = dict(case.leaves), case.hand

    def figures(result: Any) -> Figures:
        values, grads, _ = result
        found: Figures = {("value", name): value for name, value in zip(hand.values, values, strict=True)}
        found.update({("grad", name): grad for name, grad in zip(hand.grads, grads, strict=True)})
        return found

    return Runner(lambda: hand.full(**leaves), figures)


def prepare_lean(case: Case) -> Runner:
    """The output and the gradients of the parameters."""
    leaves, hand = dict(case.leaves), case.hand

    def figures(result: Any) -> Figures:
        output, grads = result
        found: Figures = {("grad", name): grad for name, grad in zip(hand.parameters, grads, strict=True)}
        found["value", case.output] = output
        return found

    return Runner(lambda: hand.lean(**leaves), figures)
