"""`GET /api/v1/lessons` and `GET /api/v1/lessons/{slug}`: the lessons, as the page shows them."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.api import numbers, schemas
from app.api.routing import JSON, describe
from app.lessons import Lesson, Library

_HEADERS = {"cache-control": "no-cache"}


def add(router: APIRouter, path: str, library: Library) -> None:
    """Adds the routes. What they answer stands when the server starts, so it is written once."""
    listed = numbers.write({"lessons": [_summary(lesson) for lesson in library.lessons]})
    told = {lesson.slug: numbers.write(_whole(lesson, library)) for lesson in library.lessons}

    @router.get(path, summary="The lessons", **describe(schemas.LessonsAnswer, problems=()))
    async def lessons(_: Request) -> Response:
        """What there is to read, in order: the built-in lessons, then those of this server's own folder."""
        return Response(listed, media_type=JSON, headers=_HEADERS)

    slug = {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}
    told_of = describe(schemas.LessonAnswer, problems=(404,)) | {"openapi_extra": {"parameters": [slug]}}

    @router.get(f"{path}/{{slug}}", summary="One lesson", **told_of)
    async def lesson(request: Request) -> Response:
        """All its steps: text, program, values, the moment, what to look at, and what is asked."""
        found = told.get(request.path_params["slug"])
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return Response(found, media_type=JSON, headers=_HEADERS)


def _summary(lesson: Lesson) -> dict[str, Any]:
    return {
        "slug": lesson.slug,
        "title": lesson.title,
        "question": lesson.question,
        "minutes": lesson.minutes,
        "summary": lesson.summary,
        "steps": len(lesson.steps),
    }


def _whole(lesson: Lesson, library: Library) -> dict[str, Any]:
    before, behind = library.around(lesson)
    return {
        **_summary(lesson),
        "steps": [_step(step) for step in map(asdict, lesson.steps)],
        "previous": before and before.slug,
        "next": behind and behind.slug,
    }


def _step(step: dict[str, Any]) -> dict[str, Any]:
    """Its place in the file is nobody's concern; its title is wanted as it is shown."""
    return {
        "title": step.pop("title_html"),
        **{key: each for key, each in step.items() if key not in {"title", "line"}},
    }
