"""A layout that takes its time says so, can be stopped, and asked for again; and nothing lies on what is laid out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.browser import DESKTOP, PHONE, PROJECTOR, WELCOMED, Lab
from tests.e2e.conftest import BlankPage, OpenLab


def test_a_long_layout_says_so_stops_and_is_tried_again(blank_page: BlankPage, address: str) -> None:
    page = blank_page()
    page.add_init_script(WELCOMED)
    held: list[Route] = []
    # As slow as can be: Graphviz does not even come.
    page.route("**/layout/worker.js*", lambda route: held.append(route))
    page.goto(f"{address}/lab")
    status = page.locator(".layout-status")
    expect(status.get_by_role("status")).to_have_text("Laying out 10 nodes …")
    status.get_by_role("button", name="Cancel").click()
    expect(status.get_by_role("status")).to_have_text("Layout stopped.")
    expect(page.locator("#stage")).not_to_have_attribute("aria-busy", "true")
    page.unroute("**/layout/worker.js*")
    status.get_by_role("button", name="Try again").click()
    Lab(page, address).settle()
    expect(status).to_be_hidden()


COVERED = """() => {
  const seen = (each) => each.checkVisibility({ visibilityProperty: true });
  const all = "#legend, #stage-bar, #search, #minimap, .fold-handle button";
  const over = [...document.querySelectorAll(all)].filter(seen);
  const marks = [...document.querySelectorAll("#stage .node .body, #stage .sum .ground")].filter(seen);
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return over.flatMap((each) =>
    marks
      .filter((mark) => meet(each.getBoundingClientRect(), mark.getBoundingClientRect()))
      .map((mark) => `${each.id || "handle"} on ${mark.closest("[data-id], [data-sum]")?.dataset.id}`),
  );
}"""
"""What lies on the marks of a fitted drawing."""


@pytest.mark.parametrize("size", [DESKTOP, PROJECTOR, PHONE], ids=["desk", "presented", "phone"])
def test_every_example_plays_to_its_end_and_nothing_lies_on_its_fitted_drawing(
    size: tuple[int, int], open_lab: OpenLab
) -> None:
    lab = open_lab(size)
    titles = lab.page.get_by_label("Open an example").locator("option").all_inner_texts()[1:]
    assert len(titles) > 8
    for title in titles:
        lab.example(title)
        if size == PROJECTOR:
            lab.press("p")
            expect(lab.page.locator("html[data-present]")).to_be_attached()
        lab.press("End")
        lab.at_step(lab.steps())
        lab.rest()
        expect(lab.page.locator("#stage .node.grad-waiting"), title).to_have_count(0)
        assert lab.page.evaluate(COVERED) == [], title
        if size == PROJECTOR:
            lab.press("Escape")
            expect(lab.page.locator("html[data-present]")).not_to_be_attached()
