"""A network from a description: a program and values that run, of the right shapes, the same for the same seed."""

import itertools

import numpy as np
import pytest

from app.engine import EngineError, LimitError, ValueProblem, compile_program, trace
from app.engine.interpreter.network import (
    ACTIVATIONS,
    FEATURES,
    FROM_LOGITS,
    INITS,
    LOSSES,
    Layer,
    Network,
    Points,
    network_program,
    outputs_for,
)
from app.engine.ops import activations
from tests.engine.checks import check_everything


def test_an_activation_of_the_registry_is_one_of_a_network():
    family = [op.name for op in activations.OPS]
    assert sorted(ACTIVATIONS) == sorted(["identity", *family, "softmax"])


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation(activation):
    made = network_program(Network(2, (Layer(3, activation), Layer(2, activation)), batch=2, random_seed=3))
    run = check_everything(made.program, made.values)
    assert run.structure.output == made.output == "y"
    assert run.output.shape == (2, 2)


@pytest.mark.parametrize(("loss", "init"), list(itertools.product(LOSSES, INITS)))
def test_every_loss_and_initialisation(loss, init):
    made = network_program(Network(3, (Layer(4, "tanh"), Layer(2)), loss=loss, init=init, batch=3, random_seed=1))
    run = trace(made.program, made.values, output=made.output)
    assert np.shape(run.output) == ((3, 2) if loss == "none" else ())
    assert np.shape(run.values["W1"]) == (3, 4)
    assert np.shape(run.values["b2"]) == (2,)
    assert all(run.grads[name] is not None for name in ("W1", "b1", "W2", "b2", "x"))
    if loss == "cross_entropy":
        np.testing.assert_array_equal(np.sum(made.values["target"], axis=1), np.ones(3))


HEADS = [("cross_entropy", "softmax"), ("cross_entropy", "identity")]
HEADS += [("binary_cross_entropy", "sigmoid"), ("binary_cross_entropy", "identity")]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("loss", "activation"), HEADS)
def test_a_loss_of_probabilities_is_minus_log_p_and_sends_back_p_minus_y(loss, activation, seed):
    """Bishop, Pattern Recognition and Machine Learning, 4.3.2 and 4.3.4; here the mean over examples."""
    layers = (Layer(4, "tanh"), Layer(3, activation))
    made = network_program(Network(2, layers, loss=loss, batch=5, random_seed=seed))
    run = trace(made.program, made.values, output=made.output)
    w, t = made.values, np.array(made.values["target"])
    z = np.tanh(np.array(w["x"]) @ np.array(w["W1"]) + w["b1"]) @ np.array(w["W2"]) + w["b2"]
    if loss == "cross_entropy":
        p = np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)
        expected, slope = np.mean(-np.log(p[t == 1])), (p - t) / 5
    else:
        p = 1 / (1 + np.exp(-z))
        expected, slope = np.mean(np.where(t == 1, -np.log(p), -np.log(1 - p))), (p - t) / t.size
    logits = "y" if activation == "identity" else "z2"
    np.testing.assert_allclose(run.output, expected, rtol=1e-12)
    np.testing.assert_allclose(run.grads[logits], slope, rtol=1e-12, atol=1e-15)
    if activation == "identity":
        assert made.notes == ()
    else:
        assert f"p = {activation}(z2)" in made.program
        assert [f"# {note}" in made.program for note in made.notes] == [True]
        np.testing.assert_allclose(np.array(run.prints[0].items[1]), p, rtol=1e-12)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_last_activation_goes_with_a_loss_or_is_refused_with_what_does(activation, loss):
    network = Network(2, (Layer(3, "relu"), Layer(2, activation)), loss=loss, batch=2)
    if activation in outputs_for(loss):
        made = network_program(network)
        assert np.isfinite(trace(made.program, made.values, output=made.output).output).all()
        return
    with pytest.raises(ValueProblem, match=f"{loss} does not go with {activation}") as caught:
        network_program(network)
    assert FROM_LOGITS[loss] in caught.value.hint
    assert "mse" in caught.value.hint


def test_within_a_network_any_activation_goes_with_any_loss():
    for loss in LOSSES:
        made = network_program(Network(2, (Layer(3, "softmax"), Layer(2)), loss=loss))
        assert "a1 = softmax(z1)" in made.program


