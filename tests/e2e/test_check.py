"""The numerical derivatives beside a gradient, and their error over the step."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browser import Lab
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings


def test_a_gradient_stands_beside_its_numerical_derivatives_and_their_error_over_the_step(lab: Lab) -> None:
    lab.write("x = 5.0\nf = x**2 + 3*x + 2")
    lab.settle()
    lab.press("End", "/", "x", "Enter")
    panel = lab.page.locator("#panel-node")
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


def test_at_a_kink_it_says_so_and_never_stands_beside_other_values(open_lab: OpenLab) -> None:
    lab = open_lab(fragment='#program=y+%3D+relu(x)&values={"x":0}&t=3&select=x&eps=1e-4')
    panel = lab.page.locator("#panel-node")
    expect(panel).to_contain_text("the slopes on both sides stay apart")
    expect(panel).to_contain_text("y: ")
    expect(panel.locator(".checked")).to_contain_text("does not pass relu in y")
    expect(panel.locator(".errorcurve")).to_contain_text("ε = 1e−4")
    field = lab.page.get_by_label("x", exact=True)
    field.fill("2")
    field.press("Enter")
    expect(panel.locator(".checked").get_by_role("img", name="agrees")).to_have_count(2)
    expect(panel).not_to_contain_text("stay apart")
