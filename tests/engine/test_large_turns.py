"""Turns so large that their backward passes are computed with numbers alone, and no nodes are written for them."""

import pytest

from app.engine import compile_program
from app.engine.execution.compile import own_course
from app.engine.interpreter import progress
from tests.engine.python import executed, printed

ENGINE = """
class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other), (other, self)))

    def backward(self):
        self.grad = 1.0
        order = [self]
        for v in order:
            for parent, other in v.parents:
                parent.grad += other.data * v.grad
                order.append(parent)

def chain(a, b):
    end = a
    for i in range(60):
        end = end * b if i % 2 else end * Value(2.0)
    return end

a, b = Value(3.0), Value(0.5)
"""
ONCE = (
    ENGINE
    + """
end = chain(a, b)
loss = end.data
end.backward()
print(a.grad, b.grad > 180, a.grad * 2)
"""
)
TRAINED = (
    ENGINE
    + """
params = [a, b]
for step in range(4):
    end = chain(a, b)
    end.backward()
    for p in params:
        p.data -= 1e-5 * p.grad
        p.grad = 0.0
    print(f"step {step} loss {end.data:.6f}")
print("over")
"""
)


@pytest.fixture(autouse=True)
def _large(monkeypatch):
    """A turn of 50 nodes is a large one."""
    monkeypatch.setattr(progress, "LARGE", 50)


def test_its_backward_pass_writes_no_nodes():
    nodes = compile_program(ONCE).structure.nodes
    assert {node.op.name for node in nodes} == {"input", "multiply"}


def test_a_gradient_that_was_computed_with_numbers_follows_the_values():
    """Outside of any loop, too, and though nothing is trained."""
    run = compile_program(ONCE).run()
    assert printed(run) == executed(ONCE)[1]
    moved = compile_program(ONCE, {"b.data": 0.25}).run()
    assert printed(moved) == executed(ONCE.replace("Value(0.5)", "Value(0.25)"))[1]


def test_each_turn_is_computed_when_it_is_asked_for():
    """The first at once; what is printed up to each, and the course of the loss, are as in Python."""
    shown = executed(TRAINED)[1].splitlines()
    run = compile_program(TRAINED).run()
    assert run.structure.reading.own.turns == 4
    assert run.output == pytest.approx(3.0, rel=1e-12)
    assert any("first one is shown" in note for note in run.structure.program.notes)
    course = dict(own_course(TRAINED).course)
    for turn in range(4):
        run = compile_program(TRAINED, turn=turn).run()
        assert printed(run).splitlines() == shown[: turn + 1]
        assert course[turn] == run.output


def test_another_number_changes_the_turns_behind_it():
    other = TRAINED.replace("Value(3.0)", "Value(5.0)")
    moved = compile_program(TRAINED, {"a.data": 5.0}, turn=2).run()
    assert moved.output == compile_program(other, turn=2).run().output
    assert moved.output != compile_program(TRAINED, turn=2).run().output
