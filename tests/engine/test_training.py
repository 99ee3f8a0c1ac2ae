"""Runs: what they compute, that any step opens, and what is refused."""

import json

import numpy as np
import pytest

from app.engine import EngineError, compile_program
from app.engine.execution.codegen import compile_lean, lean_source
from app.engine.interpreter.network import Layer, Network, network_program
from app.engine.training.batches import Batches, split
from app.engine.training.course import chunk
from app.engine.training.optimizers import optimizers
from app.engine.training.rates import COURSES, Rate
from app.engine.training.record import Record, recorded
from app.engine.training.run import Change, Run, Stops
from app.engine.training.stages import ARITHMETIC
from app.engine.training.trainer import Trainer
from tests.oracle.cases import CASES as PROGRAMS
from tests.oracle.training import CASES, REFERENCE, RELATIVE, largest_difference, ours

COMMITTED = json.loads(REFERENCE.read_text())
NET = network_program(Network(2, (Layer(3, "tanh"), Layer(1)), "mse", "xavier", 1, 10))
MINI = Run(NET.program, NET.values, NET.output)


def taken(run, steps):
    """The states before and after each step, and the losses."""
    trainer = Trainer(run)
    states, losses = [trainer.start], []
    for _ in range(steps):
        step = trainer.next(states[-1])
        losses.append(step.loss)
        states.append(step.after)
    return trainer, states, losses


def same(one, other):
    """Whether two states are equal, bit for bit."""
    pairs = zip((*one.weights, *one.memory), (*other.weights, *other.memory), strict=True)
    return one.step == other.step and all(np.array_equal(a, b) for a, b in pairs)


# -- against others ---------------------------------------------------------------------------------------------------


def test_every_optimizer_is_compared():
    assert {case[0] for case in CASES.values()} == set(optimizers())
    assert set(COMMITTED) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_hundred_steps_are_those_of_pytorch(name):
    assert largest_difference(ours(name), COMMITTED[name]) < RELATIVE


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_lean_run_gives_the_bits_of_the_full_one(name):
    case = PROGRAMS[name]
    plan = compile_program(case.program, case.values, seed=case.seed).compile()
    trace, schedule = plan.run(), plan.structure.schedule
    leaves = [i for i in schedule.leaves if i in schedule.graph]
    try:
        with np.errstate(all="ignore"):
            (output,), grads = compile_lean(schedule, [schedule.output], leaves)(plan.defaults, plan.seed)
    except ARITHMETIC as error:
        with pytest.raises(type(error)), np.errstate(all="ignore"):
            plan.structure.runners.compile()(plan.defaults, plan.seed)
        return
    assert np.array_equal(output, trace.output, equal_nan=True)
    for i, grad in zip(leaves, grads, strict=True):
        wanted = trace.grad_list[i]
        assert (grad is None and wanted is None) or np.array_equal(grad, wanted, equal_nan=True)


def test_what_several_lines_compute_is_computed_once():
    """The corrections of Adam are the same for every parameter."""
    plan = compile_program("a = 1 - b\nc = 1 - b\ny = a * x + c * x + (1 - b) * x", {"b": 0.9, "x": 2.0})
    schedule = plan.structure.schedule
    text = lean_source(schedule, [schedule.output], list(schedule.leaves))
    assert text.count("1.0 - ") == 1
    trace = plan.compile().run()
    _, grads = compile_lean(schedule, [schedule.output], list(schedule.leaves))(plan.defaults, plan.seed)
    assert list(grads) == [trace.grad_list[i] for i in schedule.leaves]


def test_a_step_by_hand():
    """f = x², from 3, at a rate of 0.1: x becomes 3 − 0.1 · 6."""
    _, states, losses = taken(Run("x = 3.0\nf = x ** 2"), 2)
    assert losses == [9.0, states[1].weights[0] ** 2]
    assert states[1].weights == (3.0 - 0.1 * 6.0,)


# -- any step opens ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", optimizers())
def test_replay_equals_recording(rule):
    run = Run(NET.program, NET.values, NET.output, optimizer=rule, batches=Batches(4, 0.2, 3), clip=1.0)
    _, states, _ = taken(run, 150)
    record = Record(Trainer(run))
    for step in (149, 20, 0, 77, 150, 78):
        assert same(record.state(step), states[step])


def test_a_record_keeps_few_states_however_long_the_run():
    record = Record(Trainer(Run("x = 3.0\nf = x ** 2", settings={"lr": 1e-4})))
    record.state(5_000)
    assert len(record._states) <= 64
    fresh = Record(Trainer(record.trainer.run))
    assert same(record.state(3_210), fresh.state(3_210))


