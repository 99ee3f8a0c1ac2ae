"""Lines of a backward pass that are gradients of another scalar than the output."""

import pytest

from app.engine import trace
from app.engine.assess.grading import grade_backward

TWO = """import numpy as np
h = np.array([0.5, -1.0, 2.0])
W_a = np.array([[1.0, 2.0], [0.5, -1.0], [0.3, 0.2]])
W_b = np.array([[0.1, 0.2], [-0.5, -1.0], [0.3, 0.7]])
a = h @ W_a
b = h @ W_b
loss_a = np.sum(a ** 2) / 2
loss_b = np.sum(np.log(1 + np.exp(b)))
"""
PASS = {
    "da": "da = a",
    "dW_a": "dW_a = np.outer(h, da)",
    "db": "db = 1 / (1 + np.exp(-b))",
    "dW_b": "dW_b = np.outer(h, db)",
    "dh": "dh = W_a @ da",
}
OF = {"da": "loss_a", "dW_a": "loss_a", "db": None, "dW_b": None, "dh": "loss_a"}


def graded(program, backward, values=None):
    return grade_backward(trace(program, values), backward, program)


def test_each_line_is_graded_for_the_scalar_that_it_is_of():
    told = graded(TWO, "\n".join(PASS.values()))
    assert {line.name: line.of for line in told.lines} == OF
    assert all(line.agrees and not line.chance for line in told.lines)
    # What is still to write is about the output: dh of the other loss is not it.
    assert [one.name for one in told.missing] == ["dloss_b", "dh"]
    assert (told.done, told.wanted) == (2, 4)


@pytest.mark.parametrize("name", ["da", "dW_a", "db", "dW_b"])
def test_a_slip_is_named_and_what_follows_from_it_is_not_wrong_anew(name):
    wrong = {**PASS, name: PASS[name].replace("= ", "= -", 1)}
    told = {line.name: line for line in graded(TWO, "\n".join(wrong.values())).lines}
    assert told[name].agrees is False
    assert told[name].slip.kind == "sign"
    assert told[name].of == OF[name]
    assert len(told[name].hints) == 3
    others = [line for line in told.values() if line.agrees is False and line.name != name]
    assert all(line.follows == (name,) for line in others)


def test_the_values_are_those_of_the_run():
    told = graded(TWO, "da = a\ndW_a = np.outer(h, da)", {"h": [2.0, 1.0, -3.0]})
    assert [(line.of, line.agrees) for line in told.lines] == [("loss_a", True)] * 2


CHAIN = "x, y, z = -2.0, 5.0, -4.0\nq = x + y\nf = q * z\nloss = (f - 1) ** 2\n"


def test_a_name_says_of_which_number():
    told = graded(CHAIN, "df_dq = z\ndf_dx = df_dq * 1\ndf_dz = -q\ndloss_df = 2 * (f - 1)")
    assert [(line.name, line.of, line.agrees) for line in told.lines] == [
        ("df_dq", "f", True),
        ("df_dx", "f", True),
        ("df_dz", "f", False),
        ("dloss_df", None, True),
    ]
    assert told.lines[2].slip.kind == "sign"


def test_agreement_by_chance_is_told_of_other_scalars_too():
    told = graded(CHAIN, "df_dq = -4.0 + 0 * x")
    assert [(line.of, line.agrees, line.chance) for line in told.lines] == [("f", True, True)]


def test_a_line_that_is_one_of_the_output_stays_one():
    told = graded(CHAIN, "df = 2 * (f - 1)\ndq = df * z\ndx = dq")
    assert [(line.name, line.of, line.agrees) for line in told.lines] == [
        (name, None, True) for name in ("df", "dq", "dx")
    ]
    assert told.done == 3
