"""Playing, stepping and scrubbing the default program, with its dead ReLU."""

from __future__ import annotations

import math
import re

import pytest
from playwright.sync_api import expect

from benchmarks.browser.programs import with_nodes
from tests.e2e.browser import Lab
from tests.e2e.conftest import OpenLab

NODES = {"W1", "x", "z1.1", "b1", "z1", "a1", "W2", "y.1", "b2", "y"}


def ids(lab: Lab, which: str) -> set[str]:
    """The nodes of a kind, at rest."""
    lab.rest()
    return set(lab.page.locator(which).evaluate_all("all => all.map((each) => each.dataset.id)"))


def test_the_network_as_it_opens_and_what_each_moment_shows(lab: Lab) -> None:
    # It opens on the mini network, ready to play.
    assert ids(lab, "#stage .node") == NODES
    lab.says("W1", "value [1  −1], gradient not computed yet")
    lab.says("z1", "value not computed yet")
    expect(lab.page.locator("#sentence")).to_contain_text("Start")
    without_motion_steps_are_instant_and_nothing_travels(lab)
    the_line_of_the_step_is_lit_in_the_editor(lab)
    not_computed_yet_is_not_zero(lab)
    the_gradient_stops_at_the_dead_relu(lab)
    escape_leaves_the_editor_to_the_keys(lab)
    messages_add_where_they_meet(lab)


def without_motion_steps_are_instant_and_nothing_travels(lab: Lab) -> None:
    """From the start to the first step, which a live region speaks, and back from the end."""
    live = lab.page.locator("#live")
    expect(live).not_to_contain_text("Forward 1 of 5")
    lab.press("ArrowRight")
    lab.at_step(1)
    lab.says("z1.1", "value −1")
    expect(live).to_contain_text("Forward 1 of 5")
    expect(lab.page.locator(".pulses .pulse:visible")).to_have_count(0)
    lab.press("End", "ArrowLeft")
    lab.at_step(10)
    expect(lab.page.locator(".pulses .local:visible").first).to_be_visible()


def the_line_of_the_step_is_lit_in_the_editor(lab: Lab) -> None:
    """In the colour of its pass; the local derivative stands on its edge."""
    lab.to(9)
    expect(lab.page.locator(".cm-line.step-line.backward")).to_have_text("a1 = relu(z1)")
    expect(lab.page.locator(".pulses .local:visible")).to_have_text("× 0")
    lab.to(5)
    expect(lab.page.locator(".cm-line.step-line.forward")).to_have_text("y = W2 @ a1 + b2")


def not_computed_yet_is_not_zero(lab: Lab) -> None:
    """Before and after the step that computes it."""
    lab.to(8)
    expect(lab.page.locator('.node[data-id="z1"]')).to_have_class(re.compile("grad-waiting"))
    lab.says("z1", "gradient not computed yet")
    lab.to(9)
    expect(lab.page.locator('.node[data-id="z1"]')).to_have_class(re.compile("look-zero"))
    lab.says("z1", "gradient 0")


def the_gradient_stops_at_the_dead_relu(lab: Lab) -> None:
    """The sentence of the ninth step says so, and the end shows it."""
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


def escape_leaves_the_editor_to_the_keys(lab: Lab) -> None:
    """What was typed before it is the editor's own."""
    lab.press("Home")
    lab.at_step(0)
    lab.page.locator("#editor .cm-content").click()
    expect(lab.page.locator("#editor .cm-content")).to_be_focused()
    lab.press(" ", "Backspace", "Escape", "ArrowRight")
    lab.at_step(1)


def messages_add_where_they_meet(lab: Lab) -> None:
    """In another program."""
    lab.example("x · (x + y)")
    lab.press("End")
    expect(lab.page.locator('.sum[data-sum="x"]')).to_have_text("3 + 2 = 5")
    lab.says("x", "3 + 2 = 5")


@pytest.mark.motion
def test_time_is_stepped_scrubbed_dragged_and_played(lab: Lab) -> None:
    # Arrows step, Home and End jump.
    lab.press("ArrowRight")
    lab.at_step(1)
    expect(lab.page.locator("#sentence")).to_contain_text("W1 @ x")
    lab.press("ArrowRight", "ArrowRight", "ArrowLeft")
    lab.at_step(2)
    lab.press("End")
    lab.at_step(11)
    lab.press("Home")
    lab.at_step(0)
    # Scrubbing stops between steps and shows what travels.
    for moment in (3.5, 8.4):
        lab.to(moment)
        expect(lab.page.locator(".pulses .pulse:visible").first).to_be_visible()
        step = math.ceil(moment)
        lab.in_step(step)
        lab.to(moment - 3)
        lab.in_step(step - 3)
        lab.press("Home")
        lab.at_step(0)
    dragging_over_the_lanes_scrubs(lab)
    space_plays_to_the_end_and_pauses(lab)


def dragging_over_the_lanes_scrubs(lab: Lab) -> None:
    """From the start to the middle."""
    mouse = lab.page.mouse
    mouse.move(*lab.lane_point(0.02))
    mouse.down()
    mouse.move(*lab.lane_point(lab.steps() / 2), steps=8)
    mouse.up()
    expect(lab.page.locator('#lanes:is([aria-valuenow="5"], [aria-valuenow="6"])')).to_be_attached()


def space_plays_to_the_end_and_pauses(lab: Lab) -> None:
    """From the start."""
    lab.leave()
    lab.press("Home")
    lab.at_step(0)
    lab.press(" ")
    expect(lab.page.get_by_role("button", name="Pause")).to_be_visible()
    lab.press(" ")
    expect(lab.page.get_by_role("button", name="Play")).to_be_visible()
    lab.page.get_by_label("Speed").select_option("4")
    lab.leave()
    lab.press(" ")
    lab.at_step(11)
    expect(lab.page.get_by_role("button", name="Play")).to_be_visible()


def test_a_large_program_that_is_stopped_shows_its_step_in_full(open_lab: OpenLab) -> None:
    """While steps too short to be told apart play, what they light is drawn together, and the last of it at the end."""
    lab = open_lab()
    lab.write(with_nodes(700))
    lab.settle().leave()
    operations = lab.page.locator("#stage .node.uncomputed").count()
    assert operations > 380
    # Pulses lie in a sheet of their own.
    expect(lab.page.locator("#stage .above .pulses")).to_have_count(1)
    lab.page.emulate_media(reduced_motion="no-preference")
    for least in (20, 60, 100):
        lab.press(" ")
        lab.page.wait_for_function(
            "(least) => Number(document.querySelector('#lanes').ariaValueNow) > least", arg=least
        )
        lab.press(" ")
        expect(lab.page.locator("html[data-playing]")).to_have_count(0)
        assert lab.page.locator("#stage .node.uncomputed").count() - (operations - lab.step()) in (0, 1)
        expect(lab.page.locator("#stage .node.active")).to_have_count(1)