def test_the_same_seed_gives_the_same_network():
    one, other = (network_program(Network(2, (Layer(3),), random_seed=7)) for _ in range(2))
    assert one == other
    assert network_program(Network(2, (Layer(3),), random_seed=8)).values != one.values


def test_initialisations_have_their_variance():
    values = network_program(Network(200, (Layer(300),), init="he", random_seed=1)).values
    assert np.var(values["W1"]) == pytest.approx(2 / 200, rel=0.05)
    values = network_program(Network(200, (Layer(300),), init="xavier", random_seed=1)).values
    assert np.var(values["W1"]) == pytest.approx(2 / 500, rel=0.05)
    values = network_program(Network(100, (Layer(300),), init="uniform", random_seed=1)).values
    assert np.max(np.abs(values["W1"])) <= 0.1


WRONG = {
    "no layers": Network(2, ()),
    "no inputs": Network(0, (Layer(1),)),
    "no units": Network(2, (Layer(0),)),
    "no batch": Network(2, (Layer(1),), batch=0),
    "negative units": Network(2, (Layer(-3),)),
    "activation": Network(2, (Layer(1, "nope"),)),
    "activation that is code": Network(2, (Layer(1, "relu(x)\nimport os\ny = relu"),)),
    "loss": Network(2, (Layer(1),), loss="nope"),
    "init": Network(2, (Layer(1),), init="nope"),
    "seed": Network(2, (Layer(1),), random_seed=-1),
    "dropout": Network(2, (Layer(1),), dropout=1.0),
    "too wide": Network(10_000, (Layer(10_000),)),
    "too deep": Network(2, tuple(Layer(2) for _ in range(10_000))),
    "too many examples": Network(1_000, (Layer(1),), batch=1_000),
    "too large altogether": Network(490, tuple(Layer(490) for _ in range(12))),
}


def traced(network):
    made = network_program(network)
    return trace(made.program, made.values)


@pytest.mark.parametrize("name", WRONG)
def test_wrong_descriptions_are_refused(name):
    with pytest.raises((ValueProblem, LimitError)) as caught:
        traced(WRONG[name])
    assert isinstance(caught.value, EngineError)
    assert caught.value.hint


def by_hand(made, x):
    """What a network of two hidden layers with tanh, norm, residual and all features computes, in plain NumPy."""
    w = {name: np.array(value) for name, value in made.values.items()}

    def normalised(z, k):
        spread = np.sqrt(np.var(z, axis=1, keepdims=True) + 1e-5)
        return w[f"gamma{k}"] * (z - z.mean(axis=1, keepdims=True)) / spread + w[f"beta{k}"]

    h = np.hstack([x, x**2, x[:, :1] * x[:, 1:], np.sin(3 * x)])
    a1 = np.tanh(normalised(h @ w["W1"] + w["b1"], 1))
    a2 = a1 + np.tanh(normalised(a1 @ w["W2"] + w["b2"], 2))
    return a2 @ w["W3"] + w["b3"]


def test_features_norm_and_residual_connections_are_lines_that_compute_what_they_say():
    layers = (Layer(4, "tanh"), Layer(4, "tanh"), Layer(1))
    network = Network(2, layers, "mse", "xavier", 5, 6, features=tuple(FEATURES), residual=True, norm=True)
    made = network_program(network)
    for line in (
        "squares = x ** 2",
        "product = x[:, :1] * x[:, 1:]",
        "features = np.concatenate([x, squares, product, sines], axis=1)",
        "z1 = features @ W1 + b1",
        "n1 = layernorm(z1, gamma1, beta1)",
        "a1 = tanh(n1)",
        "a2 = a1 + tanh(n2)",
    ):
        assert line in made.program.split("\n")
    assert made.notes == ("Layer 1 makes 4 values of 7, so it cannot add its input to them.",)
    run = check_everything(made.program, made.values)
    np.testing.assert_allclose(run.values["y"], by_hand(made, np.array(made.values["x"])), rtol=1e-12)
    assert all(run.grads[name] is not None for name in ("gamma1", "beta1", "gamma2", "beta2", "W1"))


