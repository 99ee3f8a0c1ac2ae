"""Engines that learners write: right ones have no wrong node, and each fault is found with its method and line."""

import random

import numpy as np
import pytest

from app.engine import compile_program
from app.engine.assess.own_engine import grade_own_engine
from app.engine.notation.wording import plain
from tests.engine.own_engines import ARRAY_ENGINE, ENGINES, random_program

SHAPES = {**ENGINES, "arrays": ARRAY_ENGINE}
FAULTS = [pytest.param(name, fault, id=f"{name}: {fault.name}") for name, e in SHAPES.items() for fault in e.faults]


def graded(text):
    return grade_own_engine(compile_program(text, {}).run(), text)


def programs(name, text, many, seed=0):
    draw = random.Random(seed)
    return [random_program(SHAPES[name], text, draw, arrays=name == "arrays") for _ in range(many)]


@pytest.mark.parametrize("name", SHAPES)
def test_a_right_engine_has_no_wrong_node(name):
    for text in programs(name, SHAPES[name].text, 12, seed=7):
        grade = graded(text)
        assert grade is not None
        assert {each.status for each in grade.gradients} == {"right"}
        assert grade.faults == ()
        assert grade.done == grade.wanted > 3


@pytest.mark.parametrize(("name", "fault"), FAULTS)
def test_a_fault_is_found_with_its_method(name, fault):
    assert fault.old in SHAPES[name].text
    told = []
    for text in programs(name, SHAPES[name].text.replace(fault.old, fault.new), 40, seed=3):
        grade = graded(text)
        if grade is None or grade.done == grade.wanted:
            continue
        assert grade.faults, text
        told.append((grade.faults[0], text))
        if len(told) == 4:
            break
    assert len(told) == 4
    first = [each for each, _ in told if each.kind in fault.kinds and (not fault.blamed or each.method == fault.blamed)]
    assert len(first) >= 3, [(each.kind, each.method) for each, _ in told]
    if first[0].kind not in ("early", "twice", "silent", "unlinked", "forgets"):
        lines = zip(told[0][1].splitlines(), SHAPES[name].text.splitlines(), strict=False)
        changed = [i for i, (new, old) in enumerate(lines, 1) if new != old]
        assert all(min(abs(each.line - line) for line in changed) <= 1 for each in first)
    assert all(plain(each.text) for each, _ in told)


@pytest.mark.parametrize(("name", "fault"), FAULTS)
def test_the_smallest_program_goes_wrong(name, fault):
    """It is run behind the classes, and prints what is said; the right engine prints what should be."""
    text = SHAPES[name].text
    broken = text.replace(fault.old, fault.new)
    for program in programs(name, broken, 40, seed=5):
        grade = graded(program)
        if grade is not None and grade.faults and grade.faults[0].smallest is not None:
            break
    else:
        pytest.fail("no smallest program")
    found = grade.faults[0]
    shown = [compile_program(each + "\n" + found.smallest, {}).run().prints[-1].items[0] for each in (broken, text)]
    assert figures(shown[0]) != figures(shown[1])
    assert [figures(each) for each in shown] == [told(found.prints), told(found.right)]


def figures(value):
    if value is None or isinstance(value, str):
        return None
    return [round(float(f"{x:.4g}"), 4) for x in np.ravel(value)]


def told(text):
    text = text.replace("−", "-").replace("∞", "inf")
    if text == "None":
        return None
    return figures([float(part) for part in text.replace("[", "").replace("]", "").split(",")])
