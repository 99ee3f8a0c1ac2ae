"""einsum beside NumPy, and what goes back beside numerical derivatives, other paths and other notations."""

import random

import numpy as np
import pytest

from app.engine.emit import emit
from app.engine.errors import LimitError, ShapeError
from app.engine.execution.roundoff import RoundOff
from app.engine.explain.elements import explain
from app.engine.notation.describe import describe_edges, describe_nodes
from app.engine.notation.indices import forms_of
from app.engine.ops.summation_words import letters_of
from tests.engine.built import BUILT, SUMMED, P, Q, V, plan
from tests.engine.checks import check_opened, check_plan
from tests.engine.test_cells import check_cells


@pytest.mark.parametrize("text", SUMMED)
def test_values_and_gradients(text):
    use = BUILT[f"einsum: {text}"]
    made = plan(*use)
    run = check_plan(made)
    wanted = np.einsum(text, *SUMMED[text])
    np.testing.assert_allclose(run.values["y"], wanted, rtol=1e-14)
    # A step of one in one element moves a linear function by its slope exactly.
    for slot, operand in enumerate(SUMMED[text]):
        for place in np.ndindex(np.shape(operand)):
            one = np.zeros(np.shape(operand))
            one[place] = 1.0
            others = list(SUMMED[text])
            others[slot] = one
            slope = np.sum(2 * wanted * np.einsum(text, *others))
            np.testing.assert_allclose(np.asarray(run.grads[f"x{slot}"])[place], slope, rtol=1e-12, atol=1e-13)
    check_opened(made, plan(*use, detail="scalar"))
    check_cells(run, random.Random(0), most=4)
    describe_edges(made.structure)
    assert all(np.isfinite(bound).all() for bound in RoundOff(run).gradients.values())


REFUSED = {
    "ij,jk->ik": ((P, P), "j is 3 long in one operand and 2 in another"),
    "ij,jk->il": ((P, Q), "the result has the letter l"),
    "ii->i": ((np.eye(2),), "'ii' has a letter twice"),
    "ij->ii": ((P,), "'ii' has a letter twice"),
    "i...->i": ((P,), "other signs than letters"),
    "ij,jk": ((P,), "speak of 2 operands, and there are 1"),
    "i,i->": ((P, V), "i stands for an operand of shape 2×3"),
    "i,->i": ((V, V), "no letter stands for an operand of shape 3"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_does_not_fit_is_told(text):
    operands, says = REFUSED[text]
    with pytest.raises(ShapeError) as caught:
        plan("einsum", {"subscripts": text}, {f"x{slot}": value for slot, value in enumerate(operands)})
    assert says in caught.value.message
    assert caught.value.hint


def test_its_multiplications_are_counted():
    big = np.ones(40_000)
    with pytest.raises(LimitError, match="multiplications"):
        plan("einsum", {"subscripts": "i,j->"}, {"a": big, "b": big})
    made = plan("einsum", {"subscripts": "ij,jk->ik"}, {"a": P, "b": Q})
    assert made.structure.schedule.multiplications == 12


def test_a_sum_of_very_many_products_is_told_by_its_number():
    x = np.linspace(-1, 1, 3_000)
    run = plan("einsum", {"subscripts": "i,j->"}, {"a": x, "b": x + 1}).run()
    told = explain(run, "y", ())
    assert told.value.value == run.values["y"]
    told = explain(run, "a", (5,))
    assert told.grad.value == run.grads["a"][5] == told.grad.terms[0].value


def test_without_an_arrow_the_letters_that_occur_once_are_kept():
    assert letters_of("ki,ij").text == "ki,ij->jk"
    assert letters_of(" b a ").text == "ba->ab"


def test_it_is_written_as_each_language_wants_it():
    def line(target):
        run = plan("einsum", {"subscripts": "ij,jk"}, {"a": P, "b": Q}).run()
        return next(text.strip() for text in emit(run, target).source.split("\n") if text.strip().startswith("y = "))

    assert line("numpy") == 'y = np.einsum("ij,jk->ik", a, b)'
    assert line("torch") == 'y = torch.einsum("ij,jk->ik", a, b)'
    assert line("jax").startswith('y = jnp.einsum("ij,jk->ik", a, b)')


def test_how_it_is_read():
    made = plan("einsum", {"subscripts": "ij,jk->ik"}, {"a": P, "b": Q})
    assert describe_nodes(made.structure)[2].latex == r"\operatorname{einsum}_{ij,jk \to ik}\left(a, b\right)"
    forms = forms_of(made.structure.schedule.rules[2], ("a", "b"), range(3))
    assert [form.text for form in forms] == [
        "y[i,j] = Σₖ a[i,k] * b[k,j]",
        "da[i,k] = Σⱼ b[k,j] * dy[i,j]",
        "db[k,j] = Σᵢ a[i,k] * dy[i,j]",
    ]
