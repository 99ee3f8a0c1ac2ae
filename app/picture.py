"""A program's graph in miniature, as SVG: who feeds whom, from left to right, and how bright each gradient is.

The lab lays graphs out with Graphviz, in the browser. For a picture the size of a postcard, drawn once when the server
starts, layers and a few sweeps are enough: each node stands behind its inputs, and near them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from app.engine import Trace
from app.engine.ops import CONSTANT
from app.engine.program import Value

WIDTH, HEIGHT, MARGIN = 320, 150, 20
_SWEEPS = 6
_DECADES = 6
"""Brightness falls with the logarithm: a gradient this many powers of ten below the largest is barely lit."""


@dataclass(frozen=True, slots=True)
class _Graph:
    """What is drawn: all nodes but constants, in forward order. edges: source, target (both counted among these) and
    the message."""

    names: Sequence[str]
    edges: Sequence[tuple[int, int, Value | None]]
    grads: Sequence[Value | None]


def picture(trace: Trace, label: str) -> str:
    """The drawing, an `<svg>` element. Colours and glow come from the style sheet; `label` is what is read aloud."""
    graph = _graph(trace)
    places, room = _places(graph)
    largest = max([_size(grad) for grad in graph.grads], default=0.0)
    parts = [_edge(places[a], places[b], _level(message, largest)) for a, b, message in graph.edges]
    for name, place, grad in zip(graph.names, places, graph.grads, strict=True):
        parts.append(_node(name, place, room, _level(grad, largest)))
    return (
        f'<svg class="miniature" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )


def _graph(trace: Trace) -> _Graph:
    plan = trace.structure
    kept = {node.id: place for place, node in enumerate(n for n in plan.nodes if n.op is not CONSTANT)}
    edges = [
        (kept[source], kept[target], message)
        for (source, target, _), message in trace.messages.items()
        if source in kept and target in kept
    ]
    names = [node.name or "" for node in plan.nodes if node.id in kept]
    return _Graph(names, edges, [trace.grads[id] for id in kept])


def _places(graph: _Graph) -> tuple[list[tuple[float, float]], float]:
    """Where each node stands (x, y in the picture's units), and how far apart two layers are.

    A layered drawing (Sugiyama): a node's layer is the longest way to it from an input; within a layer nodes are
    sorted by the mean height of their neighbours, a few times forward and back (the barycentre heuristic).
    """
    count = len(graph.names)
    sources: list[list[int]] = [[] for _ in range(count)]
    targets: list[list[int]] = [[] for _ in range(count)]
    for a, b, _ in graph.edges:
        sources[b].append(a)
        targets[a].append(b)
    layer = [0] * count
    for node in range(count):  # forward order: inputs stand before their users
        layer[node] = max((layer[source] + 1 for source in sources[node]), default=0)
    for node in range(count):
        if not sources[node] and targets[node]:  # an input stands right before who uses it first
            layer[node] = min(layer[target] for target in targets[node]) - 1
    rows: list[list[int]] = [[] for _ in range(max(layer, default=0) + 1)]
    for node in range(count):
        rows[layer[node]].append(node)
    height = [0.0] * count
    _spread(rows, height)
    for sweep in range(_SWEEPS):
        beside = sources if sweep % 2 == 0 else targets
        for row in rows if sweep % 2 == 0 else reversed(rows):
            row.sort(key=lambda node: (_mean(height, beside[node], node), node))
        _spread(rows, height)
    across, down = (WIDTH - 2 * MARGIN) / max(1, len(rows) - 1), HEIGHT - 2 * MARGIN
    left = WIDTH / 2 if len(rows) == 1 else MARGIN
    return [(left + across * layer[node], HEIGHT / 2 + down * height[node]) for node in range(count)], across


def _mean(height: Sequence[float], nodes: Sequence[int], node: int) -> float:
    return sum(height[other] for other in nodes) / len(nodes) if nodes else height[node]


def _spread(rows: Sequence[Sequence[int]], height: list[float]) -> None:
    """Writes each node's height, -0.5 to 0.5: rows are centred, with one gap for all, as wide as the fullest row
    allows and at most half of the picture."""
    gap = min(0.5, 1 / max(1, max(len(row) for row in rows) - 1))
    for row in rows:
        for place, node in enumerate(row):
            height[node] = (place - (len(row) - 1) / 2) * gap


def _size(value: Value | None) -> float:
    if value is None:
        return 0.0
    finite = np.abs(value)[np.isfinite(value)] if isinstance(value, np.ndarray) else np.array([abs(value)])
    found = float(np.max(finite, initial=0.0))
    return found if math.isfinite(found) else 0.0


def _level(value: Value | None, largest: float) -> float:
    """How much light there is, 0 to 1: 1 for the largest, falling with the logarithm; 0 only for what is exactly 0."""
    size = _size(value)
    if size == 0 or largest == 0:
        return 0.0
    return min(1.0, max(0.08, 1 + math.log10(size / largest) / _DECADES))


def _edge(a: tuple[float, float], b: tuple[float, float], level: float) -> str:
    bend = (b[0] - a[0]) * 0.45
    path = f"M{a[0]:.1f} {a[1]:.1f}C{a[0] + bend:.1f} {a[1]:.1f} {b[0] - bend:.1f} {b[1]:.1f} {b[0]:.1f} {b[1]:.1f}"
    if level == 0:
        return f'<path class="dark" d="{path}"/>'
    width, opacity = 0.8 + 4.2 * level**1.5, 0.2 + 0.75 * level
    return f'<path class="lit" d="{path}" stroke-width="{width:.1f}" stroke-opacity="{opacity:.2f}"/>'


def _node(name: str, place: tuple[float, float], room: float, level: float) -> str:
    """A box with its name where that has room, else a dot."""
    x, y = place
    look = f'class="lit" stroke-opacity="{0.25 + 0.75 * level:.2f}"' if level > 0 else 'class="dark"'
    width = 15 + 8 * len(name)
    if not name or width > room - 6:
        return f'<circle {look} cx="{x:.1f}" cy="{y:.1f}" r="{min(5 + 2 * level, max(1.5, 0.36 * room)):.1f}"/>'
    left = min(max(x - width / 2, 2), WIDTH - width - 2)
    return (
        f'<rect {look} x="{left:.1f}" y="{y - 12:.1f}" width="{width}" height="24" rx="8"/>'
        f'<text x="{left + width / 2:.1f}" y="{y + 4.5:.1f}">{escape(name)}</text>'
    )
