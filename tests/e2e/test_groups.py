"""Functions' boxes: opening and closing them, by mouse and by keys, and what stays where it was."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Lab

SOFTMAX = "z = np.array([2.0, 1.0, -1.0])\np = softmax(z)\nloss = -log(p[1])"
INSIDE = {"p.1", "p.2", "p.e", "p.3", "p"}


def write_softmax(lab: Lab) -> None:
    """A program with one function call, which is small enough to stand open by itself."""
    lab.write(SOFTMAX)
    lab.settle()
    expect(lab.page.get_by_role("button", name="softmax, open")).to_be_visible()


def shown(lab: Lab) -> set[str]:
    """The ids of what the graph shows, once it is drawn."""
    lab.settle()
    return set(lab.page.locator("#stage .node").evaluate_all("all => all.map((each) => each.dataset.id)"))


def test_functions_open_and_close_by_mouse_keys_and_inspector(lab: Lab) -> None:
    # Programs without functions have no such command.
    command = lab.page.get_by_role("group", name="View").get_by_role("button", name="functions")
    expect(command).to_have_count(0)
    write_softmax(lab)
    expect(command).to_have_count(1)
    a_click_on_the_title_closes_and_the_sign_opens(lab)
    enter_opens_and_closes_and_the_focus_stays_with_it(lab)
    lab.leave()
    closed_it_shows_its_result_and_takes_one_step_each_way(lab)

    # A chosen group is told by the inspector and opened from there.
    closed = lab.page.locator(".closed-group")
    closed.click(position={"x": 20, "y": 30})
    panel = lab.page.locator("#panel-node")
    expect(panel).to_contain_text("softmax, a function of 5 operations")
    panel.get_by_role("button", name="Open", exact=True).click()
    expect(lab.page.get_by_role("button", name="softmax, open")).to_be_visible()

    # A double click opens.
    lab.leave()
    lab.press("e")
    lab.settle()
    closed.dblclick(position={"x": 20, "y": 30})
    expect(lab.page.get_by_role("button", name="softmax, open")).to_be_visible()

    # A large program opens closed.
    lab.example("A transformer block")
    expect(closed.first).to_be_visible()
    there = shown(lab)
    assert "h.self_attention" not in there
    assert len(there) <= 30


def a_click_on_the_title_closes_and_the_sign_opens(lab: Lab) -> None:
    page = lab.page
    assert shown(lab) == {"z", "loss.1", "loss.2", "loss"} | INSIDE
    page.get_by_role("button", name="softmax, open").click()
    closed = page.get_by_role("button", name="softmax, closed, a function of 5 operations")
    expect(closed).to_be_visible()
    assert shown(lab) == {"z", "p/softmax", "loss.1", "loss.2", "loss"}
    closed.locator(".opener").click()
    expect(page.get_by_role("button", name="softmax, open")).to_be_visible()
    assert shown(lab) > INSIDE


def enter_opens_and_closes_and_the_focus_stays_with_it(lab: Lab) -> None:
    page = lab.page
    title = page.get_by_role("button", name="softmax, open")
    title.focus()
    lab.press("Enter")
    closed = page.locator(".closed-group")
    expect(closed).to_be_focused()
    expect(closed).to_have_attribute("aria-expanded", "false")
    lab.press("Enter")
    expect(title).to_be_focused()
    expect(title).to_have_attribute("aria-expanded", "true")


def closed_it_shows_its_result_and_takes_one_step_each_way(lab: Lab) -> None:
    expect(lab.page.locator("#lanes")).to_have_attribute("aria-valuemax", "17")
    lab.at_step(0)
    lab.press("e")
    expect(lab.page.locator("#lanes")).to_have_attribute("aria-valuemax", "9")
    lab.settle()
    lab.press("ArrowRight")
    told = lab.page.locator(".closed-group")
    expect(told).to_have_attribute("aria-label", re.compile(r"value \[0\.7054  0\.2595  0\.03512\]"))
    expect(lab.page.locator("#sentence")).to_contain_text("softmax takes z and gives p")
    lab.press("End")
    lab.at_step(9)
    lab.says("p/softmax", "gradient [0  −3.854  0]")
    # The logits' gradient is what was predicted minus what is true.
    lab.says("z", "gradient [0.7054  −0.7405  0.03512]")
    expect(lab.page.locator(".cm-line.step-line")).to_have_text("p = softmax(z)")


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
def test_what_is_shown_stays_in_sight_when_functions_open_and_close(lab: Lab) -> None:
    write_softmax(lab)
    the_moment_is_kept(lab)
    what_travels_moves_along(lab)

    # Zooming to what is chosen.
    lab.press("e")
    chosen = lab.page.locator(".closed-group")
    chosen.click(position={"x": 20, "y": 30})
    lab.press(*["-"] * 4)
    lab.rest()
    small = chosen.bounding_box()
    lab.press("z")
    assert small is not None
    lab.page.wait_for_function(
        f"() => document.querySelector('.closed-group').getBoundingClientRect().width > {1.5 * small['width']}"
    )


def the_moment_is_kept(lab: Lab) -> None:
    lab.to(3)
    lab.at_step(3)
    lab.press("e")
    lab.in_step(1)
    lab.press("e")
    lab.at_step(3)
    lab.to(15)
    lab.at_step(15)
    lab.press("e")
    lab.in_step(9)  # in the middle of what the closed function does at once
    lab.press("e")
    lab.at_step(15)


def what_travels_moves_along(lab: Lab) -> None:
    lab.to(9.5)
    expect(lab.page.locator(".pulses .bead:visible").first).to_be_visible()
    for _ in range(2):
        lab.press("e")
        lab.settle()
        expect(lab.page.locator(".pulses")).to_have_css("visibility", "visible")
        lab.page.wait_for_function(f"() => ({OFF_THE_LINES})() === 0")


def test_only_the_branch_of_a_selection_is_shown_and_a_trail_leads_back_up(lab: Lab) -> None:
    lab.write("def f(v):\n    u = v * 2\n    return u + 1\na = 1.0\nb = 2.0\ny = f(a) * b")
    lab.settle()
    lab.node("b").click()
    lab.press("Shift+O")
    expect(lab.node("a")).to_have_css("opacity", "0.1")
    expect(lab.node("y")).to_have_css("opacity", "1")
    lab.press("Shift+O")
    expect(lab.node("a")).to_have_css("opacity", "1")
    lab.node("y.u").click()
    trail = lab.page.get_by_role("navigation", name="Inside")
    trail.get_by_role("button", name="f").click()
    expect(lab.node("y.u")).to_have_count(0)
    expect(trail).to_have_count(0)


RECURRENT = """W = np.eye(3) * 0.9
h = np.array([0.5, -0.2, 0.1])
loss = 0.0
for t in range(12):
    h = np.tanh(W @ h + 0.1 * t)
    loss = loss + np.sum(h**2)"""


def test_a_loop_opens_into_its_turns_and_a_turn_beside_the_others(lab: Lab) -> None:
    lab.write(RECURRENT)
    lab.settle().rest()
    lab.leave()
    lab.press("End")
    turns = lab.page.locator("#stage .node.closed-group")
    expect(turns).to_have_count(12)
    # Shown as the state that it passes on, whose gradient differs, not as the loss.
    lab.node("turn h#5").click()
    lab.rest()
    expect(lab.page.locator("#tab-node")).to_have_text("Node h")
    lab.page.locator("#panel-node").get_by_role("button", name="Open", exact=True).click()
    lab.rest()
    expect(turns).to_have_count(11)
    expect(lab.node("h#5")).to_be_visible()
