"""Labels in the picture: none lies on another, on a node, or on a node's own numbers."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from playwright.sync_api import expect

from app.api.schemas import MINI_PROGRAM as MINI
from tests.e2e.browser import DESKTOP, PHONE, Lab
from tests.e2e.conftest import OpenLab


def rows(height: int, width: int) -> list[list[float]]:
    """Some matrix of no particular kind."""
    return [[((3 * i + 5 * j) % 7 - 3) / 4 for j in range(width)] for i in range(height)]


# A program, its values, and what is nudged in it.
GRAPHS: dict[str, tuple[str, dict[str, Any], str]] = {
    "a polynomial": ("f = x**3 + 3*x + 2", {"x": 5}, "x,0,0.2"),
    "many ways": ("f = x**4 - 2*x**3 + x*y - exp(x/2) + y**2", {"x": 2, "y": 3}, "x,0,0.1"),
    "used twice": ("h = a * b\ny = h * h + sin(h) + a", {"a": 1.5, "b": 2}, "a,0,0.2"),
    "a mini network": (
        MINI,
        {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[1.5]], "W2": [[2]], "b2": [[1]]},
        "b1,0,0.2",
    ),
    "two hidden layers": (
        "h1 = relu(W1 @ x + b1)\nh2 = tanh(W2 @ h1 + b2)\ny = W3 @ h2 + b3\nloss = mean((y - t)**2)",
        {
            "x": rows(4, 1), "t": rows(2, 1), "W1": rows(8, 4), "b1": rows(8, 1),
            "W2": rows(8, 8), "b2": rows(8, 1), "W3": rows(2, 8), "b3": rows(2, 1),
        },
        "x,0,0.1",
    ),
    "softmax and cross-entropy": (
        "z = W @ x + b\nloss = cross_entropy(z, t)",
        {"W": rows(3, 2), "x": [1, 2], "b": [0.1, 0.2, -0.1], "t": [0, 1, 0]},
        "W,0,0.2",
    ),
    "attention": (
        "Q = X @ Wq\nK = X @ Wk\nV = X @ Wv\nA = softmax(Q @ K.T / sqrt(2))\nloss = mean((A @ V)**2)",
        {"X": rows(3, 2), "Wq": rows(2, 2), "Wk": rows(2, 2), "Wv": rows(2, 2)},
        "X,0,0.1",
    ),
}  # fmt: skip

LABELS = "#stage :is(.nudge-word, .bead, .sum, .edge-shape)"
SOLID = "#stage :is(.node .body, .value-text, .grad-text, .seal circle, .box-title text)"
OVERLAPS = """([labels, solid]) => {
  const boxes = (selector) => [...document.querySelectorAll(selector)].flatMap((element) => {
    const box = element.getBoundingClientRect();
    if (getComputedStyle(element).visibility === 'hidden' || box.width === 0 || box.height === 0) return [];
    return [{ name: `${element.getAttribute('class')} ${element.textContent}`, box }];
  });
  const before = (a, b, low, high) => a[low] < b[high] - 1 && b[low] < a[high] - 1;
  const meet = (a, b) => before(a, b, 'left', 'right') && before(a, b, 'top', 'bottom');
  const own = boxes(labels);
  const all = [...own, ...boxes(solid)];
  return {
    count: own.length,
    found: own.flatMap(({ name, box }, i) =>
      all.slice(i + 1).filter((other) => meet(box, other.box)).map((other) => `${name} on ${other.name}`)),
  };
}"""


def follow(lab: Lab, name: str, nudge: str) -> None:
    """Goes on to a program at its end, with something nudged in it that is chosen, too."""
    program, values, _ = GRAPHS[name]
    node = nudge.split(",", maxsplit=1)[0]
    link = f"#program={quote(program)}&values={quote(json.dumps(values))}&t=99&nudge={nudge}&select={node}"
    words = lab.page.locator(".nudge-word")
    # Nothing is nudged here yet: there are words as soon as the link is followed.
    expect(words).to_have_count(0)
    lab.page.evaluate("(link) => (location.hash = link)", link)
    expect(words.first, name).to_be_attached()
    lab.settle()


def test_no_label_lies_on_another_or_on_a_node_nor_jumps_while_a_value_is_dragged(open_lab: OpenLab) -> None:
    lab = open_lab()
    for size, names in ((DESKTOP, [*GRAPHS]), (PHONE, ["a polynomial", "used twice"])):
        lab.page.set_viewport_size({"width": size[0], "height": size[1]})
        for name in names:
            nudge = GRAPHS[name][2]
            follow(lab, name, nudge)
            no_label_lies_on_another(lab, f"{name}, {size[0]} px")
    lab.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    follow(lab, "used twice", "a,0,0.22")
    no_label_jumps_while_a_value_is_dragged(lab)


def no_label_lies_on_another(lab: Lab, where: str) -> None:
    words = lab.page.locator(".nudge-word")
    # As large as life, so that nothing is left out for being far away.
    lab.press("1")
    lab.rest()
    nudged = lab.page.evaluate(OVERLAPS, [LABELS, SOLID])
    assert nudged["found"] == [], where
    assert nudged["count"] >= lab.page.locator(".nudge-ways path").count(), where
    lab.press("j")
    expect(words).to_have_count(0)
    steps = []
    for step in range(lab.steps(), lab.steps() // 2 + 1, -1):
        lab.at_step(step)
        lab.rest()
        steps.append(lab.page.evaluate(OVERLAPS, [LABELS, SOLID]))
        lab.press("ArrowLeft")
    assert [each["found"] for each in steps if each["found"]] == [], where
    # Each step shows by what a gradient is multiplied, but one or two for which there is no room.
    assert sum(each["count"] == 0 for each in steps) <= 2, where


def no_label_jumps_while_a_value_is_dragged(lab: Lab) -> None:
    """Whatever its digits, as long as it says one number or two as before."""
    words = lab.page.locator(".nudge-word")
    places = "all => all.map((each) => each.getAttribute('transform'))"
    lab.rest()
    before = words.evaluate_all(places)
    texts = set()
    lab.page.get_by_label("Step of a, slider").focus()
    for step in ("0.23", "0.24", "0.25"):
        lab.press("ArrowRight")
        expect(words.filter(has_text=f"Δ +{step}").first).to_be_attached()
        lab.rest()
        assert words.evaluate_all(places) == before
        texts.add(tuple(words.all_text_contents()))
    assert len(texts) == 3
