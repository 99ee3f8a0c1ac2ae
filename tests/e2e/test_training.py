"""Training: steps are taken, any of them opens, and what is set on the way counts from there."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from app.engine import compile_program
from app.engine.training.record import Record
from app.engine.training.run import Change, Run
from app.engine.training.trainer import Trainer
from tests.e2e.browser import PHONE, Lab, paste
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
    expect(lab.page.locator(".losses .change")).to_have_count(1)


def test_what_is_set_is_undone_and_the_training_comes_back(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), BOWL)
    undo, redo = (lab.page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    rate = lab.page.get_by_label("lr of sgd", exact=True)
    train(lab, 8)
    there = printed(lab)
    setting(lab, "lr of sgd", "0.25")
    undo.click()
    lab.rest()
    expect(rate).to_have_value("0.1")
    # From step 5 on another rate; what came behind it is not lost.
    curve = lab.page.get_by_role("slider", name="Step of the training")
    curve.focus()
    lab.press("ArrowLeft", "ArrowLeft", "ArrowLeft")
    setting(lab, "lr of sgd", "0.25")
    lab.rest()
    train(lab, 2)
    shown_step(lab, 7)
    undo.click()
    lab.rest()
    expect(rate).to_have_value("0.1")
    expect(curve).to_have_attribute("aria-valuemax", "8")
    curve.focus()
    lab.press("End")
    lab.rest()
    assert printed(lab) == there
    redo.click()
    lab.rest()
    expect(curve).to_have_attribute("aria-valuemax", "7")
    # What counts for the whole run is in the same history.
    lab.page.get_by_text("Batches, schedule, clipping, stopping").click()
    for label, to in (("Steps of the course of the rate", "7"), ("A loss that is good enough; 0 for none", "0.5")):
        if "course" in label:
            lab.page.get_by_label("Course of the rate", exact=True).select_option("steps")
        setting(lab, label, to)
    train(lab, 50)
    expect(lab.page.locator("#panel-train .train-told")).to_contain_text("It stopped here")
    undo.click()
    expect(lab.page.get_by_label("A loss that is good enough; 0 for none")).to_have_value("never")
    undo.click()
    expect(lab.page.get_by_label("Steps of the course of the rate")).to_have_value("100")
    undo.click()
    expect(lab.page.get_by_label("Course of the rate", exact=True)).to_have_value("constant")
    assert findings_in_both_themes(lab) == {}
    # What is set is there at the next visit.
    lab.page.reload()
    lab.rest()
    lab.page.get_by_role("tab", name="Train").click()
    expect(rate).to_have_value("0.1")


def test_steps_play_and_events_are_gone_to(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), BOWL)
    train(lab, 6)
    lab.page.get_by_role("slider", name="Step of the training").focus()
    lab.press("ArrowLeft", "ArrowLeft")
    lab.rest()
    setting(lab, "lr of sgd", "0.25")
    train(lab, 3)
    # From the end it begins anew, and stops at the end.
    play = lab.page.get_by_role("button", name="Play over the steps")
    lab.page.get_by_label("Steps a second").select_option("64")
    play.click()
    lab.page.wait_for_selector("html:not([data-stepping])")
    shown_step(lab, 7)
    expect(play).to_be_visible()
    # Paused in the middle, by its key.
    lab.leave()
    lab.page.get_by_label("Steps a second").select_option("1")
    lab.leave()
    lab.press("Shift+i")
    lab.page.wait_for_selector("html[data-stepping]")
    lab.press("Shift+i")
    lab.page.wait_for_selector("html:not([data-stepping])")
    lab.rest()
    shown_step(lab, 0)
    lab.press("h")
    lab.rest()
    shown_step(lab, 4)
    told = lab.page.locator(".train-playing [role=status]")
    expect(told).to_contain_text("a rate of 0.25")
    lab.press("h")
    lab.rest()
    shown_step(lab, 7)
    expect(told).to_contain_text("the last step so far")
    expect(lab.page.get_by_role("button", name="To the next event")).to_be_disabled()
    lab.press("Shift+h")
    lab.rest()
    shown_step(lab, 4)
    lab.press("?")
    expect(lab.page.get_by_role("dialog")).to_contain_text("To the next event of the training")
    lab.press("Escape", "p")
    expect(lab.page.get_by_role("group", name="The training")).to_contain_text("from here on a rate of 0.25")


def test_an_example_opens_alone(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), XOR)
    train(lab, 5)
    step = printed(lab)
    picture = lab.page.locator(".surface-picture")
    picture.scroll_into_view_if_needed()
    place = lab.page.locator(".plane .window g").nth(2).bounding_box()
    assert place is not None
    lab.page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    lab.rest()
    told = lab.page.locator(".surface-told")
    expect(told).to_contain_text("example 2 alone: x 1, 0, target 1")
    expect(lab.page.locator(".plane .alone")).to_have_count(1)
    record = Record(Trainer(Run(XOR)))
    whole = [
        compile_program(XOR, record.trainer.values(record.state(5), example=row)).run().values["loss"]
        for row in range(4)
    ]
    assert printed(lab) == whole[2]
    expect(lab.page.locator('.node[data-id="x"]')).to_contain_text("1×2")
    # Some rows of the examples are nothing to be set; the parameters are.
    assert findings_in_both_themes(lab) == {}
    # Another step shows the same example; the keys go from one to the next.
    lab.press("ArrowRight")
    lab.rest()
    assert printed(lab) == whole[3]
    lab.leave()
    lab.press("Shift+u")
    lab.rest()
    expect(told).to_contain_text("example 3 alone")
    assert printed(lab) != whole[3]
    lab.press("u")
    lab.press("s")
    field = lab.page.get_by_role("textbox", name="Link", exact=True)
    expect(field).to_have_value(re.compile("#"))
    lab.rest()
    link = field.input_value()
    lab.press("Escape")
    lab.page.get_by_role("button", name="Only example 3").click()
    lab.rest()
    assert printed(lab) == step
    lab.page.goto("about:blank")
    lab.page.goto(link)
    lab.rest()
    assert printed(lab) == whole[3]


def test_an_example_opens_before_the_first_step(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), XOR)
    whole = printed(lab)
    lab.page.locator(".surface-picture").focus()
    lab.press("ArrowRight")
    lab.rest()
    shown_step(lab, 0)
    assert printed(lab) != whole
    expect(lab.page.get_by_label("target, slider")).to_have_count(0)
    lab.press("Escape")
    lab.rest()
    assert printed(lab) == whole


def test_what_is_kept_aside_is_seen_of_each_run(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), XOR)
    lab.page.get_by_text("Batches, schedule, clipping, stopping").click()
    setting(lab, "the share of the examples that is never learned from", "0.25")
    train(lab, 20)
    lines = lab.page.locator(".losses .validation-line")
    expect(lines).to_have_count(1)
    setting(lab, "what of a weight is added to its gradient", "0.1")
    train(lab, 20)
    # Each has the colour of its run, in dots: its loss is a line.
    expect(lines).to_have_count(2)
    for look in (0, 1):
        aside, loss = (lab.page.locator(f".losses .{kind}look-{look}") for kind in ("validation-line.", "other."))
        if look == 0:
            loss = lab.page.locator(".losses .loss-line")
        dots, line = (
            each.evaluate("e => [getComputedStyle(e).stroke, getComputedStyle(e).strokeDasharray]")
            for each in (aside, loss)
        )
        assert dots[0] == line[0]
        assert dots[1] != line[1]
    expect(lab.page.locator(".runs thead")).to_contain_text("kept aside, dotted")


def click_in_the_middle(strip: Locator) -> None:
    """At its upper edge, half-way from the first step to the last."""
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    assert box is not None
    strip.click(position={"x": box["width"] / 2, "y": 2})


def test_weights_and_gradients_are_seen_over_the_steps(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), XOR)
    train(lab, 40)
    lab.page.get_by_text("Weights and gradients over the steps").click()
    lab.rest()
    strips = lab.page.locator(".histograms-strips canvas")
    expect(strips).to_have_count(4)
    expect(strips.first).to_have_accessible_name(re.compile("The numbers of W1 over the steps, from"))
    click_in_the_middle(strips.first)
    lab.rest()
    shown_step(lab, 20)
    expect(lab.page.locator(".histograms-told")).to_contain_text(
        # What is told follows the pointer, and the strip moves a little below it when the step changes.
        re.compile(r"Step 20: \d of 6 numbers of W1 are (at least|between)")
    )
    lab.page.get_by_label("Of what").select_option("gradients")
    expect(strips.first).to_have_accessible_name(re.compile("The gradients of W1"))
    # Another step taken: they reach to the last one.
    lab.page.get_by_role("slider", name="Step of the training").focus()
    lab.press("End")
    train(lab, 40)
    click_in_the_middle(strips.first)
    lab.rest()
    shown_step(lab, 40)
    assert findings_in_both_themes(lab) == {}


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


def test_a_link_leads_to_the_step(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), BOWL)
    lab.page.get_by_label("Optimizer", exact=True).select_option("momentum")
    train(lab, 9)
    lab.leave()
    lab.press("Shift+u", "Shift+u")
    lab.rest()
    there = printed(lab)
    lab.press("s")
    field = lab.page.get_by_role("textbox", name="Link", exact=True)
    expect(field).to_have_value(re.compile("#"))
    lab.rest()
    link = field.input_value()
    lab.page.goto("about:blank")
    lab.page.goto(link)
    lab.rest()
    shown_step(lab, 7)
    assert printed(lab) == there
    lab.press("u", "u", "u")
    lab.rest()
    shown_step(lab, 10)


def test_another_program_is_another_training(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), BOWL)
    train(lab, 3)
    lab.page.get_by_role("tab", name="Program").click()
    lab.write("x = 5.0\nf = x * x\nprint(x)")
    lab.leave()
    lab.rest()
    assert printed(lab) == 5.0
    lab.page.get_by_role("tab", name="Train").click()
    expect(lab.page.locator(".train-line")).to_be_hidden()


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
    expect(lab.page.locator(".findings")).to_contain_text("f is the first value that is no finite number")
    lab.page.get_by_role("tab", name="Program").click()
    lab.write("x = np.array([1.0, 2.0])\ny = x * 2")
    lab.leave()
    lab.page.get_by_role("tab", name="Train").click()
    train(lab, 5)
    expect(lab.page.locator("#panel-train [role=alert]")).to_contain_text("training lowers one number")
    lab.page.get_by_role("tab", name="Program").click()
    lab.write(BOWL)
    lab.page.get_by_role("tab", name="Train").click()
    expect(lab.page.locator("#panel-train [role=alert]")).to_have_count(0)


def test_an_epoch_takes_each_example_once(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), XOR)
    lab.page.get_by_text("Batches, schedule, clipping, stopping").click()
    setting(lab, "examples of a step; 0 takes all", "1")
    train(lab, 2)
    lab.page.get_by_role("button", name="One epoch").click()
    lab.rest()
    shown_step(lab, 6)


def test_nothing_moves_where_no_gradient_arrives(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), "w = -1.0\nx = 2.0\ny = relu(w * x)\nloss = (y - 1) ** 2\nprint(w)")
    train(lab, 5)
    expect(lab.page.locator(".findings")).to_contain_text("nothing moves")
    assert printed(lab) == -1.0


def test_runs_are_compared_and_each_is_a_click_away(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), XOR)
    train(lab, 30)
    first = printed(lab)
    lab.page.get_by_label("Optimizer", exact=True).select_option("adam")
    lab.rest()
    # Changed at step 30, it is still the same run; begun anew, it is another.
    lab.page.get_by_role("button", name="Back to the program’s own values").click()
    train(lab, 20)
    shown_step(lab, 20)
    table = lab.page.get_by_role("table", name="Runs of this program")
    expect(table.locator("tbody tr")).to_have_count(2)
    expect(lab.page.locator(".losses .other")).to_have_count(1)
    table.get_by_role("button").click()
    lab.rest()
    shown_step(lab, 30)
    assert printed(lab) == first


def test_a_class_sees_the_step_while_it_is_presented(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), XOR)
    train(lab, 30)
    lab.leave()
    lab.press("p")
    lab.rest()
    card = lab.page.get_by_role("group", name="The training")
    expect(card).to_contain_text("step 30 of 30")
    lab.press("Shift+u", "Shift+u")
    lab.rest()
    expect(card).to_contain_text("step 28 of 30")
    lab.press("i")
    lab.rest()
    expect(card).to_contain_text("step 60 of 60")


def test_a_network_learns_the_data_that_it_was_built_for(open_lab: OpenLab) -> None:
    """From a description to a line between the classes."""
    lab = open_lab()
    lab.page.get_by_role("tab", name="Network").click()
    lab.page.get_by_label("Data", exact=True).select_option("xor")
    lab.page.get_by_role("button", name="Build the network").click()
    lab.rest()
    expect(lab.page.get_by_role("tab", name="Train")).to_have_attribute("aria-selected", "true")
    plane = lab.page.get_by_role("img", name=re.compile("^p over the plane of x, with 4 examples"))
    expect(plane).to_be_visible()
    lab.page.get_by_label("Optimizer", exact=True).select_option("adam")
    setting(lab, "lr of adam", "0.1")
    train(lab, 150)
    expect(plane.locator(".between")).to_have_attribute("d", re.compile("."))
    expect(plane.locator("circle.upper")).to_have_count(2)
    expect(plane.locator("path.lower")).to_have_count(2)
    trained = lab.page.locator(".train-line .say-value").inner_text()
    assert float(trained.replace("−", "-")) < 0.05
    lab.page.get_by_label("What is shown").select_option("a1")
    lab.rest()
    expect(lab.page.get_by_role("img", name=re.compile("^a1 over the plane"))).to_be_visible()


def test_a_curve_is_fitted_to_points(open_lab: OpenLab) -> None:
    text = "x = np.array([[0.0], [1.0], [2.0]])\ny = np.array([[1.0], [3.0], [5.0]])\nw = 0.0\nb = 0.0\np = x * w + b\n"
    lab = opened(open_lab(), text + "loss = np.mean((p - y) ** 2)")
    picture = lab.page.get_by_role("img", name=re.compile("^p over x, from 0 to 0, with 3 examples"))
    expect(picture).to_be_visible()
    train(lab, 200)
    expect(lab.page.get_by_role("img", name=re.compile(r"^p over x, from 0\.5"))).to_be_visible()


def test_a_phone_and_a_reader_of_the_screen_can_train(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), XOR)
    train(lab, 20)
    curve = lab.page.get_by_role("slider", name="Step of the training")
    expect(curve).to_have_attribute("aria-valuetext", re.compile(r"step 20, loss 0\.\d+"))
    lab.page.get_by_text("The loss around this step").click()
    expect(lab.page.locator(".slice .way")).to_be_visible()
    assert findings_in_both_themes(lab) == {}
    lab.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    lab.rest()
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_the_code_of_a_training_is_a_script_of_all_its_steps(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), BOWL)
    lab.page.get_by_role("tab", name="Code").click()
    chosen = lab.page.get_by_label("What the code is of")
    expect(chosen).to_have_count(0)
    train(lab, 3)
    chosen.select_option("the whole training")
    listing = lab.page.locator("#panel-code .listing")
    expect(listing).to_contain_text("for step in range(4):")
    expect(lab.page.get_by_role("button", name="Download .ipynb")).to_be_disabled()
    lab.page.get_by_label("Language of the code").select_option("PyTorch")
    expect(listing).to_contain_text("torch.optim.SGD(parameters, lr=0.1)")
    lab.page.get_by_label("Language of the code").select_option("micrograd")
    expect(lab.page.locator("#panel-code .refused")).to_contain_text("no training can be written for micrograd")
    chosen.select_option("this step")
    expect(listing).to_contain_text("f.backward()")
    assert findings_in_both_themes(lab) == {}


def test_a_rule_of_the_readers_own_is_written_and_trained_with(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), BOWL)
    lab.page.get_by_text("The rule, to read or to write").click()
    lab.rest()
    field = lab.page.get_by_role("textbox", name="The optimizer")
    expect(field).to_contain_text("def sgd(w, dw, lr=0.1):")
    field.click()
    lab.press("ControlOrMeta+a")
    paste(field, "def halved(w, dw, share=0.5):\n    return w - share * dw")
    lab.page.get_by_role("button", name="Take a step with it").click()
    lab.rest()
    shown_step(lab, 1)
    # From 3 to the bottom at once: 3 - 0.5 * 4.
    expect(lab.page.locator(".train-line")).to_contain_text("loss 0")
    expect(lab.page.get_by_label("Optimizer", exact=True)).to_contain_text("halved, your own")
    expect(lab.page.get_by_label("share of halved")).to_have_value("0.5")
    lab.page.get_by_label("Optimizer", exact=True).select_option("momentum")
    expect(field).to_contain_text("v = mu * v + dw")
    assert findings_in_both_themes(lab) == {}


def test_what_goes_wrong_is_named_with_the_step_that_opens(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), BOWL)
    setting(lab, "lr of sgd", "1.2")
    train(lab, 20)
    told = lab.page.locator(".findings")
    expect(told).to_contain_text("Steps overshoot")
    assert findings_in_both_themes(lab) == {}
    told.get_by_role("button", name="since step 1").click()
    shown_step(lab, 1)
    told.get_by_role("button", name="Try a rate of 0.12").click()
    lab.rest()
    shown_step(lab, 20)
    expect(told).to_have_count(0)


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
    lab.node("err").click()
    heading = lab.page.get_by_role("tab", name="Node err")
    expect(heading).to_be_visible()
    slider = lab.page.get_by_role("slider", name="Step of the training")
    slider.focus()
    slider.press("Home")
    lab.rest()
    expect(lab.page.locator(".train-line b").first).to_have_text("Step 0")
    assert printed(lab) != last
    # It is the same node in every step, with what it computes there.
    expect(heading).to_be_visible()
    lab.says("err", "gradient")
    lab.page.get_by_role("button", name="Back to the program’s own values").click()
    lab.rest()
    assert printed(lab) == last
    expect(lab.page.get_by_label("Optimizer", exact=True)).to_be_visible()


def test_a_place_of_the_loss_opens(open_lab: OpenLab) -> None:
    """Two parameters span it, and the path of the training runs over it."""
    text = "w = 3.0\nb = -1.0\nloss = (w - 1) ** 2 + 4 * b ** 2\nprint(loss)"
    lab = opened(open_lab(), text)
    train(lab, 10)
    lab.page.get_by_text("The loss around this step").click()
    lab.rest()
    expect(lab.page.locator(".slice .way")).to_have_attribute("d", re.compile("."))
    lab.page.get_by_role("application", name="The loss over two axes").focus()
    lab.press("ArrowRight", "ArrowUp")
    said = lab.page.locator(".slice-told b").inner_text()
    lab.press("Enter")
    lab.rest()
    expect(lab.page.locator(".train-line")).to_be_hidden()
    # The number is that of the nearest place of the grid.
    assert abs(printed(lab) - float(said)) < 0.5
    lab.press("ControlOrMeta+z")
    lab.rest()
    assert printed(lab) == 8.0


def test_new_weights_are_those_of_the_next_seed(open_lab: OpenLab) -> None:
    drawn = "w = np.random.default_rng(0).normal()\nf = (w - 1) ** 2\nprint(w)"
    lab = opened(open_lab(), drawn)
    before = printed(lab)
    train(lab, 3)
    lab.page.get_by_role("button", name="New weights").click()
    lab.rest()
    assert printed(lab) != before
    expect(lab.page.get_by_role("slider", name="Step of the training")).to_be_hidden()
    lab.leave()
    lab.press("ControlOrMeta+z")
    lab.rest()
    assert printed(lab) == before


def test_steps_curve_and_prediction_are_saved(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), XOR)
    train(lab, 5)
    for name, ending, begins in (
        ("Save the steps as CSV", "steps.csv", b"step,loss,rate"),
        ("the curve", "curve-5.png", b"\x89PNG"),
        ("what is predicted", "predicted-5.png", b"\x89PNG"),
    ):
        with lab.page.expect_download() as saved:
            lab.page.get_by_role("button", name=name, exact=True).click()
        assert saved.value.suggested_filename.endswith(ending)
        assert Path(saved.value.path()).read_bytes().startswith(begins)


def test_the_run_is_read_as_a_table(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), BOWL)
    train(lab, 40)
    lab.page.get_by_text("The run as a table").click()
    table = lab.page.get_by_role("table", name="Some steps of the training")
    expect(table.get_by_role("row")).to_have_count(26)
    table.get_by_role("button", name="0", exact=True).click()
    lab.rest()
    shown_step(lab, 0)
    assert printed(lab) == 3.0
