"""Pydantic's errors about the fields of a request, in plain English."""

from __future__ import annotations

import difflib
from typing import Any

import orjson
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from app.api.problems import ErrorDetail

_AN_OBJECT = "an object {{...}}"
_WANTED = {
    "model_type": _AN_OBJECT,
    "model_attributes_type": _AN_OBJECT,
    "dict_type": _AN_OBJECT,
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list [...]",
    "literal_error": "{expected}",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
}
"""Pydantic's type of error -> what the field must be."""

_SAYS = {
    "missing": "{field} is missing",
    "extra_forbidden": "{field} is not a field of this request",
    "too_long": "{field} may have at most {max_length} entries",
    "too_short": "{field} needs at least one entry",
}
"""Pydantic's type of error -> the whole message."""


def error_detail(model: type[BaseModel], error: ErrorDetails) -> ErrorDetail:
    """An error found while validating `model`."""
    kind, field, context = error["type"], _path(error["loc"]), error.get("ctx", {})
    if kind in _SAYS:
        hint = _near(model, error["loc"]) if kind == "extra_forbidden" else None
        return ErrorDetail(_SAYS[kind].format(field=field, **context), hint=hint, field=field)
    wanted = _WANTED.get(kind)
    if wanted is None:
        return ErrorDetail(f"{field}: {error['msg']}", field=field)
    return ErrorDetail(f"{field} must be {wanted.format(**context)}, but is {_shown(error['input'])}", field=field)


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
    return f"Did you mean {near[0]}?" if near else "Known fields: " + ", ".join(model.model_fields)


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    """The model inside `Model`, `Model | None` or `list[Model]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_inner_model(part) for part in getattr(annotation, "__args__", ()))
    return next((found for found in inner if found is not None), None)
