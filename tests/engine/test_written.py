"""Known functions written out by hand: found whatever they are called, and told only where the gradients agree."""

import re
from typing import NamedTuple

import numpy as np
import pytest

from app.engine import trace
from app.engine.explain.derivation import closed_forms, whole_of_call, written_out
from app.engine.explain.derivation.known_functions import FUNCTIONS, LOSSES, PICKED
from app.engine.explain.derivation.matching import pattern
from app.engine.notation.formulas import plain
from tests.engine.looped import loops

Z = np.array([2.0, 1.0, -1.0])
ZZ = np.array([[2.0, 1.0, -1.0], [0.3, 1.0, 3.0]])
T, TT = np.array([0.0, 1.0, 0.0]), np.array([[0.0, 1.0, 0.0], [0.25, 0.25, 0.5]])
VALUES = {"z": Z, "t": T, "Z": ZZ, "TT": TT, "s": 0.3, "c": 1.0}
SOFT = "e = np.exp(z - np.max(z))\np = e / np.sum(e)\n"
ROWS = "q = np.exp(Z - np.max(Z, axis=1, keepdims=True))\np = q / np.sum(q, axis=1, keepdims=True)\n"
DRESSED = "q = np.exp(Z - np.max(Z, axis=1)[:, None])\np = q / q.sum(axis=1).reshape(-1, 1)\n"
YES = "p = 1 / (1 + np.exp(-z))\n"
SCALED = "v = ((Z - mu) ** 2).mean(axis=1, keepdims=True)\nh = (Z - mu) / np.sqrt(v + 1e-5)\n"
CLASSES, YES_NO = "softmax with cross-entropy", "sigmoid with binary cross-entropy"


class Case(NamedTuple):
    """A text, a node of it, the function whose result that is, and its rule in names."""

    source: str
    node: str
    name: str
    rule: str | None = None


CASES = [
    Case(SOFT + "f = p[0]", "p", "softmax", "dz = p * (dp - np.sum(dp * p, axis=-1, keepdims=True))"),
    Case(SOFT + "f = -(t * np.log(p)).sum()", "f", CLASSES, "dz = df * (p - t)"),
    Case(SOFT + "f = -np.sum(np.log(p) * t)", "f", CLASSES, "dz = df * (p - t)"),
    Case(SOFT + "f = -np.dot(np.log(p), t)", "f", CLASSES, "dz = df * (p - t)"),
    Case(SOFT + "f = -np.log(p[1])", "f", CLASSES, "dz = df * (p - np.eye(3)[1])"),
    Case(SOFT + "f = -np.log(p)[-1]", "f", CLASSES, "dz = df * (p - np.eye(3)[2])"),
    Case("p = np.exp(z) / np.sum(np.exp(z))\nf = 2 * -np.log(p[0])", "f", CLASSES, "dz = df * 2 * (p - np.eye(3)[0])"),
    Case(ROWS + "f = -np.mean(np.sum(TT * np.log(p), axis=1))", "f", CLASSES, "dZ = df * (p - TT) / 2"),
    Case(DRESSED + "f = -np.sum(TT * np.log(p)) / Z.shape[0]", "f", CLASSES, "dZ = df * (p - TT) / 2"),
    Case("p = softmax(z)\nf = -np.sum(t * np.log(p))", "f", CLASSES, "dz = df * (p - t)"),
    Case("q = z - np.log(np.sum(np.exp(z)))\nf = -q[2]", "f", CLASSES, "p = softmax(z); dz = df * (p - np.eye(3)[2])"),
    Case(
        "q = z - np.max(z) - np.log(np.sum(np.exp(z - np.max(z))))\nf = -(t * q).sum()",
        "q",
        "log_softmax",
        "p = softmax(z); dz = dq - p * np.sum(dq, axis=-1, keepdims=True)",
    ),
    Case(
        "q = np.exp(Z)\np = q / np.sum(q, axis=0)\nf = np.sum(p ** 2)",
        "p",
        "softmax",
        "dZ = p * (dp - np.sum(dp * p, axis=0, keepdims=True))",
    ),
    Case(
        "m = np.max(z)\nl = m + np.log(np.sum(np.exp(z - m)))\nf = l ** 2",
        "l",
        "logsumexp",
        "p = softmax(z); dz = dl * p",
    ),
    Case(
        "l = np.log(np.sum(np.exp(Z), axis=1))\nf = np.sum(l * l)",
        "l",
        "logsumexp",
        "p = softmax(Z); dZ = dl[:, None] * p",
    ),
    Case(YES + "f = np.sum(p ** 2)", "p", "sigmoid", "dz = dp * p * (1 - p)"),
    Case("p = 1 / (1 + np.exp(-s))\nf = p ** 2", "p", "sigmoid", "ds = dp * p * (1 - p)"),
    Case(YES + "f = np.mean(-(t * np.log(p) + (1 - t) * np.log(1 - p)))", "f", YES_NO, "dz = df * (p - t) / 3"),
    Case("p = sigmoid(s)\nf = -(c * np.log(p) + (1 - c) * np.log(1 - p))", "f", YES_NO, "ds = df * (p - c)"),
    Case(f"mu = Z.mean(axis=1, keepdims=True)\n{SCALED}f = np.sum(h ** 3)", "h", "normalisation"),
    Case("h = (z - np.mean(z)) / np.std(z)\nf = np.sum(h ** 3)", "h", "normalisation"),
    Case("h = (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + 0.1)\nf = np.sum(h ** 3)", "h", "normalisation"),
    Case("f = np.mean((z - t) ** 2)", "f", "squared error", "dz = df * 2 * (z - t) / 3"),
    Case("r = z - t\nf = 0.5 * np.sum(r * r)", "f", "squared error", "dz = df * (z - t)"),
    Case("r = z - t\nf = 0.1 * (r @ r)", "f", "squared error", "dz = df * 0.2 * (z - t)"),
    Case("f = np.sum(np.square(Z - TT)) / 6", "f", "squared error", "dZ = df * (Z - TT) / 3"),
]


