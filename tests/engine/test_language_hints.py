"""A hint is followed by people: what it advises is accepted, and gives the numbers that the refused text gives."""

import ast

import numpy as np
import pytest

from app.engine import EngineError, compile_program
from app.engine.interpreter.hints import FLAT, NOT_THERE, NUMPY_HINTS, OTHER_HINTS, SEE_OPS, advice
from app.engine.interpreter.names import bare_names, math_names, method_names, numpy_names
from tests.engine.python import executed

V = {"x": [-1.5, 0.0, 2.0], "y": [0.5, 3.0, -2.0]}
P = {"x": [0.25, 0.5, 0.75], "y": [2.0, 1.0, 4.0]}
BIG = {"x": [1.5, 2.0, 3.0]}
M = {"x": [[1.0, 2.0], [3.0, 4.0]], "y": [[0.5, -1.0], [2.0, 1.5]]}
S = {"x": 1.5, "y": -2.0}

ADVISED = [
    # what is refused, what its hint advises (letter for letter), values
    ("np.outer(x, y)", "x.reshape(-1, 1) * y.reshape(-1)", V),
    ("np.outer(x, y)", "x.reshape(-1, 1) * y.reshape(-1)", M),
    ("np.inner(x, y)", "x @ y.T", V),
    ("np.inner(x, y)", "x @ y.T", M),
    ("np.vdot(x, y)", "np.sum(x * y)", M),
    ("np.linalg.norm(x)", "np.sqrt(np.sum(x * x))", M),
    ("np.sign(x)", "1.0 * (x > 0) - 1.0 * (x < 0)", V),
    ("np.sign(x)", "1.0 * (x > 0) - 1.0 * (x < 0)", S),
    ("np.copysign(x, y)", "np.where(y < 0, -1.0, 1.0) * abs(x)", V),
    ("np.heaviside(x, y)", "np.where(x == 0, y, 1.0 * (x > 0))", V),
    ("np.exp2(x)", "2.0 ** x", V),
    ("np.cbrt(x)", "np.where(x < 0, -1.0, 1.0) * abs(x) ** (1 / 3)", V),
    ("np.reciprocal(x)", "1 / x", P),
    ("np.positive(x)", "+x", V),
    ("np.hypot(x, y)", "np.sqrt(x * x + y * y)", V),
    ("np.logaddexp(x, y)", "np.maximum(x, y) + np.log1p(np.exp(-abs(x - y)))", V),
    ("np.fmax(x, y)", "np.maximum(x, y)", V),
    ("np.fmin(x, y)", "np.minimum(x, y)", V),
    ("np.deg2rad(x)", "x * np.pi / 180", V),
    ("np.radians(x)", "x * np.pi / 180", V),
    ("np.rad2deg(x)", "x * 180 / np.pi", V),
    ("np.degrees(x)", "x * 180 / np.pi", V),
    ("np.ptp(x)", "np.max(x) - np.min(x)", M),
    ("np.average(x)", "np.mean(x)", M),
    ("np.full_like(x, y)", "np.zeros_like(x) + y", V),
    ("np.any(x > 0)", "np.max(mask)", V),
    ("np.all(x > 0)", "np.min(mask)", V),
    ("any(x > 0)", "np.max(mask)", V),
    ("all(x > 0)", "np.min(mask)", V),
    ("np.count_nonzero(x)", "np.sum(1.0 * (x != 0))", V),
    ("np.trace(x)", "np.sum(x * np.eye(2))", M),
    ("np.log2(x)", "np.log(x) / np.log(2)", P),
    ("np.log10(x)", "np.log(x) / np.log(10)", P),
    ("math.log10(x)", "np.log(x) / np.log(10)", {"x": 1.5}),
    ("np.tan(x)", "np.sin(x) / np.cos(x)", V),
    ("math.tan(x)", "np.sin(x) / np.cos(x)", S),
    ("np.arcsinh(x)", "np.log(x + np.sqrt(x * x + 1))", V),
    ("np.arccosh(x)", "np.log(x + np.sqrt(x * x - 1))", BIG),
    ("np.arctanh(x)", "np.log((1 + x) / (1 - x)) / 2", P),
    ("np.vstack((x, y))", "np.concatenate((a, b), axis=0)", M),
    ("np.vstack((x, y))", "np.stack((a, b))", V),
    ("np.hstack((x, y))", "np.concatenate((a, b), axis=-1)", M),
    ("np.hstack((x, y))", "np.concatenate((a, b), axis=-1)", V),
    ("np.column_stack((x, y))", "np.stack((a, b), axis=1)", V),
    ("np.column_stack((x, y))", "np.concatenate((a, b), axis=1)", M),
    ("np.atleast_2d(x)", "x.reshape(1, -1)", V),
    ("np.mod(x, 2)", "x - n * k", {"x": [2.5, 3.0]}),
    ("np.remainder(x, 2)", "x - n * k", {"x": [2.5, 3.0]}),
    ("x % 2", "x - n * k", {"x": [2.5, 3.0]}),
    ("sum(x)", "np.sum(x, axis=0)", M),
    ("sum(x)", "np.sum(x, axis=0)", V),
    ("max(x)", "np.max(x)", V),
    ("max(x, y)", "np.maximum(a, b)", S),
    ("min(x)", "np.min(x)", V),
    ("min(x, y)", "np.minimum(a, b)", S),
    ("len(x)", "x.shape[0]", M),
    ("pow(x, y)", "a ** b", P),
    ("x.size", "x.shape[0]", V),
    ("x.size", "x.shape[0] * x.shape[1]", M),
    ("np.array([x]).item()", "np.sum(x)", S),
    ("(x[0] > 0) and (x[2] > 0)", "(a > 0) & (b > 0)", V),
    ("(x[0] > 0) or (x[2] > 0)", "(a > 0) | (b > 0)", V),
    ("not (x > 0)", "np.logical_not(x > 0)", S),
    ("not (x > 0)", "x <= 0", S),
    ("x if x > 0 else y", "np.where(c, a, b)", S),
    ("5 << 3", "x * 2 ** n", {}),
    ("5 >> 2", "x // 4", {}),
    ("0 < x < 2", "(a < b) & (b < c)", S),
]
"""A name of the hint that is none of the refused text stands for a part of it: see STANDS_FOR."""

