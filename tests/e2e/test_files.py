"""Opening files: dropped onto the page or picked; notebooks cell by cell."""

from __future__ import annotations

import base64
import json

from playwright.sync_api import Locator, expect

from tests.e2e.browser import PHONE, Lab, tap
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings

NOTEBOOK = {
    "nbformat": 4,
    "cells": [
        {"cell_type": "markdown", "source": ["# Derivatives\n", "\n", "words"]},
        {"cell_type": "code", "source": ["import numpy as np\n", "\n", "def f(x):\n", "    return x**2 + 3*x + 2\n"]},
        {"cell_type": "markdown", "source": "## A table"},
        {"cell_type": "code", "source": ["import pandas as pd\n", "table = pd.read_csv('x.csv')"]},
        {"cell_type": "markdown", "source": "## A value"},
        {"cell_type": "code", "source": ["x = 5.0\n", "y = f(x)\n", "print('y:', y)"]},
    ],
}


def drop(lab: Lab, name: str, content: str, *, let_go: bool = True) -> None:
    """Drags a file from elsewhere over the editor and lets it go."""
    lab.page.evaluate(
        """([name, content, letGo]) => {
            const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([bytes], name));
            const target = document.querySelector("#editor .cm-content");
            for (const type of letGo ? ["dragenter", "dragover", "drop"] : ["dragenter", "dragover"])
                target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        [name, base64.b64encode(content.encode()).decode(), let_go],
    )


def program(lab: Lab) -> Locator:
    return lab.page.locator("#editor .cm-content")


def test_what_is_dropped_onto_the_page_is_opened_or_told_why_not(lab: Lab) -> None:
    text_dragged_within_the_page_is_no_file(lab)
    a_sign_says_that_it_may_be_dropped(lab)
    what_cannot_be_opened_is_told(lab)
    a_python_file_is_dropped_onto_the_page(lab)
    a_notebooks_cells_are_chosen(lab)
    a_file_can_be_picked_by_key(lab)


def text_dragged_within_the_page_is_no_file(lab: Lab) -> None:
    lab.page.evaluate("""() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData("text/plain", "y = 1");
        document.body.dispatchEvent(new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true }));
    }""")
    expect(lab.page.get_by_text("Drop to open")).to_have_count(0)


def a_sign_says_that_it_may_be_dropped(lab: Lab) -> None:
    sign = lab.page.get_by_text("Drop to open")
    expect(sign).to_have_count(0)
    drop(lab, "a.py", "y = 1", let_go=False)
    expect(sign).to_be_visible()
    # Dragged away again, nothing more is heard of it.
    expect(sign).to_have_count(0)


def what_cannot_be_opened_is_told(lab: Lab) -> None:
    for name, content, told in (
        ("photo.png", "x", "Only Python files"),
        ("empty.py", " \n", "It is empty"),
        ("large.py", "x = 1\n" * 100_000, "too large: 600 kB"),
        ("text.ipynb", "x = 1", "not a notebook"),
        ("words.ipynb", json.dumps({"cells": [{"cell_type": "markdown", "source": "# x"}]}), "contains no code"),
    ):
        drop(lab, name, content)
        note = lab.page.get_by_role("status").filter(has_text=f"“{name}” was not opened")
        expect(note).to_contain_text(told)
        lab.rest()
        expect(program(lab)).to_contain_text("relu")
        note.get_by_role("button", name="Dismiss").click()
        expect(note).to_have_count(0)


def a_python_file_is_dropped_onto_the_page(lab: Lab) -> None:
    drop(lab, "square.py", "x = 3.0\r\ny = x**2\r\n")
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("square.py")
    expect(program(lab)).to_have_text("x = 3.0y = x**2")
    # A new program begins at its start: until its trace is there, going elsewhere is in vain.
    lab.settle()
    lab.press("End")
    lab.says("y", "value 9")
    lab.press("ControlOrMeta+z")
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("A mini neural network")


def a_notebooks_cells_are_chosen(lab: Lab) -> None:
    drop(lab, "lesson.ipynb", json.dumps(NOTEBOOK))
    dialog = lab.page.get_by_role("dialog", name="Open a notebook")
    expect(dialog.get_by_role("heading", level=3)).to_have_text(["Derivatives", "A table", "A value"])
    boxes = dialog.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    # What does not run here is found by running it.
    expect(dialog.get_by_role("status")).to_contain_text("1 of 3 cells")
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(1)).not_to_be_checked()
    expect(boxes.nth(2)).to_be_checked()
    assert findings(lab) == []
    dialog.get_by_role("button", name="Open 2 cells").click()
    lab.settle()
    expect(dialog).to_have_count(0)
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("lesson.ipynb")
    lab.page.get_by_role("tab", name="Output").click()
    expect(lab.page.locator("#panel-output")).to_contain_text("y: 42.0")


def watch_pickers(lab: Lab) -> None:
    """From now on file pickers are handed to the test: begun with the wait for one, that may come too late."""
    lab.page.on("filechooser", lambda _: None)
    lab.page.evaluate("0")


def a_file_can_be_picked_by_key(lab: Lab) -> None:
    watch_pickers(lab)
    program(lab).click()
    with lab.page.expect_file_chooser() as picking:
        lab.press("ControlOrMeta+o")
    picking.value.set_files({"name": "k.py", "mimeType": "text/x-python", "buffer": b"k = 2.0\ny = k * 4"})
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("k.py")


def test_a_file_can_be_picked_on_the_phone(open_lab: OpenLab) -> None:
    lab = open_lab(PHONE, has_touch=True)
    watch_pickers(lab)
    tap(lab.page.get_by_role("button", name="More"))
    with lab.page.expect_file_chooser() as picking:
        tap(lab.page.get_by_role("menuitem", name="Open a file"))
    content = json.dumps(NOTEBOOK).encode()
    picking.value.set_files({"name": "n.ipynb", "mimeType": "application/json", "buffer": content})
    expect(lab.page.get_by_role("button", name="Open 2 cells")).to_be_visible()
    lab.rest()
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
