"""What is accepted means what Python means by it: each program is executed by Python as well, and compared."""

import ast
import re
from pathlib import Path

import pytest

from app.engine import compile_program, trace
from app.engine.interpreter.syntax.expressions import EXPRESSIONS
from app.engine.interpreter.syntax.statements import STATEMENTS
from tests.engine.python import agree


def _programs(file):
    parts = re.split(r"^=== (.*)\n", Path(__file__).with_name(file).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


PROGRAMS = _programs("programs.txt") | _programs("language.txt")
PROGRAMS["carriage returns"] = "x = 2.0\r\ny = x * x\r\nprint(y)"


@pytest.mark.parametrize("name", PROGRAMS)
def test_python_agrees(name):
    agree(PROGRAMS[name])


def test_every_kind_of_syntax_is_tried():
    tried = {type(node) for source in PROGRAMS.values() for node in ast.walk(ast.parse(source))}
    assert (set(EXPRESSIONS) | set(STATEMENTS)) <= tried


def test_one_variable_is_one_node_however_often_it_is_used():
    plan = compile_program("x = 2.0\ny = x * np.sin(x)")
    assert [(e.source, e.slot) for e in plan.structure.edges if plan.structure.nodes[e.target].id == "y"] == [
        (0, 0),
        (1, 1),
    ]
    run = trace("a = 3.0\ny = a + a")
    assert run.messages["a", "y", 0] == run.messages["a", "y", 1] == 1.0
    assert run.grads["a"] == 2.0


def test_an_argument_is_one_node_however_often_the_function_uses_it():
    plan = compile_program("def f(v):\n    return v * v + v\nx = 2.0\ny = x * f(3.0)")
    assert sum(node.op.name == "constant" for node in plan.structure.nodes) == 1


def test_a_literal_is_a_leaf_that_can_be_set():
    run = trace("x = 5.0\ny = x ** 2 + 3 * x + 2")
    assert (run.output, run.grads["x"]) == (42.0, 13.0)
    run = trace("x = 5.0\ny = x ** 2 + 3 * x + 2", {"x": 1.0})
    assert (run.output, run.grads["x"]) == (6.0, 5.0)


def test_ids_are_readable_and_do_not_move_when_other_lines_change():
    source = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
    values = {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[0.5]], "W2": [[2]], "b2": [[1]]}
    ids = [node.id for node in compile_program(source, values).structure.nodes]
    assert ids == ["W1", "x", "z1.1", "b1", "z1", "a1", "W2", "y.1", "b2", "y"]
    later = compile_program("q = 3 * x\n" + source + "\nz1 = y * 2", values)
    assert [node.id for node in later.structure.nodes if node.id in ids] != []
    assert set(ids) <= {node.id for node in later.structure.nodes}
    assert later.structure.output == "z1#2"


def test_the_last_name_that_is_no_manual_gradient_is_the_output():
    assert compile_program("x = 2.0\ny = x * x\ndx = 2 * x").structure.output == "y"
    assert compile_program("x = 2.0\ny = x * x\nz = x").structure.output == "y"
    assert compile_program("x = 2.0\ny = x * x\nz = x", output="y").structure.output == "y"
    assert compile_program("x = 2.0\ny = x * x + 1", output="y.1").structure.output == "y.1"
    assert compile_program("x = 2.0\ndx = x * 3\ny = dx * x").structure.output == "y"


def test_spans_count_characters_from_one():
    nodes = {node.id: node for node in compile_program("σ = 2.0; y = σ + np.exp(σ)\n").structure.nodes}
    assert tuple(nodes["y"].span) == (1, 14, 1, 27)
    assert tuple(nodes["y.1"].span) == (1, 18, 1, 27)


def test_a_number_that_a_loop_or_a_function_writes_is_no_leaf():
    source = (
        "y = 1.0\nfor i in range(2):\n    w = 3.0\n    y = y * w\ndef f(x):\n    k = 2.0\n    return k * x\nz = f(y)"
    )
    plan = compile_program(source)
    assert {node.id for node in plan.structure.nodes if node.role == "input"} == {"y"}
    assert plan.run().output == 18.0


PASTED = {
    # what is pasted: what it means
    ">>> x = 2.0\n>>> def f(v):\n...     return v * v\n... \n>>> y = f(x)\n4.0\n>>> print(y)\n4.0": "4.0",
    "In [1]: x = 2.0\nIn [2]: y = x * 3\nOut[2]: 6.0\nIn [3]: print(y)": "6.0",
    "    x = 2.0\n    y = x * 3\n    print y, x  # both": "6.0 2.0",
    "x = 2.0\ny = x\nif x > 1: print 'large'": "large",
    "%matplotlib inline\n!pip install numpy\n%%time\nnp.dot?\nx = 2.0\n%timeit x\ny = x * x  # why?\nprint(y)": "4.0",
    "Vector = list[float]\nTable = dict[str, Vector]\nPlace = tuple[int, ...]\nx: Vector = [2.0]\nprint(x[0])": "2.0",
    "x = np.array([2.0, 3.0])\ny = np.sum(np.mean(x), axis=0) + np.max(np.sum(x), axis=-1)\nprint(y)": "7.5",
    "x = np.array([2.0])\nplt.plot(x, x * x)\nplt.show()\nprint(x)": "[2.]",
    "made = {'w': np.ones(2), 'b': np.zeros(1)}\nprint(made['w'])": "[1. 1.]",
    "import matplotlib.pyplot as plt\nplt.rcParams['a'] = (8, 4)\nplt.x = 2\ny = 2.0\nprint(y)": "2.0",
}


@pytest.mark.parametrize("source", PASTED)
def test_sessions_indented_text_and_old_prints_are_read(source):
    assert [line.text for line in compile_program(source).run().prints] == [PASTED[source]]


def test_lines_for_a_notebook_are_noted_and_leave_the_others_where_they_are():
    run = compile_program("%matplotlib inline\nx = 2.0\ny = x * x").run()
    assert run.structure.program.notes == ("%matplotlib inline is passed over: it is for the notebook.",)
    assert run.structure.nodes[-1].span.line == 3
