"""`POST /api/v1/network`: from the description of a network to its program and values."""

from __future__ import annotations

from fastapi import APIRouter

from app.api import numbers, schemas
from app.api.routing import describe
from app.api.subject import network_subject
from app.engine import Limits


def add(router: APIRouter, path: str, limits: Limits) -> None:
    """Adds the route."""

    @router.post(path, summary="Turn a network into a program", **describe(schemas.NetworkAnswer))
    def network(ask: schemas.Network) -> bytes:
        """Program and values, as `POST /api/v1/trace` takes them."""
        made = network_subject(ask, limits)
        answer = {"program": made.program, "values": made.values, "output": made.output, "notes": made.notes}
        return numbers.write(answer)
