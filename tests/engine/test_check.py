"""The numerical derivative beside every gradient, and what is said of their difference."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine import LimitError, ValueProblem, trace
from app.engine.assess.gradcheck.check import Budget, check

QUADRATIC = "f = x**2 + 3*x + 2"


def one(source, values, **options):
    (found,) = check(trace(source, values), **options)
    return found


def test_the_lessons_own_figure():
    found = one(QUADRATIC, {"x": 5.0}, epsilon=1e-5)
    assert found.grad == 13.0
    assert found.numeric == 12.99999999986312
    assert found.verdict == "agrees"
    assert found.relative_error == pytest.approx(1.0529e-11, rel=1e-4)


def test_the_forward_difference_is_off_by_epsilon_on_a_quadratic():
    found = one(QUADRATIC, {"x": 5.0}, epsilon=0.5, method="forward")
    assert found.numeric == 13.5
    assert found.verdict == "step too large"


def test_on_a_quadratic_the_central_difference_is_exact_for_any_step_that_does_not_round():
    assert one(QUADRATIC, {"x": 5.0}, epsilon=2.0**-4).numeric == 13.0


@pytest.mark.parametrize(
    "source", ["y = relu(x)", "y = abs(x)", "y = maximum(x, 0) * 3", "y = relu(x) + x", "y = 1000*x + relu(x)"]
)
def test_a_kink_is_told_also_where_both_numbers_happen_to_agree(source):
    assert one(source, {"x": 0.0}).verdict == "kink"


@pytest.mark.parametrize("x", [-2.0, 0.3, 1.7])
@pytest.mark.parametrize("f", ["sin", "exp", "tanh", "sigmoid", "relu", "gelu", "softplus"])
def test_smooth_places_agree(f, x):
    found = one(f"y = {f}(x)", {"x": x})
    assert found.verdict == "agrees"
    assert found.relative_error < 1e-8


def test_beside_a_gradient_of_zero_the_difference_itself_is_judged():
    found = one("y = x**3", {"x": 0.0})
    assert found.verdict == "agrees"
    assert found.relative_error == found.numeric == pytest.approx(1e-10)
    run = trace("y = x * x", {"x": 0.5})
    wrong = type(run)(run.structure, run.value_list, [0.0, 1.0], run.message_list, run.aside_list, run.seed)
    assert check(wrong)[0].verdict == "disagrees"


def test_a_kink_within_the_step_but_not_at_the_place():
    for source in ("y = relu(x)", "y = abs(x)", "y = clip(x, 0, 1)", "y = (x > 0) * x", "y = maximum(x, 0 * x)"):
        assert one(source, {"x": 5e-6}).verdict == "kink within the step", source
    # Nearer to the kink than the finer step, both steps stride over it.
    assert one("y = relu(x)", {"x": 1e-7}).verdict == "kink within the step"
    assert one("y = relu(x)", {"x": 0.0}).verdict == "kink"
    assert one("y = relu(x)", {"x": 2e-5}).verdict == "agrees"


def test_a_comparison_on_its_edge_is_called_a_kink_where_the_numbers_part():
    found = {one.id: one for one in check(trace("y = ((x < 0) | (x > w)) * x", {"x": 0.0, "w": 0.0}))}
    assert (found["x"].grad, found["x"].numeric, found["x"].verdict) == (0.0, 1.0, "kink")


def test_products_count_toward_what_a_check_costs():
    values = {"A": np.ones((200, 200)), "b": 1.0, "c": 2.0}
    run = trace("y = np.sum((b * A) @ A @ A @ A @ A) * c", values)
    with pytest.raises(LimitError, match="evaluations"):
        check(run, ["b"], budget=Budget(run, 200_000))
    # Only what lies behind is computed again, so only that is counted.
    assert check(run, ["c"], budget=Budget(run, 100))[0].verdict == "agrees"


def test_a_step_that_drowns_in_round_off():
    assert one("y = sin(x)", {"x": 1.0}, epsilon=1e-13).verdict == "step too small"
    assert one("y = x * 1.0", {"x": 1e20}).verdict == "step too small"
    assert one("y = x * x + 1000000000.0", {"x": 3.0}).verdict == "step too small"
    assert one("y = (x + 1000000.0) - 1000000.0", {"x": 0.3}, epsilon=1e-12).verdict == "step too small"


def test_a_step_that_strides_over_the_bends():
    assert one("y = sin(x)", {"x": 1.0}, epsilon=0.3).verdict == "step too large"


def test_no_path_and_not_finite():
    by_id = {found.id: found for found in check(trace("m = x > 1\ny = w * m", {"x": 2.0, "w": 3.0}))}
    assert (by_id["x"].grad, by_id["x"].numeric, by_id["x"].verdict) == (None, 0.0, "no path")
    assert one("y = log(x)", {"x": 0.0}).verdict == "not finite"


def test_a_network_element_by_element_with_a_seed():
    rng = np.random.default_rng(0)
    sizes = {"W1": (4, 8), "b1": (8,), "W2": (8, 8), "b2": (8,), "W3": (8, 2), "b3": (2,), "x": (3, 4)}
    values = {name: rng.normal(size=shape) for name, shape in sizes.items()}
    run = trace(
        "h1 = tanh(x @ W1 + b1)\nh2 = tanh(h1 @ W2 + b2)\ny = h2 @ W3 + b3", values, seed=rng.normal(size=(3, 2))
    )
    for found in check(run):
        assert found.verdict == "agrees", found
        np.testing.assert_allclose(found.numeric, found.grad, rtol=1e-6, atol=1e-8)


def test_a_wrong_gradient_is_found_out():
    run = trace("y = x * x", {"x": 3.0})
    wrong = type(run)(run.structure, run.value_list, [5.0, 1.0], run.message_list, run.aside_list, run.seed)
    (found,) = check(wrong)
    assert found.verdict == "disagrees"
    assert found.relative_error == pytest.approx(1 / 6)


def test_what_cannot_be_checked_is_refused():
    run = trace("y = x * x + 2", {"x": 3.0})
    with pytest.raises(ValueProblem, match="is not an input"):
        check(run, ["z"])
    with pytest.raises(ValueProblem, match="epsilon"):
        check(run, epsilon=5e-324)
    with pytest.raises(LimitError, match="at most 10 are made"):
        check(run, budget=Budget(run, 10))


def test_what_cancels_is_as_blurred_as_its_terms():
    (found,) = check(trace("y = x - x.mean()", {"x": [1.0, 2.0, 3.0, 4.0]}))
    assert (found.verdict, found.negligible) == ("agrees", True)
    values = {"w": 5e4, "x": 3.0, "b": 1e3, "t": 1.5e5}
    assert {found.verdict for found in check(trace("loss = (w*x + b - t)**2", values))} == {"agrees"}


@pytest.mark.parametrize("source", ["1/x", "1/(x*x)", "x**-1", "x**-2", "log(x)", "sqrt(x)", "x**0.5", "1/x + relu(x)"])
def test_a_step_beyond_a_pole_or_the_edge_of_a_domain(source):
    beyond = "kink within the step" if "relu" in source else "edge within the step"
    assert one(f"y = {source}", {"x": 1e-6}).verdict == beyond
    assert one(f"y = {source}", {"x": 1e-6}, epsilon=1e-10).verdict == "agrees"
    assert one(f"y = {source}", {"x": 2e-5}).verdict == "step too large"
    run = trace(f"y = {source}", {"x": 1e-6})
    wrong = type(run)(run.structure, run.value_list, [run.grads["x"] * 1.001, *run.grad_list[1:]], [], [], run.seed)
    assert check(wrong)[0].verdict == "disagrees"


def test_a_pole_elsewhere_than_at_0():
    assert one("y = 1/(x - 1)", {"x": 1 + 1e-6}).verdict == "edge within the step"
    assert one("y = 1/(x - 1) * (x < 5)", {"x": 1 + 1e-6}).verdict == "edge within the step"


def test_both_are_zero_within_rounding_and_their_difference_is_no_part_of_anything():
    run = trace("y = np.sum(softmax(x) * w)", {"x": [1.0, 2.0, 3.0], "w": [0.1, 0.7, 0.2]})
    (peak,) = [node.id for node in run.structure.nodes if node.op.name == "max"]
    (found,) = check(run, [peak])
    assert 0 < abs(found.grad.item()) < 1e-16
    assert abs(found.grad.item()) <= found.round_off < 1e-14
    assert (found.verdict, found.negligible) == ("agrees", True)
    assert found.relative_error < 1e-9
    assert not one("y = x", {"x": 1.0}).negligible
    # Truncation is not rounding.
    assert not one("y = x**3", {"x": 0.0}).negligible


def test_a_wrong_zero_beside_a_small_slope_is_found_out():
    for source in ("y = 1e-10 * x", "y = 1e-10 * relu(x)"):
        run = trace(source, {"x": 1.0})
        grads = [0.0 if node.id == "x" else g for node, g in zip(run.structure.nodes, run.grad_list, strict=True)]
        wrong = type(run)(run.structure, run.value_list, grads, run.message_list, run.aside_list, run.seed)
        assert check(wrong, ["x"])[0].verdict == "disagrees"


def test_differences_near_the_smallest_number_have_a_verdict():
    run = trace("h = clip(x, a, b)\ny = h * 2 + (x > a) * b", {"x": 5e-324, "a": -0.0, "b": 5e-324})
    assert len(check(run)) == 3
