"""Nudge: a number moved, predicted and true, by pointer and by keys."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.e2e.browser import PHONE, Lab
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings_in_both_themes

QUADRATIC = "#program=x+%3D+5.0%0Af+%3D+x**2+%2B+3*x+%2B+2&t=99&select=x"


def fact(lab: Lab, name: str) -> Locator:
    """What stands beside a name in the section."""
    return lab.page.locator(".nudge .facts > div").filter(has=lab.page.locator("dt", has_text=name)).locator("dd")


def says(found: Locator, words: str) -> None:
    """Waits until it says this and nothing else."""
    expect(found).to_have_text(words)


def test_a_number_is_nudged_by_keyboard_and_by_pointer(open_lab: OpenLab) -> None:
    lab = open_lab(fragment=QUADRATIC)
    by_keyboard(lab)
    what_the_gradient_promises_stands_beside_what_happens(lab)


def by_keyboard(lab: Lab) -> None:
    lab.press("j")
    slider = lab.page.get_by_label("Step of x, slider")
    expect(slider).to_be_focused()
    says(fact(lab, "predicted"), "13 × 0.2 = 2.6")
    lab.press("ArrowRight", "ArrowRight", "ArrowLeft")
    says(fact(lab, "predicted"), "13 × 0.22 = 2.86")
    lab.press("Tab")
    expect(lab.page.get_by_label("Step of x", exact=True)).to_be_focused()
    lab.press("ArrowDown", "ArrowDown")
    says(fact(lab, "predicted"), "13 × 0.18 = 2.34")
    # Not known yet, so not promised; and the focus is nobody's to take when it is.
    lab.leave()
    lab.press("Home")
    expect(lab.page.locator(".nudge")).to_have_count(0)
    expect(lab.page.locator(".nudge-word")).to_have_count(0)
    lab.press("End")
    says(fact(lab, "predicted"), "13 × 0.18 = 2.34")
    lab.rest()
    expect(slider).not_to_be_focused()
    lab.press("j")
    expect(lab.page.locator(".nudge")).to_have_count(0)


def what_the_gradient_promises_stands_beside_what_happens(lab: Lab) -> None:
    lab.press("j")
    field = lab.page.get_by_label("Step of x", exact=True)
    field.fill("0.1")
    field.press("Enter")
    says(fact(lab, "predicted"), "13 × 0.1 = 1.3")
    says(fact(lab, "true"), "1.31")
    says(fact(lab, "gap at Δ"), "0.01")
    says(fact(lab, "at Δ/2"), "0.0025")
    expect(lab.page.locator(".nudge")).to_contain_text("Halve Δ: the gap falls to a quarter.")
    # In the picture: both under f, and one number where both are the same.
    under = lab.page.locator(".nudge-word:not(.on-edge)")
    expect(under.filter(has_text="1.31")).to_have_text(["Δ +1.3 +1.31", "Δ +1.3 +1.31"])
    expect(under.filter(has_text="+0.3")).to_have_text("Δ +0.3")
    # Along each edge alone: 2·5·0.1 and its square through x², 3·0.1 through 3x.
    expect(lab.page.locator(".nudge-word.on-edge")).to_have_text(["+1+1.01", "+0.3", "+1+1.01", "+0.3"])
    assert findings_in_both_themes(lab) == {}
    lab.page.get_by_role("button", name="Halve Δ").click()
    says(fact(lab, "gap at Δ"), "0.0025")
    # Nothing of it stands beside other values.
    value = lab.page.get_by_label("x", exact=True)
    value.fill("1")
    value.press("Enter")
    says(fact(lab, "predicted"), "5 × 0.05 = 0.25")
    lab.page.get_by_role("button", name="stop nudging").click()
    expect(lab.page.locator(".nudge-word")).to_have_count(0)


def test_an_element_of_a_matrix_goes_over_a_kink_on_the_phone(open_lab: OpenLab) -> None:
    lab = open_lab(PHONE, "#t=99&select=W1", color_scheme="dark")
    lab.page.get_by_role("button", name="Inspect").click()
    lab.page.get_by_role("button", name="Nudge this value").click()
    lab.page.get_by_role("combobox", name="element").select_option("1")
    field = lab.page.get_by_label("Step of W1₁", exact=True)
    field.fill("0.3")
    field.press("Enter")
    # z1 = −0.5 + 2 · 0.3 = 0.1, so the neuron wakes up: y = 1 + 2 · 0.1.
    says(fact(lab, "predicted"), "0 × 0.3 = 0")
    says(fact(lab, "true"), "0.2")
    expect(lab.page.locator(".nudge")).to_contain_text("crosses a kink")
    lab.rest()
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert findings_in_both_themes(lab) == {}


def test_a_link_takes_the_nudge_along(open_lab: OpenLab) -> None:
    lab = open_lab(fragment=f"{QUADRATIC}&nudge=x,0,0.1")
    says(fact(lab, "true"), "1.31")
    # Another node tells how far it moves itself.
    lab.page.locator('#stage .node[data-id="f"]').click()
    expect(lab.page.locator("#panel-node")).to_contain_text("x is moved by 0.1")
    # It may be moved itself: then what it is made of stays.
    lab.press("j")
    says(fact(lab, "predicted"), "1 × 2 = 2")
    expect(lab.page.locator(".nudge")).to_contain_text("Moved on its own")
    expect(lab.page.locator(".nudge-word:not(.on-edge)")).to_have_text(["Δ +2"])
