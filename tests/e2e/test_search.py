"""Finding a node by name, operation, formula or function."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.e2e.browser import Lab


def ask(lab: Lab, words: str) -> Locator:
    """Opens the box with its key and types."""
    lab.press("/")
    box = lab.page.get_by_role("combobox", name="Find a node")
    expect(box).to_be_focused()
    lab.type(words)
    return box


def options(lab: Lab) -> Locator:
    return lab.page.get_by_role("listbox", name="Nodes found").get_by_role("option")


def test_a_node_is_found_chosen_and_walked_on_from(lab: Lab) -> None:
    box = ask(lab, "z")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options(lab).first).to_contain_text("z1")
    expect(options(lab).first).to_have_attribute("aria-selected", "true")
    lab.press("Enter")
    expect(options(lab)).to_have_count(0)
    expect(lab.page.get_by_role("tab", name="Node z1")).to_be_visible()
    expect(lab.page.locator('.node[data-id="z1"]')).to_be_focused()
    lab.press("ArrowRight")
    expect(lab.page.locator('.node[data-id="a1"]')).to_be_focused()

    # Arrows choose among results.
    lab.leave()
    lab.press("Home")
    box = ask(lab, "matmul")
    expect(options(lab)).to_have_count(2)
    lab.press("ArrowDown")
    lab.rest()
    second = options(lab).nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", second.get_attribute("id") or "none")
    lab.press("ArrowDown")
    expect(options(lab).first).to_have_attribute("aria-selected", "true")
    options(lab).nth(1).click()
    expect(lab.page.get_by_role("tab", name="Node @ in y")).to_be_visible()
    lab.press("ArrowRight")  # after a click the arrows mean time
    lab.at_step(1)

    # Escape gives the focus back.
    field = lab.page.get_by_role("button", name="Play")
    field.focus()
    expect(field).to_be_focused()
    ask(lab, "nothing like it")
    expect(lab.page.get_by_text("No node matches.")).to_be_visible()
    lab.press("Escape", "Escape")
    expect(field).to_be_focused()

    what_is_far_away_is_brought_into_view(lab)
    the_way_into_a_closed_function_is_opened(lab)


def what_is_far_away_is_brought_into_view(lab: Lab) -> None:
    lab.example("Ten sigmoids")
    ask(lab, "h9")
    lab.press("Enter")
    zoom = lab.page.locator("#stage-bar .zoom")
    # The node that was found can be read.
    expect(zoom).to_have_text(re.compile(r"^(7[2-9]|[89]\d|\d{3,}) %$"))
    lab.rest()
    stage, node = lab.page.locator("#stage").bounding_box(), lab.page.locator('.node[data-id="h9"]').bounding_box()
    assert stage is not None
    assert node is not None
    assert stage["x"] < node["x"] < stage["x"] + stage["width"] - node["width"]


def the_way_into_a_closed_function_is_opened(lab: Lab) -> None:
    lab.write("def f(a):\n    inner = a * 2\n    return inner + 1\nx = 3.0\ny = f(x) * f(x + 1)")
    lab.settle()
    close_all = lab.page.get_by_role("button", name="Close all functions")
    close_all.click()
    expect(lab.page.get_by_role("button", name="Open all functions")).to_be_visible()
    lab.leave()
    ask(lab, "inner")
    lab.press("Enter")
    expect(lab.page.locator("#stage .node[data-selected]")).to_be_focused()
    expect(lab.page.get_by_role("tab", name="Node inner")).to_be_visible()
