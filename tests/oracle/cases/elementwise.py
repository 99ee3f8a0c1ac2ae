"""Every elementwise op and mask: on arrays with compound operands and broadcasting, and on scalars."""

from typing import Any

from tests.oracle.case import Case, normal

# op: (text over u and v, the same in PyTorch). u = x * w broadcasts (2, 3) with (3,), v = x - k (2, 3) with (2, 1).
TABLE = {
    "add": ("u + v", lambda torch, u, v: u + v),
    "subtract": ("u - v * u", lambda torch, u, v: u - v * u),
    "multiply": ("u * v", lambda torch, u, v: u * v),
    "divide": ("u / (v * v + 1)", lambda torch, u, v: u / (v * v + 1)),
    "power": ("(u * u + 0.5) ** v", lambda torch, u, v: (u * u + 0.5) ** v),
    "power_of_2": ("(u + v) ** 2", lambda torch, u, v: (u + v) ** 2),
    "power_of_3": ("(u + v) ** 3", lambda torch, u, v: (u + v) ** 3),
    "power_of_minus_1": ("(u * v + 9) ** -1", lambda torch, u, v: (u * v + 9) ** -1),
    "power_of_half": ("(u * u + 0.3) ** 0.5", lambda torch, u, v: (u * u + 0.3) ** 0.5),
    "power_of_0": ("u ** 0 * v", lambda torch, u, v: u**0 * v),
    "power_of_1": ("u ** 1 * v", lambda torch, u, v: u**1 * v),
    "power_with_base": ("2 ** (u - v)", lambda torch, u, v: 2 ** (u - v)),
    "negative": ("-(u * v)", lambda torch, u, v: -(u * v)),
    "double_negative": ("--u - -v", lambda torch, u, v: u + v),
    "power_then_negative": ("-u ** 2 + v", lambda torch, u, v: -(u**2) + v),
    "square": ("np.square(u - v)", lambda torch, u, v: torch.square(u - v)),
    "greater": ("(u > v) * u", lambda torch, u, v: (u > v) * u),
    "greater_equal": ("(u >= v) * u", lambda torch, u, v: (u >= v) * u),
    "less": ("(u < v) * u", lambda torch, u, v: (u < v) * u),
    "less_equal": ("(u <= v) * u", lambda torch, u, v: (u <= v) * u),
    "equal": ("(u == u) * v * u", lambda torch, u, v: (u == u) * v * u),
    "not_equal": ("(u != v) * u", lambda torch, u, v: (u != v) * u),
    "logical_and": ("((u > 0) & (v > 0)) * u", lambda torch, u, v: ((u > 0) & (v > 0)) * u),
    "logical_or": ("((u > 0) | (v > 0)) * u", lambda torch, u, v: ((u > 0) | (v > 0)) * u),
    "logical_not": ("np.logical_not(u > v) * u", lambda torch, u, v: (~(u > v)) * u),
    "exp": ("np.exp(u - v)", lambda torch, u, v: torch.exp(u - v)),
    "log": ("np.log(u * u + v * v)", lambda torch, u, v: torch.log(u * u + v * v)),
    "log1p": ("np.log1p(u * u)", lambda torch, u, v: torch.log1p(u * u)),
    "expm1": ("np.expm1(u * v)", lambda torch, u, v: torch.expm1(u * v)),
    "sqrt": ("np.sqrt(u * u + v * v)", lambda torch, u, v: torch.sqrt(u * u + v * v)),
    "sin": ("v * np.sin(u)", lambda torch, u, v: v * torch.sin(u)),
    "cos": ("v * np.cos(u)", lambda torch, u, v: v * torch.cos(u)),
    "sinh": ("np.sinh(u + v)", lambda torch, u, v: torch.sinh(u + v)),
    "cosh": ("np.cosh(u + v)", lambda torch, u, v: torch.cosh(u + v)),
    "tan": ("np.tan(u / 4)", lambda torch, u, v: torch.tan(u / 4)),
    "arcsin": ("np.arcsin(np.sin(u) * 0.9)", lambda torch, u, v: torch.arcsin(torch.sin(u) * 0.9)),
    "arccos": ("np.arccos(np.sin(u) * 0.9)", lambda torch, u, v: torch.arccos(torch.sin(u) * 0.9)),
    "arctan": ("np.arctan(u * v)", lambda torch, u, v: torch.arctan(u * v)),
    "arctan2": ("np.arctan2(u, v)", lambda torch, u, v: torch.arctan2(u, v)),
    "arcsinh": ("np.arcsinh(u * v)", lambda torch, u, v: torch.arcsinh(u * v)),
    "arccosh": ("np.arccosh(u * u + 1.5)", lambda torch, u, v: torch.arccosh(u * u + 1.5)),
    "arctanh": ("np.arctanh(np.sin(u) * 0.9)", lambda torch, u, v: torch.arctanh(torch.sin(u) * 0.9)),
    "log2": ("np.log2(u * u + v * v)", lambda torch, u, v: torch.log2(u * u + v * v)),
    "log10": ("np.log10(u * u + v * v)", lambda torch, u, v: torch.log10(u * u + v * v)),
    "exp2": ("np.exp2(u - v)", lambda torch, u, v: torch.exp2(u - v)),
    "cbrt": ("np.cbrt(u * v)", lambda torch, u, v: torch.sign(u * v) * torch.abs(u * v) ** (1 / 3)),
    "hypot": ("np.hypot(u, v)", lambda torch, u, v: torch.hypot(u, v)),
    "logaddexp": ("np.logaddexp(u, v)", lambda torch, u, v: torch.logaddexp(u, v)),
    "deg2rad": ("np.sin(np.deg2rad(u * 40))", lambda torch, u, v: torch.sin(torch.deg2rad(u * 40))),
    "rad2deg": ("np.rad2deg(u * v)", lambda torch, u, v: torch.rad2deg(u * v)),
    "reciprocal": ("np.reciprocal(u)", lambda torch, u, v: torch.reciprocal(u)),
    "sign": ("np.sign(u) * v * u", lambda torch, u, v: torch.sign(u) * v * u),
    "floor": ("np.floor(u * 3) * v * u", lambda torch, u, v: torch.floor(u * 3) * v * u),
    "ceil": ("np.ceil(u * 3) * v * u", lambda torch, u, v: torch.ceil(u * 3) * v * u),
    "trunc": ("np.trunc(u * 3) * v * u", lambda torch, u, v: torch.trunc(u * 3) * v * u),
    "rint": ("np.rint(u * 3) * v * u", lambda torch, u, v: torch.round(u * 3) * v * u),
    "round": ("np.round(u, 1) * v * u", lambda torch, u, v: torch.round(u, decimals=1) * v * u),
    "isnan": ("np.where(np.isnan(u), v, u)", lambda torch, u, v: torch.where(torch.isnan(u), v, u)),
    "isinf": ("np.where(np.isinf(u), v, u)", lambda torch, u, v: torch.where(torch.isinf(u), v, u)),
    "isfinite": ("np.isfinite(u) * v * u", lambda torch, u, v: torch.isfinite(u) * v * u),
    "isclose": ("np.isclose(u, v, rtol=0.5) * v * u", lambda torch, u, v: torch.isclose(u, v, rtol=0.5) * v * u),
    "logical_xor": (
        "np.logical_xor(u > 0, v > 0) * v * u",
        lambda torch, u, v: torch.logical_xor(u > 0, v > 0) * v * u,
    ),
    "floor_divide": (
        "np.floor_divide(u * 3, v) * v * u",
        lambda torch, u, v: torch.div(u * 3, v, rounding_mode="floor") * v * u,
    ),
    "fmod": ("np.fmod(u * 3, v)", lambda torch, u, v: torch.fmod(u * 3, v)),
    "mod": ("np.mod(u * 3, v)", lambda torch, u, v: torch.remainder(u * 3, v)),
    "tanh": ("np.tanh(u + v)", lambda torch, u, v: torch.tanh(u + v)),
    "erf": ("erf(u * v)", lambda torch, u, v: torch.erf(u * v)),
    "erfc": ("erfc(u * v)", lambda torch, u, v: torch.erfc(u * v)),
    "abs": ("np.abs(u * v)", lambda torch, u, v: torch.abs(u * v)),
    "maximum": ("np.maximum(u, v)", lambda torch, u, v: torch.maximum(u, v)),
    "minimum": ("np.minimum(u, v)", lambda torch, u, v: torch.minimum(u, v)),
    "clip": ("np.clip(u + v, -0.5, 0.7)", lambda torch, u, v: torch.clamp(u + v, -0.5, 0.7)),
    "clip_between_arrays": (
        "np.clip(u, v - 0.3, v * v + 0.8)",
        lambda torch, u, v: torch.clamp(u, v - 0.3, v * v + 0.8),
    ),
    "where": ("np.where(u > v, u * v, u - v)", lambda torch, u, v: torch.where(u > v, u * v, u - v)),
    "sigmoid": ("sigmoid(u - v)", lambda torch, u, v: torch.sigmoid(u - v)),
    "relu": ("relu(u * v)", lambda torch, u, v: torch.relu(u * v)),
    "leaky_relu": ("leaky_relu(u * v, slope=0.1)", lambda torch, u, v: torch.nn.functional.leaky_relu(u * v, 0.1)),
    "elu": ("elu(u * v, alpha=1.5)", lambda torch, u, v: torch.nn.functional.elu(u * v, alpha=1.5)),
    "gelu": ("gelu(u - v)", lambda torch, u, v: torch.nn.functional.gelu(u - v)),
    "softplus": ("softplus(u - v)", lambda torch, u, v: torch.nn.functional.softplus(u - v)),
    "used_twice": ("u * np.sin(u) + u", lambda torch, u, v: u * torch.sin(u) + u),
}

ARRAYS = {"x": normal(1, 2, 3), "w": normal(2, 3), "k": normal(3, 2, 1), "c": normal(4, 2, 1)}
SCALARS = ({"x": 0.7, "w": 1.3, "k": -0.4, "c": 2.5}, {"x": -1.2, "w": 0.6, "k": 0.9, "c": -1.5})


def _cases(op: str, text: str, function: Any) -> list[Case]:
    binary = "v" in text
    program = "\n".join(["u = x * w", *(["v = x - k"] if binary else []), f"f = {text}", "y = f * c"])

    def torch_version(torch: Any, x: Any, w: Any, c: Any, k: Any = None) -> Any:
        u = x * w
        v = x - k if binary else None
        f = function(torch, u, v)
        y = f * c
        return locals()

    def needed(values: Any) -> Any:
        return {name: value for name, value in values.items() if binary or name != "k"}

    first, second = SCALARS
    return [
        Case(op, program, torch_version, needed(ARRAYS), seed=normal(5, 2, 3)),
        Case(f"{op} of scalars", program, torch_version, needed(first), seed=1.7),
        Case(f"{op} of other scalars", program, torch_version, needed(second)),
    ]


CASES = [case for op, (text, function) in TABLE.items() for case in _cases(op, text, function)]
