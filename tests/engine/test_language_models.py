"""The pieces of a language model that tests/oracle holds against PyTorch: what more is asked of them."""

from pathlib import Path

import numpy as np
import pytest

from app.engine import compile_program
from app.engine.training.record import Record
from app.engine.training.run import Run
from app.engine.training.trainer import Trainer

TEXTS = Path(__file__).with_name("learners")


def text(name):
    return (TEXTS / f"{name}.py").read_text(encoding="utf-8")


def test_a_tiny_gpt_learns_its_line_in_fifty_steps():
    record = Record(Trainer(Run(text("lm_gpt"), output="loss", settings={"lr": 0.3})))
    assert len(record.trainer.parameters) == 3 + 2 * 6
    assert not record.trainer.data
    first, last = (record.trainer.gradients(record.state(k))[0] for k in (0, 50))
    assert first > np.log(7)
    assert last < 0.05


def test_no_token_looks_ahead():
    """What a token puts out does not move with the tokens after it."""
    source = text("lm_causal_head")
    run = compile_program(source, output="attn").run()
    assert np.array_equal(run.output, np.tril(run.output))
    first = compile_program(source + "\ny = np.sum(out[0])", output="y").run()
    assert np.all(first.grads["x"][0] != 0)
    assert np.all(first.grads["x"][1:] == 0)


GRADIENT = "dE = dlogits.T @ h\nnp.add.at(dE, tokens, dx)"


@pytest.mark.parametrize(
    "written",
    [
        GRADIENT,
        "dE = np.zeros_like(E)\nnp.add.at(dE, tokens, dx)\ndE += dlogits.T @ h",
        "grads = {'E': dlogits.T @ h}\nnp.add.at(grads['E'], tokens, dx)",
        "grads = {'E': dlogits.T @ h}\nfor n, t in enumerate(tokens):\n    grads['E'][t] += dx[n]",
    ],
)
@pytest.mark.parametrize("factor", [1, 2])
def test_a_gradient_in_two_parts_is_graded_by_its_sum(written, factor):
    """Tied weights get one part from where they are looked up and one from the logits, in whatever order."""
    source = text("lm_tied_weights")
    assert GRADIENT in source
    source = source.replace(GRADIENT, written.replace("dx", "dx" if factor == 1 else f"({factor} * dx)"))
    lines = [line.agrees for line in compile_program(source).run().manual if line.name in ("dE", 'grads["E"]')]
    assert lines == [factor == 1]


def test_an_embedding_alone_is_graded_where_its_rows_are_added():
    source = (
        "E, ids = np.array([[0.5, -1.0], [2.0, 0.3]]), np.array([1, 0, 1])\nh = E[ids]\nloss = np.sum(h ** 3)\n"
        "dh = 3 * h ** 2\ndE = np.zeros_like(E)\nnp.add.at(dE, ids, dh)"
    )
    assert [line.agrees for line in compile_program(source).run().manual] == [True, True]
