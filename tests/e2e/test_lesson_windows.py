"""Lessons in small windows, and the ways past their optional steps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import DESKTOP, PHONE, PROJECTOR, at_rest, press
from tests.e2e.lesson_page import LESSONS, Open, go_to, has, ready

READ = """() => {
    const within = (box, room) => box.left >= room.left - 1 && box.right <= room.right + 1;
    const window = { left: 0, right: innerWidth };
    const sliders = [...document.querySelectorAll(".controls .exhibit, .controls .val > *")];
    const printed = [...document.querySelectorAll("#stage .node .num")].filter((each) => each.checkVisibility());
    const small = printed.some((each) => parseFloat(getComputedStyle(each).fontSize) * each.getScreenCTM().a < 7.4);
    return sliders.every((each) => within(each.getBoundingClientRect(), window))
        && (document.querySelector("#stage") === null || (printed.length > 0 && !small));
}"""


@pytest.mark.parametrize("size", [PHONE, PROJECTOR], ids=["phone", "low window"])
def test_numbers_are_read_and_sliders_are_whole_in_a_small_window(open_page: Open, size: tuple[int, int]) -> None:
    """A number that is too small to read is not shown. These are the largest graphs whose numbers are to be read."""
    lesson = next(lesson for lesson in LESSONS if lesson.slug == "your-first-training-step")
    page = ready(open_page(f"/lessons/{lesson.slug}", size))
    for place, step in enumerate(lesson.steps, 1):
        go_to(page, place)
        ready(page)
        page.wait_for_function(READ)
        if size == PHONE and has(step, "stage"):
            the_step_is_in_view(page)


def the_step_is_in_view(page: Page) -> None:
    """Where not all of a graph is in view, the node whose step is told is."""
    page.wait_for_function(
        """() => {
            const active = document.querySelector("#stage .node.active");
            const [box, room] = [active, document.querySelector("#stage")].map((each) => each?.getBoundingClientRect());
            return !box || (box.left >= room.left - 1 && box.right <= room.right + 1);
        }"""
    )


def test_optional_steps_are_marked_and_skipped(open_page: Open) -> None:
    lesson = LESSONS[0]
    last = next(place for place, step in enumerate(lesson.steps) if step.optional)
    page = ready(open_page(f"/lessons/{lesson.slug}#step-{last}"))
    expect(page.locator(".step .optional")).to_have_count(sum(step.optional for step in lesson.steps))
    expect(page.locator("#step-1 .optional")).to_have_count(0)
    walk = page.locator("#walk")
    # By keys they come like all steps.
    press(page, "ArrowRight")
    expect(page.locator(".step.on h2")).to_contain_text("Optional")
    press(page, "ArrowLeft")
    walk.get_by_role("button", name="Optional steps").click()
    expect(page.locator(".step.on")).to_have_id(f"step-{last + 1}")
    walk.get_by_role("button", name="Back").click()
    expect(page.locator(".step.on")).to_have_id(f"step-{last}")
    # On a phone the three ways to go stand in one row.
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    at_rest(page)
    page.wait_for_function(
        "new Set([...document.querySelectorAll('#walk > :is(a, button)')].map((each) => each.offsetTop)).size === 1"
    )
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    walk.get_by_role("link", name="Next lesson: Activation functions").click()
    expect(page).to_have_url(re.compile(f"/lessons/{LESSONS[1].slug}$"))
    # Without them the lesson is done.
    kept = page.evaluate("JSON.parse(localStorage.getItem('backlit-lessons'))")
    assert kept[lesson.slug]["done"]
