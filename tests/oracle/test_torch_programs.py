"""Programs written for PyTorch, read as they are, against what PyTorch itself prints and computes for them
(`torch_reference.py` makes the figures)."""

import json
from pathlib import Path

import numpy as np
import pytest

from app.engine import compile_program
from tests.oracle.torch_programs import BEGINNING, LINES, PROGRAMS

REFERENCE = json.loads(Path(__file__).with_name("torch_reference.json").read_text())
REFERENCE_OF_LINES = json.loads(Path(__file__).with_name("torch_lines.json").read_text())
RELATIVE = 1e-3
"""PyTorch computes these in float32, over hundreds of steps; of the largest element."""


def printed(trace):
    return [line for each in trace.prints for line in each.text.split("\n")]


@pytest.mark.parametrize("line", LINES)
def test_a_line_prints_what_pytorch_prints(line):
    assert printed(compile_program(f"{BEGINNING}{line}\nend = x.sum()").run()) == REFERENCE_OF_LINES[line]


def test_the_reference_holds_exactly_the_programs():
    assert set(REFERENCE) == set(PROGRAMS)


def test_the_version_that_is_told_is_that_of_the_reference():
    told = printed(compile_program("import torch\nprint(torch.__version__)\nx = torch.ones(1)").run())
    assert {each["torch"] for each in REFERENCE.values()} == set(told)


@pytest.mark.parametrize("name", PROGRAMS)
def test_lines_are_those_that_pytorch_prints(name):
    plan = compile_program(PROGRAMS[name])
    assert printed(plan.run()) == REFERENCE[name]["prints"]
    assert printed(plan.compile().run()) == REFERENCE[name]["prints"]


ONCE = [name for name in PROGRAMS if REFERENCE[name]["grads"] and not name.startswith("autograd")]


@pytest.mark.parametrize("name", ONCE)
def test_gradients_of_the_output_are_those_that_pytorch_keeps(name):
    """Those of the last turn. (The programs about autograd call .backward() on several values.)"""
    trace = compile_program(PROGRAMS[name]).run()
    last = {}
    for node in trace.structure.nodes:
        if node.role == "input":
            last[node.name] = trace.grads[node.id]
    compared = 0
    for leaf, wanted in REFERENCE[name]["grads"].items():
        found = last[leaf]
        scale = np.abs(wanted).max()
        assert np.abs(np.asarray(found) - wanted).max() <= RELATIVE * scale, leaf
        compared += 1
    assert compared
