"""Scripts of a whole training: they print the losses of the run."""

import ast
import math

import pytest

from app.engine.emit.training import SCRIPTS, emit_training
from app.engine.emit.training.courses import factor
from app.engine.emit.training.passes import WORDS
from app.engine.emit.training.sizes import merged
from app.engine.emit.training.torch import OPTIMIZERS
from app.engine.errors import TargetError
from app.engine.ops.helpers import HELPERS, JAX_HELPERS, TORCH_HELPERS
from app.engine.training.batches import Batches
from app.engine.training.optimizers import optimizers
from app.engine.training.rates import COURSES, Rate
from app.engine.training.run import Run
from app.engine.training.trainer import Trainer
from tests.engine.scripts import BOWL, CASES, NOT_EVERYWHERE, OWN, largest_difference, printed, run, told


@pytest.mark.parametrize("name", [*CASES, *NOT_EVERYWHERE])
def test_numpy_prints_the_losses_of_the_run(name):
    """To the last bit: the lines compute what the rules of the run compute, in its order."""
    made, steps = {**CASES, **NOT_EVERYWHERE}[name]
    assert largest_difference(printed(emit_training(Trainer(made), steps).source), told(made, steps)) == 0


@pytest.mark.parametrize("target", SCRIPTS)
@pytest.mark.parametrize("name", CASES)
def test_scripts_are_python_and_their_lines_are_tied_to_nodes(name, target):
    made, steps = CASES[name]
    trainer = Trainer(made)
    emitted = emit_training(trainer, steps, target)
    ast.parse(emitted.source)
    lines = emitted.source.split("\n")
    for tie in emitted.lines:
        assert tie.node in trainer.plan.structure.index
        assert tie.name is None or lines[tie.line - 1].strip().startswith(f"{tie.name} = ")
    assert {tie.node for tie in emitted.lines} >= {*trainer.parameters, trainer.plan.structure.output}


def test_it_reads_as_one_would_write_it():
    source = emit_training(Trainer(run(optimizer="momentum", batches=Batches(4), clip=1.0)), 50).source
    assert source.split("# The loss, and the gradient of each parameter\n")[1] == FORM


FORM = '''def loss_and_gradients(W1, b1, W2, b2, x, target):
    n = len(x)
    z1 = x @ W1 + b1
    a1 = np.tanh(z1)
    y = a1 @ W2 + b2
    loss_error = y - target
    loss_1 = loss_error * loss_error
    loss = np.sum(loss_1) / n
    dloss = 1.0
    dloss_1 = np.broadcast_to(dloss / n, (n, 1))
    dloss_error = dloss_1 * loss_error + dloss_1 * loss_error
    dy = dloss_error
    db2 = np.sum(dy, axis=0)
    dW2 = a1.T @ dy
    da1 = dy @ W2.T
    dz1 = da1 / np.cosh(z1) ** 2
    db1 = np.sum(dz1, axis=0)
    dW1 = x.T @ dz1
    return loss, [dW1, db1, dW2, db2]

# The optimizer
def momentum(w, dw, v, lr=0.1, mu=0.9):
    """Momentum (Sutskever et al. 2013): steps add up to a velocity, which fades by mu at each step."""
    v = mu * v + dw
    return w - lr * v, v

# Training
weights = [W1, b1, W2, b2]
memory = [[np.zeros_like(w)] for w in weights]
settings = {"lr": 0.1, "mu": 0.9}
for step in range(51):
    epoch, part = divmod(step, 3)
    if part == 0:
        order = np.random.default_rng([0, epoch]).permutation(10)
    batch = order[4 * part : 4 * (part + 1)]
    loss, gradients = loss_and_gradients(*weights, x[batch], target[batch])
    print(step, loss)
    if step == 50 or not np.isfinite(loss):
        break
    norm = np.sqrt(sum(np.sum(g * g) for g in gradients))
    gradients = [np.minimum(1.0, 1.0 / (norm + 1e-6)) * g for g in gradients]
    for k, (w, dw) in enumerate(zip(weights, gradients)):
        weights[k], *memory[k] = momentum(w, dw, *memory[k], **settings)
'''


def test_pytorch_has_the_same_optimizer():
    source = emit_training(Trainer(run(optimizer="adam", settings={"lr": 0.05}, decay=0.1)), 50, "torch").source
    assert (
        "optimizer = torch.optim.Adam(parameters, lr=0.05, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.1)\n" in source
    )
    assert set(OPTIMIZERS) == set(optimizers())


def test_code_for_a_last_batch_of_one_is_a_function_of_its_own():
    source = emit_training(Trainer(run(batches=Batches(3))), 5).source
    assert "loss, gradients = (loss_and_gradients_1 if len(batch) == 1 else loss_and_gradients)(*weights" in source


