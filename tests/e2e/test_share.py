"""A link holds the whole state: it opens to exactly the same picture, and a broken one says what is wrong with it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import DESKTOP, PHONE, Lab, takes_orders
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings, findings_in_both_themes


def link(lab: Lab) -> str:
    """The link that the dialog offers, from its #."""
    lab.press("s")
    field = lab.page.get_by_role("textbox", name="Link", exact=True)
    expect(field).to_have_value(re.compile(re.escape(lab.address) + "/lab#.+"))
    lab.rest()
    found = field.input_value()
    lab.press("Escape")
    expect(lab.page.get_by_role("dialog")).to_have_count(0)
    return found[found.index("#") :]


def follow(lab: Lab, fragment: str) -> None:
    """Puts another link into the page that is open."""
    takes_orders(lab.page)
    lab.page.evaluate("(fragment) => { location.hash = fragment; }", fragment)


def picture(lab: Lab) -> dict[str, object]:
    """All that a reader sees of the state, once its gradients are checked and nothing more is to come."""
    expect(lab.page.locator("#stage-bar .tally")).to_be_visible()
    lab.rest()
    lab.rest()
    return {
        "title": lab.page.get_by_role("heading", level=1).inner_text(),
        "program": lab.page.locator("#editor .cm-content").inner_text(),
        "sentence": lab.page.locator("#sentence").inner_text(),
        "moment": lab.page.locator("#lanes .head").evaluate("(head) => parseFloat(head.style.transform.slice(11))"),
        "nodes": {
            node.get_attribute("data-id"): node.get_attribute("aria-label")
            for node in lab.page.locator("#stage .node").all()
        },
        "chosen": lab.page.locator('#stage .node[aria-current="true"]').get_attribute("data-id"),
        "inspector": lab.page.locator("#right").inner_text(),
        "values": [field.input_value() for field in lab.page.locator("#values .field").all()],
        "hint": lab.page.locator("#values").inner_text(),
        "speed": lab.page.get_by_label("Speed").input_value(),
        "zoom": lab.page.locator("#stage-bar .zoom").inner_text(),
        "y": {
            key: round(value, 0) for key, value in (lab.page.locator('.node[data-id="y"]').bounding_box() or {}).items()
        },
    }


@pytest.mark.motion
def test_a_link_opens_to_exactly_the_same_picture(open_lab: OpenLab) -> None:
    lab = open_lab()
    lab.write("z1 = W1 @ x + b1\na1 = tanh(z1)\nk = 2.0\ny = W2 @ a1 * k + b2")
    lab.settle()
    for name, value in (("b1", "1.25"), ("k", "3")):
        field = lab.page.get_by_label(name, exact=True)
        field.fill(value)
        field.press("Enter")
    lab.page.locator('.node[data-id="z1"]').click()
    lab.page.get_by_label("Speed").select_option("0.5")
    lab.to(9.4)
    lab.press("+", "+")
    lab.rest()
    stage = lab.page.locator("#stage").bounding_box()
    assert stage is not None
    lab.page.mouse.move(stage["x"] + 30, stage["y"] + 300)
    lab.page.mouse.down()
    lab.page.mouse.move(stage["x"] + 130, stage["y"] + 260, steps=4)
    lab.page.mouse.up()
    fragment = link(lab)
    before = picture(lab)
    assert before["chosen"] == "z1"
    assert before["zoom"] != "100 %"
    assert len(fragment) < 500
    again = open_lab(fragment=fragment)
    expect(again.page.locator("#note")).to_be_empty()
    moment = pytest.approx(before["moment"], abs=0.02)
    assert picture(again) == {**before, "title": "From a link", "moment": moment}
    scalar_detail_goes_along(lab, again)
    open_functions_table_and_loop_go_along(lab, again)


def scalar_detail_goes_along(lab: Lab, again: Lab) -> None:
    """Into a page that shows tensors."""
    nodes, there = lab.page.locator("#stage .node"), again.page.locator("#stage .node")
    before = nodes.count()
    expect(there).to_have_count(before)
    lab.press("d")
    expect(nodes).not_to_have_count(before)
    lab.settle()
    follow(again, link(lab))
    expect(there).not_to_have_count(before)
    expect(there).to_have_count(nodes.count())
    lab.press("d")
    expect(nodes).to_have_count(before)


