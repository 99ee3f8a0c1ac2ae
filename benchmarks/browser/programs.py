"""Programs with a wanted number of drawn nodes, the same in every run."""

import random

SEED = 7
WIDTH = 4
"""Neurons in a layer. Each is drawn as its weights and bias, products, sums and a function: 4 + 1 + 4 + 4 + 1 nodes."""
FUNCTIONS = ("tanh", "sin", "cos", "sigmoid", "softplus", "silu", "gelu", "arctan")
"""Drawn by lot, and sums have terms of both signs: equal steps would fold."""


def with_nodes(count: int, prefix: str = "") -> str:
    """A network in scalars, written out operation by operation, whose graph has `count` nodes, all of them drawn."""
    dice = random.Random(SEED)
    below = [f"{prefix}x{i}" for i in range(WIDTH)]
    lines = [_leaf(dice, name) for name in below]
    while len(lines) + WIDTH * (3 * WIDTH + 2) + 2 * WIDTH - 1 <= count:
        layer = []
        for _ in range(WIDTH):
            tag = f"{prefix}{len(lines)}" if prefix else str(len(lines))
            weights, bias = [f"w{tag}_{i}" for i in range(WIDTH)], f"b{tag}"
            products = [f"p{tag}_{i}" for i in range(WIDTH)]
            lines += [_leaf(dice, name) for name in (*weights, bias)]
            lines += [f"{p} = {w} * {x}" for p, w, x in zip(products, weights, below, strict=True)]
            total = bias
            for i, product in enumerate(products):
                lines.append(f"s{tag}_{i} = {total} {'+-'[i % 2]} {product}")
                total = f"s{tag}_{i}"
            lines.append(f"a{tag} = {dice.choice(FUNCTIONS)}({total})")
            layer.append(f"a{tag}")
        below = layer
    total = below[0]
    for i, name in enumerate(below[1:]):
        lines.append(f"t{i} = {total} + {name}")
        total = f"t{i}"
    while len(lines) < count:
        lines.append(f"u{len(lines)} = {dice.choice(FUNCTIONS)}({total})")
        total = f"u{len(lines) - 1}"
    return "\n".join(lines)


def _leaf(dice: random.Random, name: str) -> str:
    return f"{name} = {dice.uniform(-1, 1):.3f}"


def with_groups(count: int) -> str:
    """`count` calls of one function, one after the other: groups to open and close."""
    head = "def layer(x, w, b):\n    z = w * x + b\n    return tanh(z)\n\nh0 = 0.5\n"
    calls = (f"h{i + 1} = layer(h{i}, {0.5 + 0.01 * i}, 0.1)" for i in range(count))
    return head + "\n".join(calls)
