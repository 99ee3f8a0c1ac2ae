"""The types that tsc checks the page with are those of the API."""

import importlib.util
from pathlib import Path

from app.main import create_app

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "wire_types.py"


def test_types_are_current():
    spec = importlib.util.spec_from_file_location("wire_types", SCRIPT)
    wire_types = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(wire_types)
    schemas = create_app().openapi()["components"]["schemas"]
    assert wire_types.FILE.read_text(encoding="utf-8") == wire_types.written(schemas), "run `make wire`"
