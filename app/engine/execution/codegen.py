"""A schedule as one straight-line Python function: quickest to run, worth writing for a structure that runs again and
again.

The text holds names that are made here and templates from the op definitions; nothing in it comes from the user.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from app.engine.execution.interpret import Runner
from app.engine.execution.rules import namespace
from app.engine.execution.schedule import Schedule
from app.engine.ops import CONSTANT
from app.engine.support.gc_pause import paused


def straight(plan: Schedule) -> Runner:
    """The compiled function. Same columns as `steps`, to the last bit."""
    return _compiled(source(plan))


@lru_cache(maxsize=32)
def _compiled(text: str) -> Runner:
    space: dict[str, Any] = dict(namespace())
    with paused():
        code = compile(text, "<plan>", "exec")
    exec(code, space)  # noqa: S102 - see the module's docstring
    return space["run"]  # type: ignore[no-any-return]


def source(plan: Schedule) -> str:
    """The text of the function."""
    names = [f"v{i}" for i in range(len(plan.nodes))]
    lines = ["def run(leaves, seed):"]
    if plan.leaves:
        lines.append(f"    {', '.join(f'v{i}' for i in plan.leaves)}, = leaves")
    for i, node in enumerate(plan.nodes):
        rule = plan.rules[i]
        if rule is not None:
            lines.append(f"    v{i} = {rule.forward.format('', '', *[names[j] for j in plan.inputs[i]])}")
        elif node.op is CONSTANT and type(node.value) is float:
            names[i] = _literal(node.value)
    grads: list[str] = ["None"] * len(plan.nodes)
    messages: list[str] = ["None"] * plan.n_edges
    grads[plan.output] = "seed"
    for i in reversed(plan.graph):
        arrived = [messages[e] for e in plan.receives[i]]
        if len(arrived) == 1:
            grads[i] = arrived[0]
        elif arrived:
            grads[i] = f"g{i}"
            lines += [f"    {line}" for line in sum_lines(f"g{i}", arrived)]
        rule = plan.rules[i]
        if rule is None:
            continue
        for slot in plan.senders[i]:
            e = plan.first_edge[i] + slot
            template = rule.messages[slot]
            assert template is not None
            text = template.format(grads[i], names[i], *[names[j] for j in plan.inputs[i]])
            if text.isidentifier():
                messages[e] = text
            else:
                messages[e] = f"m{e}"
                lines.append(f"    m{e} = {text}")
    n = len(plan.graph)
    columns = _row(names[:n]), _row(grads[:n]), _row(messages), _row(names[n:])
    lines.append(f"    return {', '.join(columns)}")
    return "\n".join(lines)


def _row(items: list[str]) -> str:
    return f"({', '.join(items)},)" if items else "()"


def _literal(value: float) -> str:
    if value != value:
        return "np.nan"
    if value in (float("inf"), float("-inf")):
        return "np.inf" if value > 0 else "(-np.inf)"
    return repr(value) if value >= 0 and not repr(value).startswith("-") else f"({value!r})"


_TERMS = 100
"""Of one line: Python's compiler recurses over a sum, and a value may be used thousands of times."""


def sum_lines(name: str, terms: Sequence[str]) -> Iterator[str]:
    """Assignments that add up `terms` from first to last, in as many lines as it takes."""
    yield f"{name} = {' + '.join(terms[:_TERMS])}"
    for start in range(_TERMS, len(terms), _TERMS):
        yield f"{name} = {name} + {' + '.join(terms[start : start + _TERMS])}"
