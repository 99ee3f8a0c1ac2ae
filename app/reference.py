"""`GET /docs`: the API reference as a page, made from the OpenAPI description, without scripts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse, Response

from app.api.problems import KINDS
from app.api.syntax_forms import SYNTAX
from app.pages import Pages

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a request or an answer. path: as in `layers[].units`. default: as JSON, or None."""

    path: str
    type: str
    default: str | None
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One route. fields: those of the request. answer: those of the answer. examples: valid requests, as JSON."""

    method: str
    path: str
    summary: str
    description: str
    fields: list[Field]
    answer: list[Field]
    examples: list[str]


def add(app: FastAPI, pages: Pages) -> None:
    """Adds the page, and `/openapi.json` for tools that look for it at the top."""

    @app.router.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> Response:
        return pages.render(request, "docs.html", operations=operations(app.openapi()), syntax=SYNTAX, kinds=KINDS)

    @app.router.get("/openapi.json", include_in_schema=False)
    async def openapi(_: Request) -> Response:
        return RedirectResponse(str(app.openapi_url), 308)


def operations(description: Schema) -> list[Operation]:
    """All routes of an OpenAPI description, in its order."""
    schemas = description["components"]["schemas"]
    found = []
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            asked = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            answered = operation["responses"]["200"]["content"]["application/json"]["schema"]
            body = _resolved(asked, schemas)
            found.append(
                Operation(
                    method=method.upper(),
                    path=path,
                    summary=operation["summary"],
                    description=operation.get("description", ""),
                    fields=_fields(asked, schemas),
                    answer=_fields(answered, schemas),
                    examples=[_written(example, list(body["properties"])) for example in body.get("examples", [])],
                )
            )
    return found


def _written(example: Schema, order: list[str]) -> str:
    """An example as JSON, one field per line, in the order of the description."""
    lines = (f"  {json.dumps(name)}: {json.dumps(example[name])}" for name in order if name in example)
    return "{\n" + ",\n".join(lines) + "\n}"


def _resolved(schema: Schema, schemas: Schema) -> Schema:
    """The schema that a `$ref` names; any other schema as it is."""
    name = schema.get("$ref", "").rpartition("/")[2]
    return schemas[name] if name else schema


def _fields(schema: Schema, schemas: Schema, prefix: str = "") -> list[Field]:
    """The fields of an object, each followed by the fields of the objects in it."""
    rows: list[Field] = []
    for name, field in _resolved(schema, schemas).get("properties", {}).items():
        path = f"{prefix}{name}"
        default = json.dumps(field["default"]) if "default" in field else None
        rows.append(Field(path, _type(field, schemas), default, field.get("description", "").replace("`", "")))
        for inner in (field, field.get("items", {}), *field.get("anyOf", [])):
            step = "[]." if inner is field.get("items", {}) else "."
            if "$ref" in inner:
                rows += _fields(inner, schemas, path + step)
    return rows


def _type(schema: Schema, schemas: Schema) -> str:
    """A type in a few words."""
    if "$ref" in schema:
        return "object"
    if "enum" in schema or "const" in schema:
        return " or ".join(json.dumps(value) for value in schema.get("enum", [schema.get("const")]))
    options = schema.get("anyOf") or schema.get("oneOf")
    if options:
        names = [_type(option, schemas) for option in options]
        return "numbers" + (" or null" if "null" in names else "") if "number" in names else " or ".join(names)
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}), schemas)}" if schema.get("items") else "list"
    return str(schema.get("type", "anything"))
