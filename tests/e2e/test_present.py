"""Present: what it puts away and back, remote keys, freeze, spotlight, the list of programs, values before all eyes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import PROJECTOR, TIMEOUT, Lab
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings_in_both_themes


@pytest.fixture
def shown(open_lab: OpenLab) -> Lab:
    """The page on a projector, in Present."""
    lab = open_lab(PROJECTOR)
    lab.press("p")
    expect(lab.page.locator("#left")).to_be_hidden()
    expect(lab.page.locator(".now-line")).to_be_attached()
    lab.page.wait_for_function("() => document.fullscreenElement === document.documentElement")
    return lab.settle()


def px(lab: Lab, what: str) -> float:
    """The size of an element's letters on the screen, px."""
    size: float = lab.page.locator(what).first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    return size


def test_it_fills_the_screen_and_gives_it_back(shown: Lab) -> None:
    shown.press("p")
    shown.page.wait_for_function("() => document.fullscreenElement === null")
    expect(shown.page.locator("#left")).to_be_visible()


def test_leaving_the_full_screen_leaves_present(shown: Lab) -> None:
    shown.page.evaluate("document.exitFullscreen()")
    expect(shown.page.locator("#left")).to_be_visible()


def test_refused_a_full_screen_the_window_does(open_lab: OpenLab) -> None:
    lab = open_lab(PROJECTOR)
    lab.page.evaluate("() => { Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('no')); }")
    lab.press("p")
    expect(lab.page.locator("#left")).to_be_hidden()
    lab.press("Escape")
    expect(lab.page.locator("#left")).to_be_visible()


def test_it_can_be_read_from_the_last_row(shown: Lab) -> None:
    shown.to(9)
    expect(shown.page.locator(".now-line")).to_have_text("a1 = relu(z1)")
    shown.rest()
    assert px(shown, "#sentence .said") >= 26
    assert px(shown, ".now-line code") >= 20
    # The picture is fitted to its window, and the sentence to its line.
    shown.page.wait_for_function(
        """() => {
            const number = document.querySelector('.node[data-id="a1"] .num');
            const sentence = document.querySelector("#sentence");
            return parseFloat(getComputedStyle(number).fontSize) * number.getScreenCTM().a >= 18
                && sentence.scrollHeight <= sentence.clientHeight
                && innerHeight >= sentence.getBoundingClientRect().bottom;
        }"""
    )


def test_a_remote_steps_whatever_has_the_focus(shown: Lab) -> None:
    shown.page.locator('.node[data-id="b1"]').click()
    slider = shown.page.get_by_role("group", name="Value of b1").get_by_label("b1, slider")
    for step, control in enumerate((slider, shown.page.get_by_label("Speed")), 1):
        control.focus()
        expect(control).to_be_focused()
        shown.press("PageDown")
        shown.at_step(step)
    shown.press("PageUp")
    shown.at_step(1)
    expect(slider).to_have_value("0.5")


def test_a_value_is_changed_before_all_eyes(shown: Lab) -> None:
    shown.to(11)
    expect(shown.page.locator('.node[data-id="W1"].look-lit')).to_have_count(0)
    shown.page.locator('.node[data-id="b1"]').click()
    box = shown.page.get_by_role("group", name="Value of b1")
    box.get_by_label("b1, slider").focus()
    expect(box.get_by_label("b1, slider")).to_be_focused()
    shown.press("End")
    expect(shown.page.locator('.node[data-id="W1"].look-lit')).to_be_attached()
    shown.at_step(11)
    box.get_by_role("button", name="Close").click()
    expect(box).to_have_count(0)


def test_freeze_holds_time_and_values(shown: Lab) -> None:
    shown.page.locator('.node[data-id="b1"]').click()
    shown.press("PageDown")
    shown.at_step(1)
    shown.press("b")
    expect(shown.page.get_by_text("Frozen")).to_be_visible()
    shown.press("PageDown", " ", "End", "n")
    shown.to(9)
    shown.at_step(1)
    expect(shown.page.get_by_role("group", name="Value of b1")).to_have_count(0)
    shown.press(".")
    expect(shown.page.get_by_text("Frozen")).to_be_hidden()
    shown.press("PageDown")
    shown.at_step(2)


@pytest.mark.motion
def test_freeze_stops_what_plays_and_lets_it_go_on(shown: Lab) -> None:
    shown.press(" ", "b")
    expect(shown.page.get_by_text("Frozen")).to_be_visible()
    at = shown.page.locator(".head").get_attribute("style")
    shown.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert shown.page.locator(".head").get_attribute("style") == at
    shown.page.get_by_label("Speed").select_option("4")
    shown.leave()
    shown.press("b")
    shown.at_step(11)


