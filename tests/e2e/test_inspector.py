"""The panel that tells one node in full, and choosing nodes by pointer and keys."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browser import Lab
from tests.e2e.test_modes import findings


def choose(lab: Lab, name: str) -> None:
    """Chooses a node by pointer."""
    lab.page.locator(f'.node[data-id="{name}"]').click()


def test_it_follows_the_steps_until_a_node_is_chosen_by_pointer_or_keys(lab: Lab) -> None:
    panel = lab.page.locator("#panel-node")
    lab.to(9)
    lab.at_step(9)
    expect(lab.page.get_by_role("tab", name="Node a1")).to_be_visible()
    expect(panel.locator(".about math")).to_contain_text("ReLU")
    expect(panel.get_by_role("definition").filter(has_text="central difference")).to_contain_text("agrees")
    panel.get_by_role("heading", name="Passes back to z1").click()
    expect(panel).to_contain_text("The local derivative is zero here")
    expect(panel).to_contain_text("dz1 = np.where(z1 > 0, da1, 0)")
    panel.get_by_role("heading", name="Curve and slope").click()
    expect(panel.get_by_role("img", name="The curve and its derivative; here z1 = −0.5")).to_be_visible()
    choose(lab, "b2")
    expect(panel).to_contain_text("b2")
    lab.press("Home")
    expect(panel).to_contain_text("not computed yet")
    lab.page.get_by_role("button", name="follow the steps again").click()
    expect(lab.page.get_by_role("tab", name="Node y")).to_be_visible()

    # A click leaves the arrow keys to time.
    lab.leave()
    choose(lab, "a1")
    lab.press("ArrowRight")
    lab.at_step(1)

    # Arrows walk along edges when the graph has focus.
    lab.press("Home")
    lab.node("y").focus()
    lab.press("ArrowLeft")
    expect(lab.node("y.1")).to_be_focused()
    lab.press("ArrowLeft", "Enter")
    expect(lab.node("W2")).to_have_attribute("aria-current", "true")
    lab.press("ArrowRight")
    expect(lab.node("y.1")).to_be_focused()
    lab.at_step(0)


STANDS = """async () => {
    const panel = document.querySelector("#panel-node");
    const found = {};
    const parts = { about: ".about", orders: ".orders", value: ".say-value", grad: "dd.say-grad", check: ".check-line",
      came: ".origin > h2", passes: ".part-passes" };
    while (document.documentElement.hasAttribute("data-playing")) {
      for (const [name, selector] of Object.entries(parts)) {
        const part = panel.querySelector(selector);
        if (part && part.checkVisibility()) (found[name] ??= {})[part.getBoundingClientRect().top] = true;
      }
      await new Promise(requestAnimationFrame);
    }
    return Object.fromEntries(Object.entries(found).map(([name, tops]) => [name, Object.keys(tops).length]));
}"""


def test_it_stays_still_while_steps_play(lab: Lab) -> None:
    """Numbers, vectors, an operation with two inputs, a result with the function around it: each in the same places."""
    lab.example("Softmax and cross-entropy")
    for _ in range(3):
        lab.press(".")
    lab.press("Home", "Space")
    lab.page.wait_for_function("() => document.querySelector('#panel-node').hasAttribute('data-still')")
    found = lab.page.evaluate(STANDS)
    assert set(found) == {"about", "orders", "value", "grad", "check", "came", "passes"}
    assert set(found.values()) == {1}, found
    # What was cut short is there in full again.
    expect(lab.page.locator("#panel-node")).not_to_have_attribute("data-still", "")


def seen_without_scrolling(lab: Lab, came_from: str) -> None:
    """What matters most: value, gradient, what it is the sum of, what the check says, and the way to nudge."""
    panel = lab.page.locator("#panel-node")
    expect(panel).to_contain_text("central difference")
    lab.rest()
    below = lab.page.locator("#right").bounding_box()
    assert below is not None
    for seen in (
        panel.locator("dt", has_text="value"),
        panel.locator("dt", has_text="gradient"),
        panel.locator("dd", has_text="agree").filter(has_text="central difference"),
        panel.get_by_role("button", name="Nudge this value"),
        panel.get_by_text(came_from).or_(panel.locator(".line .katex", has_text=came_from)).first,
    ):
        box = seen.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= below["y"] + below["height"], f"{came_from}: {seen}"
    assert lab.page.locator("#right").evaluate("right => right.scrollTop") == 0, came_from


def test_a_gradient_is_told_with_where_it_came_from(lab: Lab) -> None:
    # One message.
    lab.press("End")
    choose(lab, "W1")
    seen_without_scrolling(lab, "via @ in z1")
    # A sum.
    lab.example("x · (x + y)")
    lab.press("End")
    choose(lab, "x")
    seen_without_scrolling(lab, "3+2=5")
    it_tells_where_a_gradient_came_from(lab)
    every_term_of_a_derivation_is_tied_to_the_picture(lab)
    only_formulas_that_change_are_set_again_while_a_value_moves(lab)
    # Before its time nothing is told.
    lab.leave()
    lab.press("Home")
    panel = lab.page.locator("#panel-node")
    expect(panel.locator(".derive.numbers")).to_have_count(0)
    expect(panel.locator(".derive.names").first).to_be_visible()
    # Four messages; x is still the one that is chosen.
    lab.write("x = 2.0\ny = 3.0\nf = x**4 - 2*x**3 + x*y - exp(x/2)")
    lab.settle()
    lab.press("End")
    expect(lab.node("x")).to_have_attribute("aria-current", "true")
    seen_without_scrolling(lab, "via x ** 4")


def it_tells_where_a_gradient_came_from(lab: Lab) -> None:
    panel = lab.page.locator("#panel-node")
    via = panel.locator(".part-via")
    expect(via).to_have_count(2)
    expect(via.nth(0).locator("summary")).to_have_text(re.compile(r"via\s+f\s*1 × 3 =\s*3"))
    expect(via.nth(1).locator("summary")).to_have_text(re.compile(r"via\s+s\s*2 × 1 =\s*2"))
    expect(panel.locator(".line").nth(1)).to_contain_text("in numbers")
    expect(panel.locator(".line math").nth(1)).to_contain_text(re.compile("^3[+]2=5"))


def every_term_of_a_derivation_is_tied_to_the_picture(lab: Lab) -> None:
    first = lab.page.locator("#panel-node .part-via").first
    expect(first.locator(".derive.names").last).to_contain_text("s")
    expect(first.locator(".derive.numbers math").last).to_contain_text(re.compile("^1⋅3=3"))
    term = first.locator(".derive.names").last.locator(".katex-html [data-node]").last
    term.hover()
    expect(lab.node("s")).to_have_attribute("data-hinted", "")
    expect(lab.page.locator(".edge[data-hinted]")).to_have_count(1)
    lab.node("s").hover()
    expect(first.locator(".hinted").first).to_be_visible()
    expect(lab.page.locator(".edge[data-hinted]")).to_have_count(0)


def only_formulas_that_change_are_set_again_while_a_value_moves(lab: Lab) -> None:
    """Setting all of them took longer than all the rest of the way from the slider to the picture. The numbers are
    those of this moment, also while a value moves.
    """
    rules = lab.page.locator("#panel-node .part-via .derive:not(.numbers) .maths")
    numbers = lab.page.locator("#panel-node .part-via").first.locator(".derive.numbers .maths")
    expect(numbers.last.locator("math")).to_contain_text(re.compile("^1⋅3=3"))
    lab.rest()
    lab.page.locator("#panel-node .maths").evaluate_all("all => all.forEach((each) => (each.old = true))")
    lab.page.get_by_label("y, slider").press("ArrowRight")
    expect(numbers.last.locator("math")).to_contain_text(re.compile(r"^1⋅3\.01=3\.01"))
    lab.rest()
    old = "all => all.map((each) => each.old === true)"
    assert set(rules.evaluate_all(old)) == {True}
    assert numbers.last.evaluate("each => each.old") is None


def test_sections_stay_as_they_were_left(lab: Lab) -> None:
    """On the next node and after the page was left; by keys as well."""
    lab.to(11)
    panel = lab.page.locator("#panel-node")
    lab.page.locator('.node[data-id="z1"]').click()
    came = panel.locator(".part-via")
    passes = panel.locator(".part-passes summary")
    expect(came).to_have_attribute("open", "")
    expect(passes).to_have_count(2)
    # Of several rows only that one opens, where the reader points.
    passes.nth(1).focus()
    expect(passes.nth(1)).to_be_focused()
    lab.press("Enter")
    expect(panel.locator(".part-passes[open]")).to_have_count(1)
    expect(passes.nth(1)).to_be_focused()
    came.locator("summary").click()
    expect(panel.locator(".part-via[open]")).to_have_count(0)
    # The next node's are all as that one was.
    lab.page.locator('.node[data-id="y"]').click()
    expect(panel.locator(".part-passes[open]")).to_have_count(2)
    lab.open("#t=11&select=a1")
    expect(panel.locator(".part-passes[open]")).to_have_count(1)
    expect(panel.locator(".part-via[open]")).to_have_count(0)
    assert findings(lab) == []


def test_what_goes_together_is_told_as_one_rule_and_in_single_steps(lab: Lab) -> None:
    a_sigmoid_is_told_by_its_rule_and_in_single_steps(lab)
    softmax_with_cross_entropy_is_told_as_one_rule(lab)
    softmax_written_out_is_told_as_one_rule_too(lab)


def a_sigmoid_is_told_by_its_rule_and_in_single_steps(lab: Lab) -> None:
    lab.write("y = sigmoid(x)")
    lab.settle()
    lab.press("End")
    lab.page.locator('.node[data-id="y"]').click()
    steps = lab.page.locator(".both-ways")
    steps.locator("summary").click()
    expect(steps).to_contain_text("The rule of sigmoid gives the same")
    expect(steps.locator("tbody tr")).to_have_count(4)
    lab.rest()
    link = steps.get_by_role("link", name="Open these steps as a graph").get_attribute("href")
    assert link is not None
    lab.open(link.removeprefix("/lab"))
    expect(lab.page.locator("#editor")).to_contain_text("u2 = np.exp(u1)")
    expect(lab.page.locator('.node[data-id="u3"]')).to_be_visible()


def softmax_with_cross_entropy_is_told_as_one_rule(lab: Lab) -> None:
    lab.open('#program=loss+%3D+cross_entropy(z,+t)&values={"z":[2,1,-1],"t":[0,1,0]}&t=99&select=loss/cross_entropy')
    panel = lab.page.locator("#panel-node")
    expect(panel).to_contain_text("The chain rule through its parts gives the same")
    expect(panel).to_contain_text("p = softmax(z); dz = dloss * (p - t)")
    assert findings(lab) == []


def softmax_written_out_is_told_as_one_rule_too(lab: Lab) -> None:
    lab.open(
        "#program=e+%3D+np.exp(z+-+np.max(z))%0Ap+%3D+e+/+np.sum(e)%0Aloss+%3D+-np.log(p[1])"
        '&values={"z":[2,1,-1]}&t=99&select=loss'
    )
    panel = lab.page.locator("#panel-node")
    expect(panel).to_contain_text("This is softmax with cross-entropy, written out.")
    expect(panel).to_contain_text("dz = dloss * (p - np.eye(3)[1])")
    lab.page.locator('.node[data-id="p"]').click()
    expect(panel).to_contain_text("This is softmax, written out.")
    lab.page.locator('.node[data-id="e"]').click()
    expect(panel).not_to_contain_text("written out")
    lab.page.locator('.node[data-id="loss"]').click()
    expect(panel).to_contain_text("This is softmax with cross-entropy, written out.")
    lab.page.mouse.move(2, 2)
    assert findings(lab) == []
