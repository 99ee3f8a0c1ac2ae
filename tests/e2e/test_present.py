"""Present: what it puts away and back, remote keys, freeze, spotlight, the list of programs, values before all eyes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import GAVE_IT_BACK, PROJECTOR, TIMEOUT, Lab, resize
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings_in_both_themes

FILLS_THE_SCREEN = "() => document.fullscreenElement === document.documentElement"


def begin(lab: Lab) -> Lab:
    """Goes to Present by its key, and waits until it stands."""
    lab.press("p")
    expect(lab.page.locator("#left")).to_be_hidden()
    expect(lab.page.locator(".now-line")).to_be_attached()
    lab.page.wait_for_function(FILLS_THE_SCREEN)
    return lab.settle()


def present(open_lab: OpenLab, **options: Any) -> Lab:
    """The page on a projector, in Present."""
    return begin(open_lab(PROJECTOR, **options))


def px(lab: Lab, what: str) -> float:
    """The size of an element's letters on the screen, px."""
    size: float = lab.page.locator(what).first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    return size


def test_leaving_puts_everything_back(open_lab: OpenLab) -> None:
    lab = open_lab(PROJECTOR)
    left = lab.page.locator("#left")
    lab.press("+", "+")
    lab.rest()
    before = lab.page.locator(".surface .content").get_attribute("transform")
    button = lab.page.get_by_role("button", name="Present")
    button.click()
    expect(left).to_be_hidden()
    # It fills the screen and gives it back.
    lab.page.wait_for_function(FILLS_THE_SCREEN)
    lab.press("b")
    expect(lab.page.get_by_text("Frozen")).to_be_visible()
    lab.press("Escape")
    expect(left).to_be_visible()
    lab.page.wait_for_function(GAVE_IT_BACK)
    expect(lab.page.locator(".surface .content")).to_have_attribute("transform", before or "")
    expect(button).to_be_focused()
    lab.press("ArrowRight")
    lab.at_step(1)
    # Leaving the full screen leaves Present.
    lab.press("p")
    expect(left).to_be_hidden()
    lab.page.wait_for_function(FILLS_THE_SCREEN)
    lab.page.evaluate("document.exitFullscreen()")
    expect(left).to_be_visible()
    lab.page.wait_for_function(GAVE_IT_BACK)
    # Refused a full screen, the window does.
    lab.page.evaluate("() => { Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('no')); }")
    lab.press("p")
    expect(left).to_be_hidden()
    lab.press("p")
    expect(left).to_be_visible()


# Waited for: the picture is fitted once the window has its size.
STANDS_CLEAR = """([width, ...names]) => innerWidth === width && names.every((name) => {
    const one = document.querySelector(name).getBoundingClientRect();
    return one.height > 0 && [...document.querySelectorAll("#stage .node .body")].every((node) => {
        const other = node.getBoundingClientRect();
        return one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
    });
})"""


def test_it_can_be_read_from_the_last_row(open_lab: OpenLab) -> None:
    lab = present(open_lab, color_scheme="dark")
    lab.to(9)
    expect(lab.page.locator(".now-line")).to_have_text("a1 = relu(z1)")
    lab.rest()
    assert px(lab, "#sentence .said") >= 26
    assert px(lab, ".now-line code") >= 20
    # The picture is fitted to its window, and the sentence to its line.
    lab.page.wait_for_function(
        """() => {
            const number = document.querySelector('.node[data-id="a1"] .num');
            const sentence = document.querySelector("#sentence");
            return parseFloat(getComputedStyle(number).fontSize) * number.getScreenCTM().a >= 18
                && sentence.scrollHeight <= sentence.clientHeight
                && innerHeight >= sentence.getBoundingClientRect().bottom;
        }"""
    )
    lab.node("b1").click()
    expect(lab.page.get_by_role("group", name="Value of b1")).to_be_visible()
    the_controls_and_a_value_lie_on_no_node(lab)
    axe_finds_nothing(lab)


def the_controls_and_a_value_lie_on_no_node(lab: Lab) -> None:
    """In windows of three sizes, the projector's last."""
    for width, height in ((1024, 768), (1920, 1080), PROJECTOR):
        lab.press("p")
        expect(lab.page.locator("#left")).to_be_visible()
        resize(lab.page, (width, height))
        begin(lab)
        expect(lab.page.get_by_role("group", name="Value of b1")).to_be_visible()
        lab.page.wait_for_function(STANDS_CLEAR, arg=[width, "#transport", ".now-value"], timeout=TIMEOUT)


def axe_finds_nothing(lab: Lab) -> None:
    """With a value before all eyes, and frozen."""
    expect(lab.page.get_by_role("group", name="Value of b1")).to_be_visible()
    assert findings_in_both_themes(lab) == {}
    lab.press("b")
    expect(lab.page.get_by_text("Frozen")).to_be_visible()
    assert findings_in_both_themes(lab) == {}


