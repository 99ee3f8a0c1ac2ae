"""Compiles a schedule to one straight-line Python function: the fastest way to run a structure many times.

Its text consists of names made here and templates of the op definitions; no part of it comes from the user.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from app.engine.execution.node_by_node import Runner
from app.engine.execution.schedule import Schedule
from app.engine.ops import CONSTANT
from app.engine.ops.rules import namespace
from app.engine.support.gc_pause import gc_paused


def compile_schedule(schedule: Schedule) -> Runner:
    """The compiled function. Its columns equal those of `node_by_node`, bit for bit."""
    return _compiled(source(schedule))


@lru_cache(maxsize=32)
def _compiled(text: str) -> Runner:
    space: dict[str, Any] = dict(namespace())
    with gc_paused():
        code = compile(text, "<plan>", "exec")
    exec(code, space)  # noqa: S102 - see the module's docstring
    return space["run"]  # type: ignore[no-any-return]


def source(schedule: Schedule) -> str:
    """The text of the function."""
    names = [f"v{i}" for i in range(len(schedule.nodes))]
    lines = ["def run(leaves, seed):"]
    if schedule.leaves:
        lines.append(f"    {', '.join(f'v{i}' for i in schedule.leaves)}, = leaves")
    for i, node in enumerate(schedule.nodes):
        rule = schedule.rules[i]
        if rule is not None:
            lines.append(f"    v{i} = {rule.forward.format('', '', *[names[j] for j in schedule.inputs[i]])}")
        elif node.op is CONSTANT and type(node.value) is float:
            names[i] = _literal(node.value)
    grads: list[str] = ["None"] * len(schedule.nodes)
    messages: list[str] = ["None"] * schedule.n_edges
    grads[schedule.output] = "seed"
    for i in reversed(schedule.graph):
        arrived = [messages[e] for e in schedule.receives[i]]
        if len(arrived) == 1:
            grads[i] = arrived[0]
        elif arrived:
            grads[i] = f"g{i}"
            lines += [f"    {line}" for line in sum_lines(f"g{i}", arrived)]
        rule = schedule.rules[i]
        if rule is None:
            continue
        for slot in schedule.senders[i]:
            e = schedule.first_edge[i] + slot
            template = rule.messages[slot]
            assert template is not None
            text = template.format(grads[i], names[i], *[names[j] for j in schedule.inputs[i]])
            if text.isidentifier():
                messages[e] = text
            else:
                messages[e] = f"m{e}"
                lines.append(f"    m{e} = {text}")
    n = len(schedule.graph)
    columns = _row(names[:n]), _row(grads[:n]), _row(messages), _row(names[n:])
    lines.append(f"    return {', '.join(columns)}")
    return "\n".join(lines)


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
