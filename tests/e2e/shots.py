"""Screenshots for the eye, into shots/: `python -m tests.e2e.shots [beginning of a name ...]`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote

from app.api.schemas import MINI_PROGRAM as MINI
from benchmarks.browser.programs import with_nodes
from tests.e2e.browser import DESKTOP, PHONE, PROJECTOR, WELCOMED, Lab, browsing, serving, set_letters
from tests.e2e.test_snapshots import SOFTMAX, groups

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "shots"
PASTED = ROOT / "tests" / "engine" / "learners"


def example(title: str, moment: float) -> Callable[[Lab], None]:
    """Opens an example and goes to a moment, given as a part of the whole."""

    def act(lab: Lab) -> None:
        lab.page.get_by_label("Open an example").select_option(label=title)
        lab.settle()
        lab.to(moment * lab.steps())

    return act


def pasted(name: str, moment: float) -> Callable[[Lab], None]:
    """Pastes a program that learners bring, and goes to a moment, given as a part of the whole."""

    def act(lab: Lab) -> None:
        lab.write((PASTED / f"{name}.py").read_text(encoding="utf-8"))
        lab.settle().rest()
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


def presented(moment: float) -> Callable[[Lab], None]:
    """Present mode at a moment, its controls gone."""

    def act(lab: Lab) -> None:
        presenting(lab)
        lab.to(moment)
        lab.page.evaluate("document.documentElement.toggleAttribute('data-idle', true)")

    return act


def presented_fork(lab: Lab) -> None:
    """Present mode on x·(x+y), its two messages added."""
    lab.example("x · (x + y)")
    presented(3)(lab)
    lab.to(lab.steps())


def adding(part: float) -> Callable[[Lab], None]:
    """x·(x+y) within its last step, in which two messages meet."""

    def act(lab: Lab) -> None:
        lab.example("x · (x + y)")
        lab.to(lab.steps() - 1 + part)

    return act


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


def scalars(lab: Lab) -> None:
    """The notebook's network, every element a node of its own."""
    lab.page.locator("#sentence").click()
    lab.press("d")
    lab.page.get_by_role("button", name="Scalars: every element", pressed=True).wait_for()
    lab.settle()
    lab.press("End")


def opened(lab: Lab) -> None:
    """One matrix product opened to its scalars."""
    lab.page.locator('.node[data-id="z1.1"]').click()
    lab.page.get_by_role("button", name="Open into scalars: @ in z1").click()
    lab.page.locator('.node[data-id="z1.1:W1[0,1]"]').wait_for()
    lab.settle()


def network(lab: Lab) -> None:
    """The network tab."""
    lab.page.get_by_role("tab", name="Network").click()


def learning(data: str, *, steps: int = 300, why: str = "") -> Callable[[Lab], None]:
    """A network built for data, and trained; why: the parameter whose update is shown."""

    def act(lab: Lab) -> None:
        if lab.page.locator("#left").is_hidden():
            lab.page.get_by_role("button", name="Edit").click()
        lab.page.get_by_role("tab", name="Network").click()
        lab.page.get_by_label("Data", exact=True).select_option(data)
        lab.page.get_by_role("button", name="Build the network").click()
        lab.rest()
        lab.page.get_by_label("Optimizer", exact=True).select_option("adam")
        for label, value in {"lr of adam": "0.05", "Steps to take": str(steps)}.items():
            lab.page.get_by_label(label, exact=True).fill(value)
            lab.page.get_by_label(label, exact=True).press("Enter")
        lab.page.get_by_role("button", name="Train", exact=True).click()
        lab.rest()
        if why:
            lab.page.get_by_label(f"Why {why} moves").click()
            lab.rest()
            lab.to(lab.steps())
        lab.rest()

    return act


def learning_presented(lab: Lab) -> None:
    """A training before a class."""
    learning("xor")(lab)
    lab.leave()
    lab.press("p")
    lab.rest()


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


def pointing(text: str, node: str, of: str, place: int, moment: float = 1) -> Callable[[Lab], None]:
    """Types a program and points at an element of a node."""

    def act(lab: Lab) -> None:
        program(text, moment)(lab)
        lab.page.locator(f'.node[data-id="{node}"] [data-of={of}] [data-place="{place}"]').hover()
        lab.page.locator("#cell").wait_for()

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


def share(lab: Lab) -> None:
    """The Share dialog, mid-backward."""
    lab.to(8.45)
    lab.press("s")
    lab.page.get_by_role("img", name="QR code of the link").wait_for()


