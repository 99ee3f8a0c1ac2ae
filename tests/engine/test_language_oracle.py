"""Random programs over the whole language against Python: the same printed lines and values; where Python raises, a
refusal. `make oracle` and HYPOTHESIS_PROFILE=thorough try many more."""

import contextlib
import io
import os
import random
import subprocess
import sys
import time
import tokenize
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import EngineError, compile_program
from tests.engine.chance import examples
from tests.engine.python import executed, printed, value_of
from tests.engine.random_language import random_language
from tests.engine.test_language_random import texts_agree

SECONDS = 20  # of the processor, which a busy machine does not use up faster; one is the promise
seeds = st.integers(min_value=0, max_value=2**40)
LANGUAGE = [
    part.partition("\n")[2] for part in Path(__file__).with_name("language.txt").read_text().split("\n=== ")[1:]
]


def compared(source: str) -> bool:
    """Whether a program is accepted; then Python must run it too, print the same, and hold the same values."""
    try:
        space, text = executed(source)
    except Exception:  # noqa: BLE001 - whatever Python says no to
        with pytest.raises(EngineError):
            compile_program(source).run()
        return True
    try:
        run = compile_program(source).run()
    except EngineError:
        return False
    try:
        texts_agree(printed(run), text)
    except AssertionError:
        if len({_printed_with(source, seed) for seed in "123456789"}) == 1:
            raise
        return True  # Python does not agree with itself: the order of a set of texts differs from run to run
    for name in run.structure.program.names:
        mine = value_of(run, name)
        if mine is None or name not in space:
            continue
        theirs = np.asarray(space[name], dtype=np.float64)
        assert np.shape(mine) == theirs.shape, name
        np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-12 * np.abs(theirs).max(initial=0.0), err_msg=name)
    return True


def _printed_with(source: str, seed: str) -> str:
    """What Python prints where texts are hashed with this seed."""
    code = "import sys; from tests.engine.python import executed; sys.stdout.write(executed(sys.stdin.read())[1])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=source,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": seed},
    )
    return done.stdout


@pytest.mark.parametrize("first", range(0, 300, 60))
def test_python_agrees(first):
    """Most of them must be accepted: a reader that refuses everything never disagrees."""
    accepted = sum(compared(random_language(random.Random(seed))) for seed in range(first, first + 60))
    assert accepted > 0.8 * 60


@pytest.mark.skipif(os.environ.get("BACKLIT_ORACLE") is None, reason="make oracle asks for it")
def test_python_agrees_ten_thousand_times():
    accepted = sum(compared(random_language(random.Random(seed))) for seed in range(10_000))
    assert accepted > 8_500


def mutated(source: str, rng: random.Random) -> str:
    """A program with a few of its tokens deleted, doubled, swapped or replaced by one of another line."""
    lines = source.split("\n")
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(lines))
        try:
            tokens = [t.string for t in tokenize.generate_tokens(io.StringIO(lines[at].lstrip()).readline) if t.string]
        except (tokenize.TokenError, SyntaxError):
            tokens = lines[at].split()
        if not tokens:
            continue
        indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
        a, b = rng.randrange(len(tokens)), rng.randrange(len(tokens))
        change = rng.randrange(5)
        if change == 0:
            del tokens[a]
        elif change == 1:
            tokens.insert(a, tokens[a])
        elif change == 2:
            tokens[a], tokens[b] = tokens[b], tokens[a]
        elif change == 3:
            tokens[a] = rng.choice(rng.choice(lines).split() or ["0"])
        else:
            lines.insert(rng.randrange(len(lines)), lines[at])
            continue
        lines[at] = indent + " ".join(tokens)
    return "\n".join(lines)


@examples(200)
@given(seeds)
def test_mutated_programs_are_answered_or_refused(seed):
    rng = random.Random(seed)
    source = rng.choice(LANGUAGE) if rng.random() < 0.5 else random_language(rng)
    text = mutated(source, rng)
    start = time.thread_time()
    with contextlib.suppress(EngineError):
        compile_program(text, ignore_unknown=True).run()
    assert time.thread_time() - start < SECONDS
