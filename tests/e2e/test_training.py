"""Training: steps are taken, any of them opens, and what is set on the way counts from there."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from app.engine.training.record import Record
from app.engine.training.run import Change, Run
from app.engine.training.trainer import Trainer
from tests.e2e.browser import PHONE, Lab
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings_in_both_themes

XOR = """x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
target = np.array([[0.0], [1.0], [1.0], [0.0]])
W1 = np.array([[0.5, -0.7, 0.3], [0.9, 0.4, -0.6]])
b1 = np.zeros(3)
W2 = np.array([[0.8], [-0.5], [0.6]])
b2 = np.zeros(1)
p = sigmoid(np.tanh(x @ W1 + b1) @ W2 + b2)
loss = np.mean((p - target) ** 2)
print(loss)
"""
BOWL = "x = 3.0\nf = (x - 1) ** 2\nprint(x)"


def opened(lab: Lab, program: str) -> Lab:
    """The program, and the panel in which it is trained."""
    lab.write(program)
    lab.leave()
    lab.page.get_by_role("tab", name="Train").click()
    return lab.rest()


def setting(lab: Lab, label: str, to: str) -> None:
    field = lab.page.get_by_label(label, exact=True)
    field.fill(to)
    field.press("Enter")


def train(lab: Lab, steps: int) -> None:
    setting(lab, "Steps to take", str(steps))
    lab.page.get_by_role("button", name="Train", exact=True).click()
    lab.rest()


def printed(lab: Lab) -> float:
    """The number that the program prints at the shown step."""
    return float(lab.page.locator("#panel-output pre").first.text_content() or "")


def shown_step(lab: Lab, step: int) -> None:
    expect(lab.page.locator(".train-line b").first).to_have_text(f"Step {step}")


def test_steps_are_taken_and_any_of_them_opens(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), BOWL)
    setting(lab, "lr of sgd", "0.25")
    train(lab, 8)
    shown_step(lab, 8)
    assert printed(lab) == 1 + 2 / 2**8
    curve = lab.page.get_by_role("slider", name="Step of the training")
    curve.focus()
    lab.press("ArrowLeft", "ArrowLeft")
    lab.rest()
    shown_step(lab, 6)
    assert printed(lab) == 1 + 2 / 2**6
    lab.press("Home")
    lab.rest()
    assert printed(lab) == 3.0
    box = curve.bounding_box()
    assert box is not None
    lab.page.mouse.click(box["x"] + box["width"] - 17, box["y"] + 60)
    lab.rest()
    shown_step(lab, 8)
    lab.page.get_by_role("button", name="Back to the program’s own values").click()
    lab.rest()
    assert printed(lab) == 3.0
    expect(curve).to_be_hidden()


def test_a_rate_that_is_changed_counts_from_the_shown_step(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), XOR)
    lab.page.get_by_label("Optimizer", exact=True).select_option("adam")
    train(lab, 60)
    setting(lab, "lr of adam", "0.1")
    train(lab, 40)
    shown_step(lab, 100)
    run = Run(XOR, optimizer="adam", changes=(Change(60, settings={"lr": 0.1}),))
    record = Record(Trainer(run))
    assert printed(lab) == record.trainer.gradients(record.state(100))[0]
    assert lab.page.locator(".losses .change").count() == 1


def test_why_a_parameter_moves_is_a_picture_of_its_own(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), BOWL)
    lab.page.get_by_label("Optimizer", exact=True).select_option("momentum")
    train(lab, 3)
    lab.page.get_by_label("Why x moves").click()
    lab.rest()
    expect(lab.page.locator("#panel-train .notice")).to_contain_text("how x moves from step 3 to 4")
    record = Record(Trainer(Run(BOWL, optimizer="momentum")))
    now, after = (record.state(step) for step in (3, 4))
    lab.press("End")
    lab.rest()
    for name, value in {"x": now.weights[0], "x_next": after.weights[0], "v_x": now.memory[0]}.items():
        expect(lab.page.locator(f'.node[data-id="{name}"]')).to_contain_text(f"{value:.4g}".replace("-", "−"))
    # The next step moves the picture on; the way back leads to the loss.
    lab.page.get_by_role("button", name="One step of training").click()
    lab.rest()
    expect(lab.page.locator('.node[data-id="x"]')).to_contain_text(f"{after.weights[0]:.4g}".replace("-", "−"))
    lab.page.get_by_role("button", name="Back to the loss").click()
    lab.rest()
    assert printed(lab) == after.weights[0]


def test_another_program_is_another_training(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), BOWL)
    train(lab, 3)
    lab.page.get_by_role("tab", name="Program").click()
    lab.write("x = 5.0\nf = x * x\nprint(x)")
    lab.leave()
    lab.rest()
    assert printed(lab) == 5.0
    lab.page.get_by_role("tab", name="Train").click()
    expect(lab.page.locator(".train-line")).to_have_count(0)


def test_a_value_that_is_set_at_a_step_leaves_the_others_as_they_are_there(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), "a = 3.0\nb = 2.0\nf = a * a + b * b\nprint(b)")
    train(lab, 4)
    there = printed(lab)
    lab.page.get_by_role("tab", name="Program").click()
    setting(lab, "a", "1")
    lab.rest()
    assert printed(lab) == there != 2.0


def test_what_goes_wrong_is_said(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), "x = 3.0\nf = x ** 4")
    setting(lab, "lr of sgd", "1")
    train(lab, 100)
    expect(lab.page.locator("#panel-train .notice")).to_contain_text("the loss is no number any more")
    lab.page.get_by_role("tab", name="Program").click()
    lab.write("x = np.array([1.0, 2.0])\ny = x * 2")
    lab.leave()
    lab.page.get_by_role("tab", name="Train").click()
    train(lab, 5)
    expect(lab.page.locator("#panel-train [role=alert]")).to_contain_text("training lowers one number")


def test_nothing_moves_where_no_gradient_arrives(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), "w = -1.0\nx = 2.0\ny = relu(w * x)\nloss = (y - 1) ** 2\nprint(w)")
    train(lab, 5)
    expect(lab.page.locator("#panel-train .notice")).to_contain_text("nothing moves")
    assert printed(lab) == -1.0


def test_a_phone_and_a_reader_of_the_screen_can_train(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), XOR)
    train(lab, 20)
    curve = lab.page.get_by_role("slider", name="Step of the training")
    expect(curve).to_have_attribute("aria-valuetext", re.compile(r"step 20, loss 0\.\d+"))
    assert findings_in_both_themes(lab) == {}
    lab.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    lab.rest()
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


OWN = """import numpy as np
X = np.array([[0.5, -1.0], [1.5, 2.0], [-0.5, 0.25]])
y = np.array([1.0, -1.0, 0.5])
w = np.array([0.1, -0.2])
for i in range(120):
    err = X @ w - y
    loss = np.mean(err ** 2)
    dw = 2 * X.T @ err / 3
    w -= 0.1 * dw
print(w[0])
"""


def test_a_program_that_trains_itself_shows_its_steps(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), OWN)
    lab.page.get_by_role("button", name="Show its steps").click()
    lab.rest()
    expect(lab.page.locator(".train-line b").first).to_have_text("Step 119")
    expect(lab.page.get_by_label("Optimizer", exact=True)).to_be_hidden()
    last = printed(lab)
    slider = lab.page.get_by_role("slider", name="Step of the training")
    slider.focus()
    slider.press("Home")
    lab.rest()
    expect(lab.page.locator(".train-line b").first).to_have_text("Step 0")
    assert printed(lab) != last
    lab.page.get_by_role("button", name="Back to the program’s own values").click()
    lab.rest()
    assert printed(lab) == last
    expect(lab.page.get_by_label("Optimizer", exact=True)).to_be_visible()
