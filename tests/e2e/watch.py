"""What a browser reports about our pages while a test acts on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, WebError

_REPORT = """addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) =>
  console.error(`the policy forbids ${effectiveDirective}: ${blockedURI} ${sample}`));"""
_SETTLED = "() => new Promise((done) => setTimeout(done))"


def watchful(browser: Browser, **options: Any) -> BrowserContext:
    """A new profile whose pages tell their consoles what their policy has forbidden."""
    context = browser.new_context(**options)
    context.add_init_script(_REPORT)
    return context


@contextmanager
def watched(context: BrowserContext) -> Iterator[list[str]]:
    """The list that fills with what goes wrong in a watchful profile: errors and warnings of the console, with what a
    policy has forbidden, and exceptions that nobody catches.

    On every page of the profile, in its frames and in the windows it opens, whatever the page goes on to. At the end it
    waits until the pages have told what they had to tell.
    """
    wrong: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            wrong.append(message.text)

    def catch(error: WebError) -> None:
        wrong.append(f"uncaught: {error.error}")

    context.on("console", hear)
    context.on("weberror", catch)
    try:
        yield wrong
        for page in context.pages:
            for frame in page.frames:
                frame.evaluate(_SETTLED)
    finally:
        # The profile goes on to another test.
        context.remove_listener("console", hear)
        context.remove_listener("weberror", catch)
