"""Names as mathematics writes them."""

import numpy as np
import pytest

from app.engine import compile_program
from app.engine.labels import latex_name
from app.engine.notation.describe import describe_nodes


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("z1", "z_{1}"),
        ("W_2", "W_{2}"),
        ("w12_0", "w_{12,0}"),
        ("σ", r"\sigma"),
        ("y_hat", r"\hat{y}"),
        ("loss", r"\mathrm{loss}"),
        ("my_loss", r"\mathrm{my}_{loss}"),
        ("W1[0,1]", "W_{1[0,1]}"),
        ("hs[-1]", r"\mathrm{hs}_{[-1]}"),
        ("net.layers[0].W", r"\mathrm{net.layers[0].}W"),
        ("self.W_out", r"\mathrm{self.}W_{out}"),
        ('params["W1"]', r"\mathrm{params}[W_{1}]"),
        ('params["W1"][0,1]', r"\mathrm{params}[W_{1}]_{[0,1]}"),
        ('params["a}^\\b"]', r"\mathrm{params}[\mathrm{a\}b}]"),
    ],
)
def test_names_are_set_as_one_writes_them(name, latex):
    assert latex_name(name) == latex


def test_a_heading_calls_no_part_by_its_id():
    program = "def wide(x, a, b):\n    return np.tanh(x @ a + b) * np.exp(x @ a)\ny = x + wide(x, first, second) @ last"
    ones = np.ones((2, 2))
    structure = compile_program(program, {"x": ones, "first": ones, "second": ones, "last": ones}).structure
    text = describe_nodes(structure)[structure.index["y"]]
    assert text.latex == r"x + \ldots"