def share_large(lab: Lab) -> None:
    """The code for a class."""
    share(lab)
    lab.page.get_by_role("button", name="Show large").click()


def link(fragment: str, page: str = "") -> Callable[[Lab], None]:
    """Another address."""

    def act(lab: Lab) -> None:
        lab.page.goto("about:blank")
        lab.page.goto(f"{lab.address}/{page}{fragment}")
        lab.settle()

    return act


def table(moment: float = 9) -> Callable[[Lab], None]:
    """The trace as a table, at a moment in steps."""

    def act(lab: Lab) -> None:
        lab.to(moment)
        lab.press("v")
        lab.page.get_by_role("table").wait_for()

    return act


def searching(lab: Lab) -> None:
    """The search box with what it found."""
    example("Ten sigmoids", 0.8)(lab)
    lab.page.locator("#sentence").click()
    lab.press("/")
    lab.page.keyboard.type("sig")
    lab.page.get_by_role("listbox", name="Nodes found").wait_for()
    lab.press("ArrowDown")


NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "source": "## 🧮 Scalar Derivatives"},
        {
            "cell_type": "code",
            "source": "import numpy as np\n\ndef f(x):\n    return x**2 + 3*x + 2\n\nx = 5.0\ny = f(x)",
        },
        {"cell_type": "markdown", "source": "## A table"},
        {"cell_type": "code", "source": "import pandas as pd\ntable = pd.read_csv('x.csv')"},
        {"cell_type": "markdown", "source": "## 🔁 Activation Functions"},
        {"cell_type": "code", "source": "def sigmoid(x):\n    return 1 / (1 + np.exp(-x))\n\ns = sigmoid(x)"},
        {"cell_type": "code", "source": "z = s * y\nprint('z:', z)"},
    ]
}


def dropped(name: str, content: str, *, let_go: bool = True) -> Callable[[Lab], None]:
    """A file dragged over the page, and let go."""

    def act(lab: Lab) -> None:
        lab.page.evaluate(
            """([name, content, events]) => {
                const dataTransfer = new DataTransfer();
                dataTransfer.items.add(new File([content], name));
                const init = { dataTransfer, bubbles: true, cancelable: true };
                const drag = () => events.forEach((type) =>
                    document.body.dispatchEvent(new DragEvent(type, init)));
                drag();
                if (!events.includes("drop")) setInterval(drag, 100);
            }""",
            [name, content, ["dragover", "drop"] if let_go else ["dragover"]],
        )
        if let_go:
            lab.page.get_by_role("status").filter(has_text="do not run here").wait_for()

    return act


def minimap(lab: Lab) -> None:
    """A large graph at full size, with its map. No four of its steps are equal: they would fold."""
    lines = ["a0 = 0.5", "b0 = 0.8", "c0 = 0.3"]
    for i in range(18):
        f = ("tanh", "sin", "sigmoid", "cos", "arctan", "softplus", "silu")[i % 7]
        lines += [f"a{i + 1} = {f}(a{i} + b{i})", f"b{i + 1} = sin(b{i} * c{i})", f"c{i + 1} = sigmoid(c{i} - a{i})"]
    lab.write("\n".join([*lines, "y = a18 * b18 + c18"]))
    lab.settle()
    lab.to(0.7 * lab.steps())
    lab.press("1")
    lab.page.locator("#minimap").wait_for()


def press(*keys: str, wait_for: str = "") -> Callable[[Lab], None]:
    """Keys, until something is there."""

    def act(lab: Lab) -> None:
        lab.press(*keys)
        if wait_for:
            lab.page.locator(wait_for).wait_for()

    return act


def first_steps(steps: int) -> Callable[[Lab], None]:
    """The first visit, some steps on."""

    def act(lab: Lab) -> None:
        for _ in range(steps):
            lab.page.get_by_role("button", name="Next").click()
        lab.page.get_by_text(f"{steps + 1} of 3").wait_for()

    return act


def more(lab: Lab) -> None:
    """The header's menu."""
    lab.page.get_by_role("button", name="More").click()


def inside(name: str) -> Callable[[Lab], None]:
    """The transformer block at its end, with one of its functions open."""

    def act(lab: Lab) -> None:
        example("A transformer block", 1)(lab)
        lab.page.get_by_role("button", name=f"{name}, closed").press("Enter")
        lab.page.get_by_role("button", name=f"{name}, open").wait_for()
        lab.settle()

    return act


