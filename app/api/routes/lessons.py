"""`GET /api/v1/lessons` and `GET /api/v1/lessons/{slug}`: the lessons, as the page shows them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.api import numbers, schemas
from app.api.routing import JSON, describe
from app.lessons import Lesson, Library
from app.lessons.lesson import Step

_HEADERS = {"cache-control": "no-cache"}
_LISTED = ("slug", "title", "question", "minutes", "summary")


def add(router: APIRouter, path: str, library: Library) -> None:
    """Adds the routes. Their answers never change while the server runs, so they are written once."""
    listed = numbers.write({"lessons": [_summary(lesson) for lesson in library.lessons]})
    written = {lesson.slug: numbers.write(_whole(lesson, library)) for lesson in library.lessons}

    @router.get(path, summary="The lessons", **describe(schemas.LessonsAnswer, problems=()))
    async def lessons(_: Request) -> Response:
        """All lessons in order: the built-in ones, then those of this server's own folder."""
        return Response(listed, media_type=JSON, headers=_HEADERS)

    slug = {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}
    described = describe(schemas.LessonAnswer, problems=(404,)) | {"openapi_extra": {"parameters": [slug]}}

    @router.get(f"{path}/{{slug}}", summary="One lesson", **described)
    async def lesson(request: Request) -> Response:
        """All its steps: text, program, values, moment, figures and question."""
        found = written.get(request.path_params["slug"])
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return Response(found, media_type=JSON, headers=_HEADERS)


def _summary(lesson: Lesson) -> dict[str, Any]:
    return {key: getattr(lesson, key) for key in _LISTED} | {"steps": len(lesson.steps)}


def _whole(lesson: Lesson, library: Library) -> dict[str, Any]:
    before, after = library.around(lesson)
    return {
        **_summary(lesson),
        "steps": [_step(step) for step in lesson.steps],
        "previous": before and before.slug,
        "next": after and after.slug,
    }


def _step(step: Step) -> dict[str, Any]:
    """Without its line in the file, and with the title as HTML."""
    fields = numbers.members(step)
    del fields["line"]
    fields["title"] = fields.pop("title_html")
    return fields
