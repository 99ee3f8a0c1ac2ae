"""A hint is followed by people: what it advises is accepted, and gives the numbers that the refused text gives."""

import ast

import numpy as np
import pytest

from app.engine import EngineError, compile_program
from app.engine.interpreter.hints import advice, instead, told
from app.engine.interpreter.names import bare_names, math_names, method_names, numpy_names
from tests.engine.python import executed

V = {"x": [-1.5, 0.0, 2.0], "y": [0.5, 3.0, -2.0]}
P = {"x": [0.25, 0.5, 0.75], "y": [2.0, 1.0, 4.0]}
BIG = {"x": [1.5, 2.0, 3.0]}
M = {"x": [[1.0, 2.0], [3.0, 4.0]], "y": [[0.5, -1.0], [2.0, 1.5]]}
S = {"x": 1.5, "y": -2.0}

ADVISED = [
    # what is refused, what its hint advises (letter for letter), values
    ("np.copysign(x, y)", "np.where(y < 0, -1.0, 1.0) * abs(x)", V),
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
    "tensordot": "only says with what",
    "squeeze": "the shape is the reader's",
    "prod": "only says with what",
    "cumsum": "only says with what",
    "empty": "holds anything at all",
    "allclose": "asks for an answer, not for a number",
    "float64": "leaves something out",
    **dict.fromkeys(("matrix", "asmatrix", "mat", "bmat"), "is about another kind of product"),
    "as_strided": "only says with what",
    "frombuffer": "asks for the numbers",
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


@pytest.mark.parametrize("name", sorted(set(instead("elsewhere")) - set(bare_names())))
def test_names_of_other_libraries(name):
    arguments = "x, y" if FUNCTIONS[name].__code__.co_argcount == 2 else "x"
    hint = refused(f"{name}({arguments})", V)
    assert hint == instead("elsewhere")[name]
    written = hint.removeprefix("Write ").removesuffix(".").partition(", which")[0]
    ast.parse(written)
    wanted = FUNCTIONS[name](*[np.array(V[each]) for each in arguments.split(", ")])
    run = compile_program(f"out = {written}", V, ignore_unknown=True).run()
    np.testing.assert_allclose(run.output, wanted, rtol=1e-13)


def test_every_hint_that_advises_a_text_is_tried():
    tried = {text.removeprefix("np.").partition("(")[0].partition(".")[0] for text, _, _ in ADVISED}
    for name, hint in instead("numpy").items():
        plain = hint.startswith(told("not_there"))
        assert plain or name in tried or name in PLAIN, name
        assert not (plain and "Write" in hint), name


@pytest.mark.parametrize("name", ["np.copysign", "copysign", "np.matrix"])
def test_a_function_is_advised_by_what_it_is_however_it_is_spelled(name):
    assert refused(f"{name}(x)", S) == instead("numpy")[name.rpartition(".")[2]]


@pytest.mark.parametrize("name", ["nanmedian", "memmap", "fft", "histogram2d", "loadtxt"])
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
    assert advice("copysign", known) == instead("numpy")["copysign"]
    assert advice("nanmean", known) == f"{told('not_there')} {told('see_ops')}"


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
    assert compile_program("d = 8\ndk = d // 2\nout = dk * d", {"d": 6.0}).run().output == 18.0
    with pytest.raises(EngineError, match="divides by 0"):
        compile_program("d = 8\nout = d // (d - 8)")
