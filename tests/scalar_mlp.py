"""Programs that are large without arrays: networks of single numbers, in functions for layers and neurons."""

from itertools import pairwise


def scalar_mlp(*sizes: int) -> str:
    """A network over lists of numbers, with so many units in each layer, the input first."""
    lines = [
        "import random",
        "random.seed(0)",
        "def neuron(w, b, x):",
        "    s = b",
        "    for wi, xi in zip(w, x):",
        "        s = s + wi * xi",
        "    return tanh(s)",
        "def layer(W, b, x):",
        "    return [neuron(w, c, x) for w, c in zip(W, b)]",
        "def matrix(n, m):",
        "    return [[random.gauss(0, 0.5) for _ in range(m)] for _ in range(n)]",
        f"h0 = [{', '.join(str((i * 37 % 11 - 5) / 5) for i in range(sizes[0]))}]",
    ]
    for k, (before, units) in enumerate(pairwise(sizes), 1):
        lines += [
            f"W{k} = matrix({units}, {before})",
            f"b{k} = [0.1 for _ in range({units})]",
            f"h{k} = layer(W{k}, b{k}, h{k - 1})",
        ]
    return "\n".join([*lines, f"loss = sum((a - 1) ** 2 for a in h{len(sizes) - 1})"])
