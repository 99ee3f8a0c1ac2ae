"""Every reduction along every kind of axis, with and without keepdims."""

from typing import Any

import numpy as np

from tests.oracle.case import Case, normal

AXES: tuple[Any, ...] = (None, 0, 1, -1, (0, 2), (1, 2), (0, 1, 2))


# op: the same in PyTorch, given the axes as a tuple.
def _prod(torch: Any, b: Any, dim: tuple[int, ...], keepdim: bool) -> Any:
    for axis in sorted(dim, reverse=True):
        b = torch.prod(b, axis, keepdim)
    return b


TABLE = {
    "prod": _prod,
    "sum": lambda torch, b, dim, keepdim: torch.sum(b, dim, keepdim),
    "mean": lambda torch, b, dim, keepdim: torch.mean(b, dim, keepdim),
    "var": lambda torch, b, dim, keepdim: torch.var(b, dim, correction=0, keepdim=keepdim),
    "std": lambda torch, b, dim, keepdim: torch.std(b, dim, correction=0, keepdim=keepdim),
    "max": lambda torch, b, dim, keepdim: torch.amax(b, dim, keepdim),
    "min": lambda torch, b, dim, keepdim: torch.amin(b, dim, keepdim),
}


def _case(op: str, axis: Any, keepdims: bool, function: Any) -> Case:
    axes = (0, 1, 2) if axis is None else axis if isinstance(axis, tuple) else (axis,)

    def torch_version(torch: Any, a: Any, w: Any) -> Any:
        b = a * w
        r = function(torch, b, axes, keepdims)
        y = r * r + r
        return locals()

    program = f"b = a * w\nr = np.{op}(b, axis={axis}, keepdims={keepdims})\ny = r * r + r"
    name = f"{op} axis={axis}" + (" keepdims" if keepdims else "")
    return Case(name, program, torch_version, {"a": normal(11, 2, 3, 2), "w": normal(12, 3, 1)})


CASES = [
    _case(op, axis, keepdims, function) for op, function in TABLE.items() for axis in AXES for keepdims in (False, True)
]
CASES += [
    Case(
        f"prod with {zeros} zeros",
        "y = np.prod(a, axis=1) + np.prod(a)",
        lambda torch, a: torch.prod(a, 1) + torch.prod(a),
        {"a": normal(17, 3, 4) * np.where(np.arange(12).reshape(3, 4) % 5 < zeros, 0.0, 1.0)},
    )
    for zeros in (1, 2)
]
CASES += [
    Case(
        "running sums",
        "y = np.cumsum(a * a, axis=1) * np.cumsum(a, axis=0) * np.sum(np.cumsum(a) ** 2)",
        lambda torch, a: torch.cumsum(a * a, 1) * torch.cumsum(a, 0) * torch.sum(torch.cumsum(a.reshape(-1), 0) ** 2),
        {"a": normal(18, 3, 4)},
    ),
    Case(
        "sorted along both axes",
        "y = np.sort(a * a, axis=0) * np.sort(a) + a",
        lambda torch, a: torch.sort(a * a, dim=0, stable=True).values * torch.sort(a, stable=True).values + a,
        {"a": normal(19, 3, 4)},
    ),
    Case(
        "sorted with ties",
        "y = np.sort(a) * np.array([1.0, 2.0, 3.0, 4.0])",
        lambda torch, a: torch.sort(a, stable=True).values * torch.tensor([1.0, 2.0, 3.0, 4.0]),
        {"a": [2.0, 1.0, 2.0, 1.0]},
    ),
    Case(
        "orders and places",
        "y = a * np.argsort(a, axis=0) + a * np.argmax(a, axis=0) - a * np.argmin(a)",
        lambda torch, a: a * torch.argsort(a, 0) + a * torch.argmax(a, 0) - a * torch.argmin(a),
        {"a": normal(20, 3, 4)},
    ),
    Case(
        "questions along axes",
        "y = a * np.any(a > 1, axis=0) + a * np.all(a > -1, axis=0) + a * np.count_nonzero(a > 0)",
        lambda torch, a: a * (a > 1).any(0) + a * (a > -1).all(0) + a * torch.count_nonzero(a > 0),
        {"a": normal(21, 3, 4)},
    ),
    Case(
        "sum broadcast back against its array",
        "s = np.sum(a, axis=1, keepdims=True)\ny = a / s",
        lambda torch, a: a / a.sum(1, keepdim=True),
        {"a": abs(normal(13, 3, 4)) + 0.5},
        seed=normal(14, 3, 4),
    ),
    Case(
        "methods",
        "y = a.sum(axis=0) * a.mean(axis=0) + a.max(axis=0) - a.min(axis=0) + a.var(axis=0)",
        lambda torch, a: a.sum(0) * a.mean(0) + a.amax(0) - a.amin(0) + a.var(0, correction=0),
        {"a": normal(15, 4, 3)},
    ),
    Case(
        "var with ddof",
        "y = np.var(a * a, axis=1, ddof=1)",
        lambda torch, a: torch.var(a * a, 1, correction=1),
        {"a": normal(16, 3, 4)},
    ),
]
