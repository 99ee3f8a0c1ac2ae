"""A learner's own engine in the page: marks on nodes, the sentence, the way to the line, the keyboard."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import expect

from tests.e2e.browser import Lab
from tests.e2e.conftest import OpenLab
from tests.engine.own_engines import ENGINES

CLOSURES = ENGINES["closures"]
USE = "\na = Num(2.0)\nb = Num(-3.0)\nc = (a * b).tanh()\nc.start()\nprint(a.g)\n"
WRONG = CLOSURES.text.replace("(1 - t ** 2)", "(1 - self.v ** 2)")


def marks(lab: Lab) -> list[str]:
    return sorted([each.get_attribute("data-check") or "" for each in lab.page.locator(".node").all()])


def graded(open_lab: OpenLab, text: str) -> Lab:
    lab = open_lab(fragment=f"#program={quote(text + USE)}").rest()
    lab.press("End")
    lab.page.get_by_role("tab", name="Output").click()
    return lab.rest()


def test_a_right_engine_has_a_tick_on_each_node(open_lab: OpenLab) -> None:
    lab = graded(open_lab, CLOSURES.text)
    expect(lab.page.get_by_text("All 4 gradients are right")).to_be_visible()
    assert set(marks(lab)) == {"own-right"}


def test_a_fault_is_told_with_its_line_and_the_smallest_program(open_lab: OpenLab) -> None:
    lab = graded(open_lab, WRONG)
    panel = lab.page.locator("#panel-output")
    expect(panel.get_by_text("1 of 4 gradients are right")).to_be_visible()
    assert marks(lab) == ["own-follows", "own-follows", "own-right", "own-wrong"]
    expect(panel.get_by_text("Num.tanh")).to_be_visible()
    expect(panel.get_by_role("textbox", name="The smallest program")).to_have_value(
        "a = Num(2.0)\nout = a.tanh()\nout.start()\nprint(a.g)"
    )
    line = 1 + (WRONG + USE).split("\n").index("            self.g += (1 - self.v ** 2) * out.g")
    panel.get_by_role("button", name=f"line {line}").focus()
    lab.page.keyboard.press("Enter")
    lab.page.wait_for_function(
        "(text) => getSelection().anchorNode?.parentElement?.closest('.cm-line')?.textContent.includes(text)",
        arg="self.g += (1 - self.v ** 2) * out.g",
    )
    panel.get_by_role("button", name="b.g").click()
    expect(lab.page.get_by_role("tab", name="Node b.v")).to_be_visible()