def test_the_trace_of_a_step_has_its_loss_and_gradients():
    run = Run(NET.program, NET.values, NET.output, optimizer="adam", batches=Batches(4))
    trainer, states, losses = taken(run, 30)
    for step in (0, 7, 29):
        trace = compile_program(run.source, trainer.values(states[step]), run.output).compile().run()
        assert trace.output == losses[step]
        for name, grad in zip(trainer.parameters, trainer.gradients(states[step])[1], strict=True):
            assert np.array_equal(trace.grads[name], grad)


def test_the_update_is_a_program_with_the_gradients_as_leaves():
    run = Run(NET.program, NET.values, NET.output, optimizer="adam", clip=0.5, decay=0.1)
    trainer, states, _ = taken(run, 9)
    stage = trainer.phases[0].stage
    _, grads = trainer.gradients(states[8])
    given = stage.values(states[8].weights, grads, states[8].memory, trainer.numbers(trainer.phases[0], 8))
    trace = compile_program(stage.update.text, given, "W1_next").run()
    assert np.array_equal(trace.output, states[9].weights[0])
    assert {"dW1", "m_W1", "v_W1", "step", "grad_scale", "dW2"} <= set(trace.values)


def test_equal_runs_share_a_record():
    assert recorded(MINI) is recorded(Run(NET.program, dict(NET.values), NET.output))
    assert recorded(MINI) is not recorded(Run(NET.program, NET.values, NET.output, settings={"lr": 0.2}))


# -- examples ---------------------------------------------------------------------------------------------------------


def test_an_epoch_takes_every_example_once_and_another_order_each_time():
    drawn = split(Batches(4, 0.0, 5), 10)
    epochs = [np.concatenate([drawn.rows(3 * epoch + k) for k in range(drawn.epoch)]) for epoch in range(2)]
    assert drawn.epoch == 3
    assert all(sorted(rows) == list(range(10)) for rows in epochs)
    assert not np.array_equal(*epochs)
    assert np.array_equal(split(Batches(4, 0.0, 5), 10).rows(4), drawn.rows(4))
    assert not np.array_equal(split(Batches(4, 0.0, 6), 10).rows(4), drawn.rows(4))


def test_what_is_kept_aside_is_never_learned_from():
    drawn = split(Batches(3, 0.3, 5), 10)
    assert len(drawn.validation) == 3
    learned = {row for step in range(20) for row in drawn.rows(step)}
    assert learned | set(drawn.validation) == set(range(10))
    assert not learned & set(drawn.validation)


def test_one_example_is_left_to_learn_from():
    assert len(split(Batches(None, 1.0), 3).train) == 1


def test_data_and_targets_are_the_examples_and_the_rest_is_learned():
    trainer = Trainer(MINI)
    assert trainer.parameters == ("W1", "b1", "W2", "b2")
    assert trainer.data == ("x", "target")


def test_a_parameter_that_is_named_twice_is_learned_once():
    run = Run("x = 3.0\nf = x ** 2", parameters=("x", "x"))
    assert taken(run, 1)[1][1].weights == (3.0 - 0.1 * 6.0,)


def test_labels_called_y_are_not_learned_beside_weights():
    text = "X = np.array([[1.0, 2.0], [3.0, 4.0]])\ny = np.array([1.0, 0.0])\n"
    text += "w = np.array([0.1, 0.2])\nL = np.mean((X @ w - y) ** 2)"
    assert Trainer(Run(text)).parameters == ("w",)
    assert Trainer(Run(text)).data == ("X", "y")


def test_an_array_of_one_number_is_a_loss():
    mini = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
    values = {"x": [[1.0], [2.0]], "W1": [[1.0, -1.0]], "b1": [[1.5]], "W2": [[2.0]], "b2": [[1.0]]}
    _, states, losses = taken(Run(mini, values), 3)
    summed = Run(f"{mini}\nf = np.sum(y)", values)
    assert losses == taken(summed, 3)[2]
    assert all(type(loss) is float for loss in losses)
    assert all(np.array_equal(a, b) for a, b in zip(states[3].weights, taken(summed, 3)[1][3].weights, strict=True))


# -- what may be set --------------------------------------------------------------------------------------------------


def test_a_rule_of_the_readers_own():
    rule = "def halfway(w, dw, last, t, lr=0.1, mu=0.5):\n    step = mu * last + dw\n    return w - lr * step / t, step"
    _, states, _ = taken(Run("x = 3.0\nf = x ** 2", optimizer=rule), 2)
    assert states[1].weights == (3.0 - 0.1 * 6.0 / 1,)
    step = 0.5 * 6.0 + 2 * states[1].weights[0]
    assert states[2].weights == (states[1].weights[0] - 0.1 * step / 2.0,)


