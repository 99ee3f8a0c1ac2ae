"""Gradients that are 0 but for rounding, told from gradients that are small."""

from __future__ import annotations

from app.engine.execution.compile import compile_program
from app.engine.execution.roundoff import zero_within_rounding

SOFTMAX = """
import numpy as np
z = np.array([[0.5, -1.2, 0.3], [1.0, 0.7, -0.4]])
labels = np.array([0, 1])
m = z.max(axis=1, keepdims=True)
e = np.exp(z - m)
p = e / e.sum(axis=1, keepdims=True)
loss = -np.log(p[np.arange(2), labels]).mean()
"""


def found(source: str) -> tuple[set[str], set[tuple[str, str]]]:
    run = compile_program(source, {}).run()
    ids = [node.id for node in run.structure.nodes]
    rounding = zero_within_rounding(run)
    edges = [run.structure.edges[i] for i in rounding.edges]
    return {ids[i] for i in rounding.nodes}, {(ids[edge.source], ids[edge.target]) for edge in edges}


def test_the_maximum_that_a_softmax_subtracts():
    nodes, edges = found(SOFTMAX)
    assert nodes == {"m"}
    # What it receives, and what it sends on.
    assert {("z", "m")} <= edges
    assert all("m" in edge for edge in edges)


def test_the_mean_that_a_normalisation_subtracts_from_what_has_mean_zero():
    source = "import numpy as np\nx = np.array([1.0, 2.0, 4.0])\nd = x - x.mean()\nc = d - d.mean()\ny = (c ** 2).sum()"
    nodes, _ = found(source)
    assert "c.1" in nodes


def test_a_gradient_that_vanishes_is_no_rounding():
    source = "import numpy as np\nh = 0.5\n" + "for i in range(40):\n    h = 0.01 * np.tanh(h)\ny = h"
    run = compile_program(source, {}).run()
    assert 0 < abs(run.grads["h"]) < 1e-60
    assert zero_within_rounding(run) == ((), ())


def test_small_beside_large_is_no_rounding():
    assert zero_within_rounding(compile_program("x = 1e-20\ny = x * x + 1e20 * x", {}).run()) == ((), ())
    assert zero_within_rounding(compile_program("a = 1e-30\nb = 2.0\ny = a * b + b", {}).run()) == ((), ())


def test_exactly_zero_needs_no_word():
    assert zero_within_rounding(compile_program("x = 3.0\ny = x - x", {}).run()) == ((), ())
