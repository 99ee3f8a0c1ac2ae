"""What axe-core finds on every page, in every mode and theme: nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import DESKTOP, PHONE, Lab
from tests.e2e.conftest import BlankPage, OpenLab
from tests.e2e.test_modes import findings_in_both_themes

FUNCTION = "def f(a):\n    return a * 2 + 1\nx = 3.0\ny = f(x) * f(x + 1)"


Act = Callable[[Lab], object]


def keys(*pressed: str) -> Act:
    """Keys, one after another."""
    return lambda lab: lab.press(*pressed)


def shown(title: str, *pressed: str) -> Act:
    """An example, and keys."""

    def act(lab: Lab) -> None:
        lab.example(title)
        lab.press(*pressed)

    return act


def program(text: str, *pressed: str) -> Act:
    """A program, and keys."""

    def act(lab: Lab) -> None:
        lab.write(text)
        lab.settle()
        lab.press(*pressed)

    return act


def broken(lab: Lab) -> None:
    """A program that does not run."""
    lab.write("y = foo(x)")
    lab.page.locator("#problem").wait_for()


def tab(name: str) -> Act:
    """Another tab."""
    return lambda lab: lab.page.get_by_role("tab", name=name).click()


def points(lab: Lab) -> None:
    """A point drawn by hand, and a table of examples with a mistake."""
    lab.page.get_by_label("Data", exact=True).select_option("own points")
    lab.page.locator(".points-plane").click()
    lab.page.get_by_role("button", name="Paste or open a table").click()
    lab.page.get_by_label("Comma-separated values").fill("a,b\n1,2\n3")


def press(*names: str) -> Act:
    """Buttons, one after another."""

    def act(lab: Lab) -> None:
        for name in names:
            lab.page.get_by_role("button", name=name, exact=True).click()

    return act


def sorted_table(lab: Lab) -> None:
    """The table, sorted and filtered."""
    lab.page.get_by_role("columnheader", name="Gradient").get_by_role("button").click()
    lab.press("/")
    expect(lab.page.get_by_role("searchbox", name="Filter rows")).to_be_focused()
    lab.press("1")
    lab.page.get_by_text("rows match").wait_for()


def found(*typed: str) -> Act:
    """The search box with something typed."""

    def act(lab: Lab) -> None:
        lab.press("/")
        expect(lab.page.get_by_role("combobox", name="Find a node")).to_be_focused()
        lab.press("ControlOrMeta+a", *typed)
        lab.page.get_by_role("status").filter(has_text="node").wait_for(state="attached")

    return act


def chosen(lab: Lab) -> None:
    """A node found by its name."""
    found("a", "1")(lab)
    lab.press("Enter")
    expect(lab.node("a1")).to_have_attribute("data-selected", "")


def cell(lab: Lab) -> None:
    """An element's own arithmetic."""
    lab.page.locator('.node[data-id="W1"] [data-of=grad] [data-place="1"]').hover()
    lab.page.locator("#cell .cell-sum").wait_for()


def turned(lab: Lab) -> None:
    """A tablet held upright."""
    lab.page.set_viewport_size({"width": 768, "height": 1024})
    # The picture runs from top to bottom now.
    lab.page.wait_for_function(
        """() => ["W1", "z1", "y"].map((id) => document.querySelector(`.node[data-id="${id}"]`).getBoundingClientRect())
            .every(({ top }, i, all) => i === 0 || top > all[i - 1].top)"""
    )
    lab.settle()


def media(**options: Any) -> Act:
    """The same page for a reader who wants to see it otherwise."""
    return lambda lab: lab.page.emulate_media(**options)


def window(width: int, height: int) -> Act:
    """The same page in another window."""

    def act(lab: Lab) -> None:
        lab.page.set_viewport_size({"width": width, "height": height})
        lab.page.wait_for_function("(width) => innerWidth === width", arg=width)
        lab.settle()

    return act


class Walk(NamedTuple):
    """States of one page, each reached from the one before."""

    name: str
    states: dict[str, Act]
    size: tuple[int, int] = DESKTOP


WALKS = [
    Walk(
        "time, search and sides",
        {
            "search": found("W"),
            "search without result": found("q", "q"),
            "network": tab("Network"),
            "points": points,
            "backward": lambda lab: (tab("Program")(lab), lab.to(9)),
            "end": keys("End"),
            "an element pointed at": cell,
            "a node chosen": chosen,
            "present": keys("p", "End"),
        },
    ),
    Walk(
        "contrast and table",
        {
            "more contrast, end": lambda lab: (lab.press("End"), media(contrast="more")(lab)),
            "more contrast, table": keys("v"),
            "forced colours, table": media(contrast="no-preference", forced_colors="active"),
            "forced colours, end": keys("v"),
            "table": lambda lab: (media(forced_colors="none")(lab), lab.press("v")),
            "sorted and filtered": sorted_table,
        },
    ),
    Walk(
        "programs",
        {
            "output": shown("Derivatives and the chain rule: by hand", "End"),
            "a loss": shown("A small network with a loss", "End"),
            "its units": keys("k"),
            "map": lambda lab: (lab.press("k"), shown("Ten sigmoids", "1", "m")(lab)),
            "a large program": shown("A transformer block", "End"),
            "a closed function": program(FUNCTION, "End"),
            "in the table": keys("v"),
            "an open function": keys("v", "e", "End"),
            "broken": broken,
        },
    ),
    Walk(
        "phone",
        {
            "end": keys("End"),
            "program": press("Edit"),
            "inspector": press("Edit", "Inspect"),
            "table": lambda lab: (press("Inspect")(lab), lab.press("v")),
            "search": lambda lab: (lab.press("v"), found("W")(lab)),
        },
        PHONE,
    ),
    # As wide as a desktop window at 200 % is, in the page's own px.
    Walk("tablet", {"end": keys("End"), "at 200 %": window(720, 450), "upright": turned}, (1024, 768)),
]


@pytest.mark.parametrize("walk", WALKS, ids=[walk.name for walk in WALKS])
def test_axe_finds_nothing(open_lab: OpenLab, walk: Walk) -> None:
    lab = open_lab(walk.size, color_scheme="dark")
    wrong = {}
    for name, act in walk.states.items():
        act(lab)
        wrong[name] = findings_in_both_themes(lab)
    assert {state: found for state, found in wrong.items() if found} == {}


def test_axe_finds_nothing_in_the_reference(blank_page: BlankPage, address: str) -> None:
    page = blank_page(color_scheme="dark")
    page.goto(f"{address}/docs")
    assert findings_in_both_themes(Lab(page, address)) == {}
