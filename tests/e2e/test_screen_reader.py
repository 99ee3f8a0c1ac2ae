"""The whole way by what a screen reader gets: roles, names, the live region and the table. No class, no id, no look."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.e2e.browser import Lab


def row(lab: Lab, name: str) -> Locator:
    table = lab.page.locator("#table").get_by_role("table")
    return table.get_by_role("row").filter(has=lab.page.get_by_role("rowheader", name=name, exact=True))


def told(lab: Lab) -> Locator:
    """The live region that tells the steps."""
    return lab.page.get_by_role("status").filter(has_text=re.compile("Start|Forward|Seed|Backward"))


def test_from_what_the_page_is_made_of_to_why_the_dead_neuron_woke(lab: Lab) -> None:
    the_page_says_what_it_is_made_of(lab)
    each_node_says_what_it_is_and_what_it_holds(lab)
    from_the_dead_neuron_to_why_it_woke(lab)


def the_page_says_what_it_is_made_of(lab: Lab) -> None:
    page = lab.page
    expect(page.get_by_role("heading", level=1)).to_have_text("A mini neural network")
    for landmark in ("banner", "main", "contentinfo", "search"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    for region in ("Program and values", "Graph", "Inspector"):
        expect(page.get_by_role("region", name=region, exact=True)).to_be_visible()
    expect(page.get_by_role("slider", name="Moment")).to_have_attribute("aria-valuetext", re.compile("^Start"))
    graph = page.get_by_role("application", name="Computation graph")
    expect(graph).to_have_accessible_description(re.compile("Arrow keys move along edges"))


def each_node_says_what_it_is_and_what_it_holds(lab: Lab) -> None:
    graph = lab.page.get_by_role("application", name="Computation graph")
    node = graph.get_by_role("img", name=re.compile("^z1,"))
    expect(node).to_have_accessible_name("z1, W1 @ x + b1, 1×1, value not computed yet, gradient not computed yet")
    lab.page.get_by_role("button", name="To the end").press("Enter")
    expect(node).to_have_accessible_name("z1, W1 @ x + b1, 1×1, value −0.5, gradient 0, checked: agrees")


def from_the_dead_neuron_to_why_it_woke(lab: Lab) -> None:
    page = lab.page
    page.get_by_role("button", name="To the start").press("Enter")
    expect(told(lab)).to_contain_text("Start")
    # Play to the end; the live region tells the last step.
    page.get_by_role("combobox", name="Speed").select_option("4×")
    page.get_by_role("button", name="Play").press("Enter")
    expect(told(lab)).to_contain_text("Backward 5 of 5")
    # The table: W1 gets nothing, because a1 sends nothing to z1.
    page.get_by_role("button", name="Show the trace as a table").press("Enter")
    expect(row(lab, "W1").get_by_role("cell").filter(has_text="[0  0]").first).to_be_visible()
    expect(row(lab, "z1")).to_contain_text("0 from a1")
    # Why: the step of a1 says it.
    moment = page.get_by_role("slider", name="Moment")
    moment.focus()
    lab.press("ArrowLeft", "ArrowLeft")
    expect(told(lab)).to_contain_text(re.compile("Backward 3 of 5.*a1.*z1.*2 × 0 = 0"))
    expect(told(lab)).to_contain_text("the neuron is off")
    # Change b1: the same step now says something else, and W1 has a gradient.
    field = page.get_by_role("textbox", name="b1", exact=True)
    field.fill("2")
    field.press("Enter")
    expect(told(lab)).to_contain_text(re.compile("Backward 3 of 5.*a1.*z1.*2 × 1 = 2"))
    expect(row(lab, "z1")).to_contain_text("2 from a1")
    moment.press("End")
    expect(row(lab, "W1")).to_contain_text("[2  4]")
    expect(row(lab, "W1")).to_contain_text("[2  4] from @ in z1")
    # The table says which step it shows.
    expect(page.locator("#table").get_by_role("table")).to_have_accessible_name(
        re.compile("A mini neural network: every node at this moment. Backward 5 of 5")
    )
