"""What the program is about can be chosen, and the page follows where values lead it another way."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Lab
from tests.e2e.conftest import OpenLab

BRANCH = "x = 3.0\nif x > 0:\n    y = x * x\nelse:\n    y = -x"
LAYERS = "x = 3.0\nh = x * x\nloss = 2 * h"


def slide(lab: Lab, name: str, x: float) -> None:
    """Moves a slider as a drag does."""
    slider = lab.page.locator(f"#values [data-leaf='{name}'] input[type=range]")
    slider.evaluate("(e, x) => { e.value = x; e.dispatchEvent(new Event('input', { bubbles: true })); }", x)


def test_dragging_through_a_condition_redraws_and_says_so(lab: Lab) -> None:
    lab.write(BRANCH)
    lab.settle()
    lab.press("End")
    note = lab.page.locator("#note")
    for x, rule, grad in [(2, "x * x", "4"), (0, "-x", "−1"), (-0.5, "-x", "−1"), (-3, "-x", "−1"), (1, "x * x", "2")]:
        slide(lab, "x", x)
        lab.says("y", f"y, {rule}")
        lab.says("x", f"gradient {grad}")
        said = "" if x == 2 else "holds" if x > 0 else "does not hold"
        expect(note).to_contain_text(said)
    assert lab.page.locator("#problem").is_hidden()
    expect(note).to_have_text("Line 2 goes another way now, since its condition holds: if x > 0")
    lab.write(LAYERS)
    lab.settle()
    expect(note).to_be_empty()


def test_dragging_in_steps_that_no_answer_can_follow_ends_at_the_last_value(lab: Lab) -> None:
    lab.write(BRANCH)
    lab.settle()
    lab.press("End")
    for i in range(40):
        slide(lab, "x", -2 if i % 2 else 2)
    lab.says("y", "y, -x")
    lab.says("x", "value −2, gradient −1")


def test_a_loop_that_runs_longer_for_another_value(lab: Lab) -> None:
    lab.write("x = 3.0\nwhile x > 1:\n    x = x / 2\ny = x * x")
    lab.settle()
    lab.press("End")
    before = lab.page.locator("#stage .node").count()
    slide(lab, "x", 1.5)
    expect(lab.page.locator("#note")).to_contain_text("Line 2 goes another way now")
    assert lab.settle().page.locator("#stage .node").count() < before
    # The moment that is shown is one of a turn that there is no more.
    slide(lab, "x", -1)
    lab.says("x", "value −1, gradient −2")
    assert lab.page.locator("#problem").is_hidden()


def test_present_mode_says_where_it_goes_another_way(lab: Lab) -> None:
    lab.write(BRANCH)
    lab.settle()
    lab.press("p")
    lab.node("x").click()
    slider = lab.page.locator("#present input[type=range]")
    slider.evaluate("(e) => { e.value = -1; e.dispatchEvent(new Event('input', { bubbles: true })); }")
    expect(lab.page.locator(".now-turned")).to_have_text(
        "Line 2 goes another way now, since its condition does not hold: if x > 0"
    )


@pytest.mark.parametrize("presenting", [False, True])
def test_another_output_by_mouse_and_by_keyboard(lab: Lab, presenting: bool) -> None:
    lab.write(LAYERS)
    lab.settle()
    lab.press("End")
    if presenting:
        lab.press("p")
    chooser = lab.page.locator("#header" if presenting else "#about").get_by_label("gradient of")
    expect(chooser).to_have_value("loss")
    chooser.select_option("h")
    expect(lab.node("loss")).to_have_count(0)
    lab.press("End")
    lab.says("x", "gradient 6")
    chooser.focus()
    lab.page.keyboard.press("ArrowDown")
    expect(lab.node("loss")).to_be_visible()
    expect(chooser).to_have_value("loss")
    expect(chooser).to_be_focused()


def test_the_chosen_output_goes_along_in_links_and_lasts_while_values_move(open_lab: OpenLab) -> None:
    lab = open_lab(fragment=f"#program={quote(LAYERS)}&of=h&t=9")
    expect(lab.page.locator("#about").get_by_label("gradient of")).to_have_value("h")
    slide(lab, "x", 1)
    lab.says("x", "gradient 2")
    lab.write(LAYERS.replace("h", "k"))
    lab.settle()
    expect(lab.page.locator("#about").get_by_label("gradient of")).to_have_value("loss")


def test_notes_of_the_server_stand_under_the_program(lab: Lab) -> None:
    lab.write("import matplotlib.pyplot as plt\nx = 2.0\ny = x * x\nplt.plot(x)")
    lab.settle()
    expect(lab.page.locator("#about .notes li")).to_have_text("matplotlib is passed over: it changes no value.")


PLACES = """class Layer:
    def __init__(self, W):
        self.W = W
net = Layer(np.array([1.0, 2.0]))
params = {}
params["W1"] = np.array([0.5, 0.25])
hs = {}
hs[-1] = np.array([1.0, 1.0])
y = np.sum(net.W * params["W1"] * hs[-1])"""


@pytest.mark.parametrize("detail", ["tensor", "scalar"])
def test_attributes_and_items_have_values_to_change(open_lab: OpenLab, detail: str) -> None:
    lab = open_lab(fragment=f"#program={quote(PLACES)}&detail={detail}")
    lab.press("End")
    for name in ["net.W", 'params["W1"]', "hs[-1]"]:
        field = lab.page.locator(f"#values [data-leaf='{name}'] .field").first
        expect(field).to_have_accessible_name(f"{name}₀")
        field.fill("4")
        field.press("Enter")
        lab.says(name if detail == "tensor" else f"{name}[0]", "value [4" if detail == "tensor" else "value 4")
    lab.says("y", "value 64.5")
