"""The stage in a frame on a page of another origin."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.e2e.browser import AT_REST, TAKES_ORDERS, Lab
from tests.e2e.test_touch import move
from tests.e2e.watch import watched, watchful


@pytest.fixture
def host() -> Iterator[str]:
    """A page elsewhere: its path says what stands in its frame, after the address of our server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            source = escape(unquote(self.path.partition("?")[2]))
            frame = f'<iframe src="{source}" width="900" height="560"></iframe>'
            page = f'<!doctype html><title>Elsewhere</title><button>Elsewhere</button>{frame}<p style="height: 200vh">'
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    # localhost is another origin than 127.0.0.1, where our server answers.
    yield f"http://localhost:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def elsewhere(browser: Browser, motion: Literal["reduce", "no-preference"]) -> Iterator[Page]:
    """A page with nothing of ours in it yet. Nothing may go wrong on it, in its frames and in the windows they open."""
    context = watchful(browser, viewport={"width": 1000, "height": 700}, reduced_motion=motion)
    with watched(context) as wrong:
        yield context.new_page()
    context.close()
    assert wrong == []


def framed(page: Page, host: str, source: str) -> FrameLocator:
    page.goto(f"{host}?{quote(source)}")
    return page.frame_locator("iframe")


def test_its_address_says_what_is_left_out_and_its_link_takes_the_state_along(
    elsewhere: Page, host: str, address: str
) -> None:
    frame = framed(elsewhere, host, f"{address}/embed#hide=header,editor,inspector,legend&t=3")
    expect(frame.locator("#sentence")).to_contain_text("Forward 3 of 5")
    expect(frame.locator("#values")).to_be_visible()
    expect(frame.locator("#editor")).to_be_hidden()
    expect(frame.locator("#legend")).to_be_hidden()
    # The way to the whole page takes the state along.
    expect(frame.locator(f"{TAKES_ORDERS} #stage .node").first).to_be_visible()
    elsewhere.frames[1].evaluate("""location.hash = '#program=y+%3D+k+*+3&values={"k":7}'""")
    expect(frame.locator(f"{TAKES_ORDERS} #stage[data-current=true] .node")).to_have_count(2)
    frame.get_by_role("button", name="To the end").click()
    expect(frame.locator("#sentence")).to_contain_text("Backward")
    with elsewhere.context.expect_page() as opening:
        frame.get_by_role("link", name="Open in Backlit").click()
    lab = Lab(opening.value, address)
    lab.settle()
    lab.at_step(lab.steps())
    lab.says("y", "value 21")
    expect(lab.page.locator("#editor")).to_be_visible()


def scrolled(page: Page) -> float:
    """How far the page elsewhere is scrolled, px."""
    return float(page.evaluate("scrollY"))


def scale(frame: FrameLocator) -> float:
    """How large a node is drawn, px."""
    expect(frame.locator(AT_REST)).to_be_attached()
    box = frame.locator('.node[data-id="y"] .body').bounding_box()
    assert box is not None
    return box["width"]


def grows(page: Page, than: float) -> None:
    """Waits until the picture in the frame is larger than it was."""
    page.frames[1].wait_for_function(
        """(than) => document.querySelector('.node[data-id="y"] .body').getBoundingClientRect().width > than * 1.05""",
        arg=than,
    )


def scrolls(page: Page) -> None:
    """Waits until the page elsewhere is scrolled."""
    page.wait_for_function("() => scrollY > 0")


def scroll_back(page: Page) -> None:
    """Scrolls the page elsewhere to its beginning, and waits until it is there."""
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function("() => scrollY === 0")


def standing(elsewhere: Page, host: str, address: str) -> FrameLocator:
    """The frame with its picture drawn, the pointer over an empty place of it."""
    frame = framed(elsewhere, host, f"{address}/embed")
    expect(frame.locator("#stage[data-current=true]:not([aria-busy]) .node").first).to_be_visible()
    expect(frame.locator(AT_REST)).to_be_attached()
    box = frame.locator("#stage").bounding_box()
    assert box is not None
    elsewhere.mouse.move(box["x"] + 60, box["y"] + box["height"] - 60)
    return frame


