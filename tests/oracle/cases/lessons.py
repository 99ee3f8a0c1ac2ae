"""Programs of the lessons on a language model's parts, each beside the same computation with what PyTorch has for it.

The texts are those of the lessons themselves: whoever changes one there compares another one here.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine import compile_program
from app.lessons import Library
from tests.oracle.case import Case

_LESSONS = {lesson.slug: lesson for lesson in Library.load().lessons}
_TEXT = "the light goes back to the start and the start moves a little"
_LETTERS = " abcdefghijklmnopqrstuvwxyz"


def _case(slug: str, place: int, torch: Callable[..., Any]) -> Case:
    """The program of a step, counted from 1, with all of its leaves."""
    step = _LESSONS[slug].steps[place - 1]
    trace = compile_program(step.program, dict(step.values)).run()
    structure = trace.structure
    leaves = [node.id for node in structure.nodes if node.id in structure.inputs]
    return Case(
        f"{slug}, step {place}",
        step.program,
        torch,
        dict(step.values) | {leaf: trace.values[leaf] for leaf in leaves},
        elements=False,
    )


# -- GELU and the feed-forward block -----------------------------------------------------------------------------------


def _gelu(torch: Any, x: Any) -> Any:
    return torch.nn.functional.gelu(x)


def _gelu_tanh(torch: Any, x: Any) -> Any:
    return torch.nn.functional.gelu(x, approximate="tanh")


def _each_token(torch: Any, x: Any, W1: Any, W2: Any) -> Any:
    y = torch.nn.functional.gelu(x @ W1) @ W2
    return {"y": y, "first": y[0].sum()}


def _switch(torch: Any, x: Any, W1: Any, b1: Any, W2: Any, b2: Any, g: Any) -> Any:
    z = x @ W1 + b1
    h = (1 - g) * torch.relu(z) + g * torch.nn.functional.gelu(z)
    p = h @ W2 + b2
    return {"p": p, "loss": torch.nn.functional.mse_loss(p, x.abs())}


def _narrow(torch: Any, x: Any, s: Any) -> Any:
    return torch.nn.functional.gelu(s * x) / s


# -- A transformer block, backwards ------------------------------------------------------------------------------------


def _attention(torch: Any, n: Any, Wq: Any, Wk: Any, Wv: Any, Wo: Any) -> Any:
    f = torch.nn.functional
    q, k, v = (n @ W for W in (Wq, Wk, Wv))
    return f.scaled_dot_product_attention(q[None], k[None], v[None], is_causal=True)[0] @ Wo


def _block(torch: Any, x: Any, t: Any, Wq: Any, Wk: Any, Wv: Any, Wo: Any, W1: Any, W2: Any) -> Any:
    f = torch.nn.functional
    n1 = f.layer_norm(x, (6,))
    a = _attention(torch, n1, Wq, Wk, Wv, Wo)
    m = x + a
    n2 = f.layer_norm(m, (6,))
    ff = f.gelu(n2 @ W1) @ W2
    y = m + ff
    return {"n1": n1, "a": a, "m": m, "n2": n2, "f": ff, "y": y, "loss": f.mse_loss(y, t)}


def _scaled_block(torch: Any, x: Any, t: Any, s: Any) -> Any:
    rng = np.random.default_rng(2)
    rng.normal(size=(2, 4, 6))  # x and t
    shapes = [(6, 6)] * 4 + [(6, 24), (24, 6)]
    return _block(torch, x, t, *[s * torch.tensor(rng.normal(size=shape)) for shape in shapes])


def _eight_blocks(torch: Any, x: Any, t: Any, pre: Any) -> Any:
    f = torch.nn.functional
    rng = np.random.default_rng(1)
    rng.normal(size=(2, 4, 6))  # x and t
    states = [x]
    for _ in range(8):
        W, W1, W2 = (torch.tensor(rng.normal(0, 0.6, shape)) for shape in ((4, 6, 6), (6, 24), (24, 6)))
        x = states[-1]

        def norm(each: Any) -> Any:
            return f.layer_norm(each, (6,))

        m = pre * (x + _attention(torch, norm(x), *W)) + (1 - pre) * norm(x + _attention(torch, x, *W))
        y = pre * (m + f.gelu(norm(m) @ W1) @ W2) + (1 - pre) * norm(m + f.gelu(m @ W1) @ W2)
        states.append(y)
    return {f"h{k}": states[k] for k in range(1, 9)} | {"loss": f.mse_loss(states[-1], t)}


# -- Vanishing through time --------------------------------------------------------------------------------------------


def _power(torch: Any, h0: Any, w: Any) -> Any:
    return {"h#6": h0 * w**5}


def _turns(torch: Any, h0: Any, w: Any) -> Any:
    h = h0
    for _ in range(5):
        h = torch.tanh(w * h)
    return {"h#6": h}


def _rotations(torch: Any, a: Any, s: Any, h0: Any) -> Any:
    W = s * torch.stack([torch.stack([a.cos(), -a.sin()]), torch.stack([a.sin(), a.cos()])])
    states = {"h1": h0 @ W}
    for k in range(2, 13):
        states[f"h{k}"] = states[f"h{k - 1}"] @ W
    return states | {"loss": (states["h12"] * torch.tensor([0.6, 0.8], dtype=torch.float64)).sum()}


def _exploding(torch: Any, x: Any, h: Any, w: Any, u: Any) -> Any:
    for each in x:
        h = w * h + u * each
    return {"loss": (h - 1) ** 2}


def _cell(torch: Any, x: Any, b: Any, i: Any, c0: Any) -> Any:
    states = {"f": torch.sigmoid(b)}
    c = c0
    for k, each in enumerate(x, 1):
        c = states[f"c{k}"] = states["f"] * c + i * each
    return states


def _remembering(torch: Any, x: Any, h: Any, c: Any, o: Any, k: Any, **p: Any) -> Any:
    for each in x.T[:, :, None]:
        h = torch.tanh(each @ p["U"] + h @ p["W"])
        f = torch.sigmoid(each @ p["Uf"] + o @ p["Wf"] + p["bf"])
        i = torch.sigmoid(each @ p["Ui"] + o @ p["Wi"] + p["bi"])
        c = f * c + i * torch.tanh(each @ p["U"] + o @ p["W"])
        o = torch.tanh(c)
    y = ((1 - k) * h + k * o) @ p["V"]
    return {"p": y, "loss": torch.nn.functional.mse_loss(y, x[:, :1])}


# -- A tiny language model ---------------------------------------------------------------------------------------------


def _pairs(torch: Any, W: Any) -> Any:
    ids = torch.tensor([_LETTERS.index(c) for c in _TEXT])
    return {"loss": torch.nn.functional.cross_entropy(torch.nn.functional.embedding(ids[:-1], W), ids[1:])}


def _of_three(torch: Any, E: Any, W1: Any, b1: Any, W2: Any, **seen: Any) -> Any:
    f = torch.nn.functional
    ids = torch.tensor([_LETTERS.index(c) for c in _TEXT])
    x = f.embedding(ids.unfold(0, 3, 1)[:-1], E)
    if seen:
        x = x * torch.stack([seen[name] for name in ("far", "mid", "near")])[:, None]
    logits = torch.tanh(x.flatten(1) @ W1 + b1) @ W2
    return {"loss": f.cross_entropy(logits, ids[3:])}


_GELU, _BLOCK = "gelu-and-the-feed-forward-block", "a-transformer-block-backwards"
_TIME, _LETTER = "vanishing-through-time", "a-tiny-language-model"

CASES = [
    _case(_GELU, 1, _gelu),
    _case(_GELU, 4, _gelu),
    _case(_GELU, 5, _gelu_tanh),
    _case(_GELU, 6, _each_token),
    _case(_GELU, 7, _switch),
    _case(_GELU, 8, _narrow),
    _case(_BLOCK, 1, _block),
    _case(_BLOCK, 3, _scaled_block),
    _case(_BLOCK, 6, _eight_blocks),
    _case(_BLOCK, 7, _block),
    _case(_TIME, 1, _power),
    _case(_TIME, 3, _turns),
    _case(_TIME, 4, _rotations),
    _case(_TIME, 5, _exploding),
    _case(_TIME, 6, _cell),
    _case(_TIME, 7, _remembering),
    _case(_LETTER, 1, _pairs),
    _case(_LETTER, 3, _pairs),
    _case(_LETTER, 4, _of_three),
    _case(_LETTER, 5, _of_three),
    _case(_LETTER, 6, _of_three),
]
