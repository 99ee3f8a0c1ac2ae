"""The slope of a function of one number as a formula, evaluated beside the backward pass."""

import pytest

from app.engine import compile_program
from app.engine.explain.derivation.limit import formulas, slope
from app.engine.ops import CONSTANT, REGISTRY
from app.engine.ops.dialects import ARRAY
from app.engine.ops.rules import namespace

PROGRAMS = (
    "silu(x)",
    "gelu_tanh(x)",
    "x",
    "-x",
    "x * x * x - 3 * x + 2",
    "sigmoid(x) * np.tanh(x) / (1 + x ** 2)",
    "relu(x) * x + np.sin(x * x)",
    "np.exp(-x) ** 2 / (3 - np.cos(x))",
    *(
        f"{name}(x)"
        for name, op in REGISTRY.items()
        if op.kind == "elementwise" and len(op.inputs) == 1 and op.samples is not None and op.samples[0] < -1
    ),
)


@pytest.mark.parametrize("formula", PROGRAMS)
@pytest.mark.parametrize("x", [-2.3, -0.7, 0.4, 1.9])
def test_the_formula_is_worth_the_gradient(formula: str, x: float) -> None:
    trace = compile_program(f"y = {formula}", {"x": x}).run()
    schedule = trace.structure.schedule
    values = {f"v{i}": node.value for i, node in enumerate(schedule.nodes) if node.op is CONSTANT}
    values |= {f"v{i}": value for i, value in zip(schedule.graph, trace.value_list, strict=True)}
    text = ARRAY.print(slope(trace.structure), {str(i): f"v{i}" for i in range(len(schedule.nodes))})
    assert eval(text, namespace() | values) == pytest.approx(trace.grads["x"], rel=1e-12, abs=1e-12)


def test_what_is_long_and_repeats_gets_a_letter() -> None:
    told = formulas(compile_program("y = np.exp(x * x * x - 2) * np.sqrt(x * x * x + 2)", {"x": 1.0}).structure)
    assert told.definition == r"u \cdot t"
    assert told.slope.startswith(r"t \cdot u \cdot ")
    assert told.letters == (
        r"t = \sqrt{x \cdot x \cdot x + 2}",
        r"u = e^{x \cdot x \cdot x - 2}",
    )
    assert "sqrt" not in told.slope
