"""The example of each library in the page: what it prints and its gradients are those of the library. The numbers are
made by `tests/oracle/dialects/examples.py`."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Lab
from tests.e2e.conftest import OpenLab
from tests.oracle.dialects.compare import close, parts
from tests.oracle.dialects.examples import PRINTS, examples
from tests.oracle.dialects.learners import programs

EXAMPLES = json.loads(PRINTS.read_text("utf-8"))


def output(lab: Lab) -> list[str]:
    """The lines that the tab Output shows."""
    lab.page.get_by_role("tab", name="Output").click()
    lab.rest()
    return lab.page.locator("#panel-output .prints pre").all_inner_texts()


def gradient(lab: Lab, id: str) -> list[float]:
    """The gradient that a node tells."""
    said = lab.node(id).get_attribute("aria-label") or ""
    found = re.search(r"gradient (\[[^\]]*\]|[^,]*)", said)
    assert found is not None, said
    return parts(found[1].replace("−", "-"))[1]


def test_each_example_is_held_against_its_library() -> None:
    assert {name: title for name, (title, _) in examples().items()} == {
        name: held["title"] for name, held in EXAMPLES.items()
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_prints_and_has_the_gradients_that_its_library_gives(open_lab: OpenLab, name: str) -> None:
    example = EXAMPLES[name]
    lab = open_lab().rest()
    lab.example(example["title"])
    lab.press("End")
    lines = output(lab)
    assert len(lines) == len(example["prints"])
    for line, wanted in zip(lines, example["prints"], strict=True):
        (one, ours), (other, theirs) = parts(line), parts(wanted)
        assert one == other
        assert all(close(a, b, 1e-3, 1e-7) for a, b in zip(ours, theirs, strict=True)), (line, wanted)
    for id, wanted in example["gradients"].items():
        assert all(close(a, b, 1e-3, 1e-7) for a, b in zip(gradient(lab, id), wanted, strict=True)), id
    assert {each.get_attribute("data-check") for each in lab.page.locator("#stage .node").all()} == {"agrees"}


def test_a_backward_pass_of_a_function_is_graded(open_lab: OpenLab) -> None:
    held = programs()
    lab = open_lab(fragment=f"#program={quote(held['torch_custom_function'])}").rest()
    output(lab)
    panel = lab.page.locator("#panel-output")
    expect(panel.get_by_text("Cube.backward: x")).to_be_visible()
    expect(panel.get_by_text("agrees")).to_be_visible()
    lab.write(held["torch_custom_function_wrong"])
    lab.settle().rest()
    expect(panel.get_by_text("Sigmoid.backward: x")).to_be_visible()
    expect(panel.get_by_text("differs")).to_be_visible()
