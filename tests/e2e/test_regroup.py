"""The message of a product, taken apart into scalars."""

from __future__ import annotations

from playwright.sync_api import expect

PROGRAM = """X = np.array([[0.5, -1.2, 0.3], [1.0, 0.7, -0.4]])
W = np.array([[0.2, -0.5], [0.4, 0.1], [-0.3, 0.8]])
b = np.array([0.1, -0.2])
z = X @ W + b
loss = (z ** 2).sum()"""


def test_the_transpose_comes_from_regrouped_scalars(open_lab):
    lab = open_lab()
    lab.write(PROGRAM)
    lab.settle()
    lab.press("End")
    lab.node("z.1").click()
    lab.rest()
    lab.page.get_by_role("button", name="Where does the transpose come from?").first.click()
    dialog = lab.page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Where does the transpose come from?")).to_be_visible()
    result = dialog.locator(".regroup-grid").last
    expect(result.get_by_text("•")).to_have_count(6)
    forward = dialog.get_by_role("button", name="Next")
    forward.click()
    expect(result.locator("td.on")).to_have_count(3)
    expect(dialog.get_by_role("status")).to_contain_text("goes to each of these numbers of W")
    dialog.get_by_label("Step", exact=True).press("End")
    expect(dialog.get_by_role("status")).to_contain_text("Xᵀ @ δ")
    expect(dialog.locator(".right")).to_contain_text("Xᵀ @ δ")
    expect(forward).to_be_disabled()
    dialog.get_by_role("button", name="to X").click()
    expect(dialog.get_by_role("status")).to_contain_text("X @ W")
    lab.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_key_opens_it_for_what_is_repeated(open_lab):
    lab = open_lab()
    lab.write(PROGRAM)
    lab.settle()
    lab.press("End")
    lab.node("z").click()
    lab.rest()
    lab.page.keyboard.press("Shift+T")
    dialog = lab.page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Where does the sum come from?")).to_be_visible()
    dialog.get_by_label("Step", exact=True).press("End")
    expect(dialog.get_by_role("status")).to_contain_text("a sum along the axis")
