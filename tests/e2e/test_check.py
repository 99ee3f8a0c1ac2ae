"""The numerical derivative beside the gradient of an input."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.browser import Lab
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings


def test_an_inputs_gradient_stands_beside_its_numerical_derivative(lab: Lab) -> None:
    lab.write("x = 5.0\nf = x**2 + 3*x + 2")
    lab.settle()
    lab.press("End", "/", "x", "Enter")
    panel = lab.page.locator("#panel-node")
    expect(panel.locator(".checked")).to_contain_text("central difference")
    expect(panel.locator(".checked").get_by_role("img", name="agrees")).to_be_visible()
    expect(panel.locator(".checked")).to_contain_text("1.1e−11")
    expect(panel.locator(".checked")).to_contain_text("12.99999999986")
    assert findings(lab) == []
    lab.press("Escape", "Home")
    expect(panel.locator(".checked")).to_have_count(0)


def test_at_a_kink_it_says_so_and_never_stands_beside_other_values(open_lab: OpenLab) -> None:
    lab = open_lab(fragment='#program=y+%3D+relu(x)&values={"x":0}&t=3&select=x')
    panel = lab.page.locator("#panel-node")
    expect(panel).to_contain_text("the slopes on both sides stay apart")
    expect(panel).to_contain_text("y: ")
    field = lab.page.get_by_label("x", exact=True)
    field.fill("2")
    field.press("Enter")
    expect(panel.get_by_role("img", name="agrees")).to_be_visible()
    expect(panel).not_to_contain_text("stay apart")
