"""Printed formulas in pieces: no spelling loses a symbol, and a hole knows what its number needs."""

import re

import numpy as np
import pytest

from app.engine import compile_program, trace
from app.engine.explain.derivation import derive
from app.engine.notation.formulas import plain
from app.engine.notation.plan_names import Notation
from app.engine.ops.dialects import LATEX, NUMPY
from app.engine.ops.printed import Piece, Printed, fill, join, pieces_of, printed, with_holes
from app.engine.ops.word import ATOM
from tests.engine.test_ops import OPS, PAIRS, figures

X = Printed([Piece("x", "x0")])


def expressions(rule):
    yield rule.forward_expression
    yield from (each for each in (*rule.message_expressions, *rule.partial_expressions) if each is not None)


@pytest.mark.parametrize("pair", ["numbers", "arrays"])
@pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)
def test_every_symbol_of_a_rule_stays_known(op, pair):
    values = figures(op, PAIRS[pair])
    count = 0
    for rule in trace(f"y = np.sum({op.example} * 1.0)", values).structure.schedule.rules:
        if rule is None:
            continue
        keys = ["g", "y", *(f"x{slot}" for slot in range(len(rule.call.shapes)))]
        names = {key: (f"Q{'abcdefghijklmnop'[place]}", ATOM) for place, key in enumerate(keys)}
        for expression in expressions(rule):
            for dialect in (NUMPY, LATEX):
                text = dialect.print(expression, names)
                found = printed(lambda table, latex, e=expression, d=dialect: d.print(e, table), names)
                assert "".join(each.text for each in found) == text
                marked = [each.text for each in found if each.source is not None]
                assert marked == re.findall(r"Q[a-p]", text), text
                assert all(names[each.source][0] == each.text for each in found if each.source is not None)
                count += len(marked)
    assert count


def test_calls_are_typeset_with_their_symbols():
    for op in OPS:
        for rule in trace(f"y = np.sum({op.example} * 1.0)", figures(op, PAIRS["arrays"])).structure.schedule.rules:
            if rule is None:
                continue
            names = [(f"Q{letter}", ATOM) for letter in "abcdefgh"[: len(rule.call.shapes)]]
            text, _ = rule.op.typeset(rule.call, names)
            known = [(Printed([Piece(name, name)]), binds) for name, binds in names]
            found, _ = rule.op.typeset(rule.call, known)
            assert found == text
            marked = [each.text for each in pieces_of(found) if each.source is not None]
            assert marked == re.findall(r"Q[a-h]", text), text


def test_plain_operands_give_plain_texts():
    assert fill("{{{0}}} + {n}", "a", n="2") == "{a} + 2"
    assert type(fill("-{0}", "a")) is type(join(", ", ["a", "b"])) is str
    assert join(", ", []) == ""


def test_symbols_come_through_templates_and_lists():
    assert fill("{{{0}}} + {n}", X, n="2").pieces == (Piece("{"), Piece("x", "x0"), Piece("} + 2"))
    assert join(", ", ["a", X]).pieces == (Piece("a, "), Piece("x", "x0"))
    assert ("-" + X + "!").pieces == (Piece("-"), Piece("x", "x0"), Piece("!"))


def test_what_would_lose_a_symbol_raises():
    with pytest.raises(TypeError, match="put together by"):
        f"-{X}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x * w", [False, True]),
        ("x ** w", [True, True]),
        ("w - x", [False, True]),
        ("abs(x)", [False]),
        ("(x + w) * x", [False, True, True]),
    ],
)
def test_holes_say_whether_a_number_with_a_sign_is_bracketed(text, wanted):
    """Python agrees: with -2 in brackets where it is wanted and bare elsewhere, the text means the same."""
    names = re.findall(r"\b[xw]\b", text)
    structure = compile_program(f"y = {text}", {"x": -2.0, "w": -3.0}, ignore_unknown=True).structure
    # The whole text as one expression of its names: parts without a name are printed within.
    notation = Notation(structure)
    last = structure.schedule.output

    def render(table, latex):
        shown = [table.get(node.name, own) for node, own in zip(structure.nodes, notation.plain, strict=True)]
        for i, node in enumerate(structure.nodes):
            if node.name is None:
                shown[i] = notation.expression(i, latex, shown)
        return notation.expression(last, latex, shown)[0]

    found = with_holes(render, sorted(set(names)))
    holes = [each for each in found if each.source is not None]
    assert [each.source for each in holes] == names
    assert [each.bracket for each in holes] == wanted
    numbers = {"x": "-2.0", "w": "-3.0"}
    filled = "".join(
        each.text if each.source is None else f"({numbers[each.source]})" if each.bracket else numbers[each.source]
        for each in found
    )
    space = {"np": np, "x": np.float64(-2.0), "w": np.float64(-3.0)}
    with np.errstate(all="ignore"):
        np.testing.assert_equal(eval(filled, {"np": np}), eval(text, space))


def test_an_index_brackets_no_name_and_a_number_once():
    run = trace("y = np.sum(v[0] * -2.0)", {"v": [3.0, -1.0]})
    first = next(node.id for node in run.structure.nodes if node.op.name == "index")
    lines = derive(run, first).value
    names = next(plain(line.latex) for line in lines if line.kind == "names")
    assert names == "v_{0}"
    numbers = next(line.latex for line in lines if line.kind == "numbers")
    assert plain(numbers) == r"\left(\begin{pmatrix}3 & -1\end{pmatrix}\right)_{0} = 3"
    assert not any(piece.bracket for piece in numbers)
