"""Where the derivative is a matter of convention: corners and ties, exactly hit."""

from typing import Any

from tests.oracle.case import Case

POINTS = [-1.5, -1.0, -0.0, 0.0, 0.5, 1.0]
PAIRS = {"a": [1.0, 2.0, -1.0, 0.0, 3.0], "b": [1.0, 1.5, -1.0, -0.0, 4.0]}
GRID = [[1.0, 3.0, 3.0, 0.0], [2.0, 2.0, 2.0, 2.0], [-1.0, -1.0, 5.0, -1.0]]

# name: (text over x, at POINTS, the same in PyTorch).
AT_POINTS = {
    "relu": ("relu(x)", lambda torch, x: torch.relu(x)),
    "abs": ("np.abs(x)", lambda torch, x: torch.abs(x)),
    "leaky_relu": ("leaky_relu(x)", lambda torch, x: torch.nn.functional.leaky_relu(x, 0.01)),
    "elu": ("elu(x, alpha=2.0)", lambda torch, x: torch.nn.functional.elu(x, alpha=2.0)),
    "clip": ("np.clip(x, -1.0, 0.5)", lambda torch, x: torch.clamp(x, -1.0, 0.5)),
    "maximum with 0": ("np.maximum(x, 0)", lambda torch, x: torch.maximum(x, torch.zeros_like(x))),
    "maximum with 0 first": ("np.maximum(0, x)", lambda torch, x: torch.maximum(torch.zeros_like(x), x)),
    "minimum with 1": ("np.minimum(x, 1)", lambda torch, x: torch.minimum(x, torch.ones_like(x))),
    "square": ("x ** 2", lambda torch, x: x**2),
    "power 1": ("x ** 1", lambda torch, x: x**1),
    "power 0": ("x ** 0", lambda torch, x: x**0),
    "where": ("np.where(x > 0, x, 2 * x)", lambda torch, x: torch.where(x > 0, x, 2 * x)),
}

# name: (text over a and b, at PAIRS, the same in PyTorch).
OF_PAIRS = {
    "maximum": ("np.maximum(a, b)", lambda torch, a, b: torch.maximum(a, b)),
    "minimum": ("np.minimum(a, b)", lambda torch, a, b: torch.minimum(a, b)),
    "maximum of the same": ("np.maximum(a, a) + b", lambda torch, a, b: torch.maximum(a, a) + b),
}

# name: (text over x, at GRID, the same in PyTorch).
IN_GRID = {
    "max": ("np.max(x)", lambda torch, x: torch.amax(x)),
    "min": ("np.min(x)", lambda torch, x: torch.amin(x)),
    "max along rows": ("np.max(x, axis=1)", lambda torch, x: torch.amax(x, 1)),
    "min along columns": ("np.min(x, axis=0)", lambda torch, x: torch.amin(x, 0)),
    "softmax of equals": ("softmax(x) * x", lambda torch, x: torch.softmax(x, -1) * x),
    "max keepdims": ("x - np.max(x, axis=1, keepdims=True)", lambda torch, x: x - torch.amax(x, 1, keepdim=True)),
}


def _scalars(name: str, text: str, function: Any) -> list[Case]:
    return [Case(f"{name}, on its kink, at {x}", f"y = {text}", function, {"x": x}, seed=2.0) for x in POINTS]


CASES = [
    *(
        Case(f"{name}, on its kink", f"y = {text}", function, {"x": POINTS})
        for name, (text, function) in AT_POINTS.items()
    ),
    *(case for name, (text, function) in AT_POINTS.items() for case in _scalars(name, text, function)),
    *(Case(f"{name}, tied", f"y = {text}", function, PAIRS) for name, (text, function) in OF_PAIRS.items()),
    *(
        Case(f"{name}, scalars tied", f"y = {text}", function, {"a": 1.5, "b": 1.5})
        for name, (text, function) in OF_PAIRS.items()
    ),
    *(Case(f"{name}, tied", f"y = {text}", function, {"x": GRID}) for name, (text, function) in IN_GRID.items()),
]
