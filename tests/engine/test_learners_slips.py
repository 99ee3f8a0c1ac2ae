"""Slips planted in the programs of `learners/`: the line of the slip is told as wrong. A head `# slip: old ||| new |||
name` says which text takes the place of which, and the gradient that is wrong then."""

import re

import pytest

from app.engine import compile_program
from tests.engine.test_learners import PROGRAMS

SLIPS = [
    (name, *[part.strip() for part in found.split("|||")])
    for name, source in sorted(PROGRAMS.items())
    for found in re.findall(r"^# slip: (.*)$", source, re.MULTILINE)
]


@pytest.mark.parametrize(("program", "old", "new", "wrong"), SLIPS, ids=[f"{each[0]}-{each[3]}" for each in SLIPS])
def test_it_is_told(program, old, new, wrong):
    body = re.sub(r"^# slip: .*\n", "", PROGRAMS[program], flags=re.MULTILINE)
    assert old in body
    run = compile_program(body.replace(old, new, 1)).run()
    assert wrong in [line.name for line in run.manual if not line.agrees]
