"""Derivations: that every formula in them, read as code, gives the number that the trace holds."""

import random
import re

import numpy as np
import pytest

from app.engine import ValueProblem, compile_program, trace
from app.engine.explain.derivation import closed_forms, derive
from app.engine.explain.derivation.known_functions import CALLED
from app.engine.explain.derivation.substeps import written_out
from app.engine.notation.formulas import plain
from app.engine.notation.plan_names import Notation
from app.engine.ops.dialects import kernel_namespace
from app.engine.ops.helpers import HELPERS
from tests.engine.looped import loops
from tests.engine.programs import random_network
from tests.engine.test_ops import OPS, PAIRS, REFERENCE, figures

HELPER_FUNCTIONS = {name: kernel_namespace()[name] for name in HELPERS}
MINI = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
VALUES = {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[1.5]], "W2": [[2]], "b2": [[1]]}


def lines(formulas, latex=False):
    return {f.kind: plain(f.latex if latex else f.text) for f in formulas}


def derived(source, values, node):
    return derive(trace(source, values), node)


def test_a_weight_by_its_matrix_product():
    (step,) = derived(MINI, VALUES, "W1").users
    assert step.local == ()
    assert lines(step.message) == {
        "rule": "da = dy @ b.T",
        "elements": "da[i,k] = Σⱼ dy[i,j] * b[k,j]",
        "names": "dW1 = dz1 @ x.T",
        "shapes": "(1×1) @ (1×2) → (1×2)",
        "numbers": "[[2]] @ [[1], [2]].T = [[2, 4]]",
    }
    typeset = lines(step.message, latex=True)
    assert typeset["numbers"] == (
        r"\begin{pmatrix}2\end{pmatrix}\,\begin{pmatrix}1\\2\end{pmatrix}^{\top} = \begin{pmatrix}2 & 4\end{pmatrix}"
    )


def test_two_messages_add():
    found = derived("s = x + y\nf = x * s", {"x": 2, "y": 1}, "x")
    assert [step.target for step in found.users] == ["f", "s"]
    assert lines(found.users[0].message)["names"] == "dx += df * s"
    assert lines(found.gradient) == {"names": "dx = df * s + ds", "numbers": "3 + 2 = 5"}
    (message, _, other, *_) = found.gradient[1].text
    assert (message.source.of, message.source.node, other.source.node) == ("message", "f", "s")


def test_a_kink_says_its_convention_where_it_is_used():
    for b1, on_kink in ((1.0, True), (1.5, False)):
        (step,) = derived(MINI, VALUES | {"b1": [[b1]]}, "a1").inputs
        assert step.kink == "relu has a corner at 0: the slope is taken as 0 there"
        assert step.on_kink is on_kink
        assert lines(step.local)["names"] == "∂a1/∂z1 = [z1 > 0]"


def test_broadcasting_says_what_is_summed():
    found = derived("y = np.sum((A + b) ** 2)", {"A": [[1, 2], [3, 4], [5, 6]], "b": [1, 0]}, "b")
    assert lines(found.users[0].message)["shapes"] == "(3×2) summed over axis 0 → (2)"


def test_each_name_and_each_number_leads_to_its_node():
    (step,) = derived(MINI, VALUES, "a1").inputs
    names, numbers = ({f.kind: f for f in step.message}[kind] for kind in ("names", "numbers"))
    assert [(p.text, p.source.node, p.source.of) for p in names.text if p.source] == [
        ("dz1", "z1", "name"),
        ("z1", "z1", "value"),
        ("da1", "a1", "grad"),
    ]
    assert [(p.text, *p.source[:3]) for p in numbers.latex if p.source] == [
        ("2", "a1", "grad", None),
        ("1", "a1", "local", step.edge),
        ("2", "a1", "message", step.edge),
    ]


@pytest.mark.parametrize(
    ("source", "x", "number"),
    [
        ("y = 2 * x", -3.0, "2 * (−3) = −6"),
        ("y = x * 2", -3.0, "−3 * 2 = −6"),
        ("y = x ** 2", -3.0, "(−3) ** 2 = 9"),
        ("y = -x", -3.0, "-(−3) = 3"),
        ("y = 1 - x", -3.0, "1 - (−3) = 4"),
        ("y = x - 1", -3.0, "−3 - 1 = −4"),
        ("y = 2 ** x", -1.0, "2 ** (−1) = 0.5"),
        ("y = exp(x)", -1.0, "exp(−1) = 0.3679"),
    ],
)
def test_brackets_stand_where_a_sign_needs_them(source, x, number):
    assert lines(derived(source, {"x": x}, "y").value)["numbers"] == number


