"""Rounds of training loops that are computed without being read leave a text as if all had been read, and say what
Python says."""

import contextlib
import random
import re
import textwrap
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from app.engine import EngineError, LimitError, Limits, compile_program
from app.engine.interpreter.training.rounds import replay
from tests.engine.chance import THOROUGH
from tests.engine.python import executed, printed

DATA = """import numpy as np
X = np.array([[0.5, -1.0], [1.5, 2.0], [-0.5, 0.25], [1.0, 1.0]])
y = np.array([1.0, -1.0, 0.5, 0.0])
w = np.array([0.1, -0.2])
b = 0.0
lr = 0.05
"""
STEP = """    out = X @ w + b
    err = out - y
    loss = np.mean(err ** 2)
    dw = 2 * X.T @ err / 4
    db = 2 * np.mean(err)
    w = w - lr * dw
    b = b - lr * db
"""
IN_PLACE = STEP.replace("w = w - ", "w -= ").replace("b = b - ", "b -= ")


def loops(kind):
    """The loops of `loops.txt` of one kind, by name."""
    parts = (Path(__file__).parent / "loops.txt").read_text().split("### ")[1:]
    heads = [part.partition("\n") for part in parts]
    return {head.removeprefix(f"{kind}: "): DATA + body for head, _, body in heads if head.startswith(kind)}


SKIPPED, READ = loops("computed"), loops("read")


def every_round_read(program, monkeypatch):
    """The same program as a text of its own, of which no plan is kept, with every round read."""
    monkeypatch.setattr(replay, "_TRIES", 0)
    return f"{program}# every round is read\n"


def shown(program, values=None):
    """What a program is: its graph's ids and values, its grades and what it prints."""
    run = compile_program(program, values).run()
    graded = [(each.name, each.target, each.line, each.agrees) for each in run.manual]
    return run.structure.output, run.values, graded, printed(run)


@pytest.mark.parametrize("program", [*SKIPPED.values(), *READ.values()], ids=[*SKIPPED, *READ])
def test_it_is_as_if_every_round_was_read(program, monkeypatch):
    short = shown(program)
    long = shown(every_round_read(program, monkeypatch))
    assert short[0] == long[0]
    assert list(short[1]) == list(long[1])
    for id, value in short[1].items():
        np.testing.assert_array_equal(value, long[1][id], err_msg=id)
    assert short[2:] == long[2:]


@pytest.mark.parametrize("program", [*SKIPPED.values(), *READ.values()], ids=[*SKIPPED, *READ])
def test_it_is_what_python_says(program):
    space, text = executed(program, {})
    run = compile_program(program).run()
    assert printed(run) == text
    np.testing.assert_allclose(run.values[run.structure.output], np.asarray(space.get("loss")), rtol=1e-12)


@pytest.mark.parametrize("program", SKIPPED.values(), ids=SKIPPED)
def test_few_rounds_are_read(program, monkeypatch):
    read = []
    after = replay.Rounds.after

    def counted(self, place):
        if self.items is None or len(self.items) >= 12:  # a loop inside of a round is shorter
            read.append(place)
        return after(self, place)

    monkeypatch.setattr(replay.Rounds, "after", counted)
    rounds = max(int(part) for part in program.replace("range(", " ").replace(")", " ").split() if part.isdigit())
    compile_program(f"{program}# counted\n")
    assert len(read) <= rounds / 2


@pytest.mark.parametrize("program", READ.values(), ids=READ)
def test_what_is_not_alike_is_read(program, monkeypatch):
    monkeypatch.setattr(replay, "restore", lambda *_: pytest.fail("rounds were skipped"))
    compile_program(f"{program}# read\n")


def test_a_value_is_given_as_if_every_round_was_read(monkeypatch):
    program = SKIPPED["plain"]
    short = compile_program(program, {"lr": 0.2}).run()
    # A slider on what the rounds were computed with reads the text again.
    assert not np.array_equal(short.output, compile_program(program).run().output)
    long = compile_program(every_round_read(program, monkeypatch), {"lr": 0.2}).run()
    np.testing.assert_array_equal(short.output, long.output)


def test_a_very_long_training():
    program = f"{DATA}for i in range(60_000):\n{STEP}"
    space, _ = executed(program, {})
    np.testing.assert_allclose(compile_program(program).run().values["loss#60000"], space["loss"], rtol=1e-9)


def left(program):
    """How often the loop went round that is left, and what the shorter text gives that the note speaks of."""
    limits = Limits(visits=20_000, nodes=2_000)
    run = compile_program(program, limits=limits).run()
    (note,) = run.structure.program.notes
    line = program[: program.index("for i in")].count("\n") + 1
    found = re.fullmatch(
        rf"The loop in line {line} takes too long to be read to its end: "
        r"it is left after ([\d,]+) of its ([\d,]+) rounds.",
        note,
    )
    assert found is not None, note
    done, rounds = [int(number.replace(",", "")) for number in found.groups()]
    assert done < rounds
    shorter = compile_program(program.replace(f"range({rounds})", f"range({done})"))
    np.testing.assert_equal(list(run.values.values()), list(shorter.run().values.values()))
    assert not shorter.structure.program.notes
    return done


