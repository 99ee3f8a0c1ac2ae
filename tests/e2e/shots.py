"""Screenshots for the eye, into shots/: `python -m tests.e2e.shots [beginning of a name ...]`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.e2e.browser import DESKTOP, PHONE, PROJECTOR, Lab, browsing, serving

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "shots"


def example(title: str, moment: float) -> Callable[[Lab], None]:
    """Opens an example and goes to a moment, given as a part of the whole."""

    def act(lab: Lab) -> None:
        lab.page.get_by_label("Open an example").select_option(label=title)
        lab.settle()
        lab.to(moment * lab.steps())

    return act


def at(moment: float) -> Callable[[Lab], None]:
    """Goes to a moment of the default program, in steps."""
    return lambda lab: lab.to(moment)


def presenting(lab: Lab) -> None:
    """Present mode, mid-backward."""
    lab.press("p")
    lab.page.wait_for_function("() => document.documentElement.hasAttribute('data-present')")
    lab.to(8.45)


def broken(lab: Lab) -> None:
    """An error in the second line."""
    lab.write("z1 = W1 @ x + b1\na1 = rellu(z1)\ny = W2 @ a1 + b2")
    lab.page.locator("#problem").wait_for()


def awake(lab: Lab) -> None:
    """b1 raised, at the end: all lit."""
    field = lab.page.get_by_label("b1", exact=True)
    field.fill("2")
    field.press("Enter")
    lab.settle()
    lab.press("Escape")
    lab.page.locator("#sentence").click()
    lab.press("End")


def network(lab: Lab) -> None:
    """The network tab."""
    lab.page.get_by_role("tab", name="Network").click()


def output(lab: Lab) -> None:
    """The output tab of the program that differentiates by hand."""
    example("Derivatives and the chain rule: by hand", 1)(lab)
    lab.page.get_by_role("tab", name="Output").click()


def sheet(name: str) -> Callable[[Lab], None]:
    """A sheet on the phone."""

    def act(lab: Lab) -> None:
        lab.to(8.45)
        lab.page.get_by_role("button", name=name).click()

    return act


def program(text: str, moment: float = 1) -> Callable[[Lab], None]:
    """Types a program and goes to a part of its time."""

    def act(lab: Lab) -> None:
        lab.write(text)
        lab.settle()
        lab.to(moment * lab.steps())

    return act


def missing(lab: Lab) -> None:
    """A free name without a value."""
    lab.write("y = x * k + 1")
    lab.page.locator("#problem").wait_for()


def built(lab: Lab) -> None:
    """A network built from its description."""
    lab.page.get_by_role("tab", name="Network").click()
    lab.page.get_by_label("Units of layer 1").fill("8")
    lab.page.get_by_role("button", name="Build the network").click()
    lab.page.get_by_role("tab", name="Program", selected=True).wait_for()
    lab.settle()
    lab.to(0.8 * lab.steps())


class Shot(NamedTuple):
    """One picture: its name, the window, what is done before."""

    name: str
    size: tuple[int, int]
    act: Callable[[Lab], None]
    themes: tuple[str, ...] = ("dark",)


BOTH = ("dark", "light")
SHOTS = [
    Shot("start", DESKTOP, lambda lab: None),
    Shot("forward", DESKTOP, at(3.45), BOTH),
    Shot("backward", DESKTOP, at(8.45), BOTH),
    Shot("end", DESKTOP, lambda lab: lab.press("End"), BOTH),
    Shot("awake", DESKTOP, awake, BOTH),
    Shot("present", PROJECTOR, presenting, BOTH),
    Shot("phone-forward", PHONE, at(3.45)),
    Shot("phone-backward", PHONE, at(8.45), BOTH),
    Shot("phone-edit", PHONE, sheet("Edit")),
    Shot("phone-inspect", PHONE, sheet("Inspect")),
    Shot("fork", DESKTOP, example("x · (x + y)", 0.99)),
    Shot("softmax", DESKTOP, example("Softmax and cross-entropy", 0.8)),
    Shot("mlp", DESKTOP, example("A small network with a loss", 0.9), BOTH),
    Shot("vanish", DESKTOP, example("Ten sigmoids", 1)),
    Shot("byhand", DESKTOP, output),
    Shot("network", DESKTOP, network),
    Shot("built", DESKTOP, built),
    Shot("broken", DESKTOP, broken),
    Shot("missing", DESKTOP, missing),
    Shot("nonfinite", DESKTOP, program("x = 2.0\nw = 3.0\na = log(x - 2)\nmask = x > 1\ny = a * w + mask", 0.9)),
]


def main(wanted: list[str]) -> None:
    """Takes those whose names begin with one of these; all without any."""
    FOLDER.mkdir(exist_ok=True)
    with serving() as address, browsing() as browser:
        for shot in SHOTS:
            for theme in shot.themes:
                name = f"{shot.name}-{theme}"
                if wanted and not any(name.startswith(part) for part in wanted):
                    continue
                width, height = shot.size
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
                page = context.new_page()
                page.on("console", lambda message, name=name: print(f"{name}: {message.type}: {message.text}"))
                page.on("pageerror", lambda error, name=name: print(f"{name}: {error}"))
                shot.act(Lab(page, address).open())
                page.evaluate("document.fonts.ready")
                page.mouse.move(2, 2)
                page.evaluate("() => new Promise(done => setTimeout(done, 400))")  # let transitions come to rest
                page.screenshot(path=str(FOLDER / f"{name}.png"))
                context.close()
                print(FOLDER / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
