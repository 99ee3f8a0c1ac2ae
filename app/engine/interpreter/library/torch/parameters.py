"""Parameters of layers: tensors that gradients are kept for, and the layers that hold them under names."""

from __future__ import annotations

from typing import Any

from app.engine.interpreter.graph.storage import keep_apart, lead, memory_of
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Argument, Call, native
from app.engine.interpreter.semantics.tensors import is_tensor, is_tracked, required
from app.engine.interpreter.values import Instance, Ref, describe
from app.engine.ops.messages import DETACHED
from app.engine.wording import said


def led(interpreter: Interpreter, data: Ref, call: Call) -> Ref:
    """A tensor in the memory of `data`, which is a view of it from now on."""
    memory = memory_of(interpreter.graph, data)
    made = Ref(data.index, boxed=True, order=data.order)
    made.show(memory)
    made.view = (data, DETACHED, {}, interpreter.span(call.node))
    if not lead(made, made.index, DETACHED):
        made = Ref(made.index, boxed=True)
        keep_apart(memory, memory_of(interpreter.graph, made))
    return made


@native("nn.Parameter", "data, requires_grad=")
def parameter(interpreter: Interpreter, call: Call, data: Any, requires_grad: Any) -> Any:
    """`nn.Parameter(x)`."""
    if not is_tensor(interpreter, data):
        raise interpreter.fail(said("library.parameter_no_tensor"), call.node)
    fixed = requires_grad is not None and not interpreter.truth(requires_grad, call.node)
    held = interpreter.node(data, call.node)
    if not is_tracked(interpreter, held):
        held = led(interpreter, held, call)
        held = held if fixed else required(interpreter, held, call.node)
    interpreter.graph.tensors.parameters.add(held.index)
    return held


@native("is_parameter", "value")
def is_parameter(interpreter: Interpreter, call: Call, value: Any) -> bool:
    return type(value) is Ref and value.index in interpreter.graph.tensors.parameters


@native("placed", "owner, name, layer")
def placed(interpreter: Interpreter, call: Call, owner: Any, name: Any, layer: Any) -> Any:
    """A layer that another one holds under a name, by which one points at its parameters from now on."""
    if not isinstance(layer, Instance):
        raise interpreter.fail(said("library.layer_expected", layer=describe(layer)), call.node)
    before = layer.address
    layer.address = f"{owner.address}.{name}"
    for key, value in layer.names.items():
        if type(value) is Ref and interpreter.graph.nodes[value.index].id == f"{before}.{key}":
            place = f"{layer.address}.{key}"
            interpreter.graph.move(value, interpreter.graph.unique(place), place)
        elif isinstance(value, Instance):
            placed.run(
                interpreter, Call(call.node, "placed", [Argument(each, call.node) for each in (layer, key, value)], {})
            )
    return layer
