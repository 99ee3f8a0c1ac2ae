"""Compiles a schedule to one straight-line Python function: the fastest way to run a structure many times.

Its text consists of names made here and templates of the op definitions; no part of it comes from the user.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from app.engine.execution.node_by_node import Runner
from app.engine.execution.passes.backward import leading
from app.engine.execution.schedule import Schedule
from app.engine.ops import CONSTANT
from app.engine.ops.rules import namespace
from app.engine.program import Value
from app.engine.support.gc_pause import gc_paused

LeanRunner = Callable[[Sequence[Value], Value], tuple[tuple[Value, ...], tuple[Value | None, ...]]]
"""(leaves, seed) -> values, gradients."""


def compile_schedule(schedule: Schedule) -> Runner:
    """The compiled function. Its columns equal those of `node_by_node`, bit for bit."""
    return _compiled(source(schedule))  # type: ignore[no-any-return]


@lru_cache(maxsize=64)
def _compiled(text: str) -> Any:
    space: dict[str, Any] = dict(namespace())
    with gc_paused():
        code = compile(text, "<plan>", "exec")
    exec(code, space)  # noqa: S102 - see the module's docstring
    return space["run"]


def compile_lean(schedule: Schedule, values: Sequence[int], gradients: Sequence[int]) -> LeanRunner:
    """A function of leaves and seed to the values of some nodes and the gradients of some, by index, and nothing else:
    for runs that nobody watches. Its results equal those of the full run, bit for bit; a gradient is None where no path
    leads from its node to the output."""
    return _compiled(lean_source(schedule, values, gradients))  # type: ignore[no-any-return]


def source(schedule: Schedule) -> str:
    """The text of the function."""
    names, lines = _forward(schedule, range(len(schedule.nodes)))
    grads, messages, sent = _backward(schedule, names, schedule.senders)
    n = len(schedule.graph)
    columns = _row(names[:n]), _row(grads[:n]), _row(messages), _row(names[n:])
    return _function(schedule, [*lines, *sent], ", ".join(columns))


def lean_source(schedule: Schedule, values: Sequence[int], gradients: Sequence[int]) -> str:
    """The text of a function that gives some values and gradients alone."""
    names, lines = _forward(schedule, schedule.leading_to([*values, schedule.output] if gradients else values))
    if not gradients:
        return _function(schedule, lines, f"{_row([names[i] for i in values])}, ()")
    leads = leading(schedule, frozenset(gradients))
    senders = [
        tuple([slot for slot in slots if leads[inputs[slot]]])
        for slots, inputs in zip(schedule.senders, schedule.inputs, strict=True)
    ]
    grads, _, sent = _backward(schedule, names, senders)
    columns = _row([names[i] for i in values]), _row([grads[i] for i in gradients])
    return _function(schedule, [*lines, *sent], ", ".join(columns))


def _function(schedule: Schedule, lines: Sequence[str], result: str) -> str:
    leaves = [f"    {', '.join(f'v{i}' for i in schedule.leaves)}, = leaves"] if schedule.leaves else []
    return "\n".join(["def run(leaves, seed):", *leaves, *lines, f"    return {result}"])


def _forward(schedule: Schedule, part: Iterable[int]) -> tuple[list[str], list[str]]:
    """The name or number of each node, and the lines that compute those in `part`."""
    names = [f"v{i}" for i in range(len(schedule.nodes))]
    lines = []
    for i in part:
        node, rule = schedule.nodes[i], schedule.rules[i]
        if rule is not None:
            lines.append(f"    v{i} = {rule.forward.format('', '', *[names[j] for j in schedule.inputs[i]])}")
        elif node.op is CONSTANT and type(node.value) is float:
            names[i] = _literal(node.value)
    return names, lines


def _backward(
    schedule: Schedule, names: Sequence[str], senders: Sequence[tuple[int, ...]]
) -> tuple[list[str], list[str], list[str]]:
    """The gradient of each node and the message of each edge by name, and the lines that compute them. senders: for
    each node, the slots that it sends a message to."""
    lines: list[str] = []
    grads: list[str] = ["None"] * len(schedule.nodes)
    messages: list[str] = ["None"] * schedule.n_edges
    grads[schedule.output] = "seed"
    for i in reversed(schedule.graph):
        arrived = [messages[e] for e in schedule.receives[i] if messages[e] != "None"]
        if len(arrived) == 1:
            grads[i] = arrived[0]
        elif arrived:
            grads[i] = f"g{i}"
            lines += [f"    {line}" for line in sum_lines(f"g{i}", arrived)]
        rule = schedule.rules[i]
        if rule is None:
            continue
        for slot in senders[i]:
            e = schedule.first_edge[i] + slot
            template = rule.messages[slot]
            assert template is not None
            text = template.format(grads[i], names[i], *[names[j] for j in schedule.inputs[i]])
            if text.isidentifier():
                messages[e] = text
            else:
                messages[e] = f"m{e}"
                lines.append(f"    m{e} = {text}")
    return grads, messages, lines


def _row(items: list[str]) -> str:
    return f"({', '.join(items)},)" if items else "()"


def _literal(value: float) -> str:
    text = repr(value).replace("nan", "np.nan").replace("inf", "np.inf")
    return f"({text})" if text.startswith("-") else text


_TERMS = 100
"""Most terms of one line: Python's compiler recurses over a sum, and a value may be used thousands of times."""


def sum_lines(name: str, terms: Sequence[str]) -> Iterator[str]:
    """Assignments that add up `terms` from first to last, at most _TERMS per line."""
    yield f"{name} = {' + '.join(terms[:_TERMS])}"
    for start in range(_TERMS, len(terms), _TERMS):
        yield f"{name} = {name} + {' + '.join(terms[start : start + _TERMS])}"
