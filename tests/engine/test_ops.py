"""Every op of the registry, by its own example: a new op is tested the moment it is registered."""

import math
import re

import numpy as np
import pytest

from app.engine import compile_program, trace
from app.engine.ops import REGISTRY
from app.engine.ops.rules import rule
from tests.engine.checks import check_everything

OPS = [op for op in REGISTRY.values() if op.example]
_erf = np.vectorize(math.erf, otypes=[float])
_erfc = np.vectorize(math.erfc, otypes=[float])

# NumPy for the ops that are spelled without np. A word missing here is looked up in NumPy itself.
REFERENCE = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.maximum(x, 0),
    "leaky_relu": lambda x, slope=0.01: np.where(x > 0, x, slope * x),
    "elu": lambda x, alpha=1.0: np.where(x > 0, x, alpha * np.expm1(x)),
    "gelu": lambda x: x * (1 + _erf(x / np.sqrt(2))) / 2,
    "gelu_tanh": lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    "silu": lambda x: x / (1 + np.exp(-x)),
    "softplus": lambda x: np.log1p(np.exp(x)),
    "erf": _erf,
    "erfc": _erfc,
    "reciprocal": lambda x: 1 / x,
}
MATRICES = {
    "A": np.array([[0.3, -1.2, 2.1], [0.8, 1.9, -0.4]]),
    "B": np.array([[1.1, 0.2], [-0.7, 0.6], [0.4, -1.5]]),
    "v": np.array([0.9, -0.3, 1.7]),
}
# Shapes for x and w: numbers, equal arrays, and every way to broadcast one against the other.
PAIRS = {
    "numbers": ((), ()),
    "arrays": ((2, 3), (2, 3)),
    "number and array": ((), (3,)),
    "array and number": ((2, 3), ()),
    "vector and matrix": ((3,), (2, 3)),
    "column and row": ((2, 1), (1, 3)),
    "column and vector": ((2, 1), (3,)),
    "single": ((1, 1), (1,)),
    "batch": ((2, 1, 2), (3, 1)),
}


def figures(op, shapes, kind="generic"):
    """Values for the names in an op's example."""
    names = set(re.findall(r"\b[A-Za-z]\w*", op.example)) & {"x", "w", *MATRICES}
    values = {name: MATRICES[name] for name in names if name in MATRICES}
    rng = np.random.default_rng(7)
    for name, shape in zip(("x", "w"), shapes, strict=True):
        array = rng.uniform(0.2, 2.0, size=shape) * rng.choice([-1.0, 1.0], size=shape)
        if kind == "zero":
            array = np.zeros(shape)
        elif kind == "ties":
            array = np.ones(shape)
        if name in names:
            values[name] = float(array) if shape == () else array
    return values


def in_numpy(text, values):
    space = {name: getattr(np, name) for name in dir(np) if not name.startswith("_")}
    space |= {"np": np} | REFERENCE | {name: np.asarray(value) for name, value in values.items()}
    with np.errstate(all="ignore"):
        return np.asarray(eval(text, space), dtype=np.float64)


CASES = [
    pytest.param(op, pair, kind, id=f"{op.name}-{pair}-{kind}")
    for op in OPS
    for pair in (PAIRS if re.search(r"\b[xw]\b", op.example) else ["arrays"])
    for kind in ("generic", "zero", "ties")
]


@pytest.mark.parametrize(("op", "pair", "kind"), CASES)
def test_op(op, pair, kind):
    values = figures(op, PAIRS[pair], kind)
    run = check_everything(f"y = {op.example}", values)
    wanted = in_numpy(op.example, values)
    np.testing.assert_allclose(np.broadcast_to(run.output, wanted.shape), wanted, rtol=2e-15, atol=1e-15)
    assert np.shape(run.output) == wanted.shape


@pytest.mark.parametrize("op", [op for op in OPS if re.search(r"\b[xw]\b", op.example)], ids=lambda op: op.name)
def test_a_number_and_an_array_of_it_agree(op):
    values = figures(op, PAIRS["numbers"])
    one = trace(f"y = {op.example}", values)
    many = trace(f"y = {op.example}", {name: np.full((2, 2), value) for name, value in values.items()})
    np.testing.assert_allclose(many.output, np.full((2, 2), one.output), rtol=1e-15)
    for name in values:
        if one.grads[name] is not None:
            np.testing.assert_allclose(many.grads[name], np.full((2, 2), one.grads[name]), rtol=1e-14, atol=1e-16)


