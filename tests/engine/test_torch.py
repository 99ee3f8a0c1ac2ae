"""Programs for PyTorch: what is refused, what follows the values of a run, and what ends a turn. That printed lines are
those of PyTorch is watched by tests/oracle/test_torch_programs.py."""

import numpy as np
import pytest

from app.engine import EngineError, compile_program
from app.engine.assess.grading import grade_backward

BEGINNING = """import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.tensor([1.0, 2.0], requires_grad=True)
"""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x.backward()", ".backward() is called on a tensor of several elements"),
        ("torch.ones(1).backward()", "this tensor leads to no leaf with requires_grad=True"),
        ("x.sum().backward(create_graph=True)", "a gradient of a gradient is not computed here"),
        ("x -= 1", "a leaf that requires gradients is changed in place"),
        ("x[0] = 1", "a leaf that requires gradients is changed in place"),
        ("x.numpy()", "PyTorch gives no array of a tensor that requires gradients"),
        ("x.item()", ".item() needs a tensor of one element"),
        ("torch.tensor([1, 2], requires_grad=True)", "gradients are kept for floats alone"),
        ("torch.tensor([1, 2]).mean()", "PyTorch takes the mean of floats alone"),
        ("x.to('cuda')", "only the CPU is known here"),
        ("torch.device('cuda')", "only the CPU is known here"),
        ("torch.zeros(2, device='cuda')", "only the CPU is known here"),
        ("nn.Conv3d(1, 2, 3)", "torch.nn.Conv3d is not part of the language"),
        ("torch.optim.LBFGS([x])", "torch.optim.LBFGS is not part of the language"),
        ("torch.compile(x)", "torch.compile is not part of the language"),
        ("x.backwards()", "a tensor has no .backwards() here"),
        ("x.gradient", "a tensor has no .gradient here"),
        ("x.sum", ".sum is a function"),
        ("torch.zeros(10 ** 9)", "array would have"),
        ("nn.Linear(10 ** 6, 10 ** 6)", "array would have"),
        ("nn.Linear(2, 2)(torch.ones(3))", "the inner lengths 3 and 2 differ"),
        ("nn.Sequential(x)", "a layer is needed here, and this is a computed value"),
        ("torch.randperm([])", "a count must be a whole number"),
        ("x.view(True)", "a shape is made of whole numbers"),
        ("import torch.distributed; torch", "torch cannot be imported here"),
        ("y = (x * 2).sum(); y.backward(); y.backward()", "a backward pass has gone through these values before"),
        ("torch.optim.SGD([x]).param_groups[0]['momentum']", "'params' and 'lr' are read here"),
    ],
)
def test_is_refused_by_name(line, message):
    with pytest.raises(EngineError) as found:
        compile_program(f"{BEGINNING}{line}\ny = x.sum()\n")
    assert message in found.value.message
    assert found.value.line == 5
    assert found.value.hint


def test_a_value_of_no_grad_in_a_loss_is_refused():
    source = f"{BEGINNING}with torch.no_grad():\n    t = x * 2\n((x - t) ** 2).sum().backward()\n"
    with pytest.raises(EngineError, match=r"computed under torch\.no_grad"):
        compile_program(source)
    assert compile_program(source.replace("x - t", "x - t.detach()")).run().grads["x"] == pytest.approx([-2, -4])


@pytest.mark.parametrize(
    "made", ["torch.from_numpy(n).requires_grad_()", "t[0].detach().requires_grad_()", "nn.Parameter(t[0])"]
)
@pytest.mark.parametrize("store", ["n[0] = 9.0", "t[0, 0] = 9.0", "v.data[0] = 9.0"])
def test_a_leaf_in_memory_that_something_else_shows_is_not_stored_into(made, store):
    source = f"import numpy as np\n{BEGINNING}n = np.array([1.0, 2.0])\nt = torch.from_numpy(n)[None]\nv = {made}\n"
    with pytest.raises(EngineError, match="shows the same memory"):
        compile_program(f"{source}{store}\ny = v.sum()\n")
    # What no name holds any more is nobody's business.
    alone = "t = n = None\nv.data[0] = 9.0\n(v * v).sum().backward()\nprint(v.grad.tolist())\n"
    assert printed(compile_program(f"{source}{alone}").run()) == ["[18.0, 4.0]"]


def printed(trace):
    return [line.text for line in trace.prints]


def test_gradients_are_printed_for_the_values_of_each_run():
    plan = compile_program(f"{BEGINNING}y = (x ** 3).sum()\ny.backward()\nprint(x.grad, y.item())\n")
    assert printed(plan.run()) == ["tensor([ 3., 12.]) 9.0"]
    assert printed(plan.run({"x": np.array([3.0, 0.5])})) == ["tensor([27.0000,  0.7500]) 27.125"]
    assert plan.structure.program.guards == ()


