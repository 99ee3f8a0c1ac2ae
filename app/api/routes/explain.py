"""`POST /api/v1/explain`: the arithmetic behind one element of one value, and behind its gradient."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from app.api import numbers, schemas
from app.api.desk import Desk
from app.api.routing import describe
from app.api.subject import resolve
from app.engine import Limits
from app.engine.cells import Account, explain
from app.engine.cells.phrases import Part


def add(router: APIRouter, path: str, desk: Desk, limits: Limits) -> None:
    """Adds the route, at work with these."""

    @router.post(path, summary="Explain one element", **describe(schemas.ExplainAnswer))
    async def explanation(request: Request, ask: schemas.ExplainRequest) -> bytes:
        """Its value as an expression over other elements; its gradient as the sum of what its users sent."""

        def work() -> bytes:
            run = resolve(ask, limits).compile(ask, limits).run()
            forward, backward = "forward" in ask.passes, "backward" in ask.passes
            told = explain(run, ask.node, tuple(ask.index), value=forward, grad=backward)
            accounts = {"value": _account(told.value), "grad": _account(told.grad)}
            content = {"node": told.node, "index": told.index, **accounts}
            nulls = sum(account is None or account["more"] is None for account in accounts.values())
            return numbers.write(content, nulls)

        return await desk.run(ask.cost_key(), request.scope["body_size"], work)


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
    return [part._asdict() for part in parts]