@pytest.mark.parametrize(
    ("texts", "sizes", "found"),
    [
        (["x / 4", "x / 3"], (4, 3), "x / n"),
        (["x / 8", "x / 6"], (4, 3), "x / (2 * n)"),
        (["x / 3", "x / 2"], (4, 3), "x / (n - 1)"),
        (["f(x, (4, 1))", "f(x, (3, 1))", "f(x, (7, 1))"], (4, 3, 7), "f(x, (n, 1))"),
        (["x / 4", "x / 4"], (4, 3), "x / 4"),
        (["x / 4", "x / 3", "x / 3"], (4, 3, 7), None),
        (["x * 0.25", "x * 0.5"], (4, 2), None),
        (["x4 + 1", "x3 + 1"], (4, 3), None),
        (["x[[0, 1]]", "x[[0]]"], (2, 1), None),
        (["x / 3", "x / 4"], (4, 3), None),
    ],
)
def test_numbers_that_follow_from_how_many_examples_there_are(texts, sizes, found):
    assert merged(texts, sizes) == found


def test_no_helper_is_called_as_a_variable_of_scripts():
    assert not WORDS & {*HELPERS, *TORCH_HELPERS, *JAX_HELPERS}


@pytest.mark.parametrize("course", COURSES)
def test_courses_of_the_rate_as_code(course):
    rate = Rate(course, 7, 0.3)
    for step in range(20):
        assert eval(factor(rate) or "1.0", {"math": math, "step": step}) == rate.at(step)


DECIDES = "x = 3.0\nif abs(x) < 1:\n    f = x ** 2 / 2\nelse:\n    f = abs(x) - 0.5"
DRAWN = """x = np.array([[1.0], [2.0], [3.0]])
w = np.ones((1, 2))
m = np.random.default_rng(0).random((x.shape[0], 2))
L = np.mean((x @ w * m) ** 2)"""

STEPS = """step = 0
x = np.array([[0.1, 0.2], [0.3, -0.4]])
w = np.array([0.5, -0.5])
{}
L = np.mean((x @ w - 1) ** 2) + np.sum(m * w)"""


@pytest.mark.parametrize(
    ("made", "target", "said"),
    [
        (Run(BOWL), "micrograd", "no training can be written for micrograd"),
        (Run(DECIDES), "numpy", "the program decides by values that change from step to step"),
        (
            Run(DRAWN, parameters=("w",), batches=Batches(2)),
            "numpy",
            "the program has other constants for 2 and 1 examples",
        ),
        (Run(BOWL, optimizer="def f(w, dw): return w - 0.1 * dw"), "torch", "torch.optim has no f"),
        (Run(BOWL, settings={"lr": -0.1}), "torch", "torch.optim does not take -0.1 for lr"),
        (Run(BOWL, optimizer="adam", settings={"beta1": 1.0}), "torch", "torch.optim does not take 1.0 for beta1"),
        (Run(BOWL, optimizer="momentum", settings={"mu": 0.0}), "torch", "torch.optim keeps no velocity where mu is 0"),
        (Run(BOWL, accumulate=True, clip=1.0), "torch", "PyTorch would change the gradients that are kept"),
        (Run(BOWL, optimizer="def f(w, dw): return w - sqrt(dw)"), "numpy", "in the optimizer: Python has no sqrt"),
        (
            Run(STEPS.format("m = w * np.random.default_rng(step).random(2)"), batches=Batches(None, 0.5)),
            "numpy",
            "kept aside",
        ),
        (
            Run(STEPS.format("rng = np.random.default_rng(step)\nm = w * rng.random(2)")),
            "numpy",
            "does with its step what a script has no code for",
        ),
        (
            Run(STEPS.format("m = w * np.random.default_rng(step).integers(0, 2, 2)")),
            "numpy",
            "a script has no code for how the program draws by its step",
        ),
        (
            Run(STEPS.format("s = 5\nm = w * np.random.default_rng(s + step).random(2)")),
            "numpy",
            "a script has no code for how the program draws by its step",
        ),
        (
            Run(STEPS.format("m = w * 1\nif step % 2 == 0:\n    m = w * 2")),
            "numpy",
            "does with its step what a script has no code for",
        ),
        (
            Run(STEPS.format("m = np.zeros(2)\nfor i in range(step):\n    m = m + 1")),
            "numpy",
            "does with its step what a script has no code for",
        ),
        (
            Run(STEPS.format("m = sum([w * np.random.default_rng([3, step]).random(2) for i in range(2)])")),
            "numpy",
            "the program draws here more than once",
        ),
        (Run(BOWL, optimizer=OWN["in place"]), "jax", "the optimizer changes arrays in place"),
    ],
)
def test_what_is_refused(made, target, said):
    with pytest.raises(TargetError) as caught:
        emit_training(Trainer(made), 10, target)
    assert said in str(caught.value)
    assert caught.value.hint