def test_a_rule_that_decides():
    rule = "def sign(w, dw, lr=0.5):\n    if dw > 0:\n        return w - lr\n    return w + lr"
    _, states, _ = taken(Run("x = 1.2\nf = x ** 2", optimizer=rule), 4)
    assert [state.weights[0] for state in states] == pytest.approx([1.2, 0.7, 0.2, -0.3, 0.2])


def test_a_loss_that_decides():
    """Huber's loss with an `if`: its text takes another course along the way."""
    text = "x = 3.0\nif abs(x) < 1:\n    f = x ** 2 / 2\nelse:\n    f = abs(x) - 0.5"
    _, states, losses = taken(Run(text, settings={"lr": 0.5}), 8)
    x = 3.0
    for state, loss in zip(states, losses, strict=False):
        assert state.weights == (pytest.approx(x),)
        assert loss == pytest.approx(x**2 / 2 if abs(x) < 1 else abs(x) - 0.5)
        x -= 0.5 * (x if abs(x) < 1 else np.sign(x))


def test_a_change_on_the_way_keeps_what_the_same_rule_remembers():
    plain = Run("x = 3.0\nf = x ** 2", optimizer="momentum", settings={"lr": 0.01})
    _, before, _ = taken(plain, 10)
    changed = Run(plain.source, optimizer="momentum", settings={"lr": 0.01}, changes=(Change(5, settings={"lr": 0.0}),))
    _, states, _ = taken(changed, 10)
    assert all(same(states[k], before[k]) for k in range(6))
    assert states[10].weights == states[5].weights
    other = Run(plain.source, optimizer="momentum", settings={"lr": 0.01}, changes=(Change(5, "sgd", {"lr": 0.1}),))
    _, states, _ = taken(other, 6)
    assert states[6].weights == (states[5].weights[0] - 0.1 * 2 * states[5].weights[0],)


def test_a_change_of_a_setting_goes_on_counting():
    """Adam's correction is for moments that began at zero; those that are kept did not begin at the change."""
    plain = Run("x = 3.0\nf = x ** 2", optimizer="adam")
    changed = Run(plain.source, optimizer="adam", changes=(Change(5, settings={"lr": 0.01}),))
    assert same(taken(changed, 12)[1][-1], taken(plain, 12)[1][-1])
    other = Run(plain.source, optimizer="adam", changes=(Change(5, "sgd"), Change(7, "adam")))
    _, states, _ = taken(other, 8)
    fresh = Run(f"x = {states[7].weights[0]!r}\nf = x ** 2", optimizer="adam")
    assert states[8].weights == taken(fresh, 1)[1][1].weights


def test_a_change_before_the_first_step():
    changed = Run("x = 3.0\nf = x ** 2", changes=(Change(0, "adam"), Change(0, settings={"lr": 0.5})))
    plain = Run("x = 3.0\nf = x ** 2", optimizer="adam", settings={"lr": 0.5})
    assert same(taken(changed, 3)[1][-1], taken(plain, 3)[1][-1])


def test_parameters_may_be_called_as_the_state_of_others():
    """v_W stands beside W, whose velocity would have that name."""
    for names in (("W", "v_W"), ("v_W", "W"), ("W", "W_next"), ("W", "dW"), ("a", "kept_a")):
        text = "{0} = 1.5\n{1} = 2.0\nf = {0} ** 2 + 3 * {1} ** 2".format(*names)
        _, states, _ = taken(Run(text, optimizer="momentum", accumulate=names[0] == "a"), 1)
        assert states[1].weights == (1.5 - 0.1 * 3.0, 2.0 - 0.1 * 12.0)


def test_labels_that_are_an_index_are_no_decision():
    """They are the same at every step, so the text is not asked again."""
    text = "X = np.array([[0.1, 0.2], [0.3, -0.4]])\ny = np.array([0, 1])\nW = np.ones((2, 2))\np = np.exp(X @ W)\n"
    text += "L = -np.mean(np.log(p[np.arange(2), y] / np.sum(p, axis=1)))"
    assert Trainer(Run(text)).decides is None
    assert Trainer(Run("x = 3.0\nif x > 1:\n    f = x ** 2\nelse:\n    f = x")).decides.line == 2


def test_a_rate_beyond_all_numbers_is_infinite():
    assert Rate("steps", 1, 1000.0).at(500) == Rate("exponential", 1, 1000.0).at(500) == np.inf


def test_gradients_that_are_not_set_to_zero_add_up():
    _, states, _ = taken(Run("x = 3.0\nf = x ** 2", accumulate=True), 2)
    assert states[2].weights == (states[1].weights[0] - 0.1 * (6.0 + 2 * states[1].weights[0]),)


