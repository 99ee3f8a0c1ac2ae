"""`POST /api/v1/cells`: a cell of a notebook, made whole by what the cells before it define."""

from __future__ import annotations

from fastapi import APIRouter

from app.api import numbers, schemas
from app.api.routing import describe
from app.engine import Limits
from app.engine.interpreter.cells import with_definitions


def add(router: APIRouter, path: str, limits: Limits) -> None:
    """Adds the route."""

    @router.post(path, summary="Make a notebook's cell whole", **describe(schemas.CellsAnswer))
    def cells(ask: schemas.CellsRequest) -> bytes:
        """The program under those statements of earlier cells that define what it needs."""
        return numbers.write(numbers.members(with_definitions(ask.program, ask.before, limits)))
