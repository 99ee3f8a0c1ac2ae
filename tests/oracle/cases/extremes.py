"""Where float64 runs out: huge and tiny arguments, infinities, and what has no value at all."""

from typing import Any

from tests.oracle.case import Case

INF, NAN = float("inf"), float("nan")
LARGE = [-1000.0, -745.0, -40.0, 0.0, 40.0, 709.0, 1000.0]


def _softplus(torch: Any, x: Any) -> Any:
    # PyTorch's own softplus turns into x above 20, which is off by 2e-9 there.
    return torch.logaddexp(x, torch.zeros_like(x))


# name: (text over x, the same in PyTorch, where).
TABLE = {
    "sigmoid": ("sigmoid(x)", lambda torch, x: torch.sigmoid(x), [*LARGE, INF, -INF]),
    "tanh": ("np.tanh(x)", lambda torch, x: torch.tanh(x), [*LARGE, INF, -INF, NAN]),
    "softplus": ("softplus(x)", _softplus, LARGE),
    "gelu": ("gelu(x)", lambda torch, x: torch.nn.functional.gelu(x), LARGE),
    "silu": ("silu(x)", lambda torch, x: torch.nn.functional.silu(x), LARGE),
    "erf": ("erf(x)", lambda torch, x: torch.erf(x), [*LARGE, 1e-300]),
    "exp": ("np.exp(x)", lambda torch, x: torch.exp(x), [*LARGE, INF, -INF]),
    "expm1": ("np.expm1(x)", lambda torch, x: torch.expm1(x), [*LARGE, 1e-20, -1e-20]),
    "log": ("np.log(x)", lambda torch, x: torch.log(x), [0.0, 1e-300, 1e300, INF, -1.0]),
    "log1p": ("np.log1p(x)", lambda torch, x: torch.log1p(x), [0.0, 1e-20, -1.0, -2.0, 1e300]),
    "sqrt": ("np.sqrt(x)", lambda torch, x: torch.sqrt(x), [0.0, 1e-300, 1e300, INF, -1.0]),
    "square": ("x ** 2", lambda torch, x: x**2, [1e200, -1e200, 1e-200, INF]),
    "cube": ("x ** 3", lambda torch, x: x**3, [1e150, -1e150, 1e-150, INF, -INF]),
    "root of a power": ("x ** 0.5", lambda torch, x: x**0.5, [0.0, 4.0, -4.0, INF]),
    "cube root of a negative": ("x ** (1/3)", lambda torch, x: x ** (1 / 3), [-8.0, 8.0]),
    "power -1": ("x ** -1", lambda torch, x: x**-1, [0.0, 1e-310, INF]),
    "reciprocal": ("1 / x", lambda torch, x: 1 / x, [0.0, 1e-310, INF, -INF]),
    "elu": ("elu(x)", lambda torch, x: torch.nn.functional.elu(x), LARGE),
    "relu": ("relu(x)", lambda torch, x: torch.relu(x), [*LARGE, INF, -INF]),
    "overflow of a product": ("x * x * x", lambda torch, x: x * x * x, [1e200, -1e200, INF]),
}

# name: (text over x, the same in PyTorch, where): functions of a whole row.
ROWS = {
    "logsumexp": (
        "logsumexp(x)",
        lambda torch, x: torch.logsumexp(x, -1),
        [[1000.0, 1001.0, 999.0], [-1000.0, -1001.0, 0.0]],
    ),
    "softmax": (
        "softmax(x) * x",
        lambda torch, x: torch.softmax(x, -1) * x,
        [[1000.0, 1001.0, -1000.0], [1e300, 0.0, 1.0]],
    ),
    "log_softmax": (
        "log_softmax(x)",
        lambda torch, x: torch.log_softmax(x, -1),
        [[1000.0, 0.0, -1000.0], [5.0, 5.0, 5.0]],
    ),
    "layernorm of a constant row": (
        "layernorm(x)",
        lambda torch, x: torch.nn.functional.layer_norm(x, (4,)),
        [[2.0, 2.0, 2.0, 2.0]],
    ),
    "cross_entropy": (
        "cross_entropy(x, np.array([[0, 1], [1, 0]]))",
        lambda torch, x: torch.nn.functional.cross_entropy(x, torch.tensor([1, 0])),
        [[1000.0, -1000.0], [300.0, -300.0]],
    ),
    "binary_cross_entropy": (
        "binary_cross_entropy(x, np.array([0, 1, 1, 0, 1]))",
        lambda torch, x: torch.nn.functional.binary_cross_entropy_with_logits(
            x, torch.tensor([0, 1, 1, 0, 1], dtype=torch.float64)
        ),
        [1000.0, -1000.0, 50.0, -50.0, 0.0],
    ),
}

# text over two scalars, the same in PyTorch, where.
PAIRS = [
    ("a / b", lambda torch, a, b: a / b, 0.0, 0.0),
    ("a / b", lambda torch, a, b: a / b, 1.0, 0.0),
    ("a / b", lambda torch, a, b: a / b, -1.0, 0.0),
    ("a / b", lambda torch, a, b: a / b, 1e300, 1e-300),
    ("a ** b", lambda torch, a, b: a**b, 0.0, 2.0),
    ("a ** b", lambda torch, a, b: a**b, 0.0, 0.0),
    ("a ** b", lambda torch, a, b: a**b, -2.0, 2.0),
    ("a ** b", lambda torch, a, b: a**b, -8.0, 1 / 3),
    ("a ** b", lambda torch, a, b: a**b, 10.0, 400.0),
    ("a * b", lambda torch, a, b: a * b, 1e200, 1e200),
    ("a - b", lambda torch, a, b: a - b, INF, INF),
]

CASES = [
    *(
        Case(f"{name}, far out", f"y = {text}", function, {"x": points})
        for name, (text, function, points) in TABLE.items()
    ),
    *(
        Case(f"{name}, far out, at {x!r}", f"y = {text}", function, {"x": x})
        for name, (text, function, points) in TABLE.items()
        for x in points
    ),
    *(
        Case(f"{name}, far out", f"y = {text}", function, {"x": rows}, elements=False)
        for name, (text, function, rows) in ROWS.items()
    ),
    *(Case(f"{text} at {a!r}, {b!r}", f"y = {text}", function, {"a": a, "b": b}) for text, function, a, b in PAIRS),
]
