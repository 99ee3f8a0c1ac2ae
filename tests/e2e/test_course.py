"""What the program is about can be chosen, and the page follows where values lead it another way."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Locator, expect

from tests.e2e.browser import Lab
from tests.e2e.conftest import OpenLab

BRANCH = "x = 3.0\nif x > 0:\n    y = x * x\nelse:\n    y = -x"
LAYERS = "x = 3.0\nh = x * x\nloss = 2 * h"


def slide(lab: Lab, name: str, x: float) -> None:
    """Moves a slider as a drag does."""
    slider = lab.page.locator(f"#values [data-leaf='{name}'] input[type=range]")
    slider.evaluate("(e, x) => { e.value = x; e.dispatchEvent(new Event('input', { bubbles: true })); }", x)


def write_anew(lab: Lab, program: str) -> None:
    """Writes a program in which x is what its line says, whatever was set before."""
    reset = lab.page.get_by_role("button", name="Reset x")
    reset.click()
    expect(reset).to_have_count(0)
    lab.write(program)
    lab.settle()


def test_the_page_follows_where_values_lead_the_program_another_way(lab: Lab) -> None:
    note = lab.page.locator("#note")
    dragging_through_a_condition_redraws_and_says_so(lab)
    expect(note).to_have_text("Line 2 goes another way now, since its condition holds: if x > 0")

    # Dragging in steps that no answer can follow ends at the last value.
    for i in range(40):
        slide(lab, "x", -2 if i % 2 else 2)
    lab.says("y", "y, -x")
    lab.says("x", "value −2, gradient −1")

    # Of another program nothing is said.
    expect(note).not_to_be_empty()
    write_anew(lab, LAYERS)
    expect(note).to_be_empty()

    a_loop_that_runs_longer_for_another_value(lab)
    present_mode_says_where_it_goes_another_way(lab)


def dragging_through_a_condition_redraws_and_says_so(lab: Lab) -> None:
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
    expect(lab.page.locator("#problem")).to_be_hidden()


def a_loop_that_runs_longer_for_another_value(lab: Lab) -> None:
    lab.write("x = 3.0\nwhile x > 1:\n    x = x / 2\ny = x * x")
    lab.settle()
    expect(lab.page.locator("#note")).to_be_empty()
    lab.press("End")
    before = lab.rest().page.locator("#stage .node").count()
    slide(lab, "x", 1.5)
    expect(lab.page.locator("#note")).to_contain_text("Line 2 goes another way now")
    assert lab.rest().page.locator("#stage .node").count() < before
    # The moment that is shown is one of a turn that there is no more.
    slide(lab, "x", -1)
    lab.says("x", "value −1, gradient −2")
    expect(lab.page.locator("#problem")).to_be_hidden()


def present_mode_says_where_it_goes_another_way(lab: Lab) -> None:
    write_anew(lab, BRANCH)
    lab.press("p")
    lab.node("x").click()
    slider = lab.page.locator("#present input[type=range]")
    slider.evaluate("(e) => { e.value = -1; e.dispatchEvent(new Event('input', { bubbles: true })); }")
    expect(lab.page.locator(".now-branched")).to_have_text(
        "Line 2 goes another way now, since its condition does not hold: if x > 0"
    )


def test_another_output_is_chosen_and_lasts_while_values_move(open_lab: OpenLab) -> None:
    # The chosen output goes along in links.
    lab = open_lab(fragment=f"#program={quote(LAYERS)}&of=h&t=9")
    beside = lab.page.locator("#about").get_by_label("gradient of")
    expect(beside).to_have_value("h")
    # And lasts while values move.
    slide(lab, "x", 1)
    lab.says("x", "gradient 2")
    slide(lab, "x", 3)
    lab.write(LAYERS.replace("h", "k"))
    lab.settle()
    expect(beside).to_have_value("loss")

    lab.write(LAYERS)
    lab.settle()
    beside.select_option("loss")
    lab.leave()
    lab.press("End")
    another_output_by_mouse_and_by_keyboard(lab, beside)
    lab.leave()
    lab.press("p")
    another_output_by_mouse_and_by_keyboard(lab, lab.page.locator("#header").get_by_label("gradient of"))


def another_output_by_mouse_and_by_keyboard(lab: Lab, chooser: Locator) -> None:
    expect(chooser).to_have_value("loss")
    expect(lab.node("loss")).to_be_visible()
    chooser.select_option("h")
    expect(lab.node("loss")).to_have_count(0)
    lab.press("End")
    lab.says("x", "gradient 6")
    chooser.focus()
    lab.page.keyboard.press("ArrowDown")
    expect(lab.node("loss")).to_be_visible()
    expect(chooser).to_have_value("loss")
    expect(chooser).to_be_focused()


PLACES = """class Layer:
    def __init__(self, W):
        self.W = W
net = Layer(np.array([1.0, 2.0]))
params = {}
params["W1"] = np.array([0.5, 0.25])
hs = {}
hs[-1] = np.array([1.0, 1.0])
y = np.sum(net.W * params["W1"] * hs[-1])"""


def test_notes_stand_under_the_program_and_attributes_and_items_have_values_to_change(lab: Lab) -> None:
    # Notes of the server stand under the program.
    notes = lab.page.locator("#about .notes li")
    expect(notes).to_have_count(0)
    lab.write("import matplotlib.pyplot as plt\nx = 2.0\ny = x * x\nplt.plot(x)")
    lab.settle()
    expect(notes).to_have_text("matplotlib is passed over: it changes no value.")

    lab.write(PLACES)
    lab.settle()
    expect(notes).to_have_count(0)
    lab.press("End")
    values_change(lab, {name: (name, "value [4") for name in NAMES})
    lab.says("y", "value 64.5")

    # As single numbers, too.
    for name in NAMES:
        field = first_field(lab, name)
        field.fill("1")
        field.press("Enter")
    lab.says("y", "value 1.5")
    lab.leave()
    lab.press("d")
    expect(lab.node("net.W[0]")).to_be_visible()
    lab.press("End")
    values_change(lab, {name: (f"{name}[0]", "value 4") for name in NAMES})
    lab.says("y", "value 64.5")


NAMES = ["net.W", 'params["W1"]', "hs[-1]"]


def first_field(lab: Lab, name: str) -> Locator:
    return lab.page.locator(f"#values [data-leaf='{name}'] .field").first


def values_change(lab: Lab, told: dict[str, tuple[str, str]]) -> None:
    """Sets the first number of each, and waits for what is told of which node."""
    for name, (node, words) in told.items():
        field = first_field(lab, name)
        expect(field).to_have_accessible_name(f"{name}₀")
        field.fill("4")
        field.press("Enter")
        lab.says(node, words)
