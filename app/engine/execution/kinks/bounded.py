"""Least squares for shares: numbers that are not negative and add up to one at most, in groups."""

from __future__ import annotations

from typing import Any

import numpy as np


def shares_for(columns: Any, wanted: Any, owners: Any) -> Any:
    """The shares s, s >= 0, with columns @ s nearest to `wanted`. columns: rows × shares. owners: the group of each
    share; those of a group add up to one at most, by a first share of each that counts for nothing."""
    n, groups = len(owners), int(owners.max(initial=-1)) + 1
    # As many rows as shares tell the same, by an orthogonal change of the rows.
    turned, small = np.linalg.qr(columns)
    sums = np.hstack([np.eye(groups), np.zeros((groups, n))])
    sums[owners, groups + np.arange(n)] = 1.0
    weight = max(1.0, float(np.max(np.abs(small), initial=0.0)))
    matrix = np.vstack([np.hstack([np.zeros((len(small), groups)), small]), weight * sums])
    right = np.concatenate([turned.T @ wanted, np.full(groups, weight)])
    return np.minimum(not_negative(matrix, right)[groups:], 1.0)


def not_negative(matrix: Any, right: Any) -> Any:
    """The x >= 0 with matrix @ x nearest to `right`: the active set method of C. L. Lawson and R. J. Hanson, *Solving
    Least Squares Problems*, 1974, chapter 23."""
    n = matrix.shape[1]
    x = np.zeros(n)
    free = np.zeros(n, dtype=bool)
    tolerance = 1e-12 * max(1.0, float(np.max(np.abs(matrix), initial=0.0)) ** 2) * max(matrix.shape)
    for _ in range(3 * n):
        pull = matrix.T @ (right - matrix @ x)
        pull[free] = -np.inf
        if n == 0 or pull.max() <= tolerance:
            break
        free[int(pull.argmax())] = True
        while free.any():
            tried = np.zeros(n)
            tried[free] = np.linalg.lstsq(matrix[:, free], right, rcond=None)[0]
            low = free & (tried <= 0)
            if not low.any():
                x = tried
                break
            # Back to where the first of them is zero.
            step = float(np.min(x[low] / np.maximum(x[low] - tried[low], 1e-300)))
            x = x + step * (tried - x)
            free &= x > 1e-14
            x[~free] = 0.0
    return x
