"""The backward pass as nodes of the graph: one message for each use of a value, by the rules of the ops. It is what a
text asks for that calls a library's own differentiation: `loss.backward()`, `grad(f)(x)`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Container
from heapq import heappop, heappush

from app.engine.errors import ProgramError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Ref
from app.engine.ops import REGISTRY
from app.engine.ops.messages import message
from app.engine.ops.rules import Rule, rule
from app.engine.wording import said

STEPS = 25
"""What a value in a backward pass takes, in steps of the interpreter: about as long as so many expressions."""


def rule_of(interpreter: Interpreter, index: int) -> Rule:
    """The rule of the use that a node is."""
    graph = interpreter.graph
    node, shapes = graph.nodes[index], graph.shapes
    given = tuple([shapes[i] for i in node.inputs])
    return rule(node.op, node.attrs, given, shapes[index], (None,) * len(node.inputs))


def sent_to(interpreter: Interpreter, index: int, slot: int, gradient: int, where: ast.AST) -> Ref:
    """What a node sends to the input at `slot`, given the gradient of the node itself."""
    node = interpreter.graph.nodes[index]
    inputs = (gradient, index, *node.inputs)
    return interpreter.graph.operation(message(node.op, slot), inputs, node.attrs, interpreter.span(where))


def sent_back(
    interpreter: Interpreter,
    of: int,
    seed: int,
    where: ast.AST,
    *,
    followed: Callable[[int], bool],
    ends: Container[int],
    visited: Callable[[int, Rule], None] | None = None,
    by_text: bool = True,
) -> dict[int, int]:
    """The gradients of node `of` by all that it is computed from: by the index of a node, that of its gradient. The
    last ones come first, as they are found.

    seed: the gradient of `of` itself. followed: whether gradients are sent to a node. ends: what nothing is sent on
    from. visited: told of each node that sends, with its rule.
    by_text: whether the text's own operations send what the text says (`library/own_functions.py`), and not what their
    forward pass would.
    """
    graph, span = interpreter.graph, interpreter.span(where)
    sent = {of: seed}
    waiting, order = [-of], []
    while waiting:
        index = -heappop(waiting)
        order.append(index)
        interpreter.visit(where, STEPS)
        node = graph.nodes[index]
        if index in ends or not node.inputs:
            continue
        own = interpreter.training.own_steps.get(index) if by_text else None
        if own is not None:
            messages = [each for each in own.sends(sent[index]) if followed(each[0])]
        else:
            use = rule_of(interpreter, index)
            if visited is not None:
                visited(index, use)
            messages = [
                (source, sent_to(interpreter, index, slot, sent[index], where).index)
                for slot in use.carrying
                if followed(source := node.inputs[slot])
            ]
            if node.op.kind == "mask":
                # Flat, and followed all the same: PyTorch keeps a gradient of 0.
                flat = [source for source in node.inputs if followed(source)]
                messages = [
                    (source, graph.operation(REGISTRY["zeros_like"], (source,), {}, span).index) for source in flat
                ]
        for source, made in messages:
            if source in sent:
                sent[source] = graph.operation(REGISTRY["add"], (sent[source], made), {}, span).index
            else:
                heappush(waiting, -source)
                sent[source] = made
    return {index: sent[index] for index in order}


def no_second(interpreter: Interpreter, where: ast.AST) -> ProgramError:
    """The error for a gradient that is to be differentiated itself."""
    return interpreter.fail(said("library.gradient_of_gradient"), where)
