"""Large traces: the page is told them with groups closed, and asks for the inside of a group when it opens."""

from __future__ import annotations

import re

from playwright.sync_api import Request, expect

from tests.e2e.browser import Lab
from tests.scalar_mlp import scalar_mlp


def test_a_large_trace_opens_closed_and_its_groups_open_on_request(lab: Lab) -> None:
    asked: list[dict] = []

    def note(request: Request) -> None:
        if request.url.endswith("/trace"):
            asked.append(request.post_data_json)

    lab.page.on("request", note)
    lab.write(scalar_mlp(20, 24, 24, 16, 8))
    lab.settle()
    closed = lab.page.locator(".closed-group")
    expect(closed.filter(has_text="layer").first).to_be_visible()
    assert all(request["most"] == 3000 for request in asked if "structure" in request["include"])

    # Nothing that is not there is found: that is said.
    lab.press("/")
    lab.page.keyboard.type("no such name")
    expect(lab.page.get_by_role("status").filter(has_text="nodes in closed groups are not searched")).to_be_visible()
    lab.press("Escape", "Escape")

    # Its parameters are not listed one by one.
    values = lab.page.locator("#panel-values, #values").first
    expect(values.locator("input[type=range]").nth(45)).to_have_count(0)

    # A chosen group is told with all that is in it, and opens; so do groups in it, whose inside is asked for then.
    lab.leave()
    panel = lab.page.locator("#panel-node")
    for name, size in (("h4/layer", 264), ("h4/layer/neuron", 33), ("repeat h4.s#17", 32)):
        lab.node(name).click(position={"x": 20, "y": 20})
        expect(panel).to_contain_text(f"{size} operations")
        asked.clear()
        panel.get_by_role("button", name="Open", exact=True).click()
        lab.settle()
        expect(lab.node(name)).to_have_count(0)
    (request,) = [request for request in asked if "structure" in request["include"]]
    assert {"h4/layer", "h4/layer/neuron", "repeat h4.s#17"} <= set(request["open"])
    expect(lab.node("h4.s#2")).to_be_visible()

    # It plays to the end, and all that is drawn has its gradient.
    lab.press("End")
    lab.settle()
    expect(lab.node("h4.s#2")).to_have_class(re.compile("lit"))
    expect(lab.node("h1/layer")).to_have_class(re.compile("lit"))

    # What is there closes and opens without a question.
    asked.clear()
    lab.page.get_by_role("button", name="layer, open").click()
    lab.settle()
    lab.node("h4/layer").dblclick(position={"x": 20, "y": 20})
    expect(lab.page.get_by_role("button", name="layer, open")).to_be_visible()
    lab.settle()
    assert not [request for request in asked if "structure" in request["include"]]
