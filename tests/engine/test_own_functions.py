"""Operations whose backward pass the text writes itself: PyTorch's `Function`, JAX's `custom_vjp`, autograd's
`primitive`. That they give what the libraries give is watched by tests/oracle/test_dialects.py."""

import numpy as np
import pytest

from app.engine import EngineError, compile_program

FUNCTION = """import torch

class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        return {returned}

x = torch.tensor([1.0, -3.0], requires_grad=True)
y = Square.apply(x * 2.0)
loss = (y * torch.tensor([1.0, 0.5])).sum()
loss.backward()
print(x.grad)
"""
JAX = """import jax
import jax.numpy as jnp

@jax.custom_vjp
def square(x):
    return x * x

def fwd(x):
    return square(x), x

def bwd(x, g):
    return ({returned},)

square.defvjp(fwd, bwd)
print(jax.grad(lambda x: jnp.sum(square(x) * 3.0))(jnp.array([1.0, 2.0])))
"""
DIRECTION = """import jax
import jax.numpy as jnp

@jax.custom_jvp
def square(x):
    return x * x

@square.defjvp
def square_jvp(primals, tangents):
    x, = primals
    x_dot, = tangents
    return square(x), {returned}

print(jax.grad(lambda x: jnp.sum(square(x) * 3.0))(jnp.array([1.0, 2.0])))
"""
AUTOGRAD = """import autograd.numpy as np
from autograd import grad
from autograd.extend import primitive, defvjp

@primitive
def square(x):
    return x * x

defvjp(square, lambda ans, x: lambda g: {returned})
print(grad(lambda x: np.sum(square(x) * 3.0))(np.array([1.0, 2.0])))
"""


def grades(text):
    return {each.name: each.agrees for each in compile_program(text).run().manual}


def printed(text):
    return [each.text for each in compile_program(text).run().prints]


@pytest.mark.parametrize(
    ("text", "name", "right", "wrong"),
    [
        (FUNCTION, "Square.backward: x", "grad_output * 2 * x", "grad_output * x"),
        (JAX, "square.backward: x", "2 * x * g", "x * g"),
        (DIRECTION, "square.backward: x", "2 * x * x_dot", "x * x_dot"),
        (AUTOGRAD, "square.backward: x", "2 * x * g", "x * g"),
    ],
)
def test_what_it_sends_back_is_graded(text, name, right, wrong):
    assert grades(text.format(returned=right)) == {name: True}
    assert grades(text.format(returned=wrong)) == {name: False}


def test_what_is_printed_follows_the_text_and_the_picture_the_operations():
    trace = compile_program(FUNCTION.format(returned="grad_output * x")).run()
    assert trace.prints[0].text == "tensor([ 4., -6.])"
    assert np.array_equal(trace.grads["x"], [8.0, -12.0])


def test_a_line_of_the_text_is_blamed():
    (grade,) = compile_program(FUNCTION.format(returned="grad_output * x")).run().manual
    assert grade.line == 12
    assert grade.target == "Square.x"


def test_a_straight_through_estimator_is_not_told_wrong():
    text = FUNCTION.replace("return x * x", "return torch.sign(x)").format(returned="grad_output")
    assert grades(text) == {}
    assert printed(text) == ["tensor([2., 1.])"]


def test_a_right_step_behind_a_wrong_one_is_not_told_wrong():
    text = FUNCTION.format(returned="grad_output * 2 * x").replace(
        "x = torch.tensor",
        "class Half(torch.autograd.Function):\n"
        "    @staticmethod\n"
        "    def forward(ctx, z):\n"
        "        return z / 2\n"
        "    @staticmethod\n"
        "    def backward(ctx, grad_output):\n"
        "        return grad_output\n\n"
        "x = torch.tensor",
        1,
    )
    assert grades(text.replace("loss = (y *", "loss = (Half.apply(y) *")) == {"Half.backward: z": False}


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        ("grad_output, None", "backward of Square returns 2 gradients, and forward was given 1 arguments"),
        ("grad_output.sum()", "backward of Square returns a gradient of shape scalar for x, which has the shape 2"),
    ],
)
def test_a_backward_pass_of_another_form_is_refused(returned, message):
    with pytest.raises(EngineError) as found:
        compile_program(FUNCTION.format(returned=returned))
    assert message in found.value.message
    assert found.value.hint


def test_gradcheck_raises_where_a_gradient_is_wrong():
    text = (
        FUNCTION.format(returned="grad_output * x")
        .replace("print(x.grad)", "")
        .replace("-3.0]", "-3.0], dtype=torch.float64")
    )
    text += "try:\n    torch.autograd.gradcheck(Square.apply, (x,))\n"
    text += "except RuntimeError as error:\n    print(str(error)[:55])\n"
    assert printed(text) == ["Jacobian mismatch for output 0 with respect to input 0,"]


def test_a_number_gets_its_message_too():
    text = (
        JAX.replace("(x)", "(x, k)")
        .replace("def bwd(x, g)", "def bwd(held, g)")
        .replace("square(x, k), x", "square(x, k), (x, k)")
    )
    text = text.replace("(jnp.array([1.0, 2.0]))", "").format(returned="7.0 * g, 5.0")
    text = text.replace("jax.grad(lambda x: jnp.sum(square(x, k) * 3.0))", "jax.grad(square, (0, 1))(2.0, 0.5)")
    assert printed(text) == ["(array(7.), array(5.))"]


def test_a_sum_of_truth_values_counts_them():
    text = "import numpy as np\nx = np.array([1.0, -2.0, 3.0])\nprint(sum([v > 0 for v in x]))\ny = np.sum(x)\n"
    assert printed(text) == ["2"]