def space_of(run):
    """Every value and every gradient by its name."""
    names, graph = Notation(run.structure), run.structure.schedule.graph
    space = {"np": np, **HELPER_FUNCTIONS}
    for i, value, grad in zip(graph, run.value_list, run.grad_list, strict=True):
        space[names.identifiers[i]] = np.float64(value) if isinstance(value, float) else value
        space[names.gradients[i]] = np.float64(grad) if isinstance(grad, float) else grad
    return REFERENCE | space


def check(run):
    """Every message, as its formula says it in names, is what was sent; and the gradient is their sum."""
    space = space_of(run)
    for place, node in enumerate(run.structure.nodes):
        found = derive(run, node.id)
        for step in found.inputs:
            code = lines(step.message)["names"].split(" = " if " = " in lines(step.message)["names"] else " += ", 1)[1]
            np.testing.assert_allclose(
                eval(code, space), run.message_list[step.edge], rtol=1e-12, atol=1e-300, err_msg=code
            )
        if run.grad_list[place] is not None and found.gradient and node.id != run.structure.output:
            code = lines(found.gradient)["names"].split(" = ", 1)[1]
            if "more)" not in code:
                np.testing.assert_allclose(eval(code, space), run.grad_list[place], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)
@pytest.mark.parametrize("shapes", ["numbers", "column and row"])
def test_every_op_by_its_formulas(op, shapes):
    check(trace(f"y = np.sum({op.example})", figures(op, PAIRS[shapes])))


@pytest.mark.parametrize("seed", range(12))
def test_random_programs_by_their_formulas(seed):
    numbers = np.random.default_rng(seed)
    values = {f"x{i}": numbers.normal(size=3) for i in range(3)}
    check(compile_program(random_network(random.Random(seed)), values, ignore_unknown=True).run())


def numbered(run):
    """The numbers lines of a run of single numbers, as Python: (text, result)."""
    for node in run.structure.nodes:
        found = derive(run, node.id)
        for step in found.inputs:
            for formula in (*step.local, *step.message):
                if formula.kind == "numbers":
                    left, _, right = plain(formula.text).rpartition(" = ")
                    yield left, right


@pytest.mark.parametrize("op", [op for op in OPS if op.kind == "elementwise"], ids=lambda op: op.name)
def test_numbers_lines_are_true_arithmetic(op):
    """To the digits that are shown: brackets and signs in the right places."""
    run = compile_program(f"y = 3 * {op.example}", {"x": -0.5, "w": 0.25}, ignore_unknown=True).run()
    count = 0
    for left, right in numbered(run):
        if left and "NaN" not in right:
            text = re.sub(r"^\[(.*)\]$", r"float(\1)", left).replace("−", "-")
            assert np.allclose(eval(text, {"np": np, **REFERENCE}), float(right.replace("−", "-")), rtol=2e-3), left
            count += 1
    assert count


SINGLE = {
    "add", "subtract", "multiply", "divide", "power", "negative", "exp", "log", "log1p", "expm1", "sqrt", "sin",
    "cos", "tan", "arcsin", "arccos", "arctan", "arctan2", "arcsinh", "arccosh", "arctanh", "log2", "log10",
    "exp2", "cbrt", "hypot", "logaddexp", "deg2rad", "rad2deg", "reciprocal", "mod", "fmod", "sinh", "cosh", "tanh",
    "erf", "erfc", "square", "abs", "maximum", "minimum", "where", "relu", "max_of", "min_of",
}  # fmt: skip


@pytest.mark.parametrize("op", [op for op in OPS if op.kind == "elementwise"], ids=lambda op: op.name)
def test_an_op_of_several_steps_agrees_with_its_own_rule(op):
    run = trace(f"y = {op.example} * 2", figures(op, PAIRS["numbers"]))
    found = derive(run, next(node.id for node in run.structure.nodes if node.op is op))
    if op.name in SINGLE:
        assert found.expanded is None
    else:
        assert found.expanded is not None
        assert found.expanded.agrees
        assert found.expanded.sent


