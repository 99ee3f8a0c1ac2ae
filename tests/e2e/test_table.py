"""The trace as a table: the same moment and the same selection as the graph, in words."""

from __future__ import annotations

import csv
import io
import re

from playwright.sync_api import Locator, expect

from tests.e2e.browser import PHONE, Lab, at_rest, tap
from tests.e2e.conftest import OpenLab


def show(lab: Lab) -> Locator:
    """Opens the table with its key."""
    lab.press("v")
    table = lab.page.locator("#table").get_by_role("table")
    expect(table).to_be_visible()
    return table


def row(table: Locator, name: str) -> Locator:
    return table.get_by_role("row").filter(has=table.page.get_by_role("rowheader", name=name, exact=True))


def names(table: Locator) -> list[str]:
    """The rows' names from top to bottom, at rest."""
    at_rest(table.page)
    return table.get_by_role("rowheader").all_inner_texts()


def column(table: Locator, title: str) -> Locator:
    return table.get_by_role("columnheader", name=title)


def long(count: int) -> str:
    """A program of that many operations, about."""
    return "\n".join(["x = 1.5", "h0 = x", *(f"h{i + 1} = h{i} * 0.9 + 0.1" for i in range(count // 2))])


def test_the_table_shows_the_moment_and_the_selection_of_the_graph(lab: Lab) -> None:
    lab.node("W2").click()
    lab.to(9)
    table = show(lab)
    graph = lab.page.get_by_role("application", name="Computation graph")
    expect(graph).to_be_hidden()
    expect(row(table, "z1")).to_contain_text("0 from a1")
    expect(row(table, "W1")).to_contain_text("not computed yet")
    expect(row(table, "a1")).to_have_attribute("aria-current", "step")
    lab.press("ArrowRight")
    expect(row(table, "z1")).to_have_attribute("aria-current", "step")
    expect(row(table, "a1")).not_to_have_attribute("aria-current", "step")
    lab.press("End")
    expect(row(table, "W1")).to_contain_text("[0  0]")
    lab.press("Home")
    lab.at_step(0)
    # One selection in graph and table.
    expect(table.get_by_role("button", name="W2", exact=True)).to_have_attribute("aria-pressed", "true")
    row(table, "b1").click()
    expect(lab.page.get_by_role("tab", name="Node b1")).to_be_visible()
    lab.press("ArrowRight")  # a click leaves the arrow keys to time
    lab.at_step(1)
    lab.press("v")
    expect(table).to_be_hidden()
    expect(graph).to_be_visible()
    expect(lab.page.locator('.node[data-id="b1"][data-selected]')).to_be_visible()


def test_rows_are_sorted_walked_filtered_and_saved(open_lab: OpenLab) -> None:
    lab = open_lab(permissions=["clipboard-read", "clipboard-write"])
    lab.press("End")
    table = show(lab)
    every_column_sorts_and_says_so(lab, table)
    lab.leave()
    lab.press("Home")
    lab.at_step(0)
    rows_are_walked_by_keys_and_time_goes_on(lab, table)
    lab.press("Home")
    lab.at_step(0)
    the_focus_stays_with_its_row_when_the_order_changes(lab, table)
    lab.page.get_by_role("button", name="Forward order").click()
    the_search_box_filters_the_rows(lab, table)
    the_table_is_downloaded(lab)
    the_table_is_copied_with_every_digit(lab)
    long_traces_come_in_pages_that_follow_the_step(lab, table)


def every_column_sorts_and_says_so(lab: Lab, table: Locator) -> None:
    """Up, down, and back to the forward order."""
    forward = names(table)
    headers = table.get_by_role("columnheader").all()
    assert len(headers) == 8
    for header in headers:
        expect(header).not_to_have_attribute("aria-sort", re.compile(""))
        header.get_by_role("button").click()
        expect(header).to_have_attribute("aria-sort", "ascending")
        header.get_by_role("button").click()
        expect(header).to_have_attribute("aria-sort", "descending")
    column(table, "Gradient").get_by_role("button").click()
    column(table, "Gradient").get_by_role("button").click()
    expect(table.get_by_role("rowheader").first).to_have_text("a1")
    lab.page.get_by_role("button", name="Forward order").click()
    expect(table.get_by_role("rowheader")).to_have_text(forward)


def rows_are_walked_by_keys_and_time_goes_on(lab: Lab, table: Locator) -> None:
    """From the start, and back to it."""
    expect(row(table, "@ in z1")).not_to_contain_text("−1")
    column(table, "Line").get_by_role("button").focus()
    expect(column(table, "Line").get_by_role("button")).to_be_focused()
    lab.press("Tab")
    expect(table.get_by_role("button", name="W1", exact=True)).to_be_focused()
    lab.press("ArrowDown", "ArrowDown", "Enter")
    expect(lab.page.get_by_role("tab", name="Node @ in z1")).to_be_visible()
    lab.press("ArrowRight")
    expect(row(table, "@ in z1")).to_contain_text("−1")
    expect(table.get_by_role("button", name="@ in z1")).to_be_focused()
    lab.press("Control+End")
    expect(table.get_by_role("button", name="y", exact=True)).to_be_focused()
    lab.leave()


def the_focus_stays_with_its_row_when_the_order_changes(lab: Lab, table: Locator) -> None:
    """From the start, sorted by what time changes."""
    column(table, "Value").get_by_role("button").click()
    table.get_by_role("button", name="W2", exact=True).focus()
    expect(table.get_by_role("button", name="W2", exact=True)).to_be_focused()
    expect(row(table, "y")).not_to_contain_text("1 as the seed")
    lab.press("End")
    expect(row(table, "y")).to_contain_text("1 as the seed")
    expect(table.get_by_role("button", name="W2", exact=True)).to_be_focused()


def the_search_box_filters_the_rows(lab: Lab, table: Locator) -> None:
    """And gives them back."""
    lab.press("/")
    box = lab.page.get_by_role("searchbox", name="Filter rows")
    expect(box).to_be_focused()
    lab.type("matmul")
    expect(table.get_by_role("rowheader")).to_have_text(["@ in z1", "@ in y"])
    expect(lab.page.get_by_text("2 of 10 rows match")).to_be_visible()
    lab.press("ArrowDown")
    expect(table.get_by_role("button", name="@ in z1")).to_be_focused()
    lab.press("/")
    expect(box).to_be_focused()
    lab.press("Escape")
    expect(table.get_by_role("rowheader")).to_have_count(10)


def the_table_is_downloaded(lab: Lab) -> None:
    """Under the program's name."""
    with lab.page.expect_download() as download:
        lab.page.get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename == "a-mini-neural-network.csv"
    assert len(list(csv.DictReader(io.StringIO(download.value.path().read_text())))) == 10


def the_table_is_copied_with_every_digit(lab: Lab) -> None:
    """Of a program whose numbers have many."""
    lab.write("x = 1.0\ny = x / 3")
    expect(lab.page.get_by_role("rowheader")).to_have_text(["x", "3", "y"])
    lab.press("End")
    lab.at_step(lab.steps())
    lab.rest()
    lab.page.get_by_role("button", name="Copy as CSV").click()
    expect(lab.page.get_by_text("Copied 3 rows as CSV.")).to_be_visible()
    rows = list(csv.DictReader(io.StringIO(lab.page.evaluate("navigator.clipboard.readText()"))))
    assert [each["node"] for each in rows] == ["x", "3", "y"]
    assert float(rows[2]["value"]) == 1 / 3
    assert float(rows[0]["gradient"]) == 1 / 3


def long_traces_come_in_pages_that_follow_the_step(lab: Lab, table: Locator) -> None:
    """Of two hundred rows each. The steps are equal, so their chain is one step, at its last row."""
    lab.write(long(250))
    expect(table).to_have_attribute("aria-rowcount", re.compile(r"^5\d\d$"))
    lab.press("Home")
    expect(table.get_by_role("rowheader")).to_have_count(200)
    expect(lab.page.get_by_text("rows 1–200 of")).to_be_visible()
    lab.press("End", "ArrowLeft")
    lab.press("Home")
    lab.at_step(0)
    lab.page.get_by_role("button", name="Next").click()
    expect(lab.page.get_by_text("rows 201–400 of")).to_be_visible()
    lab.leave()
    lab.press("ArrowRight")
    expect(lab.page.get_by_text("rows 401–501 of")).to_be_visible()
    expect(table.locator("[aria-current=step]")).to_be_in_viewport()


def test_on_the_phone_the_names_stay_while_the_rest_scrolls(open_lab: OpenLab) -> None:
    lab = open_lab(PHONE, has_touch=True)
    tap(lab.page.get_by_role("button", name="Show the trace as a table"))
    table = lab.page.locator("#table").get_by_role("table")
    name = table.get_by_role("rowheader", name="W1", exact=True)
    expect(name).to_be_visible()
    lab.rest()
    before = name.bounding_box()
    column(table, "Line").scroll_into_view_if_needed()
    expect(column(table, "Line")).to_be_in_viewport()
    assert name.bounding_box() == before
    tap(lab.page.get_by_role("button", name="Show the trace as a table"))
    expect(table).to_be_hidden()
