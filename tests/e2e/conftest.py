"""One server and one browser for all browser tests; a fresh page for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser import DESKTOP, WELCOMED, Lab, browsing, serving

WATCH_POLICY = """
window.violations = [];
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  window.violations.push(`${violatedDirective}: ${blockedURI}`));
"""

OpenLab = Callable[..., Lab]


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a running server."""
    with serving() as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    with browsing() as found:
        yield found


@pytest.fixture
def open_lab(browser: Browser, address: str) -> Iterator[OpenLab]:
    """Opens the page, as often as wanted; at the end nothing may have gone wrong on any of them.

    A refused program is answered with 422 or 413, which the browser's console calls errors: those are expected.
    """
    contexts = []
    wrong: list[str] = []

    def open_page(
        size: tuple[int, int] = DESKTOP, fragment: str = "", *, first_visit: bool = False, **options: Any
    ) -> Lab:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(WATCH_POLICY)
        if not first_visit:
            page.add_init_script(WELCOMED)
        page.on("pageerror", lambda error: wrong.append(f"uncaught: {error}"))
        page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
        return Lab(page, address).open(fragment)

    yield open_page
    for context in contexts:
        for page in context.pages:
            wrong.extend(page.evaluate("window.violations"))
        context.close()
    assert [text for text in wrong if "status of 422" not in text and "status of 413" not in text] == []


@pytest.fixture
def lab(open_lab: OpenLab) -> Lab:
    """The page as it opens, in a desktop window."""
    return open_lab()
