"""Where in a turn of a training its output stands, so that it is found in every other turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.engine.errors import Span
from app.engine.ops import CONSTANT, INPUT
from app.engine.program import Node


class OutputPlace(NamedTuple):
    """Where in a turn the output stands: of the nodes of one operation at one span before the turn's first training
    step, or of those after it, `of` in all, the one with `behind` others after it. In a turn that has none such, as
    under an `if` that came out otherwise, it is the last value of that name."""

    op: str
    span: Span | None
    stepped: bool
    of: int
    behind: int
    name: str | None = None


def place_of(nodes: Sequence[Node], turn: tuple[int, int, int], end: int) -> OutputPlace | None:
    """Where the output stands in a turn; None where it is a leaf."""
    node = nodes[end]
    if node.op in (INPUT, CONSTANT):
        return None
    stepped = end >= turn[1]
    alike = _alike(nodes, turn, node.op.name, node.span, stepped=stepped)
    return OutputPlace(node.op.name, node.span, stepped, len(alike), len(alike) - 1 - alike.index(end), node.name)


def node_at(nodes: Sequence[Node], turn: tuple[int, int, int], place: OutputPlace) -> int | None:
    """The node that stands there in a turn; None where another number of such nodes was computed."""
    alike = _alike(nodes, turn, place.op, place.span, stepped=place.stepped)
    if alike or place.name is None:
        return alike[-1 - place.behind] if len(alike) == place.of else None
    return next((i for i in reversed(_part(turn, stepped=place.stepped)) if _has(nodes[i], place.name)), None)


def all_at(nodes: Sequence[Node], turn: tuple[int, int, int], place: OutputPlace) -> list[int]:
    """All nodes that stand there: one for each example of the turn."""
    return _alike(nodes, turn, place.op, place.span, stepped=place.stepped)


def _alike(
    nodes: Sequence[Node], turn: tuple[int, int, int], op: str, span: Span | None, *, stepped: bool
) -> list[int]:
    return [i for i in _part(turn, stepped=stepped) if nodes[i].op.name == op and nodes[i].span == span]


def _part(turn: tuple[int, int, int], *, stepped: bool) -> range:
    start, step, end = turn
    return range(step, end) if stepped else range(start, step)


def _has(node: Node, name: str) -> bool:
    return node.name == name and bool(node.inputs)