def open_functions_table_and_loop_go_along(lab: Lab, again: Lab) -> None:
    """Into a page that shows something else."""
    lab.example("Softmax and cross-entropy")
    nodes = lab.page.locator("#stage .surface .node")  # a table has cells of that name
    lab.rest()
    before = nodes.count()
    lab.press("e")
    expect(nodes).not_to_have_count(before)
    lab.rest()
    after = nodes.count()
    lab.press("r", "v")
    expect(lab.page.locator("#table table")).to_be_visible()
    expect(again.page.get_by_role("button", name="Loop")).to_have_attribute("aria-pressed", "false")
    follow(again, link(lab))
    expect(again.page.get_by_role("heading", level=1)).to_have_text("Softmax and cross-entropy")
    expect(again.page.get_by_role("button", name="Loop")).to_have_attribute("aria-pressed", "true")
    expect(again.page.locator("#table table")).to_be_visible()
    again.press("v")
    expect(again.page.locator("#stage .surface .node")).to_have_count(after)


def test_what_a_link_carries_can_be_chosen_and_one_click_copies_it(open_lab: OpenLab) -> None:
    lab = open_lab(color_scheme="light", permissions=["clipboard-read", "clipboard-write"])
    lab.press("t")
    lab.to(9)
    lab.page.get_by_role("button", name="Share").click()
    dialog = lab.page.get_by_role("dialog", name="Share")
    field = dialog.get_by_role("textbox", name="Link", exact=True)
    expect(field).to_have_value(re.compile("#.+"))
    lab.rest()
    whole = field.input_value()
    one_click_copies_and_says_so(lab)
    dialog.get_by_label("this moment").uncheck()
    expect(field).not_to_have_value(whole)
    lab.rest()
    without = field.input_value()
    dialog.get_by_label("the theme").check()
    expect(field).not_to_have_value(without)
    lab.rest()
    themed = field.input_value()
    dialog.get_by_label("Inspector").check()
    expect(field).not_to_have_value(themed)
    lab.rest()
    fragment = field.input_value().partition("#")[2]
    again = open_lab(fragment=f"#{fragment}", color_scheme="light")
    again.at_step(0)
    expect(again.page.locator("html[data-theme=dark]")).to_be_attached()
    expect(again.page.locator("#right")).to_be_hidden()
    expect(again.page.locator("#left")).to_be_visible()
    again.page.goto("about:blank")
    again.open()
    expect(again.page.locator("html[data-theme=dark]")).to_have_count(0)


def one_click_copies_and_says_so(lab: Lab) -> None:
    """In the dialog, of the link and of the snippet for a page of one's own."""
    dialog = lab.page.get_by_role("dialog", name="Share")
    dialog.get_by_role("button", name="Copy: Link").click()
    expect(dialog.get_by_role("status").first).to_have_text("Copied.")
    lab.rest()
    assert (
        lab.page.evaluate("navigator.clipboard.readText()")
        == dialog.get_by_role("textbox", name="Link", exact=True).input_value()
    )
    dialog.get_by_role("button", name="Copy: Snippet").click()
    expect(dialog.get_by_role("status").last).to_have_text("Copied.")
    assert lab.page.evaluate("navigator.clipboard.readText()").startswith(f'<iframe src="{lab.address}/embed#')