def test_the_spotlight_follows_the_pointer_while_it_is_held(shown: Lab) -> None:
    light = shown.page.locator("#spotlight")
    shown.page.mouse.move(300, 200)
    shown.rest()
    shown.page.keyboard.down("l")
    expect(light).to_be_visible()
    shown.page.keyboard.down("l")  # the key repeats itself
    expect(light).to_be_visible()
    shown.page.mouse.move(640, 360)
    expect(light).to_have_css("--x", "640px")
    expect(light).to_have_css("pointer-events", "none")
    shown.page.keyboard.up("l")
    expect(light).to_be_hidden()


def test_the_spotlight_goes_out_when_the_page_loses_the_keyboard(shown: Lab) -> None:
    shown.rest()
    shown.page.keyboard.down("l")
    expect(shown.page.locator("#spotlight")).to_be_visible()
    shown.page.evaluate("dispatchEvent(new Event('blur'))")
    expect(shown.page.locator("#spotlight")).to_be_hidden()
    shown.page.keyboard.up("l")


def test_next_and_previous_go_through_the_list(shown: Lab) -> None:
    place = shown.page.locator(".now-place")
    shown.press("n")
    expect(place).to_have_text(re.compile(r"^2 of \d+ · x · \(x \+ y\)$"))
    expect(shown.page.get_by_role("heading", level=1)).to_have_text("x · (x + y)")
    shown.settle()
    shown.press("Shift+N")
    expect(place).to_have_text(re.compile(r"^1 of \d+ · A mini neural network$"))
    shown.settle()
    expect(place).to_be_hidden()


def test_its_keys_are_its_own(lab: Lab) -> None:
    heading = lab.page.get_by_role("heading", level=1)
    lab.rest()
    title = heading.inner_text()
    lab.press("n", "b", ".")
    expect(lab.page.get_by_label("Speed")).to_have_value("1.5")
    lab.rest()
    expect(heading).to_have_text(title)
    expect(lab.page.get_by_text("Frozen")).to_have_count(0)


def test_the_controls_hide_while_nobody_wants_them(shown: Lab) -> None:
    bar = shown.page.locator("#transport")
    shown.page.mouse.move(400, 300)
    expect(bar).to_have_css("opacity", "1")
    expect(bar).to_have_css("opacity", "0")
    shown.page.get_by_role("button", name="Freeze").focus()
    expect(bar).to_have_css("opacity", "1")


# Waited for: the picture is fitted once the window has its size.
STANDS_CLEAR = """(names) => names.every((name) => {
    const one = document.querySelector(name).getBoundingClientRect();
    return one.height > 0 && [...document.querySelectorAll("#stage .node .body")].every((node) => {
        const other = node.getBoundingClientRect();
        return one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
    });
})"""


@pytest.mark.parametrize("size", [PROJECTOR, (1024, 768), (1920, 1080)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_controls_and_a_value_lie_on_no_node(open_lab: OpenLab, size: tuple[int, int]) -> None:
    lab = open_lab(size)
    lab.press("p")
    expect(lab.page.locator("#left")).to_be_hidden()
    lab.settle()
    lab.node("b1").click()
    expect(lab.page.get_by_role("group", name="Value of b1")).to_be_visible()
    lab.page.wait_for_function(STANDS_CLEAR, arg=["#transport", ".now-value"], timeout=TIMEOUT)


def test_leaving_puts_everything_back(open_lab: OpenLab) -> None:
    lab = open_lab(PROJECTOR)
    lab.press("+", "+")
    lab.rest()
    before = lab.page.locator(".content").get_attribute("transform")
    button = lab.page.get_by_role("button", name="Present")
    button.click()
    expect(lab.page.locator("#left")).to_be_hidden()
    lab.press("b")
    expect(lab.page.get_by_text("Frozen")).to_be_visible()
    lab.press("Escape")
    expect(lab.page.locator("#left")).to_be_visible()
    expect(lab.page.locator(".content")).to_have_attribute("transform", before or "")
    expect(button).to_be_focused()
    lab.press("ArrowRight")
    lab.at_step(1)


def test_axe_finds_nothing(open_lab: OpenLab) -> None:
    lab = open_lab(PROJECTOR, color_scheme="dark")
    lab.press("p")
    expect(lab.page.locator(".now-line")).to_be_attached()
    lab.to(9)
    lab.page.locator('.node[data-id="b1"]').click()
    expect(lab.page.get_by_role("group", name="Value of b1")).to_be_visible()
    assert findings_in_both_themes(lab) == {}
    lab.press("b")
    expect(lab.page.get_by_text("Frozen")).to_be_visible()
    assert findings_in_both_themes(lab) == {}