COMPLEX = {
    "exp",
    "log",
    "sin",
    "cos",
    "sinh",
    "cosh",
    "tanh",
    "sqrt",
    "square",
    "log1p",
    "expm1",
    "add",
    "subtract",
    "multiply",
}
COMPLEX |= {
    "divide",
    "power",
    "negative",
    "sigmoid",
    "matmul",
    "dot",
    "sum",
    "mean",
    "reshape",
    "transpose",
    "swapaxes",
}
COMPLEX |= {"tan", "arcsin", "arccos", "arctan", "arcsinh", "arccosh", "arctanh", "log2", "log10", "exp2"}
COMPLEX |= {"reciprocal", "index", "concatenate", "stack", "broadcast_to", "split"}


@pytest.mark.parametrize("op", [op for op in OPS if op.name in COMPLEX], ids=lambda op: op.name)
def test_gradient_is_that_of_a_complex_step(op):
    """Smooth functions are differentiated to rounding by a step in the imaginary direction: no difference is taken."""
    values = figures(op, PAIRS["vector and matrix"])
    run = trace(f"y = {op.example}", values)
    for name, value in values.items():
        for index in np.ndindex(np.shape(value)):
            moved = np.array(value, dtype=complex)
            moved[index] += 1e-30j
            space = {n: getattr(np, n) for n in dir(np) if not n.startswith("_")} | {"np": np} | REFERENCE
            y = eval(op.example, space | values | {name: moved})
            np.testing.assert_allclose(
                np.asarray(run.grads[name])[index], np.sum(np.imag(y)) / 1e-30, rtol=1e-13, atol=1e-14
            )


def test_every_op_has_an_example_or_is_made_by_scalar_detail():
    assert {op.name for op in REGISTRY.values() if not op.example} == {"max_of", "min_of", "put", "add_at", "einsum"}


KINKS = {
    # program, values, gradients by convention
    "relu": ("y = relu(x)", {"x": 0.0}, {"x": 0.0}),
    "relu of minus zero": ("y = relu(x)", {"x": -0.0}, {"x": 0.0}),
    "maximum as relu": ("y = np.maximum(0, x)", {"x": 0.0}, {"x": 0.5}),
    "abs": ("y = abs(x)", {"x": 0.0}, {"x": 0.0}),
    "leaky_relu": ("y = leaky_relu(x, slope=0.2)", {"x": 0.0}, {"x": 0.2}),
    "elu": ("y = elu(x, alpha=1.5)", {"x": 0.0}, {"x": 1.5}),
    "maximum": ("y = maximum(x, w)", {"x": 2.0, "w": 2.0}, {"x": 0.5, "w": 0.5}),
    "minimum": ("y = minimum(x, w)", {"x": 2.0, "w": 2.0}, {"x": 0.5, "w": 0.5}),
    "clip at the bound": ("y = clip(x, 0, 1)", {"x": 1.0}, {"x": 1.0}),
    "hypot": ("y = hypot(x, w)", {"x": 0.0, "w": 0.0}, {"x": 0.0, "w": 0.0}),
    "fmod": ("y = fmod(x, w)", {"x": -6.0, "w": 2.0}, {"x": 1.0, "w": 3.0}),
    "mod": ("y = mod(x, w)", {"x": 6.0, "w": 2.0}, {"x": 1.0, "w": -3.0}),
    "sort": ("y = sort(x)[1]", {"x": [2.0, 5.0, 2.0]}, {"x": [0.0, 0.0, 1.0]}),
    "max, two of three": ("y = np.max(x)", {"x": [2.0, 5.0, 5.0]}, {"x": [0.0, 0.5, 0.5]}),
    "max, all": ("y = np.max(x)", {"x": [5.0, 5.0, 5.0]}, {"x": [1 / 3, 1 / 3, 1 / 3]}),
    "min, two of three": ("y = np.min(x)", {"x": [2.0, 5.0, 2.0]}, {"x": [0.5, 0.0, 0.5]}),
    "max along an axis": (
        "y = np.max(x, axis=1)",
        {"x": [[1.0, 1.0], [3.0, 2.0]]},
        {"x": [[0.5, 0.5], [1.0, 0.0]]},
    ),
}


