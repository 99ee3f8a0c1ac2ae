"""`POST /api/v1/check`: the numerical derivative beside every gradient."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from app.api import numbers, schemas
from app.api.routing import describe
from app.api.subject import resolve
from app.engine import Limits
from app.engine.assess.gradcheck.check import Budget, Checked, check
from app.engine.assess.gradcheck.sweep import EPSILONS, Sweep, sweep
from app.engine.assess.gradcheck.verdict import COMPLEX_STEP


def add(router: APIRouter, path: str, limits: Limits, evaluations: int) -> None:
    """Adds the route. `evaluations`: of a node, how many one request may take."""

    @router.post(path, summary="Check the gradients", **describe(schemas.CheckAnswer))
    def checks(ask: schemas.CheckRequest) -> bytes:
        """Differences in the place of derivatives, each with a verdict: agreement, a kink, an unfit step."""
        run = resolve(ask, limits).compile(ask, limits).run()
        budget = Budget(run, evaluations)
        swept = None if ask.sweep is None else sweep(run, ask.sweep, ask.index, ask.epsilon, budget)
        found = check(run, ask.nodes, ask.epsilon, ask.method, budget)
        step = COMPLEX_STEP if ask.method == "complex" else ask.epsilon
        content: dict[str, Any] = {"epsilon": step, "method": ask.method, "checks": list(map(_checked, found))}
        nulls = sum(one.grad is None for one in found)
        if swept is not None:
            content["sweep"] = _sweep(swept)
            nulls += _nulls(content["sweep"])
        return numbers.write(content, nulls)


def _checked(one: Checked) -> dict[str, Any]:
    return {
        "id": one.id,
        "grad": one.grad,
        "numeric": one.numeric,
        "relative_error": one.relative_error,
        "verdict": one.verdict,
        "negligible": one.negligible,
        "round_off": one.round_off,
    }


def _sweep(swept: Sweep) -> dict[str, Any]:
    best = {method: None if b is None else {"epsilon": b.epsilon, "error": b.error} for method, b in swept.best.items()}
    at = {
        method: {"numeric": f.numeric, "error": f.error, "verdict": f.verdict, "negligible": f.negligible}
        for method, f in swept.found.items()
    }
    return {
        "id": swept.id,
        "index": swept.index,
        "grad": swept.grad,
        "relative": swept.relative,
        "epsilon": EPSILONS,
        "central": swept.errors["central"],
        "forward": swept.errors["forward"],
        "ruled": swept.ruled,
        "best": best,
        "at": {"epsilon": swept.epsilon, "complex": None, **at},
        "barrier": None if swept.barrier is None else {"op": swept.barrier[0], "node": swept.barrier[1]},
    }


def _nulls(told: dict[str, Any]) -> int:
    return numbers.nones([told["grad"], told["barrier"], told["at"]["complex"], *told["best"].values()])
