"""Themes, Present, the phone, and asking axe-core."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import PHONE, PROJECTOR, Lab, set_letters
from tests.e2e.conftest import OpenLab

DARK, LIGHT = "rgb(13, 17, 23)", "rgb(251, 250, 247)"
AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"


def findings(lab: Lab, only: str | None = None) -> list[str]:
    """What axe-core objects to, one line each; of all its rules or of one."""
    expect(lab.page.locator("html:not([data-busy])")).to_be_attached()
    # Evaluated by the browser's debugger, so the page's policy against foreign scripts stays in force.
    if not lab.page.evaluate("'axe' in window"):
        lab.page.evaluate(AXE.read_text())
    rules = {} if only is None else {"runOnly": [only]}
    result = lab.page.evaluate("(rules) => axe.run(document, { resultTypes: ['violations'], ...rules })", rules)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
        # A function's card is a button that shows numbers, too: its name begins with what stands first on it.
        if violation["id"] != "label-content-name-mismatch" or "g[data-id=" not in str(node["target"])
    ]


def findings_in_both_themes(lab: Lab) -> dict[str, list[str]]:
    """The same for a page that follows the system, in the light theme and then in the dark one, where nothing but the
    colours is another; what is clean is left out.
    """
    found = {}
    for theme, only in (("light", None), ("dark", "color-contrast")):
        lab.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        found[theme] = findings(lab, only)
    return {theme: objections for theme, objections in found.items() if objections}


def test_the_phone_shows_the_graph_from_top_to_bottom_within_its_width(open_lab: OpenLab) -> None:
    lab = open_lab(PHONE, has_touch=True)
    lab.rest()
    boxes = {name: lab.page.locator(f'.node[data-id="{name}"] .body').bounding_box() for name in ("W1", "z1", "y")}
    assert all(box is not None for box in boxes.values())
    tops = [box["y"] for box in boxes.values() if box is not None]
    assert tops == sorted(tops)
    assert all(box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0] for box in boxes.values())
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_the_phones_sheets_open_and_close(open_lab: OpenLab) -> None:
    lab = open_lab(PHONE, has_touch=True)
    lab.press("End")
    lab.page.get_by_role("button", name="Edit").tap()
    field = lab.page.get_by_label("b1", exact=True)
    field.fill("2")
    field.press("Enter")
    expect(lab.page.locator('.node[data-id="W1"].look-lit')).to_be_attached()
    lab.page.get_by_role("button", name="Edit").tap()
    expect(field).to_be_hidden()


def test_present_puts_the_panels_away_and_comes_back(open_lab: OpenLab) -> None:
    lab = open_lab(PROJECTOR)
    lab.press("p")
    expect(lab.page.locator("#left")).to_be_hidden()
    expect(lab.page.locator("#right")).to_be_hidden()
    lab.press("PageDown")
    lab.at_step(1)
    lab.press("PageUp")
    lab.at_step(0)
    lab.press("Escape")
    expect(lab.page.locator("#left")).to_be_visible()


def test_the_chosen_theme_is_remembered(open_lab: OpenLab) -> None:
    lab = open_lab(color_scheme="dark")
    body = lab.page.locator("body")
    expect(body).to_have_css("background-color", DARK)
    lab.press("t", "t")
    expect(body).to_have_css("background-color", LIGHT)
    lab.open()
    expect(body).to_have_css("background-color", LIGHT)


def test_the_graph_keeps_its_place_when_the_window_changes(open_lab: OpenLab) -> None:
    lab = open_lab()
    lab.page.set_viewport_size({"width": 1000, "height": 700})
    lab.page.wait_for_function(
        """() => {
            const stage = document.querySelector("#stage").getBoundingClientRect();
            const bodies = [...document.querySelectorAll("#stage .node .body")];
            const boxes = bodies.map((body) => body.getBoundingClientRect());
            const inside = boxes.filter(({ left, right }) => stage.left <= left && right <= stage.right);
            return innerWidth === 1000 && boxes.length === 10 && inside.length === 10;
        }"""
    )


def test_following_brings_the_step_close_and_fit_ends_it(open_lab: OpenLab) -> None:
    lab = open_lab()
    lab.example("Ten sigmoids")
    lab.press("o", "End", "ArrowLeft")
    lab.page.wait_for_function(
        """() => {
            const [stage, node] = ["#stage", '.node[data-id="h2"] .body'].map((each) => {
                const { left, width } = document.querySelector(each).getBoundingClientRect();
                return { width, middle: left + width / 2 };
            });
            return Math.abs(node.middle - stage.middle) < stage.width / 4;
        }"""
    )
    expect(lab.page.locator("#stage-bar .zoom")).to_have_text("100 %")
    lab.press("f")
    expect(lab.page.get_by_role("button", name="Follow")).to_have_attribute("aria-pressed", "false")
    expect(lab.page.locator("#stage-bar .zoom")).not_to_have_text("100 %")


def test_the_automatic_theme_follows_the_system_while_the_page_is_open(open_lab: OpenLab) -> None:
    lab = open_lab(color_scheme="dark")
    body = lab.page.locator("body")
    expect(body).to_have_css("background-color", DARK)
    lab.page.emulate_media(color_scheme="light")
    expect(body).to_have_css("background-color", LIGHT)
    lab.press("t")  # dark, whatever the system says
    expect(body).to_have_css("background-color", DARK)
    lab.page.emulate_media(color_scheme="dark")
    lab.press("t")
    expect(body).to_have_css("background-color", LIGHT)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_forced_colours_keep_every_look_apart(open_lab: OpenLab, theme: str) -> None:
    lab = open_lab(color_scheme=theme, forced_colors="active")
    lab.write("k = -1.0\nw = 3.0\nu = 0.0\nt = 2.0\ndead = relu(k)\nmask = t > 1\ny = tanh(w) + dead + mask + sqrt(u)")
    lab.settle()
    look = """(id) => {
        const node = document.querySelector(`.node[data-id="${id}"]`);
        const body = getComputedStyle(node.querySelector(".body"));
        const stripes = getComputedStyle(node.querySelector(".stripes")).display !== "none";
        return JSON.stringify([body.strokeDasharray, body.strokeWidth, stripes]);
    }"""
    lab.rest()
    waiting = lab.page.evaluate(look, "w")
    lab.press("End")
    lab.at_step(lab.steps())
    lab.rest()
    looks = [waiting, *(lab.page.evaluate(look, name) for name in ("w", "k", "t", "u"))]
    assert len(set(looks)) == 5, looks
    # Chosen, focused and current are three things more.
    ground = """(id) => getComputedStyle(document.querySelector(`.node[data-id="${id}"] .body`)).fill"""
    before = lab.page.evaluate(ground, "w")
    lab.press("/", "w", "Enter")
    expect(lab.node("w")).to_be_focused()
    lab.rest()
    assert lab.page.evaluate(ground, "w") != before
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert lab.page.evaluate(outline) == "solid"
    assert lab.page.evaluate("getComputedStyle(document.querySelector('.node.active')).outlineStyle") == "dotted"


CLIPPED = """() => {
    const inSight = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(
        ".visually-hidden, .cm-editor, svg, .maths, .crumbs, [inert], select, #search");
    return [...document.querySelectorAll("body *")].filter(inSight).flatMap((element) => {
        const { overflowX, textOverflow } = getComputedStyle(element);
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
        const { scrollWidth, clientWidth } = element;
        const whole = overflowX === "auto" || textOverflow === "ellipsis" || scrollWidth <= clientWidth + 1;
        const cut = own && clientWidth > 0 && !whole;
        const { left, right } = element.getBoundingClientRect();
        const scrolls = element.closest(".side, .table-scroll, footer");
        const out = own && !scrolls && (left < -1 || right > innerWidth + 1);
        return cut || out ? [`${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 40)}`] : [];
    });
}"""


@pytest.mark.parametrize(
    ("size", "letters"),
    [
        ((720, 450), 16),
        ((1440, 900), 32),
        ((1440, 900), 24),
        ((1024, 768), 16),
        ((768, 1024), 16),
        (PHONE, 16),
        (PHONE, 24),
    ],
)
def test_large_text_is_neither_cut_nor_lost(open_lab: OpenLab, size: tuple[int, int], letters: int) -> None:
    lab = open_lab(size)
    set_letters(lab.page, letters)
    lab.press("End")
    lab.at_step(11)
    lab.rest()
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert lab.page.evaluate(CLIPPED) == []
    for name in ("Play", "One step forward", "Show the trace as a table"):
        expect(lab.page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    expect(lab.page.locator("#sentence")).to_be_in_viewport()
    stage = lab.page.locator("#stage").bounding_box()
    assert stage is not None
    assert stage["height"] >= 0.25 * size[1]
    lab.press("v")
    expect(lab.page.locator("#table").get_by_role("table")).to_be_visible()
    lab.rest()
    assert lab.page.evaluate(CLIPPED) == []


CONTROLS = "button, select, a, input, [role=tab], [role=slider], .node"
SMALL = """([least, controls]) => [...document.querySelectorAll(controls)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .filter((element) => !element.closest(".visually-hidden, .skip, p, .cm-editor"))
    .flatMap((element) => {
        const target = element.closest("label") ?? element;
        const { width, height } = target.getBoundingClientRect();
        const name = element.ariaLabel ?? element.textContent.trim();
        return width && (width < least || height < least) ? [`${name} ${width}×${height}`] : [];
    })"""


def test_a_finger_finds_its_targets(open_lab: OpenLab) -> None:
    lab = open_lab(PHONE, has_touch=True).rest()
    assert lab.page.evaluate(SMALL, [24, CONTROLS]) == []
    for name in (
        "To the start",
        "One step back",
        "Play",
        "One step forward",
        "To the end",
        "Fit the graph",
        "Show the trace as a table",
    ):
        box = lab.page.get_by_role("button", name=name).bounding_box()
        assert box is not None
        assert box["width"] >= 44, name
        assert box["height"] >= 44, name
    lab.page.get_by_role("button", name="Edit").tap()
    expect(lab.page.locator("#left")).to_be_visible()
    lab.rest()
    assert lab.page.evaluate(SMALL, [24, CONTROLS]) == []
