"""`POST /api/v1/histograms`: how parameters and gradients are distributed, over the steps of a training."""

from __future__ import annotations

import dataclasses

from fastapi import APIRouter

from app.api import numbers, schemas, training
from app.api.problems import REQUEST, ErrorDetail, RequestProblem
from app.api.routing import describe
from app.api.subject import resolve, without_run
from app.engine import Limits
from app.engine.training.histograms import distributions


def add(router: APIRouter, path: str, limits: Limits) -> None:
    """Adds the route."""

    @router.post(path, summary="Parameters and gradients over the steps", **describe(schemas.HistogramsAnswer))
    def distributed(ask: schemas.HistogramsRequest) -> bytes:
        """How many numbers of each parameter, and of its gradient, lie in which range: at the steps of a run that are
        kept, at most some 65."""
        run = ask.run or schemas.TrainingRun()
        if run.own:
            hint = "Leave out own, so that the steps are taken for you."
            raise RequestProblem(
                REQUEST, ErrorDetail("its own steps are lines of the program", hint=hint, field="run.own")
            )
        record = resolve(without_run(ask), limits).record(run, limits, lenient=ask.ignore_unknown)
        training.check_cost(record, record.nearest(ask.step).step, ask.step, training.AT_ONCE)
        steps, found = distributions(record, ask.step, ask.ranges, ask.parameters, training.AT_ONCE // 4)
        return numbers.write({"steps": steps, "distributions": [dataclasses.asdict(each) for each in found]})
