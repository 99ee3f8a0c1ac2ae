"""Playing, stepping and scrubbing the default program, with its dead ReLU."""

from __future__ import annotations

import math
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Lab
from tests.e2e.conftest import OpenLab

NODES = {"W1", "x", "z1.1", "b1", "z1", "a1", "W2", "y.1", "b2", "y"}


def ids(lab: Lab, which: str) -> set[str]:
    """The nodes of a kind, at rest."""
    lab.rest()
    return set(lab.page.locator(which).evaluate_all("all => all.map((each) => each.dataset.id)"))


def test_opens_on_the_mini_network_ready_to_play(lab: Lab) -> None:
    assert ids(lab, "#stage .node") == NODES
    lab.says("W1", "value [1  −1], gradient not computed yet")
    lab.says("z1", "value not computed yet")
    expect(lab.page.locator("#sentence")).to_contain_text("Start")


@pytest.mark.motion
def test_space_plays_to_the_end_and_pauses(lab: Lab) -> None:
    lab.press(" ")
    expect(lab.page.get_by_role("button", name="Pause")).to_be_visible()
    lab.press(" ")
    expect(lab.page.get_by_role("button", name="Play")).to_be_visible()
    lab.page.get_by_label("Speed").select_option("4")
    lab.leave()
    lab.press(" ")
    lab.at_step(11)
    expect(lab.page.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.motion
def test_arrows_step_and_home_and_end_jump(lab: Lab) -> None:
    lab.press("ArrowRight")
    lab.at_step(1)
    expect(lab.page.locator("#sentence")).to_contain_text("W1 @ x")
    lab.press("ArrowRight", "ArrowRight", "ArrowLeft")
    lab.at_step(2)
    lab.press("End")
    lab.at_step(11)
    lab.press("Home")
    lab.at_step(0)


def test_the_gradient_stops_at_the_dead_relu(lab: Lab) -> None:
    lab.to(9)
    expect(lab.page.locator("#sentence")).to_have_text(
        "Backward 3 of 5 — a1 hands z1 its gradient times the slope: 2 × 0 = 0. "
        "z1 = −0.5 is not above 0, so the slope is 0: the neuron is off and lets no light through."
    )
    lab.press("End")
    lab.at_step(11)
    lit = ids(lab, "#stage .node.look-lit")
    assert lit == {"a1", "y.1", "b2", "y"}
    assert ids(lab, "#stage .node.look-zero") == NODES - lit
    lab.says("W1", "gradient [0  0]")


def test_not_computed_yet_is_not_zero(lab: Lab) -> None:
    lab.to(8)
    expect(lab.page.locator('.node[data-id="z1"]')).to_have_class(re.compile("grad-waiting"))
    lab.says("z1", "gradient not computed yet")
    lab.to(9)
    expect(lab.page.locator('.node[data-id="z1"]')).to_have_class(re.compile("look-zero"))
    lab.says("z1", "gradient 0")


@pytest.mark.motion
@pytest.mark.parametrize("moment", [3.5, 8.4])
def test_scrubbing_stops_between_steps_and_shows_what_travels(lab: Lab, moment: float) -> None:
    lab.to(moment)
    pulse = lab.page.locator(".pulses .pulse:visible").first
    expect(pulse).to_be_visible()
    step = math.ceil(moment)
    lab.in_step(step)
    lab.to(moment - 3)
    lab.in_step(step - 3)


@pytest.mark.motion
def test_dragging_over_the_lanes_scrubs(lab: Lab) -> None:
    mouse = lab.page.mouse
    mouse.move(*lab.lane_point(0.02))
    mouse.down()
    mouse.move(*lab.lane_point(lab.steps() / 2), steps=8)
    mouse.up()
    expect(lab.page.locator('#lanes:is([aria-valuenow="5"], [aria-valuenow="6"])')).to_be_attached()


def test_the_local_derivative_stands_on_its_edge(lab: Lab) -> None:
    lab.to(9)
    expect(lab.page.locator(".pulses .local:visible")).to_have_text("× 0")


def test_messages_add_where_they_meet(lab: Lab) -> None:
    lab.example("x · (x + y)")
    lab.press("End")
    expect(lab.page.locator('.sum[data-sum="x"]')).to_have_text("3 + 2 = 5")
    lab.says("x", "3 + 2 = 5")


def test_the_line_of_the_step_is_lit_in_the_editor(lab: Lab) -> None:
    lab.to(9)
    expect(lab.page.locator(".cm-line.step-line.backward")).to_have_text("a1 = relu(z1)")
    lab.to(5)
    expect(lab.page.locator(".cm-line.step-line.forward")).to_have_text("y = W2 @ a1 + b2")


def test_a_live_region_speaks_each_step(lab: Lab) -> None:
    lab.press("ArrowRight")
    expect(lab.page.locator("#live")).to_contain_text("Forward 1 of 5")


def test_without_motion_steps_are_instant_and_nothing_travels(open_lab: OpenLab) -> None:
    lab = open_lab()
    lab.press("ArrowRight")
    lab.at_step(1)
    lab.says("z1.1", "value −1")
    expect(lab.page.locator(".pulses .pulse:visible")).to_have_count(0)
    lab.press("End", "ArrowLeft")
    lab.at_step(10)
    expect(lab.page.locator(".pulses .local:visible").first).to_be_visible()


def test_escape_leaves_the_editor_to_the_keys(lab: Lab) -> None:
    lab.page.locator("#editor .cm-content").click()
    expect(lab.page.locator("#editor .cm-content")).to_be_focused()
    lab.press(" ", "Backspace", "Escape", "ArrowRight")
    lab.at_step(1)
