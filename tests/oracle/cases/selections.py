"""What arrives is infinite, or no number, and one side was not selected: in a product with 0 it would be nan. Also clip
in all its forms, its bounds numbers and variables, on them and where they meet or cross."""

from typing import Any

from tests.oracle.case import Case

INF, NAN = float("inf"), float("nan")


def _clip(torch: Any, x: Any, low: Any, high: Any) -> Any:
    """Where the bounds meet, torch.clamp lets the gradient of x pass on them, and hands on none outside; the result is
    the upper bound there, wherever x is."""
    low, high = (bound if hasattr(bound, "dtype") else torch.full_like(x, bound) for bound in (low, high))
    return torch.where(low >= high, high, torch.clamp(x, low, high))


# name: (text over x and w, the same in PyTorch, x, w). The root of the result has an infinite slope at 0, none below.
ELEMENTWISE = {
    "relu": ("relu(x)", lambda torch, x, w: torch.relu(x), [-1.0, 0.0, 4.0, INF], None),
    "relu of a copy": ("relu(x + w)", lambda torch, x, w: torch.relu(x + w), [-1.0, 4.0], [0.5, 0.0]),
    "leaky_relu of slope 0": ("leaky_relu(x, slope=0)", lambda torch, x, w: torch.relu(x), [-1.0, 0.0, 4.0], None),
    "leaky_relu": (
        "leaky_relu(x, slope=0.1)",
        lambda torch, x, w: torch.nn.functional.leaky_relu(x, 0.1),
        [-1.0, 0.0, 4.0],
        None,
    ),
    "elu": ("elu(x, alpha=2.0)", lambda torch, x, w: torch.nn.functional.elu(x, alpha=2.0), [-1.0, 4.0], None),
    "maximum": (
        "np.maximum(x, w)",
        lambda torch, x, w: torch.maximum(x, w),
        [0.0, -1.0, 0.0, -2.0, 4.0],
        [-1.0, 0.0, 0.0, -2.0, 9.0],
    ),
    "minimum": (
        "np.minimum(x, w)",
        lambda torch, x, w: torch.minimum(x, w),
        [0.0, 1.0, 0.0, -2.0, 4.0],
        [1.0, 0.0, 0.0, 3.0, 9.0],
    ),
    "maximum with 0": (
        "np.maximum(0, x)",
        lambda torch, x, w: torch.maximum(torch.zeros_like(x), x),
        [-1.0, 0.0, 4.0],
        None,
    ),
    "where": (
        "np.where(x > w, x, w)",
        lambda torch, x, w: torch.where(x > w, x, w),
        [0.0, -1.0, -2.0, 4.0],
        [-1.0, 0.0, -3.0, 9.0],
    ),
    "where of a number": (
        "np.where(w > 0, x, 0)",
        lambda torch, x, w: torch.where(w > 0, x, 0.0),
        [-1.0, 0.0, 4.0],
        [-1.0, 1.0, 1.0],
    ),
    "clip": ("np.clip(x, 0, 4)", lambda torch, x, w: torch.clamp(x, 0, 4), [-1.0, 0.0, 1.0, 4.0, 9.0], None),
    "clip above alone": (
        "np.clip(x, -np.inf, 0)",
        lambda torch, x, w: torch.clamp(x, max=0.0),
        [-1.0, 0.0, 9.0],
        None,
    ),
    "clip between variables": (
        "np.clip(x, w, 4)",
        lambda torch, x, w: _clip(torch, x, w, 4.0),
        [-1.0, 0.0, 1.0, 4.0, 9.0, 0.0],
        [0.0, 0.0, -1.0, 0.0, 0.0, 0.0],
    ),
    "power 0": ("(x ** 0 - 1) * w", lambda torch, x, w: (x**0 - 1) * w, [3.0, 0.0], [1.0, 1.0]),
    "power of a variable that is 0": ("x ** w - 1", lambda torch, x, w: x**w - 1, [3.0, 2.0], [0.0, 1.0]),
    "abs, which is no selection": ("np.abs(x)", lambda torch, x, w: torch.abs(x), [0.0, -4.0], None),
    "a mask as a factor, which is none": ("x * x * (x > 0)", lambda torch, x, w: x * x * (x > 0), [-1.0, 4.0], None),
}