def test_a_remote_steps_freeze_holds_and_a_value_is_changed_before_all_eyes(open_lab: OpenLab) -> None:
    lab = present(open_lab)
    lab.node("b1").click()
    box = lab.page.get_by_role("group", name="Value of b1")
    slider = box.get_by_label("b1, slider")
    # A remote steps, whatever has the focus.
    for step, control in enumerate((slider, lab.page.get_by_label("Speed")), 1):
        control.focus()
        expect(control).to_be_focused()
        lab.press("PageDown")
        lab.at_step(step)
    lab.press("PageUp")
    lab.at_step(1)
    expect(slider).to_have_value("0.5")
    # Freeze holds time and values.
    lab.leave()
    lab.press("b")
    expect(lab.page.get_by_text("Frozen")).to_be_visible()
    lab.press("PageDown", " ", "End", "n")
    lab.to(9)
    lab.at_step(1)
    expect(box).to_have_count(0)
    lab.press(".")
    expect(lab.page.get_by_text("Frozen")).to_be_hidden()
    lab.press("PageDown")
    lab.at_step(2)
    # A value is changed before all eyes.
    lab.to(11)
    lab.at_step(11)
    expect(lab.page.locator('.node[data-id="W1"].look-lit')).to_have_count(0)
    slider.focus()
    expect(slider).to_be_focused()
    lab.press("End")
    expect(lab.page.locator('.node[data-id="W1"].look-lit')).to_be_attached()
    lab.at_step(11)
    box.get_by_role("button", name="Close").click()
    expect(box).to_have_count(0)


@pytest.mark.motion
def test_freeze_stops_what_plays_and_lets_it_go_on(open_lab: OpenLab) -> None:
    lab = present(open_lab)
    lab.press(" ", "b")
    expect(lab.page.get_by_text("Frozen")).to_be_visible()
    at = lab.page.locator(".head").get_attribute("style")
    lab.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert lab.page.locator(".head").get_attribute("style") == at
    lab.page.get_by_label("Speed").select_option("4")
    lab.leave()
    lab.press("b")
    lab.page.wait_for_function("() => Number(document.querySelector('#lanes').ariaValueNow) > 2", timeout=TIMEOUT)


def test_spotlight_and_controls_are_there_while_they_are_wanted(open_lab: OpenLab) -> None:
    lab = present(open_lab)
    light = lab.page.locator("#spotlight")
    # The spotlight follows the pointer while its key is held.
    lab.page.mouse.move(300, 200)
    lab.rest()
    lab.page.keyboard.down("l")
    expect(light).to_be_visible()
    lab.page.keyboard.down("l")  # the key repeats itself
    expect(light).to_be_visible()
    lab.page.mouse.move(640, 360)
    expect(light).to_have_css("--x", "640px")
    expect(light).to_have_css("pointer-events", "none")
    lab.page.keyboard.up("l")
    expect(light).to_be_hidden()
    # It goes out when the page loses the keyboard.
    lab.page.keyboard.down("l")
    expect(light).to_be_visible()
    lab.page.evaluate("dispatchEvent(new Event('blur'))")
    expect(light).to_be_hidden()
    lab.page.keyboard.up("l")
    # The controls hide while nobody wants them.
    bar = lab.page.locator("#transport")
    lab.page.mouse.move(400, 300)
    expect(bar).to_have_css("opacity", "1")
    expect(bar).to_have_css("opacity", "0")
    lab.page.get_by_role("button", name="Freeze").focus()
    expect(bar).to_have_css("opacity", "1")


def test_its_keys_are_its_own_and_go_through_the_list(open_lab: OpenLab) -> None:
    lab = open_lab(PROJECTOR)
    heading = lab.page.get_by_role("heading", level=1)
    lab.rest()
    title = heading.inner_text()
    lab.press("n", "b", ".")
    expect(lab.page.get_by_label("Speed")).to_have_value("1.5")
    lab.rest()
    expect(heading).to_have_text(title)
    expect(lab.page.get_by_text("Frozen")).to_have_count(0)
    # Next and previous go through the list.
    begin(lab)
    place = lab.page.locator(".now-place")
    lab.press("n")
    expect(place).to_have_text(re.compile(r"^2 of \d+ · x · \(x \+ y\)$"))
    expect(heading).to_have_text("x · (x + y)")
    lab.settle()
    lab.press("Shift+N")
    expect(place).to_have_text(re.compile(r"^1 of \d+ · A mini neural network$"))
    lab.settle()
    expect(place).to_be_hidden()
    the_numbers_of_a_step_are_enlarged_where_the_picture_has_none(lab)


def the_numbers_of_a_step_are_enlarged_where_the_picture_has_none(lab: Lab) -> None:
    """In a corner, readable from the last row; a picture with numbers in its nodes, such as the first, needs none."""
    card = lab.page.locator(".enlarged")
    lab.to(3)
    expect(card).to_be_hidden()
    lab.press("p")
    lab.example("Softmax and cross-entropy")
    begin(lab)
    lab.to(5)
    expect(card).to_have_text("p 0.705 0.259 0.0351", use_inner_text=True)
    lab.to(15)
    expect(card).to_have_text("∂loss/∂p 0 −3.85 0 to e 0 −2.72 0 to Σ in p 0.705", use_inner_text=True)
    assert px(lab, ".enlarged") >= 22
    lab.page.wait_for_function(STANDS_CLEAR, arg=[PROJECTOR[0], ".enlarged"], timeout=TIMEOUT)
    # The gradient of e, to be predicted next, is not given away.
    lab.press("q")
    expect(card).to_have_text("∂loss/∂p 0 −3.85 0 to e ? to Σ in p 0.705", use_inner_text=True)
    lab.press("q")
    expect(card).to_contain_text("−2.72")
    lab.press("p")
    expect(card).to_be_hidden()
    expect(card).to_be_empty()
