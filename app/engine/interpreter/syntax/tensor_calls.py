"""Methods of tensors that are called in a text: those that end a turn or begin a backward pass, and all others."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.torch import gradients, methods
from app.engine.interpreter.semantics.arguments import Argument, Call, bound, evaluated
from app.engine.interpreter.semantics.backward import no_second
from app.engine.interpreter.training.steps import tensor_steps
from app.engine.interpreter.values import Ref
from app.engine.ops import REGISTRY


def method(interpreter: Interpreter, node: ast.Call, owner: Any, id: str | None, name: str | None) -> Any:
    """`owner.word(...)` of a tensor."""
    assert isinstance(node.func, ast.Attribute)
    word = node.func.attr
    run = _METHODS.get(word)
    if run is None and word.endswith("_") and not methods.has(word) and methods.has(word.rstrip("_")):
        run = _in_place
    if run is None:
        return methods.method(interpreter, node, owner, id, name)
    call = evaluated(interpreter, node, f".{word}")
    return run(interpreter, call, interpreter.node(owner, node.func.value))


def _backward(interpreter: Interpreter, call: Call, owner: Ref) -> None:
    held = bound(interpreter, call, "gradient=, retain_graph=, create_graph=")
    if held["create_graph"]:
        raise no_second(interpreter, call.where("create_graph"))
    seed = None if held["gradient"] is None else interpreter.node(held["gradient"], call.where("gradient"))
    retain = held["retain_graph"] is not None and interpreter.truth(held["retain_graph"], call.node)
    gradients.backward(interpreter, owner, seed, call.node, retain=retain)


def _requires_grad(interpreter: Interpreter, call: Call, owner: Ref) -> Ref:
    asked = [each.value for each in (*call.args, *call.named.values())]
    if asked in ([], [True]):
        tensor_steps.begin_leaf(interpreter, owner, call.node)
    found: Ref = methods.METHODS["requires_grad_"](interpreter, call, owner)
    return found


def _changed(compute: Callable[[Interpreter, Call, Ref], Ref]) -> Callable[..., Ref]:
    """A method that stores what it computes in the tensor itself."""

    def run(interpreter: Interpreter, call: Call, owner: Ref) -> Ref:
        made = compute(interpreter, call, owner)
        if interpreter.shape(made) != interpreter.shape(owner):
            span = {"shape": interpreter.shape(owner)}
            made = interpreter.operation(REGISTRY["broadcast_to"], (made,), span, call.node)
        tensor_steps.put(interpreter, owner, made, call.node)
        return owner

    return run


def _in_place(interpreter: Interpreter, call: Call, owner: Ref) -> Ref:
    """`x.clamp_(min=0)`: what `x.clamp(min=0)` gives, stored in x."""
    return _changed(_computed)(interpreter, call, owner)


def _computed(interpreter: Interpreter, call: Call, owner: Ref) -> Ref:
    made = methods.called(interpreter, call, owner, call.spelling.strip("._"))
    return interpreter.node(made, call.node)


def _zero(interpreter: Interpreter, call: Call, owner: Ref) -> Ref:
    return _of(interpreter, call, "zeros_like", owner)


def _copy(interpreter: Interpreter, call: Call, owner: Ref) -> Ref:
    return interpreter.node(bound(interpreter, call, "src")["src"], call.where("src"))


def _fill(interpreter: Interpreter, call: Call, owner: Ref) -> Ref:
    value = interpreter.node(bound(interpreter, call, "value")["value"], call.where("value"))
    return _of(interpreter, call, "add", _zero(interpreter, call, owner), value)


def _combined(op: str) -> Callable[..., Ref]:
    """`x.add_(other, alpha=2)`."""

    def compute(interpreter: Interpreter, call: Call, owner: Ref) -> Ref:
        held = bound(interpreter, call, "other, *, alpha=" if op in ("add", "subtract") else "other")
        other = interpreter.node(held["other"], call.where("other"))
        if held.get("alpha") is not None:
            other = _of(interpreter, call, "multiply", interpreter.node(held["alpha"], call.where("alpha")), other)
        return _of(interpreter, call, op, owner, other)

    return compute


def _written(name: str) -> Callable[..., Ref]:
    """What a function that is written in the language gives for the tensor and the arguments."""

    def compute(interpreter: Interpreter, call: Call, owner: Ref) -> Ref:
        call.args.insert(0, Argument(owner, call.node))
        found = interpreter.grammar.invoke(interpreter, interpreter.written("torch")[name], call)
        return interpreter.node(found, call.node)

    return compute


def _of(interpreter: Interpreter, call: Call, op: str, *inputs: Ref) -> Ref:
    return interpreter.operation(REGISTRY[op], inputs, {}, call.node)


_METHODS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "backward": _backward,
        "requires_grad_": _requires_grad,
        "zero_": _changed(_zero),
        "copy_": _changed(_copy),
        "fill_": _changed(_fill),
        "add_": _changed(_combined("add")),
        "sub_": _changed(_combined("subtract")),
        "mul_": _changed(_combined("multiply")),
        "scatter_": _changed(_written("scatter")),
        "masked_fill_": _changed(_written("masked_fill")),
        "div_": _changed(_combined("divide")),
    }
)
