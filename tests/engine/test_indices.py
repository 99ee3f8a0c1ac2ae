"""Rules written with indices: each is read as text, computed by plain loops, and compared with what the engine sent."""

import re

import numpy as np
import pytest

from app.engine import trace
from app.engine.explain.derivation.steps import letters_of
from app.engine.notation.indices import forms_of
from app.engine.notation.indices.index import letter
from tests.engine.looped import loops
from tests.engine.test_ops import OPS, PAIRS, figures


def check(run):
    """Every form of every step of a run; how many there were."""
    schedule = run.structure.schedule
    place = {i: at for at, i in enumerate(schedule.graph)}
    count = 0
    for i in schedule.graph:
        rule = schedule.rules[i]
        if rule is None:
            continue
        letters = letters_of(rule)
        arrays = {"y": run.value_list[place[i]]}
        arrays |= {
            name: run.value_list[place[j]] for name, j in zip(letters, schedule.inputs[i], strict=True) if j in place
        }
        arrays |= {f"d{name}": value for name, value in arrays.items()}
        grad = run.grad_list[place[i]]
        if grad is not None:
            arrays["dy"] = grad
        value, *messages = forms_of(rule, letters, range(len(letters) + 1))
        if value is not None:
            np.testing.assert_allclose(
                loops(value.text, arrays)[1], arrays["y"], rtol=1e-12, atol=1e-12, err_msg=value.text
            )
        for slot, form in enumerate(messages):
            sent = run.message_list[schedule.first_edge[i] + slot]
            if form is not None and sent is not None:
                name, looped = loops(form.text, arrays)
                assert name == f"d{letters[slot]}"
                np.testing.assert_allclose(looped, sent, rtol=1e-12, atol=1e-12, err_msg=form.text)
                count += 1
    return count


CASES = [
    pytest.param(op, pair, kind, id=f"{op.name}-{pair}-{kind}")
    for op in OPS
    for pair in (PAIRS if re.search(r"\b[xw]\b", op.example) else ["arrays"])
    for kind in ("generic", "ties")
]


@pytest.mark.parametrize(("op", "pair", "kind"), CASES)
def test_every_op_in_every_shape(op, pair, kind):
    run = trace(f"y = np.sum(({op.example}) * 1.5)", figures(op, PAIRS[pair], kind))
    count = check(run)
    if any(run.structure.shapes) and op.kind != "mask":
        assert count > 1


SHAPES = {
    "v": (3,), "u": (2,), "A": (2, 3), "B": (3, 2), "C": (2, 1, 3), "T": (4, 2, 3), "S": (4, 3, 2), "L": (6,),
    "R": (1, 3), "K": (2, 1), "N": (1, 1), "c": (),
}  # fmt: skip
EXPRESSIONS = """
    v @ v; A @ v; u @ A; A @ B; T @ B; T @ S; A @ S; C @ B; T @ v; u @ T; np.dot(c, A); R @ B; N @ R; np.sum(A);
    np.sum(A, axis=0); np.sum(T, axis=(0, 2)); np.sum(T, axis=1, keepdims=True); np.sum(R, axis=0);
    np.mean(T, axis=-1); np.mean(T); np.var(A, axis=0); np.var(T, axis=(1, 2), ddof=1, keepdims=True); np.var(v);
    np.max(A); np.max(T, axis=(0, 1)); np.min(A, axis=0, keepdims=True); np.max(T * 0, axis=2); np.max(R, axis=1);
    reshape(A, (3, 2)); reshape(A, (6,)); reshape(L, (2, 3)); reshape(T, (4, 6)); reshape(T, (2, 4, 3));
    reshape(T, (24,)); reshape(A, (2, 1, 3)); reshape(C, (2, 3)); reshape(R, (3, 1)); reshape(N, (1,));
    reshape(c, (1, 1)); reshape(A, (1, 2, 3, 1)); A.T; np.transpose(T); np.transpose(T, (2, 0, 1));
    np.swapaxes(T, 0, 2); v.T; A[0]; A[-1, 1:]; A[:, 1]; L[::2]; L[1::2]; L[::-1]; L[4:1:-2]; L[2:5]; L[None, 1:4];
    T[1, ..., 0]; A[..., None]; A[0, 2]; L[5:6]; L[0:6:5]; R[0]; R[0, 1]; T[::3, :, 2]; C[:, 0];
    np.split(T, 2, axis=0)[1]; broadcast_to(v, (2, 3)); broadcast_to(K, (4, 2, 3)); broadcast_to(c, (2,));
    broadcast_to(R, (2, 3)); concatenate((A, A * 2, B.T), axis=0); concatenate((A, K), axis=1);
    concatenate((v, L, v)); concatenate((T, T), axis=-1); stack((A, A + 1), axis=2); stack((v, v, v));
    stack((c, c * 2)); stack((u, u), axis=-1); A + v; T * v; A / K; K ** c; np.maximum(A, R); A - N;
    np.where(A > 0, K, v); T + K; sigmoid(T); N * c
""".replace("\n", " ").split(";")


