"""What axe-core finds on every page, in every mode and theme: nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tests.e2e.browser import DESKTOP, PHONE, Lab
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings

FUNCTION = "def f(a):\n    return a * 2 + 1\nx = 3.0\ny = f(x) * f(x + 1)"


def keys(*pressed: str) -> Callable[[Lab], None]:
    """Keys, one after another."""
    return lambda lab: lab.press(*pressed)


def shown(title: str, *pressed: str) -> Callable[[Lab], None]:
    """An example, and keys."""

    def act(lab: Lab) -> None:
        lab.example(title)
        lab.press(*pressed)

    return act


def program(text: str, *pressed: str) -> Callable[[Lab], None]:
    """A program, and keys."""

    def act(lab: Lab) -> None:
        lab.write(text)
        lab.settle()
        lab.press(*pressed)

    return act


def broken(lab: Lab) -> None:
    """A program that does not run."""
    lab.write("y = foo(x)")
    lab.page.locator("#problem").wait_for()


def tab(name: str) -> Callable[[Lab], None]:
    """Another tab."""
    return lambda lab: lab.page.get_by_role("tab", name=name).click()


def press(name: str) -> Callable[[Lab], None]:
    """A button."""
    return lambda lab: lab.page.get_by_role("button", name=name, exact=True).click()


def sorted_table(lab: Lab) -> None:
    """The table, sorted and filtered."""
    lab.press("End", "v")
    lab.page.get_by_role("columnheader", name="Gradient").get_by_role("button").click()
    lab.press("/", "1")
    lab.page.get_by_text("rows match").wait_for()


def found(*typed: str) -> Callable[[Lab], None]:
    """The search box with something typed."""

    def act(lab: Lab) -> None:
        lab.press("/", *typed)
        lab.page.get_by_role("status").filter(has_text="node").wait_for(state="attached")

    return act


def cell(lab: Lab) -> None:
    """An element's own arithmetic."""
    lab.press("End")
    lab.page.locator('.node[data-id="W1"] [data-of=grad] [data-place="1"]').hover()
    lab.page.locator("#cell .cell-sum").wait_for()


class State(NamedTuple):
    """A state of the page: what it is called, what is done to get there, the window, and what the browser is told."""

    name: str
    act: Callable[[Lab], None]
    size: tuple[int, int] = DESKTOP
    mode: tuple[tuple[str, Any], ...] = ()


FORCED = (("forced_colors", "active"),)
MORE = (("contrast", "more"),)
STATES = [
    State("backward", lambda lab: lab.to(9)),
    State("end", keys("End")),
    State("network", tab("Network")),
    State("output", shown("Derivatives and the chain rule: by hand", "End")),
    State("a loss", shown("A small network with a loss", "End")),
    State("functions closed", program(FUNCTION, "End")),
    State("functions open", program(FUNCTION, "e", "End")),
    State("a large program", shown("A transformer block", "End")),
    State("broken", broken),
    State("present", keys("p", "End")),
    State("an element pointed at", cell),
    State("a node chosen", keys("End", "/", "a", "1", "Enter")),
    State("table", keys("End", "v")),
    State("table, sorted and filtered", sorted_table),
    State("table of functions", program(FUNCTION, "End", "v")),
    State("search", found("W")),
    State("search without result", found("q", "q")),
    State("map", shown("Ten sigmoids", "1", "m")),
    State("phone", keys("End"), PHONE),
    State("phone, program", press("Edit"), PHONE),
    State("phone, inspector", press("Inspect"), PHONE),
    State("phone, table", keys("End", "v"), PHONE),
    State("phone, search", found("W"), PHONE),
    State("tablet", keys("End"), (1024, 768)),
    State("tablet upright", keys("End"), (768, 1024)),
    State("at 200 %", keys("End"), (720, 450), (("device_scale_factor", 2),)),
    State("more contrast", keys("End"), DESKTOP, MORE),
    State("more contrast, table", keys("End", "v"), DESKTOP, MORE),
    State("forced colours", keys("End"), DESKTOP, FORCED),
    State("forced colours, table", keys("End", "v"), DESKTOP, FORCED),
]


@pytest.mark.parametrize("state", STATES, ids=[state.name for state in STATES])
def test_axe_finds_nothing(open_lab: OpenLab, state: State) -> None:
    lab = open_lab(state.size, color_scheme="dark", reduced_motion="reduce", **dict(state.mode))
    state.act(lab)
    assert findings(lab) == []
    lab.page.emulate_media(color_scheme="light")
    assert findings(lab) == []


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_in_the_reference(open_lab: OpenLab, theme: str) -> None:
    lab = open_lab(color_scheme=theme)
    lab.page.goto(f"{lab.address}/docs")
    assert findings(lab) == []
