"""Fingers on the picture: drag, pinch and tap."""

from __future__ import annotations

import time

from playwright.sync_api import CDPSession, expect

from tests.e2e.browser import PHONE, Lab, tap
from tests.e2e.conftest import OpenLab

Point = tuple[float, float]


def fingers(lab: Lab) -> CDPSession:
    return lab.page.context.new_cdp_session(lab.page)


def move(session: CDPSession, starts: list[Point], ends: list[Point], steps: int = 6) -> None:
    """Puts fingers down, moves each along a line, and lifts them where they came to rest: a finger lifted on its way
    flings, and the browser takes the next tap for the end of that.
    """

    def send(kind: str, part: float | None, at: float) -> None:
        points = (
            []
            if part is None
            else [
                {"x": x + (u - x) * part, "y": y + (v - y) * part, "id": i}
                for i, ((x, y), (u, v)) in enumerate(zip(starts, ends, strict=True))
            ]
        )
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points, "timestamp": at})

    begin = time.time() - 1
    send("touchStart", 0, begin)
    for step in range(1, steps + 1):
        send("touchMove", step / steps, begin + step / steps / 2)
    send("touchMove", 1, begin + 0.9)
    send("touchEnd", None, begin + 1)


def box(lab: Lab, name: str) -> dict[str, float]:
    """Where a node stands, at rest."""
    lab.rest()
    found = lab.page.locator(f'.node[data-id="{name}"] .body').bounding_box()
    assert found is not None
    return dict(found)


def test_fingers_drag_pinch_scrub_and_choose(open_lab: OpenLab) -> None:
    lab = open_lab(PHONE, has_touch=True)
    session = fingers(lab)
    # The picture is whole: nodes, and the lines between them.
    expect(lab.page.locator("#stage .edge > .line").first).to_be_visible()
    # A finger drags the picture, and two pinch it.
    before = box(lab, "y")
    move(session, [(60, 400)], [(120, 340)])
    dragged = box(lab, "y")
    assert abs(dragged["x"] - before["x"] - 60) < 8
    assert abs(dragged["y"] - before["y"] + 60) < 8
    move(session, [(170, 340), (220, 340)], [(95, 340), (295, 340)])
    assert box(lab, "y")["width"] > 2 * dragged["width"]
    tap(lab.page.get_by_role("button", name="Fit the graph"))
    assert abs(box(lab, "y")["width"] - before["width"]) < 1
    # A finger scrubs time.
    move(session, [lab.lane_point(0.2)], [lab.lane_point(10.99)])
    lab.at_step(11)
    # A tap chooses and opens the inspector.
    panel = lab.page.get_by_role("tabpanel", name="Node W1")
    expect(panel).to_be_hidden()
    tap(lab.node("W1"))
    expect(panel).to_be_visible()
    tap(lab.page.get_by_role("button", name="Inspect"))
    expect(panel).to_be_hidden()
