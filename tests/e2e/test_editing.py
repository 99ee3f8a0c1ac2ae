"""Changing program and values: the picture follows at once, and never shows what is not true."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e.browser import Lab, insert, takes_orders

# The constructs of the lesson notebook: functions, one of them passed as an argument, names assigned again, leaves
# from np.array, a backward pass by hand, and print.
CELLS = """import numpy as np

def f(x):
    return x**2 + 3*x + 2

def df_dx(x):
    return 2*x + 3

def numerical_derivative(f, x, eps=1e-5):
    return (f(x + eps) - f(x - eps)) / (2 * eps)

x = 5.0
print('Analytical:', df_dx(x))

def relu(x):
    return np.maximum(0, x)

def relu_derivative(x):
    return (x > 0).astype(float)

x = np.array([[1.0], [2.0]])      # input (2x1)
W1 = np.array([[1.0, -1.0]])      # weights (1x2)
b1 = np.array([[0.5]])            # bias (1x1)

z1 = np.dot(W1, x) + b1           # (1x1)
a1 = relu(z1)

W2 = np.array([[2.0]])
b2 = np.array([[1.0]])
y = np.dot(W2, a1) + b2

dy = 1                            # by hand
dW2 = dy * a1
da1 = dy * W2
dz1 = da1 * relu_derivative(z1)
dW1 = np.dot(dz1, x.T)
db1 = dz1 + 1
print('dW1:', dW1)
"""


def places(lab: Lab) -> list[str]:
    """Where the nodes stand, once nothing is on its way any more."""
    lab.rest()
    return lab.page.evaluate("[...document.querySelectorAll('#stage .node')].map((node) => node.style.transform)")


def set_field(lab: Lab, name: str, value: str) -> Locator:
    """Types a value into its field and says so."""
    field = lab.page.get_by_label(name, exact=True)
    field.fill(value)
    field.press("Enter")
    return field


def test_a_changed_value_is_shown_at_once(lab: Lab) -> None:
    dragging_asks_for_numbers_and_one_sentence(lab)
    set_field(lab, "b1", "0.5")
    lab.says("b1", "value 0.5,")
    changed_while_paused_it_updates_that_very_moment(lab)
    set_field(lab, "b1", "0.5")
    lab.says("b1", "value 0.5,")
    raising_b1_lights_w1_and_moves_nothing(lab)
    a_literal_can_be_overridden_and_reset(lab)

    # What is not finite looks like nothing else.
    lab.write("x = 0.0\ny = log(x) * 2")
    lab.settle()
    lab.press("End")
    expect(lab.page.locator('.node.look-nonfinite[data-id="x"]')).to_be_visible()
    expect(lab.page.locator("#legend")).to_contain_text("not finite")


def dragging_asks_for_numbers_and_one_sentence(lab: Lab) -> None:
    bodies: list[dict[str, Any]] = []
    lab.rest()
    lab.page.on("request", lambda request: bodies.append(json.loads(request.post_data or "{}")))
    slider = lab.page.get_by_label("b1, slider")
    slider.focus()
    # As fast as a hand drags: no answer is waited for.
    for key in (*["ArrowRight"] * 10, "End"):
        lab.page.keyboard.press(key)
    expect(lab.page.get_by_label("b1", exact=True)).to_have_value("3")
    lab.says("b1", "value 3,")
    lab.rest()
    asked = [body for body in bodies if "include" in body]
    assert asked
    moving = [body for body in asked if body["include"] == ["numbers", "sentences"]]
    assert moving
    assert all(len(body["moments"]) == 1 for body in moving), "only the moment that is shown"
    # Once the slider rests, the other moments are told again.
    assert all(body["include"] == ["sentences"] for body in asked if body not in moving)


def changed_while_paused_it_updates_that_very_moment(lab: Lab) -> None:
    lab.to(9)
    expect(lab.page.locator("#sentence")).to_contain_text("2 × 0 = 0")
    set_field(lab, "b1", "2")
    expect(lab.page.locator("#sentence")).to_contain_text("2 × 1 = 2")
    lab.at_step(9)


def raising_b1_lights_w1_and_moves_nothing(lab: Lab) -> None:
    lab.leave()
    lab.press("End")
    lab.at_step(11)
    before = places(lab)
    lit = lab.page.locator('.node[data-id="W1"].look-lit')
    expect(lit).to_have_count(0)
    slider = lab.page.get_by_label("b1, slider")
    box = slider.bounding_box()
    assert box is not None
    mouse = lab.page.mouse
    mouse.move(box["x"] + box["width"] * (0.5 + 3) / 6, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2, steps=20)
    mouse.up()
    expect(lit).to_be_visible()
    lab.says("W1", "gradient [2  4]")
    assert places(lab) == before


def a_literal_can_be_overridden_and_reset(lab: Lab) -> None:
    lab.write("x = 2.0\ny = x * 3")
    lab.settle()
    lab.press("Home")
    lab.at_step(0)
    expect(lab.page.get_by_label("x", exact=True)).to_have_value("2")
    field = set_field(lab, "x", "5")
    # In the field, End is its own.
    lab.press("End")
    lab.at_step(0)
    lab.leave()
    lab.press("End")
    expect(lab.page.locator("#sentence")).to_contain_text("Backward")
    lab.says("y", "value 15")
    lab.page.get_by_role("button", name="Reset x").click()
    expect(field).to_have_value("2")
    expect(lab.page.get_by_role("button", name="Reset x")).to_have_count(0)


def test_what_is_wrong_is_told_at_its_place_and_what_is_missing_is_offered(lab: Lab) -> None:
    problem = lab.page.locator("#problem")

    # An error stands at its place, while the last good graph stays.
    lab.write("z1 = W1 @ x + b1\na1 = rellu(z1)\ny = W2 @ a1 + b2")
    expect(problem).to_contain_text("line 2, column 6")
    expect(lab.page.locator(".cm-lintRange-error")).to_have_text("rellu")
    expect(lab.page.locator("#stage[data-current=false] .node")).to_have_count(10)
    expect(lab.page.locator("#stage-bar")).to_contain_text("last good graph")
    # The place of an error is a way there.
    problem.get_by_role("button", name="line 2, column 6").click()
    expect(lab.page.locator("#editor .cm-content")).to_be_focused()
    lab.write("z1 = W1 @ x + b1\na1 = tanh(z1)\ny = W2 @ a1 + b2")
    lab.settle()
    expect(problem).to_be_hidden()
    expect(lab.page.locator(".cm-lintRange-error")).to_have_count(0)

    # A missing value is offered.
    lab.write("y = k * 3")
    lab.page.get_by_role("button", name="Give it a value: k").click()
    lab.settle()
    expect(lab.page.get_by_label("k", exact=True)).to_be_visible()

    # Missing values are offered in shapes that run.
    lab.write("y = u @ V")
    lab.page.get_by_role("button", name="Give them values: u").click()
    lab.settle()
    expect(problem).to_be_hidden()
    expect(lab.page.locator('.node[data-id="V"]')).to_be_visible()

    # Where no value would do, the reason is told and no button leads nowhere.
    lab.write("A = np.ones((2, 3))\ny = A @ A + w")
    expect(problem).to_contain_text("@ cannot multiply 2×3 by 2×3")
    expect(problem.get_by_role("button", name="Give")).to_have_count(0)


def test_the_notebooks_cells_run_and_their_gradients_are_graded(lab: Lab) -> None:
    lab.write(CELLS)
    lab.settle()
    # A function is a box in the graph.
    expect(lab.page.locator(".box-title text")).to_have_text(["relu"])
    # The line of the step scrolls into sight of whoever watches.
    lab.press("End")
    lit = lab.page.locator(".cm-line.step-line.backward")
    expect(lit).to_contain_text("np.dot(W1, x)")
    expect(lit).to_be_in_viewport(ratio=0.5)  # long lines reach beyond the editor
    lab.says("z1", "gradient 0")
    lab.page.get_by_role("tab", name="Output").click()
    panel = lab.page.locator("#panel-output")
    expect(panel).to_contain_text("Analytical: 13.0")
    expect(panel).to_contain_text("dW1: [[0. 0.]]")
    expect(panel.locator(".agrees", has_text="dW1")).to_contain_text("✓ agrees")
    expect(panel.locator(".differs", has_text="db1")).to_contain_text("✗ differs")
    # What a program prints is text and never markup.
    lab.write("x = 2.0\ny = x * 3\nprint('<img src=x onerror=alert(1)>', y)")
    lab.settle()
    expect(panel.locator("pre")).to_have_text("<img src=x onerror=alert(1)> 6.0")


def test_a_network_that_is_built_plays_to_its_end(lab: Lab) -> None:
    # A network becomes a program.
    lab.page.get_by_role("tab", name="Network").click()
    lab.page.get_by_label("Inputs", exact=True).fill("3")
    lab.page.get_by_label("Activation of layer 1").select_option("relu")
    lab.page.get_by_label("Loss", exact=True).select_option("none")
    lab.page.get_by_role("button", name="Build the network").click()
    # The program before has a relu, too: what is waited for is the new one's name.
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("Network 3–3–1")
    expect(lab.page.locator("#editor .cm-content")).to_contain_text("relu(")
    lab.settle()
    lab.leave()
    lab.press("End")
    expect(lab.page.locator("#stage .node.look-lit").first).to_be_visible()


def typed(lab: Lab) -> None:
    lab.type("y = 3*(x)")


def inserted(lab: Lab) -> None:
    insert(lab.page, "y = 3*(x)")


def composed(lab: Lab) -> None:
    """As an input method writes: it shows what it is about to write, then writes it."""
    session = lab.page.context.new_cdp_session(lab.page)
    takes_orders(lab.page)
    session.send("Input.imeSetComposition", {"text": "y", "selectionStart": 1, "selectionEnd": 1})
    inserted(lab)


# What begins with something that has a look of its own: a bracket and its partner, a number, a comment, a keyword.
STYLED = ["(x + 1)", "2 * x", "# note\ny = x", "for i in range(3):\n    y = x"]


# Each way of writing, by what it is called.
WAYS: list[Callable[[Lab], None]] = [typed, inserted, composed]


def test_writing_over_what_has_a_look_leaves_no_style_behind(lab: Lab) -> None:
    """The policy allows none, and the browser would report it; whoever writes gets what was written, and undoes it."""
    # Both fields are made the same way: every look is written over in the first, one of them in the second.
    for name, looks in (("Program", STYLED), ("Your backward pass", STYLED[:1])):
        if name != "Program":
            lab.page.get_by_role("tab", name="Backward").click()
        editor = lab.page.get_by_role("textbox", name=name, exact=True)
        for way in WAYS:
            for text in looks:
                case = f"{name}, {way.__name__} over {text!r}"
                editor.click()
                lab.press("ControlOrMeta+a")
                insert(lab.page, text)
                lab.press("ControlOrMeta+Home", "ControlOrMeta+a")
                way(lab)
                expect(editor, case).to_have_text("y = 3*(x)")
            lab.press("ControlOrMeta+a", "(")
            expect(editor, f"{name}, {way.__name__}").to_have_text("(y = 3*(x))")
            lab.press("ControlOrMeta+z")
            expect(editor, f"{name}, {way.__name__}").to_have_text("y = 3*(x)")
