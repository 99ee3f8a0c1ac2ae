"""A GPT in plain Python, over numbers of its own, with few numbers for each letter: it is read as Python runs it."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.engine import compile_program
from app.engine.interpreter.bundled_texts import NAMES
from app.settings import PUBLIC_LIMITS
from tests.engine.python import executed, printed

PROGRAMS = {path.stem: path.read_text(encoding="utf-8") for path in Path(__file__).with_name("gpt").glob("*.py")}
WIDE = replace(PUBLIC_LIMITS, visits=4_000_000)
TINY = {
    "closures": (("16, 4, 1, 16\n", "4, 2, 1, 6\n"), ("for sample in range(3)", "for sample in range(0)")),
    "slopes": (("1, 16, 16, 4\n", "1, 4, 6, 2\n"), ("for sample in range(4)", "for sample in range(0)")),
}
BOTH = pytest.mark.parametrize("name", TINY)


def tiny(name, steps):
    """The program with 4 numbers for a letter, a few steps and no sample."""
    text = PROGRAMS[name]
    for whole, small in TINY[name]:
        assert text.count(whole) == 1
        text = text.replace(whole, small)
    assert text.count("steps = 10") == 1
    return text.replace("steps = 10", f"steps = {steps}")


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """Where Python finds the file that a program opens."""
    (tmp_path / "input.txt").write_text(NAMES)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("folder")
@BOTH
def test_it_prints_what_python_prints(name):
    text = tiny(name, 1)
    assert printed(compile_program(text, limits=WIDE).run()) == executed(text)[1]


@pytest.mark.usefixtures("folder")
@BOTH
def test_its_gradients_are_those_that_its_own_engine_finds(name):
    """Of every parameter, before the first step is taken."""
    forward, _ = tiny(name, 1).split("    loss.backward()\n")
    run = compile_program(forward + "final = loss.data\n", output="final", limits=WIDE).run()
    space = executed(forward + "    loss.backward()\n")[0]
    assert run.output == pytest.approx(space["loss"].data, rel=1e-14)
    # A parameter is found by its number, which is drawn; one that the word does not use is in no graph.
    grads = {value: run.grads[id] for id, value in run.values.items() if id in run.structure.inputs}
    params = space["params"]
    assert sum(p.data in grads for p in params) > 100
    assert [grads.get(p.data, 0.0) for p in params] == pytest.approx([p.grad for p in params], rel=1e-12, abs=1e-15)
