"""A page with the probe in it, as somebody opens it for the first time: nothing cached."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e.browser import DESKTOP, WELCOMED, Lab

PROBE = Path(__file__).with_name("probe.js").read_text()


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Lab]:
    """A fresh context with an empty page; the caller goes where it wants."""
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, color_scheme="dark")
    context.add_init_script(WELCOMED)  # the pointers of the first visit would be measured along
    page = context.new_page()
    page.add_init_script(PROBE)
    page.on("pageerror", lambda error: print(f"uncaught: {error}"))
    try:
        yield Lab(page, address)
    finally:
        context.close()
