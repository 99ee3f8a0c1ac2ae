"""`grad(f)`, as JAX and autograd have it: a function that calls f, and goes backwards through what f has computed from
its arguments. What f gives is what the text is about; the gradients are values that later lines may use.

Unlike a tensor of PyTorch, an argument is a value of its own: where f sees the same array by another way as well, that
one is a constant.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.differentiated_arguments import Given, Task, arguments, name_of
from app.engine.interpreter.semantics.arguments import Call, called, native
from app.engine.interpreter.semantics.backward import no_second, rule_of, sent_back
from app.engine.interpreter.semantics.sequences import frozen
from app.engine.interpreter.values import Literal, Native, Ref, describe
from app.engine.ops import REGISTRY
from app.engine.ops.axes import count
from app.engine.ops.messages import is_message
from app.engine.wording import said


def differentiated(task: Task) -> Native:
    """The function that `grad(f)` is."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        with _followed(interpreter, task, call) as found:
            given, made, aux, start = found
            shape = interpreter.shape(made)
            if (count(shape) != 1 or (shape and task.words.arrays)) and not task.total:
                raise interpreter.fault(
                    "TypeError",
                    said("library.loss_is_array", spelling=task.spelling),
                    call.node,
                    text=task.words.not_scalar(shape),
                )
            gradients = _gradients(interpreter, made, None, given, start, call, arrays=task.words.arrays)
            found_all = given.back(gradients)
        result = found_all[0] if task.single else tuple(found_all)
        if not task.value:
            _call(interpreter, result, call)
        if not task.value:
            return (result, aux) if task.aux else result
        return ((made, aux) if task.aux else made), result

    return Native(f"{task.spelling}({name_of(task.function)})", run)


