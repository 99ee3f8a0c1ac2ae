"""Least squares with bounds, against the conditions that only the nearest point fulfils."""

import numpy as np
import pytest

from app.engine.execution.kinks.bounded import not_negative, shares_for


@pytest.mark.parametrize("seed", range(30))
def test_the_nearest_point_that_is_not_negative(seed):
    rng = np.random.default_rng(seed)
    matrix, right = rng.normal(size=(6, 4)), rng.normal(size=6)
    found = not_negative(matrix, right)
    slope = matrix.T @ (matrix @ found - right)
    # Karush, Kuhn, Tucker: no way down, and none sideways where a number is free.
    assert (found >= 0).all()
    assert (slope > -1e-9).all()
    np.testing.assert_allclose(slope[found > 0], 0, atol=1e-9)


@pytest.mark.parametrize("seed", range(30))
def test_shares_that_there_are_are_found(seed):
    rng = np.random.default_rng(seed)
    columns, owners = rng.normal(size=(9, 6)), np.array([0, 0, 1, 1, 1, 2])
    shares = rng.dirichlet(np.ones(4), size=3).ravel()[: len(owners)] * 0.3
    np.testing.assert_allclose(shares_for(columns, columns @ shares, owners), shares, atol=1e-9)


def test_those_of_one_group_add_up_to_one_at_most():
    columns = np.eye(3)
    found = shares_for(columns, np.array([2.0, 0.0, 5.0]), np.array([0, 0, 1]))
    assert found[:2].sum() <= 1 + 1e-9
    np.testing.assert_allclose(found[2], 1, atol=0.9)
    assert (found >= 0).all()


def test_sides_that_change_nothing_hurt_nothing():
    np.testing.assert_array_equal(shares_for(np.zeros((2, 2)), np.zeros(2), np.array([0, 1])), [0, 0])
