"""Message rules of the tensor ops: as `reasons.py`, for ops that combine or move elements."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.ops.axes import reduced_axes, show_shape
from app.engine.ops.places import has_arrays, repeats
from app.engine.ops.reasons import Reasons, finite, numbers, single
from app.engine.ops.registry import Call, Reason

# -- matrix products ---------------------------------------------------------------------------------------------------


def _row(call: Call, y: Any, a: Any, b: Any) -> bool:
    return bool(single(y) and np.size(a) == np.size(b) and 1 < np.size(a) <= 4)


def _terms(call: Call, y: Any, a: Any, b: Any) -> dict[str, Any]:
    return {"terms": list(zip(np.ravel(a).tolist(), np.ravel(b).tolist(), strict=True))}


def _matrices(call: Call, y: Any, a: Any, b: Any) -> bool:
    return len(call.shapes[0]) == len(call.shapes[1]) == 2


def _turned(call: Call, y: Any, a: Any, b: Any) -> dict[str, Any]:
    return {"turned_a": show_shape(call.shapes[0][::-1]), "turned_b": show_shape(call.shapes[1][::-1])}


MATMUL_SAYS = (
    Reason("matmul.row", _row, _terms),
    Reason("matmul.says", lambda call, y, a, b: np.size(y) > 1 and all(call.shapes)),
)
MATMUL_HANDS = (
    Reason("matmul.hands", _matrices),
    Reason("multiply.hands", lambda call, y, a, b: not all(call.shapes)),
    Reason("matmul.vectors"),
)
MATMUL = (Reason("matmul.both", lambda *args: _matrices(*args) and not single(args[1]), _turned),)
"""If only one side gets a gradient, `matmul.first` or `matmul.second` is used instead."""

# -- along axes --------------------------------------------------------------------------------------------------------


def _axes(call: Call) -> tuple[int, ...]:
    return reduced_axes(call.attrs["axis"], len(call.shapes[0]))


def _reduced(call: Call, y: Any, x: Any) -> dict[str, Any]:
    axes = _axes(call)
    n = math.prod(call.shapes[0][a] for a in axes)
    return {"n": n, "axis": ", ".join(map(str, axes))}


def _share(call: Call, y: Any, x: Any) -> dict[str, Any]:
    facts = _reduced(call, y, x)
    return {**facts, "share": facts["n"]}


def _place(first: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    def facts(call: Call, y: Any, x: Any) -> dict[str, Any]:
        index = np.unravel_index(int(first(x)), np.shape(x))
        return {**_reduced(call, y, x), "place": f"[{', '.join(str(int(i)) for i in index)}]"}

    return facts


def _whole(call: Call, y: Any, x: Any) -> bool:
    return single(y) and np.size(x) > 1


def _several(call: Call, y: Any, x: Any) -> bool:
    return np.size(x) > np.size(y) > 0


def reduction(
    name: str, facts: Callable[..., dict[str, Any]] = _reduced, *, picks: bool = False
) -> tuple[Reasons, Reasons]:
    """The forward notes and backward phrases of a reduction to one number, or to one for each row. picks: whether it
    selects an element, so that the others get 0; then nothing is said of NaN."""

    def whole(call: Call, y: Any, x: Any) -> bool:
        return _whole(call, y, x) and (not picks or numbers(y))

    def rows(call: Call, y: Any, x: Any) -> bool:
        return _several(call, y, x) and (not picks or numbers(y))

    return (
        (Reason(f"{name}.says", whole, facts), Reason(f"{name}.rows", rows, _reduced)),
        (Reason(f"{name}.hands", whole, facts, picks), Reason(f"{name}.hands_rows", rows, _reduced, picks)),
    )


SUM_SAYS, SUM_HANDS = reduction("sum")
SUM = (Reason("sum.because", lambda call, y, x: _several(call, y, x) and finite(y)),)
MEAN_SAYS, MEAN_HANDS = reduction("mean", _share)
LARGEST_SAYS, LARGEST_HANDS = reduction("largest", _place(np.argmax), picks=True)
SMALLEST_SAYS, SMALLEST_HANDS = reduction("smallest", _place(np.argmin), picks=True)


def _degrees(call: Call, y: Any, x: Any) -> dict[str, Any]:
    facts = _reduced(call, y, x)
    return {**facts, "degrees": facts["n"] - call.attrs["ddof"]}


VAR_SAYS = (
    Reason("var.says", lambda call, y, x: _several(call, y, x) and call.attrs["ddof"] == 0, _degrees),
    Reason("var.degrees", _several, _degrees),
)
VAR_HANDS = (Reason("var.hands", _several, _degrees),)
VAR = (Reason("var.because", lambda call, y, x: _several(call, y, x) and finite(y)),)


# -- moving numbers ----------------------------------------------------------------------------------------------------


def _same_shape(call: Call, y: Any, x: Any) -> bool:
    return call.shape == call.shapes[0]


RESHAPE_SAYS = (Reason("reshape.same", _same_shape), Reason("reshape.says"))
RESHAPE_HANDS = (Reason("reshape.hands_same", _same_shape), Reason("reshape.hands"))


def _vector(call: Call, y: Any, x: Any) -> bool:
    return len(call.shapes[0]) == 1


def _matrix(call: Call, y: Any, x: Any) -> bool:
    return len(call.shapes[0]) == 2


def _still(call: Call, y: Any, x: Any) -> bool:
    """Whether transpose, or swapaxes, leaves all axes where they are."""
    n, attrs = len(call.shapes[0]), call.attrs
    if "axis1" in attrs:
        return bool((attrs["axis1"] - attrs["axis2"]) % max(n, 1) == 0)
    return n < 2 or (attrs["axes"] is not None and [a % n for a in attrs["axes"]] == list(range(n)))


TRANSPOSE_SAYS = (
    Reason("transpose.same", _vector),
    Reason("transpose.still", _still),
    Reason("transpose.says", _matrix),
    Reason("transpose.axes"),
)
TRANSPOSE_HANDS = (
    Reason("transpose.hands_same", _still),
    Reason("transpose.hands", _matrix),
    Reason("transpose.hands_axes"),
)


def _all(call: Call, y: Any, x: Any) -> bool:
    return np.size(y) == np.size(x) and not _repeated(call, y, x)


def _repeated(call: Call, y: Any, x: Any) -> bool:
    """Whether some number is taken more than once."""
    return repeats(call.shapes[0], call.attrs.get("index", ()))


def _backwards(call: Call, y: Any, x: Any) -> bool:
    """Whether the index takes all elements in an order of its own: some axis in reverse, or by an array."""
    index = call.attrs.get("index", ())
    steps = [item.step or 1 for item in index if isinstance(item, slice)]
    turned = has_arrays(index) or any(step < 0 for step in steps)
    return _all(call, y, x) and np.size(x) > 1 and turned


INDEX_SAYS = (
    Reason("index.turned", _backwards),
    Reason("index.all", _all),
    Reason("index.one", lambda call, y, x: single(y)),
    Reason("index.repeated", _repeated),
    Reason("index.says"),
)
INDEX_HANDS = (
    Reason("index.hands_all", _all),
    Reason("index.hands_one", lambda call, y, x: single(y)),
    Reason("index.hands_repeated", _repeated),
    Reason("index.hands"),
)
PUT_SAYS = (Reason("put.says", lambda call, y, x, value: np.size(y) > 0),)
PUT_HANDS = (Reason("put.hands", lambda call, y, x, value: np.size(y) > 0),)
ADD_AT_SAYS = (Reason("put.adds", lambda call, y, x, value: np.size(y) > 0),)
ADD_AT_HANDS = (Reason("put.hands_added", lambda call, y, x, value: np.size(y) > 0),)
COPIES_SAYS = (Reason("copies.says", lambda call, y, x: np.size(y) > np.size(x)),)
COPIES_HANDS = (Reason("copies.hands", lambda call, y, x: np.size(y) > np.size(x)),)
JOIN_SAYS = (Reason("join.says", facts=lambda call, y, *x: {"parts": len(x)}),)
JOIN_HANDS = (Reason("join.hands"),)
LIKE_SAYS = (Reason("constant.like"),)
