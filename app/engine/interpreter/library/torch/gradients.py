"""`loss.backward()`: the backward pass as nodes of the graph, one message for each use of a value, by the rules of the
ops. What it gives leaves is their `.grad`, which later lines may use as any value."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import numpy as np

from app.engine.errors import ProgramError
from app.engine.interpreter.graph.storage import store
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call, native
from app.engine.interpreter.semantics.backward import no_second, rule_of, sent_back
from app.engine.interpreter.semantics.sequences import frozen
from app.engine.interpreter.semantics.tensors import dtype_of
from app.engine.interpreter.values import Literal, Memory, Ref
from app.engine.ops import REGISTRY
from app.engine.ops.axes import count
from app.engine.ops.expression import symbols_in
from app.engine.ops.rules import Rule
from app.engine.wording import said


def backward(interpreter: Interpreter, of: Ref, seed: Ref | None, where: ast.Call, *, retain: bool = False) -> None:
    """Adds the gradient of a tensor to the `.grad` of each leaf that it is computed from. seed: the gradient of the
    tensor itself; 1 where it is left out. What it is called on is what the text is about."""
    with _pass(interpreter, of, seed, where, retain=retain) as found:
        for memory, gradient in found:
            _keep(interpreter, memory, gradient, where)


@native("torch.autograd.grad", "outputs, inputs, grad_outputs=, retain_graph=, create_graph=, allow_unused=")
def grad(interpreter: Interpreter, call: Call, outputs: Any, inputs: Any, grad_outputs: Any, **held: Any) -> Any:
    """The gradients of a tensor by leaves, which do not add up anywhere."""
    if held["create_graph"]:
        raise no_second(interpreter, call.where("create_graph"))
    of = interpreter.node(outputs, call.where("outputs"))
    seed = None if grad_outputs is None else interpreter.node(grad_outputs, call.where("grad_outputs"))
    wanted = list(inputs) if isinstance(inputs, list | tuple) else [inputs]
    retain = held["retain_graph"] is not None and interpreter.truth(held["retain_graph"], call.node)
    with _pass(interpreter, of, seed, call.node, retain=retain) as found:
        by_leaf = {memory.index: gradient for memory, gradient in found}
    given = []
    for each in wanted:
        gradient = by_leaf.get(each.index) if type(each) is Ref else None
        if gradient is None:
            raise interpreter.fail(said("library.grad_of_no_leaf"), call.where("inputs"))
        leaf = interpreter.graph.nodes[each.index]
        _call(interpreter, gradient, leaf.id, leaf.name)
        given.append(gradient)
    return tuple(given)


@contextmanager
def _pass(
    interpreter: Interpreter, of: Ref, seed: Ref | None, where: ast.Call, *, retain: bool
) -> Iterator[list[tuple[Memory, Ref]]]:
    """The leaves and their gradients; nothing is followed meanwhile. retain: whether a second pass may follow."""
    tensors = interpreter.graph.tensors
    if of.index not in tensors.tracked:
        raise interpreter.fault(
            "RuntimeError",
            said("library.backward_without_leaf"),
            where,
            text="element 0 of tensors does not require grad and does not have a grad_fn",
        )
    if seed is None and count(interpreter.shape(of)) != 1:
        raise interpreter.fault(
            "RuntimeError",
            said("library.backward_of_array"),
            where,
            text="grad can be implicitly created only for scalar outputs",
        )
    if seed is not None and interpreter.shape(seed) != interpreter.shape(of):
        raise interpreter.fail(said("library.seed_shape_differs"), where)
    interpreter.training.wanted = of.index
    recording, tensors.recording = tensors.recording, False
    around = interpreter.graph.open_group("backward", "The backward pass.", {})
    try:
        yield _gradients(interpreter, of, seed, where, retain=retain)
    finally:
        tensors.recording, interpreter.graph.group = recording, around


def _gradients(
    interpreter: Interpreter, of: Ref, seed: Ref | None, where: ast.Call, *, retain: bool
) -> list[tuple[Memory, Ref]]:
    """The leaves, and the gradient of each."""
    graph, span = interpreter.graph, interpreter.span(where)
    tensors = graph.tensors
    if seed is None:
        ones = Literal(frozen(np.ones(interpreter.shape(of))), "float", tensor=dtype_of(interpreter, of))
        seed = graph.number(ones, span)
    leaves = {memory.index: memory for memory in tensors.leaves}
    kept = {memory.index: memory for memory in tensors.retained} | leaves

    def followed(source: int) -> bool:
        if source in tensors.tracked:
            return True
        _check_apart(interpreter, source, where)
        return False

    def visited(index: int, use: Rule) -> None:
        if saves(use):
            if index in tensors.freed:
                raise _second(interpreter, where)
            if not retain:
                tensors.freed.add(index)

    sent = sent_back(interpreter, of.index, seed.index, where, followed=followed, ends=leaves, visited=visited)
    found = [(index, gradient) for index, gradient in sent.items() if index in kept]
    for index, gradient in found:
        tensors.typed_as(gradient, index)
    return [(kept[index], Ref(gradient, boxed=True)) for index, gradient in found]


@lru_cache(maxsize=4096)
def saves(use: Rule) -> bool:
    """Whether PyTorch keeps values for the backward pass of this operation, which are gone after it."""
    return any(symbols_in(sent) - {"g"} for sent in use.message_expressions)


def _second(interpreter: Interpreter, where: ast.Call) -> ProgramError:
    return interpreter.fault(
        "RuntimeError",
        said("library.backward_twice"),
        where,
        text="Trying to backward through the graph a second time (or directly access saved tensors after they"
        " have already been freed). Saved intermediate values of the graph are freed when you call "
        ".backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the "
        "graph a second time or if you need to access saved tensors after calling backward.",
    )


def _check_apart(interpreter: Interpreter, index: int, where: ast.AST) -> None:
    """Refuses a value that was computed from a leaf while nothing was followed: the graph would follow it."""
    graph, tensors = interpreter.graph, interpreter.graph.tensors
    waiting = [index]
    while waiting:
        i = waiting.pop()
        if i in tensors.settled:
            continue
        interpreter.visit(where)
        node = graph.nodes[i]
        if i in tensors.tracked:
            raise interpreter.fail(said("library.backward_through_untracked"), where)
        tensors.settled.add(i)
        if node.inputs:
            waiting += [node.inputs[slot] for slot in rule_of(interpreter, i).carrying]


def _keep(interpreter: Interpreter, memory: Memory, gradient: Ref, where: ast.AST) -> None:
    """Gradients add up until they are set to 0."""
    graph = interpreter.graph
    leaf = graph.nodes[memory.index]
    if memory.grad is not None:
        total = graph.operation(REGISTRY["add"], (memory.grad.index, gradient.index), {}, interpreter.span(where))
        _call(interpreter, total, leaf.id, leaf.name)
        store(graph, memory.grad, total.index, interpreter.span(where))
        return
    _call(interpreter, gradient, leaf.id, leaf.name)
    memory.grad = gradient


def _call(interpreter: Interpreter, ref: Ref, id: str, name: str | None) -> None:
    if interpreter.graph.nodes[ref.index].inputs:
        interpreter.graph.rename(ref, interpreter.graph.unique(f"{id}.grad"), f"{name or id}.grad")
