"""The panel that tells one node in full, and choosing nodes by pointer and keys."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.browser import Lab


def test_it_follows_the_steps_until_a_node_is_chosen(lab: Lab) -> None:
    panel = lab.page.locator("#panel-node")
    lab.to(9)
    expect(lab.page.get_by_role("tab", name="Node a1")).to_be_visible()
    expect(panel.locator(".about math")).to_contain_text("ReLU")
    expect(panel).to_contain_text("The local derivative is zero here")
    expect(panel).to_contain_text("dz1 += da1 * (z1 > 0)")
    expect(panel.get_by_role("img")).to_have_accessible_name("The curve and its derivative; here z1 = −0.5")
    lab.page.locator('.node[data-id="b2"]').click()
    expect(panel).to_contain_text("b2")
    lab.press("Home")
    expect(panel).to_contain_text("not computed yet")
    lab.page.get_by_role("button", name="follow the steps again").click()
    expect(lab.page.get_by_role("tab", name="Node y")).to_be_visible()


def test_it_tells_where_a_gradient_came_from(lab: Lab) -> None:
    lab.example("x · (x + y)")
    lab.press("End")
    lab.page.locator('.node[data-id="x"]').click()
    facts = lab.page.locator("#panel-node .facts").last
    expect(facts).to_contain_text("via f")
    expect(facts).to_contain_text("via s")
    expect(facts.locator(".total")).to_contain_text("5")


def test_arrows_walk_along_edges_when_the_graph_has_focus(lab: Lab) -> None:
    lab.page.locator('.node[data-id="y"]').focus()
    lab.press("ArrowLeft")
    expect(lab.page.locator('.node[data-id="y.1"]')).to_be_focused()
    lab.press("ArrowLeft", "Enter")
    expect(lab.page.locator('.node[data-id="W2"]')).to_have_attribute("aria-current", "true")
    lab.press("ArrowRight")
    expect(lab.page.locator('.node[data-id="y.1"]')).to_be_focused()
    assert lab.step() == 0


def test_a_click_leaves_the_arrow_keys_to_time(lab: Lab) -> None:
    lab.page.locator('.node[data-id="a1"]').click()
    lab.press("ArrowRight")
    lab.at_step(1)
