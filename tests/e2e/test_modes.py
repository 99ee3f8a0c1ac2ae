"""Themes, Present, the phone, and asking axe-core."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.browser import PHONE, PROJECTOR, TIMEOUT, Lab, resize, set_letters, tap
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
        if violation["id"] != "label-content-name-mismatch"
        or not re.search(r"g\[data-id=|closed-group", str(node["target"]))
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


def test_the_phone_is_used_by_finger(open_lab: OpenLab) -> None:
    lab = open_lab(PHONE, has_touch=True).rest()
    it_shows_the_graph_from_top_to_bottom_within_its_width(lab)
    a_finger_finds_its_targets(lab)

    # A finger scrubs, and nothing is said of what it has left.
    lab.page.touchscreen.tap(*lab.lane_point(9))
    lab.at_step(9)
    expect(lab.page.locator(".lane-tip")).to_be_hidden()

    # The sheets open and close.
    lab.press("End")
    lab.at_step(11)
    expect(lab.page.locator('.node[data-id="W1"].look-lit')).to_have_count(0)
    tap(lab.page.get_by_role("button", name="Edit"))
    expect(lab.page.locator("#left")).to_be_visible()
    lab.rest()
    assert lab.page.evaluate(SMALL, [24, CONTROLS]) == []
    field = lab.page.get_by_label("b1", exact=True)
    field.fill("2")
    field.press("Enter")
    expect(lab.page.locator('.node[data-id="W1"].look-lit')).to_be_attached()
    tap(lab.page.get_by_role("button", name="Edit"))
    expect(field).to_be_hidden()


def it_shows_the_graph_from_top_to_bottom_within_its_width(lab: Lab) -> None:
    boxes = {name: lab.page.locator(f'.node[data-id="{name}"] .body').bounding_box() for name in ("W1", "z1", "y")}
    assert all(box is not None for box in boxes.values())
    tops = [box["y"] for box in boxes.values() if box is not None]
    assert tops == sorted(tops)
    assert all(box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0] for box in boxes.values())
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def a_finger_finds_its_targets(lab: Lab) -> None:
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


def test_the_theme_follows_the_system_until_one_is_chosen_which_is_remembered(open_lab: OpenLab) -> None:
    lab = open_lab(color_scheme="dark")
    body = lab.page.locator("body")
    # While the page is open, the automatic theme follows the system.
    expect(body).to_have_css("background-color", DARK)
    lab.page.emulate_media(color_scheme="light")
    expect(body).to_have_css("background-color", LIGHT)
    lab.press("t")  # dark, whatever the system says
    expect(body).to_have_css("background-color", DARK)
    lab.page.emulate_media(color_scheme="dark")
    lab.press("t")
    expect(body).to_have_css("background-color", LIGHT)
    lab.page.reload()
    lab.settle()
    expect(body).to_have_css("background-color", LIGHT)


def test_the_graph_is_given_room_keeps_its_place_and_is_followed(lab: Lab) -> None:
    # Present puts the panels away and comes back; its keys are those of test_present.py.
    lab.page.set_viewport_size({"width": PROJECTOR[0], "height": PROJECTOR[1]})
    lab.press("p")
    expect(lab.page.locator("#left")).to_be_hidden()
    expect(lab.page.locator("#right")).to_be_hidden()
    lab.page.wait_for_function("() => document.fullscreenElement !== null", timeout=TIMEOUT)
    lab.press("Escape")
    expect(lab.page.locator("#left")).to_be_visible()

    # The graph keeps its place when the window changes.
    resize(lab.page, (1000, 700))
    lab.page.wait_for_function(
        """() => {
            const stage = document.querySelector("#stage").getBoundingClientRect();
            const bodies = [...document.querySelectorAll("#stage .node .body")];
            const boxes = bodies.map((body) => body.getBoundingClientRect());
            const inside = boxes.filter(({ left, right }) => stage.left <= left && right <= stage.right);
            return innerWidth === 1000 && boxes.length === 10 && inside.length === 10;
        }"""
    )

    # Following brings the step close, and fit ends it.
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


def test_forced_colours_keep_every_look_apart(open_lab: OpenLab) -> None:
    lab = open_lab(color_scheme="dark", forced_colors="active")
    lab.write("k = -1.0\nw = 3.0\nu = 0.0\nt = 2.0\ndead = relu(k)\nmask = t > 1\ny = tanh(w) + dead + mask + sqrt(u)")
    lab.settle()
    every_look_stands_apart(lab, "dark")
    lab.page.emulate_media(color_scheme="light")
    lab.press("Escape", "Home")
    expect(lab.page.locator("#stage .node[data-selected]")).to_have_count(0)
    lab.leave()
    every_look_stands_apart(lab, "light")


def every_look_stands_apart(lab: Lab, theme: str) -> None:
    look = """(id) => {
        const node = document.querySelector(`.node[data-id="${id}"]`);
        const body = getComputedStyle(node.querySelector(".body"));
        const stripes = getComputedStyle(node.querySelector(".stripes")).display !== "none";
        return JSON.stringify([body.strokeDasharray, body.strokeWidth, stripes]);
    }"""
    lab.rest()
    lab.at_step(0)
    waiting = lab.page.evaluate(look, "w")
    lab.press("End")
    lab.at_step(lab.steps())
    lab.rest()
    looks = [waiting, *(lab.page.evaluate(look, name) for name in ("w", "k", "t", "u"))]
    assert len(set(looks)) == 5, f"{theme}: {looks}"
    # Chosen, focused and current are three things more.
    ground = """(id) => getComputedStyle(document.querySelector(`.node[data-id="${id}"] .body`)).fill"""
    before = lab.page.evaluate(ground, "w")
    lab.press("/", "w", "Enter")
    expect(lab.node("w")).to_be_focused()
    lab.rest()
    assert lab.page.evaluate(ground, "w") != before, theme
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert lab.page.evaluate(outline) == "solid", theme
    current = "getComputedStyle(document.querySelector('.node.active')).outlineStyle"
    assert lab.page.evaluate(current) == "dotted", theme


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
# The page has met its new window: what follows a size is done in the frame that has it.
MEETS_WINDOW = """([width, letters]) => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
    done(innerWidth === width && getComputedStyle(document.documentElement).fontSize === `${letters}px`))))"""
LARGE = [
    ((720, 450), 16),
    ((1440, 900), 32),
    ((1440, 900), 24),
    ((1024, 768), 16),
    ((768, 1024), 16),
    (PHONE, 16),
    (PHONE, 24),
]


def test_large_text_is_neither_cut_nor_lost(lab: Lab) -> None:
    lab.press("End")
    lab.at_step(11)
    for size, letters in LARGE:
        lab.page.set_viewport_size({"width": size[0], "height": size[1]})
        set_letters(lab.page, letters)
        lab.page.wait_for_function(MEETS_WINDOW, arg=[size[0], letters], timeout=TIMEOUT)
        nothing_is_cut_or_lost(lab, size, f"{size}, letters of {letters} px")


def nothing_is_cut_or_lost(lab: Lab, size: tuple[int, int], case: str) -> None:
    lab.rest()
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= size[0], case
    assert lab.page.evaluate(CLIPPED) == [], case
    for name in ("Play", "One step forward", "Show the trace as a table"):
        expect(lab.page.get_by_role("button", name=name), case).to_be_in_viewport(ratio=1)
    expect(lab.page.locator("#sentence"), case).to_be_in_viewport()
    stage = lab.page.locator("#stage").bounding_box()
    assert stage is not None
    assert stage["height"] >= 0.25 * size[1], case
    table = lab.page.locator("#table").get_by_role("table")
    lab.press("v")
    expect(table).to_be_visible()
    lab.rest()
    assert lab.page.evaluate(CLIPPED) == [], case
    lab.press("v")
    expect(table).to_be_hidden()
