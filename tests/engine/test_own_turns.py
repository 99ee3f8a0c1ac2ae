"""A text that trains itself: any of its turns is what the same text with a shorter range is, and its course tells the
loss of each."""

import numpy as np
import pytest

from app.engine import ValueProblem, compile_program
from app.engine.execution.compile import own_course
from app.engine.interpreter.training.rounds import replay
from app.engine.interpreter.turns.outputs import MOST_KEPT
from tests.engine.python import printed

DATA = """import numpy as np
X = np.array([[0.5, -1.0], [1.5, 2.0], [-0.5, 0.25], [1.0, 1.0]])
y = np.array([1.0, -1.0, 0.5, 0.0])
"""
PLAIN = (
    DATA
    + """w = np.array([0.1, -0.2])
b = 0.0
lr = 0.05
for i in range(ROUNDS):
    out = X @ w + b
    err = out - y
    loss = np.mean(err ** 2)
    dw = 2 * X.T @ err / 4
    db = 2 * np.mean(err)
    w -= lr * dw
    b -= lr * db
    if i % 20 == 0:
        print(i, loss)
print("w", w, "b", b)
"""
)
NETWORK = (
    DATA
    + """rng = np.random.default_rng(1)
W1, b1 = rng.normal(size=(2, 3)), np.zeros(3)
W2, b2 = rng.normal(size=(3, 1)), np.zeros(1)
params = [W1, b1, W2, b2]
Y = y.reshape(-1, 1)
for epoch in range(ROUNDS):
    h = np.tanh(X @ W1 + b1)
    out = h @ W2 + b2
    loss = np.mean((out - Y) ** 2)
    dout = 2 * (out - Y) / len(X)
    dW2, db2 = h.T @ dout, dout.sum(axis=0)
    dh = dout @ W2.T * (1 - h ** 2)
    dW1, db1 = X.T @ dh, dh.sum(axis=0)
    for p, g in zip(params, [dW1, db1, dW2, db2]):
        p -= 0.1 * g
    print(epoch, f"{loss:.6f}")
"""
)
FUNCTION = (
    DATA
    + """def loss_of(w, X, y):
    return np.mean((X @ w - y) ** 2)

def train(X, y, epochs, lr=0.05):
    w = np.zeros(2)
    history = []
    for epoch in range(epochs):
        loss = loss_of(w, X, y)
        grad = 2 * X.T @ (X @ w - y) / len(y)
        w = w - lr * grad
        history.append(loss)
    return w, history, loss

w, history, loss = train(X, y, ROUNDS)
print(len(history), loss)
"""
)
ENGINE = """import math
class Value:
    def __init__(self, data, children=()):
        self.data, self.grad, self.children, self.back = data, 0.0, children, lambda: None
    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))
        def back():
            self.grad += out.grad
            other.grad += out.grad
        out.back = back
        return out
    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))
        def back():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out.back = back
        return out
    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, (self,))
        def back():
            self.grad += (1 - t ** 2) * out.grad
        out.back = back
        return out
    def backward(self):
        order, seen = [], set()
        def visit(v):
            if v not in seen:
                seen.add(v)
                for child in v.children:
                    visit(child)
                order.append(v)
        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            v.back()
a, b = Value(0.5), Value(-0.3)
xs, ys = [0.2, -0.4, 0.9], [0.5, -0.1, 0.8]
for k in range(ROUNDS):
    loss = Value(0.0)
    for x, y in zip(xs, ys):
        d = (a * x + b).tanh() + (-y)
        loss = loss + d * d
    for p in (a, b):
        p.grad = 0.0
    loss.backward()
    for p in (a, b):
        p.data -= 0.1 * p.grad
    print(k, loss.data)
"""
WHILE = (
    DATA
    + """w = np.array([0.1, -0.2])
step = 0
while step < ROUNDS:
    err = X @ w - y
    loss = np.mean(err ** 2)
    dw = 2 * X.T @ err / 4
    w = w - 0.05 * dw
    step += 1
print(step, w)
"""
)
DRAWN = (
    DATA
    + """rng = np.random.default_rng(4)
w = np.array([0.1, -0.2])
v = np.zeros(2)
for step in range(ROUNDS):
    picked = rng.integers(0, 4, size=2)
    xb, yb = X[picked], y[picked]
    err = xb @ w - yb
    loss = np.mean(err ** 2)
    dw = 2 * xb.T @ err / 2
    v = 0.9 * v + dw
    w -= 0.02 * v
"""
)
TEXTS = {
    "plain": PLAIN,
    "network": NETWORK,
    "function": FUNCTION,
    "engine": ENGINE,
    "while": WHILE,
    "drawn": DRAWN,
}
BATCHES = (
    DATA
    + """w = np.array([0.1, -0.2])
for epoch in range(EPOCHS):
    total = 0.0
    for i in range(0, 4, 2):
        xb, yb = X[i:i + 2], y[i:i + 2]
        err = xb @ w - yb
        loss = np.mean(err ** 2)
        dw = 2 * xb.T @ err / 2
        w -= 0.05 * dw
        print(epoch, i, loss)
    print("epoch", epoch)
print("w", w)
"""
)


