"""What the lesson about a transformer block says in words is what its programs do."""

import numpy as np
import pytest

from app.engine import compile_program
from app.engine.assess.gradcheck.check import check
from tests.lessons.trained import figure, lesson, record, steps_of

STEPS = lesson("a-transformer-block-backwards").steps
SUMS, ORDER, ADDS, WEIGHTS, TRUE, STANDS, ALONE = STEPS


def run(step, **values):
    return compile_program(step.program, {**step.values, **values}).run()


def size(array):
    return float(np.sqrt(np.mean(np.square(array))))


def sizes(step, **values):
    """The sizes of the gradients that the figure shows, by node."""
    trace = run(step, **values)
    return {node: size(trace.grads[node]) for node in figure(step).options["norms"].split(",")}


def test_a_sum_hands_on_what_it_gets():
    trace = run(SUMS)
    for ends in (("m", "y", 0), ("f", "y", 1)):
        assert np.array_equal(trace.messages[ends], trace.grads["y"])
    for ends in (("x", "m", 0), ("a", "m", 1)):
        assert np.array_equal(trace.messages[ends], trace.grads["m"])
    assert SUMS.question.expected == trace.grads["y"][0, 0]


def test_attention_waits_for_the_feed_forward_block_and_its_norm():
    trace = run(ORDER)
    nodes = [node.id for node in trace.structure.nodes]
    order = list(trace.structure.backward)
    assert set(order) <= set(nodes)
    inside = {part: [order.index(id) for id in order if id == part or id.startswith(f"{part}.")] for part in ("a", "f")}
    norm = [order.index(id) for id in order if id == "n2" or id.startswith("n2.")]
    assert max(inside["f"]) < min(norm)
    assert max(norm) < order.index("m") < min(inside["a"])


def test_what_is_only_a_summand_gets_exactly_what_the_sum_gets():
    trace = run(ADDS)
    assert np.array_equal(trace.grads["f"], trace.grads["y"])
    assert np.array_equal(trace.grads["a"], trace.grads["m"])
    assert not np.array_equal(trace.grads["m"], trace.grads["y"])
    found = sizes(ADDS)
    level = [found[node] for node in ("y", "m", "x")]
    assert max(level) / min(level) < 1.05
    assert max(found["n1"], found["n2"]) < min(level) / 2
    louder = sizes(ADDS, s=0.6)
    assert louder["x"] > 1.5 * louder["y"]


def test_queries_and_keys_get_least_at_the_beginning():
    found = sizes(WEIGHTS)
    assert max(found["Wq"], found["Wk"]) < found["Wv"] / 10
    raised = sizes(WEIGHTS, s=0.8)
    assert min(raised["Wq"], raised["Wk"]) > raised["Wv"] / 10


def test_differences_agree():
    trace = run(TRUE)
    names = ["Wq", "Wk", "Wv", "Wo", "W1", "W2", "x"]
    assert all(each.relative_error < 1e-6 for each in check(trace, names, 1e-5))


def test_post_norm_fades_where_pre_norm_does_not():
    pre, post = sizes(STANDS), sizes(STANDS, pre=0.0)
    assert pre["h1"] > pre["h8"]
    assert pre["h1"] < 10 * pre["h8"]
    assert post["h1"] < post["h8"] / 100
    values = [size(run(STANDS).values[f"h{k}"]) for k in range(1, 9)]
    assert values[-1] > 2 * values[0]


def test_zeros_let_two_matrices_learn_first_and_then_all():
    made = record(ALONE)
    first, second = (
        dict(zip(made.trainer.parameters, made.trainer.gradients(made.state(k))[1], strict=True)) for k in (0, 1)
    )
    assert {name for name, gradient in first.items() if np.any(gradient)} == {"Wo", "W2"}
    assert all(np.any(gradient) for gradient in second.values())
    trace = run(ALONE)
    assert np.array_equal(trace.values["y"], trace.values["x"])
    assert np.array_equal(trace.grads["y"], trace.grads["x"])
    loss = [made.trainer.gradients(made.state(k))[0] for k in range(steps_of(ALONE) + 1)]
    assert loss == sorted(loss, reverse=True)
    assert loss[-1] < loss[0] / 10


@pytest.mark.parametrize("step", [SUMS, ORDER, TRUE], ids=["sums", "order", "true"])
def test_the_shown_lines_are_those_of_the_program(step):
    for line in ("n1 = layernorm(x)", "m = x + a", "f = mlp(n2)", "y = m + f"):
        assert line in step.program.split("\n")