def values_of(source, shift=0.0):
    """Values for the names of a text; logits may be others."""
    used = {name: value for name, value in VALUES.items() if re.search(rf"(?<![.\w]){name}\b", source)}
    return {
        name: value
        if name in ("t", "TT", "c")
        else value + shift * np.cos(np.arange(np.size(value))).reshape(np.shape(value))
        for name, value in used.items()
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name}: {case.source}")
@pytest.mark.parametrize("shift", [0.0, 0.7])
def test_a_function_written_out_is_told_as_one_rule(case, shift):
    run = trace(case.source, values_of(case.source, shift))
    forms = written_out(run, case.node)
    assert forms, "nothing was told"
    form = forms[0]
    assert (form.name, form.agrees) == (case.name, True)
    if case.rule is not None:
        assert plain(form.formula.text) == case.rule
    np.testing.assert_allclose(form.value, run.grads[form.source], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name}: {case.source}")
def test_it_is_told_of_every_element_as_well(case):
    run = trace(case.source, values_of(case.source))
    (form, *_) = written_out(run, case.node)
    if np.ndim(form.value) == 0:
        assert form.elements == ()
        return
    main, *needed = [plain(line.text) for line in form.elements if not plain(line.text).startswith("∂")]
    names = ("z", "Z", "t", "TT", "p", "h", "l", "q", "f")
    arrays = {name: run.values[name] for name in names if name in run.values}
    arrays |= {f"d{name}": run.grads[name] for name in list(arrays) if run.grads.get(name) is not None}
    for line in needed:
        name, _, places = line.split(" = ")[0].rstrip("]").partition("[")
        shape = [1 if at == "0" else n for at, n in zip(places.split(","), np.shape(form.value), strict=True)]
        arrays[name] = np.zeros(shape)
        arrays[name] = loops(line, arrays)[1]
    if picked := re.search(r"np\.eye\(3\)\[(\d)\]", main):
        # To the reader of formulas a unit vector is a name.
        main, arrays["unit"] = main.replace(picked[0], "unit"), np.eye(3)[int(picked[1])]
    np.testing.assert_allclose(loops(main, arrays)[1], form.value, rtol=1e-12, atol=1e-12, err_msg=main)


