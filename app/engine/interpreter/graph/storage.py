"""Stores: values never change here, so what NumPy stores in place is a new version of a buffer.

Names, lists and views that show one buffer share its `Memory`. `a[i] = v` and `a += v` write a node for the whole
buffer after the store; from then on all that show the buffer show that node, a view by being cut out of it anew (this
is functionalization, as PyTorch's tracer does it: https://pytorch.org/docs/stable/func.html).

Whether `reshape` gives a view or a copy depends on how the array lies in memory: rows one after another ("C"),
transposed ("F"), or unknown (""). Where it is unknown and something is stored, the line is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from app.engine.errors import ProgramError, Span
from app.engine.interpreter.values import Memory, Ref
from app.engine.ops import REGISTRY, Op

if TYPE_CHECKING:
    from app.engine.interpreter.graph.builder import GraphBuilder

ALWAYS_ARRAYS = frozenset({"where", "ones_like", "zeros_like", "reshape", "broadcast_to"})
"""Ops whose result is an array in NumPy even if it has no axes."""


def memory_of(graph: GraphBuilder, ref: Ref) -> Memory:
    """The buffer of an array."""
    memory = ref.memory
    if memory is None:
        memory = Memory(graph, ref.node)
        ref.show(memory)
    return memory


def with_memory(graph: GraphBuilder, op: Op, attrs: dict[str, Any], source: Ref, made: Ref, span: Span) -> Ref:
    """`made`, the result of `op`, as NumPy holds it: a view of `source`, its first input, or an array of its own."""
    layout = _VIEWS.get(op.name)
    shape = graph.shapes[made.index]
    if layout is None:
        made.boxed = made.boxed or op.name in ALWAYS_ARRAYS
        return made
    if op.name == "index":
        made.boxed = Ellipsis in attrs["index"]
        if _gathers(attrs["index"]):
            return made
    else:
        made.boxed = source.boxed or op.name in ALWAYS_ARRAYS
    before = graph.shapes[source.index]
    if op.name == "reshape" and not before and not source.boxed:
        # NumPy's own numbers have a reshape, which gives a number; of Python's an array is made.
        made.boxed = source.python
    if (not shape and not made.boxed) or (not before and not source.boxed):
        # A number, or an array that NumPy makes of one.
        return made
    order = layout(attrs, source.order, before, shape)
    if order == "copy":
        return made
    memory = memory_of(graph, source)
    made.show(memory)
    made.view = (source, op, attrs, span)
    made.order = "" if order == "unknown" else order
    if op.name == "broadcast_to":
        memory.frozen = memory.frozen or shape != before
    memory.doubtful = memory.doubtful or order == "unknown"
    return made


def as_view(graph: GraphBuilder, op: Op, attrs: dict[str, Any], source: Ref, made: Ref, span: Span) -> Ref:
    """`made` as a view of `source` where NumPy gives one although it picks element by element, as of a diagonal."""
    made.show(memory_of(graph, source))
    made.view = (source, op, attrs, span)
    made.order = ""
    return made


def _gathers(index: tuple[Any, ...]) -> bool:
    """Whether an index picks elements one by one, which gives a copy."""
    return any(not isinstance(item, int | slice | None) and item is not Ellipsis for item in index)


def shown_as(graph: GraphBuilder, ref: Ref, made: Ref, span: Span) -> None:
    """A value that a tuple holds, and cannot exchange, is another node with the same value from now on."""
    if ref.memory is not None or ref.view is not None:
        store(graph, ref, made.index, span)
    else:
        ref.node = made.index
    ref.python = made.python


def store(graph: GraphBuilder, ref: Ref, value: int, span: Span) -> None:
    """`ref` and all that shares its buffer show node `value`, in the shape of `ref`, from now on."""
    memory = memory_of(graph, ref)
    if memory.frozen:
        raise ProgramError(
            "np.broadcast_to gives a read-only view, which NumPy does not store into",
            span=span,
            hint="Write .copy() after it.",
        )
    if memory.doubtful:
        raise ProgramError(
            "whether this changes another array too depends on how NumPy lays the arrays out in memory",
            span=span,
            hint="Write .copy() where the array was reshaped.",
        )
    chain = [ref]
    while chain[-1].view is not None:
        chain.append(chain[-1].view[0])
    for part, whole in pairwise(chain):
        assert part.view is not None
        _, op, attrs, _ = part.view
        value = _BACK[op.name](graph, attrs, whole.index, value, span)
    graph.stored[value] = memory.index
    memory.index = value
    memory.version += 1


def _view(attrs: dict[str, Any], order: str, before: Any, after: Any) -> str:
    return ""


def _index_layout(attrs: dict[str, Any], order: str, before: Any, after: Any) -> str:
    """Leading whole numbers, then full slices, leave rows as they are."""
    rest = list(attrs["index"])
    while rest and (isinstance(rest[0], int) or rest[0] is None):
        rest.pop(0)
    plain = all(item == slice(None) or item is None or item is Ellipsis for item in rest[1:])
    first = not rest or rest[0] is Ellipsis or rest[0] is None or (rest[0].step in (None, 1))
    return "C" if order == "C" and plain and first else ""


def _transposed_layout(attrs: dict[str, Any], order: str, before: Any, after: Any) -> str:
    if sum(n != 1 for n in before) < 2:
        return order
    if len(before) == 2 and order in ("C", "F"):
        return "F" if order == "C" else "C"
    return ""


def _reshaped_layout(attrs: dict[str, Any], order: str, before: Any, after: Any) -> str:
    if order == "C":
        return "C"
    if before == after:
        return order
    if order == "F" and sum(n != 1 for n in before) >= 2:
        return "copy" if [n for n in before if n != 1] != [n for n in after if n != 1] else "unknown"
    return "unknown"


_VIEWS: dict[str, Callable[[dict[str, Any], str, Any, Any], str]] = {
    "index": _index_layout,
    "transpose": _transposed_layout,
    "swapaxes": _transposed_layout,
    "reshape": _reshaped_layout,
    "split": _view,
    "broadcast_to": _view,
    **dict.fromkeys(("detach", "float32"), lambda attrs, order, before, after: order),
}
"""Ops whose result is a view of their input in NumPy, and how the result lies in memory."""


def _put(graph: GraphBuilder, attrs: dict[str, Any], whole: int, part: int, span: Span) -> int:
    return graph.operation(REGISTRY["put"], (whole, part), {"index": attrs["index"]}, span).index


def _put_split(graph: GraphBuilder, attrs: dict[str, Any], whole: int, part: int, span: Span) -> int:
    shape = graph.shapes[whole]
    axis = attrs["axis"] % len(shape)
    size = shape[axis] // attrs["sections"]
    index = (slice(None),) * axis + (slice(attrs["part"] * size, (attrs["part"] + 1) * size),)
    return _put(graph, {"index": index}, whole, part, span)


def _untranspose(graph: GraphBuilder, attrs: dict[str, Any], whole: int, part: int, span: Span) -> int:
    axes = attrs["axes"]
    if axes is not None:
        ndim = len(axes)
        axes = tuple(sorted(range(ndim), key=lambda i: axes[i] % ndim))
    return graph.operation(REGISTRY["transpose"], (part,), {"axes": axes}, span).index


def _unswap(graph: GraphBuilder, attrs: dict[str, Any], whole: int, part: int, span: Span) -> int:
    return graph.operation(REGISTRY["swapaxes"], (part,), attrs, span).index


def _unreshape(graph: GraphBuilder, attrs: dict[str, Any], whole: int, part: int, span: Span) -> int:
    return graph.operation(REGISTRY["reshape"], (part,), {"shape": graph.shapes[whole]}, span).index


_BACK: dict[str, Callable[[GraphBuilder, dict[str, Any], int, int, Span], int]] = {
    "index": _put,
    "split": _put_split,
    "transpose": _untranspose,
    "swapaxes": _unswap,
    "reshape": _unreshape,
    **dict.fromkeys(("detach", "float32"), lambda graph, attrs, whole, part, span: part),
}
"""From a part that was stored into to the whole that it is a view of."""
