"""Values and slopes of every smooth function at the ends of float64, to many digits: writes tests/tables/tails.json.

`python -m tests.oracle.tails` renews the file; it needs mpmath (https://mpmath.org), which nothing else here does. The
formulas are the textbook's, evaluated with a thousand digits; at infinity stand the limits, which are stated below.
`tests/engine/test_tails.py` compares.
"""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mpmath as mp

FILE = Path(__file__).parents[1] / "tables" / "tails.json"
DIGITS = 1000
FAR = (
    1.0,
    3.0,
    9.0,
    15.0,
    20.0,
    26.0,
    37.0,
    38.5,
    40.0,
    100.0,
    300.0,
    354.0,
    700.0,
    709.0,
    745.0,
    1000.0,
    1e154,
    1e308,
)
SMALL = (5e-324, 1e-310, 1e-300, 1e-20, 1e-8, 1e-3, 0.3)
POINTS = (*(-x for x in reversed(FAR)), *(-x for x in reversed(SMALL)), 0.0, *SMALL, *FAR)
POSITIVE = tuple(x for x in POINTS if x > 0)
INF, NAN = math.inf, math.nan

Real = Any
Row = tuple[str, Callable[[Real], Real], Callable[[Real], Real], Any, Any]


def sigmoid(x: Real) -> Real:
    return 1 / (1 + mp.exp(-x))


def tail(x: Real) -> Real:
    """The part of the bell curve to the left of x; beyond 1000 its distance from 0 or 1 has no place in float64."""
    return mp.mpf(x > 0) if abs(x) > 1000 else mp.erfc(-x / mp.sqrt(2)) / 2


def density(x: Real) -> Real:
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def bend(x: Real) -> Real:
    return mp.sqrt(8 / mp.pi) * (x + mp.mpf("0.044715") * x**3)


def erfc(x: Real) -> Real:
    return 2 * tail(-x * mp.sqrt(2))


def asinh(x: Real) -> Real:
    """Odd, as the logarithm is where x is not negative."""
    return mp.sign(x) * mp.log(abs(x) + mp.sqrt(x * x + 1))


def elu(x: Real, alpha: Real) -> Real:
    return x if x > 0 else alpha * mp.expm1(x)


def bell(x: Real) -> Real:
    return 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)


# text over x: value, slope, (value, slope) in the limits x -> -inf and x -> inf.
SMOOTH: dict[str, tuple[Callable[[Real], Real], Callable[[Real], Real], Any, Any]] = {
    "sigmoid(x)": (sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)), (0, 0), (1, 0)),
    "tanh(x)": (mp.tanh, lambda x: 1 - mp.tanh(x) ** 2, (-1, 0), (1, 0)),
    "softplus(x)": (lambda x: mp.log(1 + mp.exp(x)), sigmoid, (0, 0), (INF, 1)),
    "log_sigmoid(x)": (lambda x: -mp.log(1 + mp.exp(-x)), lambda x: sigmoid(-x), (-INF, 1), (0, 0)),
    "elu(x)": (lambda x: elu(x, 1), lambda x: mp.exp(min(x, 0)), (-1, 0), (INF, 1)),
    "elu(x, alpha=1.5)": (
        lambda x: elu(x, mp.mpf(1.5)),
        lambda x: 1 if x > 0 else mp.mpf(1.5) * mp.exp(x),
        (-1.5, 0),
        (INF, 1),
    ),
    "gelu(x)": (lambda x: x * tail(x), lambda x: tail(x) + x * density(x), (0, 0), (INF, 1)),
    "gelu_tanh(x)": (
        lambda x: x * sigmoid(bend(x)),
        lambda x: (
            sigmoid(bend(x))
            * (1 + x * (1 - sigmoid(bend(x))) * mp.sqrt(8 / mp.pi) * (1 + 3 * mp.mpf("0.044715") * x * x))
        ),
        (0, 0),
        (INF, 1),
    ),
    "silu(x)": (lambda x: x * sigmoid(x), lambda x: sigmoid(x) * (1 + x * (1 - sigmoid(x))), (0, 0), (INF, 1)),
    "exp(x)": (mp.exp, mp.exp, (0, 0), (INF, INF)),
    "expm1(x)": (lambda x: mp.exp(x) - 1, mp.exp, (-1, 0), (INF, INF)),
    "erf(x)": (lambda x: mp.erf(x) if abs(x) < 1000 else mp.sign(x), bell, (-1, 0), (1, 0)),
    "erfc(x)": (erfc, lambda x: -bell(x), (2, 0), (0, 0)),
    "square(x)": (lambda x: x * x, lambda x: 2 * x, (INF, -INF), (INF, INF)),
    "x ** 2": (lambda x: x * x, lambda x: 2 * x, (INF, -INF), (INF, INF)),
    "x ** 3": (lambda x: x**3, lambda x: 3 * x * x, (-INF, INF), (INF, INF)),
    "sinh(x)": (mp.sinh, mp.cosh, (-INF, INF), (INF, INF)),
    "cosh(x)": (mp.cosh, mp.sinh, (INF, -INF), (INF, INF)),
    "tan(x)": (mp.tan, lambda x: 1 + mp.tan(x) ** 2, (NAN, NAN), (NAN, NAN)),
    "arctan(x)": (mp.atan, lambda x: 1 / (1 + x * x), (-math.pi / 2, 0), (math.pi / 2, 0)),
    "arcsinh(x)": (asinh, lambda x: 1 / mp.sqrt(1 + x * x), (-INF, 0), (INF, 0)),
    "exp2(x)": (lambda x: mp.mpf(2) ** x, lambda x: mp.mpf(2) ** x * mp.log(2), (0, 0), (INF, INF)),
    "deg2rad(x)": (lambda x: x * mp.pi / 180, lambda x: mp.pi / 180, (-INF, math.pi / 180), (INF, math.pi / 180)),
    "rad2deg(x)": (lambda x: x * 180 / mp.pi, lambda x: 180 / mp.pi, (-INF, 180 / math.pi), (INF, 180 / math.pi)),
    "sin(x)": (mp.sin, mp.cos, (NAN, NAN), (NAN, NAN)),
    "cos(x)": (mp.cos, lambda x: -mp.sin(x), (NAN, NAN), (NAN, NAN)),
}

