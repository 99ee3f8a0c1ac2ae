"""The page of a lesson, as its tests open it and wait for it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from app.lessons import Library
from app.lessons.lesson import Step
from tests.e2e.browser import TIMEOUT, takes_orders

LESSONS = Library.load().lessons
Open = Callable[..., Page]

# At one moment: whether a step has a graph is known only together with the graph.
DRAWN_OR_NONE = """() => {
    const stage = document.querySelector("#stage");
    return stage === null || document.querySelector("#stage[data-current=true]:not([aria-busy]) .node") !== null;
}"""


def ready(page: Page) -> Page:
    """Waits until the page of a lesson is alive, its formulas are set and its graph, where it shows one, is drawn."""
    takes_orders(page)
    expect(page.locator("span.maths[data-latex]:not(:has(.katex))")).to_have_count(0)
    page.wait_for_function(DRAWN_OR_NONE, timeout=TIMEOUT)
    return page


def has(step: Step, name: str) -> bool:
    return any(figure.name == name for figure in step.figures)


def go_to(page: Page, place: int) -> None:
    """Goes to a step of the lesson that is open, as its address leads there."""
    page.evaluate("(hash) => (location.hash = hash)", f"#step-{place}")
    expect(page.locator(".step.on")).to_have_id(f"step-{place}")
