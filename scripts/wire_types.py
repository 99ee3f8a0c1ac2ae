"""Writes static/js/wire.d.ts: the requests and answers of the JSON API as TypeScript types, from its OpenAPI.

`python scripts/wire_types.py` writes the file; tests/test_wire_types.py fails when it is not what would be written.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "static" / "js" / "wire.d.ts"
HEAD = """\
// Written by scripts/wire_types.py from the OpenAPI description (`make wire`): do not edit.

/** A number, a word for a non-finite one, or nested lists of them. */
export type Numbers = number | "NaN" | "Infinity" | "-Infinity" | Numbers[];
"""

Schema = dict[str, Any]


def written(schemas: dict[str, Schema]) -> str:
    """The whole file. `schemas` are the components of an OpenAPI description."""
    return HEAD + "".join(f"\n{_interface(name, schema)}" for name, schema in sorted(schemas.items()))


def _interface(name: str, schema: Schema) -> str:
    needed = set(schema.get("required", []))
    asked = name.endswith("Request") or name in {"Network", "Layer"}
    lines = [f"/** {schema.get('description', name)} */", f"export interface {name} {{"]
    for field, told in schema.get("properties", {}).items():
        if "description" in told:
            lines.append(f"  /** {told['description']} */")
        # What an answer may leave out stays optional; so does what a request need not say.
        optional = "" if field in needed or (not asked and "default" not in told) else "?"
        lines.append(f"  {field}{optional}: {_type(told)};")
    if schema.get("additionalProperties") is True:
        lines.append("  [member: string]: unknown;")
    return "\n".join([*lines, "}", ""])


def _type(schema: Schema) -> str:
    """One schema as a TypeScript type."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "oneOf" in schema:  # only `Numbers` and `MaybeNumbers` are described with it
        return "Numbers | null" if {"type": "null"} in schema["oneOf"] else "Numbers"
    if "anyOf" in schema:
        return " | ".join(_type(option) for option in schema["anyOf"])
    match schema.get("type"):
        case "array":
            item = _type(schema.get("items", {}))
            return f"({item})[]" if "|" in item else f"{item}[]"
        case "object":
            further = schema.get("additionalProperties", {})
            return f"Record<string, {'unknown' if further is True else _type(further)}>"
        case "integer" | "number":
            return "number"
        case "string" | "boolean" | "null" as plain:
            return str(plain)
    return "unknown"


def main() -> None:
    """Command line."""
    from app.main import create_app

    FILE.write_text(written(create_app().openapi()["components"]["schemas"]), encoding="utf-8")
    print(f"wrote {FILE.name}")


if __name__ == "__main__":
    main()
