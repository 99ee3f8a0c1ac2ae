"""From a slider's move to the frame that shows the number which came back, engine and HTTP included."""

import math
import random
from statistics import median

from playwright.sync_api import Browser

from benchmarks.browser.page import opened

MOVES = 120
TARGET = (32, 60)
"""Median and 95th percentile, ms."""


def rows(browser: Browser, address: str) -> tuple[list[list[str]], int]:
    """The two readings of the same moves, and how many of them there were."""
    with opened(browser, address) as lab:
        lab.open()
        lab.press("End")  # the moment at which the most depends on it: all values, all gradients
        box = lab.page.get_by_label("b1, slider").bounding_box()
        assert box is not None
        lab.page.evaluate("bench.watch('b1')")
        dice = random.Random(1)
        mouse, y = lab.page.mouse, box["y"] + box["height"] / 2
        mouse.move(box["x"] + 20, y)
        mouse.down()
        lab.page.evaluate("bench.answered(1)")
        before = len(lab.page.evaluate("bench.samples()"))
        for move in range(MOVES):
            # There and back; two pixels a move, so that each of them means another number.
            way = (box["width"] - 40) / 2
            at = 20 + 2 * (move % way if move // way % 2 == 0 else way - move % way)
            before = lab.page.evaluate("wanted => bench.answered(wanted)", before + (move > 0))
            lab.page.wait_for_timeout(dice.uniform(1, 25))  # so that moves fall on every part of a frame
            mouse.move(box["x"] + at, y)
        lab.page.evaluate("wanted => bench.answered(wanted)", before + 1)
        mouse.up()
        samples = lab.page.evaluate("bench.samples()")[1:]
    return [
        ["painted", *_columns([each["frame"] for each in samples])],
        ["next frame begins", *_columns([each["next"] for each in samples])],
    ], len(samples)


def _columns(taken: list[float]) -> list[str]:
    return [f"{median(taken):.1f}", f"{percentile(taken, 0.95):.1f}", f"{max(taken):.1f}"]


def percentile(taken: list[float], part: float) -> float:
    """The value below which that part of them lies."""
    return sorted(taken)[math.ceil(part * len(taken)) - 1]
