"""Arrays of whole numbers in an index: NumPy's rules, tried beside NumPy."""

import itertools
import random

import numpy as np
import pytest

from app.engine.emit import emit
from app.engine.errors import ShapeError
from app.engine.explain.sentences import plain, tell
from app.engine.notation.describe import describe_nodes
from app.engine.ops.places import indexed, numpy_index, repeats
from tests.engine.built import INDICES, A, X, plan
from tests.engine.checks import check_opened, check_plan
from tests.engine.test_cells import check_cells

ITEMS = [
    *(0, -1, None, ..., slice(None), slice(None, None, -1), slice(1, None)),
    *(A([0, 1]), A([[0], [-1]]), A(1), A([]), A([2, 0, 2])),
]


@pytest.mark.parametrize("shape", [(2,), (3, 2), (2, 3, 3)])
def test_any_mixture_means_what_numpy_means(shape):
    x = np.arange(np.prod(shape)).reshape(shape)
    rng = random.Random(0)
    for length in range(1, 5):
        indices = list(itertools.product(ITEMS, repeat=length))
        for index in rng.sample(indices, min(len(indices), 2000)):
            if sum(item is ... for item in index) > 1:
                continue
            try:
                wanted = x[numpy_index(index)]
            except IndexError:
                with pytest.raises(ShapeError):
                    indexed(shape, index)
                continue
            got, written_out = indexed(shape, index)
            assert got == np.shape(wanted)
            np.testing.assert_array_equal(x[numpy_index(written_out)], wanted)


def test_an_index_array_is_a_value():
    assert A([0, 1]) == A(np.array([0.0, 1.0])) != A([[0, 1]])
    assert hash(A([0, 1])) == hash(A([0, 1]))
    assert repr(A([0, 1])) != repr(A([0, 2]))
    with pytest.raises(ValueError, match="whole numbers"):
        A([0.5])
    with pytest.raises(ValueError, match="read-only"):
        A([0, 1]).array[0] = 5


@pytest.mark.parametrize(
    ("shape", "index", "message", "hint"),
    [
        ((3,), (A([0, 3]),), "index 3 is outside axis 0 of 3", "indices run from 0 to 2"),
        ((2, 3), (slice(None), A([-4])), "index -4 is outside axis 1 of 2×3", "indices run from 0 to 2"),
        ((0,), (A([0]),), "index 0 is outside axis 0 of 0", "That axis is empty"),
        ((2, 3), (A([0, 1]), A([0, 1, 2])), "the index: shapes 2 and 3 do not fit together", "compared from the right"),
        ((2,), (A([0]), A([0])), "too many indices: 2 for 2", "at most 1"),
    ],
)
def test_what_does_not_fit_is_told(shape, index, message, hint):
    with pytest.raises(ShapeError) as caught:
        indexed(shape, index)
    assert caught.value.message == message
    assert hint in caught.value.hint


@pytest.mark.parametrize("name", INDICES)
def test_values_and_gradients(name):
    index = INDICES[name]
    made = plan("index", {"index": index}, {"x": X})
    run = check_plan(made)
    np.testing.assert_array_equal(run.values["y"], X[numpy_index(index)])
    wanted = np.zeros_like(X)
    np.add.at(wanted, numpy_index(index), 2 * X[numpy_index(index)])
    np.testing.assert_allclose(run.grads["x"], wanted, rtol=1e-14)
    check_opened(made, plan("index", {"index": index}, {"x": X}, detail="scalar"))
    check_cells(run, random.Random(0))


def test_a_brace_among_the_bytes_of_an_index_stays_a_byte():
    x = np.arange(130.0)
    run = check_plan(plan("index", {"index": (A([123, 125, 92, 39, 34, 10, 123]),)}, {"x": x}))
    np.testing.assert_array_equal(run.values["y"], [123, 125, 92, 39, 34, 10, 123])


def test_the_index_is_written_as_each_language_wants_it():
    def line(target, index):
        run = plan("index", {"index": index}, {"x": X}).run()
        return next(text.strip() for text in emit(run, target).source.split("\n") if text.strip().startswith("y = "))

    assert line("numpy", INDICES["pairs"]) == "y = x[[0, 1, 1], [2, 0, 0]]"
    assert line("torch", INDICES["pairs"]) == "y = x[[0, 1, 1], [2, 0, 0]]"
    assert line("jax", INDICES["pairs"]).startswith("y = x[jnp.array([0, 1, 1]), jnp.array([2, 0, 0])]")
    assert line("numpy", INDICES["two axes of it"]) == "y = x[np.array([[0], [1]]), [2, 0]]"
    assert line("torch", INDICES["two axes of it"]) == "y = x[torch.tensor([[0], [1]]), [2, 0]]"
    assert line("torch", INDICES["beside a number"]) == "y = picked(x, np.s_[0, :, [3, 0]])"


def test_a_long_index_is_cut_short_where_it_is_read():
    texts = describe_nodes(plan("index", {"index": (0, 0, A([3] * 40))}, {"x": X}).structure)
    assert texts[1].latex == r"x_{0,0,\left[3,3,3,3,3,3,\ldots\right]}"
    assert texts[1].formula == "x[0, 0, [3, 3, 3, 3, 3, … 35 more]]"


@pytest.mark.parametrize(
    ("name", "forward", "backward"),
    [
        ("rows", "in another order", "each in its old place"),
        ("a row twice", "some of them more than once", "the sum of the gradients"),
        ("apart", "It takes 6 of the 24 numbers", "those get its gradient"),
    ],
)
def test_what_is_said_of_it(name, forward, backward):
    run = plan("index", {"index": INDICES[name]}, {"x": X}).run()
    found = tell(run)
    assert forward in plain(found.forward["y"])
    assert backward in plain(found.backward["y"])


def test_repeats():
    assert repeats((3,), (A([0, -3]),))
    assert not repeats((3,), (A([0, 2]),))
    assert not repeats((3,), (slice(None),))