def named_in(expression):
    return [name for name in SHAPES if re.search(rf"(?<!\.)\b{name}\b", expression)]


@pytest.mark.parametrize("expression", [each.strip() for each in EXPRESSIONS])
def test_every_way_to_move_gather_and_copy(expression):
    rng = np.random.default_rng(5)
    values = {
        name: rng.uniform(0.3, 2.0, size=shape)
        for name, shape in SHAPES.items()
        if re.search(rf"(?<![.])\b{name}\b", expression)
    }
    values = {name: value if value.shape else float(value) for name, value in values.items()}
    shape = np.shape(trace(f"y = {expression}", values).output)
    run = trace(f"y = {expression}", values, seed=rng.normal(size=shape) if shape else 0.7)
    assert check(run) >= 1


def forms(source, values):
    run = trace(source, values)
    rule = run.structure.schedule.rules[run.structure.schedule.output]
    return [form and form.text for form in forms_of(rule, letters_of(rule), range(len(rule.literals) + 1))]


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("A @ B", ["y[i,j] = Σₖ a[i,k] * b[k,j]", "da[i,k] = Σⱼ dy[i,j] * b[k,j]", "db[k,j] = Σᵢ a[i,k] * dy[i,j]"]),
        ("A + v", ["y[i,j] = a[i,j] + b[j]", "da[i,j] = dy[i,j]", "db[j] = Σᵢ dy[i,j]"]),
        ("A * K", ["y[i,j] = a[i,j] * b[i,0]", "da[i,j] = dy[i,j] * b[i,0]", "db[i,0] = Σⱼ dy[i,j] * a[i,j]"]),
        ("np.sum(A, axis=0)", ["y[j] = Σᵢ x[i,j]", "dx[i,j] = dy[j]"]),
        ("A.T", ["y[j,i] = x[i,j]", "dx[i,j] = dy[j,i]"]),
        (
            "np.max(A, axis=1)",
            ["y[i] = maxⱼ x[i,j]", "dx[i,j] = np.where(x[i,j] == y[i], dy[i], 0) / (Σₖ [x[i,k] == y[i]])"],
        ),
        ("A[1, 1:]", ["y[i] = x[1,i+1]", "dx[i,j] = dy[j-1] if i == 1 and j >= 1 else 0"]),
        ("reshape(L, (2, 3))", ["y[i,j] = x[3*i+j]", "dx[i] = dy[i//3,i%3]"]),
        ("concatenate((v, L))", ["y[i] = x1[i] if i < 3 else x2[i-3]", "dx1[i] = dy[i]", "dx2[i] = dy[i+3]"]),
        ("sigmoid(A)", ["y[i,j] = 1 / (1 + np.exp(-x[i,j]))", "dx[i,j] = dy[i,j] * (y[i,j] / (1 + np.exp(x[i,j])))"]),
    ],
)
def test_they_read_as_people_write_them(expression, wanted):
    values = {name: np.ones(SHAPES[name]) for name in named_in(expression)}
    assert forms(f"y = {expression}", values) == wanted


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("y = x * w", {"x": 2.0, "w": 3.0}),  # numbers have no indices
        ("y = np.sum(x)", {"x": np.zeros((0, 3))}),  # nor has what is empty
        ("y = np.ones_like(x)", {"x": [1.0, 2.0]}),
        ("y = np.stack((" + "x, " * 20 + "))", {"x": [1.0, 2.0]}),  # what nobody would read to its end
    ],
)
def test_where_indices_say_nothing_there_are_none(source, values):
    assert forms(source, values)[0] is None


def test_as_many_axes_as_there_may_be():
    values = {"x": np.ones((1, 2, 1, 2, 1, 2, 1, 2)), "w": np.ones((2, 3))}
    assert check(trace("y = np.sum(np.mean(x @ w, axis=3) ** 2)", values)) >= 4


def test_arithmetic_with_indices_keeps_its_brackets():
    i, j = letter("i"), letter("j")
    number = i.times(3).add(j)
    assert [number.over(2).text, number.left(2).text, number.plus(1).over(2).plus(-1).text] == [
        "(3*i+j)//2",
        "(3*i+j)%2",
        "(3*i+j+1)//2-1",
    ]
    assert i.times(2).from_(5).text == "5-2*i"
    assert i.plus(1).times(2).text == "2*(i+1)"
    assert number.left(2).latex == r"(3i+j) \bmod 2"


def test_fractions_stand_at_full_size_unless_they_are_within_something():
    run = trace("y = np.mean(x / 3, axis=1)", {"x": np.ones((2, 3))})
    rule = run.structure.schedule.rules[run.structure.schedule.output]
    value, message = forms_of(rule, letters_of(rule), (0, 1))
    assert value.latex == r"y_{i} = \dfrac{\sum_{j} x_{ij}}{3}"
    assert message.latex.endswith(r" = \dfrac{\dfrac{\partial L}{\partial y_{i}}}{3}")
