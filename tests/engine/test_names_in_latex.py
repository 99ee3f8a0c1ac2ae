"""Names as mathematics writes them."""

import pytest

from app.engine.labels import latex_name


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
    ],
)
def test_names_are_set_as_one_writes_them(name, latex):
    assert latex_name(name) == latex
