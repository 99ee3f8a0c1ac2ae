"""What the lesson about a tiny language model says in words is what its programs do."""

import itertools
from collections import Counter

import numpy as np
import pytest

from app.engine import compile_program
from tests.lessons.trained import lesson, losses, record, steps_of

STEPS = lesson("a-tiny-language-model").steps
GUESS, ROW, COUNTING, RARE, THREE, ALONE = STEPS
TEXT = "the light goes back to the start and the start moves a little"
LETTERS = " abcdefghijklmnopqrstuvwxyz"
PAIRS = Counter(itertools.pairwise(TEXT))
T = LETTERS.index("t")


def run(step, **values):
    return compile_program(step.program, {**step.values, **values}).run()


def written(step, at, values=None):
    """What a step's program prints with the parameters of a step of its training."""
    made = record(step, 0, values)
    (line,) = compile_program(step.program, made.trainer.values(made.state(at))).run().prints
    return line.text


def test_a_model_that_knows_nothing_guesses():
    assert run(GUESS).output == pytest.approx(np.log(27))
    assert len(LETTERS) == 27


def test_a_row_gets_what_was_expected_less_what_was_counted():
    of_t = {b: n for (a, b), n in PAIRS.items() if a == "t"}
    assert (sum(of_t.values()), of_t["h"], sum(PAIRS.values())) == (11, 3, 60)
    grad = run(ROW).grads["W"]
    assert grad[T, LETTERS.index("h")] == pytest.approx((11 / 27 - 3) / 60)
    assert "z" not in of_t
    assert grad[T, LETTERS.index("z")] == pytest.approx(11 / 27 / 60)


def test_it_ends_where_counting_does():
    before = Counter(TEXT[:-1])
    shares = {pair: n / before[pair[0]] for pair, n in PAIRS.items()}
    floor = -sum(n * np.log(shares[pair]) for pair, n in PAIRS.items()) / 60
    made = record(COUNTING)
    loss, _ = made.trainer.gradients(made.state(3000))
    assert floor < loss < floor + 0.01
    W = np.asarray(made.state(3000).weights[0])
    p = np.exp(W[T]) / np.exp(W[T]).sum()
    assert p[LETTERS.index("h")] == pytest.approx(3 / 11, abs=0.01)
    assert losses(record(COUNTING), steps_of(COUNTING))[-1] < floor + 0.05
    end = written(COUNTING, steps_of(COUNTING))
    seen = sum((a, b) in PAIRS for a, b in itertools.pairwise(end))
    assert seen > 0.9 * (len(end) - 1)
    assert sum((a, b) in PAIRS for a, b in itertools.pairwise(written(COUNTING, 0))) < 20


def test_only_letters_that_stand_there_get_a_gradient():
    trace = run(RARE)
    for letter, row in zip(LETTERS, trace.grads["E"], strict=True):
        # The last letter alone, behind which nothing comes, stands elsewhere, too.
        assert np.any(row != 0) == (letter in TEXT), letter
    assert RARE.question.expected == 0
    assert np.all(trace.grads["W2"][:, LETTERS.index("z")] != 0)


def words(text):
    return sum(word in TEXT.split() for word in text.split())


def test_three_letters_come_close_to_zero_and_words_come():
    steps = steps_of(THREE)
    loss = losses(record(THREE), steps)
    assert 0.05 < loss[-1] < 0.15
    assert words(written(THREE, 0)) < 2
    assert words(written(THREE, steps)) > 6
    open_ends = Counter(TEXT[i : i + 3] for i in range(len(TEXT) - 3) if TEXT[i + 3])
    follows = {three: {TEXT[i + 3] for i in range(len(TEXT) - 3) if TEXT[i : i + 3] == three} for three in open_ends}
    ambiguous = {three for three, after in follows.items() if len(after) > 1}
    assert {"he ", "rt "} <= ambiguous
    assert len(ambiguous) < len(follows) / 5


def test_the_last_letter_is_worth_most():
    steps = steps_of(ALONE)
    reaches = [
        dict(zip(("far", "mid", "near"), map(float, seen), strict=True)) for seen in ("000", "001", "011", "111")
    ]
    blind, one, two, three = (losses(record(ALONE, 0, r), steps)[-1] for r in reaches)
    assert blind > 2.4
    assert 1 < one < 1.2
    assert blind - one > np.log(4)
    assert one - two > 0.8
    assert two < 0.3
    assert 0 < two - three < 0.2
    assert set(record(ALONE).trainer.parameters) == {"E", "W1", "b1", "W2"}
