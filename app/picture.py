"""A small SVG picture of a program's graph, from left to right; the brighter an edge, the stronger its message.

The lab lays graphs out with Graphviz in the browser. For a small picture, drawn once when the server starts, a simple
layered layout is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from app.engine import Trace
from app.engine.execution.roundoff import zero_within_rounding
from app.engine.ops import CONSTANT
from app.engine.program import Value
from app.light import level, strongest

WIDTH, HEIGHT, MARGIN = 320, 150, 20
_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class _Graph:
    """The graph to draw: all nodes except constants, in forward order. edges: source, target (indices into these nodes)
    and the message."""

    names: Sequence[str]
    edges: Sequence[tuple[int, int, Value | None]]
    grads: Sequence[Value | None]


def picture(trace: Trace, label: str) -> str:
    """The picture, an `<svg>` element. Colours and glow come from the style sheet; label: for screen readers."""
    graph = _graph(trace)
    places, room = _places(graph)
    most = strongest(trace)
    parts = [_edge(places[a], places[b], level(message, most)) for a, b, message in graph.edges]
    for name, place, grad in zip(graph.names, places, graph.grads, strict=True):
        parts.append(_node(name, place, room, level(grad, most)))
    return (
        f'<svg class="miniature" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )


def _graph(trace: Trace) -> _Graph:
    plan = trace.structure
    faint = zero_within_rounding(trace)
    kept = {node.id: i for i, node in enumerate(n for n in plan.nodes if n.op is not CONSTANT)}
    edges = [
        (kept[source], kept[target], 0.0 if i in faint.edges else message)
        for i, ((source, target, _), message) in enumerate(trace.messages.items())
        if source in kept and target in kept
    ]
    drawn = [(i, node) for i, node in enumerate(plan.nodes) if node.id in kept]
    grads = [0.0 if i in faint.nodes else trace.grad_list[i] for i, _ in drawn]
    return _Graph([node.name or "" for _, node in drawn], edges, grads)


def _places(graph: _Graph) -> tuple[list[tuple[float, float]], float]:
    """The place of each node (x, y in the picture's units), and the distance between two layers.

    A layered drawing (Sugiyama): a node's layer is the longest path to it from an input; within a layer nodes are
    sorted by the mean height of their neighbours, a few times in both directions (the barycentre heuristic).
    """
    count = len(graph.names)
    sources: list[list[int]] = [[] for _ in range(count)]
    targets: list[list[int]] = [[] for _ in range(count)]
    for a, b, _ in graph.edges:
        sources[b].append(a)
        targets[a].append(b)
    layer = [0] * count
    for node in range(count):  # in forward order
        layer[node] = max((layer[source] + 1 for source in sources[node]), default=0)
    for node in range(count):
        if not sources[node] and targets[node]:  # an input is placed just before its first user
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
    """Sets each node's height, from -0.5 to 0.5: rows are centred, all with the same gap, as large as the fullest row
    allows and at most 0.5."""
    gap = min(0.5, 1 / max(1, max(len(row) for row in rows) - 1))
    for row in rows:
        for place, node in enumerate(row):
            height[node] = (place - (len(row) - 1) / 2) * gap


def _edge(a: tuple[float, float], b: tuple[float, float], lit: float) -> str:
    bend = (b[0] - a[0]) * 0.45
    path = f"M{a[0]:.1f} {a[1]:.1f}C{a[0] + bend:.1f} {a[1]:.1f} {b[0] - bend:.1f} {b[1]:.1f} {b[0]:.1f} {b[1]:.1f}"
    if lit == 0:
        return f'<path class="dark" d="{path}"/>'
    width, opacity = 0.8 + 4.2 * lit**1.5, 0.2 + 0.75 * lit
    return f'<path class="lit" d="{path}" stroke-width="{width:.1f}" stroke-opacity="{opacity:.2f}"/>'


def _node(name: str, place: tuple[float, float], room: float, lit: float) -> str:
    """A box with the node's name if there is room, else a dot."""
    x, y = place
    look = f'class="lit" stroke-opacity="{0.25 + 0.75 * lit:.2f}"' if lit > 0 else 'class="dark"'
    width = 15 + 8 * len(name)
    if not name or width > room - 6:
        return f'<circle {look} cx="{x:.1f}" cy="{y:.1f}" r="{min(5 + 2 * lit, max(1.5, 0.36 * room)):.1f}"/>'
    left = min(max(x - width / 2, 2), WIDTH - width - 2)
    return (
        f'<rect {look} x="{left:.1f}" y="{y - 12:.1f}" width="{width}" height="24" rx="8"/>'
        f'<text x="{left + width / 2:.1f}" y="{y + 4.5:.1f}">{escape(name)}</text>'
    )
