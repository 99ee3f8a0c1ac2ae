"""One entry of the oracle: a program in our language beside the same computation as a Python function of PyTorch.

The function gets the `torch` module first, so that nothing here imports it: `test_reference.py` compares with committed
figures and needs no PyTorch. It returns `y`, or a dictionary of every tensor that carries a name in the program
(`return locals()` does). Every leaf and every named tensor is compared, value and gradient.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

DIGITS = 3
"""Inputs are rounded to this many decimals: they print short, and no library's rounding can change them."""


@dataclass(frozen=True)
class Case:
    """A program, the values of its free names, PyTorch's version, and the gradient at the output (ones if None)."""

    name: str
    program: str
    torch: Callable[..., Any]
    values: Mapping[str, Any] = field(default_factory=dict)
    seed: Any = None
    elements: bool = True
    """Whether to compare scalar detail too: every element its own node."""


def normal(number: int, *shape: int) -> Any:
    """Standard normal values, the same ones for the same `number` for ever."""
    return np.round(np.random.RandomState(number).standard_normal(shape), DIGITS)


def named(tensors: Any) -> dict[str, Any]:
    """What a case's function returned, by name: only tensors, `y` when it returned a single one."""
    if not isinstance(tensors, dict):
        return {"y": tensors}
    return {name: tensor for name, tensor in tensors.items() if hasattr(tensor, "requires_grad")}