def exporting(choice: str) -> Callable[[Lab], None]:
    """The Export dialog over the end of the program."""

    def act(lab: Lab) -> None:
        lab.press("End", "x")
        lab.page.get_by_role("radio", name=choice, exact=True).check()
        lab.page.get_by_role("button", name=f"Download {choice}").wait_for()

    return act


def all_open(lab: Lab) -> None:
    """The transformer block at its end, everything open."""
    example("A transformer block", 1)(lab)
    lab.press("e")
    lab.settle()


def forced_looks(lab: Lab) -> None:
    """Every look of a gradient, one node chosen and another with the focus."""
    program(LOOKS, 0.95)(lab)
    lab.page.locator('.node[data-id="w"]').click()
    lab.press("/")
    lab.page.keyboard.type("lit")
    lab.press("Enter")


def classified(opened: bool) -> Callable[[Lab], None]:
    """Softmax cross-entropy as one function, closed or open with all that it calls."""

    def act(lab: Lab) -> None:
        lab.write(SOFTMAX)
        lab.settle()
        groups(lab, closed=not opened)
        lab.press("End")

    return act


def answered(path: str, *said: str) -> Callable[[Lab], None]:
    """The question of a lesson's step, answered: by a number, or by the place of a choice after a #."""

    def act(lab: Lab) -> None:
        page(path, "html[data-ready]")(lab)
        lab.page.locator(STAGE).first.wait_for()
        current = lab.page.locator(".step.on")
        for each in said:
            if each.startswith("#"):
                current.get_by_role("radio").nth(int(each[1:])).check()
            else:
                current.get_by_role("textbox").fill(each)
            current.locator(".reveal").click()
            current.locator(".verdict", has_text="." if each is said[-1] else "Try once more.").wait_for()
        lab.page.wait_for_function(
            "() => !document.querySelector('.step.on [data-verdict=missed]') || "
            "document.querySelector('.step.on .verdict').textContent.includes('Try once more.')"
        )

    return act


def presented_answer(path: str, *said: str) -> Callable[[Lab], None]:
    """The same before a class."""

    def act(lab: Lab) -> None:
        answered(path, *said)(lab)
        lab.page.locator(".step.on h2").click()
        lab.press("p")

    return act


def scrolled_over(lab: Lab) -> None:
    """The page for frames, a wheel turned over it."""
    link("#t=8.45", "embed")(lab)
    lab.page.locator("#stage").hover(position={"x": 60, "y": 200})
    lab.page.mouse.wheel(0, 40)
    lab.page.locator(".manners[data-shown]").wait_for()


def many(lab: Lab) -> None:
    """A network in scalars, written out operation by operation: 500 nodes."""
    lab.open(f"#program={quote(with_nodes(500))}")
    lab.to(0.8 * lab.steps())


def page(path: str, ready: str, *pressed: str) -> Callable[[Lab], None]:
    """Another page than the lab, once this stands on it; and keys."""

    def act(lab: Lab) -> None:
        lab.page.goto(f"{lab.address}{path}")
        lab.page.locator(ready).first.wait_for()
        lab.press(*pressed)

    return act


def told(fragment: str, ready: str, *pressed: str) -> Callable[[Lab], None]:
    """A program by link, once this stands in the panels; and keys."""

    def act(lab: Lab) -> None:
        lab.page.goto("about:blank")
        lab.open(fragment)
        lab.press(*pressed)
        lab.page.locator(ready).first.wait_for()

    return act


class Shot(NamedTuple):
    """One picture: its name, the window, what is done before."""

    name: str
    size: tuple[int, int]
    act: Callable[[Lab], None]
    themes: tuple[str, ...] = ("dark",)
    mode: Mapping[str, Any] = MappingProxyType({})  # what else the browser is told
    letters: int = 16  # the reader's size of letters, px


