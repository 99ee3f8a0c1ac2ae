"""Programs for JAX, autograd and micrograd: what ends a turn, what the text is about, what is refused, and numbers that
these libraries publish. That values and gradients are theirs is watched by tests/oracle/test_dialects.py."""

import numpy as np
import pytest

from app.engine import EngineError, compile_program
from app.engine.interpreter import interpret
from app.engine.limits import Limits

JAX = "import jax\nimport jax.numpy as jnp\n"
AUTOGRAD = "import autograd.numpy as np\nfrom autograd import grad\n"
MICROGRAD = "from micrograd.engine import Value\nfrom micrograd.nn import MLP\n"


def printed(text):
    return [each.text for each in compile_program(text).run().prints]


@pytest.mark.parametrize(
    ("beginning", "line", "message"),
    [
        (JAX, "jax.grad(jax.grad(lambda x: x ** 3))(2.0)", "a gradient of a gradient is not computed here"),
        (JAX, "jax.hessian(lambda x: x)", "a gradient of a gradient is not computed here"),
        (JAX, "jax.grad(lambda x: x)(3)", "jax.grad differentiates by floats alone"),
        (JAX, "jax.grad(lambda x: x * jnp.ones(3))(3.0)", "needs a function that gives a number"),
        (JAX, "jax.grad(lambda x: (x, x))(3.0)", "needs a function that gives a number"),
        (JAX, "jax.grad(lambda x: x)('a')", "differentiates by numbers, arrays"),
        (JAX, "jax.grad(lambda x: x, argnums=3)(2.0)", "differentiates by argument 3"),
        (JAX, "jax.grad(2)(3.0)", "the number 2 cannot be called"),
        (JAX, "jax.value_and_grad(lambda x: x, has_aux=True)(3.0)", "the function returns a pair"),
        (JAX, "jax.vmap(lambda x: x)(2.0)", "vmap maps over an axis, and a number has none"),
        (JAX, "jax.random.normal(0, (3,))", "jax.random.normal takes a key first"),
        (JAX, "jax.random.gumbel(1)", "jax.random.gumbel is not part of the language"),
        (JAX, "jax.random.normal(jax.random.PRNGKey(0), (10 ** 9,))", "this array would have"),
        (JAX, "import jax.experimental; jax", "jax cannot be imported here"),
        (AUTOGRAD, "grad(grad(np.sin))(1.0)", "a gradient of a gradient is not computed here"),
        (AUTOGRAD, "grad(np.sin)(np.ones(3))", "needs a function that gives a number"),
        (AUTOGRAD, "import autograd.tracer; autograd", "autograd cannot be imported here"),
        (MICROGRAD, "Value(2.0) ** Value(3.0)", "only supporting int/float powers for now"),
        (MICROGRAD, "Value(2.0).tanh()", "an object of the class Value has no tanh"),
        (MICROGRAD, "import micrograd.tape; micrograd", "micrograd cannot be imported here"),
    ],
)
def test_is_refused_by_name(beginning, line, message):
    with pytest.raises(EngineError) as found:
        compile_program(f"{beginning}{line}\nx = 2.0\ny = x * x\n")
    assert message in found.value.message
    assert found.value.line == 3
    assert found.value.hint


def test_functions_of_a_library_are_none_that_the_text_has_defined():
    with pytest.raises(EngineError, match="no name holds a number") as found:
        compile_program("from jax import vmap\nf = vmap\n")
    assert found.value.line == 1


def test_arrays_of_numpy_have_no_at():
    with pytest.raises(EngineError, match=r"\.at is not part of the language"):
        compile_program("x = np.ones(3)\ny = np.sum(x.at[0].set(1.0))\n")


def test_an_error_of_the_library_can_be_caught():
    text = (
        f"{JAX}try:\n    jax.grad(lambda x: x)(3)\nexcept TypeError as error:\n    print(error)\nx = 2.0\ny = x * x\n"
    )
    assert printed(text)[0].startswith("grad requires real- or complex-valued inputs")


