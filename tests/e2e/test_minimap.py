"""The map of a graph that is larger than its window, and moving the picture by keys."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.e2e.browser import Lab


def the_map(lab: Lab) -> Locator:
    return lab.page.locator("#minimap")


def left(lab: Lab, name: str) -> float:
    """Where a node begins, px from the left; without motion the picture is where it belongs at once."""
    lab.rest()
    box = lab.page.locator(f'.node[data-id="{name}"] .body').bounding_box()
    assert box is not None
    return box["x"]


def test_the_picture_is_moved_by_keys_by_its_map_and_by_the_focus(lab: Lab) -> None:
    shift_and_arrows_move_the_picture_and_not_time(lab)

    # The map is there when the graph is larger than its window: ten sigmoids are.
    expect(the_map(lab)).to_be_hidden()
    lab.example("Ten sigmoids")
    lab.press("1", "+", "+", "+")
    expect(the_map(lab)).to_be_visible()
    a_click_on_the_map_goes_there(lab)
    lab.press("f")
    expect(the_map(lab)).to_be_hidden()
    lab.press("m")
    expect(the_map(lab)).to_be_visible()
    lab.press("m")
    expect(the_map(lab)).to_be_hidden()

    the_picture_follows_the_focus_out_of_its_window(lab)


def shift_and_arrows_move_the_picture_and_not_time(lab: Lab) -> None:
    before = left(lab, "y")
    lab.press("Shift+ArrowRight")
    assert left(lab, "y") < before - 60
    lab.press("Shift+ArrowLeft")
    assert abs(left(lab, "y") - before) < 2
    lab.at_step(0)
    lab.node("y").focus()
    lab.press("Shift+ArrowRight")
    expect(lab.page.locator('.node[data-id="y"]')).to_be_focused()
    assert left(lab, "y") < before - 60


def a_click_on_the_map_goes_there(lab: Lab) -> None:
    lab.rest()
    box = the_map(lab).bounding_box()
    assert box is not None
    mouse, y = lab.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + 8, y)
    mouse.down()
    at_start = left(lab, "x")
    mouse.move(box["x"] + box["width"] - 8, y, steps=4)
    mouse.up()
    assert left(lab, "x") < at_start - 300
    expect(the_map(lab)).to_be_visible()


def the_picture_follows_the_focus_out_of_its_window(lab: Lab) -> None:
    lab.press("1", "+", "+", "+", "+")
    lab.page.locator('.node[data-id="h10"]').focus()
    lab.rest()
    stage = lab.page.locator("#stage").bounding_box()
    assert stage is not None
    for name in (*(f"h{i}" for i in range(9, 0, -1)), "x"):
        lab.press("ArrowLeft")
        node = lab.page.locator(f'.node[data-id="{name}"]')
        expect(node).to_be_focused()
        assert stage["x"] <= left(lab, name) <= stage["x"] + stage["width"]
