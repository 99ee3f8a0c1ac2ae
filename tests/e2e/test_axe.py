"""What axe-core finds on every page, in every mode and theme: nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import DESKTOP, PHONE, Lab
from tests.e2e.conftest import OpenLab
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


class Walk(NamedTuple):
    """States of one page, each reached from the one before, in one kind of window."""

    name: str
    states: dict[str, Act]
    size: tuple[int, int] = DESKTOP
    mode: tuple[tuple[str, Any], ...] = ()


FORCED = (("forced_colors", "active"),)
MORE = (("contrast", "more"),)
END_AND_TABLE = {"end": keys("End"), "table": keys("v")}
WALKS = [
    Walk(
        "time",
        {
            "backward": lambda lab: lab.to(9),
            "end": keys("End"),
            "an element pointed at": cell,
            "a node chosen": keys("/", "a", "1", "Enter"),
            "present": keys("p", "End"),
        },
    ),
    Walk("table", {"table": keys("End", "v"), "sorted and filtered": sorted_table}),
    Walk(
        "search and sides",
        {
            "search": found("W"),
            "search without result": found("q", "q"),
            "network": tab("Network"),
        },
    ),
    Walk(
        "examples",
        {
            "output": shown("Derivatives and the chain rule: by hand", "End"),
            "a loss": shown("A small network with a loss", "End"),
            "map": shown("Ten sigmoids", "1", "m"),
            "a large program": shown("A transformer block", "End"),
        },
    ),
    Walk(
        "functions",
        {
            "closed": program(FUNCTION, "End"),
            "in the table": keys("v"),
            "open": keys("v", "e", "End"),
        },
    ),
    Walk("broken", {"program": broken}),
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
    Walk("tablet", {"end": keys("End"), "upright": turned}, (1024, 768)),
    Walk("at 200 %", {"end": keys("End")}, (720, 450), (("device_scale_factor", 2),)),
    Walk("more contrast", END_AND_TABLE, DESKTOP, MORE),
    Walk("forced colours", END_AND_TABLE, DESKTOP, FORCED),
]


@pytest.mark.parametrize("walk", WALKS, ids=[walk.name for walk in WALKS])
def test_axe_finds_nothing(open_lab: OpenLab, walk: Walk) -> None:
    lab = open_lab(walk.size, color_scheme="dark", **dict(walk.mode))
    wrong = {}
    for name, act in walk.states.items():
        act(lab)
        wrong[name] = findings_in_both_themes(lab)
    assert {state: found for state, found in wrong.items() if found} == {}


def test_axe_finds_nothing_in_the_reference(open_lab: OpenLab) -> None:
    lab = open_lab(color_scheme="dark")
    lab.page.goto(f"{lab.address}/docs")
    assert findings_in_both_themes(lab) == {}
