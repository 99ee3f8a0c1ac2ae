"""Tensors and the single numbers they are made of."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browser import Lab

LARGE = "A = np.ones((60, 60))\ny = np.sum(A @ A)"


def test_d_turns_the_whole_graph_to_scalars_and_back_unless_it_is_too_large(lab: Lab) -> None:
    lab.leave()
    lab.press("d")
    button = lab.page.get_by_role("button", name="Scalars: every element")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(lab.page.locator("#stage-bar .count")).to_have_text("14 nodes")
    # Single numbers are checked and derived as arrays are.
    expect(lab.page.locator("#stage .node[data-check]").first).to_be_attached()
    lab.press("End")
    lab.at_step(lab.steps())
    lab.page.locator('.node[data-id="a1[0,0]"]').click()
    expect(lab.page.locator("#panel-node .derive.numbers").first).to_be_visible()
    lab.press("Escape", "Home")
    field = lab.page.get_by_label("b1", exact=True)
    field.fill("2.5")
    field.press("Enter")
    lab.leave()
    lab.press("d")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(lab.page.locator('.node[data-id="W1"]')).to_be_visible()
    expect(lab.page.get_by_label("b1", exact=True)).to_have_value("2.5")

    # What is too large says so and stays.
    lab.write(LARGE)
    lab.settle()
    lab.press("d")
    expect(lab.page.locator("#note")).to_contain_text("about 435,")
    refused = lab.page.get_by_role("button", name=re.compile(r"^Scalars: .*about"))
    expect(refused).to_be_disabled()
    expect(lab.page.locator('.node[data-id="y"]')).to_be_visible()
    expect(lab.page.locator("#problem")).to_be_hidden()


def test_one_operation_opens_to_its_scalars_and_closes_again(lab: Lab) -> None:
    inside = lab.node("z1.1:W1[0,1]")
    expect(inside).to_have_count(0)
    lab.node("z1.1").click()
    lab.page.get_by_role("button", name="Open into scalars: @ in z1").click()
    expect(inside).to_be_visible()
    expect(lab.node("W1")).to_be_visible()

    # A number inside an opened operation tells its arithmetic.
    lab.press("End")
    with lab.page.expect_response("**/api/v1/explain") as waiting:
        inside.locator("[data-of=value] [data-place]").first.hover()
    assert waiting.value.status == 200
    expect(lab.page.locator("#cell")).to_contain_text("W1")

    # The exported trace is the graph that is drawn.
    lab.leave()
    lab.press("x")
    with lab.page.expect_response("**/api/v1/trace") as waiting:
        lab.page.locator(".export").get_by_role("radio", name="JSON", exact=True).check()
    lab.rest()
    ids = {node["id"] for node in waiting.value.json()["nodes"]}
    drawn = lab.page.locator("#stage .node[data-id]").evaluate_all("nodes => nodes.map(node => node.dataset.id)")
    assert "z1.1:W1[0,1]" in drawn
    assert set(drawn) <= ids
    lab.press("Escape")
    expect(lab.page.get_by_role("dialog")).to_have_count(0)

    lab.page.get_by_role("button", name="Close the scalars:").click()
    expect(inside).to_have_count(0)
    expect(lab.node("z1.1")).to_be_visible()
