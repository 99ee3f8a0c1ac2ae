"""docs/add-an-op.md is tried: its blocks run, and the ops they make differentiate correctly."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.engine.ops import Call, Op
from app.engine.ops.rules import Rule

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "add-an-op.md"


def blocks() -> list[str]:
    return re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def made(block: str) -> Op:
    space: dict[str, object] = {}
    exec(block, space)
    return next(value for value in space.values() if isinstance(value, Op))


@pytest.mark.parametrize("block", blocks(), ids=lambda block: made(block).name)
def test_the_ops_of_the_guide_differentiate_correctly(block: str) -> None:
    op = made(block)
    x = np.array([[0.3, -1.2], [2.9, 4.0], [-3.5, 1.1]])
    shape = op.shape(Call({}, (x.shape,)))
    rule = Rule(op, Call({}, (x.shape,), shape), (None,))
    forward = rule.forward_kernel()
    y = forward(x)
    assert y.shape == shape
    g = np.arange(1.0, y.size + 1).reshape(y.shape)
    (message,) = rule.backward_kernel((0,))(g, y, x)
    numeric = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = 1e-6
        numeric[index] = np.sum(g * (forward(x + step) - forward(x - step))) / 2e-6
    np.testing.assert_allclose(message, numeric, rtol=1e-7, atol=1e-8)
    tangent = np.cos(x)
    moved = rule.tangent_kernel()(tangent, y, x)
    np.testing.assert_allclose(np.sum(g * moved), np.sum(message * tangent), rtol=1e-12)


def test_the_guide_has_both_kinds_of_op() -> None:
    assert [made(block).kind for block in blocks()] == ["elementwise", "shape"]


SOFTSIGN = """
from app.engine.ops.rule_words import absolute

OPS = (
    *OPS,
    elementwise(
        "softsign",
        forward=lambda x: x / (1 + absolute(x)),
        partials=lambda y, x: (1 / (1 + absolute(x)) ** 2,),
        summary="x/(1 + |x|).",
        example="softsign(x)",
    ),
)
"""

ASKED = """
from app.engine import EngineError, trace

print(trace("y = softsign(x)", {"x": 3.0}).output)
for source in ("y = np.softsign(x)", "y = x.softsign()", "from math import softsign\\ny = softsign(x)"):
    try:
        trace(source, {"x": [3.0]})
    except EngineError as problem:
        print(problem.hint)
"""


def test_what_is_said_in_place_of_an_op_gives_way_to_it(tmp_path: Path) -> None:
    """`softsign` has a hint for as long as there is no such op. Who adds it edits nothing but the file of its block."""
    shutil.copytree(GUIDE.parents[1] / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "app/engine/ops/activations.py").open("a", encoding="utf-8") as file:
        file.write(SOFTSIGN)
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", ASKED]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert run.stdout.splitlines() == ["0.75", *["Write softsign(...)."] * 3]
