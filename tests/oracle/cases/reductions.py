"""Every reduction along every kind of axis, with and without keepdims."""

from typing import Any

from tests.oracle.case import Case, normal

AXES: tuple[Any, ...] = (None, 0, 1, -1, (0, 2), (1, 2), (0, 1, 2))

# op: the same in PyTorch, given the axes as a tuple.
TABLE = {
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
