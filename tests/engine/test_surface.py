"""What a program predicts for other examples than its own, and the data sets that it may learn from."""

import numpy as np
import pytest

from app.engine import EngineError, compile_program
from app.engine.interpreter.network import Layer, Network, network_program
from app.engine.interpreter.network.datasets import DATASETS, examples
from app.engine.interpreter.network.digits import drawn
from app.engine.training.run import Run
from app.engine.training.surface import own_examples, predictions, surface, value_of
from app.engine.training.trainer import Trainer

TEXT = """X = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
y = np.array([[1.0], [0.0], [1.0]])
W = np.array([[0.5], [-0.3]])
p = sigmoid(X @ W)
loss = np.mean((p - y) ** 2)
"""
MOST = 1_000_000


def net(name, **further):
    data = DATASETS[name]
    several = data.classes > 2
    layers = (Layer(4, "tanh"), Layer(data.classes, "softmax") if several else Layer(1))
    loss = "cross_entropy" if several else "mse"
    return network_program(Network(data.inputs, layers, loss, "xavier", 3, 20, name, **further))


def test_the_prediction_is_the_last_value_before_the_targets_come_in():
    plan = compile_program(TEXT)
    assert predictions(plan, "X") == ("p",)
    own = own_examples(plan)
    assert (own.x, own.target) == ("X", "y")
    assert own.rows.shape == (3, 2)


def test_points_are_predicted_as_if_they_were_the_examples():
    """Five points, in batches of three: the same numbers as by NumPy."""
    points = np.array([[1.0, 1.0], [0.0, 0.0], [2.0, -1.0], [9.0, 9.0], [-3.0, 0.5]])
    found = surface(compile_program(TEXT), "X", points, None, MOST)
    assert found.of == "p"
    assert found.values[:, 0] == pytest.approx(1 / (1 + np.exp(-(points @ [0.5, -0.3]))), rel=1e-14)


def test_what_a_loss_takes_for_logits_is_told():
    made = network_program(Network(2, (Layer(1, "sigmoid"),), "binary_cross_entropy", "he", 0, 6, "moons"))
    plan = compile_program(made.program, made.values, made.output)
    assert not surface(plan, "x", np.zeros((2, 2)), "p", MOST).logits
    assert surface(plan, "x", np.zeros((2, 2)), "z1", MOST).logits


def test_a_text_that_counts_on_its_rows_is_run_as_it_stands():
    text = TEXT.replace("np.mean((p - y) ** 2)", "np.sum((p - y) ** 2) / 3").replace("X @ W", "X.reshape(3, 2) @ W")
    assert surface(compile_program(text), "X", np.zeros((7, 2)), "p", MOST).values.tolist() == [[0.5]] * 7


def test_what_a_loop_has_learned_stays_when_it_is_asked_about_others():
    text = """X = np.array([[0.0], [1.0], [2.0]])
y = np.array([[1.0], [3.0], [5.0]])
w = 0.0
b = 0.0
for i in range(400):
    p = X * w + b
    loss = np.mean((p - y) ** 2)
    dw = 2 * np.mean((p - y) * X)
    db = 2 * np.mean(p - y)
    w -= 0.1 * dw
    b -= 0.1 * db
"""
    found = surface(compile_program(text), "X", np.array([[10.0], [-1.0]]), "p", MOST)
    assert found.values[:, 0] == pytest.approx([21.0, -1.0], abs=1e-3)


def test_a_decision_about_the_examples_is_asked_again():
    text = TEXT.replace("p = sigmoid(X @ W)", "p = sigmoid(X @ W) if np.max(X) > 2 else X @ W")
    with pytest.raises(EngineError, match="goes another way"):
        surface(compile_program(text), "X", np.zeros((3, 2)), "p", MOST)


@pytest.mark.parametrize(
    ("text", "of", "said"),
    [
        (TEXT, "q", "q has no value for each example"),
        (TEXT.replace("X @ W", "np.sum(X) * W.T + y * 0"), None, "nothing is computed for each example"),
    ],
)
def test_what_has_no_row_for_each_example_is_refused(text, of, said):
    with pytest.raises(EngineError, match=said):
        surface(compile_program(text), "X", np.zeros((2, 2)), of, MOST)


def test_too_many_points_are_refused_before_they_are_computed():
    with pytest.raises(EngineError, match="takes too long"):
        surface(compile_program(TEXT), "X", np.zeros((1_000_000, 2)), None, MOST)


def test_no_examples():
    with pytest.raises(EngineError, match="no input holds examples"):
        own_examples(compile_program("w = 2.0\nf = w * w"))


@pytest.mark.parametrize("name", DATASETS)
def test_data_are_the_same_for_the_same_seed_and_learnable(name):
    data = DATASETS[name]
    x, target = examples(data, 40, None, 7)
    again, _ = examples(data, 40, None, 7)
    assert x.shape == (40, data.inputs)
    assert target.shape == (40,)
    assert np.array_equal(x, again)
    assert not np.array_equal(x, examples(data, 40, None, 8)[0]) or name == "xor"
    if data.classes:
        assert set(target) == set(range(data.classes))
    else:
        assert np.all(np.abs(target) < 3)
    assert np.all(np.abs(x) < 3)


@pytest.mark.parametrize("name", DATASETS)
def test_a_network_of_every_data_set_runs(name):
    made = net(name)
    trace = compile_program(made.program, made.values, made.output).run()
    assert np.isfinite(trace.output)
    assert len(made.values["x"]) == 20


def test_digits_are_ten_pictures_that_a_network_tells_apart():
    pictures = drawn()
    assert pictures.shape == (10, 8, 8)
    assert len({picture.tobytes() for picture in pictures}) == 10
    layers = (Layer(16, "relu"), Layer(10, "softmax"))
    made = network_program(Network(64, layers, "cross_entropy", "he", 1, 100, "digits"))
    trainer = Trainer(Run(made.program, made.values, made.output, optimizer="adam"))
    state = trainer.start
    for _ in range(150):
        state = trainer.next(state).after
    trace = compile_program(made.program, trainer.values(state), made.output).run()
    told = np.argmax(value_of(trace, "p"), axis=1)
    assert np.mean(told == np.argmax(made.values["target"], axis=1)) > 0.95


def test_xor_begins_with_its_four_corners():
    made = net("xor")
    assert made.values["x"][:4] == [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    assert made.values["target"][:4] == [[0.0], [1.0], [1.0], [0.0]]


def test_noise_is_the_readers():
    assert net("line", noise=0.0).values["target"][0][0] == pytest.approx(
        0.8 * net("line", noise=0.0).values["x"][0][0] + 0.3, abs=1e-3
    )


def test_cross_entropy_gets_a_column_for_each_class():
    made = network_program(Network(2, (Layer(2, "softmax"),), "cross_entropy", "he", 0, 6, "moons"))
    assert made.values["target"][:2] == [[1.0, 0.0], [0.0, 1.0]]


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (Network(3, (Layer(1),), "mse", batch=4, data="xor"), "xor has 2 numbers in each example"),
        (Network(2, (Layer(1),), "mse", batch=4, data="swirl"), "there is no data set 'swirl'"),
        (Network(1, (Layer(1),), "binary_cross_entropy", batch=4, data="sine"), "is for classes"),
        (Network(2, (Layer(3),), "mse", batch=4, data="xor"), "needs 1 outputs"),
    ],
)
def test_data_that_does_not_go_with_a_network_is_refused(network, said):
    with pytest.raises(EngineError, match=said):
        network_program(network)