# The same right of 0 (for log1p: of -1), where the limit on the left is that towards the end of the domain.
HALF: dict[str, tuple[Callable[[Real], Real], Callable[[Real], Real], Any, Any]] = {
    "log(x)": (mp.log, lambda x: 1 / x, (-INF, INF), (INF, 0)),
    "sqrt(x)": (mp.sqrt, lambda x: 1 / (2 * mp.sqrt(x)), (0, INF), (INF, 0)),
    "x ** 0.5": (mp.sqrt, lambda x: 1 / (2 * mp.sqrt(x)), (0, INF), (INF, 0)),
    "log1p(x)": (lambda x: mp.log(1 + x), lambda x: 1 / (1 + x), (0, 1), (INF, 0)),
    "log2(x)": (lambda x: mp.log(x) / mp.log(2), lambda x: 1 / (x * mp.log(2)), (-INF, INF), (INF, 0)),
    "log10(x)": (mp.log10, lambda x: 1 / (x * mp.log(10)), (-INF, INF), (INF, 0)),
    "cbrt(x)": (lambda x: mp.cbrt(x), lambda x: 1 / (3 * mp.cbrt(x) ** 2), (0, INF), (INF, 0)),
    "reciprocal(x)": (lambda x: 1 / x, lambda x: -1 / (x * x), (INF, -INF), (0, 0)),
    "1 / x": (lambda x: 1 / x, lambda x: -1 / (x * x), (INF, -INF), (0, 0)),
    "x ** -1": (lambda x: 1 / x, lambda x: -1 / (x * x), (INF, -INF), (0, 0)),
}

# The same on an interval, at points that come close to its ends.
NEAR_ONE = tuple(math.nextafter(1.0, 0.0) if d == 0 else 1.0 - d for d in (0, 1e-12, 1e-8, 1e-4, 0.1, 0.5))
INSIDE = (*(-x for x in NEAR_ONE), *(-x for x in reversed(SMALL)), 0.0, *SMALL, *reversed(NEAR_ONE))
FROM_ONE = (math.nextafter(1.0, 2.0), 1 + 1e-12, 1 + 1e-8, 1.001, 1.5, *FAR[1:])
ENDS: dict[str, tuple[Callable[[Real], Real], Callable[[Real], Real], tuple[float, ...], list[list[float]]]] = {
    "arcsin(x)": (
        mp.asin,
        lambda x: 1 / mp.sqrt(1 - x * x),
        INSIDE,
        [[-1.0, -math.pi / 2, INF], [1.0, math.pi / 2, INF]],
    ),
    "arccos(x)": (mp.acos, lambda x: -1 / mp.sqrt(1 - x * x), INSIDE, [[-1.0, math.pi, -INF], [1.0, 0.0, -INF]]),
    "arctanh(x)": (mp.atanh, lambda x: 1 / (1 - x * x), INSIDE, [[-1.0, -INF, INF], [1.0, INF, INF]]),
    "arccosh(x)": (mp.acosh, lambda x: 1 / mp.sqrt(x * x - 1), FROM_ONE, [[1.0, 0.0, INF], [INF, INF, 0.0]]),
}

