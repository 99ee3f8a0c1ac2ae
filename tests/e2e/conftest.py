"""One server and one browser for all browser tests; a fresh page for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.browser import DESKTOP, WELCOMED, Lab, browsing, serving
from tests.e2e.watch import watched, watchful

BlankPage = Callable[..., Page]
OpenLab = Callable[..., Lab]


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a running server."""
    with serving() as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    with browsing() as found:
        yield found


MEDIA = {"color_scheme", "contrast", "forced_colors", "reduced_motion"}
"""What a page can be told by itself; the rest belongs to its profile."""


class Contexts:
    """The browser's profiles, with what each has cached of ours and a blank page of ours that keeps its process alive.
    A new one costs more than opening a page: there is one for each way of what only a profile can be told (touch, what
    is permitted), while the size of the window and what the reader wants to see are told to the page.

    A page of a test stands alone all the same: it comes to a profile in which no other is open, and nothing is stored.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self._idle: dict[str, list[tuple[BrowserContext, Page]]] = {}

    def page(self, size: tuple[int, int], options: dict[str, Any]) -> tuple[Page, Callable[[], None]]:
        """A page, and how to put it away."""
        told = {name: value for name, value in options.items() if name not in MEDIA}
        idle = self._idle.setdefault(repr(sorted(told.items())), [])
        context, resident = idle.pop() if idle else self._fresh(told)
        page = context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(**{name: value for name, value in options.items() if name in MEDIA})
        session = context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": self._address, "storageTypes": STORED})
        session.detach()

        def put_away() -> None:
            for each in context.pages:
                if each is not resident:
                    each.close()
            idle.append((context, resident))

        return page, put_away

    def _fresh(self, options: dict[str, Any]) -> tuple[BrowserContext, Page]:
        context = watchful(self._browser, **options)
        resident = context.new_page()
        resident.goto(f"{self._address}/healthz")
        return context, resident


STORED = "cookies,local_storage,indexeddb,cache_storage,service_workers"


@pytest.fixture(scope="session")
def contexts(browser: Browser, address: str) -> Contexts:
    """The profiles that the tests' pages stand in."""
    return Contexts(browser, address)


@pytest.fixture
def motion(request: pytest.FixtureRequest) -> str:
    """What the reader is said to want of motion: none, where the test is not marked as one about it. A step is there at
    once then, and nothing has to be waited for that no test looks at.
    """
    return "reduce" if request.node.get_closest_marker("motion") is None else "no-preference"


@pytest.fixture
def blank_page(contexts: Contexts, motion: str) -> Iterator[BlankPage]:
    """Gives pages that are watched, as often as wanted; at the end nothing may have gone wrong on any of them."""
    opened: list[tuple[Page, Callable[[], None]]] = []
    wrong: list[list[str]] = []
    with ExitStack() as watching:

        def blank(size: tuple[int, int] = DESKTOP, **options: Any) -> Page:
            page, put_away = contexts.page(size, {"reduced_motion": motion, **options})
            opened.append((page, put_away))
            wrong.append(watching.enter_context(watched(page.context)))
            return page

        yield blank
    for _, put_away in opened:
        put_away()
    assert [text for each in wrong for text in each] == []


@pytest.fixture
def open_lab(blank_page: BlankPage, address: str) -> OpenLab:
    """Opens the lab, as often as wanted."""

    def opened(
        size: tuple[int, int] = DESKTOP, fragment: str = "", *, first_visit: bool = False, **options: Any
    ) -> Lab:
        page = blank_page(size, **options)
        if not first_visit:
            page.add_init_script(WELCOMED)
        return Lab(page, address).open(fragment)

    return opened


@pytest.fixture
def lab(open_lab: OpenLab) -> Lab:
    """The page as it opens, in a desktop window."""
    return open_lab()


@pytest.fixture
def open_page(blank_page: BlankPage, address: str) -> Callable[..., Page]:
    """Opens an address of ours in a window.

    What is asked between two steps may be refused: the program is of the one, the values are of the other already.
    """

    def go(path: str, size: tuple[int, int] = DESKTOP, **options: Any) -> Page:
        page = blank_page(size, **options)
        page.goto(f"{address}{path}")
        return page

    return go
