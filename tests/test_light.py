"""The light of pictures without a browser is that of the lab: the same steps, the same strength of an array."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

from app.engine import trace
from app.light import STEPS, level, strength, strongest

LIGHT = Path(__file__).resolve().parent.parent / "static" / "js" / "timeline" / "light.js"


def test_the_steps_are_those_of_the_lab():
    told = re.findall(r"\{ decades: (Infinity|[\d.]+), level: ([\d.]+) \}", LIGHT.read_text(encoding="utf-8"))
    lab = [(math.inf if decades == "Infinity" else float(decades), float(light)) for decades, light in told]
    assert lab == list(STEPS)


@pytest.mark.parametrize(
    ("part", "light"),
    [(1, 1), (0.32, 1), (0.31, 0.7), (0.1, 0.7), (0.09, 0.48), (0.03, 0.33), (1e-3, 0.21), (1e-300, 0.04), (0, 0)],
)
def test_a_part_of_the_strongest_has_the_level_of_its_step(part, light):
    assert level(part * 7.0, 7.0) == light
    assert level(-part * 7.0, 7.0) == light


def test_of_an_array_the_root_mean_square_counts():
    assert strength(np.full((3, 4), -0.2)) == pytest.approx(0.2)
    assert strength(np.array([1.0] + [0.0] * 99)) == pytest.approx(0.1)
    assert strength(np.array([1e300, 1e300])) == pytest.approx(1e300)
    assert strength(np.array([3.0, np.inf, np.nan])) == 3.0
    assert strength(None) == strength(np.zeros((0, 2))) == 0.0


def test_what_is_not_finite_gives_no_light():
    assert level(np.array([1.0, np.inf]), 1.0) == level(math.nan, 1.0) == level(None, 1.0) == 0.0


def test_the_gradient_of_a_target_is_no_measure():
    run = trace("L = w * x + 100 * target", {"w": 0.1, "x": 0.2, "target": 1.0})
    assert run.grads["target"] == 100.0
    assert strongest(run) == 1.0
