"""`POST /api/v1/explain`: a node derived in full, or the arithmetic behind one of its elements."""

from __future__ import annotations

from fastapi import APIRouter

from app.api import numbers, schemas
from app.api.routing import describe
from app.api.subject import traced
from app.engine import Limits
from app.engine.execution.plan import Trace
from app.engine.explain.derivation import derive, whole_of_call, written_out
from app.engine.explain.elements import explain


def add(router: APIRouter, path: str, limits: Limits) -> None:
    """Adds the route."""

    @router.post(path, summary="Explain a node, or one element", **describe(schemas.ExplainAnswer))
    def explanation(ask: schemas.ExplainRequest) -> bytes:
        """A node: what it computes, its local derivatives, how its gradient adds up, in formulas, names and numbers.
        An element: its value as an expression of other elements; its gradient as the sum of its messages."""
        run = traced(ask, limits)
        return _node(run, ask.node) if ask.index is None else _element(run, ask, tuple(ask.index))


def _node(run: Trace, node: str) -> bytes:
    called = any(group.id == node for group in run.structure.groups)
    derivation = None if called else derive(run, node)
    whole = whole_of_call(run, node) if called else written_out(run, node)
    content = {"node": node, "index": None, "value": None, "grad": None, "derivation": derivation, "whole": whole}
    return numbers.write(content)


def _element(run: Trace, ask: schemas.ExplainRequest, index: tuple[int, ...]) -> bytes:
    found = explain(run, ask.node, index, value="forward" in ask.passes, grad="backward" in ask.passes)
    accounts = {"value": found.value, "grad": found.grad}
    content = {"node": found.node, "index": found.index, **accounts, "derivation": None, "whole": None}
    nulls = 2 + sum(account is None or account.more is None for account in accounts.values())
    return numbers.write(content, nulls)
