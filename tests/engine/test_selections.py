"""What was not selected gets 0, whatever arrives: inf * 0 would be nan (docs/decisions/0047)."""

import itertools
import random

import numpy as np
import pytest

from app.engine import Plan, compile_program, trace
from app.engine.assess.grading import grade_backward
from app.engine.execution.node_by_node import node_by_node
from app.engine.execution.passes.tangent import directional_derivative
from app.engine.explain.derivation import derive
from app.engine.explain.elements import explain
from app.engine.notation.formulas import plain
from app.engine.ops.chain import weighted
from app.engine.ops.dialects import LATEX, NUMPY
from app.engine.ops.expression import Number, Symbol
from app.engine.ops.rule_words import both, equal, where
from app.engine.support.errstate import ignore_fp_errors
from tests.engine.checks import check_emitted

INF, NAN = float("inf"), float("nan")

# expression: values of its inputs, and per input and element whether the gradient of the result reaches it, as a part.
SELECTING = {
    "relu(x)": ({"x": [-1.0, 0.0, 2.0]}, {"x": [0, 0, 1]}),
    "leaky_relu(x, slope=0)": ({"x": [-1.0, 0.0, 2.0]}, {"x": [0, 0, 1]}),
    "leaky_relu(x, slope=0.5)": ({"x": [-1.0, 0.0, 2.0]}, {"x": [0.5, 0.5, 1]}),
    "elu(x)": ({"x": [1.0, 2.0]}, {"x": [1, 1]}),
    "maximum(x, w)": ({"x": [1.0, 2.0, 3.0], "w": [0.0, 2.0, 4.0]}, {"x": [1, 0.5, 0], "w": [0, 0.5, 1]}),
    "minimum(x, w)": ({"x": [1.0, 2.0, 3.0], "w": [0.0, 2.0, 4.0]}, {"x": [0, 0.5, 1], "w": [1, 0.5, 0]}),
    "maximum(x, 0)": ({"x": [-1.0, 1.0]}, {"x": [0, 1]}),
    "where(x > w, x, w)": ({"x": [1.0, 2.0, 3.0], "w": [0.0, 2.0, 4.0]}, {"x": [1, 0, 0], "w": [0, 1, 1]}),
    "where(w, x, 7)": ({"x": [1.0, 2.0], "w": [0.0, -2.0]}, {"x": [0, 1]}),
    "clip(x, 0, 1)": ({"x": [-1.0, 0.0, 0.5, 1.0, 2.0]}, {"x": [0, 1, 1, 1, 0]}),
    "clip(x, -np.inf, 1)": ({"x": [-1.0, 1.0, 2.0]}, {"x": [1, 1, 0]}),
    "clip(x, 0.5, 0.5)": ({"x": [0.0, 0.5, 1.0]}, {"x": [0, 0, 0]}),
    "clip(x, 1, 0)": ({"x": [-1.0, 0.0, 0.5, 1.0, 2.0]}, {"x": [0, 0, 0, 0, 0]}),
    "clip(x, w, v)": (
        {"x": [-1.0, 0.0, 0.5, 1.0, 2.0], "w": [0.0] * 5, "v": [1.0] * 5},
        {"x": [0, 1, 1, 1, 0], "w": [1, 0, 0, 0, 0], "v": [0, 0, 0, 0, 1]},
    ),
    "clip(x, v, w)": (
        {
            "x": [-1.0, 0.0, 0.5, 1.0, 2.0, 3.0],
            "w": [0.0, 0.0, 0.0, 0.0, 0.0, 3.0],
            "v": [1.0, 1.0, 0.5, 1.0, 1.0, 3.0],
        },
        {"x": [0] * 6, "w": [1] * 6, "v": [0] * 6},
    ),
    "clip(x, w, 1)": (
        {"x": [-1.0, 1.0, 2.0, 0.5], "w": [0.0, 1.0, 0.0, 2.0]},
        {"x": [0, 0, 0, 0], "w": [1, 0, 0, 0]},
    ),
    "x ** 0": ({"x": [3.0, 0.0]}, {"x": [0, 0]}),
    "x ** w": ({"x": [3.0, 2.0], "w": [0.0, 1.0]}, {"x": [0, 1]}),
}
REDUCING = {
    "np.max(x)": ([1.0, 3.0, 3.0], [0, 0.5, 0.5]),
    "np.min(x)": ([[1.0, 3.0], [3.0, 3.0]], [[1, 0], [0, 0]]),
    "np.max(x, axis=1)[0]": ([[1.0, 3.0], [3.0, 3.0]], [[0, 1], [0, 0]]),
    "np.min(x, axis=0, keepdims=True)[0, 1]": ([[1.0, 3.0], [3.0, 3.0]], [[0, 0.5], [0, 0.5]]),
    "np.max(x, axis=(0, 1))": ([[1.0, 3.0], [3.0, 3.0]], [[0, 1 / 3], [1 / 3, 1 / 3]]),
}
ARRIVING = [INF, -INF, NAN, 2.0]


