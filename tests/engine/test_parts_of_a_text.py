"""Texts of several parts, each with a forward pass and gradients of its own: each gradient is graded by its own scalar,
and says by which where that is not the output."""

import numpy as np
import pytest

from app.engine import compile_program, trace

CIRCUIT = (
    "x = -2.0\ny = 5.0\nz = -4.0\nq = x + y\nf = q * z\ndfdq = z\ndfdz = q\ndfdx = dfdq * 1.0\ndfdy = dfdq * 1.0\n"
)
NETWORK = (
    "X = np.array([[1.0, 2.0], [3.0, 4.0]])\nW = np.array([[0.5], [-0.25]])\nt = np.array([[1.0], [0.0]])\nh = X @ W\n"
    "loss = np.sum((h - t) ** 2)\ndh = 2 * (h - t)\ndW = X.T @ dh\n"
)
PRODUCT = "u = 3.0\nv = 4.0\np = u * v\ndu = v\ndv = 1 * u\n"
NEURON = (
    "w = np.array([2.0, -3.0])\na = np.array([-1.0, -2.0])\nb = -3.0\ndot = w @ a + b\ns = 1.0 / (1 + np.exp(-dot))\n"
    "ddot = (1 - s) * s\nda = w * ddot\ndw = a * ddot\ndb = 1.0 * ddot\n"
)
STAGED = (
    "m = 3.0\nn = -4.0\nsign = 1.0 / (1 + np.exp(-n))\nnum = m + sign\nsigm = 1.0 / (1 + np.exp(-m))\nmpn = m + n\n"
    "sqr = mpn**2\nden = sigm + sqr\ninv = 1.0 / den\nr = num * inv\ndnum = inv\ndinv = num\n"
    "dden = (-1.0 / (den**2)) * dinv\ndsigm = 1 * dden\ndsqr = 1 * dden\ndmpn = (2 * mpn) * dsqr\ndm = 1 * dmpn\n"
    "dn = 1 * dmpn\ndm += ((1 - sigm) * sigm) * dsigm\ndm += 1 * dnum\ndsign = 1 * dnum\n"
    "dn += ((1 - sign) * sign) * dsign\n"
)
CIRCUITS = dict.fromkeys(("dfdq", "dfdz", "dfdx", "dfdy"), "f")
NETWORKS = {"dh": "loss", "dW": "loss"}
STAGES = dict.fromkeys(("dnum", "dinv", "dden", "dsigm", "dsqr", "dmpn", "dm", "dsign", "dn"), "r")


def _told(source, output=None):
    """By the name of each gradient, what it is of and whether it is right."""
    run = compile_program(source, None, output).run()
    return {line.name: (line.of or run.structure.output, line.agrees) for line in run.manual}


def _right(names):
    return {name: (of, True) for name, of in names.items()}


@pytest.mark.parametrize("output", ["f", "loss"])
@pytest.mark.parametrize("source", [CIRCUIT + NETWORK, NETWORK + CIRCUIT], ids=["circuit first", "network first"])
def test_names_say_of_what(source, output):
    assert _told(source, output) == _right(CIRCUITS | NETWORKS)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        (PRODUCT + NETWORK, {"du": "p", "dv": "p"} | NETWORKS),
        (NETWORK + PRODUCT, {"du": "p", "dv": "p"} | NETWORKS),
        (STAGED + NETWORK, STAGES | NETWORKS),
        (NEURON + NETWORK, dict.fromkeys(("ddot", "da", "dw", "db"), "s") | NETWORKS),
        (CIRCUIT + STAGED + PRODUCT + NETWORK, CIRCUITS | STAGES | {"du": "p", "dv": "p"} | NETWORKS),
    ],
)
def test_the_scalar_above_is_meant(source, names):
    assert _told(source, "loss") == _right(names)
    assert _told(source) == _right(names)


@pytest.mark.parametrize(
    ("source", "wrong", "of"),
    [
        (CIRCUIT.replace("dfdz = q", "dfdz = 2 * q") + NETWORK, "dfdz", "f"),
        (PRODUCT.replace("dv = 1 * u", "dv = 3 * u") + NETWORK, "dv", "p"),
        (STAGED.replace("(2 * mpn)", "(3 * mpn)") + NETWORK, "dmpn", "r"),
        (PRODUCT + NETWORK.replace("X.T @ dh", "2 * X.T @ dh"), "dW", "loss"),
    ],
)
def test_a_wrong_gradient_is_still_wrong(source, wrong, of):
    told = _told(source, "loss")
    assert told[wrong] == (of, False)
    run = compile_program(source, None, "loss").run()
    line = next(line for line in run.manual if line.name == wrong)
    assert not np.allclose(line.value, line.adjoint)


def test_a_leaf_of_both_parts_has_gradients_of_both():
    shared = "x = 3.0\nf = x * x\ndx = 2 * x\nk = 2.0\nloss = (k * x - 1) ** 2\ndk = 2 * (k * x - 1) * x\n"
    assert _told(shared, "loss") == {"dx": ("f", True), "dk": ("loss", True)}
    assert _told(shared.replace("dx = 2 * x", "dx = 3 * x"), "loss")["dx"][1] is False
    # The names may be given anew.
    again = "x = 3.0\nf = x * x\ndf_dx = 2 * x\nf = x * x * x\ndf_dx = 3 * x * x\n"
    lines = trace(again).manual
    assert [(line.line, line.of, line.agrees) for line in lines] == [(3, "f", True), (5, None, True)]


