"""Frames per second while panning, zooming and playing, and the time a layout takes, by size of the graph."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser

from benchmarks.browser.page import opened
from benchmarks.browser.programs import with_nodes
from tests.e2e.browser import Lab

SIZES = (50, 200, 500, 1_000)
SECONDS = 4


@dataclass(frozen=True)
class Frames:
    """The times between frames, ms."""

    gaps: list[float]

    def __str__(self) -> str:
        slow = sorted(self.gaps)[math.ceil(0.95 * len(self.gaps)) - 1]
        return f"{1000 / median(self.gaps):.0f} / {1000 / slow:.0f}"


def row(browser: Browser, address: str, size: int) -> list[str]:
    """All of one size."""
    with opened(browser, address) as lab:
        lab.open()
        drawn = _show(lab, with_nodes(size))
        # Another name makes it another graph: laid out again, with the worker warm.
        _show(lab, with_nodes(size, "k"))
        lab.press("Escape")
        lab.page.locator("#sentence").click()
        lab.press("End")
        first, *_, last = lab.page.evaluate("bench.layouts()")[1:]
        lab.press("f")
        pan = _frames(lab, _pan)
        zoom = _frames(lab, _zoom)
        lab.press("1")
        close = _frames(lab, _pan)
        lab.press("f", "Home")
        lab.press(" ")
        play = _frames(lab, _watch)
        return [
            f"{drawn:,}", str(pan), str(close), str(zoom), str(play),
            f"{first['layout']:.0f} / {last['layout']:.0f}", f"{last['picture']:.0f}",
        ]  # fmt: skip


def _show(lab: Lab, program: str) -> int:
    lab.write(program)
    lab.settle()
    return lab.page.locator("#stage .node").count()


def _frames(lab: Lab, act: Callable[[Lab, float], None]) -> Frames:
    lab.page.evaluate("bench.painted()")
    lab.page.evaluate("bench.startFrames()")
    until = time.monotonic() + SECONDS
    act(lab, until)
    return Frames(lab.page.evaluate("bench.stopFrames()"))


def _middle(lab: Lab) -> tuple[float, float]:
    box = lab.page.locator("#stage").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _pan(lab: Lab, until: float) -> None:
    """A hand that draws circles: each move is delivered with the next frame, so it keeps the browser's own pace."""
    x, y = _middle(lab)
    mouse = lab.page.mouse
    mouse.move(x, y)
    mouse.down()
    angle = 0.0
    while time.monotonic() < until:
        angle += 0.12
        mouse.move(x + 200 * math.sin(angle), y + 120 * (1 - math.cos(angle)))
    mouse.up()


def _zoom(lab: Lab, until: float) -> None:
    """In and out again by the wheel."""
    x, y = _middle(lab)
    lab.page.mouse.move(x, y)
    turn = 0
    while time.monotonic() < until:
        turn += 1
        lab.page.mouse.wheel(0, -30 if turn % 80 < 40 else 30)


def _watch(lab: Lab, until: float) -> None:
    lab.page.wait_for_timeout(1000 * (until - time.monotonic()))