def passed(shares, arrives):
    return np.array([share * arrives if share else 0.0 for share in np.ravel(shares)]).reshape(np.shape(shares))


def seeded(plan, seed):
    """The plan with this number as the gradient of every element of its output."""
    shape = plan.structure.schedule.shapes[plan.structure.schedule.output]
    return Plan(plan.structure, plan.defaults, np.full(shape, seed) if shape else seed)


def runs_of(plan, seed):
    """Every way in which the engine runs a plan."""
    yield seeded(plan, seed).run()
    yield seeded(plan, seed).compile().run()


@pytest.mark.parametrize("arrives", ARRIVING)
@pytest.mark.parametrize("expression", SELECTING)
def test_nothing_reaches_what_was_not_selected(expression, arrives):
    values, shares = SELECTING[expression]
    shape = np.shape(values["x"])
    plan = compile_program(f"y = {expression}", values)
    ieee = ignore_fp_errors(
        node_by_node(plan.structure.schedule, careful=True), plan.defaults, np.full(shape, arrives)
    )[1]
    for run in runs_of(plan, arrives):
        for name, share in shares.items():
            np.testing.assert_array_equal(run.grads[name], passed(share, arrives))
            np.testing.assert_array_equal(ieee[plan.structure.index[name]], passed(share, arrives))
    for place in range(shape[0]):
        one = compile_program(f"y = {expression}", {name: value[place] for name, value in values.items()})
        ieee = ignore_fp_errors(node_by_node(one.structure.schedule, careful=True), one.defaults, arrives)[1]
        for run in runs_of(one, arrives):
            for name, share in shares.items():
                np.testing.assert_equal(run.grads[name], passed(share[place], arrives).item())
                np.testing.assert_equal(float(ieee[one.structure.index[name]]), passed(share[place], arrives).item())


@pytest.mark.parametrize("arrives", ARRIVING)
@pytest.mark.parametrize("expression", REDUCING)
def test_nothing_reaches_what_is_not_the_extreme(expression, arrives):
    value, share = REDUCING[expression]
    for run in runs_of(compile_program(f"y = {expression}", {"x": value}), arrives):
        np.testing.assert_array_equal(run.grads["x"], passed(share, arrives))
    for run in runs_of(compile_program(f"y = {expression}", {"x": value}, detail="scalar"), arrives):
        for index in np.ndindex(np.shape(value)):
            got = run.grads.get(f"x[{','.join(map(str, index))}]", 0.0)
            np.testing.assert_equal(0.0 if got is None else got, passed(np.asarray(share)[index], arrives).item())


@pytest.mark.parametrize("expression", [*SELECTING, *REDUCING])
def test_nothing_moves_with_what_was_not_selected(expression):
    """Forward mode: an input that was not selected may move as it likes."""
    values, shares = SELECTING.get(expression) or ({"x": REDUCING[expression][0]}, {"x": REDUCING[expression][1]})
    run = trace(f"y = {expression}", values)
    for name, share in shares.items():
        moved = np.where(np.asarray(share) == 0, INF, 1.0)
        tangent = directional_derivative(run, {name: moved})["y"]
        still = directional_derivative(run, {name: np.where(np.asarray(share) == 0, 0.0, 1.0)})["y"]
        assert np.isfinite(tangent).all()
        np.testing.assert_array_equal(tangent, still)


@pytest.mark.parametrize("arrives", ARRIVING)
@pytest.mark.parametrize("expression", [*SELECTING, *REDUCING])
def test_emitted_numpy_and_what_is_told_say_the_same(expression, arrives):
    values, shares = SELECTING.get(expression) or ({"x": REDUCING[expression][0]}, {"x": REDUCING[expression][1]})
    run = seeded(compile_program(f"y = {expression}", values), arrives).run()
    check_emitted(run)
    for name, share in shares.items():
        for index in np.ndindex(np.shape(share)):
            told = explain(run, name, index).grad
            np.testing.assert_allclose(told.value, passed(np.asarray(share)[index], arrives), rtol=1e-15)
            np.testing.assert_allclose(sum(term.value for term in told.terms), told.value, rtol=1e-15)