def test_a_training_with_too_many_operations_is_left_and_says_so(monkeypatch):
    monkeypatch.setattr(replay, "_MOST", 300)
    assert left(f"{DATA}for i in range(100):\n{STEP}") > 10


def test_a_training_that_is_read_round_by_round_is_left_as_soon_as_it_is_certain_to_be_too_much():
    program = READ["a list in a new order"].replace("range(40)", "range(2000)")
    assert left(program) < 1_000


def test_of_two_loops_the_outer_one_is_left():
    step = textwrap.indent(STEP, "    ")
    inner = (
        f"    for b in [b for b in (0.1, 0.2, 0.3)]:\n{step}        marks.append([k for k in range(i % 5 + 20)][-1])\n"
    )
    assert left(f"{DATA}marks = []\nfor i in range(900):\n{inner}") > 10


def test_what_lists_keep_is_bounded():
    # 240 MB are kept; with what each round computes beside them it would be five times as much.
    program = (
        "import numpy as np\nw = np.ones((300, 300))\nlr = 0.001\nkept = []\nfor i in range(340):\n"
        "    loss = np.sum(w ** 2)\n    dw = 2 * w\n    w = w - lr * dw\n    kept.append(w.copy() * 1.0)\n"
    )
    tracemalloc.start()
    try:
        with contextlib.suppress(EngineError):
            compile_program(program)
        assert tracemalloc.get_traced_memory()[1] < 400e6
    finally:
        tracemalloc.stop()


PIECES = [part.lstrip("\n") for part in (Path(__file__).parent / "rounds.txt").read_text().split("---")]
BEFORE = PIECES.pop(0)
"""What stands before the loop; after it, what a round may do besides."""
LOOPS = [
    "for i in range({n}):\n",
    "for i in range({n}):\n",
    "i = -1\nwhile i < {n}:\n    i += 1\n",
    "i = -1\nwhile True:\n    i = i + 1\n    if i >= {n}:\n        break\n",
]
HELD = "w, b, v, lr, total, prev, best, wait, held, count, flags, text"
SHOWN = f"""print({HELD})
print(losses[-3:], marks[-3:], len(losses), opt.t, opt.rate, opt.m, state)
print(np.random.rand(), random.random(), rng.normal())
"""


def random_loop(rng):
    """A training loop with some of the pieces, at the top or in a function."""
    body = [STEP if rng.random() < 0.5 else IN_PLACE, *rng.sample(PIECES, rng.randint(0, 5))]
    text = rng.choice(LOOPS).format(n=rng.randint(13, 45)) + "".join(body)
    if rng.random() < 0.3:
        inner = "".join(f"    {line}\n" for line in text.splitlines())
        text = f"def train({HELD}):\n{inner}    return {HELD}, loss\n{HELD}, loss = train({HELD})\n"
    return f"{DATA}{BEFORE}{text}{SHOWN}"


@pytest.mark.parametrize("seed", range(800 if THOROUGH else 40))
def test_random_loops(seed, monkeypatch):
    program = random_loop(random.Random(seed))
    try:
        short = shown(program)
    except EngineError as error:
        short = (type(error), error.message, error.line)
    program = every_round_read(program, monkeypatch)
    try:
        long = shown(program)
    except EngineError as error:
        long = (type(error), error.message, error.line)
    assert short[0] == long[0]
    assert short[2:] == long[2:]
    if len(short) == 4:
        assert list(short[1]) == list(long[1])
        _, text = executed(program, {})
        assert short[3] == text


def test_a_loop_that_does_not_train_is_refused_soon():
    program = "x = 1.0\ny = x\nfor i in range(40_000):\n    n = len([k for k in range(i % 7 + 20)])\n    y = x + n\n"
    with pytest.raises(LimitError, match="takes more than") as caught:
        compile_program(program)
    assert caught.value.line == 3
    assert "range(" in caught.value.hint


def test_a_training_that_never_ends_is_left_and_says_so():
    endless = compile_program(f"{DATA}while True:\n{STEP}").run()
    bounded = compile_program(f"{DATA}for i in range(1000):\n{STEP}").run()
    np.testing.assert_equal(list(endless.values.values()), list(bounded.values.values()))
    line = DATA.count("\n") + 1
    assert list(endless.structure.program.notes) == [
        f"The loop in line {line} never ends: it is left after 1,000 rounds."
    ]


def test_a_heavy_training_that_never_ends_is_left_sooner():
    program = f"{DATA}n = 0\nwhile 1:\n{STEP}    n += len([k for k in range(n % 7)]) >= 0\n"
    run = compile_program(program, limits=Limits(visits=2_000)).run()
    assert "it is left after" in run.structure.program.notes[0]
    assert "1,000" not in run.structure.program.notes[0]


@pytest.mark.parametrize("way_out", ["if loss < 0.5: break", "if loss < 0.5: raise ValueError"])
def test_a_training_with_a_way_out_is_gone_through(way_out):
    program = (
        f"{DATA}try:\n    while True:\n{textwrap.indent(STEP, '    ')}        {way_out}\nexcept ValueError:\n    pass\n"
    )
    run = compile_program(program).run()
    assert run.values[run.structure.output] < 0.5
    assert not run.structure.program.notes
