"""`POST /api/v1/explain`: a node derived in full, or the arithmetic behind one of its elements."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from app.api import numbers, schemas
from app.api.routing import describe
from app.api.subject import traced
from app.engine import Limits
from app.engine.execution.plan import Trace
from app.engine.explain.derivation import derive, whole_of_call, written_out
from app.engine.explain.derivation.closed_form import ClosedForm
from app.engine.explain.derivation.node import Derivation
from app.engine.explain.elements import explain
from app.engine.explain.elements.accounts import Account


@dataclass(frozen=True, slots=True)
class _Explained:
    """The answer (`schemas.ExplainAnswer`)."""

    node: str
    index: tuple[int, ...] | None = None
    value: Account | None = None
    grad: Account | None = None
    derivation: Derivation | None = None
    whole: tuple[ClosedForm, ...] | None = None


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
    return numbers.write(_Explained(node, derivation=derivation, whole=whole))


def _element(run: Trace, ask: schemas.ExplainRequest, index: tuple[int, ...]) -> bytes:
    found = explain(run, ask.node, index, value="forward" in ask.passes, grad="backward" in ask.passes)
    nulls = 2 + sum(account is None or account.more is None for account in (found.value, found.grad))
    return numbers.write(_Explained(found.node, found.index, found.value, found.grad), nulls)
