"""A dense network as units and weights: the same trace, and one selection with the graph."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import OpenLab
from tests.e2e.test_training import XOR


def test_units_and_weights_are_those_of_the_graph(open_lab: OpenLab) -> None:
    lab = open_lab()
    lab.write(XOR)
    lab.leave()
    lab.settle()
    lab.press("k")
    plane = lab.page.locator(".units-plane")
    expect(plane.locator(".unit")).to_have_count(2 + 3 + 1)
    expect(plane.locator(".weight")).to_have_count(2 * 3 + 3 + 3 * 1 + 1)
    # W1[0, 1] is negative, and its line says so by more than its colour.
    line = plane.locator('.weight[data-id="W1"][data-place="1"]')
    expect(line.locator(".line")).not_to_have_css("stroke-dasharray", "none")
    unit = plane.locator('.unit[data-column="1"][data-unit="1"]')
    unit.click()
    expect(unit).to_have_attribute("aria-pressed", "true")
    expect(lab.page.get_by_role("tab", name="Node tanh")).to_be_visible()
    unit.focus()
    lab.press("PageDown")
    expect(line).to_have_class("weight negative chosen pointed")
    expect(lab.page.locator("#units [role=status]")).to_have_text("W1₀‚₁: −0.7")
    lab.press("k")
    expect(lab.node("W1")).to_have_attribute("data-selected", "")
    lab.write("x = 2.0\ny = x * x")
    lab.leave()
    lab.settle()
    lab.press("k")
    expect(lab.page.locator("#units")).to_contain_text("No matrix of weights")
