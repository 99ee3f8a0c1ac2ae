"""Programs of the kinds that courses and tutorials teach (`learners/`): each runs as Python runs it, is about what it
is about, and has its own gradients graded right. The head of each file says what those are."""

import re
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from app.engine import compile_program
from tests.engine.python import agree

PROGRAMS = {path.stem: path.read_text(encoding="utf-8") for path in Path(__file__).with_name("learners").glob("*.py")}
_STEP = 1e-6
_LEAVES = 6
"""Leaves of one program that are differentiated numerically."""


class _Anything(types.ModuleType):
    """What stands for plotting where Python runs a program."""

    __path__ = ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Anything(name)

    def __call__(self, *args, **named):
        return _Anything("result")

    def __iter__(self):
        return iter([_Anything("item")] * 2)


@pytest.fixture(autouse=True)
def _plotting(monkeypatch):
    plotting = _Anything("matplotlib")
    monkeypatch.setitem(sys.modules, "matplotlib", plotting)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", _Anything("matplotlib.pyplot"))
    tqdm = types.ModuleType("tqdm")
    tqdm.tqdm = lambda items, **named: items
    tqdm.trange = lambda n, **named: range(n)
    monkeypatch.setitem(sys.modules, "tqdm", tqdm)


def _head(source, key):
    return re.search(rf"^# {key}: ?(.*)$", source, re.MULTILINE)[1].split()


def _plain(id):
    """The name in an id: loss in `stats.loss#12`, and g in `g#2.3`, a part of it without a name."""
    return re.sub(r"(\.\d+|#\d+)+$", "", id).split(".")[-1]


@pytest.mark.parametrize("name", sorted(PROGRAMS))
def test_values_output_and_gradients(name):
    source = PROGRAMS[name]
    run = agree(source, rtol=1e-11, named=False)
    assert _plain(run.structure.output) == _head(source, "output")[0]
    assert [line.name for line in run.manual if not line.agrees] == []
    assert {line.name for line in run.manual} >= set(_head(source, "graded right"))
    _numerically(source, run)


def _numerically(source, run):
    """Central differences of the output, each with the text read anew for the changed values. Leaves of which training
    steps have made others are left out: nothing is differentiated through a step. So are sizes."""
    program = run.structure.program
    moved = {program.nodes[guard.node].id for guard in program.guards if guard.question in ("begins", "equals")}
    leaves = [node.id for node in run.structure.nodes if node.op.name == "input" and node.id not in moved]
    chance = np.random.default_rng(0)
    for leaf in leaves[:_LEAVES]:
        value = np.asarray(run.values[leaf], dtype=float)
        place = tuple(chance.integers(length) for length in value.shape)
        ends = []
        for side in (_STEP, -_STEP):
            changed = value.copy()
            changed[place] += side
            ends.append(np.sum(compile_program(source, {leaf: changed.tolist()}, run.structure.output).run().output))
        slope = (ends[0] - ends[1]) / (2 * _STEP)
        expected = np.broadcast_to(0.0 if run.grads[leaf] is None else run.grads[leaf], value.shape)[place]
        assert slope == pytest.approx(expected, rel=1e-4, abs=1e-4), leaf


def test_a_text_is_the_same_program_every_time():
    """A set of objects goes by the order in which they were made, and not by where they lie in memory."""
    source = PROGRAMS["karpathy_micrograd"]
    first = [node.id for node in compile_program(source).structure.program.nodes]
    kept = [object() for _ in range(997)]
    again = [node.id for node in compile_program(f"{source}\n# {len(kept)}").structure.program.nodes]
    assert first == again