def test_the_dialog_shows_its_code_large_and_axe_finds_nothing_in_it(open_lab: OpenLab) -> None:
    lab = open_lab(color_scheme="dark")
    code = lab.page.get_by_role("img", name="QR code of the link")
    back = lab.page.get_by_role("button", name="Back", exact=True)
    for width, height in (DESKTOP, PHONE):
        lab.page.set_viewport_size({"width": width, "height": height})
        lab.settle()
        lab.press("s")
        expect(code).to_be_visible()
        lab.rest()
        small = code.bounding_box()
        assert lab.page.evaluate("[innerWidth, document.documentElement.scrollWidth <= innerWidth]") == [width, True]
        wrong = {"small": findings_in_both_themes(lab)}
        lab.page.get_by_role("button", name="Show large").click()
        expect(back).to_be_visible()
        wrong["large"] = findings_in_both_themes(lab)
        assert wrong == {"small": {}, "large": {}}, f"{width} px wide"
        large = code.bounding_box()
        assert small is not None
        assert large is not None
        # The phone has no room for more.
        assert large["width"] > (2 if (width, height) == DESKTOP else 1) * small["width"]
        back.click()
        lab.press("Escape")
        expect(lab.page.get_by_role("dialog")).to_have_count(0)
    lab.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    a_long_link_says_why_it_has_no_code(lab)


def a_long_link_says_why_it_has_no_code(lab: Lab) -> None:
    """Nothing repeats in it that a compression could use."""
    lab.write("\n".join(f"c{i} = {i * 7919 % 10007}.{i * 104729 % 99991}" for i in range(150)) + "\ny = c1 * c2")
    lab.settle()
    lab.press("s")
    expect(lab.page.get_by_role("note").filter(has_text="No QR code")).to_contain_text("characters")
    expect(lab.page.get_by_role("img", name="QR code of the link")).to_have_count(0)


def test_a_link_that_is_not_whole_says_so_and_the_rest_is_open(open_lab: OpenLab) -> None:
    # A broken field is told, and the rest is open; a moment beyond the end is the end.
    lab = open_lab(fragment='#program=y+%3D+k+*+3&values={"k":7}&speed=soon&t=99')
    expect(lab.page.get_by_role("status").filter(has_text="cannot be read (speed)")).to_be_visible()
    lab.at_step(lab.steps())
    expect(lab.page.get_by_role("button", name="One step forward")).to_be_disabled()
    lab.says("y", "value 21")
    # A link put into the open page is followed.
    lab.example("A mini neural network")
    lab.to(7)
    lab.at_step(7)
    follow(lab, "#program=y+%3D+k+*+3&values=%7B%22k%22%3A7%7D&t=3")
    lab.at_step(3)
    lab.settle()
    lab.says("y", "value 21")
    follow(lab, "#t=1")
    lab.at_step(1)
    lab.says("y", "value 21")
    a_cut_link_says_so_and_opens_what_came_through(lab)


def a_cut_link_says_so_and_opens_what_came_through(lab: Lab) -> None:
    """Put into the page after another program has been there."""
    lab.write(
        "\n".join(["w = 2.0", *[f"h{i} = sin(w * {i + 1}.37) + cos({i * 17 % 11})" for i in range(12)], "y = w * h3"])
    )
    lab.settle()
    fragment = link(lab)
    lab.example("x · (x + y)")
    program = lab.page.locator("#editor .cm-content")
    expect(program).not_to_contain_text("h0")
    note = lab.page.get_by_role("status").filter(has_text="cut short")
    expect(note).to_have_count(0)
    follow(lab, fragment[: int(len(fragment) * 0.8)])
    expect(note).to_be_visible()
    expect(program).to_contain_text("h0 = sin(w * 1.37)")
    assert findings(lab) == []
    lab.page.get_by_role("button", name="Dismiss").click()
    expect(note).to_have_count(0)


PARTS = {
    "header": "#header",
    "editor": "#editor",
    "values": "#values",
    "inspector": "#right",
    "legend": "#legend",
    "bar": "#stage-bar",
    "transport": "#transport",
    "timeline": "#lanes",
    "sentence": "#sentence",
}


def test_a_teacher_may_leave_parts_out(open_lab: OpenLab) -> None:
    # Without its sides the stage has the window.
    lab = open_lab(fragment="#hide=header,editor,values,inspector&t=2")
    lab.rest()
    box = lab.page.locator("#stage").bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"]) == (0, 0, DESKTOP[0])
    for part, selector in PARTS.items():
        follow(lab, f"#hide={part}&t=2")
        expect(lab.page.locator(selector)).to_be_hidden()
        for other in set(PARTS.values()) - {selector}:
            expect(lab.page.locator(other)).to_be_visible()
