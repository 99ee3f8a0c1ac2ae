"""Emitted notebooks: their cells run in order and print what stands below them."""

import contextlib
import io
import json

import numpy as np
import pytest

from app.engine import compile_program, trace
from app.engine.emit import TARGETS, as_notebook, emit
from tests.engine.test_emit import NET, VALUES
from tests.engine.test_language_accepted import PROGRAMS


def made(run, target="numpy"):
    return as_notebook(run, emit(run, target), target)


def check_format(book):
    """What nbformat 4.5 asks for."""
    assert set(book) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    ids = [cell["id"] for cell in book["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in book["cells"]:
        keys = {"cell_type", "id", "metadata", "source"}
        assert set(cell) == keys | ({"execution_count", "outputs"} if cell["cell_type"] == "code" else set())
        assert all(line.endswith("\n") for line in cell["source"][:-1])
        assert not any("\n" in line[:-1] for line in cell["source"])
        for output in cell.get("outputs", ()):
            assert set(output) == {"name", "output_type", "text"}
    assert json.loads(json.dumps(book, allow_nan=False)) == book


def run_cells(book):
    """What each cell prints."""
    space, printed = {}, []
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            shown = io.StringIO()
            with contextlib.redirect_stdout(shown), np.errstate(all="ignore"):
                exec(compile("".join(cell["source"]), cell["id"], "exec"), space)
            printed.append((shown.getvalue(), "".join(text for o in cell["outputs"] for text in o["text"])))
    return printed


def test_its_cells_print_what_stands_below_them():
    book = made(trace(NET, VALUES))
    check_format(book)
    printed = run_cells(book)
    assert [real for real, _ in printed] == [kept for _, kept in printed]
    assert printed[-1][0] == (
        "y: [[2.]]\ndW1: [[2. 4.]]\ndx: [[ 2.]\n [-2.]]\ndb1: [[2.]]\ndW2: [[0.5]]\ndb2: [[1.]]\n"
    )


@pytest.mark.parametrize("name", PROGRAMS)
def test_notebooks_of_all_accepted_programs_run(name):
    book = made(trace(PROGRAMS[name]))
    check_format(book)
    for real, kept in run_cells(book):
        assert len(real.split()) == len(kept.split())


def test_formulas_say_what_the_code_does():
    text = {cell["id"]: "".join(cell["source"]) for cell in made(trace(NET, VALUES))["cells"]}
    assert r"z_{1} &= W_{1}\,x + b_{1} \\" in text["forward-text"]
    assert (
        r"\frac{\partial y}{\partial W_{1}} &= \frac{\partial y}{\partial z_{1}}\,x^{\top} \\" in text["backward-text"]
    )
    assert "z_{1} > 0" in text["backward-text"]


def test_so_many_formulas_are_enough():
    text = "".join(made(trace("y = x\nfor i in range(60):\n    y = tanh(y)", {"x": 0.5}))["cells"][2]["source"])
    assert text.count("&=") == 40
    assert text.endswith("20 more are in the code.")


@pytest.mark.parametrize("target", TARGETS)
def test_there_is_one_in_every_language(target):
    book = made(compile_program("y = relu(x) * w", {"x": 2, "w": 3}).run(), target)
    check_format(book)
    assert book["cells"][-1]["outputs"][0]["text"] == ["y: 6.0\n", "dx: 3.0\n", "dw: 2.0\n"]
