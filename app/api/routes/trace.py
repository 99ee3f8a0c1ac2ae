"""`POST /api/v1/trace`: forward and backward pass of a program or a network."""

from __future__ import annotations

from fastapi import APIRouter

from app.api import problems, schemas
from app.api.answers import trace_answer
from app.api.problems import RequestProblem, Trouble
from app.api.routing import describe
from app.api.sentences import Told
from app.api.structure import TraceTemplates
from app.api.subject import resolve
from app.engine import Limits

_MOMENTS = 'Write "include": ["numbers", "sentences"], or leave moments out.'


def add(router: APIRouter, path: str, templates: TraceTemplates, limits: Limits, sentences: int) -> None:
    """Adds the route. `sentences`: how many one answer may hold."""

    @router.post(path, summary="Trace a program", **describe(schemas.TraceAnswer))
    def trace(ask: schemas.TraceRequest) -> bytes:
        """Every value, every gradient, and one message per edge, in forward order."""
        subject = resolve(ask, limits)
        told = None if ask.network is None else subject.program
        wanted = None
        if "sentences" in ask.include:
            wanted = Told(None if ask.moments is None else tuple(ask.moments), sentences)
        elif ask.moments is not None:
            trouble = Trouble("moments are given, and no sentences asked for", hint=_MOMENTS, field="moments")
            raise RequestProblem(problems.REQUEST, trouble)
        return trace_answer(subject.compile(ask, limits).run(), templates, ask.include, told, wanted)