STANDS_FOR = {
    "np.max(mask)": "np.max(x > 0)",
    "np.min(mask)": "np.min(x > 0)",
    "x - n * k": "x - 2 * 1",
    "(a > 0) & (b > 0)": "(x[0] > 0) & (x[2] > 0)",
    "(a > 0) | (b > 0)": "(x[0] > 0) | (x[2] > 0)",
    "np.where(c, a, b)": "np.where(x > 0, x, y)",
    "x * 2 ** n": "5 * 2 ** 3",
    "x // 4": "5 // 4",
    "(a < b) & (b < c)": "(0 < x) & (x < 2)",
}
"""Where the advice is written with names of its own: the same with what stands in the refused text."""

FUNCTIONS = {
    "lrelu": lambda x: np.where(x > 0, x, 0.01 * x),
    "swish": lambda x: x / (1 + np.exp(-x)),
    "selu": lambda x: 1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(x)),
    "celu": lambda x: np.where(x > 0, x, np.expm1(x)),
    "relu6": lambda x: np.minimum(np.maximum(x, 0), 6),
    "mish": lambda x: x * np.tanh(np.log1p(np.exp(x))),
    "softsign": lambda x: x / (1 + np.abs(x)),
    "softmin": lambda x: np.exp(-x) / np.exp(-x).sum(),
    "logsigmoid": lambda x: -np.log1p(np.exp(-x)),
    "rmse": lambda x, y: np.sqrt(np.mean((x - y) ** 2)),
    "mae": lambda x, y: np.mean(np.abs(x - y)),
    "sse": lambda x, y: np.sum((x - y) ** 2),
}

PLAIN = {
    "random": "gives other numbers in every run",
    "einsum": "only says with what",
    "tensordot": "only says with what",
    "squeeze": "the shape is the reader's",
    "prod": "only says with what",
    "cumsum": "only says with what",
    "empty": "holds anything at all",
    "allclose": "asks for an answer, not for a number",
    "float64": "leaves something out",
    "float32": "leaves something out",
}
"""Hints without one text that gives the same numbers, each with why."""


def refused(expression, values):
    with pytest.raises(EngineError) as caught:
        compile_program(f"out = {expression}", values, ignore_unknown=True).run()
    return caught.value.hint