def test_a_mask_that_is_multiplied_with_is_multiplied_with():
    run = trace("s = x * (x > 0)\ny = np.sqrt(s)", {"x": [-1.0, 4.0]})
    np.testing.assert_array_equal(run.grads["x"], [NAN, 0.25])


def test_what_is_shown_is_what_ran():
    run = trace("s = relu(x)\ny = np.sqrt(s)", {"x": -1.0})
    (step,) = derive(run, "x").users
    assert [plain(line.text) for line in step.message] == [
        "dx = np.where(x > 0, dy, 0)",
        "dx = np.where(x > 0, ds, 0)",
        "np.where(−1 > 0, ∞, 0) = 0",
    ]
    assert plain(explain(run, "x").grad.text) == "nothing is sent here, so it is 0"
    (step,) = derive(trace("s = relu(x)\ny = np.sqrt(s)", {"x": 4.0}), "x").users
    assert plain(step.message[-1].text) == "0.25 * 1 = 0.25"


def test_a_line_of_the_reader_that_multiplies_is_nan_there():
    run = trace("s = relu(x)\ny = np.sqrt(s)", {"x": -1.0})
    lines = "dy = 1\nds = dy * 0.5 / y\ndx = {}"
    told = {
        text: grade_backward(run, lines.format(text), "").lines[-1]
        for text in ("ds * (x > 0)", "np.where(x > 0, ds, 0)")
    }
    assert not told["ds * (x > 0)"].agrees
    assert told["np.where(x > 0, ds, 0)"].agrees


WRITTEN = {
    # how a product with a slope is written as a selection
    "g": (Number(1.0), "g", "g"),
    "0": (Number(0.0), "0", "0"),
    "a mask": (Symbol("x") > 0, "np.where(x > 0, g, 0)", r"g \cdot \left[x > 0\right]"),
    "a part of a mask": ((Symbol("x") > 0) / 6, "np.where(x > 0, g, 0) / 6", r"\frac{g \cdot \left[x > 0\right]}{6}"),
    "two masks": (
        both(Symbol("x") > 0, Symbol("x") < 1),
        "np.where((x > 0) & (x < 1), g, 0)",
        r"g \cdot \left[\left(x > 0\right) \wedge \left(x < 1\right)\right]",
    ),
    "a factor and a mask": (
        Symbol("y") * (Symbol("x") > 0),
        "np.where(x > 0, g * y, 0)",
        r"g \cdot y \cdot \left[x > 0\right]",
    ),
    "a mask and a factor": (
        (Symbol("x") > 0) * Symbol("y"),
        "np.where(x > 0, g * y, 0)",
        r"g \cdot y \cdot \left[x > 0\right]",
    ),
    "a factor and a choice": (
        2 * where(Symbol("x") > 0, 1, 0),
        "np.where(x > 0, g * 2, 0)",
        r"\begin{cases}g \cdot 2 & \text{if } x > 0\\ 0 & \text{otherwise}\end{cases}",
    ),
    "the same on both sides": (where(Symbol("x") > 0, 2, 2), "g * 2", r"g \cdot 2"),
    "minus a choice": (
        -where(equal(Symbol("x"), 0), 0, 1 / Symbol("x")),
        "-np.where(x == 0, 0, g / x)",
        r"-\begin{cases}0 & \text{if } x = 0\\ \frac{g}{x} & \text{otherwise}\end{cases}",
    ),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_a_product_with_a_choice_is_a_choice_between_products(case):
    slope, text, latex = WRITTEN[case]
    message = weighted(Symbol("g"), slope)
    names = {"g": "g", "x": "x", "y": "y"}
    assert (NUMPY.print(message, names), LATEX.print(message, names)) == (text, latex)


# -- random programs of nothing but selections -------------------------------------------------------------------------

FORMS = [
    "relu({a})",
    "np.maximum({a}, {b})",
    "np.minimum({a}, {b})",
    "np.where({a} > {b}, {a}, {b})",
    "np.clip({a}, -1, 1)",
    "np.clip({a}, {b}, {c})",
    "leaky_relu({a}, slope=0)",
    "np.broadcast_to(np.max({a}), (3,))",
    "np.broadcast_to(np.min({a}, axis=0, keepdims=True), (3,))",
    "{a}[::-1]",
    "np.concatenate(({a}[1:], {b}[:1]))",
    "{a} ** 0 * {b}",
]


def selections(rng):
    names = ["p", "q", "r"]
    lines = []
    for number in range(rng.randint(1, 5)):
        a, b, c = (rng.choice(names) for _ in range(3))
        lines.append(f"h{number} = {rng.choice(FORMS).format(a=a, b=b, c=c)}")
        names.append(f"h{number}")
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(60))
def test_programs_of_selections_stay_free_of_nan(seed):
    """The gradient for an infinite seed is the one for a seed of 1 times infinity, where that is not 0: shares are
    never negative, so nothing cancels."""
    rng = random.Random(seed)
    # Whole numbers: ties are common.
    given = [f"{name} = np.array({[float(rng.randint(-2, 2)) for _ in range(3)]})" for name in "pqr"]
    plan = compile_program("\n".join([*given, selections(rng)]))
    reached = [name for name in "pqr" if plan.run().grads.get(name) is not None]
    for place in range(3):
        unit = np.eye(3)[place]
        ordinary, endless = plan.run(seed=unit), plan.run(seed=np.where(unit == 1, INF, 0.0))
        for name in reached:
            np.testing.assert_array_equal(endless.grads[name], passed(ordinary.grads[name], INF))
        check_emitted(endless)


