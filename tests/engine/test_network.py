"""A network from a description: a program and values that run, of the right shapes, the same for the same seed."""

import itertools

import numpy as np
import pytest

from app.engine import EngineError, LimitError, ValueProblem, trace
from app.engine.interpreter.network import ACTIVATIONS, INITS, LOSSES, Layer, Network, network_program
from tests.engine.checks import check_everything


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
