"""Operations whose derivative the text writes itself: `torch.autograd.Function`, `jax.custom_vjp` and `custom_jvp`,
`primitive` of autograd. What they send back is graded beside what the operations of their forward pass send."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Argument, Call, native
from app.engine.interpreter.semantics.backward import sent_back
from app.engine.interpreter.semantics.tensors import is_tensor, is_tracked
from app.engine.interpreter.training_record import OwnStep
from app.engine.interpreter.values import Function, Literal, Ref, describe
from app.engine.ops import REGISTRY
from app.engine.ops.axes import show_shape
from app.engine.program import Manual
from app.engine.wording import said


@native("entered", "value")
def _entered(interpreter: Interpreter, call: Call, value: Any) -> Any:
    """What the forward pass is given: a number or an array that gradients may be wanted by is a value of its own, which
    gets what this use sends."""
    return _copy(interpreter, call, value) if _is_followed(interpreter, value) else value


def _is_followed(interpreter: Interpreter, value: Any) -> bool:
    if is_tensor(interpreter, value):
        return is_tracked(interpreter, value)
    held = value.ref if type(value) is Literal else value
    return type(held) is Ref and interpreter.graph.nodes[held.index].kind == "float"


@native("left", "name, output, given, forward, backward, own")
def _left(
    interpreter: Interpreter, call: Call, name: Any, output: Any, given: Any, forward: Any, backward: Any, own: Any
) -> Any:
    """The result. given: what the forward pass was given; forward: the text's own function, which names it; backward:
    what gives the messages; own: the function whose lines are graded, or one for each message."""
    if type(output) not in (Ref, Literal):
        raise interpreter.fail(said("library.own_function_gives_one", name=name, output=describe(output)), call.node)
    sources = [each if _is_followed(interpreter, each) else None for each in given]
    if not any(sources):
        return output
    tensors = interpreter.graph.tensors
    made = _copy(interpreter, call, output)
    if is_tensor(interpreter, made):
        tensors.tracked.add(made.index)
        tensors.functions[made.index] = f"{name}Backward"
    names = _parameters(forward, len(given))
    for label, each in zip(names, sources, strict=True):
        if each is not None:
            place = f"{name}.{label}"
            interpreter.graph.rename(each, interpreter.graph.unique(place), place)
    places = tuple([each.index for each in sources if each is not None])
    owns = own if isinstance(own, list) else [own] * len(given)

    def sends(gradient: int) -> list[tuple[int, int]]:
        where = call.node
        argument = Argument(Ref(gradient, boxed=True), where)
        found = interpreter.grammar.invoke(interpreter, backward, Call(where, name, [argument], {}))
        if len(found) != len(given):
            raise interpreter.fault(
                "RuntimeError",
                said("library.own_function_sends_as_many", name=name, wanted=len(given), found=len(found)),
                where,
                text=f"function {name}Backward returned an incorrect number of gradients (expected {len(given)}, got "
                f"{len(found)})",
            )
        sent = []
        for label, source, message, function in zip(names, sources, found, owns, strict=True):
            if message is None or source is None:
                continue
            node = interpreter.node(message, where)
            if interpreter.shape(node) != interpreter.shape(source):
                raise _other_shape(interpreter, name, label, node, source, where)
            between = min(places), source.index, made.index
            _grade(interpreter, f"{name}.backward: {label}", between, gradient, node, function)
            sent.append((source.index, node.index))
        return sent

    interpreter.training.own_steps[made.index] = OwnStep(places, sends)
    return made


def _copy(interpreter: Interpreter, call: Call, value: Any) -> Ref:
    one = interpreter.graph.number(1.0, interpreter.span(call.node))
    made = interpreter.operation(REGISTRY["multiply"], (interpreter.node(value, call.node), one), {}, call.node)
    made.boxed = True
    return made


def _parameters(forward: Any, count: int) -> list[str]:
    """What `forward` calls what it is given."""
    function = getattr(forward, "function", forward)
    names = list(function.parameters) if isinstance(function, Function) else []
    return names[-count:] if len(names) >= count else [str(i) for i in range(count)]


def _grade(
    interpreter: Interpreter, name: str, between: tuple[int, int, int], gradient: int, node: Ref, own: Any
) -> None:
    """Notes a message as the reader's gradient of what the function was given. What stands for the derivative of a step
    without one, as a straight-through estimator does, is none; and a right line behind a wrong one is not told wrong.

    between: the first node of the function, the one that gets the message, and the result."""
    graph, (first, source, made) = interpreter.graph, between
    function = getattr(own, "function", own)
    if not isinstance(function, Function):
        return
    where = function.body[-1]
    line = interpreter.span(where).line
    sent = sent_back(
        interpreter, made, gradient, where, followed=lambda index: index >= first, ends={source}, by_text=False
    )
    right = sent.get(source)
    if right is None or not np.any(graph.value(right)):
        return
    wrong = interpreter.training.wrong_functions
    made_by = Manual(name, source, node.index, line, certain=not wrong)
    interpreter.training.manual.setdefault(name, {})[line] = made_by
    if not np.allclose(graph.value(right), graph.value(node.index), rtol=1e-6, atol=1e-12):
        wrong.add(made)


def _other_shape(interpreter: Interpreter, name: str, label: str, node: Ref, source: Ref, where: ast.expr) -> Any:
    found, wanted = interpreter.shape(node), interpreter.shape(source)
    return interpreter.fault(
        "RuntimeError",
        said(
            "library.own_function_other_shape",
            name=name,
            label=label,
            found=show_shape(found),
            wanted=show_shape(wanted),
        ),
        where,
        text=f"Function {name}Backward returned an invalid gradient at index 0 - got {list(found)} but expected shape "
        f"compatible with {list(wanted)}",
    )


HELPERS = {"entered": _entered, "left": _left}
