"""A server and a browser for the tests and the screenshots."""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from app.main import create_app

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages of one profile share a process: starting one, and compiling our scripts in it, takes half of opening a page.
    "--process-per-site",
    # Graphviz is compiled for every page that is opened: quickly, and only what is used of it.
    "--js-flags=--no-wasm-tier-up --no-wasm-dynamic-tiering --wasm-lazy-compilation",
]
# Waiting ends as soon as it may; a busy machine must not turn a green tree red.
TIMEOUT = 20_000
expect.set_options(timeout=TIMEOUT)

# As for somebody who has been here before: the first steps are not pointed out.
WELCOMED = "try { localStorage.setItem('backlit-welcomed', '1') } catch {}"

# The page says what it still has to do (static/js/busy.js). Keys and clicks mean what they say once it takes orders and
# neither program, picture nor part of the page is on its way; what is told beside them may be.
TAKES_ORDERS = "html[data-ready]:not([data-busy~=trace], [data-busy~=layout], [data-busy~=part])"
# And then nothing changes any more until somebody does something, but for what plays.
AT_REST = "html[data-ready]:not([data-busy])"

# Looked for in every frame; an expectation looks every second only, after the first few times.
IS_THERE = "(selector) => document.querySelector(selector) !== null"
# At one moment: while something plays, the number of its step is there from the step's beginning.
AT_STEP = """(step) => document.querySelector("#lanes")?.ariaValueNow === step
  && !document.documentElement.hasAttribute("data-playing")
  && [...document.querySelectorAll(".pulses .pulse")].every(
    (pulse) => !pulse.checkVisibility({ visibilityProperty: true }))"""

DESKTOP = (1440, 900)
PROJECTOR = (1280, 720)
PHONE = (390, 844)


@contextmanager
def serving() -> Iterator[str]:
    """The application on a free port, in a thread; yields its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(create_app(), log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 10
        while not server.started:
            if time.monotonic() > deadline:
                raise RuntimeError("the server did not start within 10 s")
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(10)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Chromium: the one that `make` found, or the one on the PATH."""
    path = os.environ.get("BACKLIT_TEST_BROWSER") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def takes_orders(page: Page) -> None:
    """Waits until what is pressed or typed now meets the page that the reader sees."""
    page.wait_for_function(IS_THERE, arg=TAKES_ORDERS, timeout=TIMEOUT)


def at_rest(page: Page) -> None:
    """Waits until everything that was asked has been answered and is shown: what is read now stays as it is."""
    page.wait_for_function(IS_THERE, arg=AT_REST, timeout=TIMEOUT)


GAVE_IT_BACK = "() => document.fullscreenElement === null"
"""Whether the page fills the screen no longer."""


def resize(page: Page, size: tuple[int, int]) -> None:
    """Gives the window another size, once it has given back the screen that Present filled: before, it has none."""
    page.wait_for_function(GAVE_IT_BACK, timeout=TIMEOUT)
    session = page.context.new_cdp_session(page)
    # The window follows the page a moment later.
    while session.send("Browser.getWindowForTarget")["bounds"].get("windowState", "normal") != "normal":
        page.evaluate("() => new Promise(requestAnimationFrame)")
    session.detach()
    page.set_viewport_size({"width": size[0], "height": size[1]})


def press(page: Page, *keys: str) -> None:
    """Presses keys one after another, each once the page takes orders."""
    for key in keys:
        takes_orders(page)
        page.keyboard.press(key)


def write(page: Page, text: str) -> None:
    """Types where the focus is, once the page takes orders."""
    takes_orders(page)
    page.keyboard.type(text)


def insert(page: Page, text: str) -> None:
    """Puts text where the focus is, as an input method does, once the page takes orders."""
    takes_orders(page)
    page.keyboard.insert_text(text)


