"""Engines that learners write: right ones have no wrong node, and each fault is found with its method and line."""

import random

import numpy as np
import pytest

from app.engine import compile_program
from app.engine.assess.own_engine import grade_own_engine
from app.engine.errors import LimitError, ProgramError
from app.engine.limits import Limits
from app.engine.wording import plain
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


def test_small_programs_keep_to_the_given_limits():
    engine = SHAPES["closures"]
    broken = engine.text.replace(engine.faults[0].old, engine.faults[0].new)
    for text in programs("closures", broken, 40, seed=3):
        run = compile_program(text, {}).run()
        grade = grade_own_engine(run, text)
        if grade is not None and grade.faults and grade.faults[0].smallest is not None:
            strict = grade_own_engine(run, text, Limits(nodes=1))
            assert strict is not None
            assert strict.faults[0].smallest is None
            return
    pytest.fail("no smallest program")


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


def test_gradients_of_an_earlier_pass_are_seen_at_the_second_step():
    text = (
        SHAPES["closures"].text
        + """
ws = [Num(0.5), Num(-0.3)]
for step in range({steps}):
    y = ws[0] * ws[0] + ws[1] * 2.0
    y.start()
    for w in ws:
        w.v -= 0.1 * w.g
"""
    )
    first, second = (graded(text.replace("{steps}", str(steps))) for steps in (1, 2))
    assert first.faults == ()
    assert first.done == first.wanted
    assert [each.kind for each in second.faults] == ["stale"]
    assert {each.name for each in second.gradients if each.status == "wrong"} == {"ws[0]", "ws[1]"}
    zeroed = text.replace("    y.start()\n", "    for w in ws:\n        w.g = 0.0\n    y.start()\n")
    assert graded(zeroed.replace("{steps}", "2")).faults == ()


def test_numbers_that_change_before_the_pass_has_used_them():
    step = "            n.push()\n            if not n.parents:\n                n.v -= 0.1 * n.g\n"
    text = SHAPES["closures"].text.replace("            n.push()\n", step)
    # `a` takes its step before `a * b` has used it.
    text = text.replace("for n in reversed(order):", "for n in [self, order[0], *reversed(order[1:-1])]:")
    grade = graded(text + "\na = Num(2.0)\nb = Num(-3.0)\nc = a + a * b\nc.start()\n")
    assert "later" in [each.kind for each in grade.faults]


@pytest.mark.parametrize("branch", ["max(0.0, self.v)", "self.v if self.v > 0 else 0.0", "0 if self.v < 0 else self.v"])
def test_a_branch_is_a_node_of_its_own(branch):
    text = SHAPES["closures"].text.replace("max(0.0, self.v)", branch)
    used = (
        text + "\na = Num(-2.0)\nb = Num(3.0)\nc = a.relu() * b + b.relu()\nc.start()\nprint(a.relu().v, b.relu().v)\n"
    )
    grade = graded(used)
    assert {each.name: each.status for each in grade.gradients} == dict.fromkeys(
        ["a", "b", "a.relu()", "a.relu() * b", "b.relu()", "c"], "right"
    )
    assert compile_program(used, {}).run().prints[0].text in ("0.0 3.0", "0 3.0")
    passes_all = used.replace("(self.v > 0) * out.g", "out.g")
    assert [(each.kind, each.method) for each in graded(passes_all).faults] == [("no_mask", "Num.relu")]


def test_a_text_without_an_engine_has_no_grade():
    assert graded("class Layer:\n    def __init__(self):\n        self.w = 2.0\n\ny = Layer().w * 3.0\n") is None


def test_no_name_decides():
    """Other names for the same engine give the same grade."""
    names = {"Num": "Q", "self.v": "self.q1", "other.v": "other.q1", "out.g": "out.q2", "self.g": "self.q2"}
    names |= {
        "other.g": "other.q2",
        "n.push": "n.q3",
        "out.push": "out.q3",
        "self.push": "self.q3",
        "start": "q4",
        "n.v": "n.q1",
    }
    text = (
        SHAPES["closures"].text.replace("(1 - t ** 2)", "(1 - self.v ** 2)")
        + "\na = Num(0.5)\nb = (a * a).tanh()\nb.start()\n"
    )
    plain_grade = graded(text)
    for old, new in names.items():
        text = text.replace(old, new)
    renamed = graded(text)
    assert [(each.kind, each.line) for each in renamed.faults] == [
        (each.kind, each.line) for each in plain_grade.faults
    ]
    assert [each.status for each in renamed.gradients] == [each.status for each in plain_grade.gradients]


def test_a_sort_that_calls_itself_too_deep_is_told_with_what_to_write():
    text = SHAPES["closures"].text + "\na = Num(1.0)\nb = a\nfor i in range(1200):\n    b = b + 0.5\nb.start()\n"
    with pytest.raises(LimitError, match="visit calls itself") as raised:
        compile_program(text, {})
    assert "RecursionError" in raised.value.hint
    assert "while stack" in raised.value.hint


def test_a_number_on_the_left_is_told_with_the_method_to_write():
    text = SHAPES["closures"].text.replace("__rmul__", "other_way") + "\na = Num(2.0)\nb = 2.0 * a\n"
    with pytest.raises(ProgramError) as raised:
        compile_program(text, {})
    assert "def __rmul__(self, other): return self * other in the class Num" in raised.value.hint