def test_what_f_sees_by_another_way_is_a_constant():
    text = f"{JAX}x = 3.0\nprint(jax.grad(lambda t: t * x)(x))\nprint(jax.grad(lambda a, b: a * b)(x, x))\ny = x * x\n"
    assert printed(text) == ["3.0", "3.0"]


def test_the_output_is_what_f_gives_last():
    trace = compile_program(
        f"{JAX}def loss(w):\n    return jnp.sum(w ** 2)\nw = jnp.array([1.0, 2.0])\ng = jax.grad(loss)(w)\n"
    ).run()
    assert trace.output == 5.0
    assert trace.grads["w"].tolist() == [2.0, 4.0]


TRAININGS = {
    "a tree": (
        f"{JAX}def loss(p, x):\n    return jnp.mean((x * p['w'] + p['b'] - 1.0) ** 2)\n"
        "params = {'w': jnp.array(0.5), 'b': jnp.zeros(())}\nx = jnp.array([1.0, 2.0])\n"
        "for i in range(10):\n    grads = jax.grad(loss)(params, x)\n"
        "    params = jax.tree.map(lambda p, g: p - 0.1 * g, params, grads)\n"
    ),
    "an update in a function": (
        f"{JAX}def loss(p, x):\n    return jnp.mean((x * p[0] + p[1] - 1.0) ** 2)\n"
        "params = [jnp.array(0.5), jnp.zeros(())]\nx = jnp.array([1.0, 2.0])\n"
        "@jax.jit\ndef update(p, x):\n    value, g = jax.value_and_grad(loss)(p, x)\n"
        "    return [a - 0.1 * b for a, b in zip(p, g)], value\n"
        "for i in range(10):\n    params, value = update(params, x)\n"
    ),
    "autograd": (
        f"{AUTOGRAD}def loss(w):\n    return np.sum((w - 1.0) ** 2)\nw = np.zeros(3)\nslope = grad(loss)\n"
        "for i in range(10):\n    w = w - 0.1 * slope(w)\n"
    ),
    "micrograd": (
        f"{MICROGRAD}import random\nrandom.seed(0)\nnet = MLP(2, [3, 1])\n"
        "for i in range(10):\n    cost = (net([1.0, -2.0]) - 1.0) ** 2\n    net.zero_grad()\n    cost.backward()\n"
        "    for p in net.parameters():\n        p.data -= 0.05 * p.grad\n"
    ),
}


@pytest.mark.parametrize("name", TRAININGS)
def test_a_loop_that_follows_gradients_is_a_run(name):
    own = interpret(TRAININGS[name], Limits()).own
    assert own is not None
    assert own.turns == 10
    assert own.parameters
    assert compile_program(TRAININGS[name]).run().manual == ()


def test_keys_give_the_numbers_that_jax_publishes():
    """Those of JAX 0.10."""
    text = (
        f"{JAX}key = jax.random.PRNGKey(0)\nsub = jax.random.split(key)[1]\nu = jax.random.uniform(sub, (2,))\n"
        "print(jax.random.randint(key, (5,), 0, 10).tolist())\nprint(jax.random.permutation(key, 6).tolist())\n"
        "print(u.tolist())\nn = jax.random.normal(key, (3,))\nprint(n.tolist())\ny = jnp.sum(u)\n"
    )
    lines = printed(text)
    assert lines[:3] == KEYS
    assert np.allclose([float(each) for each in lines[3].strip("[]").split(",")], NORMAL, rtol=2e-6)


KEYS = ["[9, 0, 2, 3, 1]", "[0, 1, 5, 4, 3, 2]", "[0.007293820381164551, 0.020891189575195312]"]
NORMAL = [1.622642159461975, 2.0252647399902344, -0.4335944354534149]


def test_a_second_backward_pass_of_micrograd_adds_up_in_between_too():
    text = (
        f"{MICROGRAD}a = Value(2.0)\nb = a * 3.0\nc = b + 1.0\nc.backward()\nc.backward()\nprint(a.grad, b.grad, c)\n"
    )
    assert printed(text) == ["9.0 2.0 Value(data=7.0, grad=1)"]
