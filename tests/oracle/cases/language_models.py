"""The pieces of a language model, as courses write them in NumPy: the texts `lm_*.py` of the learners' programs, each
beside the same computation with what PyTorch has for it. The loss and the gradient of every parameter are compared."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.engine.python import executed
from tests.oracle.case import Case

TEXTS = Path(__file__).parents[2] / "engine" / "learners"


def _case(name: str, file: str, torch: Callable[..., Any], leaves: str, elements: bool = True) -> Case:
    """leaves: as the text points at them, separated by spaces. Their values are those that Python makes of the text."""
    text = (TEXTS / f"{file}.py").read_text(encoding="utf-8")
    space, _ = executed(text)
    return Case(name, text, torch, {leaf: eval(leaf, space) for leaf in leaves.split()}, elements=elements)


def _feed_forward(torch: Any, x: Any, target: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    y = x + torch.nn.functional.gelu(x @ W1 + b1, approximate="tanh") @ W2 + b2
    return {"loss": torch.nn.functional.mse_loss(y, target)}


def _layernorm(torch: Any, x: Any, gain: Any, shift: Any, W: Any) -> Any:
    y = torch.nn.functional.layer_norm(x, (6,), gain, shift)
    return {"y": y, "loss": torch.tanh(y @ W).square().sum()}


def _rmsnorm(torch: Any, x: Any, gain: Any, W: Any) -> Any:
    y = torch.nn.functional.rms_norm(x, (6,), gain, eps=1e-6)
    return {"y": y, "loss": 0.5 * torch.tanh(y @ W).square().sum()}


def _head(torch: Any, x: Any, target: Any, Wq: Any, Wk: Any, Wv: Any) -> Any:
    q, k, v = x @ Wq, x @ Wk, x @ Wv
    out = torch.nn.functional.scaled_dot_product_attention(q[None], k[None], v[None], is_causal=True)[0]
    return {"q": q, "k": k, "v": v, "out": out, "loss": 0.5 * (out - target).square().sum()}


def _heads(torch: Any, x: Any, target: Any, Wqkv: Any, Wo: Any) -> Any:
    y = _several(torch, x @ Wqkv, 3) @ Wo
    return {"y": y, "loss": torch.nn.functional.mse_loss(y, target)}


def _several(torch: Any, qkv: Any, heads: int) -> Any:
    """Causal attention of several heads, of their queries, keys and values side by side."""
    length, width = len(qkv), qkv.shape[1] // 3
    q, k, v = (part.reshape(length, heads, -1).transpose(0, 1) for part in qkv.split(width, dim=1))
    out = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
    return out.transpose(0, 1).reshape(length, width)


def _block(torch: Any, E: Any, P: Any, U: Any, **p: Any) -> Any:
    f = torch.nn.functional
    tokens, targets = torch.tensor([0, 1, 2, 3, 0]), torch.tensor([1, 2, 3, 0, 4])
    x = f.embedding(tokens, E) + P
    h = f.layer_norm(x, (4,), p["g1"], p["b1"])
    x = x + _several(torch, torch.cat([h @ p["Wq"], h @ p["Wk"], h @ p["Wv"]], dim=1), 1) @ p["Wo"]
    h = f.layer_norm(x, (4,), p["g2"], p["b2"])
    logits = (x + torch.relu(h @ p["W1"]) @ p["W2"]) @ U
    return {"logits": logits, "loss": f.cross_entropy(logits, targets)}


def _tied(torch: Any, E: Any, W: Any) -> Any:
    f = torch.nn.functional
    logits = torch.tanh(f.embedding(torch.tensor([2, 0, 3, 2]), E) @ W) @ E.T
    return {"logits": logits, "loss": f.cross_entropy(logits, torch.tensor([0, 3, 2, 1]))}


def _rnn(torch: Any, Wxh: Any, Whh: Any, bh: Any, Why: Any, by: Any) -> Any:
    f = torch.nn.functional
    one_hot = f.one_hot(torch.tensor([1, 0, 2, 2]), len(Wxh)).double()
    states, _ = torch.rnn_tanh(
        one_hot,
        torch.zeros(1, len(Whh)).double(),
        (Wxh.T, Whh.T, bh, torch.zeros_like(bh)),
        True,
        1,
        0.0,
        True,
        False,
        False,
    )
    return {"loss#5": f.cross_entropy(states @ Why + by, torch.tensor([0, 2, 2, 3]), reduction="sum")}


def _lstm(torch: Any, xs: Any, target: Any, Wx: Any, Wh: Any, b: Any) -> Any:
    order = torch.cat([torch.arange(8), torch.arange(12, 16), torch.arange(8, 12)])  # i, f, g, o as PyTorch has it
    state = (torch.zeros_like(target)[None],) * 2
    for x in xs:
        state = torch.lstm_cell(x[None], state, Wx.T[order], Wh.T[order], b[order], torch.zeros_like(b))
    return {"loss": (state[0][0] - target).square().sum()}


def _gpt(torch: Any, **leaves: Any) -> Any:
    f = torch.nn.functional
    p = {leaf.split('"')[1]: tensor for leaf, tensor in leaves.items()}
    data = torch.tensor([" benort".index(c) for c in "to be "])
    x = f.embedding(data[:5], p["wte"]) + p["wpe"]
    for i in range(2):
        h = f.layer_norm(x, (4,), p[f"h{i}.ln1"])
        x = x + _several(torch, h @ p[f"h{i}.qkv"], 2) @ p[f"h{i}.proj"]
        h = f.layer_norm(x, (4,), p[f"h{i}.ln2"])
        x = x + f.gelu(h @ p[f"h{i}.fc"], approximate="tanh") @ p[f"h{i}.out"]
    logits = f.layer_norm(x, (4,), p["lnf"]) @ p["wte"].T
    return {"loss": f.cross_entropy(logits, data[1:])}


GPT = ["wte", "wpe", "lnf"] + [f"h{i}.{part}" for i in range(2) for part in ("ln1", "qkv", "proj", "ln2", "fc", "out")]

CASES = [
    _case("GELU feed-forward block", "lm_gelu_block", _feed_forward, "x target W1 b1 W2 b2"),
    _case("layernorm by hand", "lm_layernorm", _layernorm, "x gain shift W"),
    _case("rmsnorm by hand", "lm_rmsnorm", _rmsnorm, "x gain W"),
    _case("a causal attention head", "lm_causal_head", _head, "x target Wq Wk Wv"),
    _case("several attention heads", "lm_several_heads", _heads, "x target Wqkv Wo"),
    _case("a pre-norm block and its vocabulary", "lm_pre_norm_block", _block, "E P g1 b1 Wq Wk Wv Wo g2 b2 W1 W2 U"),
    _case("tied embeddings", "lm_tied_weights", _tied, "E W"),
    _case("an RNN of several turns", "lm_rnn", _rnn, "Wxh Whh bh Why by"),
    _case("LSTM cells", "lm_lstm", _lstm, "xs target Wx Wh b"),
    _case("a tiny GPT", "lm_gpt", _gpt, " ".join(f'params["{name}"]' for name in GPT)),
]
