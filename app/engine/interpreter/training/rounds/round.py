"""A round that was read, and whether two of them took the same course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.engine.interpreter.graph.builder import GraphBuilder
from app.engine.interpreter.training.rounds.followed import Followed
from app.engine.interpreter.training.rounds.snapshot import Snapshot, uncounted
from app.engine.interpreter.training.rounds.steps import Differs, same
from app.engine.ops import CONSTANT, INPUT


@dataclass(slots=True)
class Round:
    """A round that was read: its nodes `start` to `end`, what was followed in it, what the text held behind it. seeds:
    the places that held numbers that differ when it began."""

    start: int
    end: int
    watch: Followed
    held: Snapshot
    seeds: tuple[Any, ...]
    counted: Mapping[str, int]
    """How often each name had been given to a node."""

    @property
    def size(self) -> int:
        return self.end - self.start


def same_course(a: Round, b: Round) -> None:
    """Raises Differs unless both rounds did the same on the host, and left the same behind. (Their nodes are compared
    one by one, by `Template`.)"""
    if a.seeds != b.seeds or set(b.seeds) != set(b.held.varying) or a.held.varying != b.held.varying:
        raise Differs
    if a.held.tokens != b.held.tokens or len(a.held.appended) != len(b.held.appended):
        raise Differs
    if _told(a) != _told(b) or len(a.watch.steps) != len(b.watch.steps):
        raise Differs
    if not same(a.watch.results, b.watch.results):
        raise Differs


def _told(each: Round) -> list[tuple[int, Any]]:
    """Its decisions and its constants that differ, by place in the round."""
    picked = each.watch.picked
    decisions: list[tuple[int, Any]] = [
        (-picked[i] if i in picked else i - each.start, question) for i, question in each.watch.decisions
    ]
    return decisions + [(i - each.start, slot) for i, slot in sorted(each.watch.constants.items())]


def standing(graph: GraphBuilder, last: Round, other: Round) -> dict[int, int] | None:
    """By place of a node in the other round, the place in the last one of the node that stands where it does. None
    where the text holds something else after them."""
    a, b = last.held, other.held
    if a.varying.keys() != b.varying.keys() or len(a.appended) != len(b.appended):
        return None
    if any(place < 0 for _, place in (*b.refs, *b.memories)):
        return None
    found = _matched(a.tokens, b.tokens)
    if found is None or not all(_alike(graph, other.start + i, last.start + j) for i, j in found.items()):
        return None
    return found


def _matched(tokens: Sequence[Any], others: Sequence[Any]) -> dict[int, int] | None:
    found: dict[int, int] = {}
    back: dict[int, int] = {}
    if len(tokens) != len(others):
        return None
    for here, there in zip(tokens, others, strict=True):
        if not (here and there and _of_round(here[0]) and _of_round(there[0])):
            if here != there:
                return None
            continue
        place, other = here[0][1], there[0][1]
        if here[1:] != there[1:] or found.setdefault(other, place) != place or back.setdefault(place, other) != other:
            return None
    return found


def _of_round(token: Any) -> bool:
    return type(token) is tuple and len(token) == 2 and token[0] == "now" and type(token[1]) is int


def _alike(graph: GraphBuilder, i: int, j: int) -> bool:
    """Whether two nodes can stand for each other in what is read next."""
    a, b = graph.nodes[i], graph.nodes[j]
    leaves = [(each.op is INPUT, each.op is CONSTANT, each.kind, uncounted(each.name or "")) for each in (a, b)]
    return leaves[0] == leaves[1] and graph.shapes[i] == graph.shapes[j]
