"""`POST /api/v1/trace`: forward and backward pass of a program or a network, or of a step of its training."""

from __future__ import annotations

from fastapi import APIRouter

from app.api import problems, schemas
from app.api.problems import ErrorDetail, RequestProblem
from app.api.routing import describe
from app.api.sentences import SentenceRequest
from app.api.subject import resolve
from app.api.trace_response import trace_response
from app.api.trace_template import Closing, TraceTemplates
from app.engine import Limits
from app.engine.wording import said

_MOMENTS = 'Write "include": ["numbers", "sentences"], or leave moments out.'

_MOST = 'Write "most": 3000 beside it, or leave open out.'


def add(router: APIRouter, path: str, templates: TraceTemplates, limits: Limits, sentences: int) -> None:
    """Adds the route. sentences: most sentences of one answer."""

    @router.post(path, summary="Trace a program", **describe(schemas.TraceAnswer))
    def trace(ask: schemas.TraceRequest) -> bytes:
        """Every value, every gradient, and one message per edge, in forward order."""
        subject = resolve(ask, limits)
        program = None if subject.program == ask.program else subject.program
        wanted = None
        if "sentences" in ask.include:
            wanted = SentenceRequest(None if ask.moments is None else tuple(ask.moments), sentences, ask.ignore_unknown)
        elif ask.moments is not None:
            detail = ErrorDetail(said("requests.moments_without_sentences"), hint=_MOMENTS, field="moments")
            raise RequestProblem(problems.REQUEST, detail)
        closing = None
        if ask.most is not None:
            closing = Closing(None if ask.open is None else tuple(ask.open), ask.most)
        elif ask.open is not None:
            detail = ErrorDetail(said("requests.open_without_most"), hint=_MOST, field="open")
            raise RequestProblem(problems.REQUEST, detail)
        return trace_response(subject.compile(ask, limits).run(), templates, ask.include, program, wanted, closing)