@pytest.mark.parametrize("activation", ["identity", "relu", "softmax"])
@pytest.mark.parametrize(("residual", "norm"), [(True, False), (False, True), (True, True)])
def test_a_residual_connection_and_a_norm_go_with_any_activation(activation, residual, norm):
    layers = (Layer(3, activation), Layer(2))
    made = network_program(Network(3, layers, "mse", "xavier", 4, 4, residual=residual, norm=norm))
    run = check_everything(made.program, made.values)
    inner = {"identity": "n1" if norm else "z1"}.get(activation, f"{activation}({'n1' if norm else 'z1'})")
    assert f"a1 = {'x + ' if residual else ''}{inner}" in made.program.split("\n")
    assert np.isfinite(run.output)


def test_dropout_is_lines_that_draw_by_the_step_and_leave_nothing_out_beside_a_training():
    layers = (Layer(4, "tanh"), Layer(4, "tanh"), Layer(1))
    made = network_program(Network(2, layers, "mse", "xavier", 5, 6, residual=True, dropout=0.25))
    plain = network_program(Network(2, layers, "mse", "xavier", 5, 6, residual=True))
    assert made.values == plain.values
    w = {name: np.array(value) for name, value in made.values.items()}

    def left(k, a, step):
        kept = np.random.default_rng([5, k, step]).random(a.shape) >= 0.25
        return a * kept / 0.75

    for step in (0, 7):
        a1 = left(1, np.tanh(w["x"] @ w["W1"] + w["b1"]), step)
        a2 = a1 + left(2, np.tanh(a1 @ w["W2"] + w["b2"]), step)
        run = compile_program(made.program, {**made.values, "step": step}, made.output).run()
        np.testing.assert_allclose(run.values["y"], a2 @ w["W3"] + w["b3"], rtol=1e-12)
    without = compile_program(made.program, {**made.values, "step": -1}, made.output).run().output
    assert without == compile_program(plain.program, plain.values, plain.output).run().output
    check_everything(made.program, made.values)


def test_points_of_ones_own_are_the_examples():
    points = Points(((0.5, 1.0), (2.0, -1.0), (0.0, 0.25)), (0.0, 2.0, 1.0), 3)
    made = network_program(Network(2, (Layer(3, "softmax"),), "cross_entropy", points=points))
    assert made.values["x"] == [[0.5, 1.0], [2.0, -1.0], [0.0, 0.25]]
    assert made.values["target"] == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    line = Points(((0.5,), (2.0,)), (0.1, 0.9))
    assert network_program(Network(1, (Layer(1),), "mse", points=line)).values["target"] == [[0.1], [0.9]]


TWO = Points(((0.0, 1.0), (1.0, 0.0)), (0.0, 1.0), 2)


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (Network(2, (Layer(1),), "mse", points=Points((), ())), "no points to learn from"),
        (Network(2, (Layer(1),), "mse", points=Points(((1.0, 2.0),), ())), "1 points have 0 targets"),
        (Network(2, (Layer(1),), "mse", points=Points(((1.0, 2.0), (1.0,)), (0.0, 1.0))), "differ in how many"),
        (Network(2, (Layer(1),), "mse", points=Points(((1.0, np.nan),), (0.0,))), "not finite"),
        (Network(2, (Layer(1),), "mse", points=Points(((1.0, 2.0),), (2.0,), 2)), "none of 2 classes"),
        (Network(2, (Layer(1),), "mse", points=Points(((1.0, 2.0),), (0.5,), 2)), "none of 2 classes"),
        (Network(2, (Layer(1),), "mse", points=Points(((1.0, 2.0),), (2.0,), 3)), "has 3 classes"),
        (Network(3, (Layer(1),), "mse", points=TWO), "2 numbers in each example"),
        (Network(2, (Layer(1),), "mse", points=TWO, data="xor"), "exclude each other"),
        (Network(1, (Layer(1),), features=("product",)), "product needs two inputs"),
        (Network(1, (Layer(1),), features=("cubes",)), "there is no feature 'cubes'"),
        (Network(2, (Layer(2),), norm=True), "the network has none"),
        (Network(2, (Layer(3), Layer(2)), residual=True), "none can add its input"),
    ],
)
def test_what_does_not_go_together_is_refused(network, said):
    with pytest.raises(ValueProblem, match=said):
        network_program(network)