LAST = 10**9
"""Beyond any turn."""


def alike(run, other, *, same_ids=True):
    """Whether two runs are one picture. same_ids: False for a text of one turn, which is no training: what its function
    makes is counted along with what else it has made."""
    if same_ids:
        assert run.structure.output == other.structure.output
        assert list(run.values) == list(other.values)
    for mine, theirs in zip(run.values, other.values, strict=True):
        np.testing.assert_array_equal(run.values[mine], other.values[theirs], err_msg=mine)
        grads = [np.nan if grad is None else grad for grad in (run.grads[mine], other.grads[theirs])]
        np.testing.assert_array_equal(*grads, err_msg=mine)
    assert printed(run) == printed(other)
    graded = [[(m.name, m.target, m.line, m.agrees, str(m.value)) for m in each.manual] for each in (run, other)]
    assert graded[0] == graded[1]
    assert run.structure.program.notes == other.structure.program.notes


def rounds(text, number):
    return text.replace("ROUNDS", str(number))


def to_its_end(text, values=None):
    """The last turn of a text, with the ids that it has in every turn."""
    return compile_program(text, values, turn=LAST).run()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_nodes_have_the_same_ids_in_every_turn(text):
    whole = rounds(text, 60)
    first, *others = [[node.id for node in compile_program(whole, turn=turn).structure.nodes] for turn in (2, 30, 59)]
    assert all(ids == first for ids in others)
    assert len(set(first)) == len(first)


@pytest.mark.parametrize("turn", [0, 1, 4, 37, 58])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_turn_is_the_text_with_a_shorter_range(text, turn):
    run = compile_program(rounds(text, 60), turn=turn).run()
    alike(run, to_its_end(rounds(text, turn + 1)), same_ids=turn > 0)
    assert run.structure.reading.own.turns == 60


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_course_tells_the_loss_of_every_turn(text):
    told = own_course(rounds(text, 60)).course
    assert [turn for turn, _ in told] == list(range(60))
    for turn in (0, 3, 20, 41, 59):
        assert told[turn][1] == float(np.squeeze(compile_program(rounds(text, turn + 1)).run().output))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_beyond_the_last_turn_is_the_last(text):
    whole = rounds(text, 60)
    alike(compile_program(whole, turn=60_000).run(), to_its_end(whole))
    alike(compile_program(whole, turn=59).run(), to_its_end(whole))


def test_what_is_printed_is_what_was_printed_until_then():
    run = compile_program(rounds(PLAIN, 100), turn=45).run()
    assert [line.text.split()[0] for line in run.prints] == ["0", "20", "40", "w"]


@pytest.mark.parametrize("turn", [0, 1, 2, 7, 41, 78])
def test_the_turns_of_small_batches_are_batches(turn):
    text = BATCHES.replace("EPOCHS", "40")
    run = compile_program(text, turn=turn).run()
    course = own_course(text)
    assert course.own.turns == 80
    assert run.output == course.course[turn][1]
    lines = printed(compile_program(text).run()).splitlines()
    # Every line of before, none of the epoch's end, and what stands behind the training.
    batches = [i for i, line in enumerate(lines) if not line.startswith(("epoch", "w"))]
    *before, last = printed(run).splitlines()
    assert before == lines[: batches[turn] + 1]
    assert last.startswith("w ")


def test_a_batch_that_ends_an_epoch_is_that_epoch():
    run = compile_program(BATCHES.replace("EPOCHS", "40"), turn=21).run()
    shorter = to_its_end(BATCHES.replace("EPOCHS", "11"))
    assert run.output == shorter.output
    for id, value in shorter.values.items():
        np.testing.assert_array_equal(run.values[id], value)
        np.testing.assert_array_equal(run.grads[id], shorter.grads[id])


def test_the_loss_of_an_epoch_makes_epochs_the_turns():
    text = (
        f"{DATA}w = np.array([0.1, -0.2])\n"
        "for epoch in range(EPOCHS):\n"
        "    for i in range(0, 4, 2):\n"
        "        w -= 0.05 * X[i:i + 2].T @ (X[i:i + 2] @ w - y[i:i + 2])\n"
        "    loss = np.mean((X @ w - y) ** 2)\n"
        "    print(epoch, loss)\n"
    )
    told = own_course(text.replace("EPOCHS", "30"))
    assert told.own.turns == 30
    for turn in (0, 17):
        run = compile_program(text.replace("EPOCHS", "30"), turn=turn).run()
        alike(run, to_its_end(text.replace("EPOCHS", str(turn + 1))))
        assert told.course[turn][1] == run.output