CLASSES = (
    [0.0, 0.0, 0.0],
    [50.0, 0.0, -3.0],
    [1e8, 1e8 - 1, 0.0],
    [-745.0, 0.0, 1.0],
    [1e300, 0.0, 1.0],
    [800.0, -800.0, 0.0],
)
TARGET = [1.0, 0.0, 0.0]
YES_NO = [(z, t) for z in (0.0, 3.0, 37.0, 50.0, 700.0, 1000.0, 1e300) for z in (z, -z) for t in (0.0, 1.0, 0.25)]


def softmax(x: list[Real]) -> list[Real]:
    total = mp.fsum(mp.exp(each - max(x)) for each in x)
    return [mp.exp(each - max(x)) / total for each in x]


def log_softmax(x: list[Real]) -> list[Real]:
    total = mp.log(mp.fsum(mp.exp(each - max(x)) for each in x))
    return [each - max(x) - total for each in x]


def number(x: Any) -> Any:
    """As JSON has it; infinities and nan spelled out."""
    value = float(x)
    return value if math.isfinite(value) else repr(value)


def at_points() -> dict[str, list[list[Any]]]:
    """For each text: rows of x, value, slope."""
    table: dict[str, list[list[Any]]] = {}
    for functions, points, ends in ((SMOOTH, POINTS, (-INF, INF)), (HALF, POSITIVE, (0.0, INF))):
        for text, (value, slope, left, right) in functions.items():
            rows = [[x, value(mp.mpf(x)), slope(mp.mpf(x))] for x in points]
            rows = [[ends[0], *left], *rows, [ends[1], *right]]
            table[text] = [[number(each) for each in row] for row in rows]
    for text, (value, slope, points, ends) in ENDS.items():
        rows = [[x, value(mp.mpf(x)), slope(mp.mpf(x))] for x in points]
        table[text] = [[number(each) for each in row] for row in [*rows, *ends]]
    return table


def of_rows() -> dict[str, list[list[Any]]]:
    """For each text over a row x: the row, the value, the gradient."""
    table: dict[str, list[list[Any]]] = {"logsumexp(x)": [], "softmax(x)[0]": [], "log_softmax(x)[0]": []}
    table["cross_entropy(x, np.array([1.0, 0.0, 0.0]))"] = losses = []
    for row in CLASSES:
        x = [mp.mpf(each) for each in row]
        p, logs = softmax(x), log_softmax(x)
        table["logsumexp(x)"].append([row, number(x[0] - logs[0]), [number(each) for each in p]])
        jacobian = [number(p[0] * ((k == 0) - each)) for k, each in enumerate(p)]
        table["softmax(x)[0]"].append([row, number(p[0]), jacobian])
        slopes = [(k == 0) - each if k else mp.fsum(p[1:]) for k, each in enumerate(p)]
        table["log_softmax(x)[0]"].append([row, number(logs[0]), [number(each) for each in slopes]])
        losses.append([row, number(-logs[0]), [number(-each) for each in slopes]])
    return table


def yes_no() -> list[list[Any]]:
    """Logit, target, loss, slope."""
    found = []
    for z, t in YES_NO:
        x, right = mp.mpf(z), mp.mpf(t)
        loss = right * mp.log(1 + mp.exp(-x)) + (1 - right) * mp.log(1 + mp.exp(x))
        found.append([z, t, number(loss), number(sigmoid(x) - right)])
    return found


def main() -> None:
    mp.mp.dps = DIGITS
    parts = {"points": at_points(), "rows": of_rows()}
    lines = [
        f'"{part}": {{\n'
        + ",\n".join(f"{json.dumps(text)}: {json.dumps(rows)}" for text, rows in table.items())
        + "\n}"
        for part, table in parts.items()
    ]
    lines.append(f'"yes or no": {json.dumps(yes_no())}')
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
