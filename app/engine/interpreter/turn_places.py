"""Where in a turn of a training its output stands, so that it is found in every other turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.engine.errors import Span
from app.engine.ops import CONSTANT, INPUT
from app.engine.program import Node


class Place(NamedTuple):
    """Where in a turn the output stands: of the nodes of one operation at one span before the turn's first training
    step, or of those behind it, `of` in all, the one with `behind` others behind it."""

    op: str
    span: Span | None
    stepped: bool
    of: int
    behind: int


def place_of(nodes: Sequence[Node], turn: tuple[int, int, int], end: int) -> Place | None:
    """Where the output stands in a turn; None where it is a leaf."""
    node = nodes[end]
    if node.op in (INPUT, CONSTANT):
        return None
    stepped = end >= turn[1]
    alike = _alike(nodes, turn, node.op.name, node.span, stepped=stepped)
    return Place(node.op.name, node.span, stepped, len(alike), len(alike) - 1 - alike.index(end))


def node_at(nodes: Sequence[Node], turn: tuple[int, int, int], place: Place) -> int | None:
    """The node that stands there in a turn; None where another number of such nodes was computed."""
    alike = _alike(nodes, turn, place.op, place.span, stepped=place.stepped)
    return alike[-1 - place.behind] if len(alike) == place.of else None


def _alike(
    nodes: Sequence[Node], turn: tuple[int, int, int], op: str, span: Span | None, *, stepped: bool
) -> list[int]:
    start, step, end = turn
    part = range(step, end) if stepped else range(start, step)
    return [i for i in part if nodes[i].op.name == op and nodes[i].span == span]
