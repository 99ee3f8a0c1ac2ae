"""What a network may compute of its inputs before its first layer, each a line of the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feature:
    """title: as a form shows it. line: what it computes of x. count: how many columns that makes of so many inputs; 0
    where it cannot be had."""

    name: str
    title: str
    line: str
    count: Callable[[int], int]


FEATURES: Mapping[str, Feature] = {
    each.name: each
    for each in (
        Feature("squares", "x²", "x ** 2", lambda inputs: inputs),
        Feature("product", "x₁ · x₂", "x[:, :1] * x[:, 1:]", lambda inputs: int(inputs == 2)),
        Feature("sines", "sin 3x", "np.sin(3 * x)", lambda inputs: inputs),
    )
}


def width_with(inputs: int, features: Sequence[str]) -> int:
    """The columns of x and its features together."""
    return inputs + sum(FEATURES[name].count(inputs) for name in features)


def lines_of(features: Sequence[str]) -> list[str]:
    """The lines that compute `features`: x and those chosen, side by side."""
    chosen = [each for each in FEATURES.values() if each.name in features]
    together = ", ".join(["x", *(each.name for each in chosen)])
    return [
        "# region features",
        *(f"{each.name} = {each.line}" for each in chosen),
        f"features = np.concatenate([{together}], axis=1)",
        "# endregion",
    ]
