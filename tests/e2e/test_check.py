"""The numerical derivatives beside a gradient, and their error over the step."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.e2e.browser import Lab
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings


def test_a_gradient_stands_beside_its_numerical_derivatives_and_their_error_over_the_step(lab: Lab) -> None:
    lab.write("x = 5.0\nf = x**2 + 3*x + 2")
    lab.settle()
    lab.press("End", "/")
    expect(lab.page.get_by_role("combobox", name="Find a node")).to_be_focused()
    lab.press("x", "Enter")
    panel = lab.page.locator("#panel-node")
    expect(panel.locator(".check-line")).to_contain_text("agrees, relative error 1.1e−11")
    expect(panel.locator(".check-line")).to_contain_text("13.0000 by central difference")
    panel.get_by_role("heading", name="Check in full").click()
    rows = panel.locator(".checked tbody tr")
    expect(rows.filter(has_text="central")).to_contain_text("12.99999999986")
    expect(rows.filter(has_text="central")).to_contain_text("1.1e−11")
    expect(rows.filter(has_text="central").get_by_role("img", name="agrees")).to_be_visible()
    expect(rows.filter(has_text="complex").get_by_role("img", name="agrees")).to_be_visible()
    curve = panel.locator(".errorcurve")
    expect(curve).to_have_attribute(
        "aria-label", re.compile("central: smallest error 0 at 1, round-off from 1 to 1e−15;")
    )
    assert findings(lab) == []
    step = panel.get_by_role("textbox", name="step ε")
    step.press("ArrowUp")
    step.press("ArrowUp")
    expect(step).to_have_value("1e−3")
    expect(curve).to_contain_text("ε = 1e−3")
    expect(rows.filter(has_text="forward")).to_contain_text("13.001")
    lab.rest()
    box = curve.bounding_box()
    assert box is not None
    # From the left end, where the step is 1, to the right one.
    lab.page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + 60)
    lab.page.mouse.down()
    expect(step).to_have_value("1")
    lab.page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 60)
    lab.page.mouse.up()
    expect(step).to_have_value("1e−15")
    expect(panel).to_contain_text("A larger step comes closer")
    lab.press("Escape", "Home")
    expect(panel.locator(".checked")).to_have_count(0)


def test_at_a_kink_and_at_zero_it_says_so_and_never_stands_beside_other_values(open_lab: OpenLab) -> None:
    lab = open_lab(fragment='#program=y+%3D+relu(x)&values={"x":0}&t=3&select=x&eps=1e-4')
    panel = lab.page.locator("#panel-node")
    expect(panel.locator(".check-line")).to_contain_text("at a kink, error 0.5")
    panel.get_by_role("heading", name="Check in full").click()
    expect(panel).to_contain_text("the slopes on the two sides differ")
    expect(panel).to_contain_text("y: ")
    expect(panel.locator(".checked")).to_contain_text("does not pass relu in y")
    expect(panel.locator(".errorcurve")).to_contain_text("ε = 1e−4")
    field = lab.page.get_by_label("x", exact=True)
    field.fill("2")
    field.press("Enter")
    expect(panel.locator(".checked").get_by_role("img", name="agrees")).to_have_count(2)
    expect(panel).not_to_contain_text("on the two sides differ")

    # It tells zero from zero within rounding.
    field.fill("-2")
    field.press("Enter")
    expect(panel.locator(".check-line")).to_contain_text("agrees, both are exactly zero")
    expect(panel).to_contain_text("The difference and the gradient agree. Both are exactly zero.")
    expect(panel.locator(".checked tbody tr").filter(has_text="central")).to_contain_text("exactly zero")
    lab.write("x = 3.0\ny = 0.1*x + 0.2*x - 0.3*x")
    lab.settle()
    lab.press("End")
    expect(lab.node("x")).to_have_attribute("aria-current", "true")
    expect(panel.locator(".check-line")).to_contain_text("zero within rounding")


def test_seals_stand_once_the_gradient_does_and_are_never_older_than_the_values(open_lab: OpenLab) -> None:
    lab = open_lab(fragment='#program=z+%3D+w+*+x%0Ay+%3D+relu(z)+%2B+x&values={"x":2,"w":0}&t=99')
    nodes = lab.page.locator("#stage .node")
    tally = lab.page.locator("#stage-bar")
    expect(nodes.and_(lab.page.locator("[data-check=at-kink]"))).to_have_count(2)
    expect(nodes.and_(lab.page.locator("[data-check=agrees]"))).to_have_count(3)
    expect(lab.page.locator(".seal:visible")).to_have_count(5)
    expect(tally).to_contain_text("5 gradients checked, 2 at a kink")
    expect(lab.node("w")).to_have_attribute("aria-label", re.compile(", checked: at a kink$"))
    assert findings(lab) == []

    # Before its gradient is there, nothing is said of it.
    lab.press("Home")
    expect(lab.page.locator(".seal:visible")).to_have_count(0)
    expect(lab.node("w")).not_to_have_attribute("aria-label", re.compile("checked"))
    expect(tally).not_to_contain_text("checked")
    lab.press("End")
    expect(lab.page.locator(".seal:visible")).to_have_count(5)

    # As soon as a value changes, all are gone, however long the next check takes.
    waiting: list[Route] = []
    held = True

    def hold(route: Route) -> None:
        waiting.append(route) if held else route.continue_()

    lab.page.route("**/api/v1/check", hold)
    with lab.page.expect_request("**/api/v1/check"):
        lab.page.get_by_label("w, slider").press("ArrowRight")
    lab.says("w", "value 0.0")
    expect(lab.page.locator("#stage .node[data-check]")).to_have_count(0)
    expect(tally).not_to_contain_text("checked")
    held = False
    for route in waiting:
        route.continue_()
    expect(nodes.and_(lab.page.locator("[data-check=agrees]"))).to_have_count(5)
    expect(tally).to_contain_text("5 gradients checked")
    expect(lab.node("w")).to_have_attribute("aria-label", re.compile(", checked: agrees$"))