def paste(field: Locator, text: str) -> None:
    """Pastes into a field of code, in place of what is chosen there. Typed, each new line would be one that the browser
    makes by itself, and some hundreds of them take it seconds.
    """
    field.evaluate(
        """(field, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def set_letters(page: Page, size: int) -> None:
    """What a reader sets under "font size" in the browser, in px."""
    sizes = {"fontSizes": {"standard": size, "fixed": round(size * 13 / 16)}}
    page.context.new_cdp_session(page).send("Page.setFontSizes", sizes)


def tap(target: Locator) -> None:
    """Taps with a finger, once the page is at rest: on a busy one the finger stays down for so long that it means
    something else.
    """
    at_rest(target.page)
    target.tap()


class Lab:
    """The page as its reader uses it: by what is written on it, not by how it is built."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def open(self, fragment: str = "") -> Lab:
        """Goes to the page and waits until graph and editor stand."""
        self.page.goto(f"{self.address}/lab{fragment}")
        return self.settle()

    def settle(self) -> Lab:
        """Waits until the graph shows the program that stands in the editor, and the page takes orders."""
        expect(self.page.locator(f"{TAKES_ORDERS} #stage[data-current=true] .node").first).to_be_visible()
        return self

    def rest(self) -> Lab:
        """Waits until nothing changes any more until somebody does something."""
        at_rest(self.page)
        return self

    def write(self, program: str) -> None:
        """Puts a program into the editor, as pasting it would."""
        editor = self.page.locator("#editor .cm-content")
        editor.click()
        expect(editor).to_be_focused()
        self.press("ControlOrMeta+a")
        paste(editor, program)
        self.leave()

    def leave(self) -> None:
        """Leaves whatever has the focus: keys mean commands from here on."""
        self.page.locator("#sentence").click()
        expect(self.page.locator("body")).to_be_focused()

    def press(self, *keys: str) -> None:
        """Presses keys one after another, each once the page takes orders."""
        press(self.page, *keys)

    def type(self, text: str) -> None:
        """Types where the focus is, once the page takes orders."""
        write(self.page, text)

    def steps(self) -> int:
        """How many steps the timeline has."""
        return int(self.page.locator("#lanes").get_attribute("aria-valuemax") or 0)

    def step(self) -> int:
        """Where it stands."""
        return int(self.page.locator("#lanes").get_attribute("aria-valuenow") or 0)

    def in_step(self, step: int) -> None:
        """Waits until a step is on its way, or has come to its end."""
        expect(self.page.locator(f'#lanes[aria-valuenow="{step}"]')).to_be_attached()

    def at_step(self, step: int) -> None:
        """Waits until the timeline stands at the end of a step, with nothing on its way."""
        self.page.wait_for_function(AT_STEP, arg=str(step), timeout=TIMEOUT)

    def example(self, title: str) -> None:
        """Opens an example and leaves the focus where keys mean commands."""
        self.page.get_by_label("Open an example").select_option(label=title)
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        self.settle()
        self.leave()

    def to(self, moment: float) -> None:
        """Scrubs to a moment by pointer, as exactly as a pointer can."""
        self.page.mouse.click(*self.lane_point(moment))

    def lane_point(self, moment: float) -> tuple[float, float]:
        """Where a moment stands on the screen."""
        takes_orders(self.page)
        track = self.page.locator(".lane-track").first.bounding_box()
        assert track is not None
        return track["x"] + track["width"] * moment / self.steps(), track["y"] + 2

    def node(self, name: str) -> Locator:
        """A node of the graph."""
        spelled = name.replace('"', r"\"")
        return self.page.locator(f'#stage .node[data-id="{spelled}"]')

    def says(self, name: str, words: str) -> None:
        """Waits until the graph tells this of a node: numbers come a moment after what changed them."""
        expect(self.node(name)).to_have_attribute("aria-label", re.compile(re.escape(words)))

    def focus_is_on(self, name: str | re.Pattern[str]) -> None:
        """Waits until what is called so has the focus."""
        expect(self.page.locator(":focus")).to_have_accessible_name(name)
