"""Tensors of PyTorch among the values of a text: nodes that are known to be such, and literals that will be."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.graph.storage import memory_of
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Literal, Memory, Ref
from app.engine.ops import INPUT
from app.engine.ops.messages import DETACHED, ROUNDED
from app.engine.program import TensorText
from app.engine.wording import said


def is_tensor(interpreter: Interpreter, value: Any) -> bool:
    """Whether a value is a tensor of PyTorch, and no array of NumPy."""
    if type(value) is Literal:
        return value.tensor is not None
    return (
        type(value) is Ref
        and bool(interpreter.graph.tensors.dtypes)
        and value.index in interpreter.graph.tensors.dtypes
    )


def dtype_of(interpreter: Interpreter, value: Ref | Literal) -> str:
    """The number type of a tensor, such as "float32"."""
    if type(value) is Literal:
        return value.tensor or "float32"
    return interpreter.graph.tensors.dtypes[value.index]  # type: ignore[union-attr]


def is_single(interpreter: Interpreter, value: Ref | Literal) -> bool:
    """Whether an array of NumPy holds what a tensor of float32 has handed over."""
    if type(value) is Literal:
        return False
    node = interpreter.graph.nodes[value.index]  # type: ignore[union-attr]
    while node.inputs and node.op is not ROUNDED and (node.op.view is not None or node.op.indexed == "set"):
        node = interpreter.graph.nodes[node.inputs[0]]
    return node.op is ROUNDED


def is_tracked(interpreter: Interpreter, value: Any) -> bool:
    """Whether gradients are followed through a tensor: its `requires_grad`."""
    return type(value) is Ref and value.index in interpreter.graph.tensors.tracked


def as_tensor(interpreter: Interpreter, value: Ref | Literal, dtype: str) -> Ref | Literal:
    """The same value, a tensor of this type from now on."""
    if dtype == "float32":
        interpreter.note(said("notes.float32"))
    if type(value) is Literal and value.ref is None:
        value.tensor = dtype
    else:
        ref = value.ref if type(value) is Literal else value
        interpreter.graph.tensors.dtypes[ref.index] = dtype  # type: ignore[union-attr]
        ref.boxed = True  # type: ignore[union-attr]
    return value


def detached(interpreter: Interpreter, value: Any, where: ast.expr, *, tensor: bool) -> Ref:
    """The same numbers, through which no gradient flows, in the same memory. tensor: whether they are a tensor still,
    and no array of NumPy."""
    ref = interpreter.node(value, where)
    op = ROUNDED if not tensor and interpreter.graph.tensors.dtypes.get(ref.index) == "float32" else DETACHED
    made = interpreter.operation(op, (ref,), {}, where)
    made.boxed = True
    if not tensor:
        interpreter.graph.tensors.dtypes.pop(made.index, None)
    return made


def required(interpreter: Interpreter, value: Any, where: ast.expr) -> Ref:
    """`requires_grad`: the leaf, for which gradients are kept from now on."""
    ref = interpreter.node(value, where)
    interpreter.graph.tensors.follow(ref, memory_of(interpreter.graph, ref))
    return ref


def keeper(interpreter: Interpreter, ref: Ref, *, new: bool = False) -> Memory | None:
    """What keeps the gradient of a tensor: its buffer. A view of another tensor that is followed has one of its own, if
    it was asked to keep its gradient. new: whether it is asked now."""
    memory = memory_of(interpreter.graph, ref)
    if ref.view is None or ref.view[1] in (DETACHED, ROUNDED):
        return memory
    if new:
        memory.views = {**memory.views, ref.index: Memory(interpreter.graph, ref.index)}
    return memory.views.get(ref.index)


def named_function(interpreter: Interpreter, value: Any, name: str) -> Any:
    """The same tensor, of which PyTorch says that this function made it."""
    if is_tracked(interpreter, value):
        interpreter.graph.tensors.functions[value.index] = name
    return value


def said_of(interpreter: Interpreter, ref: Ref) -> TensorText | None:
    """How PyTorch writes a tensor; None for an array of NumPy."""
    tensors = interpreter.graph.tensors
    index = ref.index
    dtype = tensors.dtypes.get(index)
    if dtype is None:
        return None
    suffixes = [f"dtype=torch.{dtype}"] if dtype == "float64" else []
    if index in tensors.tracked:
        name = function_of(interpreter, ref)
        suffixes.append("requires_grad=True" if name is None else f"grad_fn=<{name}>")
    return TensorText(dtype, tuple(suffixes), index in tensors.parameters, tensors.digits, tensors.exponents)


def function_of(interpreter: Interpreter, ref: Ref) -> str | None:
    """What PyTorch calls the function that made a tensor; None of a leaf."""
    tensors, graph = interpreter.graph.tensors, interpreter.graph
    index = ref.index
    node = graph.nodes[index]
    if node.op is INPUT or not node.inputs or tensors.leaf_at(index) is not None:
        return None
    known = tensors.functions.get(index)
    if known is not None:
        return known
    shapes = [graph.shapes[i] for i in node.inputs]
    name = node.op.grad_name or node.op.name.title()
    found = name if isinstance(name, str) else name(node.attrs, shapes)
    return found if found[-1].isdigit() or found == "CopySlices" else f"{found}Backward0"
