"""`POST /api/v1/diagnosis`: what goes wrong in a training."""

from __future__ import annotations

import dataclasses

from fastapi import APIRouter

from app.api import numbers, schemas, training
from app.api.problems import REQUEST, ErrorDetail, RequestProblem
from app.api.routing import describe
from app.api.subject import resolve, without_run
from app.engine import Limits
from app.engine.training.diagnosis import diagnosis


def add(router: APIRouter, path: str, limits: Limits) -> None:
    """Adds the route."""

    @router.post(path, summary="What goes wrong in a training", **describe(schemas.DiagnosisAnswer))
    def diagnosed(ask: schemas.DiagnosisRequest) -> bytes:
        """What goes wrong at a step of a run: units that are dead, a gradient that vanishes, a rate that is too large;
        each with the first step at which it is so."""
        run = ask.run or schemas.TrainingRun()
        if run.own:
            hint = "Leave out own, so that the steps are taken for you."
            raise RequestProblem(
                REQUEST, ErrorDetail("its own steps are lines of the program", hint=hint, field="run.own")
            )
        record = resolve(without_run(ask), limits).record(run, limits, lenient=ask.ignore_unknown)
        training.check_cost(record, record.nearest(ask.step).step, ask.step, training.AT_ONCE)
        found = diagnosis(record, ask.step, training.AT_ONCE // 10)
        return numbers.write({"findings": [dataclasses.asdict(each) for each in found]})
