"""A benchmark of wrong numbers is worthless: before anything is timed, everybody must find the same figures."""

from collections.abc import Mapping

import numpy as np

from benchmarks.case import Figures

RELATIVE = 1e-9


def check(case: str, found: Mapping[str, Figures], reference: str) -> int:
    """Compare each contestant with `reference` on every name both know. Returns the number of figures compared.

    Raises:
        AssertionError: Two contestants disagree by more than 1e-9 of the largest element, or share no figure at all.
    """
    compared = 0
    for name, figures in found.items():
        shared = figures.keys() & found[reference].keys()
        assert shared, f"{case}: {name} and {reference} share no figure"
        for key in shared:
            ours = np.asarray(found[reference][key], dtype=float)
            theirs = np.asarray(figures[key], dtype=float)
            assert ours.shape == theirs.shape, (
                f"{case}: {key} is {theirs.shape} for {name}, {ours.shape} for {reference}"
            )
            scale = max(1e-3, float(np.max(np.abs(ours), initial=0.0)))
            error = float(np.max(np.abs(ours - theirs), initial=0.0)) / scale
            assert error <= RELATIVE, f"{case}: {name} and {reference} differ on {key} by {error:.1e}"
            compared += 1
    return compared
