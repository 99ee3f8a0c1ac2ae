"""The tab in which the reader writes the backward pass."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import expect

from tests.e2e.browser import Lab, insert, paste
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings
from tests.e2e.test_share import follow, link

NET = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
AWAKE = '{"x":[[1],[2]],"W1":[[1,-1]],"b1":[[1.5]],"W2":[[2]],"b2":[[1]]}'
OPEN = f"#program={quote(NET)}&values={quote(AWAKE)}&left=backward"


def test_the_notebooks_network_line_by_line_by_keyboard(open_lab: OpenLab) -> None:
    lab = open_lab(fragment=OPEN)
    panel = lab.page.locator("#panel-backward")
    expect(panel).to_contain_text("0 of 7 gradients")
    expect(panel.locator(".own-missing code").first).to_have_text("dy")
    panel.get_by_label("Your backward pass").focus()
    lab.type("dy = 1\ndb2 = dy\ndW2 = dy * a1\nda1 = dy * W2\ndz1 = -da1 * (z1 > 0)")
    expect(panel.locator(".cm-verdicts .right")).to_have_count(5)  # the spacer is one of them
    wrong = panel.locator(".own-lines > .wrong")
    expect(wrong).to_contain_text("The sign is wrong")
    expect(panel).to_contain_text("4 of 7 gradients")
    lab.type("\ndb1 = dz1")
    expect(panel.locator(".own-lines > .follows")).to_contain_text("Follows from your dz1")
    # Nothing that was asked for is given away.
    expect(panel).not_to_contain_text("[[2]]")
    for shown in ("z1 is used once, in relu in a1", "where(z1 > 0, ∂y/∂a1, 0)", "dz1 = np.where(z1 > 0, da1, 0)"):
        expect(wrong).not_to_contain_text(shown)
        wrong.get_by_role("button", name="for dz1").first.press("Enter")
        expect(wrong).to_contain_text(shown)
    expect(wrong.get_by_role("button", name="for dz1")).to_have_count(1)
    wrong.get_by_role("button", name="Show the gradient for dz1").press("Enter")
    expect(wrong.locator(".facts")).to_contain_text("yours")
    assert findings(lab) == []

    editor = panel.get_by_label("Your backward pass")
    editor.focus()
    lab.press("ControlOrMeta+Home", *["ArrowDown"] * 4, *["ArrowRight"] * 6, "Delete")
    expect(panel).to_contain_text("6 of 7 gradients")
    expect(panel.locator(".own-missing code")).to_have_text(["dW1"])
    lab.press("ControlOrMeta+End", "Enter")
    lab.type("dW1 = dz1 @ x")
    expect(panel.locator(".own-lines")).to_contain_text("inner lengths 1 and 2 differ")
    lab.type(".T")
    expect(panel).to_contain_text("All 7 gradients are right")
    expect(panel.locator(".own-lines")).to_have_count(0)
    # A mask that lets everything through here is right by chance.
    lab.press("ControlOrMeta+Home", *["ArrowDown"] * 4, "End", *["Backspace"] * len(" * (z1 > 0)"))
    expect(panel.locator(".chance")).to_contain_text("wrong, for example, where relu in a1 is on its other side")
    lab.type(" * (z1 > 0)")
    expect(panel).to_contain_text("All 7 gradients are right")
    expect(panel.locator(".chance")).to_have_count(0)
    # With other values it is graded anew.
    lab.press("ControlOrMeta+Home", "End")
    lab.type("0")
    expect(panel.locator(".own-lines > .wrong").first).to_contain_text("line 1")
    a_line_that_cannot_be_graded_and_too_many_are_told(lab)


def a_line_that_cannot_be_graded_and_too_many_are_told(lab: Lab) -> None:
    """In place of what is written."""
    panel = lab.page.locator("#panel-backward")
    editor = panel.get_by_label("Your backward pass")
    editor.fill("dy = 1\ndb2 = dy * * 2\ndW2 = q\nda1 = dy * W2")
    expect(panel.locator(".own-lines > .wrong")).to_have_count(2)
    expect(panel).to_contain_text("q is not a value of the program")
    expect(panel).to_contain_text("2 of 7 gradients")
    editor.focus()
    expect(editor).to_be_focused()
    lab.press("ControlOrMeta+a")
    paste(editor, "dy = 1\n" * 501)
    expect(panel.get_by_role("alert")).to_contain_text("at most 500 are graded at once")


def test_it_survives_a_reload_is_undone_and_goes_with_a_link(open_lab: OpenLab) -> None:
    lab = open_lab()
    lab.page.get_by_role("tab", name="Backward").click()
    panel = lab.page.locator("#panel-backward")
    editor = panel.get_by_label("Your backward pass")
    editor.fill("dy = 1")
    expect(panel).to_contain_text("1 of 7 gradients")
    editor.press("End")
    lab.rest()
    insert(lab.page, "\ndb2 = dy")
    expect(panel).to_contain_text("2 of 7 gradients")
    editor.press("ControlOrMeta+z")
    expect(panel).to_contain_text("1 of 7 gradients")
    editor.press("ControlOrMeta+Shift+z")
    lab.page.wait_for_function("(localStorage.getItem('backlit-edits') ?? '').includes('db2')")
    lab.page.reload()
    lab.settle()
    lab.page.get_by_role("tab", name="Backward").click()
    expect(panel).to_contain_text("2 of 7 gradients")
    lab.press("Escape")
    other = open_lab(fragment=link(lab))
    expect(other.page.locator("#panel-backward")).to_contain_text("2 of 7 gradients")
    other.example("The chain rule")
    other.page.get_by_role("tab", name="Backward").click()
    expect(other.page.locator("#panel-backward")).to_contain_text("0 of")


def test_loops_kinks_and_formulas_are_graded(open_lab: OpenLab) -> None:
    program = "y = x\nfor i in range(3):\n    y = y * y"
    lab = open_lab(fragment=f"#program={quote(program)}" + '&values={"x":1.1}&left=backward')
    a_loop_is_graded_turn_by_turn(lab)
    another_side_of_a_kink_and_a_number_of_ones_own(lab)
    a_derivative_as_a_formula(lab)
    a_formula_is_kept_in_links(lab)


def a_loop_is_graded_turn_by_turn(lab: Lab) -> None:
    """And a wrong line says in which turn."""
    panel = lab.page.locator("#panel-backward")
    editor = panel.get_by_label("Your backward pass")
    editor.fill("dy = 1\nfor k in reversed(range(3)):\n    dy = dy * 2 * x ** (2 ** k)\ndx = dy")
    expect(panel).to_contain_text("All 4 gradients are right")
    editor.fill("dy = 1\nfor k in reversed(range(3)):\n    dy = dy * x ** (2 ** k)\ndx = dy")
    expect(panel.locator(".own-lines > .wrong").first).to_contain_text("line 3, k = 2")
    lab.page.mouse.move(2, 2)
    assert findings(lab) == []


def another_side_of_a_kink_and_a_number_of_ones_own(lab: Lab) -> None:
    """Are right, and not a part of the program, from a link."""
    text = "dy = 1\ndx = dy * (x >= 0)\ndt = 0.01"
    program = "t = 3.0\nx = 0.0\ny = relu(x) + t"
    follow(lab, f"#program={quote(program)}&left=backward&backward={quote(text)}")
    panel = lab.page.locator("#panel-backward")
    expect(panel).to_contain_text("dx Right, by another convention at the kink of relu")
    expect(panel).to_contain_text("dt does not depend on the program")
    expect(panel.locator(".own-lines")).to_have_count(0)
    expect(panel.locator(".own-missing code")).to_have_text(["dt"])
    assert findings(lab) == []


def a_derivative_as_a_formula(lab: Lab) -> None:
    """Missing a part, right, for another input, and no formula."""
    follow(lab, "#program=" + quote("f = x**2 + 3*x*w") + '&values={"x":5,"w":1}&left=backward')
    panel = lab.page.locator("#panel-backward")
    field = panel.get_by_label("Derivative of f for x, as a formula")
    field.fill("2*x")
    expect(panel.locator(".formula + [role=status]")).to_contain_text("is missing")
    expect(panel).to_contain_text("the gradient there is")
    field.fill("2*x + 3*w")
    expect(panel).to_contain_text("Equal to the gradient at all 24 points")
    panel.get_by_label("For the input").select_option("w")
    expect(panel).not_to_contain_text("Equal to the gradient")
    panel.get_by_label("Derivative of f for w, as a formula").fill("3 *")
    expect(panel).to_contain_text("invalid syntax")
    assert findings(lab) == []


def a_formula_is_kept_in_links(lab: Lab) -> None:
    """Written there by hand, changed, and come to again after another program."""
    follow(lab, '#program=f+%3D+3+*+x+%2B+w&values={"x":2,"w":1}&left=backward&formula=x,4')
    field = lab.page.get_by_label("Derivative of f for x, as a formula")
    status = lab.page.locator("#panel-backward .formula + [role=status]")
    expect(field).to_have_value("4")
    expect(status).to_contain_text("It is not the gradient")
    field.fill("3")
    expect(status).to_contain_text("Equal to the gradient")
    lab.leave()
    fragment = link(lab)
    follow(lab, '#program=f+%3D+5+*+x&values={"x":2}&left=backward')
    expect(field).to_have_value("")
    follow(lab, fragment)
    expect(field).to_have_value("3")
