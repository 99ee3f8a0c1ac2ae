"""One history for everything that can be edited, and edits that are still there after a reload."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Locator, Route, expect

from tests.e2e.browser import Lab

MINI = "z1 = W1 @ x + b1a1 = relu(z1)y = W2 @ a1 + b2"


def editor(lab: Lab) -> Locator:
    return lab.page.locator("#editor .cm-content")


def set_b1(lab: Lab, value: str) -> Locator:
    field = lab.page.get_by_label("b1", exact=True)
    field.fill(value)
    field.press("Enter")
    return field


def drag(lab: Lab, to: float) -> None:
    lab.rest()
    box = lab.page.get_by_label("b1, slider").bounding_box()
    assert box is not None
    mouse = lab.page.mouse
    mouse.move(box["x"] + box["width"] * (0.5 + 3) / 6, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] * to, box["y"] + box["height"] / 2, steps=12)
    mouse.up()


def test_there_is_one_history_for_everything(lab: Lab) -> None:
    a_drag_is_one_step(lab)
    undo = lab.page.get_by_role("button", name="Undo")
    undo.click()
    expect(undo).to_be_disabled()
    text_values_examples_and_networks_share_one_history(lab)
    for _ in range(4):
        undo.click()
    expect(undo).to_be_disabled()
    lab.page.get_by_role("tab", name="Program").click()
    the_editor_has_no_history_of_its_own(lab)
    a_literal_that_was_set_comes_back_with_its_line(lab)


def a_drag_is_one_step(lab: Lab) -> None:
    field = lab.page.get_by_label("b1", exact=True)
    expect(lab.page.get_by_role("button", name="Undo")).to_be_disabled()
    drag(lab, 0.9)
    expect(field).to_have_value(re.compile(r"^2\.[1-9]"))
    lab.rest()
    dragged = field.input_value()
    lab.press("ControlOrMeta+z")
    expect(field).to_have_value("0.5")
    expect(lab.page.get_by_role("button", name="Undo")).to_be_disabled()
    lab.press("ControlOrMeta+Shift+z")
    expect(field).to_have_value(dragged)
    lab.press("ControlOrMeta+z", "ControlOrMeta+y")
    expect(field).to_have_value(dragged)


def text_values_examples_and_networks_share_one_history(lab: Lab) -> None:
    set_b1(lab, "2")
    lab.write("z1 = W1 @ x + b1\na1 = tanh(z1)\ny = W2 @ a1 + b2")
    lab.settle()
    lab.example("The chain rule")
    lab.page.get_by_role("tab", name="Network").click()
    lab.page.get_by_role("button", name="Build the network").click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("Network 2–3–1")
    undo = lab.page.get_by_role("button", name="Undo")
    undo.click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("The chain rule")
    undo.click()
    expect(editor(lab)).to_contain_text("tanh(z1)")
    expect(lab.page.get_by_label("b1", exact=True)).to_have_value("2")
    undo.click()
    expect(editor(lab)).to_have_text(MINI)
    undo.click()
    expect(lab.page.get_by_label("b1", exact=True)).to_have_value("0.5")
    expect(undo).to_be_disabled()
    redo = lab.page.get_by_role("button", name="Redo")
    for _ in range(4):
        redo.click()
    expect(redo).to_be_disabled()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("Network 2–3–1")
    lab.settle()


def the_editor_has_no_history_of_its_own(lab: Lab) -> None:
    set_b1(lab, "2")
    editor(lab).click()
    expect(editor(lab)).to_be_focused()
    lab.press("ControlOrMeta+End")
    lab.type(" + b1")
    expect(editor(lab)).to_have_text(f"{MINI} + b1")
    lab.press("ControlOrMeta+z")
    expect(editor(lab)).to_have_text(MINI)
    expect(editor(lab)).to_be_focused()
    lab.press("ControlOrMeta+z")
    expect(lab.page.get_by_label("b1", exact=True)).to_have_value("0.5")
    lab.press("ControlOrMeta+y", "ControlOrMeta+y")
    expect(editor(lab)).to_have_text(f"{MINI} + b1")
    # The cursor stands where something came back.
    lab.type("2")
    expect(editor(lab)).to_have_text(f"{MINI} + b12")


def a_literal_that_was_set_comes_back_with_its_line(lab: Lab) -> None:
    lab.write("x = 2.0\ny = x * 3")
    lab.settle()
    field = lab.page.get_by_label("x", exact=True)
    field.fill("5")
    field.press("Enter")
    expect(lab.page.get_by_role("button", name="Reset x")).to_be_visible()
    lab.page.get_by_role("button", name="Reset x").click()
    expect(field).to_have_value("2")
    lab.press("ControlOrMeta+z")
    expect(field).to_have_value("5")
    lab.write("x = 7.0\ny = x * 3")
    expect(field).to_have_value("7")
    lab.press("ControlOrMeta+z")
    expect(field).to_have_value("5")
    expect(editor(lab)).to_have_text("x = 2.0y = x * 3")


def test_a_field_keeps_what_is_not_yet_said_to_itself(lab: Lab) -> None:
    an_answer_leaves_what_is_being_typed(lab)
    field = set_b1(lab, "1")
    lab.says("b1", "value 1,")
    field.press("End")
    lab.type("5")
    expect(field).to_have_value("15")
    lab.press("ControlOrMeta+z")
    expect(field).not_to_have_value("15")
    lab.rest()
    lab.says("b1", "value 1,")


def an_answer_leaves_what_is_being_typed(lab: Lab) -> None:
    held: list[Route] = []
    lab.page.route("**/api/v1/trace", lambda route: held.append(route))
    field = lab.page.get_by_label("b1", exact=True)
    field.fill("2")
    with lab.page.expect_request("**/api/v1/trace"):
        field.press("Enter")
    field.press("End")
    lab.page.keyboard.type("5")
    assert held
    lab.page.unroute("**/api/v1/trace")  # whose handler has not answered goes on
    lab.says("b1", "value 2,")
    lab.rest()
    expect(field).to_have_value("25")


def test_edits_survive_a_reload_and_can_be_left_behind(lab: Lab) -> None:
    lab.write("x = 2.0\nk = q * 3\ny = x * k")
    lab.page.get_by_role("button", name="Give it a value: q").click()
    lab.settle()
    field = lab.page.get_by_label("x", exact=True)
    field.fill("5")
    field.press("Enter")
    lab.page.reload()
    lab.settle()
    expect(editor(lab)).to_have_text("x = 2.0k = q * 3y = x * k")
    expect(field).to_have_value("5")
    lab.page.get_by_role("link", name="start over").click()
    lab.settle()
    expect(editor(lab)).to_have_text(MINI)
    lab.press("ControlOrMeta+z")
    expect(editor(lab)).to_have_text("x = 2.0k = q * 3y = x * k")
    lab.press("ControlOrMeta+y")
    lab.page.reload()
    lab.settle()
    expect(editor(lab)).to_have_text(MINI)

    # Broken storage is ignored; tests/js/history.test.js has all the ways of being broken.
    lab.rest()
    kept = json.dumps({"version": 9, "program": "y = 1"})
    lab.page.evaluate("(text) => localStorage.setItem('backlit-edits', text)", kept)
    lab.page.reload()
    lab.settle()
    expect(editor(lab)).to_have_text(MINI)


def test_a_link_wins_over_what_was_kept_until_it_is_edited(lab: Lab) -> None:
    set_b1(lab, "2")
    lab.page.goto("about:blank")
    lab.open("#program=y+%3D+k+*+3&values=%7B%22k%22%3A7%7D&hide=legend")
    expect(editor(lab)).to_have_text("y = k * 3")
    lab.page.reload()
    lab.settle()
    expect(editor(lab)).to_have_text("y = k * 3")
    field = lab.page.get_by_label("k", exact=True)
    field.fill("8")
    field.press("Enter")
    expect(lab.page).to_have_url(f"{lab.address}/lab#hide=legend")
    lab.page.reload()
    lab.settle()
    expect(field).to_have_value("8")
    expect(lab.page.locator("#legend")).to_be_hidden()