@pytest.mark.parametrize("axis", [0, 1, -1, -2, None, (0, 1)], ids=str)
@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp"])
def test_a_call_along_any_axis_is_told_as_what_it_is_written_out(name, axis):
    run = trace(f"h = {name}(Z, axis={axis})\nf = np.sum(h * h)", {"Z": ZZ})
    (form,) = whole_of_call(run, f"h/{name}")
    assert (form.name, form.agrees) == (name, True)
    np.testing.assert_allclose(form.value, run.grads["Z"], rtol=1e-9, atol=1e-12)
    last = "" if name != "softmax" and axis in (1, -1) else f"axis={ {1: -1, -2: 0, (0, 1): None}.get(axis, axis) }"
    assert last in plain(form.formula.text)


NOT = {
    "another sum": SOFT.replace("np.sum(e)", "np.sum(z * z)") + "f = p[0]",
    "another exponential": "e = np.exp(z)\np = e / np.sum(np.exp(2 * z))\nf = p[0]",
    "a power other than the second": "p = np.mean((z - t) ** 4)\nf = p",
    "a logarithm with something added": SOFT + "f = -(t * np.log(p + 0.1)).sum()",
    "one and a half": "p = 1 / (1.5 + np.exp(-z))\nf = np.sum(p)",
    "backwards": SOFT + "f = np.sum(t * np.log(p)[::-1])",
    "more than one class": SOFT + "f = -np.sum(np.log(p[0:2]))",
    "the root of a sum": "f = np.sqrt(np.sum((z - t) ** 2))",
}


@pytest.mark.parametrize("source", NOT.values(), ids=NOT)
def test_what_only_looks_like_it_is_not_told(source):
    run = trace(source, values_of(source))
    for node in ("p", "f"):
        if node in run.values and not (node == "p" and SOFT in source):
            assert not written_out(run, node)


def test_a_rule_that_does_not_hold_here_is_not_told():
    source = SOFT + "f = -(t * np.log(p)).sum()"
    assert written_out(trace(source, {"z": Z, "t": T}), "f")
    assert written_out(trace(source, {"z": Z, "t": T * 2}), "f") == ()


def test_a_part_that_somebody_else_uses_as_well_leaves_no_rule():
    assert written_out(trace(SOFT + "f = p[0] + e[1]", {"z": Z}), "p") == ()


def test_what_is_called_by_its_name_is_told_with_the_call():
    run = trace("f = cross_entropy(z, t)", {"z": Z, "t": T})
    assert written_out(run, "f") is None
    assert closed_forms(run, "f/cross_entropy")


def test_a_function_of_the_readers_own_is_known_by_what_it_does():
    source = "def probabilities(s):\n    e = np.exp(s)\n    return e / e.sum()\np = probabilities(z)\nf = p[0]"
    run = trace(source, {"z": Z})
    assert closed_forms(run, "p/probabilities") == ()
    (form,) = whole_of_call(run, "p/probabilities")
    assert (form.name, form.source) == ("softmax", "z")


def test_every_pattern_can_be_read():
    texts = [text for each in FUNCTIONS.values() for text in each.texts]
    for text in (*texts, *(loss.text for loss in (*LOSSES, *PICKED))):
        assert pattern(text).nodes[pattern(text).output]


def test_a_graph_that_matches_in_very_many_ways_is_soon_given_up():
    doubled = "\n".join(["y = y * y + y * y"] * 12)
    assert written_out(trace(f"y = x\n{doubled}\nf = np.log(np.sum(np.exp(y)))", {"x": Z / 10}), "f") is not None
    assert written_out(trace("f = " + " * ".join(["x"] * 300), {"x": 1.01}), "f") is None


@pytest.mark.parametrize("z", [[np.inf, 1.0, 0.0], [np.nan] * 3, [1e300, 1.0, 0.0]])
def test_what_is_not_finite_is_not_told(z):
    run = trace(SOFT + "f = -np.log(p[1])", {"z": z})
    assert not written_out(run, "f")


def test_what_is_empty_is_not_told():
    assert not written_out(trace("e = np.exp(z)\np = e / np.sum(e)\nf = np.sum(p)", {"z": np.zeros((0,))}), "p")
