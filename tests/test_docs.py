"""What the documentation names is there: files and folders in backticks, and links from page to page."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OURS = ("app", "benchmarks", "docs", "scripts", "static", "templates", "tests")
NAME = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|js|mjs|ts|css|toml|md|html)|(?:[\w-]+/)+)`")
LINK = re.compile(r"\]\(([^)#\s]+)")
INVENTED = {
    "add-an-endpoint.md": "norms.py",
    "add-a-panel.md": "shapes",
    "add-a-figure.md": "ratio",
    "lessons.md": "my-lesson",
}
"""Pages that tell how to write a file of a reader's own: what it is called there."""


@cache
def there() -> tuple[str, ...]:
    files = [path.relative_to(ROOT) for folder in OURS for path in (ROOT / folder).rglob("*")]
    return tuple(f"/{path.as_posix()}" for path in [*files, Path("pyproject.toml"), Path("README.md")])


def named(page: Path) -> list[str]:
    own = INVENTED.get(page.name)
    found = NAME.findall(page.read_text(encoding="utf-8"))
    return [name.removesuffix("/") for name in found if own is None or own not in name]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_named_exist(page: Path) -> None:
    gone = [name for name in named(page) if not any(path.endswith(f"/{name}") for path in there())]
    assert gone == [], f"{page.name} names what is not there: {', '.join(gone)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not link.startswith("http")]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_there_is_something_to_look_for() -> None:
    assert sum(len(named(page)) for page in PAGES) > 100
