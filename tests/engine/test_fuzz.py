"""Whatever the text and the values: a trace, or an EngineError that says where and what to do. Nothing else, ever."""

import contextlib
import functools
import math
import random
import sys
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import EngineError, LimitError, ProgramError, ValueProblem, compile_program, trace
from app.engine.interpreter.names import bare_names, numpy_names
from tests.engine.chance import examples
from tests.engine.test_language_accepted import PROGRAMS
from tests.engine.test_language_refused import NOT_PYTHON, REFUSED

SECONDS = 20  # of the processor, which a busy machine does not use up faster; one is the promise


def tried(source, values=None, **options):
    """Compiles, runs and reads everything off; checks the error where there is one."""
    start = time.thread_time()
    try:
        result = read_off(compile_program(source, values, ignore_unknown=True, **options).run())
    except EngineError as error:
        result = error
    assert time.thread_time() - start < SECONDS
    if isinstance(result, EngineError):
        assert isinstance(result.message, str)
        assert result.message
        result.message.encode()
        if result.line is not None and isinstance(source, str):
            lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert 1 <= result.line <= len(lines)
            assert result.column is None or 1 <= result.column <= len(lines[result.line - 1]) + 1
    return result


def read_off(run):
    """Everything that a trace can be asked for."""
    assert len(run.value_list) == len(run.structure.nodes)
    for line in run.prints:
        line.text.encode()
    assert run.manual is not None
    assert run.local_list is not None
    assert run.kinks is not None
    return run


SEEDS = [*PROGRAMS.values(), *(row[0] for row in REFUSED), *(row[0] for row in NOT_PYTHON)]
WORDS = [
    "x",
    "y",
    "W",
    "np",
    "np.",
    ".",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ";",
    "=",
    "==",
    "+=",
    "+",
    "-",
    "*",
    "**",
]
WORDS += [
    "/",
    "//",
    "%",
    "@",
    "&",
    "|",
    "~",
    "^",
    "<",
    ">",
    "<=",
    "!=",
    "->",
    ":=",
    "...",
    "\n",
    "\n    ",
    "    ",
    "\t",
    " ",
]
WORDS += [
    "def f(x):\n    ",
    "return ",
    "for i in range(3):\n    ",
    "if ",
    "else ",
    "lambda x: ",
    "in ",
    "not ",
    "and ",
    "print(",
]
WORDS += [
    "import numpy as np\n",
    "0",
    "1",
    "2.5",
    "1e999",
    "-1",
    "0x1f",
    "1_0",
    "1j",
    "'a'",
    '"',
    "'''",
    "#",
    "\\",
    "None",
    "True",
]
WORDS += [
    "x.T",
    ".shape",
    ".sum(",
    ".reshape(",
    "axis=",
    "keepdims=True",
    "np.array([",
    "np.zeros(",
    "[0]",
    "[1:]",
    "[...]",
    "σ",
]
WORDS += [
    "global ",
    "class A:\n    ",
    "async ",
    "await ",
    "yield ",
    "del ",
    "with ",
    "try:\n    ",
    "*",
    "_",
    "é",
    "х",
    "\x0c",
    "\r",
]


@examples(250)
@given(st.lists(st.sampled_from([*WORDS, *bare_names(), *(f"np.{name}" for name in numpy_names())]), max_size=25))
def test_token_soup(words):
    tried("x = 2.0\n" + " ".join(words), {"W": [[1.0, 2.0]]})
    tried("".join(words))


@examples(300)
@given(st.integers(0, 2**40))
def test_mutated_programs(seed):
    rng = random.Random(seed)
    text = rng.choice(SEEDS)
    for _ in range(rng.randint(1, 4)):
        at, to = sorted(rng.randint(0, len(text)) for _ in range(2))
        change = rng.randint(0, 5)
        if change == 0:
            text = text[:at] + rng.choice(WORDS) + text[at:]
        elif change == 1:
            text = text[:at] + text[min(to, at + 4) :]
        elif change == 2:
            text = (
                text[:at]
                + chr(rng.choice([rng.randint(0, 127), rng.randint(0, 0x2FFF), rng.randint(0, 0x10FFFF)]))
                + text[at:]
            )
        elif change == 3:
            text = text[:at] + text[at:to] * 2 + text[to:]
        elif change == 4:
            lines = text.split("\n")
            rng.shuffle(lines)
            text = "\n".join(lines)
        else:
            other = rng.choice(SEEDS)
            text = text[:at] + other[rng.randint(0, len(other)) :]
    tried(text, {"x": [[1.0, 2.0], [3.0, 4.0]]})


