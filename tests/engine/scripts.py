"""Trainings whose scripts are compared with the run: with NumPy in the tests, with PyTorch and JAX by `make oracle`."""

import math

import numpy as np

from app.engine.interpreter.network import Layer, Network, network_program
from app.engine.training.batches import Batches
from app.engine.training.course import chunk
from app.engine.training.optimizers import optimizers
from app.engine.training.rates import COURSES, Rate
from app.engine.training.record import Record
from app.engine.training.run import Change, Run, Stops
from app.engine.training.trainer import Trainer


def net(loss="mse", activation="tanh", units=1, batch=10):
    return network_program(Network(2, (Layer(3, activation), Layer(units)), loss, "xavier", 1, batch))


NET = net()
DEEP = network_program(
    Network(
        2,
        (Layer(4, "tanh"), Layer(4, "relu"), Layer(1)),
        "mse",
        "xavier",
        1,
        10,
        features=("squares", "product", "sines"),
        residual=True,
        norm=True,
    )
)
"""With all that a described network may have."""


def run(made=NET, **further):
    return Run(made.program, made.values, made.output, **further)


BOWL = "x = 3.0\nf = (x - 1) ** 2"
LABELS = """X = np.array([[0.1, 0.2], [0.3, -0.4], [-0.5, 0.6]])
y = np.array([0, 1, 1])
W = np.array([[0.1, 0.2], [-0.3, 0.4]])
b = np.zeros(2)
p = np.exp(X @ W + b)
L = -np.mean(np.log(p[np.arange(3), y] / np.sum(p, axis=1))) + 0.01 * np.sum(W * W)"""
NAMES = """step = np.array([[0.1, 0.2], [0.3, -0.4], [-0.5, 0.6]])
weights = np.array([0.5, -0.5])
loss = 0.25
n = np.mean((step @ weights + loss) ** 2)"""
COUNTED = """X = np.array([[0.1, 0.2], [0.3, -0.4], [-0.5, 0.6], [0.7, 0.9], [0.2, -0.1]])
y = np.array([1.0, -1.0, 0.5, 2.0, 0.3])
w = np.array([0.5, -0.5])
n = X.shape[0]
L = np.sum((X @ w - y) ** 2) / (2 * n) + np.sum(w * w) / (n + 1)"""

DROPOUT = network_program(
    Network(2, (Layer(4, "tanh"), Layer(3, "relu"), Layer(1)), "mse", "xavier", 1, 10, dropout=0.3)
)
NOISY = """step = 0
X = np.array([[0.1, 0.2], [0.3, -0.4], [-0.5, 0.6], [0.7, 0.9], [0.2, -0.1]])
y = np.array([1.0, -1.0, 0.5, 2.0, 0.3])
w = np.array([0.5, -0.5])
noisy = X + np.random.default_rng(7 + 2 * step).normal(0.0, 0.1, size=(X.shape[0], 2))
shaken = w + 0.01 * np.random.default_rng([3, step]).uniform(-1, 1, 2)
L = np.mean((noisy @ shaken - y) ** 2)"""

