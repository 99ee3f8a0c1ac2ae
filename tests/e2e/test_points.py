"""Examples that a hand draws, or that come out of a table, are lines of the program."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.browser import PHONE, Lab, tap
from tests.e2e.conftest import OpenLab

TABLE = "width;kind\n0,5;1,25\n2;3\n"


def drawing(lab: Lab) -> Lab:
    """The Network tab, with points to draw."""
    lab.page.get_by_role("tab", name="Network").click()
    lab.page.get_by_label("Data", exact=True).select_option("own points")
    return lab.rest()


def place(lab: Lab, x: float, y: float) -> tuple[float, float]:
    """Where a share of the plane's width and height is in the window."""
    box = lab.page.locator(".points-plane").bounding_box()
    assert box is not None
    return box["x"] + box["width"] * x, box["y"] + box["height"] * y


def held(lab: Lab, said: str) -> None:
    expect(lab.page.locator(".points-told")).to_contain_text(said)


def text(lab: Lab) -> str:
    return "\n".join(lab.page.locator(".cm-line").all_text_contents())


def test_what_is_drawn_is_learned_and_the_text_follows_the_hand(open_lab: OpenLab) -> None:
    lab = drawing(open_lab())
    build = lab.page.get_by_role("button", name="Build the network")
    expect(build).to_be_disabled()
    lab.page.mouse.click(*place(lab, 0.4, 0.4))
    lab.page.get_by_role("button", name="0", exact=True).click()
    lab.page.mouse.click(*place(lab, 0.8, 0.7))
    held(lab, "2 points, which become lines of the program")
    build.click()
    lab.rest()
    assert "target = np.array([[1.0], [0.0]])" in text(lab)
    lab.page.get_by_role("tab", name="Network").click()
    lab.page.mouse.click(*place(lab, 0.2, 0.2))
    lab.rest()
    assert "target = np.array([[1.0], [0.0], [0.0]])" in text(lab)
    before = text(lab)
    # One drag is one edit, and so is an erased point.
    lab.page.mouse.move(*place(lab, 0.2, 0.2))
    lab.page.mouse.down()
    lab.page.mouse.move(*place(lab, 0.3, 0.3))
    lab.page.mouse.move(*place(lab, 0.6, 0.5))
    lab.page.mouse.up()
    lab.rest()
    dragged = text(lab)
    assert dragged != before
    lab.page.get_by_role("button", name="Erase").click()
    lab.page.mouse.click(*place(lab, 0.6, 0.5))
    held(lab, "2 points: the lines x and target of the program follow")
    lab.rest()
    lab.press("ControlOrMeta+z")
    held(lab, "3 points")
    assert text(lab) == dragged
    lab.press("ControlOrMeta+z")
    lab.rest()
    assert text(lab) == before


def test_a_keyboard_and_a_finger_draw_too(open_lab: OpenLab) -> None:
    lab = drawing(open_lab())
    plane = lab.page.locator(".points-plane")
    lab.page.get_by_role("button", name="Erase").focus()
    lab.press("Tab", "Shift+ArrowRight", "ArrowUp", "Enter")
    live = lab.page.locator("#panel-network [role=status]").first
    expect(live).to_have_text("Point 1 of 1, class 1, at 0.24, 0.05")
    lab.press("PageDown", "ArrowLeft")
    expect(live).to_have_text("Point 1 of 1, class 1, at 0.19, 0.05")
    lab.press("Delete")
    expect(live).to_have_text("Erased. 0 are left.")
    lab.press("ControlOrMeta+z", "ControlOrMeta+z")
    expect(plane.locator(".point")).to_have_count(1)
    phone = open_lab(PHONE, has_touch=True)
    tap(phone.page.get_by_role("button", name="Edit"))
    drawing(phone)
    phone.page.locator(".points-plane").scroll_into_view_if_needed()
    phone.page.touchscreen.tap(*place(phone, 0.5, 0.5))
    held(phone, "1 point, which")


def test_a_table_is_shown_before_it_is_taken(open_lab: OpenLab) -> None:
    lab = drawing(open_lab())
    lab.page.get_by_role("button", name="Paste or open a table").click()
    lab.page.get_by_label("Comma-separated values").fill(TABLE + "x;4")
    lab.page.get_by_label("What width is").select_option("input")
    expect(lab.page.locator("#panel-network [role=alert]")).to_have_text("Line 4, column 1: “x” is no number.")
    lab.page.get_by_label("Comma-separated values").fill(TABLE)
    lab.page.get_by_role("button", name="Take these 2 examples").click()
    lab.page.get_by_label("Layer normalisation").check()
    lab.page.get_by_role("button", name="Build the network").click()
    lab.rest()
    assert "# x: width\nx = np.array([[0.5], [2.0]])\ntarget = np.array([[1.25], [3.0]])" in text(lab)
    assert "layernorm(z1, gamma1, beta1)" in text(lab)
    expect(lab.page.locator(".train-surface")).to_be_visible()
