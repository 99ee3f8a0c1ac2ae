"""Numbers in a text: `{{grad x}}`, `{{message x -> h}}`, `{{check x 1e-5}}`. Read here, resolved from a trace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from app.engine import EngineError, Trace
from app.engine.assess.gradcheck.check import check
from app.engine.execution.values import has_element
from app.engine.notation.numbers import figure, flat, tensor
from app.lessons.lesson import Quantity, Reference

HINT = (
    "Write value NODE, grad NODE, message NODE -> NODE, local NODE -> NODE, check NODE 1e-5 or error NODE 1e-5;"
    " W[0,1] is one element of W, and digits=12 shows more digits."
)
_PLAIN: dict[str, Quantity] = {"value": "value", "grad": "grad"}
_EDGE: dict[str, Quantity] = {"message": "message", "local": "local"}
_CHECK: dict[str, Quantity] = {"check": "check", "error": "error"}
_NODE = re.compile(r"([^\s\[\]]+)(?:\[([\d,\s]+)\])?$")
_MOST_DIGITS = 17


class ReferenceProblem(ValueError):
    """An error in a reference: what was found, and what to write instead."""

    def __init__(self, found: str, instead: str) -> None:
        super().__init__(f"{found}. {instead}")
        self.found = found
        self.instead = instead


def parse(text: str) -> Reference:
    """The reference in a text such as `grad x`. Raises ReferenceProblem."""
    # Spaces inside an index do not separate words.
    words = re.sub(r"\[[^\]]*\]", lambda index: index[0].replace(" ", ""), text).split()
    digits = None
    if words and words[-1].startswith("digits="):
        number = words.pop()[7:]
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= _MOST_DIGITS):
            raise ReferenceProblem(f"digits={number}", f"Give a number from 1 to {_MOST_DIGITS}.")
        digits = int(number)
    match words:
        case [kind, node] if kind in _PLAIN:
            name, index = _named(node)
            return Reference(_PLAIN[kind], name, index=index, digits=digits)
        case [kind, node, "->", target, *slot] if kind in _EDGE and len(slot) <= 1:
            return _edge(_EDGE[kind], node, target, slot, digits)
        case [kind, node, epsilon] if kind in _CHECK:
            name, index = _named(node)
            return Reference(_CHECK[kind], name, index=index, epsilon=_positive(epsilon), digits=digits)
    raise ReferenceProblem(f"the reference {text.strip()!r}", HINT)


def _named(text: str) -> tuple[str, tuple[int, ...] | None]:
    """A node's id and the index of one element, if given."""
    found = _NODE.match(text)
    if found is None:
        raise ReferenceProblem(f"{text!r} instead of a node", HINT)
    index = None if found[2] is None else tuple(int(part) for part in found[2].split(",") if part)
    return found[1], index


def _edge(of: Quantity, node: str, target: str, slot: Sequence[str], digits: int | None) -> Reference:
    source, index = _named(node)
    if slot and not (slot[0].isascii() and slot[0].isdigit() and int(slot[0]) >= 1):
        raise ReferenceProblem(f"{slot[0]!r} instead of a use", "Give 1 for the first use, 2 for the second.")
    return Reference(of, source, target, int(slot[0]) - 1 if slot else None, index, digits=digits)


def _positive(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 1e-15 <= found <= 1e6:
        raise ReferenceProblem(f"the step {text!r}", "Give a step between 1e-15 and 1e6, such as 1e-5.")
    return found


def resolve(reference: Reference, trace: Trace) -> Any:
    """The number or array of a reference in a trace. Raises ReferenceProblem if there is none."""
    whole = _whole(reference, trace)
    if reference.index is None:
        return whole
    array = np.asarray(whole)
    if not has_element(array.shape, reference.index):
        index = ",".join(map(str, reference.index))
        raise ReferenceProblem(
            f"{reference.node} has no element [{index}]", f"Its shape is {array.shape}; indices count from 0."
        )
    return float(array[reference.index])


def _whole(reference: Reference, trace: Trace) -> Any:
    node = reference.node
    if node not in trace.values:
        raise ReferenceProblem(f"no node {node!r}", f"There are {', '.join(list(trace.values)[:20])}.")
    if reference.of == "value":
        return trace.values[node]
    if reference.of == "grad":
        grad = trace.grads[node]
        if grad is None:
            raise ReferenceProblem(f"{node} has no gradient: no path leads from it to the output", "Name another node.")
        return grad
    if reference.target is not None:
        return _on_edge(reference, trace)
    try:
        found = check(trace, [node], reference.epsilon or 1e-5)[0]
    except EngineError as error:
        raise ReferenceProblem(error.message, error.hint or "Name an input.") from None
    return found.numeric if reference.of == "check" else found.relative_error


def _on_edge(reference: Reference, trace: Trace) -> Any:
    ends = (reference.node, reference.target)
    edges = [key for key in trace.messages if (key[0], key[1]) == ends]
    if not edges:
        raise ReferenceProblem(f"no edge {ends[0]} -> {ends[1]}", "Name a node and one that uses it directly.")
    place = reference.slot or 0
    if reference.slot is None and len(edges) > 1:
        raise ReferenceProblem(
            f"{ends[1]} uses {ends[0]} {len(edges)} times", f"Write {ends[0]} -> {ends[1]} 1 for the first use."
        )
    if place >= len(edges):
        raise ReferenceProblem(f"{ends[1]} uses {ends[0]} {len(edges)} times only", "Name one of these uses.")
    found = (trace.messages if reference.of == "message" else trace.locals)[edges[place]]
    if found is None:
        raise ReferenceProblem(
            f"nothing of that kind on {ends[0]} -> {ends[1]}",
            "A message needs a path to the output; a local derivative an operation that works element by element.",
        )
    return found


def written(reference: Reference, value: Any) -> str:
    """The value as it is written in the text."""
    if reference.digits is None:
        return tensor(value)
    return figure(float(value), reference.digits) if np.size(value) == 1 else tensor(value)


def single(value: Any) -> float | None:
    """A value of one element as a number, else None."""
    numbers = flat(value)
    return numbers[0] if len(numbers) == 1 else None
