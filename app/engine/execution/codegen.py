"""Compiles a schedule to one straight-line Python function: the fastest way to run a structure many times. It does what
the passes node by node do (`passes/forward.py`, `passes/backward.py`), bit for bit.

Its text consists of names made here and templates of the op definitions; no part of it comes from the user.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from app.engine.execution.node_by_node import Runner
from app.engine.execution.schedule import Schedule
from app.engine.ops import CONSTANT
from app.engine.ops.rules import namespace
from app.engine.program import Value, ancestors, descendants
from app.engine.support.gc_pause import gc_paused

_NAME = re.compile(r"\b[vgm]\d+\b")
"""A name that is made here."""

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
    needed = ancestors(schedule.inputs, [*values, schedule.output] if gradients else values)
    names, lines = _forward(schedule, [i for i, mark in enumerate(needed) if mark])
    if not gradients:
        return _lean_function(schedule, lines, [names[i] for i in values], [])
    leads = descendants(schedule.inputs, gradients)
    senders = [
        tuple([slot for slot in slots if leads[inputs[slot]]])
        for slots, inputs in zip(schedule.senders, schedule.inputs, strict=True)
    ]
    grads, _, sent = _backward(schedule, names, senders)
    return _lean_function(schedule, [*lines, *sent], [names[i] for i in values], [grads[i] for i in gradients])


def _lean_function(schedule: Schedule, lines: Sequence[str], values: Sequence[str], gradients: Sequence[str]) -> str:
    kept, same = _once(lines)
    columns = [_row([same.get(name, name) for name in names]) for names in (values, gradients)]
    return _function(schedule, kept, ", ".join(columns))


def _once(lines: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Lines without those that compute what an earlier one has, as every parameter's update has its own 1 - beta; and
    the name that stands for each one left out. What is computed is the same for the same operands, bit for bit."""
    kept: list[str] = []
    same: dict[str, str] = {}
    known: dict[str, str] = {}
    for line in lines:
        name, code = line.strip().split(" = ", 1)
        code = _NAME.sub(lambda found: same.get(found[0], found[0]), code)
        # A long sum is added up line by line, so that its name stands for several values in turn.
        first = name if name[0] == "g" else known.setdefault(code, name)
        if first == name:
            kept.append(f"    {name} = {code}")
        else:
            same[name] = first
    return kept, same


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
