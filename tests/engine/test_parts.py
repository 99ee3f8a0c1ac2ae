"""Large programs in parts: what stands where, and that no number changes."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from app.engine import compile_program, trace
from app.engine.execution.collapsed import collapsed
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


def test_only_many_leaves_are_put_into_parts_by_their_lists():
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
    assert [group.name for group in top if group.kind == "part"] == ["w", "v"]
    assert [group.name for group in top if group.name == "total"] == ["total", "total"]
    inside = [node for node in program.nodes if node.group != NO_GROUP and program.groups[node.group].kind == "part"]
    assert len(inside) == 2_100
    assert {node.op.name for node in inside} == {"input"}


OWN_NUMBERS = """
class Value:
    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self.grad = 0
        self.parents = parents
        self.slopes = slopes

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1, 1))

    def __radd__(self, other):
        return self + other

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def relu(self):
        return Value(max(0, self.data), (self,), (float(self.data > 0),))

    def backward(self):
        order, done = [], set()
        def walk(v):
            if v not in done:
                done.add(v)
                for parent in v.parents:
                    walk(parent)
                order.append(v)
        walk(self)
        self.grad = 1
        for v in reversed(order):
            for parent, slope in zip(v.parents, v.slopes):
                parent.grad += slope * v.grad

state = {"first": [[Value(0.01 * (i - j)) for j in range(16)] for i in range(24)]}
state["heads"] = [[[Value(0.02 * (h + i - j)) for j in range(4)] for i in range(6)] for h in range(2)]
x = [Value(0.1 * j) for j in range(16)]
params = [p for table in (state["first"], *state["heads"]) for row in table for p in row]

def linear(x, w):
    return [sum(a * b for a, b in zip(row, x)) for row in w]

for step in range(3):
    hidden = [a.relu() for a in linear(x, state["first"])]
    one = linear(hidden[:4], state["heads"][0])
    two = linear(hidden[4:8], state["heads"][1])
    loss = sum(a * a for a in one) + sum(a * a for a in two) + sum(a * a for a in hidden)
    loss.backward()
    for p in params:
        p.data -= 0.1 * p.grad
        p.grad = 0
"""


def _top(structure):
    """The names of the groups around nodes of the graph that are in no other group, with how much is in each."""
    held = Counter()
    for node in structure.nodes:
        outer = node.group
        while outer != NO_GROUP and structure.groups[outer].parent != NO_GROUP:
            outer = structure.groups[outer].parent
        held[None if outer == NO_GROUP else structure.groups[outer].name] += 1
    return held


@pytest.mark.parametrize("turn", [None, 0, 1])
def test_a_turn_of_a_training_is_divided_as_if_it_stood_alone(turn):
    """What other turns compute, and the steps of the parameters, are not drawn."""
    structure = compile_program(OWN_NUMBERS, turn=turn).structure
    top = _top(structure)
    assert {name: top[name] for name in ('state["first"]', 'state["heads"]', "x")} == {
        'state["first"]': 384,
        'state["heads"]': 48,
        "x": 16,
    }
    assert top["linear"] > 384
    assert not [name for name in top if name is not None and name.startswith("line ")]


def test_operators_of_ones_own_are_no_groups_in_a_large_program():
    structure = compile_program(OWN_NUMBERS).structure
    names = {structure.groups[node.group].name for node in structure.nodes if node.group != NO_GROUP}
    assert "linear" in names
    assert not {name for name in names if "__" in name or "relu" in name}


def test_an_own_operator_is_named_as_it_is_said_and_one_around_a_single_operation_is_none():
    engine = OWN_NUMBERS.partition("state =")[0].replace(
        "    def relu(self)",
        "    def __sub__(self, other):\n        return self + other * Value(-1)\n\n    def relu(self)",
    )
    program = compile_program(engine + "a, b = Value(3.0), Value(2.0)\nloss = (a - b * a).relu()").structure
    around = [program.groups[node.group].name for node in program.nodes if node.inputs and node.group != NO_GROUP]
    assert "subtract" in around
    assert not any("__" in name for name in around)


def test_lists_of_lists_are_told_as_the_matrices_that_they_are():
    structure = compile_program(OWN_NUMBERS).structure
    graph = collapsed(structure, (), 3_000)
    shapes = {structure.groups[shown.group].name: shown for shown in graph.nodes if shown.joined}
    assert shapes['state["first"]'].shape == (24, 16)
    assert shapes['state["heads"]'].shape == (2, 6, 4)
    run = compile_program(OWN_NUMBERS, turn=0)
    told = collapsed(run.structure, (), 3_000)
    first = next(shown for shown in told.nodes if shown.joined and shown.shape == (24, 16))
    given = [run.run().value_list[place] for place in first.places]
    assert given == [0.01 * (i - j) for i in range(24) for j in range(16)]
