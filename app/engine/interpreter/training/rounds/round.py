"""A round that was read, and whether two of them took the same course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.engine.interpreter.training.rounds.followed import Followed
from app.engine.interpreter.training.rounds.snapshot import Snapshot
from app.engine.interpreter.training.rounds.steps import Differs, same


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
    decisions: list[tuple[int, Any]] = [(i - each.start, question) for i, question in each.watch.decisions]
    return decisions + [(i - each.start, slot) for i, slot in sorted(each.watch.constants.items())]
