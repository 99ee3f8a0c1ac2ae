"""Pydantic's errors about the fields of a request, in plain English."""

from __future__ import annotations

import difflib
from typing import Any

import orjson
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from app.api.problems import ErrorDetail
from app.engine.wording import catalogue


def error_detail(model: type[BaseModel], error: ErrorDetails) -> ErrorDetail:
    """An error found while validating `model`."""
    kind, field, context = error["type"], _path(error["loc"]), error.get("ctx", {})
    words = catalogue("fields")
    if f"says.{kind}" in words:
        hint = _near(model, error["loc"]) if kind == "extra_forbidden" else None
        return ErrorDetail(words.text(f"says.{kind}", {"field": field, **context}), hint=hint, field=field)
    if f"wanted.{kind}" not in words:
        return ErrorDetail(words.text("other", {"field": field, "message": error["msg"]}), field=field)
    facts = {"field": field, "wanted": words.text(f"wanted.{kind}", context), "shown": _shown(error["input"])}
    return ErrorDetail(words.text("wrong", facts), field=field)


def _path(place: tuple[int | str, ...]) -> str:
    """`("layers", 0, "units")` as `layers[0].units`."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return path.removeprefix(".")[:200] or "the body"


def _shown(value: Any) -> str:
    """The value that was found, shortened."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = orjson.dumps(value).decode()
    return text if len(text) <= 40 else text[:37] + "..."


def _near(model: type[BaseModel], place: tuple[int | str, ...]) -> str:
    """A hint: the field that was probably meant, else all known fields."""
    for part in place[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = _inner_model(model.model_fields[part].annotation) or model
    near = difflib.get_close_matches(str(place[-1])[:100], list(model.model_fields), 1)
    words = catalogue("fields")
    return (
        words.text("near", {"name": near[0]}) if near else words.text("known", {"names": ", ".join(model.model_fields)})
    )


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    """The model inside `Model`, `Model | None` or `list[Model]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_inner_model(part) for part in getattr(annotation, "__args__", ()))
    return next((found for found in inner if found is not None), None)
