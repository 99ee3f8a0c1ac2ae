"""Long work passes checkpoints, and whoever looks after it may end it there."""

from threading import Thread

import pytest

from app.engine import compile_program
from app.engine.assess.gradcheck.check import check
from app.engine.assess.gradcheck.sweep import sweep
from app.engine.assess.grading import check_formula, grade_backward
from app.engine.assess.nudge import nudge
from app.engine.emit import TARGETS, emit
from app.engine.errors import EngineError, ValueProblem
from app.engine.explain.sentences import tell
from app.engine.explain.sentences.structure import Wording
from app.engine.notation.describe import describe_edges, describe_nodes
from app.engine.support.checkpoints import STRIDE, Interrupted, checkpoint, watched
from app.engine.support.errstate import ignore_fp_errors

SUMS = "y = x * 1.0\n" + "y = y * 0.5 + y * y * 0.1\n" * 200
PRODUCT = "z = np.tanh(W @ x)\ny = z.sum()"
ARRAYS = {"W": [[0.1] * 30] * 30, "x": [[0.5]] * 30}


class Stopped(Interrupted):
    pass


def stop():
    raise Stopped


def looks_of(work):
    """What the work gives, and how often it was looked at."""
    looks = []
    return watched(lambda: looks.append(1), work), len(looks)


def test_nobody_looks_unless_somebody_watches():
    checkpoint(10 * STRIDE)


def test_a_look_comes_with_every_stride():
    def work():
        for _ in range(4 * STRIDE):
            checkpoint()

    assert looks_of(work) == (None, 4)


def test_what_costs_more_than_a_stride_is_looked_at_once():
    assert looks_of(lambda: checkpoint(100 * STRIDE)) == (None, 1)


def test_a_job_goes_on_where_numpy_is_silent():
    assert looks_of(lambda: ignore_fp_errors(checkpoint, STRIDE)) == (None, 1)


def test_the_watch_ends_with_the_work():
    with pytest.raises(Stopped):
        watched(stop, lambda: checkpoint(STRIDE))
    checkpoint(STRIDE)
    outer = []
    watched(lambda: outer.append(1), lambda: (looks_of(lambda: checkpoint(STRIDE)), checkpoint(STRIDE)))
    assert outer == [1]


def test_being_stopped_is_no_mistake_of_the_input():
    assert not issubclass(Interrupted, EngineError)


def long():
    return compile_program(SUMS, {"x": 0.5}).run()


def long_missing():
    with pytest.raises(ValueProblem):
        compile_program("y = x * 1.0\n" + "y = y * 1.25 + sin(y)\n" * 300, {})


LONG = {
    "reading and planning": lambda run: compile_program(SUMS.replace("0.5", "0.75"), {"x": 0.5}),
    "suggesting": lambda run: long_missing(),
    "opening": lambda run: compile_program(PRODUCT, ARRAYS, detail="scalar"),
    "opening one": lambda run: compile_program(PRODUCT, ARRAYS, scalar=["z.1"]),
    "running": lambda run: run.plan.run(),
    "local derivatives": lambda run: run.local_list,
    "checking": lambda run: check(run, ["x"]),
    "complex steps": lambda run: check(run, ["x"], method="complex"),
    "sweeping": lambda run: sweep(run, "x"),
    "nudging": lambda run: nudge(run, "x", 0.1),
    "grading": lambda run: grade_backward(run, "dy = 1\n" + "a = dy * 2\n" * 50, SUMS, 500),
    "grading a formula": lambda run: check_formula(run, "x", "2 * x", SUMS),
    "describing nodes": lambda run: describe_nodes(run.structure),
    "describing edges": lambda run: describe_edges(run.structure),
    "telling": lambda run: tell(run),
} | {f"writing {target}": lambda run, target=target: emit(run, target) for target in TARGETS}


@pytest.mark.parametrize("name", LONG)
def test_whatever_may_take_long_can_be_stopped(name):
    run = long()
    with pytest.raises(Stopped):
        watched(stop, lambda: LONG[name](run))
    # Nothing half done is left behind: the same goes through afterwards.
    LONG[name](run)


IN_WORDS = [name for name in LONG if name.startswith(("describing", "telling", "writing"))]


@pytest.mark.parametrize("name", IN_WORDS)
def test_nothing_is_locked_while_somebody_waits_at_a_checkpoint(name):
    """The same work for another program comes to its end meanwhile, in another thread."""
    run, another, ended = long(), long(), []

    def look():
        if not ended:
            ended.append(None)
            other = Thread(target=lambda: (LONG[name](another), ended.append(name)), daemon=True)
            other.start()
            other.join(60)

    watched(look, lambda: LONG[name](run))
    assert ended == [None, name]


def writing(run):
    """What names and sentences of a structure are made of, in the parts that are worked out at once: the others are
    made for the nodes that are asked about."""
    wording = Wording(run.structure)
    notation = wording._notation
    yield from (
        (part, lambda part=part, of=of: getattr(of, part))
        for of, parts in (
            (notation, ("identifiers", "within")),
            (wording, ("uses",)),
        )
        for part in parts
    )


def test_a_checkpoint_comes_with_every_few_things_that_are_written():
    """However much is worked out at once: of a program twice as long, twice as many looks."""
    counts = []
    for lines in (200, 400):
        program = "y = x * 1.0\n" + "y = y * 0.5 + sin(y)\n" * lines
        run = compile_program(program, {"x": 0.5}).run()
        counts.append({part: looks_of(work)[1] for part, work in writing(run)})
    for part, few in counts[0].items():
        assert few >= 1, part
        assert counts[1][part] >= 1.8 * few - 1, part
