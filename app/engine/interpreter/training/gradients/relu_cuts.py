"""Gradients that go on under the same name past a relu: `dh = dout @ W2.T`, and then `dh[h <= 0] = 0` or
`dh *= z > 0`. Up to that line dh is the gradient of what the relu gave, and from it on that of what it was given."""

from __future__ import annotations

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.naming import targets
from app.engine.interpreter.values import Ref
from app.engine.ops import CONSTANT


def relu_cut(interpreter: Interpreter, name: str, value: int, before: int | None = None) -> int | None:
    """The node that a relu was given, where `value` of `name` is the gradient of what it gave, cut by its mask; None
    for any other value. before: the node that the name had, where a product may be such a cut."""
    nodes = interpreter.graph.nodes
    cut = nodes[value]
    if cut.op.chooses and nodes[cut.inputs[1]].value == 0:
        mask = cut.inputs[0]
    elif cut.op.is_product and before in cut.inputs:
        mask = cut.inputs[1] if cut.inputs[0] == before else cut.inputs[0]
        if nodes[mask].op.is_product:
            # `(z > 0).astype(float)`
            mask = next((i for i in nodes[mask].inputs if nodes[i].op.kind == "mask"), mask)
    else:
        return None
    if nodes[mask].op.kind != "mask":
        return None
    held = [interpreter.globals.names.get(target) for target, _ in targets(name)]
    for relu in [ref.index for ref in held if type(ref) is Ref and nodes[ref.index].op.rectifies]:
        given = [i for i in nodes[relu].inputs if nodes[i].op is not CONSTANT and nodes[i].op.kind != "mask"]
        if len(given) == 1 and {relu, given[0]} & set(nodes[mask].inputs):
            return given[0]
    return None
