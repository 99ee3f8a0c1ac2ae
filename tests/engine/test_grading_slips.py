"""Every slip that people make is found by its numbers, on the networks where they make it."""

import numpy as np
import pytest

from app.engine import ValueProblem, compile_program, trace
from app.engine.assess.grading import grade_backward, judge
from app.engine.assess.grading.diagnose import CALLED
from app.engine.wording import catalogue, plain

RNG = np.random.default_rng(7)
NET = ("z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2", {
    "x": [[3], [2]], "W1": [[1, -1], [0.5, 2]], "b1": [[1.5], [-9.0]], "W2": [[2, 3]], "b2": [[1]],
})  # fmt: skip
NET_TO_A1 = "dy = 1\nda1 = W2.T * dy\n"
NET_TO_Z1 = NET_TO_A1 + "dz1 = da1 * (z1 > 0)\n"
MLP = ("h = np.tanh(X @ W1 + b1)\np = h @ W2 + b2\nloss = mse(p, t)", {
    "X": RNG.normal(size=(5, 3)), "W1": RNG.normal(size=(3, 4)), "b1": RNG.normal(size=4),
    "W2": RNG.normal(size=(4, 4)), "b2": RNG.normal(size=4), "t": RNG.normal(size=(5, 4)),
})  # fmt: skip
MLP_TO_P = "dloss = 1\ndp = 2 * (p - t) / 20\n"
MLP_TO_H = MLP_TO_P + "dh = dp @ W2.T\n"
PRODUCT = ("f = x * (x + y)", {"x": 3.7, "y": 2.3})
SQUARE = ("y = np.sin(x * x)", {"x": 1.3})
ENTROPY = ("loss = cross_entropy(z, t)", {"z": RNG.normal(size=(3, 4)), "t": np.eye(4)[[2, 0, 1]]})
SOFTMAX = ("p = softmax(z)\nloss = -np.sum(t * np.log(p))", {"z": [1.0, 0.5, -1.0], "t": [0.0, 1.0, 0.0]})
SIGMOID = ("def s(x):\n    return 1 / (1 + np.exp(-x))\na = s(z)\ny = a * a", {"z": 0.7})

# the program, the lines of which the last is wrong (or right: ""), the slip, a word that its sentence has
SLIPS = [
    (NET, "dy = y", "seed", "y"),
    (NET, "dy = -1", "sign", "sign"),
    (NET, "dy = 1\ndW2 = dy", "early", "dy"),
    (NET, "dy = 1\ndW2 = (dy * a1)", "transposed", "transposed"),
    (NET, NET_TO_A1 + "dz1 = da1", "slope", "relu in a1"),
    (NET, NET_TO_A1 + "dz1 = z1 > 0", "incoming", "da1"),
    (NET, NET_TO_A1 + "dz1 = -da1 * (z1 > 0)", "sign", "sign"),
    (NET, NET_TO_Z1 + "dW1 = da1 @ x.T", "other gradient", "da1"),
    (NET, NET_TO_Z1 + "dW1 = x @ dz1.T", "transposed", "transposed"),
    (NET, NET_TO_Z1 + "db1 = dz1", "", ""),
    (NET, NET_TO_Z1 + "dW1 = dz1 * x", "elementwise", "element by element"),
    (NET, NET_TO_Z1 + "dx = W1 @ dz1", "transpose", "wrong way round"),
    (MLP, "dloss = 1\ndp = 2 * (p - t) / 20", "", ""),
    (MLP, "dloss = 1\ndp = 2 * (p - t)", "mean", "20 times"),
    (MLP, "dloss = 1\ndp = 2 * (p - t) / 400", "sum", "20 times"),
    (MLP, "dloss = 1\ndp = (p - t) / 20", "square", "× in loss"),
    (MLP, "dloss = 1\ndp = 2 * (t - p) / 20", "sign", "sign"),
    (MLP, MLP_TO_P + "db2 = dp", "not summed", "sum along that axis"),
    (MLP, MLP_TO_P + "db2 = dp.sum(axis=1)", "summed", "wrong axes"),
    (MLP, MLP_TO_P + "db2 = dp.mean(axis=0)", "averaged", "axis 0"),
    (MLP, MLP_TO_P + "db2 = dp[0]", "one row", "axis 0"),
    (MLP, MLP_TO_P + "dh = dp @ W2", "transpose", "dp and W2"),
    (MLP, MLP_TO_P + "dW2 = dp.T @ h", "transposed", "transposed"),
    (MLP, MLP_TO_H + "dW1 = X.T @ dh", "slope", "tanh in h"),
    (MLP, MLP_TO_H + "dW1 = X.T @ (1 - h ** 2)", "incoming", "dh"),
    (MLP, MLP_TO_H + "db1 = (dh * (1 - np.tanh(h) ** 2)).sum(axis=0)", "result for input", "tanh in h"),
    (MLP, MLP_TO_H + "db1 = (dh * (1 - (X @ W1 + b1) ** 2)).sum(axis=0)", "input for result", "tanh in h"),
    (MLP, MLP_TO_H + "dW1 = X.T @ (dp * (1 - h * h))", "other gradient", "dp"),
    (PRODUCT, "df = 1\ndx = df * (x + y)", "dropped", "+ in f"),
    (PRODUCT, "df = 1\ndx = df * x", "dropped", "× in f"),
    (PRODUCT, "df = 1\ndx = y", "one sign", "+ in f"),
    (PRODUCT, "df = 1\ndx = 3 * x + y", "twice", "+ in f"),
    (PRODUCT, "df = 1\ndx = 2 * (2 * x + y)", "double", "twice"),
    (PRODUCT, "df = 1\ndx = (2 * x + y) / 2", "half", "half"),
    (PRODUCT, "df = 1\ndx = (x + y) / 2 + x", "half of one", "× in f"),
    (SQUARE, "dy = 1\ndx = np.cos(x * x)", "early", "× in y"),
    (PRODUCT, "df = 1\ndy = x + y", "swapped", "wrong factor"),
    (PRODUCT, "df = 1\ndx = 2 * x + y", "", ""),
    (ENTROPY, "dloss = 1\ndz = (softmax(z) - t) / 3", "", ""),
    (ENTROPY, "dloss = 1\ndz = softmax(z) - t", "mean", "3 times"),
    (ENTROPY, "dloss = 1\ndz = softmax(z) / 3", "dropped", "z"),
    (ENTROPY, "dloss = 1\ndz = (t - softmax(z)) / 3", "sign", "sign"),
    (SOFTMAX, "dloss = 1\ndp = -t / p\ndz = p * dp", "dropped", "Σ in p"),
    (SOFTMAX, "dloss = 1\ndp = -t / p\ndz = dp", "early", "dp"),
    (SOFTMAX, "dloss = 1\ndp = -t", "slope", "log in loss"),
    (SIGMOID, "dy = 1\nda = a", "square", "× in y"),
    (SIGMOID, "dy = 1\nda = 2 * a\ndz = da", "early", "da"),
    (SIGMOID, "dy = 1\nda = 2 * a\ndz = a * (1 - a)", "incoming", "da"),
]


