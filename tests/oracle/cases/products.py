"""Matrix products: 1-D, 2-D and batched operands, and batches that broadcast."""

from typing import Any

from tests.oracle.case import Case, normal

SHAPES = (
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((3,), (3, 2)),
    ((2, 3), (3, 2)),
    ((1, 1), (1, 1)),
    ((2, 2, 3), (2, 3, 2)),
    ((2, 2, 3), (3, 2)),
    ((2, 3), (2, 3, 2)),
    ((3,), (2, 3, 2)),
    ((2, 2, 3), (3,)),
    ((2, 1, 2, 3), (3, 3, 2)),
    ((1, 2, 3), (4, 3, 2)),
)


def _matmul(torch: Any, a: Any, b: Any) -> Any:
    p = a * 0.5
    m = p @ b
    y = torch.tanh(m)
    return locals()


def _numbered(left: tuple[int, ...], right: tuple[int, ...]) -> dict[str, Any]:
    return {"a": normal(21, *left), "b": normal(22, *right)}


CASES = [
    Case(f"matmul {left} {right}", "p = a * 0.5\nm = p @ b\ny = np.tanh(m)", _matmul, _numbered(left, right))
    for left, right in SHAPES
]
CASES += [
    Case(f"dot {left} {right}", "p = a * 0.5\nm = np.dot(p, b)\ny = np.tanh(m)", _matmul, _numbered(left, right))
    for left, right in SHAPES[:5]
]
CASES += [
    Case(
        "dot with a scalar",
        "y = np.dot(a, s) + np.matmul(b, b)",
        lambda torch, a, b, s: a * s + b @ b,
        {"a": normal(23, 2, 2), "b": normal(24, 2, 2), "s": 1.4},
    ),
    Case(
        "a matrix by itself, twice",
        "y = a @ a @ a.T",
        lambda torch, a: a @ a @ a.T,
        {"a": normal(25, 3, 3)},
        seed=normal(26, 3, 3),
    ),
    Case(
        "method dot",
        "y = a.dot(b)",
        lambda torch, a, b: a @ b,
        {"a": normal(27, 2, 3), "b": normal(28, 3, 2)},
    ),
]