LOOKS = """k = -1.0
w = 3.0
u = 0.0
t = 2.0
lit = tanh(w)
dead = relu(k)
mask = t > 1
root = sqrt(u)
y = lit + dead * w + mask + root"""
DEEP = "x = 1.0\n" + "\n".join(f"h{i} = relu({f'h{i - 1}' if i else 'x'} * 5)" for i in range(7))
HEAT = """X = np.array([[0.5, -1.0, 0.2, 1.5, -0.3], [1.0, 0.4, -0.7, 0.0, 0.9], [-1.2, 0.3, 0.8, -0.5, 0.1]])
W = np.array([[0.2, -0.5, 1.0], [0.7, 0.1, -0.3], [-0.9, 0.4, 0.6], [0.3, -0.2, 0.5], [0.1, 0.8, -0.6]])
H = tanh(X @ W)
loss = mean(H ** 2)"""
CURVES = "x = 0.7\nv = np.array([-2.0, 0.5, 3.0])\na = tanh(x)\nb = relu(a)\nc = sigmoid(v)\n"
CURVES += "y = b * c.sum() + softplus(x)"

MINI_VALUES = {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[1.5]], "W2": [[2]], "b2": [[1]]}
AWAKE = f"#program={quote(MINI)}&values={quote(json.dumps(MINI_VALUES))}"
BY_HAND = quote("dy = 1\ndW2 = dy * a1\nda1 = dy * W2\ndz1 = da1\ndW1 = x @ dz1")
CUBE = '#program=f+%3D+x**3+%2B+3*x+%2B+2&values={"x":5}&t=99&select=x'
STAGE = "#stage[data-current=true]:not([aria-busy]) .node"


def checked(lab: Lab) -> None:
    """The check of a gradient in full."""
    told(CUBE, ".check-line .agrees")(lab)
    lab.page.get_by_role("heading", name="Check in full").click()
    lab.page.locator(".errorcurve").wait_for()


def explained(lab: Lab) -> None:
    """A neuron with all that the inspector has to say of it."""
    told(f"{AWAKE}&t=11&select=a1", ".derive.numbers .maths")(lab)
    for name in ("Passes back to z1", "What it computes", "Check in full", "Curve and slope"):
        lab.page.get_by_role("heading", name=name).click()
    lab.page.locator(".errorcurve").wait_for()