# -- kinks -------------------------------------------------------------------------------------------------------------

SMOOTH = {
    "elu(x)": {"x": 0.0},
    "elu(x, alpha=1)": {"x": [0.0, 1.0]},
    "leaky_relu(x, slope=1)": {"x": 0.0},
    "maximum(x, x)": {"x": 0.0},
    "minimum(x, x)": {"x": [0.0, 1.0]},
    "clip(x, 0.5, 0.5)": {"x": 0.5},
    "clip(x, 0.5, 0.25)": {"x": 0.5},
    "clip(x, w, w)": {"x": 0.5, "w": 0.5},
    "clip(x, w, x)": {"x": 0.5, "w": 0.5},
    "clip(x, w, v)": {"x": 2.0, "w": 0.5, "v": 0.5},
    "clip(x, v, w)": {"x": 0.5, "w": 0.25, "v": 0.5},
    "clip(x, -np.inf, np.inf)": {"x": 0.5},
}
CORNERED = {
    "elu(x, alpha=2)": {"x": 0.0},
    "leaky_relu(x, slope=0)": {"x": 0.0},
    "maximum(x, w)": {"x": 0.5, "w": 0.5},
    "clip(x, -np.inf, 1)": {"x": 1.0},
    "clip(x, 0, np.inf)": {"x": [5.0, 0.0]},
    "clip(x, w, 1)": {"x": 0.5, "w": 0.5},
    "clip(x, w, v)": {"x": 0.25, "w": 0.5, "v": 0.5},
    "clip(x, x, w)": {"x": 0.5, "w": 0.5},
}


@pytest.mark.parametrize("detail", ["tensor", "scalar"])
@pytest.mark.parametrize("expression", SMOOTH)
def test_where_both_sides_agree_is_no_kink(expression, detail):
    run = trace(f"y = {expression}", SMOOTH[expression], detail=detail)
    assert run.kinks == {}
    assert not any(step.on_kink for step in derive(run, run.structure.output).inputs)


@pytest.mark.parametrize("detail", ["tensor", "scalar"])
@pytest.mark.parametrize("expression", CORNERED)
def test_a_corner_is_one(expression, detail):
    assert len(trace(f"y = {expression}", CORNERED[expression], detail=detail).kinks) == 1


def test_the_largest_of_one_value_twice_is_no_tie():
    source = "y = np.max(np.array([x, x, w]))"
    assert trace(source, {"x": 1.0, "w": 0.0}, detail="scalar").kinks == {}
    assert len(trace(source, {"x": 1.0, "w": 1.0}, detail="scalar").kinks) == 1


@pytest.mark.parametrize("bounds", list(itertools.product([0.0, 0.5, 1.0], repeat=2)))
@pytest.mark.parametrize("x", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_clip_agrees_with_itself_step_by_step(x, bounds):
    low, high = bounds
    for source, values in (
        (f"y = clip(x, {low}, {high})", {"x": x}),
        ("y = clip(x, w, v)", {"x": [x], "w": low, "v": [high]}),
    ):
        run = trace(source, values)
        np.testing.assert_array_equal(run.output, np.clip(values["x"], low, high))
        expanded = derive(run, "y").expanded
        assert expanded.agrees
        # What moves with all three moves the result by as much; with x alone, only between bounds that leave room.
        arrived = sum(np.sum(run.grads[name]) for name in values)
        assert arrived == (1.0 if "w" in values or (low < high and low <= x <= high) else 0.0)
