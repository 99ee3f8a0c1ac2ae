"""Training steps of PyTorch: a leaf is changed outside of what is followed, `w.data -= lr * w.grad`, or by an
optimizer. They are told by what is changed, and by no name."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.graph.storage import memory_of, store
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.tensors import is_tensor, is_tracked, required
from app.engine.interpreter.training.turns import begin_tensor
from app.engine.interpreter.values import Literal, Ref
from app.engine.ops.messages import DETACHED


def stored(interpreter: Interpreter, before: Ref, after: Ref, where: ast.AST) -> bool:
    """Stores `after` in the memory of `before`, if that is a leaf or a part of one, and ends the turn. Returns whether
    it did."""
    graph = interpreter.graph
    whole, aside = before, not graph.tensors.recording
    while whole.view is not None:
        aside = aside or whole.view[1] is DETACHED
        whole = whole.view[0]
    memory = graph.tensors.leaf_at(whole.index)
    if memory is None:
        return False
    if not aside:
        raise interpreter.fault(
            "RuntimeError",
            "a leaf that requires gradients is changed in place",
            where,
            "Put the line under with torch.no_grad():",
            "a leaf Variable that requires grad is being used in an in-place operation.",
        )
    old = whole.index
    store(graph, before, after.index, interpreter.span(where))
    begin_tensor(interpreter, memory, old, where)
    return True


def put(interpreter: Interpreter, owner: Ref, value: Ref, where: ast.AST) -> None:
    """Stores a value in a tensor: a training step where that is a leaf."""
    if not stored(interpreter, owner, value, where):
        store(interpreter.graph, owner, value.index, interpreter.span(where))


def set_attribute(interpreter: Interpreter, owner: Any, target: ast.Attribute, value: Any) -> None:
    """`w.data = ...`, `w.grad = None`, `w.requires_grad = True`."""
    ref = interpreter.node(owner, target.value)
    memory = memory_of(interpreter.graph, ref)
    match target.attr:
        case "grad" if value is None:
            memory.grad = None
        case "grad" if is_tensor(interpreter, value):
            memory.grad = interpreter.node(value, target)
        case "requires_grad" if value is True:
            required(interpreter, owner, target.value)
        case "requires_grad" if value is False and is_tracked(interpreter, ref):
            interpreter.graph.tensors.leaves.remove(memory)
            interpreter.graph.tensors.tracked.discard(ref.index)
        case "data" if type(value) in (Ref, Literal):
            with_value = interpreter.node(value, target)
            if interpreter.shape(with_value) != interpreter.shape(ref):
                raise interpreter.fail("the data of a tensor keep their shape here", target, "Make a new tensor.")
            recording, interpreter.graph.tensors.recording = interpreter.graph.tensors.recording, False
            put(interpreter, ref, with_value, target)
            interpreter.graph.tensors.recording = recording
        case _:
            raise interpreter.fail(
                f".{target.attr} of a tensor cannot be set to this here", target, "Set .data, .grad or .requires_grad."
            )