def test_it_plays_and_zooms_in_a_frame_of_another_origin(elsewhere: Page, host: str, address: str) -> None:
    frame = standing(elsewhere, host, address)
    for gone in ("#header", "#left", "#right", "#stage-bar"):
        expect(frame.locator(gone)).to_be_hidden()
    expect(frame.locator("#legend")).to_be_visible()
    a_wheel_scrolls_the_page_that_holds_it_and_says_how_to_zoom(elsewhere, frame)
    a_wheel_with_the_key_held_zooms_it(elsewhere, frame)
    once_clicked_into_it_takes_the_wheel_until_the_focus_leaves(elsewhere, frame)
    frame.get_by_role("button", name="One step forward").click()
    expect(frame.locator("#sentence")).to_contain_text("Forward 1 of 5")


def a_wheel_scrolls_the_page_that_holds_it_and_says_how_to_zoom(elsewhere: Page, frame: FrameLocator) -> None:
    """And the page is scrolled back."""
    before = scale(frame)
    hint = frame.locator(".manners")
    expect(hint).to_have_css("opacity", "0")
    elsewhere.mouse.wheel(0, 60)
    scrolls(elsewhere)
    assert scale(frame) == before
    expect(hint).to_have_text("Ctrl + scroll to zoom, or click first")
    expect(hint).to_have_css("opacity", "1")
    # Told once, and for a moment.
    expect(hint).to_have_css("opacity", "0")
    scroll_back(elsewhere)


def a_wheel_with_the_key_held_zooms_it(elsewhere: Page, frame: FrameLocator) -> None:
    """Either key, and the page stays where it is."""
    for key in ("Control", "Meta"):
        before = scale(frame)
        elsewhere.keyboard.down(key)
        elsewhere.mouse.wheel(0, -100)
        elsewhere.keyboard.up(key)
        grows(elsewhere, before)
        assert scale(frame) < 1.5 * before, key
        assert scrolled(elsewhere) == 0, key


def once_clicked_into_it_takes_the_wheel_until_the_focus_leaves(elsewhere: Page, frame: FrameLocator) -> None:
    """And then the page has it again, and is scrolled back."""
    before = scale(frame)
    expect(frame.locator("#stage[data-engaged]")).to_have_count(0)
    elsewhere.mouse.down()
    elsewhere.mouse.up()
    elsewhere.mouse.wheel(0, -100)
    grows(elsewhere, before)
    assert scrolled(elsewhere) == 0
    elsewhere.get_by_role("button", name="Elsewhere").focus()
    expect(frame.locator("#stage[data-engaged]")).to_have_count(0)
    zoomed = scale(frame)
    elsewhere.mouse.wheel(0, 60)
    scrolls(elsewhere)
    assert scale(frame) == zoomed
    scroll_back(elsewhere)


@pytest.fixture
def tablet(browser: Browser) -> Iterator[Page]:
    """The same under fingers."""
    context = watchful(browser, viewport={"width": 1000, "height": 500}, has_touch=True)
    with watched(context) as wrong:
        yield context.new_page()
    context.close()
    assert wrong == []


def test_one_finger_scrolls_the_page_that_holds_it(tablet: Page, host: str, address: str) -> None:
    frame = standing(tablet, host, address)
    before = scale(frame)
    move(tablet.context.new_cdp_session(tablet), [(200, 280)], [(200, 180)])
    scrolls(tablet)
    assert scale(frame) == before
    expect(frame.get_by_text("Two fingers move and zoom the graph")).to_have_css("opacity", "1")


def test_two_fingers_zoom_it(tablet: Page, host: str, address: str) -> None:
    frame = standing(tablet, host, address)
    before = scale(frame)
    move(tablet.context.new_cdp_session(tablet), [(400, 250), (450, 250)], [(325, 250), (525, 250)])
    grows(tablet, before)
    assert scrolled(tablet) == 0


def test_the_lab_itself_stands_in_no_frame(browser: Browser, host: str, address: str) -> None:
    context = watchful(browser)
    page = context.new_page()
    with watched(context) as refused:
        framed(page, host, f"{address}/")
    assert page.frames[1].url != f"{address}/"
    assert any("frame-ancestors" in text for text in refused)
    context.close()


def test_what_goes_wrong_in_a_frame_is_heard(browser: Browser, host: str, address: str) -> None:
    context = watchful(browser)
    page = context.new_page()
    with watched(context) as wrong:
        expect(framed(page, host, f"{address}/embed").locator("#stage .node").first).to_be_visible()
        page.frames[1].evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')")
    assert any("the policy forbids style-src-attr" in text for text in wrong), wrong
    context.close()