def jacobian(task: Task) -> Native:
    """The function that `jacobian(f)` is: row by row, each element of what f gives by all of the argument."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        with _followed(interpreter, task, call) as found:
            given, made, _, start = found
            shape = interpreter.shape(made)
            rows: list[list[Ref]] = []
            for at in range(count(shape)):
                seed = np.zeros(shape)
                seed.reshape(-1)[at] = 1.0
                rows.append(_gradients(interpreter, made, seed, given, start, call, arrays=True))
            found_all = given.back(
                [
                    _stacked(interpreter, [row[i] for row in rows], (*shape, *interpreter.shape(leaf.ref)), call)
                    for i, leaf in enumerate(given.leaves)
                ]
            )
        result = found_all[0] if task.single else tuple(found_all)
        _call(interpreter, result, call)
        return result

    return Native(f"{task.spelling}({name_of(task.function)})", run)


def _call(interpreter: Interpreter, result: Any, call: Call) -> None:
    """Gives a single gradient the name that the result of the call is assigned to."""
    if call.id is None or call.name is None or type(result) is not Ref:
        return
    if interpreter.graph.nodes[result.index].inputs:
        interpreter.graph.rename(result, call.id, call.name)


def _stacked(interpreter: Interpreter, rows: list[Ref], shape: tuple[int, ...], call: Call) -> Ref:
    """Gradients one upon the other, in this shape."""
    if not rows:
        raise interpreter.fail(said("library.function_result_empty"), call.node)
    whole = interpreter.operation(REGISTRY["stack"], tuple(rows), {"axis": 0}, call.node)
    made = interpreter.operation(REGISTRY["reshape"], (whole,), {"shape": shape}, call.node)
    made.boxed = True
    interpreter.training.given.add(made.index)
    return made


@contextmanager
def _followed(interpreter: Interpreter, task: Task, call: Call) -> Iterator[tuple[Given, Ref, Any, int]]:
    """Calls the function: the arguments, what it gave, what it gave beside that, and how many nodes there were before.
    Inside, a group is open for the nodes of the backward pass."""
    graph = interpreter.graph
    function_call, given = arguments(interpreter, task, call)
    start = len(graph.nodes)
    result = interpreter.grammar.invoke(interpreter, task.function, function_call)
    aux = None
    if task.aux:
        if not isinstance(result, tuple) or len(result) != 2:
            raise interpreter.fail(said("library.aux_pair_missing", value=describe(result)), call.node)
        result, aux = result
    if type(result) not in (Ref, Literal, float, int):
        raise interpreter.fault(
            "TypeError",
            said("library.loss_no_number", spelling=task.spelling, result=describe(result)),
            call.node,
            "Return the loss alone." if isinstance(result, tuple) else "Write return loss.",
        )
    made = interpreter.node(result, call.node)
    interpreter.training.wanted = made.index
    node = graph.nodes[made.index]
    name = name_of(task.function)
    if node.inputs and not node.name and name.isidentifier():
        graph.rename(made, graph.local_id(name), name)
    around = graph.open_group("grad", "The backward pass.", {})
    try:
        yield given, made, aux, start
    finally:
        graph.group = around


def _gradients(
    interpreter: Interpreter,
    of: Ref,
    seed: np.ndarray[Any, Any] | None,
    given: Given,
    start: int,
    call: Call,
    *,
    arrays: bool,
) -> list[Ref]:
    """The gradient of a node by each leaf. arrays: whether one without axes is an array, too."""
    graph, where = interpreter.graph, call.node
    shape = interpreter.shape(of)
    ends = {leaf.ref.index for leaf in given.leaves}
    led = _led(interpreter, start, of.index, ends, call)
    held = np.ones(shape) if seed is None else seed
    sent: dict[int, int] = {}
    if of.index in led:
        begun = graph.number(Literal(frozen(held), "float"), interpreter.span(where))
        sent = sent_back(interpreter, of.index, begun.index, where, followed=led.__contains__, ends=ends)
    found = []
    for leaf in given.leaves:
        index = sent.get(leaf.ref.index)
        if index is None:
            zeros = Literal(frozen(np.zeros(interpreter.shape(leaf.ref))), "float")
            index = graph.number(zeros, interpreter.span(where)).index
        elif graph.nodes[index].inputs:
            node = graph.nodes[leaf.ref.index]
            graph.rename(Ref(index), graph.unique(f"{node.id}.grad"), f"{node.name or node.id}.grad")
        interpreter.training.given.add(index)
        found.append(Ref(index, boxed=arrays or not leaf.number))
    return found


@native("transposed", "function, places, gradient")
def transposed(interpreter: Interpreter, call: Call, function: Any, places: Any, gradient: Any) -> list[Ref | None]:
    """What a function that is linear in its arguments sends back to each. places: values of the arguments' shapes."""
    graph, where = interpreter.graph, call.node
    held = [Literal(frozen(np.ones(interpreter.shape(each))), "float") for each in places]
    given = [Ref(graph.number(each, interpreter.span(where)).index, boxed=True) for each in held]
    start = len(graph.nodes)
    made = interpreter.node(called(interpreter, function, tuple(given), where, "jvp"), where)
    ends = {each.index for each in given}
    led = _led(interpreter, start, made.index, ends, call)
    if made.index not in led:
        return [None] * len(given)
    seed = interpreter.node(gradient, where).index
    sent = sent_back(interpreter, made.index, seed, where, followed=led.__contains__, ends=ends)
    return [Ref(sent[each.index], boxed=True) if each.index in sent else None for each in given]


def _led(interpreter: Interpreter, start: int, end: int, leaves: set[int], call: Call) -> set[int]:
    """The nodes up to `end` that gradients are sent to: the leaves, and what is computed from them from `start` on."""
    nodes = interpreter.graph.nodes
    led = set(leaves)
    for index in range(start, end + 1):
        node = nodes[index]
        own = interpreter.training.own_steps.get(index)
        if own is not None and not led.isdisjoint(own.sources):
            led.add(index)
        if index in led or not node.inputs or led.isdisjoint(node.inputs):
            continue
        if is_message(node.op):
            raise no_second(interpreter, call.node)
        use = rule_of(interpreter, index)
        if any(node.inputs[slot] in led for slot in use.carrying):
            led.add(index)
    return led


def places_of(interpreter: Interpreter, value: Any, where: ast.expr, what: str) -> tuple[tuple[int, ...], bool]:
    """The places of arguments that a call names, and whether it is one and no tuple."""
    if value is None:
        return (0,), True
    wanted = list(value) if isinstance(value, list | tuple) else [value]
    found = [interpreter.host(each, where) for each in wanted]
    if not found or not all(type(each) is int for each in found):
        raise interpreter.fail(said("library.argnums_no_place", what=what), where)
    return tuple(found), not isinstance(value, list | tuple)
