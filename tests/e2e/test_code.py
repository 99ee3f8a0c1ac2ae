"""The Code tab: the lit line follows the steps, a line leads to its step, and what is saved is what the API says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Route, expect

from tests.e2e.browser import PHONE, Lab, tap
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings_in_both_themes

MINI = {
    "program": "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2",
    "values": {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[0.5]], "W2": [[2]], "b2": [[1]]},
}


def lit(lab: Lab) -> Locator:
    """The lines of the current step."""
    return lab.page.locator("#panel-code .listing li.lit")


def told(lab: Lab, **more: Any) -> Any:
    """What the API answers."""
    return lab.page.request.post(f"{lab.address}/api/v1/code", data={**MINI, **more}).json()


def test_code_stands_beside_the_steps_the_values_and_the_rules(open_lab: OpenLab) -> None:
    lab = open_lab(fragment="#right=code")

    # The lines of the step are lit, and a line leads to its step.
    expect(lit(lab)).to_have_count(5)
    lab.press("ArrowRight", "ArrowRight")
    lab.at_step(2)
    expect(lit(lab)).to_have_text(["11z1 = W1 @ x + b1"])
    lab.page.get_by_role("button", name="dz1 = np.where(z1 > 0, da1, 0)").click()
    lab.at_step(9)
    expect(lit(lab)).to_have_text(["20dz1 = np.where(z1 > 0, da1, 0)"])
    expect(lit(lab).get_by_role("button")).to_have_attribute("aria-current", "step")
    lab.press("ArrowDown", "ArrowDown", "Enter")
    lab.at_step(11)
    expect(lit(lab)).to_have_text(["22dx = W1.T @ dz1", "23dW1 = dz1 @ x.T"])
    expect(lab.page.locator('.listing button[tabindex="0"]')).to_have_text("22dx = W1.T @ dz1")
    assert findings_in_both_themes(lab) == {}

    old_code_beside_new_values_says_that_it_is_being_renewed(lab)

    # A rule of the inspector leads to its line.
    lab.node("a1").click()
    lab.page.get_by_role("tab", name="Node a1").click()
    lab.page.get_by_role("heading", name="Passes back to z1").click()
    lab.page.get_by_role("button", name="See dz1 in the code").click()
    expect(lab.page.get_by_role("button", name="dz1 = np.where(z1 > 0, da1, 0)")).to_be_focused()
    # micrograd wants scalars.
    lab.page.get_by_label("Language of the code").select_option("micrograd")
    expect(lab.page.locator("#panel-code")).to_contain_text("micrograd has only scalars")
    lab.page.get_by_role("button", name="Scalars: every element").last.click()
    expect(lab.page.get_by_role("button", name="a1_0_0 = z1_0_0.relu()")).to_be_visible()


def old_code_beside_new_values_says_that_it_is_being_renewed(lab: Lab) -> None:
    expect(lab.page.get_by_role("button", name="b1 = np.array([[0.5]])")).to_be_visible()
    waiting: list[Route] = []
    lab.page.route("**/api/v1/code", lambda route: waiting.append(route))
    field = lab.page.get_by_label("b1", exact=True)
    with lab.page.expect_request("**/api/v1/code"):
        field.fill("2")
        field.press("Enter")
    expect(lab.page.locator(".code-said")).to_have_text("updating…")
    assert waiting
    lab.page.unroute("**/api/v1/code")  # whose handler has not answered goes on
    expect(lab.page.get_by_role("button", name="b1 = np.array([[2.0]])")).to_be_visible()
    expect(lab.page.locator(".code-said")).to_have_text("")


def test_what_is_saved_is_what_the_api_says(open_lab: OpenLab) -> None:
    lab = open_lab(fragment="#right=code&target=torch", permissions=["clipboard-read", "clipboard-write"])
    expect(lab.page.locator("#panel-code .listing")).to_contain_text("torch")
    lab.rest()
    with lab.page.expect_download() as source:
        lab.page.get_by_role("button", name="Download .py").click()
    assert source.value.suggested_filename == "a-mini-neural-network-torch.py"
    assert Path(source.value.path()).read_text() == told(lab, target="torch")["source"]
    with lab.page.expect_download() as notebook:
        lab.page.get_by_role("button", name="Download .ipynb").click()
    assert json.loads(Path(notebook.value.path()).read_text()) == told(lab, target="torch", format="ipynb")["notebook"]
    lab.page.get_by_role("button", name="Copy", exact=True).click()
    expect(lab.page.locator(".code-said")).to_have_text("Copied.")
    assert lab.page.evaluate("navigator.clipboard.readText()") == told(lab, target="torch")["source"]


def test_on_a_phone_the_listing_scrolls_to_the_line_within_the_sheet(open_lab: OpenLab) -> None:
    lab = open_lab(PHONE, fragment="#right=code&t=11", has_touch=True)
    tap(lab.page.get_by_role("button", name="Inspect"))
    expect(lit(lab).first).to_be_in_viewport()
    lab.rest()
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
