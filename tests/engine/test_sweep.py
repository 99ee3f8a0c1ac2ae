"""The error of a numerical derivative over its step."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from app.engine import LimitError, ValueProblem, trace
from app.engine.assess.gradcheck.check import Budget, check
from app.engine.assess.gradcheck.step_size import arms
from app.engine.assess.gradcheck.sweep import EPSILONS, sweep

QUADRATIC = ("f = x**2 + 3*x + 2", 5.0)


def swept(source, x, **options):
    return sweep(trace(source, {"x": x}), "x", **options)


def falls_as(errors, first, last):
    """By how many powers of ten the error falls for each that the step falls, between two steps."""
    a, b = EPSILONS.index(first), EPSILONS.index(last)
    return (math.log10(errors[a]) - math.log10(errors[b])) / (math.log10(first) - math.log10(last))


def test_steps_go_from_1_to_1e_15_several_to_a_power_of_ten_and_hit_each_exactly():
    assert (EPSILONS[0], EPSILONS[-1]) == (1.0, 1e-15)
    assert {10.0**-k for k in range(5)} | {float(f"1e-{k}") for k in range(16)} <= set(EPSILONS)
    assert all(1.5 < a / b < 2 for a, b in pairwise(EPSILONS))


def test_every_error_is_that_of_the_difference_written_out():
    found = swept("y = sin(x)", 1.0)
    for k, step in enumerate(EPSILONS):
        central = (math.sin(1.0 + step) - math.sin(1.0 - step)) / (2 * step)
        forward = (math.sin(1.0 + step) - math.sin(1.0)) / step
        for method, numeric in (("central", central), ("forward", forward)):
            off = abs(numeric - math.cos(1.0)) / max(abs(numeric), math.cos(1.0))
            assert getattr(found, method)[k] == pytest.approx(off, rel=1e-12, abs=1e-16)


def test_on_a_quadratic_the_central_error_is_round_off_alone_while_the_forward_one_turns():
    found = swept(*QUADRATIC)
    assert set(found.ruled["central"]) == {"round-off"}
    worst = [max(found.central[k : k + 8]) for k in range(0, len(EPSILONS) - 8, 8)]
    assert worst == sorted(worst)
    turn = found.ruled["forward"].index("round-off")
    assert found.ruled["forward"] == ["truncation"] * turn + ["round-off"] * (len(EPSILONS) - turn)
    assert 1e-9 < EPSILONS[turn] < 1e-6
    assert falls_as(found.forward, 1e-1, 1e-5) == pytest.approx(1, abs=0.01)
    assert found.at.central.numeric == 12.99999999986312
    assert found.at.central.verdict == found.at.forward.verdict == "agrees"


@pytest.mark.parametrize(("source", "x"), [("y = x**3", 2.0), ("y = sin(x)", 1.0)])
def test_where_the_curve_bends_on_both_turn_and_the_central_one_falls_twice_as_fast(source, x):
    found = swept(source, x)
    for method, order, smallest, largest in (("central", 2, 1e-7, 1e-4), ("forward", 1, 1e-9, 1e-6)):
        ruled = found.ruled[method]
        turn = ruled.index("round-off")
        assert ruled == ["truncation"] * turn + ["round-off"] * (len(EPSILONS) - turn)
        assert smallest < EPSILONS[turn] < largest
        assert falls_as(getattr(found, method), 1e-1, 1e-3) == pytest.approx(order, abs=0.05)
        assert smallest < found.best[method].epsilon < largest
        assert found.best[method].error == min(getattr(found, method))


def test_at_a_kink_the_error_does_neither():
    found = swept("y = relu(x)", 0.0)
    assert (found.grad, found.relative) == (0.0, False)
    assert found.forward == [1.0] * len(EPSILONS)
    assert set(found.ruled["forward"]) == set(found.ruled["central"]) == {"neither"}
    assert found.at.central.verdict == "kink"


def test_a_kink_beside_the_place_is_left_behind_as_the_step_shrinks():
    found = swept("y = relu(x)", 1e-3)
    ruled = found.ruled["central"]
    assert ruled[EPSILONS.index(1e-2)] == "truncation"
    assert ruled[EPSILONS.index(1e-6)] == "round-off"


def test_what_is_not_finite_has_no_best_step():
    found = swept("y = log(x)", 0.0)
    assert found.best == {"central": None, "forward": None}
    assert all(math.isnan(error) for error in found.central)


def test_an_element_and_an_operation():
    run = trace("h = tanh(W @ x)\ny = np.sum(h * h)", {"W": [[1.0, -0.5], [0.25, 2.0]], "x": [0.3, 0.7]})
    one = sweep(run, "W", (1, 0))
    assert (one.index, one.grad) == ((1, 0), np.asarray(run.grads["W"])[1, 0])
    assert one.at.complex.numeric == pytest.approx(one.grad, rel=1e-15)
    behind = sweep(run, "h", (1,))
    assert behind.grad == np.asarray(run.grads["h"])[1]
    assert behind.at.central.verdict == "agrees"
    assert sweep(run, "h").index == (0,)


def test_what_cannot_be_swept_is_refused():
    run = trace("y = np.sum(x * 2)", {"x": [1.0, 2.0]})
    for index in ((), (2,), (-1,), (0, 0)):
        with pytest.raises(ValueProblem, match="no element"):
            sweep(run, "x", index)
    with pytest.raises(ValueProblem, match="is not an input or an operation"):
        sweep(run, "q")
    with pytest.raises(ValueProblem, match="epsilon"):
        sweep(run, "x", epsilon=0.0)
    with pytest.raises(LimitError, match="at most 100 are made"):
        sweep(run, "x", budget=Budget(run, 100))
    with pytest.raises(ValueProblem, match="no elements"):
        sweep(trace("y = np.sum(x)", {"x": np.zeros((0,))}), "x")


def test_a_sweep_and_a_check_are_paid_from_one_budget():
    run = trace("y = sin(x)", {"x": 1.0})
    budget = Budget(run, 290)
    sweep(run, "x", budget=budget)
    with pytest.raises(LimitError, match="at most 290 are made"):
        check(run, budget=budget)
    assert check(run, budget=Budget(run, 290))[0].verdict == "agrees"


def test_arms_of_a_valley():
    assert arms([1.0, 1e-2, 1e-4, 1e-6, 1e-4, 1e-2, 1.0]) == (range(4), range(4, 7))
    assert arms([1e-9, 1e-7, 1e-8, 1e-6, 1e-5]) == (range(0), range(5))
    assert arms([math.nan, 1.0, 1e-2, 1e-4, math.inf]) == (range(1, 4), range(4, 4))
    assert arms([0.5, 0.5, 1e-3, 0.0, 0.0, 0.0]) == (range(4), range(4, 4))
    assert arms([0.5] * 9) == (range(0), range(0))
    assert arms([0.0] * 9) == (range(0), range(0))
    assert arms([]) == (range(0), range(0))
