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
from playwright.sync_api import Browser, Page, expect, sync_playwright

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
]
# Waiting ends as soon as it may; a busy machine must not turn a green tree red.
expect.set_options(timeout=20_000)

# As for somebody who has been here before: the first steps are not pointed out.
WELCOMED = "try { localStorage.setItem('backlit-welcomed', '1') } catch {}"

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


def set_letters(page: Page, size: int) -> None:
    """What a reader sets under "font size" in the browser, in px."""
    sizes = {"fontSizes": {"standard": size, "fixed": round(size * 13 / 16)}}
    page.context.new_cdp_session(page).send("Page.setFontSizes", sizes)


class Lab:
    """The page as its reader uses it: by what is written on it, not by how it is built."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def open(self, fragment: str = "") -> Lab:
        """Goes to the page and waits until graph and editor stand."""
        self.page.goto(f"{self.address}/lab{fragment}")
        self.settle()
        expect(self.page.locator("#editor .cm-content")).to_be_attached()
        return self

    def settle(self) -> None:
        """Waits until the graph shows the program that stands in the editor."""
        expect(self.page.locator("#stage[data-current=true]:not([aria-busy])")).to_be_attached()
        expect(self.page.locator("#stage .node").first).to_be_visible()

    def write(self, program: str) -> None:
        """Puts a program into the editor, as pasting it would."""
        editor = self.page.locator("#editor .cm-content")
        editor.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(program)
        self.page.locator("#sentence").click()

    def press(self, *keys: str) -> None:
        """Presses keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def steps(self) -> int:
        """How many steps the timeline has."""
        return int(self.page.locator("#lanes").get_attribute("aria-valuemax") or 0)

    def step(self) -> int:
        """Where it stands."""
        return int(self.page.locator("#lanes").get_attribute("aria-valuenow") or 0)

    def at_step(self, step: int) -> None:
        """Waits until the timeline stands at the end of a step, with nothing on its way."""
        expect(self.page.locator(f'#lanes[aria-valuenow="{step}"]')).to_be_attached()
        expect(self.page.locator(".pulses .pulse:visible")).to_have_count(0)

    def example(self, title: str) -> None:
        """Opens an example and leaves the focus where keys mean commands."""
        self.page.get_by_label("Open an example").select_option(label=title)
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        self.settle()
        self.page.locator("#sentence").click()

    def to(self, moment: float) -> None:
        """Scrubs to a moment by pointer, as exactly as a pointer can."""
        track = self.page.locator(".lane-track").first.bounding_box()
        assert track is not None
        x = track["x"] + track["width"] * moment / self.steps()
        self.page.mouse.click(x, track["y"] + 2)

    def node(self, name: str) -> str:
        """What the graph tells a screen reader of one node."""
        return self.page.locator(f'#stage .node[data-id="{name}"]').get_attribute("aria-label") or ""

    def says(self, name: str, words: str) -> None:
        """Waits until the graph tells this of a node: numbers come a moment after what changed them."""
        label = re.compile(re.escape(words))
        expect(self.page.locator(f'#stage .node[data-id="{name}"]')).to_have_attribute("aria-label", label)