@examples(200)
@given(st.text(st.characters(), max_size=60))
def test_any_text(text):
    tried(text)
    tried("y = 2.0 # " + text)
    tried(f"x = 1.0\ny = x * 2\nprint({text!r}, x)")


MONSTERS = {
    "minus": "x = 1.0\ny = " + "-" * 10_000 + "x",
    "minus in an index": "x = np.ones(3)\ny = x[" + "-" * 1_500 + "0]",
    "tildes": "x = np.ones(3)\ny = " + "~" * 1_500 + "(x > 0)",
    "powers": "a = 1.0\ny = " + "**".join(["a"] * 10_000),
    "sum in one line": "x = 1.0\ny = " + " + ".join(["x"] * 900),
    "long sum in one line": "x = 1.0\ny = " + " + ".join(["x"] * 30_000),
    "sum inside brackets": "x = 1.0\ny = " + "(" * 40 + "x" + " + 1)" * 40,
    "brackets": "x = 1.0\ny = " + "(" * 10_000 + "x" + ")" * 10_000,
    "open brackets": "y = " + "[" * 10_000,
    "lists": "y = np.array(" + "[" * 170 + "1" + "]" * 170 + ")",
    "calls": "x = 1.0\ny = " + "np.sin(" * 170 + "x" + ")" * 170,
    "attributes": "x = np.ones((2, 2))\ny = x" + ".T" * 3_000,
    "subscripts": "x = np.ones((2, 2))\ny = x" + "[0]" * 3_000,
    "methods": "x = np.ones((2, 2))\ny = x" + ".copy()" * 3_000,
    "comparisons": "x = 1.0\ny = " + " < ".join(["x"] * 3_000),
    "ands": "x = 1.0\ny = " + " and ".join(["x"] * 3_000),
    "lambdas": "y = " + "lambda: " * 3_000 + "1",
    "conditions": "x = 1.0\ny = " + "x if x else " * 3_000 + "x",
    "nested functions": "".join("  " * i + f"def f{i}(x):\n" for i in range(90)) + "  " * 90 + "return x\ny = f0(1.0)",
    "nested loops": "x = 1.0\n"
    + "".join("  " * i + f"for i{i} in range(1):\n" for i in range(90))
    + "  " * 90
    + "x = x + 1",
    "indentation": "".join(" " * i + "if x:\n" for i in range(500)) + " " * 500 + "y = x",
    "dtype": "y = np.array([1.0], dtype=" + "-" * 1_500 + "1)",
    "keyword": "y = np.sum(1.0, axis=" + "-" * 1_500 + "1)",
    "towers": "y = 9**9**9**9",
    "tower of floats": "y = 9.0**9**9**9",
    "towers in a shape": "y = np.zeros(9**9**9**9)",
    "product of towers": "n = 99999\n" + "n = n * n\n" * 50 + "y = np.zeros(n)",
    "infinite literal": "y = 1e999",
    "infinite literal in an array": "y = np.array([1.0, 1e999])",
    "infinite literal in a maker": "y = np.full(3, 1e999)",
    "hexadecimal": "y = 0x" + "f" * 390_000,
    "hexadecimal in an array": "y = np.array([0x" + "f" * 390_000 + "])",
    "hexadecimal in an index": "x = np.ones(3)\ny = x[0x" + "f" * 390_000 + "]",
    "hexadecimal in a shape": "y = np.zeros(0x" + "f" * 390_000 + ")",
    "hexadecimal in a range": "for i in range(0x" + "f" * 390_000 + "):\n    y = i",
    "hexadecimal in a slope": "y = leaky_relu(1.0, slope=0x" + "f" * 390_000 + ")",
    "hexadecimal in an arange": "y = np.arange(0x" + "f" * 390_000 + ")",
    "hexadecimal in a linspace": "y = np.linspace(0, 0x" + "f" * 390_000 + ", 5)",
    "digits": "y = " + "9" * 390_000,
    "digits behind the point": "y = 0." + "9" * 390_000,
    "wide linspace": "y = np.linspace(-1.7e308, 1.7e308, 5)",
    "nan in arange": "y = np.arange(np.nan)",
    "infinite arange": "y = np.arange(-np.inf, np.inf, np.nan)",
    "tiny steps": "y = np.arange(0, 1, 1e-300)",
    "long name": "y = " + "x" * 390_000,
    "unknown long name": "y = np." + "x" * 390_000 + "(1)",
    "long text": "x = 1.0\ny = x\nprint('" + "a" * 390_000 + "')",
    "long comment": "y = 1.0  # " + "σ" * 390_000,
    "blank lines": "y = 1.0\n" + "\n" * 19_000,
    "too many lines": "y = 1.0\n" + "\n" * 21_000,
    "too long": "y = 1.0  # " + "a" * 400_000,
    "semicolons": "y = 1.0" + ";" * 10,
    "statements in a line": "; ".join(["y = 1.0"] * 20_000),
    "one line of Greek": "σ = 1.0\ny = np.sum(np.array([" + "σ+1," * 900 + "]))",
    "nul": "x = 1.0\ny = x\x00 + 1",
    "nul in a comment": "y = 1.0 # \x00",
    "surrogate": "y = \ud800",
    "surrogate in a comment": "y = 1.0 # \ud800",
    "surrogate in a text": "y = 1.0\nprint('\ud800')",
    "escaped surrogate": "y = 1.0\nprint('\\ud800', y)",
    "escaped surrogate in a dtype": "y = np.array([1.0], dtype='\\ud800')",
    "nul in a text": "y = 1.0\nprint('\\x00', y)",
    "full width": "ｙ = 1.0",
    "micro sign": "µ = 1.0\nμ = 2.0\ny = µ",
    "cyrillic": "a = 1.0\ny = а",
    "right to left": "y = 1.0 \u202e",
    "zero width": "y = x\u200b + 1",
    "byte order mark": "\ufeffy = 1.0",
    "tabs": "for i in range(2):\n\ty = i\n        z = i",
    "form feed": "\x0cy = 1.0\n\x0c\nz = y",
    "carriage returns": "x = 1.0\ry = x\rprint(y)",
    "line separators": "x = 1.0\u2028y = x",
    "open string": "y = '''" + "a\n" * 1_000,
    "line joins": "y = 1.0 \\\n" * 1_000,
    "decorators": "@f\n" * 1_000 + "def g():\n    pass",
    "nothing": "",
    "space": " \n\t\n",
}


