"""A layout that takes its time: it says so, can be stopped, and asked for again."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.e2e.browser import WELCOMED, Lab
from tests.e2e.conftest import BlankPage


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
