"""Numbers for people, by the table that the page's own formatting is tested with."""

import json
from pathlib import Path

import numpy as np
import pytest

from app.engine.notation import numbers

TABLE = json.loads((Path(__file__).parent.parent / "tables" / "figures.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("number", "text"), TABLE["numbers"])
def test_numbers(number, text):
    assert (numbers.tensor(None) if number is None else numbers.figure(float(number))) == text


@pytest.mark.parametrize(("number", "text"), TABLE["factors"])
def test_factors(number, text):
    assert numbers.factor(float(number)) == text


@pytest.mark.parametrize(("shape", "flat", "text"), TABLE["tensors"])
def test_tensors(shape, flat, text):
    assert numbers.tensor(np.array(flat, dtype=float).reshape(shape) if shape else float(flat[0])) == text
