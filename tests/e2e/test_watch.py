"""The watch itself: nothing that a browser reports is missed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.watch import watched, watchful

STYLED = "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')"


@pytest.fixture
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """A profile in which things may go wrong."""
    context = watchful(browser)
    yield context
    context.close()


@pytest.fixture
def page(profile: BrowserContext, address: str) -> Page:
    """A page of ours in it."""
    page = profile.new_page()
    page.goto(f"{address}/lessons")
    return page


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("console.error('on fire')", "on fire"),
        ("console.warn('smoke')", "smoke"),
        ("setTimeout(() => { throw new Error('out of hand') })", "uncaught: out of hand"),
        ("void Promise.reject(new Error('let down'))", "uncaught: let down"),
        ("await fetch('/nowhere')", "status of 404"),
        (STYLED, "the policy forbids style-src-attr"),
    ],
)
def test_what_a_page_reports_is_heard(profile: BrowserContext, page: Page, script: str, told: str) -> None:
    with watched(profile) as wrong:
        page.evaluate(f"async () => {{ {script} }}")
    assert any(told in text for text in wrong), wrong


def test_what_was_reported_is_kept_when_the_page_goes_on(profile: BrowserContext, page: Page, address: str) -> None:
    with watched(profile) as wrong:
        page.evaluate(STYLED)
        page.goto(f"{address}/activations")
    assert any("the policy forbids style-src-attr" in text for text in wrong), wrong


def test_what_a_window_reports_that_a_page_opens_is_heard(profile: BrowserContext, page: Page) -> None:
    with watched(profile) as wrong:
        with page.expect_popup() as opening:
            page.evaluate("void open('/activations')")
        opening.value.wait_for_load_state()
        opening.value.evaluate(STYLED)
    assert any("the policy forbids style-src-attr" in text for text in wrong), wrong


def test_a_refused_program_is_nothing_wrong_for_an_editor(profile: BrowserContext, page: Page) -> None:
    with watched(profile) as wrong:
        told = page.evaluate(
            "fetch('/api/v1/trace', { method: 'POST',"
            " headers: { 'content-type': 'application/json', prefer: 'handling=lenient' },"
            " body: JSON.stringify({ program: 'y = (' }) }).then((answer) => answer.json())"
        )
        assert told["status"] == 422
    assert wrong == []
