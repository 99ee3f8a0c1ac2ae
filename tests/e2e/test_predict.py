"""Predict, then reveal: nothing on the page gives away what is covered."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.browser import PHONE, Lab, tap
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings
from tests.e2e.test_share import follow

# Gradients that no value and no local derivative of the program is equal to: dw = 21 · 17 · 3 ..., by hand below.
PROGRAM = """x = 3.0
w = 7.0
b = 5.0
h = w * x + b
g = h * x
y = g * 17.0
dh = 51.0
dw = 153.0
print("by hand:", dw, dh)
"""
# y = 17 · (w·x + b) · x with x = 3, w = 7, b = 5, h = 26: dg = 17, dh = 17·3, dw = 17·3·3, db = 17·3,
# dx = 17·h + 17·x·w = 442 + 357.
GRADIENTS = {"w": "153", "h": "51", "b": "51", "x": "799", "x, first": "442", "x, second": "357"}

EVERYTHING = """
() => {
  const words = [];
  const skipped = new Set(["SCRIPT", "STYLE"]);
  for (const element of document.querySelectorAll("body, body *")) {
    if (skipped.has(element.tagName) || element.closest("#editor, #values")) continue;
    for (const name of element.getAttributeNames())
      if (/^(aria-|title$|alt$|value$|data-(room|text))/.test(name)) words.push(element.getAttribute(name));
    for (const node of element.childNodes) if (node.nodeType === 3) words.push(node.textContent);
    if ("value" in element && typeof element.value === "string") words.push(element.value);
  }
  return words.join("\\n");
}
"""


HOLD_FRAMES = """() => {
  const frame = window.requestAnimationFrame;
  const held = [];
  window.requestAnimationFrame = (then) => held.push(then);
  window.letFramesGo = () => {
    window.requestAnimationFrame = frame;
    for (const then of held) frame(then);
  };
}"""


def answering(lab: Lab) -> None:
    """Waits until the focus is where a number is answered."""
    expect(lab.page.locator("#predict form input[type=text]").first).to_be_focused()


def numbers(lab: Lab) -> set[str]:
    """Every number that can be read or heard anywhere but in the program itself and its values, once all that was asked
    for has come; how far the picture is zoomed in is none of them."""
    lab.rest()
    return set(re.findall(r"(?<![\w.])\d++(?:\.\d+)?+(?!\s*%)", lab.page.evaluate(EVERYTHING)))


def light(lab: Lab) -> list[list[str | None]]:
    """How nodes and edges look at rest, by class, style and drawing, without the names."""
    lab.rest()
    return lab.page.evaluate(
        """() => [...document.querySelectorAll("#stage .node, #stage .edge")].map((mark) =>
          [mark.getAttribute("class"), mark.getAttribute("style")?.replace(/transform[^;]*;?/, "") ?? null])"""
    )


def test_with_everything_covered_no_word_on_the_page_tells_a_gradient(open_lab: OpenLab) -> None:
    lab = open_lab(fragment="#t=0")
    lab.write(PROGRAM)
    lab.settle()
    lab.press("End")
    expect(lab.page.locator('.node[data-id="x"].look-lit')).to_be_attached()
    shown = numbers(lab)
    assert {"442", "799", "51"} <= shown, "without covering they are there to be read"
    lab.press("q")
    lab.page.get_by_label("What is covered").select_option("all")
    lab.leave()
    lab.press("End")
    expect(lab.page.locator('.node[data-id="x"].look-covered')).to_be_attached()
    lab.press("v")
    expect(lab.page.locator("#table tbody tr").first).to_be_visible()
    for moment in range(lab.steps() + 1):
        lab.press("Home" if moment == 0 else "ArrowRight")
        lab.at_step(moment)
        assert not set(GRADIENTS.values()) & numbers(lab), f"at {moment}"
    lab.says("x", "gradient covered")
    for node in ("x", "w", "h"):
        lab.press("/")
        expect(lab.page.get_by_role("searchbox", name="Filter rows")).to_be_focused()
        lab.type(node)
        lab.press("Escape", "Escape")
        lab.page.locator(f'#table [data-id="{node}"]').click()
        lab.rest()
        assert not set(GRADIENTS.values()) & numbers(lab), node
    lab.page.get_by_role("tab", name="Output").click()
    expect(lab.page.locator("#panel-output")).to_contain_text("by hand: ? ?")
    expect(lab.page.locator("#panel-output li")).to_have_count(3)
    lab.rest()
    assert not set(GRADIENTS.values()) & numbers(lab)
    assert not {"agrees", "differs"} & set(lab.page.locator("#panel-output").inner_text().split())
    lab.press("v", "Home", "End")
    lab.at_step(lab.steps())
    covered = light(lab)
    lab.page.get_by_label("w", exact=True).fill("-700")
    lab.page.get_by_label("w", exact=True).press("Enter")
    expect(lab.page.locator('.node[data-id="h"] .value .num')).to_have_text("−2095")
    changed = [pair for pair in zip(covered, light(lab), strict=True) if pair[0] != pair[1]]
    assert changed == [], "the light is the same whatever the gradients are"
    assert findings(lab) == []


def test_it_is_revealed_by_keys_and_judged(open_lab: OpenLab) -> None:
    lab = open_lab(fragment="#t=11&predict=all&select=a1")
    card = lab.page.get_by_role("region", name="Predict")
    expect(card).to_contain_text("What is ∂y/∂a1?")
    lab.press("a")
    answering(lab)
    lab.type("a lot")
    lab.press("Enter")
    expect(card.get_by_role("alert")).to_have_text("“a lot” is not a number.")
    expect(lab.page.locator('.node[data-id="a1"].look-covered')).to_be_attached()
    answering(lab)
    lab.press("ControlOrMeta+a")
    lab.type("2.01")
    lab.press("Enter")
    expect(card.get_by_role("status")).to_contain_text("✓ Right.")
    expect(card.get_by_role("status")).to_contain_text("da1 = 2")
    expect(card.locator(".score")).to_have_text("1 of 1")
    expect(lab.page.locator('.node[data-id="a1"] .grad .num')).to_have_text("2")
    expect(lab.page.locator("#panel-node")).to_contain_text("Where its gradient came from")
    # The focus is on what comes next.
    expect(card.get_by_role("button", name="Next")).to_be_focused()
    lab.press("Enter")
    expect(card).to_contain_text("What is ∂y/∂")
    lab.page.locator('.node[data-id="z1"]').click()
    card.get_by_role("button", name="Sign").click()
    card.get_by_role("radio", name="zero").focus()
    expect(card.get_by_role("radio", name="zero")).to_be_focused()
    lab.press("ArrowRight", "Enter")
    expect(card.get_by_role("status")).to_contain_text("✗ Not right.")
    expect(card.get_by_role("status")).to_contain_text("dz1 = 0 you said +")
    expect(card.locator(".score")).to_have_text("1 of 2")
    lab.at_step(11)  # the arrow chose an answer, and no step
    lab.leave()
    lab.page.locator('.node[data-id="W2"]').click()
    lab.press("Shift+q")
    expect(card.get_by_role("status")).to_contain_text("Revealed.")
    expect(card.locator(".score")).to_have_text("1 of 2")
    assert findings(lab) == []
    card.get_by_role("button", name="Cover again").click()
    expect(lab.page.locator(".node.look-covered")).to_have_count(9)
    card.get_by_role("button", name="Leave").click()
    expect(lab.page.locator(".node.look-covered")).to_have_count(0)
    expect(card).to_be_hidden()


def test_a_slip_a_kink_and_who_is_faster_than_the_page(open_lab: OpenLab) -> None:
    lab = open_lab(fragment='#program=f+%3D+x+*+(x+%2B+y)&values={"x":2,"y":3}&t=5&predict=all&select=x')
    card = lab.page.get_by_role("region", name="Predict")
    # A wrong number is told its slip.
    lab.press("a")
    answering(lab)
    lab.press("5", "Enter")
    status = card.get_by_role("status")
    expect(status).to_contain_text("dx = 7 you said 5")
    expect(status).to_contain_text("The path through + in f is missing.")
    # It was revealed before the sum that it also comes from: what that sends would tell its gradient.
    expect(lab.page.locator("#panel-node")).to_contain_text("?⋅1=?")
    # Another side of a kink is right.
    follow(lab, '#program=y+%3D+maximum(x,+0)&values={"x":0}&t=5&predict=all&select=x')
    lab.settle()
    expect(card).to_contain_text("What is ∂y/∂x?")
    expect(status).not_to_contain_text("you said 5")
    lab.press("a")
    answering(lab)
    lab.press("0", "Enter")
    expect(status).to_contain_text("✓ Right.")
    expect(status).to_contain_text("Right, by another convention at the kink of max in y")
    expect(card.locator(".score")).to_have_text("1 of 1")
    lab.example("A mini neural network")
    who_plays_on_at_a_halt_and_answers_before_the_next_frame_sees_his_answer(lab)


def who_plays_on_at_a_halt_and_answers_before_the_next_frame_sees_his_answer(lab: Lab) -> None:
    """In the network that the page opens with."""
    follow(lab, "#t=6&predict=next")
    lab.at_step(6)
    card = lab.page.get_by_role("region", name="Predict")
    expect(card).to_contain_text("What is ∂y/∂(W2 @ a1)?")
    lab.rest()
    lab.page.evaluate(HOLD_FRAMES)
    # Pressed without a look at the page, as by who knows the answer.
    for key in (" ", "a", "1", "Enter"):
        lab.page.keyboard.press(key)
    lab.page.evaluate("window.letFramesGo()")
    lab.at_step(6)
    expect(card.get_by_role("status")).to_contain_text("✓ Right.")
    expect(card.get_by_role("button", name="Next: b2")).to_be_focused()


@pytest.mark.motion
def test_the_next_step_is_asked_for_before_it_plays(lab: Lab) -> None:
    lab.press("q", "End", "Home")
    card = lab.page.get_by_role("region", name="Predict")
    lab.page.get_by_label("Speed").select_option(label="4×")
    lab.leave()
    lab.press(" ")
    seed = 6
    lab.at_step(seed)
    expect(card).to_contain_text("What is ∂y/∂(W2 @ a1)?")
    lab.press("ArrowRight")
    lab.at_step(seed)
    lab.press("a")
    answering(lab)
    lab.press("1", "Enter")
    expect(card.get_by_role("status")).to_contain_text("✓ Right.")
    expect(card.get_by_role("button", name="Next: b2")).to_be_focused()
    lab.press("Enter")
    answering(lab)
    lab.press("1", "Enter")
    expect(card.locator(".score")).to_have_text("2 of 2")
    expect(card.get_by_role("button", name="Play on")).to_be_focused()
    lab.press("Enter")
    lab.at_step(seed + 1)
    expect(card).to_contain_text("What is ∂y/∂a1?")
    expect(lab.page.locator('.node[data-id="b2"] .grad .num')).to_have_text("1")


def test_the_focus_asked_for_is_there_once_the_question_is(open_lab: OpenLab) -> None:
    lab = open_lab(fragment="#t=11&predict=all&select=W1")
    # Its panel is away, and so is its tab.
    lab.page.get_by_role("tab", name="Output").click()
    lab.leave()
    lab.press("a")
    answering(lab)
    expect(lab.page.get_by_role("tab", name="Node W1")).to_have_attribute("aria-selected", "true")
    # And before there is any trace: it is kept until it can be granted.
    held: list[Route] = []
    lab.page.route("**/api/v1/trace", lambda route: held.append(route))
    with lab.page.expect_request("**/api/v1/trace"):
        lab.page.reload(wait_until="commit")
    expect(lab.page.locator("html[data-ready]")).to_be_attached()
    lab.page.keyboard.press("a")
    expect(lab.page.locator("#predict input")).to_have_count(0)
    lab.page.unroute("**/api/v1/trace")  # whose handler has not answered goes on
    answering(lab)
    # Who presses something else meanwhile wishes something else.
    lab.page.route("**/api/v1/trace", lambda route: held.append(route))
    with lab.page.expect_request("**/api/v1/trace"):
        lab.page.reload(wait_until="commit")
    expect(lab.page.locator("html[data-ready]")).to_be_attached()
    lab.page.keyboard.press("a")
    lab.page.keyboard.press("Home")
    lab.page.unroute("**/api/v1/trace")
    expect(lab.page.locator("#predict form input").first).to_be_visible()
    lab.rest()
    expect(lab.page.locator("body")).to_be_focused()
    assert len(held) == 2


def test_a_link_covers(open_lab: OpenLab) -> None:
    lab = open_lab(PHONE, fragment="#t=8&predict=next&select=z1", has_touch=True)
    tap(lab.page.locator("#stage").get_by_role("button", name="Predict"))
    card = lab.page.get_by_role("region", name="Predict")
    covered = card.get_by_label("What is covered")
    expect(covered).to_have_value("next")
    expect(card).to_contain_text("What is ∂y/∂z1?")
    expect(lab.page.locator('.node[data-id="a1"].look-lit')).to_be_attached()
    follow(lab, "#t=8&predict=one:z1&select=z1")
    expect(covered).to_have_value("one")
    expect(card).to_contain_text("What is ∂y/∂z1?")
    expect(lab.page.locator('.node[data-id="a1"].look-lit')).to_be_attached()
    lab.page.get_by_label("Moment").press("End")
    expect(lab.page.locator('.node[data-id="W1"].look-covered')).to_be_attached()
    expect(lab.page.locator('.node[data-id="a1"].look-lit')).to_be_attached()
    assert findings(lab) == []