def test_a_step_on_the_way_is_no_excuse():
    """`dx` below the loss is one of the loss: what it would be of the value before it is a slip."""
    told = _told("x = 3.0\nz = x * x\nloss = 3 * z\ndz = 3.0\ndx = 2 * x\n")
    assert told["dx"] == ("loss", False)


def test_what_may_be_a_partial_derivative_is_told_where_it_is_right():
    source = "w = 0.5\nh1 = w * 2.0\nh2 = w * h1\nloss = (h2 - 1) ** 2\ndh2_dw = h1\ndloss_dh2 = 2 * (h2 - 1)\n"
    assert _told(source) == {"dloss_dh2": ("loss", True)}
    assert _told(source.replace("dh2_dw = h1", "dh2_dw = h1 + w * 2.0"))["dh2_dw"] == ("h2", True)


def test_gradients_of_another_scalar_follow_its_leaves():
    source = PRODUCT + NETWORK
    run = compile_program(source, {"v": 7.0}, "loss").run()
    line = next(line for line in run.manual if line.name == "du")
    assert (line.value, line.adjoint, line.agrees, line.of) == (7.0, 7.0, True, "p")


def test_element_by_element():
    run = compile_program(PRODUCT + NETWORK, None, "loss", detail="scalar").run()
    told = {line.name: (line.of, line.agrees) for line in run.manual}
    assert told["du"] == ("p", True)
    assert all(agrees for _, agrees in told.values())


def test_gradients_beside_a_training():
    source = PRODUCT + NETWORK + "for i in range(5):\n    h = X @ W\n    dh = 2 * (h - t)\n    W -= 0.01 * X.T @ dh\n"
    told = _told(source)
    assert told["du"] == ("p", True)
    assert all(agrees for _, agrees in told.values())


def test_two_losses_that_share_a_network():
    source = (
        "x = np.array([[1.0, 2.0]])\nG = np.array([[0.5], [0.1]])\nD = 0.7\nfake = x @ G\nsaid = fake * D\n"
        "loss_d = np.sum((1 - said) ** 2)\ndD = np.sum(-2 * (1 - said) * fake)\nloss_g = np.sum(said ** 2)\n"
        "dG = x.T @ (2 * said * D)\n"
    )
    assert _told(source, "loss_d") == {"dD": ("loss_d", True), "dG": ("loss_g", True)}


def test_every_factor_of_the_chain_rule():
    source = (
        "w = 0.5\nx = 2.0\nb = 0.1\nz = w * x + b\na = np.tanh(z)\nloss = (a - 1) ** 2\ndloss_da = 2 * (a - 1)\n"
        "da_dz = 1 - a ** 2\ndz_dw = x\ndz_db = 1.0\ndloss_dw = dloss_da * da_dz * dz_dw\n"
    )
    right = _right({"dloss_da": "loss", "da_dz": "a", "dz_dw": "z", "dz_db": "z", "dloss_dw": "loss"})
    assert _told(source) == right
    assert _told(source.replace("1 - a ** 2", "1 - a"))["da_dz"] == ("a", False)


def test_gates_of_a_course():
    source = (
        "class Times:\n    def forward(self, a, b):\n        self.a, self.b = a, b\n        return a * b\n"
        "    def backward(self, dout):\n        return dout * self.b, dout * self.a\n"
        "first, second = Times(), Times()\napple = 100.0\nnumber = 2.0\ntax = 1.1\n"
        "sum_apple = first.forward(apple, number)\nprice = second.forward(sum_apple, tax)\n"
        "dsum_apple, dtax = second.backward(1.0)\ndapple, dnumber = first.backward(dsum_apple)\n"
    )
    names = dict.fromkeys(("dsum_apple", "dtax", "dapple", "dnumber"), "price") | NETWORKS
    assert _told(source + NETWORK, "loss") == _right(names)


def test_what_does_not_say_of_what_is_told_of_its_part():
    source = "u = np.array([1.0, 2.0])\nv = np.array([0.5, 3.0])\ns = np.sum(u * v)\ndelta = v * 1.0\ndu = v\n"
    assert _told(source + NETWORK, "loss") == _right({"delta": "s", "du": "s"} | NETWORKS)


def test_what_may_be_no_gradient_is_not_told():
    assert "dx" not in _told("x = 3.0\nS = x * x\ndx = x - 1.0\nd = dx * dx\n" + NETWORK, "loss")
    # The derivative of a matrix by a matrix, as people write it for the chain rule.
    source = (
        "x = np.array([[1.0, 2.0]])\nw = np.array([[0.5], [0.1]])\nz = x @ w\nloss = np.sum((z - 1) ** 2)\ndz_dw = x\n"
        "dloss_dw = x.T @ (2 * (z - 1))\n"
    )
    assert _told(source) == {"dloss_dw": ("loss", True)}
