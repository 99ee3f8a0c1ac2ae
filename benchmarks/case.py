"""What one row of the benchmark is: a program in our language, and the same computation for every peer.

A *formula* is written once for autograd, JAX and PyTorch. It receives the peer's functions (`xp`), a `tap`, and the
leaves by name; it calls `tap(name, array)` on every intermediate result, so that each peer can keep its adjoint.
A *hand-written* function takes the leaves by keyword and returns a `Sheet`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Number: TypeAlias = float | Array
Figures: TypeAlias = dict[tuple[str, str], Number]
"""("value" | "grad", name) -> number: what the peers must agree on."""

Formula: TypeAlias = Callable[..., Any]
Sheet: TypeAlias = tuple[tuple[Number, ...], tuple[Number, ...], list[Number]]
"""Values, adjoints and messages of a hand-written pass. The names of the first two stand in `Hand`."""


@dataclass(frozen=True)
class Hand:
    """A pass written by hand for one network.

    `full` does Backlit's work: every value, every adjoint, and every message held in a list. `lean` does what training
    code would: the output and the gradients of `parameters`, nothing else.
    """

    full: Callable[..., Sheet]
    values: tuple[str, ...]
    grads: tuple[str, ...]
    lean: Callable[..., tuple[Number, tuple[Number, ...]]]
    parameters: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One network, for everybody. `skip` gives a reason for each peer that sits this one out."""

    name: str
    program: str
    leaves: Mapping[str, Number]
    output: str
    formula: Formula
    hand: Hand
    micrograd: Callable[[Mapping[str, float]], dict[str, Any]] | None = None
    skip: Mapping[str, str] = field(default_factory=dict)
    tensors: bool = True
    target: float | None = None
    """At most this many times the hand-written time, if anything was promised."""


@dataclass(frozen=True)
class Runner:
    """A peer set up for one case: `step()` does the timed work, `figures(result)` names what it found."""

    step: Callable[[], Any]
    figures: Callable[[Any], Figures]


class Skip(Exception):
    """This peer cannot (or had better not) run this case; the message says why and is printed."""
