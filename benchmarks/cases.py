"""The cases, one entry each: notebook's network, scalar graphs, MLP, transformer block."""

from typing import Any

import numpy as np

from benchmarks import scalar_graph
from benchmarks.by_hand import mini, mlp, transformer
from benchmarks.case import Array, Case

TENSOR_TARGET = 1.25
SIZES = (100, 1_000, 10_000)
SLOW_TO_COMPILE = {"JAX jit": "compiling 10,000 scalar operations takes minutes"}


def all_cases() -> list[Case]:
    """Every case, small to large."""
    return [
        _mini(),
        scalar_graph.case("mini network in scalars", *scalar_graph.mini_lines()),
        *(
            scalar_graph.case(
                f"{size:,} scalar operations",
                *scalar_graph.random_lines(size, seed=1),
                SLOW_TO_COMPILE if size > 5_000 else None,
            )
            for size in SIZES
        ),
        _mlp(),
        _transformer(),
    ]


def _mini() -> Case:
    leaves = {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[0.5]], "W2": [[2]], "b2": [[1]]}
    program = "z1 = np.dot(W1, x) + b1\na1 = relu(z1)\ny = np.dot(W2, a1) + b2"

    def formula(xp: Any, tap: Any, x: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
        z1 = tap("z1", tap("p", W1 @ x) + b1)
        a1 = tap("a1", xp.relu(z1))
        return tap("y", tap("q", W2 @ a1) + b2)

    arrays = {name: np.array(value, dtype=float) for name, value in leaves.items()}
    return Case("mini network", program, arrays, "y", formula, mini.HAND, target=TENSOR_TARGET)


def _mlp() -> Case:
    program = "\n".join(("a1 = relu(x @ W1 + b1)", "a2 = relu(a1 @ W2 + b2)", "y = a2 @ W3 + b3", "loss = mse(y, t)"))

    def formula(xp: Any, tap: Any, x: Any, t: Any, W1: Any, b1: Any, W2: Any, b2: Any, W3: Any, b3: Any) -> Any:
        a1 = tap("a1", xp.relu(tap("z1", tap("p1", x @ W1) + b1)))
        a2 = tap("a2", xp.relu(tap("z2", tap("p2", a1 @ W2) + b2)))
        y = tap("y", tap("p3", a2 @ W3) + b3)
        e = tap("e", y - t)
        return tap("loss", xp.mean(tap("s", e * e)))

    shapes = {"x": (64, 2), "t": (64, 1), "W1": (2, 8), "b1": (8,), "W2": (8, 8), "b2": (8,), "W3": (8, 1), "b3": (1,)}
    return Case("MLP 2-8-8-1, batch 64", program, _random(shapes), "loss", formula, mlp.HAND, target=TENSOR_TARGET)


def _transformer() -> Case:
    program = "\n".join(
        (
            "h = layernorm(x, g1, s1)",
            "r = x + attention(h @ Wq, h @ Wk, h @ Wv) @ Wo",
            "n = layernorm(r, g2, s2)",
            "u = n @ U + c",
            "f = 0.5 * u * (1 + np.tanh(np.sqrt(2 / np.pi) * (u + 0.044715 * u ** 3)))",
            "y = r + f @ V + d",
        )
    )
    square, row = (16, 16), (16,)
    shapes = {
        "x": (8, 16),
        "g1": row,
        "s1": row,
        "Wq": square,
        "Wk": square,
        "Wv": square,
        "Wo": square,
        "g2": row,
        "s2": row,
        "U": (16, 64),
        "c": (64,),
        "V": (64, 16),
        "d": row,
    }
    return Case(
        "transformer block d=16 T=8",
        program,
        _random(shapes),
        "y",
        transformer.formula,
        transformer.HAND,
        target=TENSOR_TARGET,
    )


def _random(shapes: dict[str, tuple[int, ...]]) -> dict[str, Array]:
    dice = np.random.default_rng(7)
    return {name: dice.normal(0.0, 1.0 / np.sqrt(shape[0]), shape) for name, shape in shapes.items()}
