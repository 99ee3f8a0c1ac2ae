"""The inspector of a matrix: heat maps of it and its gradient, softmax's Jacobian, the rows of an embedding."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.browser import Lab
from tests.e2e.conftest import OpenLab

TEXT = """E = np.array([[0.5, 1.0, -0.2, 0.1], [0.3, -0.4, 0.8, 0.2], [0.9, 0.1, 0.4, -0.7]])
x = E[np.array([2, 0, 2])]
A = softmax(x @ x.T)
y = np.sum((A @ x) ** 2)
"""


def chosen(open_lab: OpenLab, node: str) -> Lab:
    lab = open_lab()
    lab.write(TEXT)
    lab.settle()
    lab.to(lab.steps())
    if node == "A":
        # It is in the softmax, which opens by itself only where all of it can be read.
        lab.page.locator("#stage .closed-group").first.dblclick(position={"x": 20, "y": 30})
        lab.rest()
    lab.page.locator(f'#stage .node[data-id="{node}"]').first.click()
    return lab.rest()


def test_the_rows_of_an_embedding_are_lit_where_tokens_use_them(open_lab: OpenLab) -> None:
    lab = chosen(open_lab, "E")
    rows = lab.page.get_by_role("application", name="2 of 3 rows get a gradient")
    expect(rows).to_be_visible()
    expect(lab.page.locator(".embedding .tint")).to_have_count(3)
    assert [
        float(row.get_attribute("fill-opacity") or "") > 0 for row in lab.page.locator(".embedding .tint").all()
    ] == [
        True,
        False,
        True,
    ]
    width = rows.evaluate("(svg) => svg.getBoundingClientRect().width")
    # The first of sixteen tiles in a line, the second and the third.
    for tile, says in enumerate(("Row 0: used once", "Row 1: used nowhere, gradient 0", "Row 2: used 2 times")):
        rows.hover(position={"x": (tile + 0.5) * width / 16, "y": 6})
        expect(lab.page.locator(".embedding .heat-told")).to_contain_text(says)


def test_attention_is_a_heat_map_beside_its_gradient(open_lab: OpenLab) -> None:
    lab = chosen(open_lab, "A")
    section = lab.page.locator("#panel-node .parts")
    expect(section.locator("h2", has_text="Who looks at whom")).to_be_visible()
    expect(section.get_by_role("application", name="The value of A as a heat map")).to_be_visible()
    expect(section.get_by_role("application", name="The gradient of A as a heat map")).to_be_visible()
    section.get_by_role("application", name="The value of A as a heat map").hover(position={"x": 4, "y": 4})
    expect(section.locator(".heat-told").first).to_contain_text("A₀‚₀ = 0.4268, its gradient 2.627")


def test_a_heat_map_is_read_with_the_arrow_keys(open_lab: OpenLab) -> None:
    lab = chosen(open_lab, "A")
    step = lab.page.locator("#lanes").get_attribute("aria-valuenow")
    heat = lab.page.get_by_role("application", name="The value of A as a heat map")
    told = lab.page.locator("#panel-node .heat-told").first
    heat.focus()
    heat.press("ArrowRight")
    expect(told).to_contain_text("A₀‚₀ = 0.4268, its gradient 2.627")
    heat.press("ArrowDown")
    heat.press("ArrowRight")
    expect(told).to_contain_text("A₁‚₁ = ")
    expect(heat.locator(".heatmap-at")).to_have_count(1)
    heat.press("ArrowUp")
    heat.press("ArrowUp")
    expect(told).to_contain_text("A₀‚₁ = ")
    # The page's own arrow keys rest meanwhile.
    assert lab.page.locator("#lanes").get_attribute("aria-valuenow") == step
    rows = chosen(open_lab, "E").page.get_by_role("application", name="2 of 3 rows get a gradient")
    rows.press("ArrowRight")
    rows.press("ArrowRight")
    expect(rows.page.locator(".embedding .heat-told")).to_contain_text("Row 1: used nowhere, gradient 0")


def test_the_jacobian_of_a_row_stands_beside_what_comes_back(open_lab: OpenLab) -> None:
    lab = chosen(open_lab, "A")
    heading = lab.page.locator("h2", has_text="Its Jacobian, row 2")
    heading.click()
    jacobian = lab.page.locator(".jacobian")
    expect(jacobian.locator(".matrix td")).to_have_count(9)
    expect(jacobian).to_contain_text("times the Jacobian: of the scores")
    jacobian.get_by_label("row").fill("0")
    expect(lab.page.locator("h2", has_text="Its Jacobian, row 0")).to_be_visible()