# name -> run, steps
CASES = {
    "dropout, in batches": (run(DROPOUT, optimizer="adam", batches=Batches(4, 0.0, 3)), 30),
    "dropout, all at once": (run(DROPOUT), 20),
    "noise, in batches": (Run(NOISY, batches=Batches(2, 0.0, 1)), 20),
    "the step in the loss": (Run("step = 0\nx = 3.0\nf = (x - 0.1 * step) ** 2"), 20),
    **{rule: (run(optimizer=rule, batches=Batches(4, 0.0, 3)), 40) for rule in optimizers()},
    **{f"rate {course}": (run(rate=Rate(course, 10, 0.3)), 25) for course in COURSES},
    "features, norm and residual connections": (run(DEEP, optimizer="adam", batches=Batches(4, 0.0, 3)), 25),
    "one number": (Run(BOWL, settings={"lr": 0.3}), 20),
    "all at once": (run(optimizer="adam"), 30),
    "aside": (run(batches=Batches(None, 0.3, 5)), 20),
    "aside, in batches": (run(batches=Batches(3, 0.3, 5), optimizer="momentum"), 20),
    "clipping": (run(clip=0.05, batches=Batches(4)), 30),
    "decay": (run(decay=0.1, optimizer="nesterov"), 30),
    "clipping and decay": (run(decay=0.1, clip=0.2, optimizer="adam", settings={"lr": 0.05}), 30),
    "adamw with decay of both kinds": (run(decay=0.1, optimizer="adamw", settings={"decay": 0.2}), 30),
    "gradients that add up": (run(accumulate=True, settings={"lr": 0.01}), 20),
    "gradients that add up, with another rule": (
        run(accumulate=True, settings={"lr": 0.01}, changes=(Change(7, "adam"),)),
        20,
    ),
    "changes": (
        run(
            optimizer="adam",
            changes=(
                Change(4, settings={"lr": 0.02}),
                Change(9, "sgd"),
                Change(12, settings={"lr": 0.05}),
                Change(15, "adam", {"beta1": 0.8}),
                Change(40, "momentum"),
            ),
        ),
        25,
    ),
    "changes and a rate": (
        run(optimizer="momentum", rate=Rate("steps", 4, 0.5), changes=(Change(6, settings={"mu": 0.5, "lr": 0.2}),)),
        15,
    ),
    "good enough": (Run(BOWL, stops=Stops(below=0.5)), 100),
    "patience": (Run(BOWL, settings={"lr": 1.0}, stops=Stops(patience=5)), 100),
    "cross-entropy": (run(net("cross_entropy", "relu", 3), batches=Batches(4)), 20),
    "binary cross-entropy": (run(net("binary_cross_entropy", "sigmoid"), batches=Batches(4)), 20),
    "a last batch of one": (run(batches=Batches(3), optimizer="adagrad"), 12),
    "gelu": (run(net(activation="gelu")), 20),
    "labels that are an index": (Run(LABELS, optimizer="adam", settings={"lr": 0.1}), 20),
    "names of the script": (Run(NAMES, parameters=("weights", "loss"), data=("step",), batches=Batches(2)), 10),
    "numbers of examples in the text": (Run(COUNTED, batches=Batches(2)), 10),
}

# Not for every target: optimizers of a reader's own, and what overflows.
OWN = {
    "counts first": "def f(w, dw, t, last, lr=0.1):\n    return w - lr * (dw + last / t), dw",
    "counts between": "def f(w, dw, a, t, b, lr=0.1):\n    return w - lr * (dw + a / t - b), dw, 0.5 * a",
    "in place": "def f(w, dw, v, lr=0.1):\n    v *= 0.5\n    v += dw\n    dw *= lr\n    w -= dw + v\n    return w, v",
    "decides": "def f(w, dw, lr=0.1):\n    if np.sum(dw) > 0:\n        return w - lr * dw\n    return w + dw",
    "called as a word of the script": "def loss(w, dw):\n    return w - 0.1 * dw",
    "called as another": "def sgd(w, dw, lr=0.2):\n    return w - 0.5 * lr * dw",
}
NOT_EVERYWHERE = {
    **{f"own rule that {name}": (run(optimizer=text, batches=Batches(4)), 20) for name, text in OWN.items()},
    "two rules of one name": (run(changes=(Change(5, OWN["called as another"]),)), 10),
    "without a rate among others": (
        run(rate=Rate("steps", 4, 0.5), changes=(Change(5, OWN["called as a word of the script"]),)),
        10,
    ),
    "momentum from none": (
        run(optimizer="momentum", settings={"mu": 0.0}, changes=(Change(5, None, {"mu": 0.9}),)),
        12,
    ),
    "beyond all numbers": (Run("x = 3.0\nf = x ** 4", settings={"lr": 1.0}), 100),
}


def told(run, steps):
    """What is told of the run itself: (step, loss), or (step, loss, loss of what is kept aside)."""
    record = Record(Trainer(run))
    rows, state, ended = [], record.trainer.start, None
    while ended is None:
        found = chunk(record, state, steps, 1)
        rows += found.rows
        state, ended = found.after, found.ended
    return [(row.step, row.loss, *(() if row.validation is None else (row.validation,))) for row in rows]


def printed(source):
    """What a script prints."""
    rows = []
    space = {"print": lambda *row: rows.append(tuple(float(each) for each in row))}
    with np.errstate(all="ignore"):
        exec(compile(source, "<script>", "exec"), space)
    return rows


def largest_difference(found, wanted):
    """Of all losses, relative to each; infinite where the steps are others."""
    if [row[0] for row in found] != [row[0] for row in wanted] or list(map(len, found)) != list(map(len, wanted)):
        return math.inf
    pairs = [(a, b) for one, other in zip(found, wanted, strict=True) for a, b in zip(one[1:], other[1:], strict=True)]
    return max([0.0 if a == b or (a != a and b != b) else abs(a - b) / abs(b) for a, b in pairs])