@pytest.mark.filterwarnings("ignore:.*:SyntaxWarning")
@pytest.mark.parametrize(("text", "instead", "values"), ADVISED, ids=[f"{t} {i}" for t, i, _ in ADVISED])
def test_what_a_hint_advises_runs_and_means_the_same(text, instead, values):
    assert instead in refused(text, values)
    written = STANDS_FOR.get(instead, instead)
    if "(a, b)" in written or written == "a ** b":
        written = written.replace("(a, b)", "(x, y)").replace("a ** b", "x ** y")
    space, _ = executed(f"import math\nout = {text}", values)
    told, _ = executed(f"out = {written}", values)
    mine = compile_program(f"out = {written}", values, ignore_unknown=True).run().output
    for found in (told["out"], mine):
        assert np.shape(found) == np.shape(space["out"])
        np.testing.assert_allclose(found, space["out"], rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("name", OTHER_HINTS)
def test_names_of_other_libraries(name):
    arguments = "x, y" if FUNCTIONS[name].__code__.co_argcount == 2 else "x"
    hint = refused(f"{name}({arguments})", V)
    assert hint == OTHER_HINTS[name]
    written = hint.removeprefix("Write ").removesuffix(".").partition(", which")[0]
    ast.parse(written)
    wanted = FUNCTIONS[name](*[np.array(V[each]) for each in arguments.split(", ")])
    run = compile_program(f"out = {written}", V, ignore_unknown=True).run()
    np.testing.assert_allclose(run.output, wanted, rtol=1e-13)


def test_every_hint_that_advises_a_text_is_tried():
    tried = {text.removeprefix("np.").partition("(")[0].partition(".")[0] for text, _, _ in ADVISED}
    for name, hint in NUMPY_HINTS.items():
        plain = hint.startswith((NOT_THERE, FLAT))
        assert plain or name in tried or name in PLAIN, name
        assert not (plain and "Write" in hint), name


@pytest.mark.parametrize(
    "name", ["np.log10", "log10", "math.log10", "np.tan", "tan", "math.tan", "arcsinh", "sign", "inner"]
)
def test_a_function_is_advised_by_what_it_is_however_it_is_spelled(name):
    assert refused(f"{name}(x)", S) == NUMPY_HINTS[name.rpartition(".")[2]]


@pytest.mark.parametrize(
    "name", ["median", "sort", "percentile", "nanmean", "arcsin", "cumprod", "isnan", "diff", "fft"]
)
@pytest.mark.parametrize("spelling", ["np.{}(x)", "{}(x)"])
def test_no_other_function_is_suggested_for_one_that_numpy_has(name, spelling):
    hint = refused(spelling.format(name), V)
    assert "Did you mean" not in hint
    assert "Write" not in hint


def test_nothing_that_python_or_numpy_knows_is_taken_for_a_misspelling():
    known = [*bare_names(), *numpy_names(), *math_names(), *method_names()]
    for word in sorted({*dir(np), *dir(np.ndarray)}):
        assert "Did you mean" not in (advice(word, known) or "")
    assert advice("softmxa", ["softmax"]) == "Did you mean softmax?"
    assert advice("median", known) == NUMPY_HINTS["median"]
    assert advice("nanmean", known) == f"{NOT_THERE} {SEE_OPS}"


def test_a_number_divides_whole_where_the_text_decides_it():
    for source in (
        "d = 8\nheads = 2\ndk = d // heads\nout = np.ones((3, dk)) * dk",
        "d = 7\nout = d % 3 + d // 2 * 1.5",
        "out = -7 // 2 + -7 % 3",
        "out = 0\nfor i in range(5):\n    out = out + i % 2 * i // 2",
        "def f(d, h):\n    k = d // h\n    return k * 1.0\nout = f(8, 3)",
        "d = 9\nd //= 2\nout = d * 1.0",
    ):
        space, _ = executed(source)
        np.testing.assert_array_equal(compile_program(source).run().output, space["out"])
    with pytest.raises(EngineError, match="d shapes the program"):
        compile_program("d = 8\ndk = d // 2\nout = dk * d", {"d": 6.0})
    with pytest.raises(EngineError, match="divides by 0"):
        compile_program("d = 8\nout = d // (d - 8)")
