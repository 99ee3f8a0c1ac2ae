"""Large programs in parts: what stands where, and that no number changes."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine import compile_program, trace
from app.engine.execution.partition import FEWEST, LARGEST_NUMBER, WHOLE
from app.engine.program import NO_GROUP

CALLS = "def f(a):\n    b = a * 1.01\n    return b + 0.001\nx = 0.5\n"


def chain(count):
    """x and `count` operations on it, one a line."""
    lines = ["x = 0.5"] + [f"a{i} = sin({'x' if i == 0 else f'a{i - 1}'})" for i in range(count)]
    return "\n".join(lines)


def test_what_can_be_shown_side_by_side_stays_so():
    assert {group.kind for group in compile_program(chain(WHOLE)).structure.groups} == {"repeat"}


def test_many_weights_of_few_functions_need_no_parts():
    source = """
import random

random.seed(1)

class Neuron:
    def __init__(self):
        self.w = [random.uniform(-1, 1) for _ in range(100)]

    def __call__(self, x):
        s = 0.0
        for a in self.w:
            s = s + a * x
        return s

neurons = [Neuron() for _ in range(12)]
x = 0.5
y = 0.0
for neuron in neurons:
    y = y + neuron(x)
"""
    plan = compile_program(source)
    assert "part" not in {group.kind for group in plan.structure.groups}
    assert sum(node.group == NO_GROUP for node in plan.structure.nodes) > WHOLE


@pytest.mark.parametrize("count", [WHOLE + 1, 2_999, 9_000])
def test_every_node_of_a_larger_program_is_in_a_part(count):
    plan = compile_program(chain(count))
    sizes = np.bincount([node.group for node in plan.structure.nodes], minlength=len(plan.structure.groups))
    assert {group.kind for group in plan.structure.groups} == {"part"}
    assert len(plan.structure.groups) <= LARGEST_NUMBER
    assert min(sizes[:-1]) >= FEWEST
    assert sum(sizes) == count + 1
    assert plan.structure.groups[0].name == f"lines 1–{sizes[0]}"


def test_parts_follow_one_another_so_none_waits_for_a_later_one():
    plan = compile_program(chain(3_000))
    of = [node.group for node in plan.structure.nodes]
    assert all(of[source] <= of[target] for target, node in enumerate(plan.structure.nodes) for source in node.inputs)


def test_functions_go_into_parts_whole_and_keep_their_inside():
    plan = compile_program(CALLS + "\n".join(f"x = f(x) * {1 + i / 1e6}" for i in range(900)))
    groups = plan.structure.groups
    calls = [group for group in groups if group.kind == "call"]
    assert len(calls) == 900
    assert {groups[call.parent].kind for call in calls} == {"part"}
    inside = [node for node in plan.structure.nodes if node.group != NO_GROUP and groups[node.group].kind == "call"]
    assert all(node.group > groups[node.group].parent for node in inside)
    assert len(inside) >= 1_800


def test_numbers_and_ids_are_those_of_the_shorter_program():
    longer, shorter = trace(chain(WHOLE + 5), output="a20"), trace(chain(21))
    assert dict(longer.grads) == dict(shorter.grads)


def test_a_loop_written_out_is_one_line_in_many_parts():
    plan = compile_program("x = 0.5\nfor i in range(1500):\n    x = x * 1.001 + 0.001")
    names = [group.name for group in plan.structure.groups]
    assert names[1] == "line 3, part 2"
    assert len(set(names)) == len(names)


def test_only_many_leaves_are_put_into_parts_by_their_lines():
    """What is computed stays side by side."""
    text = """
class Weight:
    def __init__(self, data):
        self.data = data

def total(m):
    return sum(p.data * p.data for row in m for p in row)

w = [[Weight(0.5 + i) for i in range(35)] for _ in range(30)]
v = [[Weight(0.5 + i) for i in range(35)] for _ in range(30)]
y = total(w) * total(v)
"""
    program = compile_program(text).structure
    top = [group for group in program.groups if group.parent == NO_GROUP]
    assert [group.name for group in top if group.kind == "part"] == ["w, 1,050 numbers", "v, 1,050 numbers"]
    assert [group.name for group in top if group.name == "total"] == ["total", "total"]
    inside = [node for node in program.nodes if node.group != NO_GROUP and program.groups[node.group].kind == "part"]
    assert len(inside) == 2_100
    assert {node.op.name for node in inside} == {"input"}