@pytest.mark.parametrize(
    ("course", "factors"),
    {
        "constant": [1, 1, 1],
        "steps": [1, 0.5, 0.25],
        "exponential": [1, 0.5, 0.25],
        "cosine": [1, 0.5, 0.5],
        "warmup": [0.1, 1, 1],
    }.items(),
)
def test_courses_of_the_rate(course, factors):
    rate = Rate(course, 10, 0.5)
    assert [rate.at(step) for step in (0, 10, 20)] == pytest.approx(factors)
    assert set(COURSES) == {"constant", "steps", "exponential", "cosine", "warmup"}


# -- the course of a run ----------------------------------------------------------------------------------------------


def course(run, last, every=1):
    record = Record(Trainer(run))
    rows, state, ended = [], record.trainer.start, None
    while ended is None:
        found = chunk(record, state, last, every)
        rows += found.rows
        state, ended = found.after, found.ended
    return rows, ended


def test_rows_are_thinned_and_hold_the_last_step():
    rows, ended = course(Run("x = 3.0\nf = x ** 2"), 25, 10)
    assert [row.step for row in rows] == [0, 10, 20, 25]
    assert ended == "steps"
    assert rows[0].loss == 9.0
    assert rows[0].gradients == (6.0,)
    assert rows[0].parameters == (3.0,)
    assert rows[0].rate == 0.1
    assert rows[0].validation is None


@pytest.mark.parametrize(
    ("run", "reason", "step"),
    [
        (Run("x = 3.0\nf = x ** 2", stops=Stops(below=1.0)), "below", 5),
        (Run("x = 3.0\nf = x ** 2", settings={"lr": 0.0}, stops=Stops(patience=7)), "patience", 7),
        (Run("x = 3.0\nf = x ** 4", settings={"lr": 1.0}), "nonfinite", None),
    ],
)
def test_what_ends_a_run(run, reason, step):
    rows, ended = course(run, 1000)
    assert ended == reason
    assert step is None or rows[-1].step == step


def test_validation_is_the_loss_of_what_is_kept_aside():
    run = Run(NET.program, NET.values, NET.output, batches=Batches(4, 0.3, 2))
    trainer = Trainer(run)
    rows = {name: np.asarray(NET.values[name])[trainer.split.validation] for name in trainer.data}
    wanted = compile_program(run.source, {**NET.values, **rows}, run.output).run().output
    assert trainer.validation(trainer.start) == pytest.approx(wanted, rel=1e-15)


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (Run("x = 3.0\nf = x ** 2", optimizer="adamax"), "there is no optimizer 'adamax'"),
        (Run("x = 3.0\nf = x ** 2", settings={"mu": 1.0}), "sgd has no setting mu"),
        (Run("x = np.ones(3)\nf = x ** 2"), "training lowers one number, and f has shape (3,)"),
        (Run("x = 3.0\nf = x ** 2", parameters=("z",)), "z cannot be learned"),
        (Run("x = 3.0\nf = x ** 2", data=("x",)), "x holds no examples"),
        (Run("x = np.zeros((0, 2))\nw = 2.0\nf = np.sum(x * w)"), "x holds no example"),
        (Run("x = 3.0\nf = x ** 2", rate=Rate("square")), "there is no course 'square'"),
        (Run("x = 3.0\nf = x ** 2", optimizer="def f(w): return w"), "an optimizer takes a parameter"),
        (Run("x = 3.0\nf = x ** 2", optimizer="def f(w, dw=1.0): return w"), "have no default"),
        (Run("x = 3.0\nf = x ** 2", optimizer="def f(w, dw, lr='a'): return w"), "the setting lr is no number"),
        (Run("x = 3.0\nf = x ** 2", optimizer="def f(w, dw:"), "the optimizer is no Python"),
        (
            Run("x = 3.0\nf = x ** 2", optimizer="def f(w, dw): return 'a'"),
            "the optimizer gives no number for x",
        ),
        (Run("x = 3.0\nf = x ** 2", optimizer="def f(w, dw, v): return w - dw, 'a'"), "gives no number for v_x"),
        (Run("x = np.ones(3)\nf = np.sum(x)", optimizer="def f(w, dw): return np.sum(dw)"), "of shape ()"),
        (Run("x = 3.0\nf = x ** 2", optimizer="def f(w, dw): return w - q * dw"), "q has no value"),
    ],
)
def test_refusals(run, said):
    with pytest.raises(EngineError) as caught:
        Trainer(run)
    assert said in str(caught.value)
