"""Whole programs: the lesson's network, perceptrons, a transformer block, recurrence, functions, re-assignment."""

from typing import Any

from tests.oracle.case import Case, normal

MINI = "z1 = np.dot(W1, x) + b1\na1 = relu(z1)\ny = np.dot(W2, a1) + b2"


def _mini(torch: Any, x: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    z1 = W1 @ x + b1
    a1 = torch.relu(z1)
    y = W2 @ a1 + b2
    return locals()


def _mini_values(b1: float) -> dict[str, Any]:
    return {"x": [[1.0], [2.0]], "W1": [[1.0, -1.0]], "b1": [[b1]], "W2": [[2.0]], "b2": [[1.0]]}


def _mlp(torch: Any, x: Any, t: Any, W1: Any, b1: Any, W2: Any, b2: Any, W3: Any, b3: Any) -> Any:
    z1 = x @ W1 + b1
    a1 = torch.tanh(z1)
    z2 = a1 @ W2 + b2
    a2 = torch.relu(z2)
    z3 = a2 @ W3 + b3
    loss = torch.nn.functional.mse_loss(z3, t)
    return locals()


MLP_VALUES = {
    "x": normal(61, 6, 2),
    "t": normal(62, 6, 1),
    "W1": normal(63, 2, 4),
    "b1": normal(64, 4),
    "W2": normal(65, 4, 4),
    "b2": normal(66, 4),
    "W3": normal(67, 4, 1),
    "b3": normal(68, 1),
}


def _classifier(torch: Any, x: Any, W1: Any, b1: Any, W2: Any) -> Any:
    h = torch.nn.functional.gelu(x @ W1 + b1)
    logits = h @ W2
    y = torch.nn.functional.cross_entropy(logits, torch.tensor([1, 0, 2, 1]))
    return locals()


def _block(
    torch: Any,
    x: Any,
    g1: Any,
    s1: Any,
    Wq: Any,
    Wk: Any,
    Wv: Any,
    Wo: Any,
    g2: Any,
    s2: Any,
    U: Any,
    c: Any,
    V: Any,
    d: Any,
) -> Any:
    f = torch.nn.functional
    h = f.layer_norm(x, (4,), g1, s1)
    q, k, v = h @ Wq, h @ Wk, h @ Wv
    a = f.scaled_dot_product_attention(q[None], k[None], v[None])[0]
    r = x + a @ Wo
    n = f.layer_norm(r, (4,), g2, s2)
    m = f.gelu(n @ U + c, approximate="tanh")
    y = r + m @ V + d
    return locals()


BLOCK = """h = layernorm(x, g1, s1)
q = h @ Wq
k = h @ Wk
v = h @ Wv
a = attention(q, k, v)
r = x + a @ Wo
n = layernorm(r, g2, s2)
m = gelu_tanh(n @ U + c)
y = r + m @ V + d"""
BLOCK_SHAPES = {
    "x": (3, 4),
    "g1": (4,),
    "s1": (4,),
    "Wq": (4, 4),
    "Wk": (4, 4),
    "Wv": (4, 4),
    "Wo": (4, 4),
    "g2": (4,),
    "s2": (4,),
    "U": (4, 8),
    "c": (8,),
    "V": (8, 4),
    "d": (4,),
}


def _recurrent(torch: Any, x: Any, Wx: Any, Wh: Any, b: Any, h0: Any) -> Any:
    h = h0
    for i in range(4):
        h = torch.tanh(x[i] @ Wx + h @ Wh + b)
    y = (h * h).sum()
    return {"y": y}


def _reassigned(torch: Any, a: Any, b: Any) -> Any:
    first = a * b + 1
    d = first * 2
    second = first + a * a
    third = second * d
    return {"c": first, "d": d, "c#2": second, "c#3": third, "y": torch.tanh(third)}


def _own_sigmoid(torch: Any, x: Any, w: Any) -> Any:
    z = x * w
    s = torch.sigmoid(z)
    y = s * (1 - s)
    return locals()


def _deep(torch: Any, x: Any, w: Any) -> Any:
    h = x
    for _ in range(30):
        h = torch.sigmoid(h * w)
    return h * 2


def _long(torch: Any, x: Any, w: Any) -> Any:
    h = x
    for i in range(20):
        h = h * w + torch.sin(h) * i * 0.02
    return h * 2


def _shared(torch: Any, x: Any, W: Any) -> Any:
    a = torch.tanh(x @ W)
    b = torch.tanh(a @ W)
    y = (a + b) @ W.T
    return locals()


CASES = [
    Case("mini network, dead", MINI, _mini, _mini_values(0.5)),
    Case("mini network, awake", MINI, _mini, _mini_values(1.5)),
    Case("mini network, on the kink", MINI, _mini, _mini_values(1.0)),
    Case("mini network, another seed", MINI, _mini, _mini_values(2.0), seed=[[-3.5]]),
    Case(
        "MLP with a loss",
        "z1 = x @ W1 + b1\na1 = np.tanh(z1)\nz2 = a1 @ W2 + b2\na2 = relu(z2)\nz3 = a2 @ W3 + b3\nloss = mse(z3, t)",
        _mlp,
        MLP_VALUES,
    ),
    Case(
        "classifier",
        "h = gelu(x @ W1 + b1)\nlogits = h @ W2\n"
        "t = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 1, 0]])\ny = cross_entropy(logits, t)",
        _classifier,
        {"x": normal(71, 4, 3), "W1": normal(72, 3, 5), "b1": normal(73, 5), "W2": normal(74, 5, 3)},
    ),
    Case(
        "transformer block",
        BLOCK,
        _block,
        {name: normal(80 + i, *shape) for i, (name, shape) in enumerate(BLOCK_SHAPES.items())},
        seed=normal(99, 3, 4),
    ),
    Case(
        "recurrent network",
        "h = h0\nfor i in range(4):\n    h = np.tanh(x[i] @ Wx + h @ Wh + b)\ny = np.sum(h * h)",
        _recurrent,
        {
            "x": normal(75, 4, 2),
            "Wx": normal(76, 2, 3),
            "Wh": normal(77, 3, 3),
            "b": normal(78, 3),
            "h0": normal(79, 3),
        },
    ),
    Case(
        "re-assignment and +=",
        "c = a * b + 1\nd = c * 2\nc += a * a\nc = c * d\ny = np.tanh(c)",
        _reassigned,
        {"a": 0.3, "b": -0.8},
    ),
    Case(
        "a function of one's own",
        "def sigmoid(x):\n    return 1 / (1 + np.exp(-x))\n\nz = x * w\ns = sigmoid(z)\ny = s * (1 - s)",
        _own_sigmoid,
        {"x": normal(81, 2, 3), "w": normal(82, 3)},
    ),
    Case(
        "vanishing through 30 sigmoids",
        "h = x\nfor i in range(30):\n    h = sigmoid(h * w)\ny = h * 2",
        _deep,
        {"x": 0.4, "w": 1.1},
    ),
    Case(
        "a loop that uses its counter",
        "h = x\nfor i in range(20):\n    h = h * w + np.sin(h) * i * 0.02\ny = h * 2",
        _long,
        {"x": 0.4, "w": 0.7},
    ),
    Case(
        "shared weights",
        "a = np.tanh(x @ W)\nb = np.tanh(a @ W)\ny = (a + b) @ W.T",
        _shared,
        {"x": normal(83, 2, 3), "W": normal(84, 3, 3)},
        seed=normal(85, 2, 3),
    ),
]
