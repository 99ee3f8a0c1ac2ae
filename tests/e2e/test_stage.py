"""What the stage shows when the program or the window changes, and how wide the panels beside it are."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.e2e.browser import Lab


def in_view(lab: Lab, node: str) -> bool:
    """Whether a whole node is within the stage."""
    lab.rest()
    stage, box = lab.page.locator("#stage").bounding_box(), lab.node(node).locator(".body").bounding_box()
    assert stage is not None
    assert box is not None
    return all(
        stage[at] <= box[at] and box[at] + box[size] <= stage[at] + stage[size]
        for at, size in (("x", "width"), ("y", "height"))
    )


def zoom(lab: Lab) -> Locator:
    return lab.page.locator("#stage-bar .zoom")


def away(lab: Lab) -> None:
    """Moves the picture far out of its window."""
    lab.press(*["+"] * 3, *["Shift+ArrowDown"] * 12)
    assert not in_view(lab, "y")


def test_another_program_is_fitted_and_an_edit_is_not(lab: Lab) -> None:
    lost = lab.page.get_by_text("The graph is outside this window.")
    away(lab)
    expect(lost).to_be_visible()
    lab.page.get_by_role("button", name="Fit the graph").last.click()
    expect(lost).to_be_hidden()
    assert in_view(lab, "y")

    # An example, and a program that is written over another, fit by themselves.
    away(lab)
    lab.example("The chain rule")
    assert in_view(lab, "f")
    lab.press(*["+"] * 3, *["Shift+ArrowDown"] * 12)
    lab.write("p = 2.0\nq = p * 3\nr = q + p")
    lab.settle()
    assert in_view(lab, "r")

    # A small edit leaves the camera alone, and so does a value.
    lab.press("+")
    lab.rest()
    scale = zoom(lab).inner_text()
    lab.write("p = 2.0\nq = p * 3\nr = q + p * 2")
    lab.settle()
    expect(zoom(lab)).to_have_text(scale)
    # Nor does a value that leads the program another way, to a picture of which nothing was there before.
    lab.write("p = 2.0\nif p > 0:\n    y = p * 2\nelse:\n    u = p * p\n    v = np.sin(u) + u\n    y = v * u * v")
    lab.settle()
    lab.press("+", "+")
    lab.rest()
    scale = zoom(lab).inner_text()
    lab.page.get_by_label("p", exact=True).fill("-1")
    lab.press("Enter")
    expect(lab.node("u")).to_be_attached()
    lab.rest()
    expect(zoom(lab)).to_have_text(scale)
    lab.page.get_by_role("button", name="Undo").click()
    lab.leave()
    lab.write("p = 2.0\nq = p * 3\nr = q + p * 2")
    lab.settle()
    # What the gradients are of is told in the new program as well.
    expect(lab.page.get_by_label("gradient of")).to_have_value("r")


def test_a_panel_is_made_wider_by_pointer_and_keys_and_stays_so(lab: Lab) -> None:
    edge = lab.page.get_by_role("separator", name="Width of the left panel")
    panel = lab.page.locator("#left")

    def width() -> float:
        lab.rest()
        box = panel.bounding_box()
        assert box is not None
        return box["width"]

    usual = width()
    at = edge.bounding_box()
    assert at is not None
    lab.page.mouse.move(at["x"] + 4, at["y"] + 200)
    lab.page.mouse.down()
    lab.page.mouse.move(at["x"] + 104, at["y"] + 200, steps=4)
    lab.page.mouse.up()
    assert width() == usual + 100
    edge.focus()
    lab.press("ArrowRight", "ArrowLeft", "ArrowLeft")
    assert width() == usual + 76
    expect(edge).to_have_attribute("aria-valuenow", str(round(usual + 76)))
    lab.page.reload()
    lab.settle()
    assert width() == usual + 76
    edge.dblclick()
    assert width() == usual
