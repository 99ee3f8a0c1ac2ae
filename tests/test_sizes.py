"""Watches that files stay small enough to be read at one go: what grows beyond that is two subjects."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 350
FILES = [
    path
    for folder, ending in (("app", "py"), ("static/js", "js"), ("static/css", "css"), ("templates", "html"))
    for path in sorted((ROOT / folder).rglob(f"*.{ending}"))
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_one_subject(path):
    lines = path.read_text("utf-8").count("\n")
    assert lines <= LONGEST, f"{path.name} has {lines} lines; {LONGEST} are enough for one subject: split it at a seam"