def test_a_sigmoid_in_single_steps():
    found = derived("y = sigmoid(x)", {"x": 0.0}, "y")
    assert found.expanded.program == "u1 = -x\nu2 = np.exp(u1)\nu3 = 1 + u2\ny = 1 / u3"
    assert [part.value for part in found.expanded.parts] == [0.0, 1.0, 2.0, 0.5]
    assert found.expanded.sent == {"x": 0.25}
    assert lines(found.inputs[0].local)["numbers"] == "0.5 / (1 + np.exp(0)) = 0.25"


def test_a_parameter_of_an_op_is_part_of_its_steps():
    rule = compile_program("y = leaky_relu(x, slope=0.1)", {"x": 1.0}).structure.schedule.rules[1]
    assert written_out(rule) == "u1 = x > 0\nu2 = 0.1 * x\ny = np.where(u1, x, u2)"


CALLS = {
    "sigmoid": ("def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\ny = sigmoid(x)", "x"),
    "softmax": ("y = softmax(x)", "x"),
    "log_softmax": ("y = log_softmax(x)", "x"),
    "logsumexp": ("y = logsumexp(x, keepdims=True)", "x"),
    "cross_entropy": ("y = cross_entropy(x, t)", "x"),
    "binary_cross_entropy": ("y = binary_cross_entropy(x, t)", "x"),
    "mse": ("y = mse(x, t)", "x"),
    "silu": ("def silu(z):\n    return z * sigmoid(z)\ny = silu(x)", "x"),
    "layernorm": ("y = layernorm(x, g, b)", "x"),
    "rmsnorm": ("y = rmsnorm(x, g)", "x"),
}


@pytest.mark.parametrize("name", CALLED)
def test_what_is_known_of_a_function_agrees_with_its_parts(name):
    call, source = CALLS[name]
    rng = np.random.default_rng(3)
    t = np.array([[0.0, 1.0, 0.0], [0.25, 0.25, 0.5]])
    values = {"x": rng.normal(size=(2, 3)), "t": t, "g": rng.normal(size=3), "b": rng.normal(size=3), "w": 1.7}
    run = compile_program(f"{call}\nout = np.sum(y * w * (1 + y))", values, ignore_unknown=True).run()
    forms = closed_forms(run, next(g.id for g in run.structure.groups if g.name == name))
    assert [form.parameter for form in forms] == list(CALLED[name].rules)
    assert all(form.agrees for form in forms)
    assert forms[0].source == source
    np.testing.assert_allclose(forms[0].value, run.grads["x"], rtol=1e-9, atol=1e-12)


def test_softmax_and_cross_entropy_send_back_what_was_predicted_minus_what_is_true():
    run = trace("loss = cross_entropy(z, t)", {"z": [2.0, 1.0, -1.0], "t": [0, 1, 0]})
    (form,) = closed_forms(run, "loss/cross_entropy")
    e = np.exp([2.0, 1.0, -1.0])
    np.testing.assert_allclose(form.value, e / e.sum() - [0, 1, 0], rtol=1e-14)
    assert plain(form.formula.latex).endswith(r" = \mathrm{softmax}\left(z\right) - t")


def test_the_gradient_of_a_sum_over_a_row_stands_beside_the_row():
    run = trace("y = np.sum(logsumexp(x) ** 2)", {"x": [[1.0, 2.0, -0.5]]})
    (form,) = closed_forms(run, next(g.id for g in run.structure.groups if g.name == "logsumexp"))
    assert form.agrees
    assert re.search(r"= dy_\w+\[:, None\] \* p$", plain(form.formula.text))
    assert re.search(r"dx\[i,j\] = dy_\w+\[i\] \* p\[i,j\]$", plain(form.elements[0].text))


def test_a_rule_that_takes_something_for_granted_does_not_agree_where_that_fails():
    run = trace("loss = cross_entropy(z, t)", {"z": [2.0, 1.0, -1.0], "t": [0, 1, 1]})
    (form,) = closed_forms(run, "loss/cross_entropy")
    assert not form.agrees
    assert form.holds == "each row of the target adds up to 1"


@pytest.mark.parametrize(
    "source",
    [
        "def softmax(x):\n    return x * x\ny = np.sum(softmax(x))",  # another function of that name
        "y = np.sum(attention(A, A, A))",  # none is known
    ],
)
def test_nothing_is_told_of_what_is_not_known(source):
    values = {"x": [1.0, 2.0], "A": [[1.0, 2.0], [0.5, 0.1]]}
    run = compile_program(source, values, ignore_unknown=True).run()
    assert closed_forms(run, run.structure.groups[0].id) == ()


