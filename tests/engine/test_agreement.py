"""The rule of an operation beside its single steps: where they differ, and why."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine import trace
from app.engine.explain.derivation.agreement import apart
from app.engine.explain.derivation.substeps import expand


def expanded(source, **values):
    run = trace(source, values)
    return expand(run, run.structure.schedule.output)


def test_at_a_kink_the_steps_come_to_the_convention_of_the_rule():
    found = expanded("y = clip(x, 0, 1)", x=0.0)
    assert (found.apart, found.agrees) == ({}, True)
    assert found.says[0].startswith("clip has a corner at its bounds")
    inside = expanded("y = clip(x, 0, 1)", x=0.5)
    assert (inside.apart, inside.says, inside.agrees, inside.broken) == ({}, (), True, None)


def test_steps_that_are_not_finite_are_named():
    found = expanded("y = 2 ** (x * 1.0)\nz = elu(x)", x=0.5)
    assert found.broken is None
    overflowing = expanded("y = gelu(x)", x=np.array([0.5, np.inf]))
    assert overflowing.broken == "u1"


def test_every_element_of_an_array_is_compared():
    found = apart(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0 + 1e-15, 4.0]), 1e-14)
    assert (found.index, found.rule, found.steps, found.why) == ((2,), 3.0, 4.0, "unexplained")
    assert apart(np.array([1.0, np.nan]), np.array([1.0, np.nan]), 0.0) is None


@pytest.mark.parametrize(
    ("rule", "steps", "round_off", "on_kink", "why"),
    [
        (1.0, 1.0 + 1e-12, 0.0, False, None),
        (0.0, 4e-18, 1e-16, False, "rounding"),
        (0.0, 4e-18, 1e-16, True, "rounding"),
        (1.0, 0.5, 1e-16, True, "kink"),
        (1.0, np.nan, 1e-16, True, "not finite"),
        (np.inf, np.inf, 0.0, False, None),
        (1.0, 0.5, 1e-16, False, "unexplained"),
        # Small numbers are told apart as large ones are.
        (1e-12, 2e-12, 1e-28, False, "unexplained"),
    ],
)
def test_why_two_numbers_differ(rule, steps, round_off, on_kink, why):
    found = apart(rule, steps, round_off, on_kink)
    assert (None if found is None else found.why) == why


@pytest.mark.parametrize("name", ["sigmoid", "gelu", "softplus", "elu"])
def test_away_from_kinks_every_rule_is_its_steps_up_to_rounding(name):
    for x in np.linspace(-45.0, 45.0, 61):
        found = expanded(f"y = {name}(x)", x=float(x))
        assert found.agrees, (x, found.apart)
