"""Least squares for shares: non-negative numbers in groups, each of which adds up to at most one."""

from __future__ import annotations

from typing import Any

import numpy as np


def shares_for(columns: Any, wanted: Any, owners: Any) -> Any:
    """The shares s >= 0 for which columns @ s is nearest to `wanted`. columns: rows × shares. owners: the group of each
    share. A slack variable per group turns "at most one" into "equals one"."""
    n, groups = len(owners), int(owners.max(initial=-1)) + 1
    # An orthogonal transformation leaves as many rows as there are shares.
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
            # Step back to where the first of them becomes zero.
            step = float(np.min(x[low] / np.maximum(x[low] - tried[low], 1e-300)))
            x = x + step * (tried - x)
            free &= x > 1e-14
            x[~free] = 0.0
    return x
