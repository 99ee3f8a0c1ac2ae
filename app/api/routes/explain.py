"""`POST /api/v1/explain`: a node derived in full, or the arithmetic behind one of its elements."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Request

from app.api import derivations, numbers, schemas
from app.api.desk import Desk
from app.api.routing import describe
from app.api.subject import resolve
from app.engine import Limits
from app.engine.execution.plan import Trace
from app.engine.explain.derivation import derive, whole_of_call, written_out
from app.engine.explain.elements import Account, explain, latex
from app.engine.notation.wording import Part


def add(router: APIRouter, path: str, desk: Desk, limits: Limits) -> None:
    """Adds the route, at work with these."""

    @router.post(path, summary="Explain a node, or one element", **describe(schemas.ExplainAnswer))
    async def explanation(request: Request, ask: schemas.ExplainRequest) -> bytes:
        """A node: what it computes, its local derivatives, how its gradient adds up, in formulas, names and numbers.
        An element: its value as an expression over other elements; its gradient as the sum of what its users sent."""

        def work() -> bytes:
            run = resolve(ask, limits).compile(ask, limits).run()
            return _node(run, ask.node) if ask.index is None else _element(run, ask, tuple(ask.index))

        return await desk.run(ask.cost_key(), request.scope["body_size"], work)


def _node(run: Trace, node: str) -> bytes:
    called = any(group.id == node for group in run.structure.groups)
    told = None if called else derivations.derivation(derive(run, node))
    forms = whole_of_call(run, node) if called else written_out(run, node)
    content = {
        "node": node,
        "index": None,
        "value": None,
        "grad": None,
        "derivation": told,
        "whole": None if forms is None else [derivations.closed_form(form) for form in forms],
    }
    return orjson.dumps(numbers.spelled(content), option=orjson.OPT_SERIALIZE_NUMPY)


def _element(run: Trace, ask: schemas.ExplainRequest, index: tuple[int, ...]) -> bytes:
    told = explain(run, ask.node, index, value="forward" in ask.passes, grad="backward" in ask.passes)
    accounts = {"value": _account(told.value), "grad": _account(told.grad)}
    content = {"node": told.node, "index": told.index, **accounts, "derivation": None, "whole": None}
    nulls = 2 + sum(account is None or account["more"] is None for account in accounts.values())
    return numbers.write(content, nulls)


def _account(account: Account | None) -> dict[str, Any] | None:
    if account is None:
        return None
    return {
        "value": account.value,
        "text": _parts(account.text),
        "rule": _parts(account.rule),
        "terms": [
            {"text": _parts(t.text), "rule": _parts(t.rule), "value": t.value, "sources": t.sources}
            for t in account.terms
        ],
        "more": None if account.more is None else {"count": account.more.count, "value": account.more.value},
        "sources": [{"id": cell.id, "index": cell.index, "of": cell.of} for cell in account.sources],
    }


def _parts(parts: tuple[Part, ...]) -> list[dict[str, str]]:
    return [part._asdict() | {"latex": latex(part)} for part in parts]
