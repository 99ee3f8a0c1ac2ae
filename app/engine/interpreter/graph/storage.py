"""Stores: values never change here, so what NumPy stores in place is a new version of a buffer.

Names, lists and views that show one buffer share its `Memory`. `a[i] = v` and `a += v` write a node for the whole
buffer after the store; from then on all that show the buffer show that node, a view by being cut out of it anew (this
is functionalization, as PyTorch's tracer does it: https://pytorch.org/docs/stable/func.html).

Whether `reshape` gives a view or a copy depends on how the array lies in memory: rows one after another ("C"),
transposed ("F"), or unknown (""). Where it is unknown and something is stored, the line is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from app.engine.errors import ProgramError, Span
from app.engine.interpreter.values import Memory, Ref
from app.engine.ops import REGISTRY, Op
from app.engine.wording import said

if TYPE_CHECKING:
    from app.engine.interpreter.graph.builder import GraphBuilder


def memory_of(graph: GraphBuilder, ref: Ref) -> Memory:
    """The buffer of an array."""
    memory = ref.memory
    if memory is None:
        memory = Memory(graph, ref.node)
        ref.show(memory)
    return memory


def with_memory(graph: GraphBuilder, op: Op, attrs: dict[str, Any], source: Ref, made: Ref, span: Span) -> Ref:
    """`made`, the result of `op`, as NumPy holds it: a view of `source`, its first input, or an array of its own."""
    view = op.view
    shape = graph.shapes[made.index]
    if view is None:
        made.boxed = made.boxed or op.boxed
        return made
    # One element of a tensor is a tensor, and so shows its memory.
    made.boxed = made.boxed or (Ellipsis in attrs["index"] if op.indexed else source.boxed or op.boxed)
    before = graph.shapes[source.index]
    if view.keeps_numbers and not before and not source.boxed:
        # Of Python's numbers an array is made.
        made.boxed = source.python
    if (not shape and not made.boxed) or (not before and not source.boxed):
        # A number, or an array that NumPy makes of one.
        return made
    order = view.layout(attrs, source.order, before, shape)
    if order == "copy":
        return made
    memory = memory_of(graph, source)
    made.show(memory)
    made.view = (source, op, attrs, span)
    made.order = "" if order == "unknown" else order
    memory.frozen = memory.frozen or (view.read_only and shape != before)
    memory.doubtful = memory.doubtful or order == "unknown"
    return made


def as_view(graph: GraphBuilder, op: Op, attrs: dict[str, Any], source: Ref, made: Ref, span: Span) -> Ref:
    """`made` as a view of `source` where NumPy gives one although it picks element by element, as of a diagonal."""
    made.show(memory_of(graph, source))
    made.view = (source, op, attrs, span)
    made.order = ""
    return made


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
        raise ProgramError(said("language.store_into_read_only_view"), span=span)
    if memory.doubtful:
        raise ProgramError(said("language.shared_memory_unknown"), span=span)
    if memory.apart:
        raise ProgramError(said("language.shared_with_leaf"), span=span)
    chain = [ref]
    while chain[-1].view is not None:
        chain.append(chain[-1].view[0])
    for part, whole in pairwise(chain):
        assert part.view is not None
        _, op, attrs, _ = part.view
        value = _whole(graph, op, attrs, whole.index, value, span)
    if (first := _put_back(graph, value)) is None:
        graph.stored[value] = memory.index
    before, memory.index = memory.index, value if first is None else first
    if before in graph.tensors.parameters:
        graph.tensors.parameters.add(memory.index)
    memory.version += 1


def lead(ref: Ref, index: int, same: Op) -> bool:
    """`ref` shows the whole of its buffer, as node `index`, and what it was a view of by `same` is one of it from now
    on. False where it shows a part."""
    whole = ref
    while whole.view is not None and whole.view[1] is same:
        whole = whole.view[0]
    memory = ref.memory
    if memory is None or whole.view is not None:
        return False
    if whole is not ref:
        assert ref.view is not None
        whole.view = (ref, same, {}, ref.view[3])
    ref.view = None
    memory.index = index
    memory.version += 1
    ref.becomes(index)
    return True


def keep_apart(one: Memory, other: Memory) -> None:
    """Two buffers are one in PyTorch: while both are held nothing may be stored in either."""
    for memory, second in ((one, other), (other, one)):
        memory.apart = WeakSet() if memory.apart is None else memory.apart
        memory.apart.add(second)


def _put_back(graph: GraphBuilder, value: int) -> int | None:
    """The array whose own element node `value` puts back in its place, after others have stood there: `x[i] = old` at
    the end of a numerical derivative. None for any other node."""
    nodes = graph.nodes
    node = nodes[value]
    if node.op.indexed != "set" or not nodes[node.inputs[1]].inputs:
        return None
    element = nodes[node.inputs[1]]
    if element.op.indexed != "get" or not _same_place(element.attrs, node.attrs):
        return None
    first, held = element.inputs[0], node.inputs[0]
    while held != first:
        if nodes[held].op.indexed != "set" or not _same_place(nodes[held].attrs, node.attrs):
            return None
        held = nodes[held].inputs[0]
    return None if first == node.inputs[0] else first


def _same_place(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether two indices are the same whole numbers."""
    one, other = a.get("index"), b.get("index")
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return False
    return all(type(i) is int for i in (*one, *other)) and one == other


def _whole(graph: GraphBuilder, op: Op, attrs: dict[str, Any], whole: int, part: int, span: Span) -> int:
    """The node for the whole of which `part`, its view by `op`, has been stored into."""
    assert op.view is not None
    if op.view.back is None:
        return part
    made, stored, attributes = op.view.back(attrs, graph.shapes[whole])
    return graph.operation(REGISTRY[made], (whole, part) if stored else (part,), attributes, span).index