@pytest.mark.parametrize("name", MONSTERS)
def test_monsters(name):
    tried(MONSTERS[name])


@pytest.mark.parametrize("name", ["full width", "cyrillic", "zero width", "right to left", "micro sign"])
def test_letters_that_look_like_others_are_refused_by_name(name):
    assert "is not part of the language" in tried(MONSTERS[name]).message


class Odd:
    def __float__(self):
        return 1.0


VALUES = {
    "bool": True,
    "none": None,
    "text": "1.0",
    "nan spelled otherwise": "nan",
    "set": {1.0},
    "dict": {"a": 1.0},
    "complex": 1j,
    "bytes": b"1",
    "object": Odd(),
    "huge integer": 10**400,
    "huge integer in a list": [10**400],
    "ragged": [[1.0, 2.0], [3.0]],
    "ragged by depth": [1.0, [2.0]],
    "ragged by depth, list first": [[1.0], 2.0],
    "list of none": [None],
    "list of bools": [True, False],
    "list of texts": ["a"],
    "nested texts": [["NaN", "no"]],
    "array of objects": np.array([1.0, None], dtype=object),
    "array of texts": np.array(["a"]),
    "complex array": np.array([1j]),
    "dates": np.array(["2020-01-01"], dtype="datetime64[D]"),
    "structured": np.zeros(2, dtype=[("a", float)]),
    "list of arrays": [np.zeros(2), np.zeros(3)],
    "too many dimensions": np.zeros((1,) * 9),
    "too deep": functools.reduce(lambda inner, _: [inner], range(5_000), 1.0),
    "too large": np.zeros(250_001),
    "too large a list": [0.0] * 250_001,
    "generator": (i for i in range(3)),
    "range": range(3),
    "numpy bool": np.bool_(True),
}


