"""Where Python raises, so do we, with that line; where it gives a number, the same or a refusal."""

import itertools
import re

import numpy as np
import pytest

from app.engine import EngineError, ProgramError, compile_program
from app.engine.ops import REGISTRY
from tests.engine.python import executed, printed

VALUES = {"x": [[1.0, 2.0], [3.0, 4.0]], "v": [1.0, 2.0], "w": [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], "s": 2.0}
GIVEN = {
    "i": "np.array([1, 2])",
    "j": "np.array([[1, 2], [3, 4]])",
    "m": "v > 1",
    "z": "np.array(2.0)",
    "e": "np.zeros((0, 2))",
    "axes": "[0, 1]",
}
LITERALS = "".join(f"{name} = {value}\n" for name, value in GIVEN.items())

RAISES = [
    # an expression that Python refuses, and so do we
    "np.sum(x, axis=[0, 1])",
    "np.sum(x, [0])",
    "x.max([0, 1])",
    "np.mean(x, axis=axes)",
    "np.std(x, [0, 1])",
    "softmax(x, axis=[0])",
    "np.concatenate((x, x), [0])",
    "np.stack((x, x), axis=(0,))",
    "np.reshape(x, 4, 1)",
    "np.transpose(x, 1, 0)",
    "np.broadcast_to(v, (-1, 2))",
    "x.reshape(shape=(4,))",
    "x.transpose(axes=(1, 0))",
    "x.swapaxes(axis1=0, axis2=1)",
    "x.clip(a_min=0, a_max=1)",
    "np.exp(x=v)",
    "np.sum(x=v)",
    "np.where(condition=m, a=v, b=v)",
    "i ** -1",
    "i[0] ** -1",
    "np.sum(i) ** -2",
    "2 ** -i",
    "i ** -i",
    "i ** np.array([2, -1])",
    "np.power(2, -1)",
    "np.power(i, -1)",
    "i ** -v.shape[0]",
    "math.exp(v)",
    "math.sqrt(x)",
    "math.pow(v, 2)",
    "+m",
    "+[1, 2]",
    "-m",
    "m - m",
    "np.eye(-1)",
    "np.eye(2.0)",
    "np.zeros(2.0)",
    "s @ v",
    "x @ w.T",
    "np.sum(x).dot(v)",
    "x[0, 0].dot(v)",
    "2[0]",
    "2.5[...]",
    "v[2]",
    "v[0.0]",
    "v[0][0]",
    "np.array([v, s])",
    "np.array([[1, 2], 3])",
    "(lambda a, a: a)(s, s)",
    "7 // 0",
]


@pytest.mark.filterwarnings("ignore:.*:SyntaxWarning")
@pytest.mark.parametrize("expression", RAISES)
def test_what_python_refuses_is_refused_where_it_stands(expression):
    source = f"import math\n{LITERALS}y = {expression}"
    if "softmax" not in expression:
        with pytest.raises((TypeError, ValueError, AttributeError, IndexError, SyntaxError, ArithmeticError)):
            executed(source, VALUES)
    with pytest.raises(EngineError) as caught:
        compile_program(source, VALUES, ignore_unknown=True).run()
    assert caught.value.line == source.count("\n") + 1
    assert caught.value.hint or "stretch" in caught.value.message


def test_two_parameters_of_one_name():
    with pytest.raises(ProgramError, match="two parameters are called a") as caught:
        compile_program("def f(a, *, a=1):\n    return a\ny = f(2.0)")
    assert (caught.value.line, caught.value.column) == (1, 1)


