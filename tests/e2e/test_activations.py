"""The page of activation functions: numbers by the engine, one x for all."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import DESKTOP, PHONE, Lab, at_rest, press
from tests.e2e.conftest import BlankPage
from tests.e2e.test_modes import findings

OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(blank_page: BlankPage, address: str) -> OpenPage:
    """Opens the page at an x."""

    def opened(x: float) -> Page:
        page = blank_page(DESKTOP, color_scheme="dark")
        page.goto(f"{address}/activations#x={x}")
        expect(card(page, "gelu_tanh").locator(".at-value")).to_be_attached()
        expect(card(page, "gelu_tanh").locator(".maths").first).to_be_attached()
        expect(page.locator(".chart.depth")).to_be_visible()
        at_rest(page)
        return page

    return opened


def card(page: Page, name: str) -> Locator:
    return page.locator(f'[data-function="{name}"]')


def numbers(page: Page, name: str) -> list[float]:
    """Value and slope as they stand on the card, to the digits shown."""
    return [float(text.replace("−", "-")) for text in card(page, name).locator("dd").all_inner_texts()]


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def normal(x: float) -> float:
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def test_one_x_moves_cards_and_depth(open_page: OpenPage) -> None:
    page = open_page(0)
    the_corner_names_its_convention_and_zones_are_shaded(page)
    one_x_moves_them_all(page)
    the_gradient_by_depth(page)


def the_corner_names_its_convention_and_zones_are_shaded(page: Page) -> None:
    expect(card(page, "relu").locator(".convention.now")).to_have_text(
        "relu has a corner at 0: the slope is taken as 0 there."
    )
    expect(card(page, "relu").locator(".dead")).to_have_count(1)
    expect(card(page, "sigmoid").locator("rect.saturated")).to_have_count(2)
    slider = page.locator("#x-slider")
    slider.focus()
    press(page, "ArrowLeft")
    expect(card(page, "relu").get_by_text("Dead here")).to_be_visible()
    field = page.locator(".x-control .field")
    field.fill("-3,5")
    field.press("Enter")
    expect(card(page, "sigmoid").get_by_text("Almost flat here")).to_be_visible()
    expect(card(page, "log").locator("dd").first).to_have_text("–")


def one_x_moves_them_all(page: Page) -> None:
    for x in (-2.0, 0.0, 2.0):
        page.get_by_role("button", name=f"x = {str(int(x)).replace('-', '−')}", exact=True).click()
        expect(page.get_by_label("x", exact=True).and_(page.locator(".field"))).to_have_value(
            str(int(x)).replace("-", "−")
        )
        expect(card(page, "relu").locator("dd").first).to_have_text(str(int(max(x, 0))))
        at_rest(page)
        s = sigmoid(x)
        density = math.exp(-x * x / 2) / math.sqrt(2 * math.pi)
        for name, value, slope in (
            ("sigmoid", s, s * (1 - s)),
            ("relu", max(x, 0), float(x > 0)),
            ("tanh", math.tanh(x), 1 - math.tanh(x) ** 2),
            ("gelu", x * normal(x), normal(x) + x * density),
            ("silu", x * s, s + x * s * (1 - s)),
            ("leaky_relu", x if x > 0 else 0.01 * x, 1.0 if x > 0 else 0.01),
            ("softplus", math.log1p(math.exp(x)), s),
        ):
            assert numbers(page, name) == pytest.approx([value, slope], rel=6e-4, abs=1e-12), (name, x)
    # The tanh form of GELU is near the exact one, and not the same.
    near, exact = numbers(page, "gelu_tanh"), numbers(page, "gelu")
    assert near == pytest.approx(exact, abs=2e-3)
    assert near != exact


def the_gradient_by_depth(page: Page) -> None:
    depth = page.get_by_role("slider", name="depth")
    for deep in (10, 9):
        x, slope = 2.0, 1.0
        for _ in range(deep):
            y = sigmoid(x)
            x, slope = y, slope * y * (1 - y)
        mantissa, exponent = f"{slope:.3e}".split("e")
        shown = f"{float(mantissa):g}e−{abs(int(exponent))}"
        expect(page.locator(".stack-told")).to_contain_text(f"After {deep} sigmoids, {shown} is left")
        depth.press("ArrowLeft")
    page.get_by_role("combobox", name="function").select_option("relu")
    expect(page.locator(".stack-told")).to_contain_text("1 is left of a gradient of 1")
    page.get_by_role("button", name="x = −2").click()
    expect(page.locator(".stack-told")).to_contain_text("nothing is left")
    link = page.locator("#depth").get_by_role("link", name="Open in the lab")
    link.click()
    expect(page.locator('#stage .node[data-id="h8"]')).to_be_attached()


def test_formulas_stand_within_their_cards_and_axe_finds_nothing_on_desktop_and_phone(
    open_page: OpenPage,
) -> None:
    page = open_page(-2)
    wider = "all => all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent)"
    for size, scheme in ((DESKTOP, "dark"), (PHONE, "light")):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme)
        expect(card(page, "gelu_tanh").locator(".formulas")).to_contain_text("0.044715")
        # The plots are drawn anew for the window.
        page.wait_for_function("(width) => innerWidth === width", arg=size[0])
        at_rest(page)
        assert page.locator(".cards .card, .formulas p").evaluate_all(wider) == [], size
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert findings(Lab(page, "")) == [], size
