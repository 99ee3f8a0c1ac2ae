"""Functions' boxes: opening and closing them, by mouse and by keys, and what stays where it was."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Lab

SOFTMAX = "z = np.array([2.0, 1.0, -1.0])\np = softmax(z)\nloss = -log(p[1])"
INSIDE = {"p.1", "p.2", "p.e", "p.3", "p"}


@pytest.fixture
def softmax(lab: Lab) -> Lab:
    """A program with one function call, which is small enough to stand open by itself."""
    lab.write(SOFTMAX)
    lab.settle()
    return lab


def shown(lab: Lab) -> set[str]:
    """The ids of what the graph shows, once it is drawn."""
    lab.settle()
    return set(lab.page.locator("#stage .node").evaluate_all("all => all.map((each) => each.dataset.id)"))


def test_a_click_on_the_title_closes_and_the_sign_opens(softmax: Lab) -> None:
    page = softmax.page
    assert shown(softmax) == {"z", "loss.1", "loss.2", "loss"} | INSIDE
    page.get_by_role("button", name="softmax, open").click()
    closed = page.get_by_role("button", name="softmax, closed, a function of 5 operations")
    expect(closed).to_be_visible()
    assert shown(softmax) == {"z", "p/softmax", "loss.1", "loss.2", "loss"}
    closed.locator(".opener").click()
    expect(page.get_by_role("button", name="softmax, open")).to_be_visible()
    assert shown(softmax) > INSIDE


def test_a_double_click_opens(softmax: Lab) -> None:
    softmax.press("e")
    softmax.settle()
    softmax.page.locator(".closed-group").dblclick(position={"x": 20, "y": 30})
    expect(softmax.page.get_by_role("button", name="softmax, open")).to_be_visible()


def test_enter_opens_and_closes_and_the_focus_stays_with_it(softmax: Lab) -> None:
    page = softmax.page
    title = page.get_by_role("button", name="softmax, open")
    title.focus()
    softmax.press("Enter")
    closed = page.locator(".closed-group")
    expect(closed).to_be_focused()
    expect(closed).to_have_attribute("aria-expanded", "false")
    softmax.press("Enter")
    expect(title).to_be_focused()
    expect(title).to_have_attribute("aria-expanded", "true")


def test_closed_it_shows_its_result_and_takes_one_step_each_way(softmax: Lab) -> None:
    expect(softmax.page.locator("#lanes")).to_have_attribute("aria-valuemax", "17")
    softmax.press("e")
    expect(softmax.page.locator("#lanes")).to_have_attribute("aria-valuemax", "9")
    softmax.settle()
    softmax.press("ArrowRight")
    told = softmax.page.locator(".closed-group")
    expect(told).to_have_attribute("aria-label", re.compile(r"value \[0\.7054  0\.2595  0\.03512\]"))
    expect(softmax.page.locator("#sentence")).to_contain_text("softmax takes z and gives p")
    softmax.press("End")
    softmax.at_step(9)
    softmax.says("p/softmax", "gradient [0  −3.854  0]")
    # The logits' gradient is what was predicted minus what is true.
    softmax.says("z", "gradient [0.7054  −0.7405  0.03512]")
    expect(softmax.page.locator(".cm-line.step-line")).to_have_text("p = softmax(z)")


@pytest.mark.motion
def test_the_moment_is_kept(softmax: Lab) -> None:
    softmax.to(3)
    softmax.at_step(3)
    softmax.press("e")
    softmax.in_step(1)
    softmax.press("e")
    softmax.at_step(3)
    softmax.to(15)
    softmax.at_step(15)
    softmax.press("e")
    softmax.in_step(9)  # in the middle of what the closed function does at once
    softmax.press("e")
    softmax.at_step(15)


def test_a_chosen_group_is_told_by_the_inspector_and_opened_from_there(softmax: Lab) -> None:
    softmax.press("e")
    softmax.page.locator(".closed-group").click(position={"x": 20, "y": 30})
    panel = softmax.page.locator("#panel-node")
    expect(panel).to_contain_text("softmax, a function of 5 operations")
    panel.get_by_role("button", name="Open", exact=True).click()
    expect(softmax.page.get_by_role("button", name="softmax, open")).to_be_visible()


def test_programs_without_functions_have_no_such_command(lab: Lab) -> None:
    expect(lab.page.get_by_role("group", name="View").get_by_role("button", name="functions")).to_have_count(0)


def test_a_large_program_opens_closed(lab: Lab) -> None:
    lab.example("A transformer block")
    expect(lab.page.locator(".closed-group").first).to_be_visible()
    there = shown(lab)
    assert "h.self_attention" not in there
    assert len(there) <= 30


# Beside a line that is too short for it, a bead stands clear of pulses and numbers.
OFF_THE_LINES = """() => {
  const points = [...document.querySelectorAll('.edge .line')].flatMap((path) => {
    const length = path.getTotalLength();
    return Array.from({ length: 101 }, (_, i) => path.getPointAtLength(length * i / 100));
  });
  return [...document.querySelectorAll('.pulses .bead')]
    .filter((bead) => getComputedStyle(bead).visibility !== 'hidden')
    .map((bead) => bead.transform.baseVal.consolidate().matrix)
    .filter(({ e, f }) => !points.some(({ x, y }) => Math.hypot(x - e, y - f) < 84)).length;
}"""


@pytest.mark.motion
def test_what_travels_moves_along_when_groups_open_and_close(softmax: Lab) -> None:
    page = softmax.page
    beads = page.locator(".pulses .bead:visible")
    softmax.to(9.5)
    expect(beads.first).to_be_visible()
    for _ in range(2):
        softmax.press("e")
        softmax.settle()
        expect(page.locator(".pulses")).to_have_css("visibility", "visible")
        page.wait_for_function(f"() => ({OFF_THE_LINES})() === 0")


@pytest.mark.motion
def test_zooming_to_what_is_chosen(softmax: Lab) -> None:
    softmax.press("e")
    chosen = softmax.page.locator(".closed-group")
    chosen.click(position={"x": 20, "y": 30})
    softmax.press(*["-"] * 4)
    softmax.rest()
    small = chosen.bounding_box()
    softmax.press("z")
    assert small is not None
    softmax.page.wait_for_function(
        f"() => document.querySelector('.closed-group').getBoundingClientRect().width > {1.5 * small['width']}"
    )
