"""Panels that fold away, and parameters beside what uses them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import PROJECTOR

LARGE = 0.6
"""The part of a projector's picture that the graph has with one panel folded."""


@pytest.fixture
def folded(open_lab):
    lab = open_lab(PROJECTOR)
    lab.press("]")
    expect(lab.page.locator("#right")).to_be_hidden()
    return lab


def part(lab) -> float:
    box = lab.page.locator("#stage").bounding_box()
    return box["width"] * box["height"] / (PROJECTOR[0] * PROJECTOR[1])


def test_the_picture_has_the_room_of_a_folded_panel(folded):
    assert part(folded.rest()) >= LARGE
    folded.press("[")
    expect(folded.page.locator("#left")).to_be_hidden()
    assert folded.rest().page.locator("#stage").bounding_box()["width"] == PROJECTOR[0]
    folded.press("[", "]")
    expect(folded.page.locator("#left")).to_be_visible()
    expect(folded.page.locator("#right")).to_be_visible()


def test_a_folded_panel_is_folded_at_the_next_visit_and_its_handle_unfolds_it(folded):
    folded.page.reload()
    folded.settle()
    expect(folded.page.locator("#right")).to_be_hidden()
    handle = folded.page.get_by_role("button", name="Fold the right panel")
    expect(handle).to_have_attribute("aria-expanded", "false")
    handle.click()
    expect(folded.page.locator("#right")).to_be_visible()
    expect(handle).to_have_attribute("aria-expanded", "true")


def test_what_is_opened_in_a_folded_panel_unfolds_it(open_lab):
    lab = open_lab(PROJECTOR)
    lab.page.locator("#left-edge").press("Enter")
    expect(lab.page.locator("#left")).to_be_hidden()
    lab.page.evaluate("location.hash = 'left=network'")
    expect(lab.page.locator("#panel-network")).to_be_visible()


def test_parameters_of_a_large_program_stand_beside_what_uses_them(open_lab):
    lab = open_lab()
    lab.example("A transformer block")
    chip = lab.node("Wq")
    expect(chip).to_have_class(re.compile(r"\bsatellite\b"))
    lab.press("End")
    lab.says("Wq", "gradient")
    chip.click()
    expect(lab.page.get_by_role("tab", name="Node Wq")).to_be_visible()
    switch = lab.page.get_by_role("button", name="Parameters as nodes of the flow")
    expect(switch).to_have_attribute("aria-pressed", "false")
    lab.leave()
    lab.press("w")
    expect(lab.page.locator(".satellite")).to_have_count(0)
    expect(switch).to_have_attribute("aria-pressed", "true")
    lab.press("w")
    expect(lab.page.locator(".satellite").first).to_be_visible()


def test_the_scale_of_the_legend_dims_what_is_weaker(open_lab):
    lab = open_lab()
    lab.example("Ten sigmoids")
    lab.press("End")
    scale = lab.page.get_by_label("Dim gradients below")
    faint, strong = lab.node("x"), lab.page.locator("#stage .node").last
    expect(faint).to_have_css("opacity", "1")
    scale.fill("5")
    expect(faint).to_have_css("opacity", "0.12")
    expect(strong).to_have_css("opacity", "1")
    expect(scale).to_have_attribute("aria-valuetext", "below 0.032")
    scale.fill("0")
    expect(faint).to_have_css("opacity", "1")
