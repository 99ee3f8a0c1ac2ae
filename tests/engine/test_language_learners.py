"""What learners paste: the output is what the program is about, and each gradient of theirs is graded by what it is."""

import numpy as np
import pytest

from app.engine import compile_program, trace

PROGRAMS = {
    "reading and storing at class indices": (
        (
            "pts = np.array([[0.5, -1.0], [1.5, 0.25], [-0.75, 2.0]])\nlab = np.array([2, 0, 1])\n"
            "V = np.array([[0.2, -0.1, 0.4], [0.3, 0.5, -0.6]])\nc = np.array([[0.1, 0.0, -0.2]])\nn = pts.shape[0]\n"
            "s = pts.dot(V) + c\nq = np.exp(s) / np.sum(np.exp(s), axis=1, keepdims=True)\n"
            "cost = np.sum(-np.log(q[range(n), lab])) / n + 0.05 * np.sum(V * V)\nds = q.copy()\n"
            "ds[range(n), lab] -= 1\nds /= n\ndV = pts.T.dot(ds)\ndV += 0.1 * V\ndc = np.sum(ds, axis=0, keepdims=True)"
        ),
        "cost",
        0.70410462,
        {"ds": True, "dV": True, "dc": True},
    ),
    "helpers after the loss": (
        (
            "u = np.array([[1.0, -2.0]])\nM = np.array([[0.5, -0.3], [0.2, 0.8]])\nv = u @ M\nh = np.maximum(0, v)\n"
            "err = np.sum(h ** 2)\ndh = 2 * h\ngate = (v > 0).astype(float)\ndv = dh * gate\ndM = u.T @ dv\n"
            "rate = 0.1\n"
            "M = M - rate * dM"
        ),
        "err",
        0.01,
        {"dh": True, "dv": True, "dM": True},
    ),
    "Leibniz's names": (
        (
            "x = 2.0\nw1 = 0.5\nw2 = 0.8\ngoal = 1.0\nz1 = w1 * x\na1 = 1 / (1 + np.exp(-z1))\npred = w2 * a1\n"
            "loss = (pred - goal) ** 2\ndloss_dpred = 2 * (pred - goal)\ndloss_dw2 = dloss_dpred * a1\n"
            "dloss_da1 = dloss_dpred * w2\ndloss_dz1 = dloss_da1 * a1 * (1 - a1)\ndloss_dw1 = dloss_dz1 * x"
        ),
        "loss",
        0.17235213,
        dict.fromkeys(("dloss_dpred", "dloss_dw2", "dloss_da1", "dloss_dz1", "dloss_dw1"), True),
    ),
    "coefficients of a hinge": (
        (
            "X = np.array([[1.0, 2.0], [-0.5, 0.7], [0.2, -1.3]])\nhot = np.array([[1, 0, 0], [0, 0, 1], [0, 1, 0]])\n"
            "W = np.array([[0.3, -0.5, 0.2], [0.1, 0.4, -0.6]])\ns = X @ W\n"
            "right = np.sum(s * hot, axis=1, keepdims=True)\n"
            "gap = np.maximum(0, s - right + 1) * (1 - hot)\nloss = np.sum(gap) / 3 + 0.05 * np.sum(W * W)\n"
            "coef = (gap > 0).astype(float)\ncoef = coef - hot * np.sum(coef, axis=1, keepdims=True)\n"
            "dW = X.T @ coef / 3 + 0.1 * W"
        ),
        "loss",
        2.8055,
        {"dW": True},
    ),
    "an accuracy after the loss": (
        (
            "w = np.array([1.0, 2.0])\nX = np.array([[1.0, 0.5], [0.2, -1.0]])\ny = np.array([0.5, 1.0])\n"
            "pred = X @ w\n"
            "loss = np.mean((pred - y) ** 2)\naccuracy = np.mean((pred > 0) == (y > 0))\ndpred = 2 * (pred - y) / 2\n"
            "dw = X.T @ dpred"
        ),
        "loss",
        5.045,
        {"dpred": True, "dw": True},
    ),
    "a number that is a derivative of something else": (
        "x = 2.0\nz = x * x\nloss = 3 * z\ndz_dx = 2 * x\ndloss_dz = 3.0\ndloss_dx = dloss_dz * dz_dx",
        "loss",
        12.0,
        {"dz_dx": True, "dloss_dz": True, "dloss_dx": True},
    ),
    "a flattened copy": (
        "x = np.array([[1.0, 2.0], [3.0, 4.0]])\nr = x.flatten()\nr *= 2\ny = np.sum(r)",
        "y",
        20.0,
        {},
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_it_is_about_and_whose_gradients(name):
    source, output, value, graded = PROGRAMS[name]
    run = trace(source)
    assert run.structure.output == output
    assert run.output == pytest.approx(value, rel=1e-7)
    assert {line.name: line.agrees for line in run.manual} == graded


def test_lengths_of_data_are_bounds():
    run = trace(
        "def dense(x, w, b):\n    rows = x.shape[0]\n    flat = x.reshape(rows, -1)\n    return flat.dot(w) + b\n"
        "x = np.array([[[1.0, -2.0], [0.5, 3.0]], [[0.1, 0.2], [0.3, 0.4]]])\n"
        "w = np.array([[0.2, -0.4], [0.7, 0.3], [-0.5, 0.1], [0.6, -0.2]])\nb = np.array([0.1, -0.2])\n"
        "y = dense(x, w, b)\ntotal = 0.0\nfor i in range(y.shape[0]):\n    total += np.sum(y[i] ** 2)"
    )
    assert run.output == pytest.approx(3.4404)
    np.testing.assert_allclose(run.grads["b"], [1.6, -3.96])
    np.testing.assert_allclose(run.grads["w"], [[0.97, -3.546], [-1.66, 6.908], [0.66, -1.888], [2.98, -10.684]])


LOOP = (
    "x = np.array([[1.0, 2.0]])\nW = np.array([[0.1], [0.3]])\nfor i in range(2):\n    z = x @ W\n    dz = 2 * z\n"
    "    dW = x.T @ dz\n    W = W - 0.05 * dW\n    loss = np.sum((x @ W) ** 2)\n"
)
TWICE = "x = np.array([[1.0, 2.0]])\nW = np.array([[0.1], [0.3]])\n" + (
    "loss = np.sum((x @ W) ** 2)\ndW = x.T @ (2 * (x @ W))\nW -= 0.05 * dW\n" * 2
)


@pytest.mark.parametrize("source", [LOOP, TWICE], ids=["in a loop", "written out"])
def test_gradients_of_a_turn_belong_to_its_values(source):
    run = trace(source)
    assert run.structure.output.startswith("loss")
    assert [line.agrees for line in run.manual if line.name == "dW"] == [True] * (1 if source == LOOP else 2)


def test_a_wrong_gradient_of_an_earlier_turn_is_found():
    wrong = TWICE.replace("x.T @ (2 * (x @ W))", "x.T @ (3 * (x @ W))", 1)
    assert [line.agrees for line in trace(wrong).manual] == [False, True]


def test_a_training_loop_gives_the_numbers_of_python():
    source = (
        "def squash(t, slope=False):\n    if slope == True:\n        return t * (1 - t)\n"
        "    return 1 / (1 + np.exp(-t))\n"
        "bits = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])\nwant = np.array([[0, 1, 1, 0]]).T\n"
        "K = np.array([[-0.2], [0.4], [-1.0]])\nfor step in range(2):\n    got = squash(np.dot(bits, K))\n"
        "    miss = want - got\n    delta = miss * squash(got, True)\n    K += np.dot(bits.T, delta)\n"
        "loss = 0.5 * np.sum((want - squash(np.dot(bits, K))) ** 2)"
    )
    run = trace(source)
    assert run.output == pytest.approx(0.43118852, rel=1e-7)
    np.testing.assert_allclose(run.values["K#3"].ravel(), [0.37258242, 0.50919022, -0.72191542], rtol=1e-7)
    # Another beginning leads to other values of the last turn: the loop is run again.
    other = trace(source, {"K": [[0.0], [0.0], [0.0]]})
    assert other.output != run.output


def test_a_mean_that_is_taken_later_is_a_convention():
    run = trace(
        "X = np.array([[1.0, 2.0], [3.0, -4.0]])\nY = np.array([[1.0, 0.0]])\nw = np.array([[0.1], [0.2]])\nb = 0.5\n"
        "m = X.shape[1]\nZ = np.dot(w.T, X) + b\nA = 1 / (1 + np.exp(-Z))\n"
        "cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m\ndZ = A - Y\ndw = np.dot(X, dZ.T) / m\n"
        "db = np.sum(dZ) / m"
    )
    assert [line.agrees for line in run.manual] == [True, True, True]
    assert run.manual[0].note.startswith("This is 2 times the gradient")


def test_a_softmax_along_an_axis_of_length_1_is_told():
    plan = compile_program("logits = np.array([[0.3], [1.5], [-0.2]])\np = softmax(logits)")
    assert plan.structure.program.notes[0].startswith("Line 2: softmax goes along the last axis, which has length 1")
    assert not compile_program("logits = np.array([[0.3, 1.5]])\np = softmax(logits)").structure.program.notes


@pytest.mark.parametrize(
    ("x", "value", "slope"), [(3.0, 9.0, 6.0), (-2.0, 2.0, -1.0), (1.0, 1.0, 2.0), (0.0, 0.0, -1.0)]
)
def test_a_slider_across_a_decision_gives_the_other_graph(x, value, slope):
    source = "x = 3.0\nif x > 0:\n    y = x * x\nelse:\n    y = -x"
    for _ in range(2):
        run = compile_program(source, {"x": x}).run()
        assert run.output == value
        assert run.grads["x"] == slope


def test_a_step_of_an_integration_is_no_training_step():
    run = trace("x = 1.0\nt = 0.0\ndt = 0.1\nfor i in range(3):\n    x = x + dt * (-x)\n    t = t + dt\ny = x * x")
    assert run.grads["x"] == pytest.approx(2 * 0.9**6)


def test_a_layer_is_a_group_named_by_its_object():
    source = (
        "class Dense:\n    def __init__(self, w):\n        self.w = w\n    def __call__(self, x):\n"
        "        return self.scaled(x) + 1\n    def scaled(self, x):\n        return self.w * x\n"
        "layers = [Dense(2.0), Dense(3.0)]\nh = 0.5\nfor layer in layers:\n    h = layer(h)"
    )
    groups = [group.name for group in compile_program(source).structure.groups]
    # What makes them is called as it is written: by their class.
    assert groups == ["Dense", "Dense", "layers[0]", "layers[0].scaled", "layers[1]", "layers[1].scaled"]


def test_going_forward_is_all_that_a_layer_does():
    source = (
        "class Half:\n    def forward(self, x):\n        return self.scaled(x) + 1\n"
        "    def scaled(self, x):\n        return 0.5 * x\n    def __call__(self, x):\n        return self.forward(x)\n"
        "half = Half()\ny = half(1.0 * half.forward(x))"
    )
    program = compile_program(source, {"x": 3.0})
    assert [group.name for group in program.structure.groups] == ["half", "half.scaled", "half", "half.scaled"]
    assert program.run().output == 2.25