def test_few_rounds_are_read_on_the_way(monkeypatch):
    read = []
    after = replay.Rounds.after
    monkeypatch.setattr(replay.Rounds, "after", lambda self, place: (read.append(place), after(self, place))[1])
    compile_program(rounds(DRAWN, 1000), turn=900)
    assert len(read) < 60
    read.clear()
    text = BATCHES.replace("EPOCHS", "1000").replace("        print(epoch, i, loss)\n", "")
    compile_program(text, turn=1801)
    assert len(read) < 150


def test_a_long_course_is_thinned():
    text = rounds(PLAIN, 30_000).replace("i % 20 == 0", "i % 10_000 == 0")
    told = own_course(text).course
    assert 1000 < len(told) <= MOST_KEPT
    turns = [turn for turn, _ in told]
    assert turns == sorted(set(turns))
    assert (turns[0], turns[-1]) == (0, 29_999)
    turn, loss = told[len(told) // 2]
    assert compile_program(text, turn=turn).run().output == loss


def test_a_loss_that_is_only_sometimes_computed_is_told_where_it_is():
    text = DATA + (
        "w = np.array([0.1, -0.2])\n"
        "for i in range(41):\n"
        "    dw = 2 * X.T @ (X @ w - y) / 4\n"
        "    if i % 10 == 0:\n"
        "        loss = np.mean((X @ w - y) ** 2)\n"
        "        print(loss)\n"
        "    w = w - 0.05 * dw\n"
    )
    reading = own_course(text)
    assert reading.own.turns == 41
    assert [turn for turn, _ in reading.course] == [0, 10, 20, 30, 40]
    lines = printed(compile_program(text).run()).split()
    assert [str(loss) for _, loss in reading.course] == lines


def test_values_go_to_what_the_reader_means_by_them():
    """The first `w` for every turn, and X in each."""
    text = rounds(PLAIN, 60)
    given = {"w": np.array([2.0, -1.0]), "X": np.ones((4, 2))}
    for turn in (0, 7, LAST):
        run = compile_program(text, given, turn=turn, ignore_unknown=True).run()
        shorter = compile_program(rounds(PLAIN, min(turn, 59) + 1), given, ignore_unknown=True).run()
        assert run.output == shorter.output
        np.testing.assert_array_equal(run.values["X"], given["X"])
    with pytest.raises(ValueProblem):
        compile_program(text, {"nothing": 1.0}, turn=7)


def test_trainings_of_the_same_parameters_are_told_one_after_another():
    text = FUNCTION.replace("\nw, history", "\nfirst = train(X, y, 25, 0.01)\nw, history")
    reading = own_course(rounds(text, 60))
    assert reading.own.turns == 85
    assert [turn for turn, _ in reading.course] == list(range(85))
    for turn in (0, 3, 24, 25, 28, 69, 84):
        run = compile_program(rounds(text, 60), turn=turn).run()
        assert reading.course[turn][1] == run.output
        if turn >= 25:
            alike(run, to_its_end(rounds(text, turn - 24)))
    # The text ends where a later training begins: what that would give its names is not there.
    first = rounds(
        FUNCTION.replace("w, history, loss = train(X, y, ROUNDS)", "w, history, loss = train(X, y, 4, 0.01)"), 1
    )
    assert compile_program(rounds(text, 60), turn=3).run().output == compile_program(first).run().output


SVM_THEN_SQUARES = (
    DATA
    + """w = np.zeros(2)
for i in range(8):
    margin = y * (X @ w)
    loss = np.mean(np.maximum(0, 1 - margin))
    dw = -(X * y[:, None]).T @ (margin < 1) / 4
    w -= 0.1 * dw
first = loss
w = np.zeros(2)
for i in range(ROUNDS):
    err = X @ w - y
    loss = np.mean(err ** 2)
    dw = 2 * X.T @ err / 4
    w -= 0.1 * dw
print(first, loss)
"""
)


def test_two_loops_with_a_loss_of_the_same_name():
    reading = own_course(rounds(SVM_THEN_SQUARES, 5))
    assert (reading.own.turns, len(reading.course)) == (13, 13)
    run = compile_program(rounds(SVM_THEN_SQUARES, 5)).run()
    assert reading.course[-1][1] == run.output
    # Each gradient is told with the loss of its own loop.
    assert [(line.name, line.line, line.agrees) for line in run.manual] == [("dw", 8, True), ("dw", 15, True)]
    for old, line in (("/ 4\n    w -= 0.1 * dw\nfirst", 8), ("dw = 2 * X.T", 15)):
        wrong = rounds(SVM_THEN_SQUARES, 5).replace(old, old.replace("/ 4", "/ 2").replace("= 2", "= 4"))
        assert [(m.line, m.agrees) for m in compile_program(wrong).run().manual if not m.agrees] == [(line, False)]
    for turn in (2, 7, 8, 12):
        assert compile_program(rounds(SVM_THEN_SQUARES, 5), turn=turn).run().output == reading.course[turn][1]


def test_trainings_of_other_parameters_are_not_told_with_the_last_one():
    text = SVM_THEN_SQUARES.replace(
        "w = np.zeros(2)\nfor i in range(ROUNDS)", "V = np.zeros(2)\nfor i in range(ROUNDS)"
    )
    text = text.replace("err = X @ w", "err = X @ V").replace(
        "dw = 2 * X.T @ err / 4\n    w", "dV = 2 * X.T @ err / 4\n    V"
    )
    text = text.replace("V -= 0.1 * dw", "V -= 0.1 * dV")
    assert compile_program(rounds(text, 5)).structure.reading.own.turns == 5


def test_a_training_that_ends_early():
    text = PLAIN.replace("    dw =", "    if loss < 0.01476:\n        break\n    dw =")
    reading = own_course(rounds(text, 1000))
    assert 10 < reading.own.turns < 1000
    assert reading.course[-1] == (reading.own.turns - 1, compile_program(rounds(text, 1000)).run().output)
    alike(compile_program(rounds(text, 1000), turn=9).run(), to_its_end(rounds(text, 10)))


def test_another_value_is_another_training():
    text = rounds(PLAIN, 60)
    run = compile_program(text, {"lr": 0.01}, turn=30).run()
    alike(run, to_its_end(rounds(PLAIN, 31), {"lr": 0.01}))


@pytest.mark.parametrize(
    "text", ["x = 3.0\nf = (x - 1) ** 2", "x = 2.0\ns = 0.0\nfor k in range(5):\n    s = s + x * k"]
)
def test_a_text_without_training_has_no_turns(text):
    assert own_course(text).own is None
    alike(compile_program(text, turn=3).run(), to_its_end(text))


SAMPLES = (
    DATA
    + """w = np.array([0.1, -0.2])
for epoch in range(30):
    for xi, yi in zip(X, y):
        err = xi @ w - yi
        loss = err ** 2
        dw = 2 * err * xi
        w -= 0.05 * dw
        print(loss)
"""
)
GENERATED = SAMPLES.replace(
    "for epoch",
    "def batches():\n    for i in np.random.default_rng(3).permutation(4):\n        yield X[i], y[i]\nfor epoch",
).replace("zip(X, y)", "batches()")


@pytest.mark.parametrize("text", [SAMPLES, GENERATED], ids=["zip", "generator"])
def test_each_example_that_takes_a_step_is_a_turn(text):
    reading = own_course(text)
    lines = printed(compile_program(text).run()).split()
    assert [str(loss) for _, loss in reading.course] == lines
    for turn in (0, 50, 118):
        run = compile_program(text, turn=turn).run()
        assert printed(run).split() == lines[: turn + 1]
        assert run.output == reading.course[turn][1]


def test_a_training_without_end_has_the_turns_that_are_read():
    text = WHILE.replace("while step < ROUNDS", "while True")
    reading = own_course(text)
    assert reading.own.turns == len(reading.course) == 1000
    run = compile_program(text, turn=700).run()
    assert run.structure.program.notes == ()
    alike(run, to_its_end(rounds(WHILE, 701)))


def test_what_cannot_be_done_behind_an_early_turn_ends_the_text():
    text = FUNCTION.replace("print(len(history), loss)", "print(len(history))\nprint(history[40])\nprint(w)")
    run = compile_program(rounds(text, 60), turn=20).run()
    assert printed(run) == "21\n"
    assert run.output == own_course(rounds(text, 60)).course[20][1]
    assert printed(compile_program(rounds(text, 60), turn=45).run()).startswith("46\n")


def test_what_a_function_trains_is_graded_from_its_first_step_on():
    text = FUNCTION.replace("w = np.zeros(2)", "w = np.zeros(2)\n    w = w + 0").replace("grad", "dw")
    for turn in (0, 1, 30):
        assert all(each.agrees for each in compile_program(rounds(text, 60), turn=turn).run().manual)


def test_an_evaluation_that_some_turns_have_is_not_their_loss():
    text = rounds(PLAIN, 60).replace("        print(i, loss)", "        loss = np.mean((X @ w + b - y) ** 2)")
    told = own_course(text)
    assert [turn for turn, _ in told.course] == list(range(60))
    plain = own_course(rounds(PLAIN, 60)).course
    assert told.course == plain