@pytest.mark.parametrize("name", VALUES)
def test_odd_values_are_refused(name):
    with pytest.raises((ValueProblem, LimitError)) as caught:
        trace("y = x * 2", {"x": VALUES[name]})
    assert caught.value.hint
    assert "x" in caught.value.message
    plan = compile_program("y = x * 2", {"x": 1.0})
    with pytest.raises((ValueProblem, LimitError)):
        plan.run({"x": VALUES[name]})
    with pytest.raises((ValueProblem, LimitError)):
        plan.run(seed=VALUES[name]) if VALUES[name] is not None else trace("y = x", {})


GOOD = {
    "integer": (3, 3.0),
    "numpy float": (np.float32(0.5), 0.5),
    "numpy integer": (np.uint8(200), 200.0),
    "no axes": (np.array(2.5), 2.5),
    "spelled nan": ("NaN", math.nan),
    "spelled infinity": ("Infinity", math.inf),
    "spelled minus infinity": ("-Infinity", -math.inf),
    "spelled in a list": (["NaN", 1, "-Infinity"], np.array([math.nan, 1.0, -math.inf])),
    "tuple": ((1, 2.0), np.array([1.0, 2.0])),
    "mask": (np.array([True, False]), np.array([1.0, 0.0])),
    "integers": (np.array([[1, 2]], dtype=np.int8), np.array([[1.0, 2.0]])),
    "backwards": (np.arange(4.0)[::-2], np.array([3.0, 1.0])),
    "big endian": (np.array([1.5, 2.5], dtype=">f8"), np.array([1.5, 2.5])),
    "nothing": ([], np.zeros(0)),
    "rows of nothing": ([[], []], np.zeros((2, 0))),
}


@pytest.mark.parametrize("name", GOOD)
def test_values_are_taken_in_every_reasonable_form(name):
    value, wanted = GOOD[name]
    run = trace("y = x * 2", {"x": value})
    np.testing.assert_array_equal(run.values["x"], wanted)
    assert type(run.values["x"]) is (float if np.shape(wanted) == () else np.ndarray)
    plan = compile_program("y = x * 2", {"x": np.ones(np.shape(wanted))})
    np.testing.assert_array_equal(plan.run({"x": value}).values["x"], wanted)


numbers = st.one_of(st.floats(), st.integers(), st.booleans(), st.none(), st.sampled_from(["NaN", "Infinity", "x", ""]))
nested = st.recursive(numbers, lambda inner: st.lists(inner, max_size=3) | st.tuples(inner), max_leaves=12)


@examples(250)
@given(nested, nested, nested)
def test_any_values(x, w, seed):
    tried("y = x @ w", {"x": x, "w": w})
    tried("y = x * w + 1", {"x": x, "w": w, "no such name": 1})
    tried("y = np.sum(np.exp(x))", {"x": x}, detail="scalar")
    with contextlib.suppress(EngineError):
        compile_program("y = x * x", {"x": x}).run(seed=seed)


@pytest.mark.parametrize("seed", [[1.0], [[1.0, 2.0]], "no", True, np.ones((2, 2))])
def test_seeds_of_another_shape_are_refused(seed):
    with pytest.raises(ValueProblem):
        trace("y = x * 2", {"x": [1.0, 2.0]}, seed=seed)


def test_one_number_as_a_seed_is_that_number_everywhere():
    run = trace("y = x * 2", {"x": [1.0, 2.0]}, seed=3)
    np.testing.assert_array_equal(run.seed, [3.0, 3.0])
    np.testing.assert_array_equal(run.grads["x"], [6.0, 6.0])


@pytest.mark.parametrize("output", ["", "z", "y.9", "np", "def", "\ud800", "y.1 "])
def test_outputs_that_do_not_exist_are_refused(output):
    with pytest.raises(ProgramError):
        trace("x = 1.0\ny = x * x + 1", output=output)


@pytest.mark.parametrize("detail", ["", "tensors", None, 3])
def test_other_details_are_refused(detail):
    with pytest.raises(ValueProblem):
        trace("x = 1.0\ny = x", detail=detail)


def test_the_error_tree_holds_everything():
    assert sys.getrecursionlimit() >= 1000
    for kind in (ProgramError, ValueProblem, LimitError):
        assert issubclass(kind, EngineError)