def test_a_second_pass_goes_through_what_is_retained_or_needs_no_values():
    again = f"{BEGINNING}y = (x ** 2).sum()\ny.backward(retain_graph=True)\ny.backward()\nprint(x.grad)\n"
    assert printed(compile_program(again).run()) == ["tensor([4., 8.])"]
    sums = f"{BEGINNING}y = (x + 2).sum()\ny.backward()\ny.backward()\nprint(x.grad)\n"
    assert printed(compile_program(sums).run()) == ["tensor([2., 2.])"]


def test_a_text_that_only_shows_a_tensor_is_about_it():
    assert printed(compile_program("import torch\nprint(torch.tensor([]))\n").run()) == ["tensor([])"]


def test_ids_in_a_loop_count_its_rounds():
    source = f"""{BEGINNING}for i in range(20):
    loss = (x ** 2).sum()
    loss.backward()
    with torch.no_grad():
        x -= 0.1 * x.grad
    x.grad.zero_()
"""
    ids = {node.id for node in compile_program(source).run().structure.nodes}
    assert {"x#20", "loss#20"} <= ids


def test_nothing_flows_through_detach():
    trace = compile_program(f"{BEGINNING}y = (x * x.detach()).sum()\ny.backward()\nprint(x.grad)\n").run()
    assert printed(trace) == ["tensor([1., 2.])"]
    assert trace.grads["x"] == pytest.approx([1.0, 2.0])


def test_the_output_is_what_backward_was_called_on_last():
    trace = compile_program(f"{BEGINNING}a = x.sum()\nb = (x * x).sum()\na.backward()\nc = b * 5\n").run()
    assert trace.structure.nodes[trace.structure.schedule.output].name == "a"


STEPS = {
    "w.data -=": "w.data -= 0.1 * w.grad",
    "w.data =": "w.data = w.data - 0.1 * w.grad",
    "w.data.add_": "w.data.add_(w.grad, alpha=-0.1)",
    "w.data.copy_": "w.data.copy_(w.data - 0.1 * w.grad)",
    "no_grad": "with torch.no_grad():\n        w -= 0.1 * w.grad",
    "no_grad, whole": "with torch.no_grad():\n        w[:] = w - 0.1 * w.grad",
    "no_grad, sub_": "with torch.no_grad():\n        w.sub_(0.1 * w.grad)",
    "an optimizer": "torch.optim.SGD([w], lr=0.1).step()",
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("rounds", [2, 30])
def test_each_way_of_changing_a_leaf_ends_a_turn(step, rounds):
    source = f"""import torch
w = torch.tensor([1.0, -2.0], requires_grad=True)
for i in range({rounds}):
    loss = ((w - 3) ** 2).sum()
    loss.backward()
    {STEPS[step]}
    w.grad = None
print(w, loss)
"""
    trace = compile_program(source).run()
    before = 3 + np.array([-2.0, -5.0]) * 0.8 ** (rounds - 1)
    (leaf,) = [node for node in trace.structure.nodes if node.role == "input" and trace.grads[node.id] is not None]
    assert leaf.name == "w"
    assert trace.values[leaf.id] == pytest.approx(before)
    assert trace.grads[leaf.id] == pytest.approx(2 * (before - 3))


def test_gradients_add_up_over_rounds_that_are_not_read():
    source = """import torch
w = torch.tensor(2.0, requires_grad=True)
for i in range(200):
    (w * 3).backward()
    with torch.no_grad():
        w -= 0.001 * w.grad
print(w.grad)
"""
    assert printed(compile_program(source).run()) == ["tensor(600.)"]


def test_random_numbers_need_no_seed_and_are_the_same_every_time():
    source = "import torch\nw = torch.randn(2)\nprint(w)\ny = w.sum()\n"
    assert printed(compile_program(source).run()) == printed(compile_program(source).run())


@pytest.mark.parametrize(
    ("line", "agrees"),
    [
        ("dW = W.grad", True),
        ("dW = torch.outer((W @ x > 0).float(), x)", True),
        ("dW = torch.outer((W @ x > 0).double(), x) * 2", False),
    ],
)
def test_a_backward_pass_may_be_written_in_pytorch_too(line, agrees):
    leaf = "W = torch.tensor([[1.0, 2.0], [3.0, -4.0]], requires_grad=True)"
    source = f"{BEGINNING}{leaf}\ny = F.relu(W @ x).sum()\ny.backward()"
    (graded,) = grade_backward(compile_program(source).run(), line, source).lines
    assert graded.agrees is agrees