@pytest.mark.parametrize("case", KINKS)
@pytest.mark.parametrize("detail", ["tensor", "scalar"])
def test_kinks_follow_the_stated_convention_and_are_reported(case, detail):
    source, values, wanted = KINKS[case]
    run = trace(source, values, detail=detail)
    for name, grad in wanted.items():
        for index in np.ndindex(np.shape(grad)):
            id = f"{name}[{','.join(map(str, index))}]" if detail == "scalar" and index else name
            got = run.grads[id] if detail == "scalar" or not index else run.grads[name][index]
            np.testing.assert_allclose(got, np.asarray(grad)[index], rtol=1e-15)
    # Sorting becomes comparisons and choices, which have no kinks of their own.
    assert run.kinks or (case == "sort" and detail == "scalar")
    assert all(isinstance(says, str) and says for says in run.kinks.values())
    says = {op.kink.says for op in REGISTRY.values() if op.kink is not None}
    assert set(run.kinks.values()) <= says


def test_every_op_with_a_kink_is_in_the_table():
    tried = {
        node.op.name
        for source, values, _ in KINKS.values()
        for d in ("tensor", "scalar")
        for node in compile_program(source, values, detail=d).structure.nodes
    }
    assert {op.name for op in REGISTRY.values() if op.kink is not None} <= tried


IEEE = {
    # what Python raises at, or turns complex, goes on as IEEE arithmetic says
    "1 / x": (0.0, math.inf),
    "x / x": (0.0, math.nan),
    "exp(x)": (1000.0, math.inf),
    "log(x)": (0.0, -math.inf),
    "log(-x)": (1.0, math.nan),
    "sqrt(-x)": (4.0, math.nan),
    "x ** 0.5": (-4.0, math.nan),
    "x ** (1 / 3)": (-8.0, math.nan),
    "x ** -1": (0.0, math.inf),
    "x ** 2": (1e200, math.inf),
    "x ** 3": (-1e200, -math.inf),
    "x * x": (1e200, math.inf),
    "x - x": (math.inf, math.nan),
    "sin(x)": (math.inf, math.nan),
    "log1p(x)": (-1.0, -math.inf),
    "expm1(x)": (1000.0, math.inf),
    "sigmoid(x)": (-1000.0, 0.0),
    "sigmoid(-x)": (-1000.0, 1.0),
    "softplus(x)": (1000.0, 1000.0),
    "gelu(x)": (-1000.0, 0.0),
    "tanh(x)": (1000.0, 1.0),
    "elu(x)": (-1000.0, -1.0),
    "maximum(x, 1)": (math.nan, math.nan),
    "maximum(1, x)": (math.nan, math.nan),
    "minimum(x, 1)": (math.nan, math.nan),
    "minimum(1, x)": (math.nan, math.nan),
    "relu(x)": (math.nan, math.nan),
    "abs(x)": (-math.inf, math.inf),
    "np.max(np.array([x, 1.0]))": (math.nan, math.nan),
    "where(x > 0, log(x), 5.0)": (-1.0, 5.0),
}


@pytest.mark.parametrize("expression", IEEE)
def test_ieee_results(expression):
    given, wanted = IEEE[expression]
    for value in (given, [given], [[given], [given]]):
        if "np.array" in expression and value is not given:
            continue
        plan = compile_program(f"y = {expression}", {"x": value})
        for run in (plan.run(), plan.compile().run()):
            np.testing.assert_array_equal(run.output, np.full(np.shape(value), wanted))
        assert np.shape(run.grads["x"]) == np.shape(value)
    scalar = trace(f"y = {expression}", {"x": given}, detail="scalar")
    np.testing.assert_array_equal(scalar.output, wanted)


@pytest.mark.parametrize("exponent", [2.0, 0.5, -1.0, 3.0])
def test_powers_of_single_numbers_are_those_of_python_to_the_last_digit(exponent):
    # Of an array NumPy multiplies squares out, and takes roots; of single numbers it does not, and neither does Python.
    numbers = np.random.default_rng(0).uniform(0.1, 3.0, 20_000).tolist()
    power = rule(REGISTRY["power"], {}, ((), ()), (), (None, exponent))
    for ieee in (True, False):
        compute = power.forward_kernel(ieee=ieee)
        assert [compute(x, exponent) for x in numbers] == [x**exponent for x in numbers]
