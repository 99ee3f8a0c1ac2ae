"""Ops that move elements: reshape, transpose, index, slice, split, join, broadcast."""

import re
from collections.abc import Callable
from typing import Any

from tests.oracle.case import Case, normal

# name: (text over a (2, 3, 4) and v (4,), the same in PyTorch). The result is squared: so every place has a gradient of
# its own.
TABLE: dict[str, tuple[str, Callable[..., Any]]] = {
    "reshape": ("np.reshape(a, (4, 6))", lambda torch, a, v: a.reshape(4, 6)),
    "reshape method": ("a.reshape(3, -1)", lambda torch, a, v: a.reshape(3, -1)),
    "ravel": ("np.ravel(a)", lambda torch, a, v: a.ravel()),
    "flatten": ("a.flatten()", lambda torch, a, v: a.flatten()),
    "transpose": ("np.transpose(a)", lambda torch, a, v: a.permute(2, 1, 0)),
    "transpose axes": ("np.transpose(a, (1, 2, 0))", lambda torch, a, v: a.permute(1, 2, 0)),
    "T": ("a[0].T", lambda torch, a, v: a[0].T),
    "swapaxes": ("np.swapaxes(a, -1, -2)", lambda torch, a, v: a.swapaxes(-1, -2)),
    "index": ("a[1]", lambda torch, a, v: a[1]),
    "index negative": ("a[-1, -2]", lambda torch, a, v: a[-1, -2]),
    "index of one element": ("a[1, 2, 3]", lambda torch, a, v: a[1, 2, 3]),
    "slice": ("a[:, 1:]", lambda torch, a, v: a[:, 1:]),
    "slice with a step": ("a[:, :, ::2]", lambda torch, a, v: a[:, :, ::2]),
    "slice and index": ("a[0, 1:3, -2]", lambda torch, a, v: a[0, 1:3, -2]),
    "ellipsis": ("a[..., 1]", lambda torch, a, v: a[..., 1]),
    "new axis": ("v[:, None]", lambda torch, a, v: v[:, None]),
    "expand_dims": ("np.expand_dims(v, 0)", lambda torch, a, v: v.unsqueeze(0)),
    "parts that overlap": ("a[:, :2] * a[:, 1:]", lambda torch, a, v: a[:, :2] * a[:, 1:]),
    "split": ("np.split(a, 2, axis=2)[1]", lambda torch, a, v: a.split(2, 2)[1]),
    "broadcast_to": ("np.broadcast_to(v, (2, 3, 4))", lambda torch, a, v: v.broadcast_to(2, 3, 4)),
    "concatenate": ("np.concatenate((a, a * a, a[:1]), axis=0)", lambda torch, a, v: torch.cat((a, a * a, a[:1]), 0)),
    "concatenate axis": (
        "np.concatenate([a, a[:, :, 1:]], axis=-1)",
        lambda torch, a, v: torch.cat([a, a[:, :, 1:]], -1),
    ),
    "stack": ("np.stack((v, v * v, np.sin(v)))", lambda torch, a, v: torch.stack((v, v * v, torch.sin(v)))),
    "stack axis": ("np.stack((a, a * a), axis=1)", lambda torch, a, v: torch.stack((a, a * a), 1)),
    "array of expressions": (
        "np.array([v[0] * v[1], v[2], 3.0])",
        lambda torch, a, v: torch.stack((v[0] * v[1], v[2], 0 * v[0] + 3.0)),
    ),
    "ones_like": ("np.ones_like(a) * a", lambda torch, a, v: torch.ones_like(a) * a),
    "zeros_like": ("np.zeros_like(a) + a", lambda torch, a, v: torch.zeros_like(a) + a),
    "shape as a number": ("a / a.shape[-1]", lambda torch, a, v: a / a.shape[-1]),
    "where with arrays": ("np.where(a > v, a, v)", lambda torch, a, v: torch.where(a > v, a, v)),
    "comparison as a number": ("(a > 0).astype(float) * a", lambda torch, a, v: (a > 0).double() * a),
    "not, of an array": ("(~(a > v)) * a", lambda torch, a, v: (~(a > v)) * a),
    "broadcasting three ways": ("a[:, :1] * v + a[:1, :, :1]", lambda torch, a, v: a[:, :1] * v + a[:1, :, :1]),
}


def _case(name: str, text: str, function: Callable[..., Any]) -> Case:
    arrays = {"a": normal(31, 2, 3, 4), "v": normal(32, 4)}
    needed = [key for key in arrays if re.search(rf"\b{key}\b", text)]

    def torch_version(torch: Any, **leaves: Any) -> Any:
        f = function(torch, leaves.get("a"), leaves.get("v"))
        return {"f": f, "y": f * f}

    return Case(name, f"f = {text}\ny = f * f", torch_version, {key: arrays[key] for key in needed})


CASES = [_case(name, text, function) for name, (text, function) in TABLE.items()]