BOTH = ("dark", "light")
TEACHING = [
    Shot("explain-weight", DESKTOP, told(f"{AWAKE}&t=11&select=W1", ".derive.numbers .maths"), BOTH),
    Shot("explain-relu", DESKTOP, told(f"{AWAKE}&t=11&select=a1", ".derive.numbers .maths"), BOTH),
    Shot("explain-phone", PHONE, told(f"{AWAKE}&t=11&select=W1", STAGE)),
    Shot("check", (1440, 1700), checked, BOTH),
    Shot("explain-all", (1440, 2000), explained, BOTH),
    Shot("nudge", DESKTOP, told(CUBE, "#panel-node .tangent", "j"), BOTH),
    Shot("code", DESKTOP, told(f"{AWAKE}&t=8&right=code", ".listing li"), BOTH),
    Shot("by-hand", DESKTOP, told(f"{AWAKE}&t=11&left=backward&backward={BY_HAND}", "#panel-backward .own-head"), BOTH),
    Shot("predict", DESKTOP, told(f"{AWAKE}&t=11&predict=all&select=W1", ".look-covered"), BOTH),
    Shot("gallery", DESKTOP, page("/", ".card"), BOTH),
    Shot("gallery-phone", PHONE, page("/", ".card")),
    Shot("activations", DESKTOP, page("/activations#x=-2", ".chart"), BOTH),
    Shot("activations-phone", PHONE, page("/activations#x=-2", ".chart")),
    Shot("lesson-slope", DESKTOP, page("/lessons/scalar-derivatives#step-3", STAGE), BOTH),
    Shot("lesson-missed", DESKTOP, answered("/lessons/scalar-derivatives#step-2", "10"), BOTH),
    Shot("lesson-hint", DESKTOP, answered("/lessons/scalar-derivatives#step-2", "123"), BOTH),
    Shot("lesson-wrong", DESKTOP, answered("/lessons/scalar-derivatives#step-2", "123", "9"), BOTH),
    Shot("lesson-right", DESKTOP, answered("/lessons/scalar-derivatives#step-2", "123", "13"), BOTH),
    Shot("lesson-choice", DESKTOP, answered("/lessons/the-chain-rule#step-7", "#0"), BOTH),
    Shot("lesson-missed-present", PROJECTOR, presented_answer("/lessons/the-chain-rule#step-7", "#0"), BOTH),
    Shot("lesson-missed-phone", PHONE, answered("/lessons/scalar-derivatives#step-2", "10"), BOTH),
    Shot("lesson-wrong-phone", PHONE, answered("/lessons/scalar-derivatives#step-2", "123", "9"), BOTH),
    Shot("lesson-right-phone", PHONE, answered("/lessons/scalar-derivatives#step-2", "123", "13"), BOTH),
    Shot("lesson-functions", DESKTOP, page("/lessons/activation-functions#step-3", "#figures svg"), BOTH),
    Shot("lesson-chain", DESKTOP, page("/lessons/the-chain-rule#step-3", STAGE), BOTH),
    Shot("lesson-net", DESKTOP, page("/lessons/a-mini-neural-network#step-6", STAGE), BOTH),
    Shot("lesson-norm", PROJECTOR, page("/lessons/layer-normalisation-backwards#step-4", STAGE, "p")),
    Shot("lesson-attention", DESKTOP, page("/lessons/attention-backwards#step-3", STAGE), BOTH),
    Shot("lesson-highway", PHONE, page("/lessons/the-residual-highway#step-2", "#figures svg"), BOTH),
    Shot("lesson-present", PROJECTOR, page("/lessons/a-mini-neural-network#step-6", STAGE, "p")),
    Shot("lesson-phone", PHONE, page("/lessons/scalar-derivatives#step-3", ".step.on"), BOTH),
]
SHOTS = [
    *TEACHING,
    Shot("start", DESKTOP, lambda lab: None),
    Shot("forward", DESKTOP, at(3.45), BOTH),
    Shot("backward", DESKTOP, at(8.45), BOTH),
    Shot("end", DESKTOP, lambda lab: lab.press("End"), BOTH),
    Shot("awake", DESKTOP, awake, BOTH),
    Shot("present", PROJECTOR, presenting, BOTH),
    Shot("present-start", PROJECTOR, lambda lab: lab.press("p"), BOTH),
    Shot("present-forward", PROJECTOR, presented(3.45), BOTH),
    Shot("present-adding", PROJECTOR, presented_fork, BOTH),
    Shot("phone-forward", PHONE, at(3.45)),
    Shot("phone-backward", PHONE, at(8.45), BOTH),
    Shot("phone-edit", PHONE, sheet("Edit")),
    Shot("phone-inspect", PHONE, sheet("Inspect")),
    Shot("share", DESKTOP, share, BOTH),
    Shot("share-large", PROJECTOR, share_large),
    Shot("share-phone", PHONE, share),
    Shot("link-cut", DESKTOP, link("#v1=BJMlq8hQ8FYwNDSwVlDQt1VQ8NLQUFTQ0FTQUlTUUkjSBAA")),
    Shot("embed", (900, 560), link("#t=8.45", "embed"), BOTH),
    Shot("embed-scrolled", DESKTOP, scrolled_over, BOTH),
    Shot("embed-scrolled-phone", PHONE, scrolled_over, BOTH),
    Shot("drop", DESKTOP, dropped("x.py", "y = 1", let_go=False)),
    Shot("notebook", DESKTOP, dropped("lesson.ipynb", json.dumps(NOTEBOOK)), BOTH),
    Shot("notebook-phone", PHONE, dropped("lesson.ipynb", json.dumps(NOTEBOOK))),
    Shot("help", DESKTOP, press("?", wait_for=".help"), BOTH),
    Shot("help-phone", PHONE, press("?", wait_for=".help")),
    Shot("more", (1100, 720), more),
    Shot("more-phone", PHONE, more),
    *(Shot(f"first-{i + 1}", DESKTOP, first_steps(i), BOTH if i == 0 else ("dark",)) for i in range(3)),
    *(Shot(f"first-{i + 1}-phone", PHONE, first_steps(i)) for i in range(3)),
    Shot("fork", DESKTOP, example("x · (x + y)", 0.99)),
    *(Shot(f"adding-{int(part * 100):02}", DESKTOP, adding(part)) for part in (0.15, 0.3, 0.45, 0.6, 0.75, 0.95)),
    Shot("softmax", DESKTOP, example("Softmax and cross-entropy", 0.8)),
    Shot("softmax-closed", DESKTOP, classified(opened=False)),
    Shot("softmax-open", DESKTOP, classified(opened=True)),
    Shot("many", DESKTOP, many, BOTH),
    Shot("mlp", DESKTOP, example("A small network with a loss", 0.9), BOTH),
    Shot("vanish", DESKTOP, example("Ten sigmoids", 1)),
    Shot("block-closed", DESKTOP, example("A transformer block", 1), BOTH),
    Shot("block-attention", DESKTOP, inside("self_attention")),
    Shot("block-open", DESKTOP, all_open),
    Shot("byhand", DESKTOP, output),
    Shot("network", DESKTOP, network),
    Shot("learning", DESKTOP, learning("moons"), BOTH),
    Shot("learning-curve", DESKTOP, learning("sine"), BOTH),
    Shot("learning-why", DESKTOP, learning("xor", steps=17, why="W2"), BOTH),
    Shot("learning-phone", PHONE, learning("circles")),
    Shot("learning-presented", PROJECTOR, learning_presented),
    Shot("built", DESKTOP, built),
    Shot("broken", DESKTOP, broken),
    Shot("missing", DESKTOP, missing),
    Shot("looks", DESKTOP, program(LOOKS, 0.78), BOTH),
    Shot("looks-end", DESKTOP, program(LOOKS), BOTH),
    Shot("exploding", DESKTOP, program(DEEP), BOTH),
    Shot("heat", DESKTOP, program(HEAT), BOTH),
    Shot("cell-forward", DESKTOP, pointing(HEAT, "H.1", "value", 4), BOTH),
    Shot("cell-backward", DESKTOP, pointing(HEAT, "W", "grad", 4), BOTH),
    Shot("curves", DESKTOP, program(CURVES), BOTH),
    Shot("nonfinite", DESKTOP, program("x = 2.0\nw = 3.0\na = log(x - 2)\nmask = x > 1\ny = a * w + mask", 0.9)),
    Shot("scalars", DESKTOP, scalars, BOTH),
    Shot("opened", DESKTOP, opened, BOTH),
    Shot("table", DESKTOP, table(), BOTH),
    Shot("table-phone", PHONE, table()),
    Shot("minimap", DESKTOP, minimap, BOTH),
    Shot("pasted-class", DESKTOP, pasted("scratch_dense_activation", 0.9)),
    Shot("pasted-dictionary", DESKTOP, pasted("ng_deep_train", 0.9), BOTH),
    Shot("pasted-rnn", DESKTOP, pasted("karpathy_char_rnn", 0.9)),
    Shot("pasted-hinge", DESKTOP, pasted("cs231n_svm_vectorized", 0.9)),
    Shot("pasted-batchnorm", DESKTOP, pasted("cs231n_batchnorm", 0.9)),
    Shot("pasted-differences", DESKTOP, pasted("cs231n_numerical_gradient_array", 0.9)),
    Shot("pasted-lists", DESKTOP, pasted("lists_dict_neurons", 0.9)),
    Shot("search", DESKTOP, searching, BOTH),
    Shot("search-phone", PHONE, searching),
    Shot("export", DESKTOP, exporting("GIF"), BOTH),
    Shot("phone-export", PHONE, exporting("PNG"), ("light",)),
    Shot("forced", DESKTOP, at(8.45), BOTH, {"forced_colors": "active"}),
    Shot("forced-looks", DESKTOP, forced_looks, BOTH, {"forced_colors": "active"}),
    Shot("forced-table", DESKTOP, table(), ("dark",), {"forced_colors": "active"}),
    Shot("contrast", DESKTOP, at(8.45), BOTH, {"contrast": "more"}),
    Shot("zoomed", (720, 450), at(8.45), ("dark",), {"device_scale_factor": 2}),
    Shot("letters", DESKTOP, at(8.45), ("dark",), letters=32),
    Shot("letters-half", DESKTOP, at(8.45), ("dark",), letters=24),
    Shot("tablet", (1024, 768), at(8.45)),
    Shot("tablet-upright", (768, 1024), at(8.45)),
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
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=theme, **shot.mode
                )
                if shot.name.startswith("first-"):
                    context.add_init_script("localStorage.clear()")
                else:
                    context.add_init_script(WELCOMED)
                page = context.new_page()
                if shot.letters != 16:
                    set_letters(page, shot.letters)
                page.on("console", lambda message, name=name: print(f"{name}: {message.type}: {message.text}"))
                page.on("pageerror", lambda error, name=name: print(f"{name}: {error}"))
                shot.act(Lab(page, address).open())
                page.evaluate("document.fonts.ready")
                if not shot.name.startswith("cell-"):
                    page.mouse.move(2, 2)
                page.evaluate("() => new Promise(done => setTimeout(done, 400))")  # let transitions come to rest
                page.screenshot(path=str(FOLDER / f"{name}.png"))
                context.close()
                print(FOLDER / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
