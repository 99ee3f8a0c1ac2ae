"""Six pictures, as the exporter draws them, beside those that somebody has looked at: `make snapshots` renews them.

Fonts differ from machine to machine, and with them widths and places: compared is what stands in the picture, in which
classes and with which texts; places only roughly, as parts of the whole.
"""

from __future__ import annotations

import difflib
import math
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.browser import Lab
from tests.e2e.conftest import OpenLab

FAR = 0.08
"""Part of the picture that a node may be moved by another typeface."""

FOLDER = Path(__file__).parent / "snapshots"
SVG = "{http://www.w3.org/2000/svg}"
SOFTMAX = """logits = np.array([2.0, 1.0, -1.0])
target = np.array([0.0, 1.0, 0.0])
loss = cross_entropy(logits, target)"""
HEAT = """x = np.array([[0.5, -1.0, 2.0, 0.0, 1.0, -2.0]])
W = np.array([[1, 2, 3, 4, 5, 6], [-1, 0, 1, 0, -1, 0], [2, 2, 0, 0, -2, -2],
              [0, 1, 0, -1, 0, 1], [3, 0, 0, 0, 0, -3], [1, 1, 1, 1, 1, 1]])
y = np.sum(x @ W)"""


def mini(lab: Lab) -> None:
    """The notebook's net, mid-backward: the light stops at the dead relu."""
    lab.to(9)


def dead(lab: Lab) -> None:
    """The same at its end: all behind the relu is dark, and says 0."""
    lab.press("End")


def closed(lab: Lab) -> None:
    """Softmax cross-entropy, its function closed."""
    lab.write(SOFTMAX)
    lab.settle()
    groups(lab, closed=True)
    lab.press("End")


def open_(lab: Lab) -> None:
    """The same, open."""
    groups(lab, closed=False)
    lab.press("End")


def heat(lab: Lab) -> None:
    """A matrix as a heat map, at the end."""
    lab.write(HEAT)
    lab.settle()
    lab.press("End")


def adding(lab: Lab) -> None:
    """x · (x + y) at its end: two messages have been added."""
    lab.example("x · (x + y)")
    lab.press("End")


def groups(lab: Lab, closed: bool) -> None:
    """Opens or closes everything."""
    lab.press("Escape")
    lab.leave()
    wanted = "#stage .closed-group" if closed else "#stage .box-title"
    other = "#stage .box-title" if closed else "#stage .closed-group"
    for _ in range(3):
        lab.rest()
        if lab.page.locator(other).count() == 0 and lab.page.locator(wanted).count() > 0:
            return
        before = lab.page.locator("#stage .node").count()
        lab.press("e")
        lab.page.wait_for_function("(count) => document.querySelectorAll('#stage .node').length !== count", arg=before)
        lab.settle()
    raise AssertionError("groups neither open nor close")


# One after another in one page; what is written has the name of what was open before, an example its own.
STATES: dict[str, Callable[[Lab], None]] = {
    "mini-backward": mini,
    "dead-relu": dead,
    "softmax-closed": closed,
    "softmax-open": open_,
    "heat-map": heat,
    "adding": adding,
}


def test_the_pictures_are_those_that_were_looked_at(open_lab: OpenLab) -> None:
    lab = open_lab(color_scheme="light")
    wrong = []
    for name, come_to in STATES.items():
        come_to(lab)
        text = exported(lab)
        kept = FOLDER / f"{name}.svg"
        if os.environ.get("BACKLIT_SNAPSHOTS") == "write":
            FOLDER.mkdir(exist_ok=True)
            kept.write_text(text)
        elif difference := differs(kept.read_text(), text):
            wrong.append(f"{name} {difference}")
    assert wrong == [], "\n\n".join(wrong)


def exported(lab: Lab) -> str:
    """The picture of this moment, as the exporter draws it."""
    lab.rest()
    lab.press("x")
    lab.rest()
    with lab.page.expect_download() as waiting:
        lab.page.get_by_role("button", name="Download SVG").click()
    text = Path(waiting.value.path()).read_text()
    lab.press("Escape")
    expect(lab.page.get_by_role("dialog")).to_have_count(0)
    lab.leave()
    return text


def differs(kept: str, text: str) -> str:
    """What is another in a picture than in the one that was looked at; "" if nothing is."""
    before, now = outline(kept), outline(text)
    if before != now:
        differences = "\n".join(difflib.unified_diff(before, now, "looked at", "now", lineterm="", n=2))
        return f"looks different (`make snapshots` keeps the new one; look at it first):\n{differences}"
    was, stands = places(kept), places(text)
    moved = [id for id, (x, y) in was.items() if math.hypot(stands[id][0] - x, stands[id][1] - y) > FAR]
    return f"has these elsewhere: {', '.join(moved)}" if moved else ""


def outline(text: str) -> list[str]:
    """What there is in a picture, in its order, as lines to compare."""
    lines: list[str] = []

    def walk(element: ET.Element, depth: int) -> None:
        tag = element.tag.removeprefix(SVG)
        if tag in {"desc", "defs"}:
            return
        written = repr("".join(element.itertext())) if tag in {"title", "text", "tspan"} else ""
        told = [tag, element.get("class"), element.get("data-id") or element.get("data-box"), written]
        lines.append("  " * depth + " ".join(filter(None, told)))
        for child in element:
            walk(child, depth + 1)

    walk(ET.fromstring(text), 0)
    return lines


def places(text: str) -> dict[str, tuple[float, float]]:
    """Where the nodes stand, as parts of the picture's width and height."""
    root = ET.fromstring(text)
    width, height = float(root.get("width") or 1), float(root.get("height") or 1)
    found = {}
    for element in root.iter(f"{SVG}g"):
        moved = re.fullmatch(r"translate\(([-\d.]+) ([-\d.]+)\)", element.get("transform") or "")
        name = element.get("data-id")
        if name and moved:
            found[name] = (float(moved[1]) / width, float(moved[2]) / height)
    return found