@pytest.mark.parametrize(("case", "backward", "kind", "word"), SLIPS, ids=[s[1].split("\n")[-1] for s in SLIPS])
def test_a_slip_is_named(case, backward, kind, word):
    program, values = case
    told = grade_backward(trace(program, values), backward, program)
    *before, line = told.lines
    assert all(one.agrees for one in before)
    assert line.error is None
    if not kind:
        assert line.agrees is True
        return
    assert line.agrees is False
    assert line.slip is not None
    assert line.slip.kind == kind
    assert word in plain(line.slip.text)
    assert len(line.hints) == 3


def keys_of(kind):
    """The keys in the catalogue of what an answer calls a slip."""
    return {key for key, called in CALLED.items() if called == kind} | {kind.replace(" ", "_")}


def test_every_slip_has_its_sentence_and_its_test():
    said = {key for key in catalogue("mistakes").entries if key.startswith(("rule.", "path."))}
    tested = {key for _, _, kind, _ in SLIPS for key in said if key.partition(".")[2] in keys_of(kind)}
    engines = {"no_square", "exponent", "exponent_factor", "no_mask", "own_mask", "factor", "local"}
    assert said - tested == {"path.only", "path.shape", *[f"rule.{key}" for key in engines]}
    three = trace("y = x * a + x * b + x * c", {"x": 1.1, "a": 2.3, "b": 3.5, "c": 5.1})
    assert judge(three, "x", 3.5).slip.kind == "only"
    row = trace("y = np.sum(x * x)", {"x": [[1.5, 2.5]]})
    assert judge(row, "x", [3.0, 5.0]).slip.kind == "shape"


def test_of_slips_that_fit_by_chance_the_one_that_fits_elsewhere_is_told():
    # At these numbers the missing slope of × gives 6 as well.
    told = grade_backward(trace("f = x * (x + y)", {"x": 3.0, "y": 2.0}), "df = 1\ndx = 2 * x")
    assert told.lines[1].slip.kind == "swapped"


def test_what_no_slip_explains_is_only_wrong():
    run = trace(*PRODUCT)
    assert judge(run, "x", 123.456) == judge(run, "x", 123.456)
    assert judge(run, "x", 123.456).agrees is False
    assert judge(run, "x", 123.456).slip is None
    assert judge(run, "x", 0.0).slip is None


def test_a_guess_may_be_rounded_as_people_round():
    run = trace("y = x * sin(x)", {"x": 2.0})
    true = np.sin(2) + 2 * np.cos(2)
    assert judge(run, "x", round(true, 4)).agrees
    assert not judge(run, "x", round(true, 4), relative=1e-6).agrees
    assert judge(run, "x", 0.909).slip.kind == "dropped"
    assert judge(run, "x", -0.077).slip.kind == "sign"
    assert judge(run, "y", 1).agrees


