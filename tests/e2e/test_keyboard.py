"""The whole way by keyboard alone: no mouse, and no focus but the one that keys bring."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browser import Lab
from tests.e2e.conftest import OpenLab

FOCUSED = """() => {
    const element = document.activeElement;
    return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? "";
}"""


def focused(lab: Lab) -> str:
    """What has the focus is called."""
    return str(lab.page.evaluate(FOCUSED))


def tab_to(lab: Lab, name: str, key: str = "Tab") -> None:
    """Tabs until what is called so has the focus."""
    passed = []
    lab.rest()
    for _ in range(80):
        lab.press(key)
        passed.append(focused(lab))
        if passed[-1] == name:
            return
    raise AssertionError(f"{name!r} is not on the way: {passed}")


def find(lab: Lab, name: str) -> None:
    """Finds a node in the search box, which hands the focus on to it."""
    lab.press("/")
    expect(lab.page.get_by_role("combobox", name="Find a node")).to_be_focused()
    lab.type(name)
    lab.press("Enter")
    expect(lab.page.locator("#stage .node[data-selected]")).to_be_focused()


def test_from_the_dead_neuron_to_why_it_woke(open_lab: OpenLab) -> None:
    lab = open_lab()
    panel = lab.page.get_by_role("tabpanel", name="Node")
    # Play to the end.
    tab_to(lab, "Speed")
    lab.press("4", "Shift+Tab", "Escape", "Home", " ")
    lab.at_step(11)
    # W1 gets nothing.
    find(lab, "W1")
    lab.focus_is_on(re.compile(r"^W1, .*gradient \[0\s+0\]"))
    # Change b1: back over the page to its field.
    tab_to(lab, "b1", "Shift+Tab")
    lab.press("ControlOrMeta+a", "2", "Enter", "Escape")
    # Its gradient has changed ...
    find(lab, "W1")
    lab.focus_is_on("W1, input, 1×2, value [1  −1], gradient [2  4], checked: agrees")
    # ... because of what came along the edges: @, z1, a1.
    lab.press("ArrowRight")
    lab.focus_is_on(re.compile("^@ in z1, "))
    lab.press("ArrowRight")
    lab.focus_is_on(re.compile("gradient 2"))
    lab.press("ArrowRight")
    lab.focus_is_on(re.compile(r"^a1, relu\(z1\)"))
    lab.press(" ")
    expect(panel).to_contain_text("Passes back to z1")
    expect(panel).to_contain_text("2 × 1 = 2")
    lab.rest()
    panel.locator("summary", has_text="Passes back to z1").focus()
    lab.press("Enter")
    expect(panel).to_contain_text("2⋅1=2")
    # And back to how it was: the neuron is off again.
    tab_to(lab, "b1", "Shift+Tab")
    lab.press("ControlOrMeta+a", "0", ".", "5", "Enter")
    expect(panel).to_contain_text("2⋅0=0")
    expect(panel).to_contain_text("The local derivative is zero here")


def test_every_control_and_node_is_reached_and_the_focus_is_never_lost(lab: Lab) -> None:
    every_control_is_reached_and_none_holds_the_focus(lab)
    up_and_down_walk_among_inputs(lab)
    the_focus_outlives_what_it_stood_on(lab)


def every_control_is_reached_and_none_holds_the_focus(lab: Lab) -> None:
    """From a page in which nothing has the focus yet."""
    seen: list[str] = []
    lab.rest()
    for _ in range(90):
        lab.press("Tab")
        seen.append(focused(lab))
        if len(seen) > 5 and seen[-1] == seen[0]:
            break
    for name in (
        "Skip to the timeline",
        "Open an example",
        "Present",
        "Program",
        "b1",
        "b1, slider",
        "Find a node",
        "Fit the graph",
        "Show the trace as a table",
        "Play",
        "Speed",
        "Moment",
    ):
        assert name in seen, f"{name} is not reached: {seen}"
    assert any(name.startswith("y, ") for name in seen)


def up_and_down_walk_among_inputs(lab: Lab) -> None:
    """Of a node that is found."""
    find(lab, "z1")
    lab.press("ArrowLeft")
    lab.focus_is_on(re.compile("^@ in z1, "))
    expect(lab.page.locator(":focus")).to_have_accessible_description("input 1 of 2 of z1")
    lab.press("ArrowDown")
    lab.focus_is_on(re.compile("^b1, "))
    lab.press("ArrowRight")
    lab.focus_is_on(re.compile("^z1, "))
    lab.at_step(0)


def the_focus_outlives_what_it_stood_on(lab: Lab) -> None:
    """In a program with functions."""
    lab.write("def f(a):\n    inner = a * 2\n    return inner + 1\nx = 3.0\ny = f(x) * f(x + 1)")
    lab.settle()
    find(lab, "inner")
    lab.focus_is_on(re.compile("^inner, "))
    lab.press("e")
    expect(lab.page.get_by_role("button", name="Open all functions")).to_be_visible()
    expect(lab.page.locator(":focus")).to_have_accessible_name(re.compile("^f, closed"))
    lab.press("v", "v")
    tab_to(lab, "Show the trace as a table")
    for shown in (True, False):
        lab.press(" ")
        expect(lab.page.locator("#table").get_by_role("table")).to_be_visible(visible=shown)
        lab.focus_is_on("Show the trace as a table")