def test_many_users_are_counted():
    run = trace("y = " + " + ".join(["x * x"] * 40), {"x": 2.0})
    found = derive(run, "x")
    assert (len(found.users), found.more_users) == (12, 68)
    assert "more)" in lines(found.gradient)["names"]


def test_large_arrays_are_named_not_written_out():
    found = derived("y = np.sum(A @ B)", {"A": np.ones((5, 4)), "B": np.ones((4, 6))}, "y.1")
    assert "numbers" not in lines(found.value)
    assert lines(found.inputs[0].message)["shapes"] == "(5×6) @ (6×4) → (5×4)"


def test_constants_and_inputs_compute_nothing():
    assert derived("y = 2 * x", {"x": 1.0}, "x").value == ()


@pytest.mark.parametrize("ask", [derive, closed_forms])
def test_what_is_not_there_is_a_problem(ask):
    with pytest.raises(ValueProblem):
        ask(trace(MINI, VALUES), "nowhere")


@pytest.mark.parametrize("shape", [(4,), (2, 3), (2, 2, 3), (1, 3), (3, 1)], ids=str)
@pytest.mark.parametrize("name", CALLED)
def test_what_is_known_of_a_function_says_it_of_every_element(name, shape):
    call, _ = CALLS[name]
    rng = np.random.default_rng(3)
    t = rng.uniform(size=shape)
    rows = shape[-1:]
    values = {"x": rng.normal(size=shape), "t": t / t.sum(axis=-1, keepdims=True), "w": 1.7}
    values |= {"g": rng.normal(size=rows), "b": rng.normal(size=rows)}
    run = compile_program(f"{call}\nout = np.sum(y * w * (1 + y))", values, ignore_unknown=True).run()
    forms = closed_forms(run, next(g.id for g in run.structure.groups if g.name == name))
    assert forms
    for form in forms:
        assert form.agrees
        main, needed, slopes = sorted_lines(form)
        arrays = {**values, "y": run.values["y"], "dy": run.grads["y"], "δ": np.eye(shape[-1])}
        for line in needed:
            kept = line.split(" = ")[0].endswith("0]")
            arrays[line.split("[")[0]] = np.zeros((*shape[:-1], 1) if kept else shape)
        for line in needed:
            _, arrays[line.split("[")[0]] = loops(line, arrays)
        arrays[f"d{form.source}"] = form.value
        _, looped = loops(main, arrays)
        np.testing.assert_allclose(looped, form.value, rtol=1e-12, atol=1e-12, err_msg=main)
        for line in slopes:
            right = line.split(" = ")[1]
            rows = ",".join("ilm"[: len(shape) - 1])
            left = f"J[{rows}{',' if rows else ''}j,k]"
            _, jacobian = loops(f"{left} = {right}", arrays | {"J": np.zeros((*shape, shape[-1]))})
            sent = np.einsum("...j,...jk->...k", arrays["dy"], jacobian)
            np.testing.assert_allclose(sent, form.value, rtol=1e-12, atol=1e-12, err_msg=line)


def sorted_lines(form):
    """The rule of one element, what it needs, and the Jacobian, if it has one."""
    texts = [plain(line.text) for line in form.elements]
    slopes = [text for text in texts if text.startswith("∂")]
    main, *needed = [text for text in texts if not text.startswith("∂")]
    return main, needed, slopes


def test_a_name_of_a_rule_is_not_that_of_the_program():
    run = trace("loss = cross_entropy(z, p)", {"z": [2.0, 1.0, -1.0], "p": [0, 1, 0]})
    (form,) = closed_forms(run, "loss/cross_entropy")
    assert plain(form.formula.text) == "p_ = softmax(z); dz = dloss * (p_ - p)"
    assert plain(form.elements[0].text) == "dz[i] = p_[i] - p[i]"


def test_an_argument_without_a_name_keeps_its_brackets():
    run = trace("loss = cross_entropy(W @ p, t)", {"W": np.eye(2), "p": np.eye(2), "t": np.eye(2)})
    (form,) = closed_forms(run, "loss/cross_entropy")
    assert plain(form.formula.text) == "p_ = softmax(W @ p); dloss_1 = dloss * (p_ - t) / 2"
    assert r"\left(W\,p\right)_{ij}" in plain(form.elements[1].latex)
