"""Help from the commands, the header's menu, and the first visit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import DESKTOP, PHONE, PROJECTOR, Lab
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings_in_both_themes

STEPS = ["Write a few lines", "Play", "Ask a node"]


def test_help_and_the_menu_by_keyboard(lab: Lab) -> None:
    help_lists_what_the_page_can_do(lab)
    the_menu_works_by_keyboard(lab)
    the_first_steps_can_be_shown_again_by_key(lab)


def help_lists_what_the_page_can_do(lab: Lab) -> None:
    lab.press("?")
    dialog = lab.page.get_by_role("dialog", name="What you can do here")
    expect(dialog.get_by_role("heading", level=3)).to_have_text(
        ["Time", "Graph", "View", "Program", "While presenting", "Page", "Mouse and touch", "What a program can say"]
    )
    undo = dialog.locator("div").filter(has_text="Undo").last
    expect(undo.locator("kbd")).to_have_text(["Ctrl+Z"])
    # Every order that has a button is there.
    lab.rest()
    for title in lab.page.locator("#header [data-command], #transport [data-command]").all():
        command = title.get_attribute("title") or ""
        if "(" in command and not command.startswith(("Theme", "Play", "Pause")):
            expect(dialog).to_contain_text(command.rpartition(" (")[0])
    lab.press("Escape")
    expect(dialog).to_have_count(0)


def the_menu_works_by_keyboard(lab: Lab) -> None:
    button = lab.page.get_by_role("button", name="More")
    button.focus()
    expect(button).to_be_focused()
    lab.press("Enter")
    items = lab.page.get_by_role("menuitem")
    expect(items.first).to_be_focused()
    lab.press("ArrowUp")
    expect(items.last).to_be_focused()
    lab.press("Home")
    expect(items.first).to_be_focused()
    # A letter leads to an order, and is none itself.
    lab.press("s")
    expect(lab.page.get_by_role("menuitem", name="Start over")).to_be_focused()
    expect(lab.page.get_by_role("dialog")).to_have_count(0)
    lab.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    lab.press("ArrowDown", "Tab")
    expect(lab.page.get_by_role("menu")).to_have_count(0)


def the_first_steps_can_be_shown_again_by_key(lab: Lab) -> None:
    expect(lab.page.get_by_role("region", name=STEPS[0])).to_have_count(0)
    lab.page.get_by_role("button", name="More").focus()
    lab.press("Enter")
    lab.page.get_by_role("menuitem", name="Show the first steps").focus()
    lab.press("Enter")
    expect(lab.page.get_by_role("region", name=STEPS[0])).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_three_steps_stand_beside_what_they_point_to_and_never_come_again(
    open_lab: OpenLab, size: tuple[int, int]
) -> None:
    """And axe-core finds nothing in them, in the help and in the menu."""
    lab = open_lab(size, first_visit=True, color_scheme="dark")
    lab.page.get_by_role("region", name=STEPS[0]).wait_for()
    assert findings_in_both_themes(lab) == {}
    three_steps_stand_beside_what_they_point_to(lab, size)
    lab.page.reload()
    lab.settle()
    expect(lab.page.locator("#welcome")).to_be_hidden()
    lab.press("?")
    lab.page.get_by_role("heading", name="Mouse and touch").wait_for()
    lab.rest()
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert findings_in_both_themes(lab) == {}
    lab.press("Escape")
    expect(lab.page.get_by_role("dialog")).to_have_count(0)
    lab.page.get_by_role("button", name="More").click()
    lab.page.get_by_role("menu").wait_for()
    assert findings_in_both_themes(lab) == {}
    lab.page.get_by_role("menuitem", name="Show the first steps").click()
    expect(lab.page.get_by_role("region", name=STEPS[0])).to_be_visible()


def three_steps_stand_beside_what_they_point_to(lab: Lab, size: tuple[int, int]) -> None:
    for i, title in enumerate(STEPS):
        region = lab.page.get_by_role("region", name=title)
        expect(region).to_contain_text(f"{i + 1} of 3")
        lab.rest()
        box, target = region.bounding_box(), lab.page.locator(".pointed-at").bounding_box()
        assert box is not None
        assert target is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= size[0]
        assert 0 <= box["y"] <= box["y"] + box["height"] <= size[1]
        apart = (
            box["x"] >= target["x"] + target["width"]
            or target["x"] >= box["x"] + box["width"]
            or box["y"] >= target["y"] + target["height"]
            or target["y"] >= box["y"] + box["height"]
        )
        assert apart, title
        region.get_by_role("button", name="Got it" if i == 2 else "Next").click()
    expect(lab.page.locator("#welcome")).to_be_hidden()


BEGINNINGS: dict[str, Callable[[Lab], None]] = {
    "types": lambda lab: (lab.page.locator("#editor .cm-content").focus(), lab.press("Enter"))[1],
    "steps by key": lambda lab: lab.press("ArrowRight"),
    "plays": lambda lab: lab.page.get_by_role("button", name="Play").click(),
    "moves a value": lambda lab: lab.page.get_by_label("b1", exact=True).fill("2"),
    "zooms": lambda lab: (lab.page.locator("#stage").hover(), lab.page.mouse.wheel(0, -100))[1],
    "asks a node": lambda lab: lab.page.locator('.node[data-id="z1"]').click(),
}


def test_the_first_steps_go_when_somebody_begins_with_something_or_skips_them(open_lab: OpenLab) -> None:
    lab = open_lab(first_visit=True)
    for way, begin in BEGINNINGS.items():
        expect(lab.page.get_by_role("region", name=STEPS[0]), way).to_be_visible()
        begin(lab)
        expect(lab.page.locator("#welcome"), way).to_be_hidden()
        expect(lab.page.locator(".pointed-at"), way).to_have_count(0)
        # Kept, so that they never come again; and now as if nobody had ever been here.
        lab.page.wait_for_function("localStorage.getItem('backlit-welcomed') === '1'")
        lab.page.evaluate("localStorage.clear()")
        lab.page.reload()
        lab.settle()
    the_first_steps_can_be_walked_through_and_skipped_by_key(lab)


def the_first_steps_can_be_walked_through_and_skipped_by_key(lab: Lab) -> None:
    region = lab.page.get_by_role("region", name=STEPS[0])
    expect(region).to_be_visible()
    # Reached by Tab before all else but the way to the timeline.
    lab.press("Tab", "Tab", "Tab")
    expect(region.get_by_role("button", name="Next")).to_be_focused()
    lab.press("Enter")
    expect(lab.page.get_by_role("region", name=STEPS[1])).to_be_visible()
    lab.press("Escape")
    expect(lab.page.locator("#welcome")).to_be_hidden()
    lab.page.reload()
    lab.settle()
    expect(lab.page.locator("#welcome")).to_be_hidden()


def test_who_was_given_less_than_the_page_is_not_shown_the_rest(open_lab: OpenLab) -> None:
    lab = open_lab(first_visit=True, fragment="#hide=editor")
    expect(lab.page.locator("#welcome")).to_be_hidden()


HEADER = """() => {
  const header = document.querySelector("#header");
  const seen = (elements) => [...elements].filter((each) => each.checkVisibility()).map((each) => each.dataset.command);
  const { left, right, bottom } = document.querySelector("[role=menu]").getBoundingClientRect();
  return {
    overflows: header.scrollWidth > header.clientWidth,
    outside: left < 0 || right > innerWidth || bottom > innerHeight,
    shown: seen(header.querySelectorAll("[data-command]:not([role=menuitem])")),
    folded: seen(document.querySelectorAll("[role=menuitem]")),
  };
}"""


def test_the_header_never_overflows_and_loses_nothing(open_lab: OpenLab) -> None:
    """While the window shrinks, and while it grows again."""
    shrinking = sorted([DESKTOP, PROJECTOR, (1100, 800), (900, 700), (740, 900), PHONE, (320, 640)], reverse=True)
    lab = open_lab(shrinking[0])
    menu = lab.page.get_by_role("menu")
    for size in [*shrinking, *shrinking[-2::-1]]:
        lab.page.set_viewport_size({"width": size[0], "height": size[1]})
        lab.page.get_by_role("button", name="More").click()
        expect(menu).to_be_visible()
        lab.rest()
        # The header is fitted in the frame after the window has its size.
        lab.page.wait_for_function(f"() => (({{ overflows, outside }}) => !overflows && !outside)(({HEADER})())")
        found = lab.page.evaluate(HEADER)
        assert not found["overflows"], size
        assert not found["outside"], size
        assert {"undo", "redo", "share", "help", "theme"} <= {*found["shown"], *found["folded"]}, size
        assert not {*found["shown"]} & {*found["folded"]}, size
        lab.press("Escape")
        expect(menu).to_have_count(0)
