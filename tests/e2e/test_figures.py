"""The figures of lessons: what is dragged in one moves the others, and their numbers are the engine's."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import DESKTOP, PHONE, Lab, at_rest, press
from tests.e2e.conftest import BlankPage
from tests.e2e.test_modes import findings
from tests.lessons.trained import lesson, record

OpenStep = Callable[..., Page]


@pytest.fixture
def open_step(blank_page: BlankPage, address: str) -> OpenStep:
    """Opens a step of a lesson."""

    def opened(slug: str, step: int) -> Page:
        page = blank_page(DESKTOP, color_scheme="dark")
        page.goto(f"{address}/lessons/{slug}#step-{step}")
        at_rest(page)
        return page

    return opened


def go_to(page: Page, step: int) -> None:
    """Goes on to another step of the lesson that is open."""
    page.evaluate("(hash) => (location.hash = hash)", f"#step-{step}")
    expect(page.locator(".step.on")).to_have_id(f"step-{step}")
    at_rest(page)


def test_the_figures_of_one_lesson_go_with_x_and_with_the_step_and_lead_to_where_they_come_from(
    open_step: OpenStep,
) -> None:
    page = open_step("scalar-derivatives", 3)
    # A curve reaches as far as its step says, wherever x was in the step before.
    go_to(page, 4)
    x = page.get_by_role("slider", name="x", exact=True).and_(page.locator(".point"))
    expect(x).to_have_attribute("aria-valuemax", "3")
    go_to(page, 3)
    expect(x).to_have_attribute("aria-valuemax", "8")
    curve_tangent_and_secant_go_with_x_and_with_the_step(page)
    go_to(page, 5)
    the_error_is_covered_until_it_is_asked_for_and_shares_its_step(page)
    the_numbers_of_figures_and_nodes_lead_to_where_they_come_from(page)


def curve_tangent_and_secant_go_with_x_and_with_the_step(page: Page) -> None:
    quotient = page.locator("[data-figure=curve] .quotient")
    expect(quotient).to_have_text("(f(x + ε) − f(x − ε)) / 2ε = (56 − 30) / 2 = 13")
    step = page.get_by_role("slider", name="ε, the step")
    step.focus()
    press(page, *["ArrowRight"] * 5)
    # The notebook's own digits: (f(5.00001) - f(4.99999)) / 2e-5.
    expect(quotient.locator("b")).to_have_text("12.99999999986")
    press(page, "Home")
    page.get_by_role("button", name="forward").click()
    expect(quotient.locator("b")).to_have_text("14")
    # The point is moved by keys, and the page stays at its step.
    point = page.get_by_role("slider", name="x", exact=True).and_(page.locator(".point"))
    point.focus()
    press(page, "Shift+ArrowRight")
    expect(point).to_have_attribute("aria-valuetext", "x = 5.5; f = 48.75; slope 14")
    expect(page.locator('#stage .node[data-id="x"]')).to_contain_text("14")
    expect(page.get_by_text("Step 3 of")).to_be_visible()
    # And by pointer: to the middle of the picture, which goes from 0 to 8.
    at_rest(page)
    box = page.locator("[data-figure=curve] .window").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20, steps=3)
    page.mouse.up()
    expect(point).to_have_attribute("aria-valuetext", "x = 4; f = 30; slope 11")


def the_error_is_covered_until_it_is_asked_for_and_shares_its_step(page: Page) -> None:
    page.get_by_role("button", name="Show the curve").click()
    picture = page.locator("[data-figure=errorcurve] .errorcurve")
    expect(picture).to_be_visible()
    at_rest(page)
    # On a parabola the central quotient has no truncation to tell of.
    told = picture.get_attribute("aria-label") or ""
    central = told.split("central:")[1].split("forward:")[0]
    assert "round-off" in central
    assert "truncation" not in central
    assert "truncation" in told.split("forward:")[1]
    # The axis in powers of ten has no 0: where the error is exactly 0, a mark stands below it.
    expect(picture.get_by_text("exactly 0", exact=True)).to_be_attached()
    expect(picture.locator(".tick-y").get_by_text("0", exact=True)).to_have_count(0)
    expect(picture.locator(".zero.central").first).to_be_attached()
    page.get_by_role("slider", name="ε, the step").focus()
    press(page, "Home", "ArrowRight")
    expect(picture.get_by_text("ε = 1e−1", exact=True)).to_be_attached()
    press(page, "Home")
    expect(picture.get_by_text("ε = 1", exact=True)).to_be_attached()


def the_numbers_of_figures_and_nodes_lead_to_where_they_come_from(page: Page) -> None:
    sheet = page.get_by_role("complementary")
    curve = page.locator("[data-figure=curve]")
    slope = curve.get_by_role("button", name="13, gradient of x")
    slope.focus()
    press(page, "Enter")
    expect(sheet).to_contain_text("Where its gradient came from")
    press(page, "Escape")
    expect(slope).to_be_focused()
    # The check is shown with the step that the number was taken with.
    page.get_by_role("button", name="Reveal").click()
    page.locator(".step.on").get_by_role("button", name="its relative error for x").nth(1).click()
    expect(page.get_by_role("slider", name="ε, the step")).to_have_attribute("aria-valuetext", "1e−7")
    expect(sheet.get_by_role("heading", name="Check")).to_be_visible()
    press(page, "Escape")
    # A node that is chosen already opens as well, and by keys the focus goes along.
    node = page.locator('#stage .node[data-id="x"]')
    expect(node).to_have_attribute("data-selected", "")
    node.click()
    expect(sheet).to_be_visible()
    sheet.get_by_role("tab", name="Code").click()
    expect(sheet.locator(".listing")).to_contain_text("dx = df * 3 + df * (2 * x)")
    press(page, "Escape")
    expect(sheet).to_be_hidden()
    page.locator('#stage .node[data-id="f"]').focus()
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Where it comes from")).to_be_focused()
    press(page, "Escape")
    expect(page.locator('#stage .node[data-id="f"]')).to_be_focused()


def test_the_factors_of_number_lines_lead_to_their_nodes(open_step: OpenStep) -> None:
    page = open_step("the-chain-rule", 4)
    page.get_by_role("button", name="Show the lines").click()
    page.get_by_role("button", name="8, local derivative with respect to x").click()
    expect(page.get_by_role("complementary")).to_contain_text("Passes back to x")


def test_activations_stand_at_the_steps_own_x_and_lead_to_their_nodes_or_to_the_lab(open_step: OpenStep) -> None:
    page = open_step("activation-functions", 1)
    activations = page.locator("[data-figure=activations]")
    head = activations.locator(".plot-head")
    s = 1 / (1 + math.exp(-2))
    expect(head).to_contain_text(f"{s:.4g}")
    expect(head).to_contain_text(f"slope {s * (1 - s):.4g}".rstrip("0"))
    activations.get_by_role("button", name="local derivative with respect to x").click()
    expect(page.get_by_role("complementary")).to_contain_text("Curve and slope")
    press(page, "Escape")
    page.get_by_label("x", exact=True).and_(page.locator(".field")).fill("0")
    press(page, "Enter")
    expect(head).to_contain_text("slope 0.25")
    # The one with the depth, as axe-core sees it on the phone.
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    go_to(page, 7)
    expect(page.locator("#stage .node").first).to_be_attached()
    expect(page.locator(".chart").first).to_be_visible()
    zero = page.locator(".chart.depth text.y").get_by_text("0", exact=True)
    expect(zero).to_have_count(0)
    page.get_by_label("x", exact=True).and_(page.locator(".field")).fill("-1")
    press(page, "Enter")
    page.get_by_label("function").select_option("relu")
    expect(page.locator(".chart.depth .gone")).to_have_count(10)
    expect(zero).to_be_visible()
    assert findings(Lab(page, "")) == []
    # What the step's own program does not compute, the lab does.
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    go_to(page, 5)
    activations.get_by_role("link", name="silu").click()
    expect(page.locator('#stage .node[data-id="y"]')).to_contain_text("1.762")


def test_runs_that_are_compared_are_all_trained_and_the_graph_is_that_of_the_shown_one(open_step: OpenStep) -> None:
    """Also where the update of a parameter is shown in place of the loss, which each optimizer makes of other nodes."""
    page = open_step("momentum-and-adam", 3)
    expect(page.locator(".train-line b").first).to_have_text("Step 17")
    step = lesson("momentum-and-adam").steps[2]
    of = page.get_by_role("group", name="Runs that are compared")
    for run, name in ((1, "momentum"), (0, "sgd"), (1, "momentum")):
        of.get_by_role("button", name=name).click()
        at_rest(page)
        expect(page.locator(".train-line b").first).to_have_text("Step 17")
        made = record(step, run)
        now, after = (made.state(k).weights[made.trainer.parameters.index("b2")] for k in (17, 18))
        for node, value in {"b2": now, "b2_next": after}.items():
            said = re.compile(f"value {value:.4g}".replace("-", "−"))
            expect(page.locator(f'.node[data-id="{node}"]')).to_have_attribute("aria-label", said)
        expect(page.locator('.node[data-id="v_b2"]')).to_have_count(run)
        # Each keeps its line.
        expect(page.locator(f".losses .loss-line.look-{run}")).to_have_count(1)
        expect(page.locator(f".losses .other.look-{1 - run}")).to_have_count(1)
