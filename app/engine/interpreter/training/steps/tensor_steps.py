"""Training steps of PyTorch: a leaf is changed outside of what is followed, `w.data -= lr * w.grad`, or by an
optimizer. They are told by what is changed, and by no name."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.graph.storage import keep_apart, lead, memory_of, store
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.sequences import frozen
from app.engine.interpreter.semantics.tensors import is_tensor, is_tracked, required
from app.engine.interpreter.training.steps.training_steps import begin_tensor, depends
from app.engine.interpreter.values import Literal, Memory, Ref
from app.engine.ops.messages import DETACHED
from app.engine.wording import said


def stored(interpreter: Interpreter, before: Ref, after: Ref, where: ast.AST) -> bool:
    """Stores `after` in the memory of `before`, if that is a leaf or a part of one, and ends the turn. Returns whether
    it did."""
    memory = changed_leaf(interpreter, before, where)
    if memory is None:
        return False
    old = memory.index
    store(interpreter.graph, before, after.index, interpreter.span(where))
    begin_tensor(interpreter, memory, old, where)
    return True


def changed_leaf(interpreter: Interpreter, ref: Ref, where: ast.AST) -> Memory | None:
    """The leaf that is about to be stored into, or of which `ref` is a part; None where it is something else. What is
    followed cannot change one, as in PyTorch."""
    tensors = interpreter.graph.tensors
    whole, aside = ref, not tensors.recording
    while whole.view is not None:
        aside = aside or whole.view[1] is DETACHED
        whole = whole.view[0]
    memory = tensors.leaf_at(whole.index) if tensors.leaves else None
    if memory is not None and not aside:
        raise interpreter.fault(
            "RuntimeError",
            said("language.leaf_changed_in_place"),
            where,
            text="a leaf Variable that requires grad is being used in an in-place operation.",
        )
    return memory


def put(interpreter: Interpreter, owner: Ref, value: Ref, where: ast.AST) -> None:
    """Stores a value in a tensor: a training step where that is a leaf."""
    if not stored(interpreter, owner, value, where):
        store(interpreter.graph, owner, value.index, interpreter.span(where))


def begin_leaf(interpreter: Interpreter, owner: Ref, where: ast.AST) -> None:
    """A computed value becomes a leaf, as `w.requires_grad_()` asks: what led to it is settled."""
    graph, index = interpreter.graph, owner.index
    node = graph.nodes[index]
    if not node.inputs or index in graph.tensors.tracked:
        return
    depends(interpreter, index, interpreter.span(where).line)
    held = Literal(frozen(graph.value(index)), node.kind, tensor=graph.tensors.dtypes[index])
    made = graph.number(held, interpreter.span(where))
    if node.name:
        graph.promote(made, graph.again(node.id), node.name)
    shared, whole = owner.memory, owner
    while whole.view is not None:
        whole = whole.view[0]
    own = shared is None or shared in graph.tensors.leaves or not is_tensor(interpreter, whole)
    if own or not lead(owner, made.index, DETACHED):
        owner.node, owner.memory, owner.view = made.index, None, None
        if shared is not None:
            keep_apart(shared, memory_of(graph, owner))


def _exchange(interpreter: Interpreter, owner: Ref, memory: Memory, value: Ref, where: ast.Attribute) -> None:
    """`w.data = value`: w has another buffer from now on, and what else showed the one before goes on to show that."""
    graph, tensors, old = interpreter.graph, interpreter.graph.tensors, owner.index
    made = Memory(graph, value.index)
    made.grad, made.views = memory.grad, memory.views
    for among in (tensors.leaves, tensors.retained):
        if memory in among:
            among.remove(memory)
            among.add(made)
    # Views of it are cut out of w, which a store through them would change.
    memory.doubtful = True
    owner.view, owner.node = None, value.index
    owner.show(made)
    keep_apart(made, memory_of(graph, value))
    if made in tensors.leaves:
        begin_tensor(interpreter, made, old, where)


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
            begin_leaf(interpreter, ref, target)
            required(interpreter, owner, target.value)
        case "requires_grad" if value is False and is_tracked(interpreter, ref):
            interpreter.graph.tensors.leaves.remove(memory)
            interpreter.graph.tensors.tracked.discard(ref.index)
        case "data" if type(value) in (Ref, Literal):
            with_value = interpreter.node(value, target)
            if interpreter.shape(with_value) != interpreter.shape(ref):
                raise interpreter.fail(said("language.tensor_data_change_shape"), target)
            _exchange(interpreter, ref, memory, with_value, target)
        case _:
            raise interpreter.fail(said("language.tensor_attribute_not_set", attr=target.attr), target)
