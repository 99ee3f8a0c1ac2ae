"""The timeline: its marks, scrubbing, loops, one node's part, running to a moment, values changed in a pause."""

from __future__ import annotations

import math
import re

import pytest
from playwright.sync_api import JSHandle, expect

from tests.e2e.browser import PHONE, Lab

FAST, SLOW = "4", "0.5"
WATCH_STEPS = """() => {
  const seen = [];
  const lanes = document.querySelector("#lanes");
  const watch = new MutationObserver(() => seen.push(lanes.getAttribute("aria-valuenow")));
  watch.observe(lanes, { attributes: true, attributeFilter: ["aria-valuenow"] });
  return seen;
}"""
HIDE = """() => {
  Object.defineProperty(document, "hidden", { value: true, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
PICTURE = """all => all.map((each) => {
  const place = each.classList.contains("pulse") ? each.style.transform : "";
  return `${each.getAttribute("class")} ${each.textContent} ${place}`;
})"""
TICK_GAPS = """all => all.map((each) => each.getBoundingClientRect().x)
  .map((x, i, xs) => x - (xs[i - 1] ?? -99)).slice(1)"""


def choose(lab: Lab, name: str) -> None:
    """Chooses a node by pointer."""
    lab.page.locator(f'#stage .node[data-id="{name}"]').click()


def quickly(lab: Lab) -> None:
    """Plays at the highest speed."""
    lab.page.get_by_label("Speed").select_option(FAST)
    lab.leave()


def passes(lab: Lab, steps: JSHandle, *wanted: str) -> None:
    """Waits until the timeline has passed these steps one after the other, as they are watched."""
    lab.page.wait_for_function(
        """([seen, wanted]) => {
            let at = 0;
            for (const step of seen) if (step === wanted[at]) at += 1;
            return at === wanted.length;
        }""",
        arg=[steps, wanted],
    )


def resting(lab: Lab, step: int) -> None:
    """Waits until what was played has come to its end, there."""
    expect(lab.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    lab.at_step(step)


def picture(lab: Lab) -> list[str]:
    """What the graph shows once it stands still: looks, numbers, and what is on its way."""
    lab.rest()
    shown: list[str] = lab.page.locator("#stage .node, #stage .edge, .pulses .pulse:visible").evaluate_all(PICTURE)
    return shown


def carries(lab: Lab, number: str) -> None:
    """Waits until this is the one number that is on its way."""
    expect(lab.page.locator(".pulses .pulse:visible .carries")).to_have_text([number])


def test_the_lanes_tell_every_step_and_lead_to_it(lab: Lab) -> None:
    # The lanes tell forward, seed and backward.
    expect(lab.page.locator(".lane.forward .dot")).to_have_count(6)
    expect(lab.page.locator(".lane.backward .seed")).to_have_count(1)
    expect(lab.page.locator(".lane.backward .dot")).to_have_count(5)

    resting_over_a_step_says_what_it_is(lab)

    # Up and down step at once on the slider.
    lab.page.locator("#lanes").focus()
    expect(lab.page.locator("#lanes")).to_be_focused()
    lab.press("ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown")
    lab.at_step(2)
    lab.says("a1", "value not computed yet")

    # Without motion nothing is lost.
    choose(lab, "a1")
    lab.press("Home", "g")
    lab.at_step(3)
    lab.press("g")
    lab.at_step(8)
    quickly(lab)
    lab.press(" ")
    lab.at_step(11)
    expect(lab.page.locator(".pulses .pulse:visible")).to_have_count(0)

    two_steps_and_a_thousand(lab)


def resting_over_a_step_says_what_it_is(lab: Lab) -> None:
    tip = lab.page.locator(".lane-tip")
    for moment, words in ((2, "Forward 2 of 5 z1 = "), (6, "Seed"), (8, "Backward 2 of 5"), (0, "Start")):
        lab.page.mouse.move(*lab.lane_point(moment))
        expect(tip).to_contain_text(words)
        lab.rest()
        box = tip.locator("span").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1440
    lab.at_step(0)
    lab.page.mouse.move(700, 300)
    expect(tip).to_be_hidden()


def two_steps_and_a_thousand(lab: Lab) -> None:
    lab.press("Home")
    lab.write("x = 2.0\ny = x + 1")
    lab.settle()
    expect(lab.page.locator("#lanes")).to_have_attribute("aria-valuemax", "3")
    lab.at_step(0)
    lab.press("ArrowRight")
    lab.at_step(1)
    # Without equal steps, which would fold: no sequence of these two repeats more than twice (Thue and Morse).
    lines = ["x = x * 1.001" if i.bit_count() % 2 else "x = x + 0.001" for i in range(500)]
    lab.write("x = 1.0\n" + "\n".join(lines))
    lab.settle()
    expect(lab.page.locator("#lanes")).to_have_attribute("aria-valuemax", "1001")
    expect(lab.page.locator(".lane .dot")).to_have_count(0)
    lab.rest()
    gaps = lab.page.locator(".lane.forward .tick").evaluate_all(TICK_GAPS)
    assert min(gaps) >= 4.5
    lab.to(700)
    expect(lab.page.locator("#lanes")).to_have_attribute("aria-valuenow", re.compile("^(699|700|701)$"))
    lab.rest()
    at = lab.step()
    lab.press("ArrowLeft", "ArrowLeft")
    lab.at_step(at - 2)


@pytest.mark.motion
def test_every_moment_can_be_scrubbed_to_and_changed(lab: Lab) -> None:
    # Scrubbing back and forth shows the same moment.
    lab.to(8.5)
    seen = picture(lab)
    lab.to(3)
    assert picture(lab) != seen
    lab.to(10.5)
    lab.to(8.5)
    assert picture(lab) == seen

    # A pulse carries the gradient to the factor, and the message from it.
    lab.to(8.25)
    carries(lab, "2")
    lab.to(8.55)
    carries(lab, "0")
    expect(lab.page.locator(".pulses .dark .pulse:visible")).to_have_count(1)
    lab.to(5.5)
    carries(lab, "1")  # the seed comes in from outside

    for moment in (2, 5, 8.5, 11):
        a_value_dragged_in_a_pause_changes_that_very_moment(lab, moment)
        field = lab.page.get_by_label("b1", exact=True)
        field.fill("0.5")
        field.press("Enter")
        lab.says("b1", "value 0.5,")


def a_value_dragged_in_a_pause_changes_that_very_moment(lab: Lab, moment: float) -> None:
    lab.to(moment)
    step = math.ceil(moment)
    lab.in_step(step)
    shown = picture(lab)
    before = lab.page.locator(".head").get_attribute("style") or ""
    slider = lab.page.get_by_label("b1, slider")
    slider.focus()
    expect(slider).to_be_focused()
    lab.press("End")
    expect(slider).to_have_value("3")
    lab.says("b1", "value 3,")
    assert picture(lab) != shown, moment
    lab.in_step(step)
    expect(lab.page.locator(".head"), f"at {moment}").to_have_attribute("style", before)


@pytest.mark.motion
def test_a_nodes_part_a_loop_and_the_way_to_a_moment_are_played(lab: Lab) -> None:
    choose(lab, "a1")
    quickly(lab)
    run_to_here_goes_to_the_value_and_then_to_the_gradient(lab)
    lab.press("Home")
    lab.at_step(0)
    a_nodes_part_is_its_two_steps(lab)
    a_nodes_part_plays_in_a_loop_and_any_step_ends_it(lab)
    in_a_loop_it_plays_again_from_the_start(lab)

    # Run to here waits for all messages.
    lab.example("x · (x + y)")
    choose(lab, "x")
    lab.press("g")
    resting(lab, lab.steps())
    lab.says("x", "gradient 5")

    # A hidden page pauses.
    lab.page.get_by_label("Speed").select_option(SLOW)
    lab.leave()
    lab.press("Home", " ")
    expect(lab.page.get_by_role("button", name="Pause")).to_be_visible()
    lab.page.evaluate(HIDE)
    expect(lab.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert lab.rest().step() < lab.steps()


def run_to_here_goes_to_the_value_and_then_to_the_gradient(lab: Lab) -> None:
    lab.page.get_by_role("button", name="Run to here: the value of a1").click()
    resting(lab, 3)
    lab.says("a1", "value 0, gradient not computed yet")
    lab.press("g")
    resting(lab, 8)
    lab.says("a1", "gradient 2")
    lab.press("End", "g")
    lab.at_step(8)


def a_nodes_part_is_its_two_steps(lab: Lab) -> None:
    steps = lab.page.evaluate_handle(WATCH_STEPS)
    lab.page.get_by_role("button", name="Only its steps: those of a1").click()
    expect(lab.page.locator(".lane .part")).to_have_count(2)
    resting(lab, 9)
    assert {"3", "9"} <= set(steps.json_value()) <= {"2", "3", "8", "9"}
    expect(lab.page.locator(".lane .part")).to_have_count(0)
    expect(lab.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    lab.leave()


def a_nodes_part_plays_in_a_loop_and_any_step_ends_it(lab: Lab) -> None:
    steps = lab.page.evaluate_handle(WATCH_STEPS)
    lab.press("r", "y")
    passes(lab, steps, "3", "9", "3")
    lab.press(" ")
    expect(lab.page.locator(".lane .part")).to_have_count(2)
    lab.press("Home")
    expect(lab.page.locator(".lane .part")).to_have_count(0)
    lab.press("r")


def in_a_loop_it_plays_again_from_the_start(lab: Lab) -> None:
    loop = lab.page.get_by_role("button", name="Loop")
    expect(loop).to_have_attribute("aria-pressed", "false")
    lab.press("r")
    expect(loop).to_have_attribute("aria-pressed", "true")
    lab.to(10.5)
    lab.in_step(11)
    steps = lab.page.evaluate_handle(WATCH_STEPS)
    lab.press(" ")
    passes(lab, steps, "1")
    lab.press("r", "Home")
    lab.at_step(0)
    expect(lab.page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_the_sentence_keeps_its_room(lab: Lab) -> None:
    for width, height in ((1280, 720), (640, 720), PHONE):
        lab.page.set_viewport_size({"width": width, "height": height})
        # With the first step the server tells all of them.
        lab.press("Home", "ArrowRight")
        expect(lab.page.locator("#sentence")).to_have_attribute("data-room", re.compile("^Backward"))
        heights = set()
        for step in range(2, lab.steps() + 1):
            lab.press("ArrowRight")
            lab.at_step(step)
            lab.rest()
            heights.add(lab.page.locator("#sentence").evaluate("p => p.clientHeight"))
            held = lab.page.locator("#sentence").evaluate("p => p.scrollHeight <= p.clientHeight")
            assert held, f"step {step}, {width} px wide"
        assert len(heights) == 1, f"{heights}, {width} px wide"