# name: (text over x, the same in PyTorch, x). torch.amax multiplies with its shares; without ties, torch.max picks.
GATHERING = {
    "max": ("np.max(x)", lambda torch, x: torch.max(x.reshape(-1), 0).values, [[-1.0, 0.0], [-3.0, -2.0]]),
    "min": ("np.min(x)", lambda torch, x: torch.min(x.reshape(-1), 0).values, [[1.0, 0.0], [3.0, 2.0]]),
    "max along rows": (
        "np.max(x, axis=1)",
        lambda torch, x: torch.max(x, 1).values,
        [[-1.0, 0.0], [-3.0, -2.0], [4.0, 1.0]],
    ),
    "min along columns, kept": (
        "np.min(x, axis=0, keepdims=True)",
        lambda torch, x: torch.min(x, 0, keepdim=True).values,
        [[1.0, 0.0], [0.0, 2.0]],
    ),
    "max of selected": ("np.max(x[::2])", lambda torch, x: torch.max(x[::2], 0).values, [-1.0, 5.0, 0.0]),
}

# x, lower and upper bound: inside, on a bound, outside; bounds that meet, and that cross.
BOUNDS = [(x, low, high) for low, high in ((0.0, 1.0), (0.5, 0.5), (1.0, 0.0)) for x in (-1.0, 0.0, 0.5, 1.0, 2.0)]

# text over x, w and v: which of x, w and v are variables.
CLIPS = {
    "clip(x, {low}, {high})": "x",
    "clip(x, w, {high})": "xw",
    "clip(x, {low}, v)": "xv",
    "clip(x, w, v)": "xwv",
}


def _elementwise(name: str) -> list[Case]:
    text, function, x, w = ELEMENTWISE[name]
    program = f"s = {text}\ny = np.sqrt(s)"

    def torch_version(torch: Any, x: Any, w: Any = None) -> Any:
        s = function(torch, x, w)
        y = torch.sqrt(s)
        return {"s": s, "y": y}

    rows = [{"x": a} if w is None else {"x": a, "w": w[i]} for i, a in enumerate(x)]
    whole = {"x": x} if w is None else {"x": x, "w": w}
    return [
        Case(f"{name}, selected", program, torch_version, whole),
        *(Case(f"{name}, selected, at {i}", program, torch_version, row, seed=2.0) for i, row in enumerate(rows)),
        Case(f"{name}, nan arrives", f"y = {text}", lambda torch, x, w=None: function(torch, x, w), whole, seed=NAN),
        Case(f"{name}, inf arrives", f"y = {text}", lambda torch, x, w=None: function(torch, x, w), whole, seed=INF),
    ]


def _gathering(name: str) -> list[Case]:
    text, function, x = GATHERING[name]

    def torch_version(torch: Any, x: Any) -> Any:
        s = function(torch, x)
        y = torch.sqrt(s)
        return {"s": s, "y": y}

    return [
        Case(f"{name}, selected", f"s = {text}\ny = np.sqrt(s)", torch_version, {"x": x}),
        Case(f"{name}, nan arrives", f"y = {text}", lambda torch, x: function(torch, x), {"x": x}, seed=NAN),
    ]


def _clips(form: str) -> list[Case]:
    named = CLIPS[form]

    def case(place: int) -> Case:
        x, low, high = BOUNDS[place]
        values = {name: value for name, value in zip("xwv", (x, low, high), strict=True) if name in named}
        return Case(
            f"{form}, at {x} between {low} and {high}",
            f"y = {form.format(low=low, high=high)}",
            lambda torch, x, w=low, v=high: _clip(torch, x, w, v),
            values,
        )

    cases = [case(place) for place in range(len(BOUNDS))]
    if named == "xwv":
        x, low, high = zip(*BOUNDS, strict=True)
        values = {"x": list(x), "w": list(low), "v": list(high)}
        cases.append(Case("clip, everywhere", f"y = {form}", lambda torch, x, w, v: _clip(torch, x, w, v), values))
    return cases


CASES = [
    *(case for name in ELEMENTWISE for case in _elementwise(name)),
    *(case for name in GATHERING for case in _gathering(name)),
    *(case for form in CLIPS for case in _clips(form)),
]
