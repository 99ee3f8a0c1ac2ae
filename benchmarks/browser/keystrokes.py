"""From a key typed into the program to the frame that shows what the new text means, engine and HTTP included."""

import random
from collections.abc import Callable
from statistics import median

from playwright.sync_api import Browser, Keyboard

from benchmarks.browser.page import opened
from benchmarks.browser.programs import WIDTH, with_nodes
from benchmarks.browser.slider import percentile

LINES, KEYS = 100, 30
TARGET = 100
"""Median, ms."""


def rows(browser: Browser, address: str) -> list[list[str]]:
    """A digit more in a number of the text, which leaves all nodes where they stand; and a character that gives the
    graph another node, so that it is laid out anew."""
    return [
        ["a digit of a number", *_columns(_taken(browser, address, _digit))],
        ["an operation more", *_columns(_taken(browser, address, _operation))],
    ]


def _taken(browser: Browser, address: str, go: Callable[[Keyboard, int], str]) -> list[float]:
    """ms from each key to its picture. go: goes to where the next key is typed, and says which key. Every text is one
    that nobody has seen before."""
    dice = random.Random(1)
    taken: list[float] = []
    with opened(browser, address) as lab:
        lab.open()
        lab.write(with_nodes(LINES))
        lab.settle().rest()
        lab.press("End")  # the moment at which all values stand
        lab.page.locator("#editor .cm-content").click()
        for key in range(KEYS):
            typed = go(lab.page.keyboard, key)
            lab.settle().rest()
            lab.page.wait_for_timeout(dice.uniform(1, 25))  # so that keys fall on every part of a frame
            lab.page.evaluate("bench.type()")
            lab.page.keyboard.press(typed)
            taken.append(lab.page.evaluate("bench.pictured()"))
    return taken


def _digit(keyboard: Keyboard, key: int) -> str:
    """To the end of a line such as `x0 = 0.351`, of which the program begins with as many as there are inputs."""
    keyboard.press("ControlOrMeta+Home")
    for _ in range(key % WIDTH):
        keyboard.press("ArrowDown")
    keyboard.press("End")
    return str(1 + key % 9)


def _operation(keyboard: Keyboard, key: int) -> str:
    """To the right-hand side of the last line, where one minus after another is typed."""
    if key == 0:
        keyboard.press("ControlOrMeta+End")
        for _ in "tanh(u98)":
            keyboard.press("ArrowLeft")
    return "-"


def _columns(taken: list[float]) -> list[str]:
    return [f"{median(taken):.0f}", f"{percentile(taken, 0.95):.0f}", f"{max(taken):.0f}"]
