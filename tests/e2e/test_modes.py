"""Themes, Present, the phone, and what axe-core finds (nothing)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import PHONE, PROJECTOR, Lab
from tests.e2e.conftest import OpenLab

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"


def findings(lab: Lab) -> list[str]:
    """What axe-core objects to, one line each."""
    # Evaluated by the browser's debugger, so the page's policy against foreign scripts stays in force.
    lab.page.evaluate(AXE.read_text())
    result = lab.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def backward(lab: Lab) -> None:
    lab.to(9)


def end(lab: Lab) -> None:
    lab.press("End")
    lab.at_step(11)


def network(lab: Lab) -> None:
    lab.page.get_by_role("tab", name="Network").click()


def output(lab: Lab) -> None:
    lab.example("Derivatives and the chain rule: by hand")
    lab.page.get_by_role("tab", name="Output").click()


def mlp(lab: Lab) -> None:
    lab.example("A small network with a loss")
    lab.press("End")


def broken(lab: Lab) -> None:
    lab.write("y = foo(x)")
    lab.page.locator("#problem").wait_for()


def present(lab: Lab) -> None:
    lab.press("p")
    lab.to(9)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("state", [backward, end, network, output, mlp, broken, present])
def test_axe_finds_nothing(open_lab: OpenLab, theme: str, state: Callable[[Lab], None]) -> None:
    lab = open_lab(color_scheme=theme, reduced_motion="reduce")
    state(lab)
    assert findings(lab) == []


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("sheet", ["", "Edit", "Inspect"])
def test_axe_finds_nothing_on_the_phone(open_lab: OpenLab, theme: str, sheet: str) -> None:
    lab = open_lab(PHONE, color_scheme=theme, reduced_motion="reduce")
    if sheet:
        lab.page.get_by_role("button", name=sheet).click()
    assert findings(lab) == []


def test_the_phone_shows_the_graph_from_top_to_bottom_within_its_width(open_lab: OpenLab) -> None:
    lab = open_lab(PHONE, has_touch=True)
    boxes = {name: lab.page.locator(f'.node[data-id="{name}"] .body').bounding_box() for name in ("W1", "z1", "y")}
    assert all(box is not None for box in boxes.values())
    tops = [box["y"] for box in boxes.values() if box is not None]
    assert tops == sorted(tops)
    assert all(box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0] for box in boxes.values())
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_the_phones_sheets_open_and_close(open_lab: OpenLab) -> None:
    lab = open_lab(PHONE, has_touch=True)
    lab.press("End")
    lab.page.get_by_role("button", name="Edit").tap()
    field = lab.page.get_by_label("b1", exact=True)
    field.fill("2")
    field.press("Enter")
    expect(lab.page.locator('.node[data-id="W1"].look-lit')).to_be_attached()
    lab.page.get_by_role("button", name="Edit").tap()
    expect(field).to_be_hidden()


def test_present_puts_the_panels_away_and_comes_back(open_lab: OpenLab) -> None:
    lab = open_lab(PROJECTOR)
    lab.press("p")
    expect(lab.page.locator("#left")).to_be_hidden()
    expect(lab.page.locator("#right")).to_be_hidden()
    lab.press("PageDown")
    lab.at_step(1)
    lab.press("PageUp")
    lab.at_step(0)
    lab.press("Escape")
    expect(lab.page.locator("#left")).to_be_visible()


def test_the_chosen_theme_is_remembered(open_lab: OpenLab) -> None:
    lab = open_lab(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = lab.page.evaluate(ground)
    lab.press("t", "t")
    light = lab.page.evaluate(ground)
    assert light != dark
    lab.open()
    assert lab.page.evaluate(ground) == light


def test_the_graph_keeps_its_place_when_the_window_changes(open_lab: OpenLab) -> None:
    lab = open_lab()
    lab.page.set_viewport_size({"width": 1000, "height": 700})
    stage = lab.page.locator("#stage").bounding_box()
    assert stage is not None
    for node in lab.page.locator("#stage .node .body").all():
        box = node.bounding_box()
        assert box is not None
        assert stage["x"] <= box["x"]
        assert box["x"] + box["width"] <= stage["x"] + stage["width"]


def test_following_brings_the_step_close_and_fit_ends_it(open_lab: OpenLab) -> None:
    lab = open_lab(reduced_motion="reduce")
    lab.example("Ten sigmoids")
    lab.press("o", "End", "ArrowLeft")
    stage = lab.page.locator("#stage").bounding_box()
    node = lab.page.locator('.node[data-id="h2"] .body').bounding_box()
    assert stage is not None
    assert node is not None
    middle = node["x"] + node["width"] / 2 - stage["x"] - stage["width"] / 2
    assert abs(middle) < stage["width"] / 4
    expect(lab.page.locator("#stage-bar .zoom")).to_have_text("100 %")
    lab.press("f")
    expect(lab.page.get_by_role("button", name="Follow")).to_have_attribute("aria-pressed", "false")
    expect(lab.page.locator("#stage-bar .zoom")).not_to_have_text("100 %")
