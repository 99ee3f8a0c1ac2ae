"""Programs whose every sentence was read, and the file that holds them: tests/tables/sentences.txt.

`python -m tests.engine.told` writes the file anew. Read what changed before it is kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.engine import trace
from app.engine.explain.sentences import plain, tell

FILE = Path(__file__).resolve().parent.parent / "tables" / "sentences.txt"
MINI = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
MINI_VALUES = {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[0.5]], "W2": [[2]], "b2": [[1]]}
A = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]

# Title -> program, values, options.
PROGRAMS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "the notebook's network, dead": (MINI, MINI_VALUES, {}),
    "the notebook's network, awake": (MINI, {**MINI_VALUES, "b1": [[2.5]]}, {}),
    "the notebook's network on its kink": (MINI, {**MINI_VALUES, "b1": [[1.0]]}, {}),
    "a product of a sum": ("x = 2.0\ny = 3.0\ns = x + y\nf = x * s", {}, {}),
    "an input alone": ("x = 2.0", {}, {}),
    "numbers alone": ("y = np.array([1.0, 1.0]) * 3", {}, {"output": "y"}),
    "a polynomial": ("x = 3.0\ny = x ** 2 - 2 * x + 1 / x", {}, {}),
    "the same thing several times": ("x = 3.0\nd = x + x\nq = d * d\ny = q ** 3 + q - q", {}, {}),
    "powers": ("x = -2.0\nw = 0.0\ny = (x + 1) ** 2 + (x * x) ** w + x ** 0 + square(w)", {}, {}),
    "smooth functions": (
        (
            "x = 0.4\ns = sigmoid(x)\ne = exp(s)\nl = log(e + 0.02)\nr = sqrt(l * l + 1)\n"
            "g = gelu(r)\np = softplus(-g)\n"
            "y = sin(p) * cos(p) / 2 + erf(p) + log1p(p) + expm1(p)"
        ),
        {},
        {},
    ),
    "saturated": ("x = 6.0\ns = sigmoid(x)\nt = tanh(-s * 4)\ny = s * t", {}, {}),
    "kinked functions": (
        (
            "x = -0.5\na = abs(x)\nl = leaky_relu(x)\ne = elu(x)\nc = clip(x, 0, 1)\nd = clip(a, 0, 1)\n"
            "y = a + l + e + c + d + relu(-x)"
        ),
        {},
        {},
    ),
    "choices": (
        (
            "a = 3.0\nb = 2.0\nm = maximum(a, b)\nn = minimum(a, b)\nw = where(a > b, n, m)\nv = where(a < b, n, m)\n"
            "y = w * (a > b) + v"
        ),
        {},
        {},
    ),
    "ties": ("a = 2.0\nb = 2.0\nv = np.array([3.0, 3.0, 1.0])\ny = maximum(a, b) + np.max(v)", {}, {}),
    "choices of arrays": (
        (
            "a = np.array([1.0, -2.0, 3.0])\nb = np.array([0.5, 0.5, 4.0])\n"
            "y = np.sum(maximum(a, b) + where(a > 0, a, b) + clip(a, 0, 2) + relu(a) + leaky_relu(a) + tanh(a * 2))"
        ),
        {},
        {},
    ),
    "a closed group of several results": (
        "x = 2.0\nw = -3.0\n# region layer\na = x * w\nb = x + w\nc = relu(w)\n# endregion\ny = a * b + c * 0",
        {},
        {},
    ),
    "a closed group of many results": (
        "x = 2.0\n# region layer\na = x * 1\nb = x * 2\nc = x * 3\nd = x * 4\n# endregion\ny = a * b + c * d",
        {},
        {},
    ),
    "nothing passes": ("x = 0.0\nw = 3.0\ny = x * w + (0 * w)", {}, {}),
    "not finite": ("x = np.float64(0.0)\nl = log(x)\nd = 1 / x\ny = l * 2 + d", {}, {}),
    "no output": ("x = np.float64(-1.0)\n# region layer\ny = np.log(x)\n# endregion\nz = y * 2 + x ** 0.5", {}, {}),
    "other things that are not finite": ("x = -1.0\ny = sqrt(x) + log(x) + exp(x * -800)", {}, {}),
    "reductions": (
        (
            "x = np.array([1.0, 5.0, 2.0])\nm = np.max(x)\nn = np.min(x)\ns = np.sum(x)\n"
            "v = np.var(x)\na = np.mean(x)\n"
            "y = m * s + v * a - n"
        ),
        {},
        {},
    ),
    "reductions along an axis": (
        (
            "s = np.sum(A, axis=0)\nm = np.mean(A, axis=1, keepdims=True)\n"
            "l = np.max(A, axis=1)\nv = np.var(A, axis=0)\n"
            "y = np.sum(s * v) + np.sum(m) + np.sum(l)"
        ),
        {"A": A},
        {},
    ),
    "other shapes": (
        (
            "B = A.T\nc = B.reshape(-1)\nd = c[1:3]\ne = np.concatenate((d, d * 2))\n"
            "f = np.stack([e, e])\ng = f[0, 1]\n"
            "h = np.broadcast_to(d, (2, 2))\nk = c[0] * np.ones_like(d)\ny = np.sum(f) + g + np.sum(h) + np.sum(k)"
        ),
        {"A": A},
        {},
    ),
    "broadcasting": (
        "y = np.sum(x * w + b)",
        {"x": [[1.0, 2.0], [3.0, 4.0]], "w": [10.0, 20.0], "b": 0.5},
        {},
    ),
    "matrix products": (
        "h = A @ B\nv = h @ u\nw = u @ h\nd = w @ v\ny = d * 1.0",
        {"A": A, "B": [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], "u": [1.0, -1.0]},
        {},
    ),
    "one side of a product": ("y = np.sum(np.array([[1.0, 2.0]]) @ W)", {"W": [[3.0], [4.0]]}, {}),
    "a classifier": (
        "h = tanh(X @ W1 + b1)\nloss = cross_entropy(h @ W2, t)",
        {
            "X": [[1, 2], [3, 4], [0.5, 1]],
            "W1": [[0.1, 0.2], [0.3, -0.4]],
            "b1": [0.0, 0.1],
            "W2": [[1, 2], [-1, 0.5]],
            "t": [[1, 0], [0, 1], [1, 0]],
        },
        {},
    ),
    "functions of one's own": (
        "def f(x):\n    return x * x + 1\ndef g(x, y):\n    return f(x) * y\nx = 2.0\ny = g(x, 3.0) + f(x)",
        {},
        {},
    ),
    "a function in the dark": ("def f(x):\n    return relu(x) * 2\nx = -1.0\ny = f(x) * x", {}, {}),
    "a seed of one's own": ("y = x * 3", {"x": [1.0, 2.0]}, {"seed": [1.0, -2.0]}),
    "an array as output": ("y = x * 3", {"x": [1.0, 2.0]}, {}),
    "element by element": ("y = W @ x", {"W": [[1.0, 2.0]], "x": [[3.0], [-1.0]]}, {"detail": "scalar"}),
}


def told(title: str) -> str:
    """The program, and all its sentences in the order of the steps."""
    source, values, options = PROGRAMS[title]
    run = trace(source, values, **options)
    found = tell(run)
    lines = [f"=== {title}", *(f"    {line}" for line in source.split("\n")), f"start     {plain(found.start or [])}"]
    lines += [f"forward   {plain(parts)}" for parts in found.forward.values()]
    lines.append(f"seed      {plain(found.seed or [])}")
    lines += [f"backward  {plain(parts)}" for parts in found.backward.values()]
    for forward, backward in found.groups.values():
        lines += [f"group     {plain(forward)}", f"          {plain(backward)}"]
    return "\n".join(lines) + "\n"


def whole() -> str:
    return "\n".join(told(title) for title in PROGRAMS)


if __name__ == "__main__":
    FILE.write_text(whole(), encoding="utf-8")