ACCEPTED = [
    "np.sum(x, axis=(0, 1))",
    "np.transpose(x, axes=[1, 0])",
    "x.transpose([1, 0])",
    "x.reshape([4])",
    "x.reshape(4, 1)",
    "np.zeros([2])",
    "np.clip(x, a_min=0, a_max=1)",
    "np.dot(a=x, b=v)",
    "x.dot(b=v)",
    "leaky_relu(x=v)",
    "s ** -1",
    "2 ** -1",
    "i ** -1.0",
    "i ** 2",
    "i ** i",
    "2 ** i",
    "2 ** (i + 1)",
    "2.0 ** -i",
    "(1.0 * i) ** -1",
    "(1.0 * 2) ** -i",
    "np.float_power(i, -1)",
    "np.power(2.0, -1)",
    "i ** v.shape[0]",
    "v ** -i",
    "math.exp(s)",
    "math.exp(z)",
    "math.exp(v[0])",
    "+v",
    "+True * v",
    "np.fabs(i)",
    "math.fabs(-2)",
    "math.pow(2, 3)",
    "np.array(v)",
    "np.copy(v)",
    "np.asarray(s)",
]


@pytest.mark.parametrize("expression", ACCEPTED)
def test_what_python_accepts_beside_it_gives_its_number(expression):
    source = f"import math\n{LITERALS}y = {expression}\nprint(y)"
    run = compile_program(source, VALUES, ignore_unknown=True).run()
    if "leaky" in expression:
        return
    space, text = executed(source, VALUES)
    assert np.shape(run.output) == np.shape(space["y"])
    np.testing.assert_allclose(run.output, np.asarray(space["y"], dtype=float), rtol=1e-15)
    assert printed(run) == text


NAMES = ["x", "v", "w", "s", "i", "j", "m", "z", "e", "3", "-1", "2.5", "True", "None", "[1, 2]", "(1, 2)", "x[0, 0]"]
OPERATORS = ["+", "-", "*", "/", "**", "//", "%", "@", "&", "|", "<", "=="]
AXES = ["0", "1", "-1", "axis=0", "axis=(0,)", "axis=()", "axis=None", "axis=2", "axis=1.0", "axis=True", "axis=[0]"]


NUMPY_FUNCTIONS = [(each, op) for op in REGISTRY.values() for each in op.numpy]


def calls():
    """Every function that NumPy has, of every kind of argument."""
    for name, op in NUMPY_FUNCTIONS:
        if op.variadic:
            for parts, axis in itertools.product(["(x, x)", "(x, v)", "(v, s)", "(s, s)", "x", "(i, m)"], ["", *AXES]):
                yield f"np.{name}({parts}{axis and ', '}{axis})"
        elif op.kind == "reduction":
            for argument, axis in itertools.product(NAMES, ["", *AXES]):
                yield f"np.{name}({argument}{axis and ', '}{axis})"
        elif len(op.inputs) == 1:
            for argument in NAMES:
                yield f"np.{name}({argument})"
        elif len(op.inputs) == 2:
            for a, b in itertools.product(NAMES, ["x", "v", "s", "i", "m", "2", "-1", "None"]):
                yield f"np.{name}({a}, {b})"


def test_every_function_of_numpy_on_every_kind_of_argument():
    agree_or_refuse(calls())


def test_every_operator_between_every_two_kinds_of_value():
    agree_or_refuse(f"{a} {op} {b}" for a, op, b in itertools.product(NAMES, OPERATORS, NAMES))


def agree_or_refuse(expressions):
    space, _ = executed(LITERALS, VALUES)
    compared = 0
    for expression in expressions:
        # There are thousands: each is read with what it names and no more.
        named = re.findall(r"\b[a-z]+\b", expression)
        literals = "".join(f"{name} = {GIVEN[name]}\n" for name in GIVEN if name in named)
        try:
            plan = compile_program(f"{literals}y = {expression}", VALUES, ignore_unknown=True)
            if "y" not in plan.structure.program.names:
                # True or False of the text's own course, such as s == None.
                continue
            mine = plan.run().output
        except EngineError:
            continue
        with np.errstate(all="ignore"):
            theirs = np.asarray(eval(expression, dict(space)), dtype=float)  # raises where we should have refused
        assert np.shape(mine) == theirs.shape, expression
        if not np.array_equal(mine, theirs):
            np.testing.assert_allclose(mine, theirs, rtol=1e-14, err_msg=expression)
        compared += 1
    assert compared > 300
