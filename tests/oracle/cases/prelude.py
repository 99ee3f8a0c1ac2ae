"""Every function of the prelude against PyTorch's own of that name."""

from typing import Any

from tests.oracle.case import Case, normal

ROWS = {"x": normal(41, 3, 4), "w": normal(42, 4), "c": normal(43, 3, 4)}
TARGET = {"x": normal(44, 3, 4), "w": normal(45, 4), "t": abs(normal(46, 3, 4))}
SCORES = {"x": normal(44, 3, 4), "w": normal(45, 4)}

# name: (text over u = x * w, the same in PyTorch); the result is multiplied by c.
TABLE = {
    "softmax": ("softmax(u)", lambda torch, u: torch.softmax(u, -1)),
    "softmax axis": ("softmax(u, axis=0)", lambda torch, u: torch.softmax(u, 0)),
    "log_softmax": ("log_softmax(u)", lambda torch, u: torch.log_softmax(u, -1)),
    "log_softmax axis": ("log_softmax(u, axis=0)", lambda torch, u: torch.log_softmax(u, 0)),
    "logsumexp keepdims": ("logsumexp(u, keepdims=True)", lambda torch, u: torch.logsumexp(u, -1, keepdim=True)),
    "logsumexp axis": ("logsumexp(u, axis=0)", lambda torch, u: torch.logsumexp(u, 0)),
    "log_sigmoid": ("log_sigmoid(u)", lambda torch, u: torch.nn.functional.logsigmoid(u)),
    "silu": ("silu(u)", lambda torch, u: torch.nn.functional.silu(u)),
    "gelu_tanh": ("gelu_tanh(u)", lambda torch, u: torch.nn.functional.gelu(u, approximate="tanh")),
    "layernorm plain": ("layernorm(u)", lambda torch, u: torch.nn.functional.layer_norm(u, (4,))),
    "layernorm eps": ("layernorm(u, eps=0.1)", lambda torch, u: torch.nn.functional.layer_norm(u, (4,), eps=0.1)),
    "rmsnorm plain": ("rmsnorm(u)", lambda torch, u: torch.nn.functional.rms_norm(u, (4,), eps=1e-5)),
}

# name: (text over u = x * w and t, the same in PyTorch).
LOSSES = {
    "mse": ("mse(u, t)", lambda torch, u, t: torch.nn.functional.mse_loss(u, t)),
    "cross_entropy": ("cross_entropy(u, t)", lambda torch, u, t: -(t * torch.log_softmax(u, -1)).sum(-1).mean()),
    "binary_cross_entropy": (
        "binary_cross_entropy(u, t)",
        lambda torch, u, t: torch.nn.functional.binary_cross_entropy_with_logits(u, t),
    ),
}


def _row(name: str, text: str, function: Any) -> Case:
    def torch_version(torch: Any, x: Any, w: Any, c: Any) -> Any:
        u = x * w
        f = function(torch, u)
        y = f * c
        return locals()

    return Case(name, f"u = x * w\nf = {text}\ny = f * c", torch_version, ROWS)


def _loss(name: str, text: str, function: Any) -> Case:
    def torch_version(torch: Any, x: Any, w: Any, t: Any) -> Any:
        u = x * w
        y = function(torch, u, t)
        return locals()

    return Case(name, f"u = x * w\ny = {text}", torch_version, TARGET, seed=0.5)


def _one_hot(torch: Any, x: Any, w: Any) -> Any:
    u = x * w
    y = torch.nn.functional.cross_entropy(u, torch.tensor([2, 0, 3]))
    return locals()


def _layernorm(torch: Any, x: Any, g: Any, b: Any) -> Any:
    n = torch.nn.functional.layer_norm(x, (4,), g, b)
    y = torch.tanh(n)
    return locals()


def _rmsnorm(torch: Any, x: Any, g: Any) -> Any:
    n = torch.nn.functional.rms_norm(x, (4,), g, eps=1e-5)
    y = torch.tanh(n)
    return locals()


def _attention(torch: Any, x: Any, Wq: Any, Wk: Any, Wv: Any) -> Any:
    q, k, v = x @ Wq, x @ Wk, x @ Wv
    y = torch.nn.functional.scaled_dot_product_attention(q[None], k[None], v[None])[0]
    return locals()


def _heads(torch: Any, x: Any, Wq: Any, Wk: Any, Wv: Any) -> Any:
    q, k, v = x @ Wq, x @ Wk, x @ Wv
    one, two = (
        torch.nn.functional.scaled_dot_product_attention(q[None, :, s], k[None, :, s], v[None, :, s])[0]
        for s in (slice(0, 2), slice(2, 4))
    )
    return {"q": q, "k": k, "v": v, "y": torch.cat((one, two), -1)}


WEIGHTS = {"x": normal(51, 5, 4), "Wq": normal(52, 4, 4), "Wk": normal(53, 4, 4), "Wv": normal(54, 4, 4)}
QKV = "q = x @ Wq\nk = x @ Wk\nv = x @ Wv\n"

CASES = [
    *(_row(name, text, function) for name, (text, function) in TABLE.items()),
    *(_loss(name, text, function) for name, (text, function) in LOSSES.items()),
    Case(
        "cross_entropy with one-hot rows",
        "u = x * w\nt = np.array([[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1]])\ny = cross_entropy(u, t)",
        _one_hot,
        SCORES,
    ),
    Case(
        "softmax of one row",
        "y = softmax(x * x)",
        lambda torch, x: torch.softmax(x * x, -1),
        {"x": normal(47, 5)},
        seed=normal(48, 5),
    ),
    Case(
        "layernorm",
        "n = layernorm(x, g, b)\ny = np.tanh(n)",
        _layernorm,
        {"x": normal(55, 3, 4), "g": normal(56, 4), "b": normal(57, 4)},
    ),
    Case(
        "layernorm of a batch",
        "n = layernorm(x, g, b)\ny = np.tanh(n)",
        _layernorm,
        {"x": normal(58, 2, 3, 4), "g": normal(56, 4), "b": normal(57, 4)},
    ),
    Case("rmsnorm", "n = rmsnorm(x, g)\ny = np.tanh(n)", _rmsnorm, {"x": normal(55, 3, 4), "g": normal(56, 4)}),
    Case("attention", QKV + "y = attention(q, k, v)", _attention, WEIGHTS, seed=normal(59, 5, 4)),
    Case(
        "attention with several heads",
        QKV + "y = multi_head_attention(q, k, v, heads=2)",
        _heads,
        WEIGHTS,
        seed=normal(59, 5, 4),
    ),
]