def test_one_element_of_a_gradient_can_be_guessed():
    run = trace(*MLP)
    true = float(run.grads["W1"][1, 2])
    assert judge(run, "W1", true, (1, 2)).agrees
    assert judge(run, "W1", -true, (1, 2)).slip.kind == "sign"
    for index in ([3, 0], [0], [-1, 0], []):
        with pytest.raises(ValueProblem, match="has no element"):
            judge(run, "W1", 1.0, index)
    with pytest.raises(ValueProblem, match="no node"):
        judge(run, "W9", 1.0)
    with pytest.raises(ValueProblem, match="not a number"):
        judge(run, "W1", "much", (0, 0))
    with pytest.raises(ValueProblem, match="is an array"):
        judge(run, "W1", [1.0], (0, 0))


def test_a_number_stands_for_an_array_of_one():
    run = trace(*NET)
    assert judge(run, "y", 1).agrees
    assert judge(run, "b2", -1).slip.kind == "sign"


def test_no_path_is_no_number_and_zero_says_so():
    run = compile_program("y = x * (z > 0)", {"x": 2.0, "z": 1.0}).run()
    assert run.grads["z"] is None
    assert judge(run, "z", 0.0).agrees
    assert not judge(run, "z", 1.0).agrees


def test_not_finite_numbers_are_compared_as_such():
    run = trace("y = log(x)", {"x": 0.0})
    assert judge(run, "x", float("inf")).agrees
    assert not judge(run, "x", float("nan")).agrees
    assert judge(run, "x", float("-inf")).slip.kind == "sign"


def test_looking_ends_on_large_programs():
    # Far more nodes than Python's stack is deep; the time of looking goes with their square.
    body = "\n".join(f"h = h * 1.01 + np.sin(h * x[{i % 9}])" for i in range(300))
    program = (
        "def deep(x):\n    h = x[0] + x[1]\n"
        + "\n".join(f"    {line}" for line in body.split("\n"))
        + "\n    return h\ny = deep(x)"
    )
    run = trace(program, {"x": np.linspace(0.1, 0.9, 9)})
    assert judge(run, "x", np.linspace(1, 2, 9)).agrees is False


def test_arrays_without_elements_have_no_slips():
    run = compile_program("h = x * v\ny = np.sum(h) + x", {"x": 2.0, "v": np.zeros((0,))}).run()
    told = grade_backward(run, "dy = 1\ndx = 5 * dy")
    assert [(line.agrees, line.error) for line in told.lines] == [(True, None), (False, None)]


ONES = {"x": [[1], [2]], "W1": [[1, -1], [1, 1]], "b1": [[2], [1]], "W2": [[1, 1]], "b2": [[1]]}
GENERIC = {
    "x": [[1.3], [2.1]], "W1": [[1.7, -0.6], [0.9, 1.1]], "b1": [[2.3], [1.9]], "W2": [[1.4, 0.7]], "b2": [[0.8]],
}  # fmt: skip
TWO = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
TO_Z1 = "dy = 1\nda1 = W2.T * dy\ndz1 = da1 * (z1 > 0)\n"
WRONG = [
    f"{name} = {value}"
    for name, values in {
        "dz1": ("da1", "2 * da1 * (z1 > 0)", "a1 * (z1 > 0)", "da1 * a1", "da1 * z1", "dy * (z1 > 0)", "x * (z1 > 0)"),
        "dW1": ("dz1 * x.T", "dz1 @ b1.T", "da1 @ x.T", "dz1 @ a1.T", "2 * dz1 @ x.T", "x @ dz1.T", "dz1 @ W2"),
        "db1": ("da1 * z1", "z1 > 0", "2 * dz1", "dz1 * b1", "dz1 * x", "W2.T", "dz1 + x"),
        "dx": ("W1 @ dz1", "W1.T @ da1", "W1 @ x", "W1.T @ z1", "2 * W1.T @ dz1", "W1.T @ x", "-W1 @ dz1"),
    }.items()
    for value in values
]


@pytest.mark.parametrize("line", WRONG)
def test_what_is_told_at_small_numbers_is_true_at_any(line):
    """A slip that fits by the chance of small numbers is not told."""
    here = grade_backward(trace(TWO, ONES), TO_Z1 + line, TWO).lines[-1]
    there = grade_backward(trace(TWO, GENERIC), TO_Z1 + line, TWO).lines[-1]
    if here.slip is not None:
        assert there.slip is not None
        assert here.slip == there.slip


@pytest.mark.parametrize(
    ("program", "values", "node", "guess"),
    [
        # 2.3 - 3.5 + 4.7: one path alone, or the sign of one turned around.
        ("y = x * a + x * b + x * c", {"x": 1.1, "a": 2.3, "b": 3.5, "c": 4.7}, "x", 3.5),
        # One path was left out, or the other has the wrong sign.
        ("f = x * (x + y)", {"x": 1.0, "y": 1.0}, "x", 1.0),
    ],
)
def test_of_two_that_fit_one_number_none_is_told(program, values, node, guess):
    assert judge(trace(program, values), node, guess).slip is None


def test_only_a_product_has_another_factor():
    """A power multiplies by a power of its own base: 2 in the place of x is no factor that was exchanged."""
    run = trace("x = 5.0\nf = x**2 + 3*x + 2")
    assert judge(run, "x", 7.0).slip.kind == "one sign"
    assert judge(run, "x", 10.0).slip.kind == "dropped"
