"""The pages of the lessons: by keys alone from start to end, by numbers that lead on, and as axe-core sees them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.lessons.lesson import Lesson, Question, Step
from tests.e2e.browser import DESKTOP, PHONE, PROJECTOR, TIMEOUT, Lab, at_rest, press, resize, takes_orders, write
from tests.e2e.lesson_page import LESSONS, Open, go_to, has, ready
from tests.e2e.test_modes import findings_in_both_themes

AT_THE_END = "(({ ariaValueNow, ariaValueMax }) => ariaValueNow === ariaValueMax)(document.querySelector('#lanes'))"
"""Asked of the page at one moment: while a step's program comes, the timeline has another length."""


BEGINS = {"end": "", "start": "Start", "seed": "Seed", "forward": "Forward", "backward": "Backward"}
"""How the sentence of a moment begins."""

# What is said first where a step is answered, and what is said to it: a slip that leads to just this number, else where
# to look.
SLIPS = {
    ("scalar-derivatives", 1): ("1.5", "The size is right, the sign is not."),
    ("scalar-derivatives", 2): ("123", "The text names two numbers: 10 from the square, 3 from the product."),
    ("scalar-derivatives", 6): ("ten", "That is not a number."),
    ("the-chain-rule", 2): ("16", "That is the value of h. The question asks how fast"),
    ("the-chain-rule", 3): ("-3", "The size is right, the sign is not."),
    ("the-chain-rule", 9): ("6", "The path through × in p is missing."),
    ("a-mini-neural-network", 1): ("-1", "That is the value of @ in z1, on the way to z1."),
    ("a-mini-neural-network", 6): ("-1.25", "That is the value of y. The question asks how fast"),
    ("softmax-and-cross-entropy", 3): ("3.854", "The size is right, the sign is not."),
    ("layer-normalisation-backwards", 4): ("1.167", "The path through mean in m is missing."),
}


ITS_PARTS_ARE_READ = {"a-transformer-block-backwards"}
"""Where the graph is of so many matrices that it shows what there is and how it hangs together: names, no numbers."""


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.slug for lesson in LESSONS])
def test_a_lesson_is_presented_and_then_done_from_start_to_end_by_keys(open_page: Open, lesson: Lesson) -> None:
    page = ready(open_page(f"/lessons/{lesson.slug}", PROJECTOR))
    presented_each_step_stands_whole_with_numbers_that_are_read(page, lesson)
    kept = "localStorage.getItem('backlit-lessons')"
    done = f'"{lesson.slug}":{{"at":{len(lesson.steps)},"of":{len(lesson.steps)},"done":true}}'
    assert done not in page.evaluate(kept)
    press(page, "p")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    go_to(page, 1)
    for place, step in enumerate(lesson.steps, 1):
        last = place == len(lesson.steps)
        current = page.locator(".step.on")
        expect(current).to_have_id(f"step-{place}")
        expect(current.locator(".text")).to_be_visible()
        expect(page.locator("#figures .exhibit")).to_have_count(len(step.figures))
        expect(page.locator("#figures .exhibit h3", has_text="no figure is called")).to_have_count(0)
        begins_at_its_moment(page, step)
        if step.question:
            no_picture_gives_the_answer_away(page, step, place)
            if (lesson.slug, place) in SLIPS:
                a_wrong_answer_gets_a_hint_and_one_try_more(page, *SLIPS[lesson.slug, place])
            is_answered_right(page, step.question)
            # Enter once more goes on; from the last step there is no further one.
            press(page, "Escape" if last else "Enter")
        elif not last:
            press(page, "ArrowRight")
    expect(page.locator("#walk")).to_contain_text(f"Step {len(lesson.steps)} of {len(lesson.steps)}")
    press(page, "ArrowRight")
    page.wait_for_function(f"(done) => {kept}?.includes(done)", arg=done)


def presented_each_step_stands_whole_with_numbers_that_are_read(page: Page, lesson: Lesson) -> None:
    press(page, "p")
    expect(page.get_by_role("button", name="Stop presenting")).to_be_visible()
    for place, step in enumerate(lesson.steps, 1):
        if place > 1:
            press(page, "PageDown")
        expect(page.locator(".step.on")).to_have_id(f"step-{place}")
        expect(page.locator("#more")).to_be_hidden()
        if any(figure.name == "stage" and figure.options.get("present") != "no" for figure in step.figures):
            ready(page)
            # Print as large as it is on the screen, px.
            page.wait_for_function(
                """(read) => {
                    const text = document.querySelector(`#stage .node ${read}`);
                    if (!text?.checkVisibility()) return false;
                    return parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a >= 10.4;
                }""",
                arg=".title" if lesson.slug in ITS_PARTS_ARE_READ else ".num",
            )


def begins_at_its_moment(page: Page, step: Step) -> None:
    """Also where the program is that of the step before."""
    ready(page)
    if has(step, "stage"):
        expect(page.locator("#sentence")).to_contain_text(re.compile(f"^{BEGINS[step.moment.phase]}"))
        if step.moment.phase == "end":
            page.wait_for_function(AT_THE_END)


SHOWN = """() => {
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const gradients = "#stage .node:not([data-id='OUTPUT']) .grad .num, #stage .pulses text, #stage .sum";
  const stage = [...document.querySelectorAll(gradients)];
  const others = [...document.querySelectorAll(".exhibit:not([data-figure=stage], [data-figure=values])")];
  const texts = (elements) => elements.filter(seen).map((element) => element.textContent);
  return [...texts(stage), ...others.filter(seen).map((element) => element.innerText)];
}"""
NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?(?:e[−-]?\d+)?")


def no_picture_gives_the_answer_away(page: Page, step: Step, place: int) -> None:
    """Gradients, labels and figures as a step begins; what is only an input or the seed is no answer."""
    asked = step.question
    if asked is None or asked.kind != "number" or asked.looking:
        return
    assert asked.expected is not None
    at_rest(page)
    shown = page.evaluate(SHOWN.replace("OUTPUT", step.output))
    numbers = {float(each.replace("−", "-")) for text in shown for each in NUMBER.findall(text)}
    assert not any(each == pytest.approx(asked.expected, rel=1e-3, abs=1e-9) for each in numbers), (place, shown)


def a_wrong_answer_gets_a_hint_and_one_try_more(page: Page, said: str, hint: str) -> None:
    current = page.locator(".step.on")
    field = current.get_by_role("textbox")
    field.focus()
    write(page, said)
    press(page, "Enter")
    # A screen reader is told it, too.
    expect(current.get_by_role("status").filter(has_text="Not yet.")).to_contain_text(hint)
    expect(current.locator(".verdict")).to_contain_text("Try once more.")
    expect(current.locator(".answer")).to_be_hidden()
    # The next number takes the place of the wrong one.
    expect(field).to_be_focused()


def is_answered_right(page: Page, asked: Question) -> None:
    current = page.locator(".step.on")
    right = asked.expected
    if asked.kind == "number":
        current.get_by_role("textbox").focus()
        write(page, repr(right))
    else:
        choices = asked.choices
        wanted = next(i for i, each in enumerate(choices) if each.right) if choices else (right > 0) - (right < 0) + 1
        current.get_by_role("radio").nth(wanted).focus()
        press(page, "Space")
    press(page, "Enter")
    verdict = current.locator(".verdict")
    if asked.kind == "number":
        expect(verdict).to_have_text("✓ Right. Exactly.")
    else:
        expect(verdict).to_contain_text("Right")
    expect(current.locator(".answer")).to_be_visible()


def test_numbers_lead_to_where_they_come_from_and_the_lesson_to_the_lab(open_page: Open, address: str) -> None:
    page = ready(open_page("/lessons/a-mini-neural-network#step-6"))
    a_number_leads_to_where_it_comes_from_and_follows_the_values(page)
    go_to(page, 7)
    a_covered_gradient_is_shown_with_its_answer(ready(page))
    go_to(page, 6)
    the_lesson_opens_in_the_lab_where_the_reader_stands(ready(page), address)


def a_number_leads_to_where_it_comes_from_and_follows_the_values(page: Page) -> None:
    current = page.locator(".step.on")
    number = current.get_by_role("button", name="gradient of z1")
    expect(number).to_have_text("−3")
    at_rest(page)
    # No line begins with the mark behind a number or a formula.
    assert page.evaluate(
        """() => [...document.querySelectorAll(".text .number, .text span.maths[data-latex]")].every((each) =>
            !/^[.,;:!?]/.test(each.nextSibling?.data ?? "") || each.closest(".keep"))"""
    )
    number.focus()
    press(page, "Enter")
    sheet = page.get_by_role("complementary")
    expect(sheet).to_contain_text("Passes back to b1")
    expect(sheet).to_contain_text("Where its gradient came from")
    expect(page.locator('.node[data-id="z1"][data-selected]')).to_be_attached()
    press(page, "Escape")
    expect(sheet).to_be_hidden()
    expect(number).to_be_focused()
    page.get_by_role("textbox", name="b1", exact=True).fill("0.5")
    press(page, "Enter")
    expect(number).to_have_text("0")
    expect(page.locator("#walk")).to_contain_text("You changed b1")
    page.get_by_role("button", name="Back to the lesson’s values").click()
    expect(number).to_have_text("−3")


def a_covered_gradient_is_shown_with_its_answer(page: Page) -> None:
    inputs = page.locator('#stage .node[data-id="x"] .grad')
    expect(inputs).to_have_text(re.compile(r"^\?+$"))
    page.locator(".step.on").get_by_role("textbox").fill("3")
    press(page, "Enter")
    expect(page.locator(".step.on .verdict")).to_contain_text("Right")
    expect(inputs).to_have_text("−33")
    # Back at the step, what was revealed stays revealed.
    press(page, "Escape")
    page.locator("#walk").get_by_role("button", name="Next").click()
    expect(page.locator(".step.on")).to_have_id("step-8")
    page.locator("#walk").get_by_role("button", name="Back").click()
    expect(page.locator(".step.on")).to_have_id("step-7")
    expect(inputs).to_have_text("−33")


def the_lesson_opens_in_the_lab_where_the_reader_stands(page: Page, address: str) -> None:
    expect(page.locator("#sentence")).to_contain_text("Backward")
    link = page.get_by_role("link", name="Open in the lab")
    link.focus()
    at_rest(page)
    at = page.locator("#lanes").get_attribute("aria-valuenow")
    assert at not in {None, "0"}
    press(page, "Enter")
    expect(page).to_have_url(re.compile(f"^{re.escape(address)}/lab#"))
    expect(page.locator("#lanes")).to_have_attribute("aria-valuenow", str(at))
    expect(page.locator("#editor .cm-content")).to_contain_text("a1 = relu(z1)")


def test_a_wrong_answer_blocks_nothing_and_a_goal_is_seen(open_page: Open) -> None:
    page = ready(open_page("/lessons/a-mini-neural-network#step-3", PHONE))
    current = page.locator(".step.on")
    current.get_by_role("textbox").fill("-1")
    current.get_by_role("button", name="Check").click()
    expect(current.locator(".verdict")).to_have_text("✗ Not yet. The size is right, the sign is not. Try once more.")
    expect(current.locator(".answer")).to_be_hidden()
    current.get_by_role("textbox").fill("-2")
    current.get_by_role("button", name="Check").click()
    expect(current.locator(".verdict")).to_have_text("✗ Not quite. You said −2; it is 1.")
    expect(current.locator(".answer")).to_be_visible()
    expect(current.locator(".goal")).to_have_text(re.compile("Not there yet"))
    page.get_by_role("textbox", name="b1", exact=True).fill("1.25")
    press(page, "Enter")
    expect(current.locator(".goal")).to_have_text(re.compile("You did it"))
    page.locator("#walk").get_by_role("button", name="Next").click()
    expect(page.locator(".step.on")).to_have_id("step-4")
    at_rest(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_answers_reveal_go_on_and_are_marked(open_page: Open) -> None:
    page = ready(open_page("/lessons/the-chain-rule#step-4"))
    the_same_answer_again_asks_for_the_right_one(page)
    expect(page.locator(".step.on")).to_have_id("step-5")
    the_graph_goes_on_to_what_was_asked_for(ready(page))
    page.set_viewport_size({"width": PROJECTOR[0], "height": PROJECTOR[1]})
    go_to(page, 7)
    of_several_answers_the_wrong_one_is_marked_and_another_may_be_chosen_before_a_class(ready(page))


def the_same_answer_again_asks_for_the_right_one(page: Page) -> None:
    current = page.locator(".step.on")
    current.get_by_role("textbox").fill("7")
    press(page, "Enter")
    button = current.locator(".reveal")
    expect(button).to_have_text("Show answer")
    expect(current.locator(".verdict")).to_contain_text("Try once more.")
    press(page, "Enter")
    expect(current.locator(".verdict")).to_have_text("✗ Not quite. You said 7; it is 24.")
    expect(current.locator(".answer")).to_be_visible()
    expect(button).to_have_text("Continue →")
    press(page, "Enter")


def the_graph_goes_on_to_what_was_asked_for(page: Page) -> None:
    # There is no table here, and nobody is told of one.
    expect(page.locator("#stage .surface")).not_to_have_attribute("aria-description", re.compile("table"))
    gradient = page.locator('#stage .node[data-id="h"] .grad')
    expect(gradient).to_have_text("•")
    page.locator(".step.on").get_by_role("button", name="Reveal").click()
    expect(gradient).to_have_text("3")
    expect(page.locator('#stage .node[data-id="x"] .grad')).to_have_text("•")


def of_several_answers_the_wrong_one_is_marked_and_another_may_be_chosen_before_a_class(page: Page) -> None:
    press(page, "p")
    expect(page.get_by_role("button", name="Stop presenting")).to_be_visible()
    current = page.locator(".step.on")
    current.get_by_role("radio").nth(0).focus()
    press(page, "Space")
    press(page, "Enter")
    expect(current.get_by_role("status").filter(has_text="Not yet.")).to_contain_text("along both paths at once")
    expect(current.locator(".choices .tried")).to_have_count(1)
    expect(current.locator(".choices .right")).to_have_count(0)
    expect(page.locator("#more")).to_be_hidden()
    press(page, "ArrowDown")
    press(page, "ArrowDown")
    press(page, "Enter")
    expect(current.locator(".verdict")).to_contain_text("Right.")
    expect(current.locator(".choices .right")).to_have_count(1)


def test_the_current_step_is_in_view_and_takes_the_focus(open_page: Open) -> None:
    lesson = min(LESSONS, key=lambda each: len(each.steps))
    page = ready(open_page(f"/lessons/{lesson.slug}"))
    there, back = range(2, len(lesson.steps) + 1), range(len(lesson.steps) - 1, 0, -1)
    for size, name, places in ((DESKTOP, "Next", there), (PROJECTOR, "Back", back), (PHONE, "Next", there)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for place in places:
            takes_orders(page)
            page.locator("#walk").get_by_role("button", name=name).click()
            expect(page.locator(f"#step-{place} h2")).to_be_focused()
            page.wait_for_function(
                """() => {
                    const text = document.querySelector("#text").getBoundingClientRect();
                    const step = document.querySelector(".step.on").getBoundingClientRect();
                    const whole = step.bottom <= text.bottom + 1 || step.top <= text.top + 60;
                    return step.top >= text.top - 1 && step.top < text.bottom - 60 && whole;
                }"""
            )


def test_on_the_phone_figures_fit_and_what_is_hidden_below_is_told(open_page: Open) -> None:
    page = ready(open_page("/lessons/scalar-derivatives", PHONE))
    no_figure_is_wider_than_its_card(page, LESSONS[0])
    go_to(page, 5)
    what_is_hidden_below_is_told(ready(page))
    go_to(page, 2)
    the_button_that_tells_it_lies_on_no_text(ready(page))


def no_figure_is_wider_than_its_card(page: Page, lesson: Lesson) -> None:
    for place in range(1, len(lesson.steps) + 1):
        go_to(page, place)
        page.wait_for_function(
            """() => [...document.querySelectorAll(".exhibit")].every((card) => {
                const right = card.getBoundingClientRect().right;
                const inside = [...card.querySelectorAll("svg, .exhibit-head, .exhibit-body")];
                return inside.every((each) => each.getBoundingClientRect().right <= right);
            })"""
        )
    page.locator("#walk > :last-child").click(trial=True)


def what_is_hidden_below_is_told(page: Page) -> None:
    more = page.locator("#more")
    expect(more).to_be_visible()
    at_rest(page)
    before = page.locator("#text").evaluate("(text) => text.scrollTop")
    more.click()
    page.wait_for_function("(before) => document.querySelector('#text').scrollTop > before", arg=before)
    page.locator(".step.on .reveal").scroll_into_view_if_needed()
    page.locator("#text").evaluate("(text) => text.scrollBy(0, 200)")
    expect(more).to_be_hidden()


def the_button_that_tells_it_lies_on_no_text(page: Page) -> None:
    current = page.locator(".step.on")
    current.get_by_role("textbox").fill("123")
    current.locator(".reveal").click()
    expect(current.locator(".verdict")).to_contain_text("Try once more.")
    more = page.locator("#more")
    page.locator("#text").evaluate("(text) => text.scrollTo(0, 60)")
    expect(more).to_be_visible()
    at_rest(page)
    button, text = more.bounding_box(), page.locator("#text").bounding_box()
    assert button is not None
    assert text is not None
    bottom = text["y"] + text["height"]
    below = {"x": 0, "y": button["y"], "width": PHONE[0], "height": bottom - button["y"]}
    with_text = page.screenshot(clip=below)
    page.locator(".steps").evaluate("(steps) => (steps.style.visibility = 'hidden')")
    assert page.screenshot(clip=below) == with_text
    # And what has the focus scrolls clear of it.
    page.locator(".steps").evaluate("(steps) => (steps.style.visibility = '')")
    page.locator("#text").evaluate("(text) => text.scrollTo(0, 0)")
    current.locator(".reveal").focus()
    page.wait_for_function(
        """() => {
            const of = (name) => document.querySelector(name).getBoundingClientRect();
            const [below, button] = [of(".below"), of(".step.on .reveal")];
            return below.height === 0 || button.bottom <= below.top + 1;
        }""",
        timeout=TIMEOUT,
    )


def test_axe_finds_nothing_in_a_lesson(open_page: Open, address: str) -> None:
    """With curve, graph and errors under a choice that is answered, and with values under a question for a number."""
    page = ready(open_page("/lessons/scalar-derivatives#step-5"))
    lab = Lab(page, address)
    assert findings_in_both_themes(lab) == {}
    press(page, "Enter")
    expect(page.locator(".errorcurve")).to_be_visible()
    page.locator(".step.on .number").first.click()
    expect(page.get_by_role("complementary")).to_be_visible()
    assert findings_in_both_themes(lab) == {}
    press(page, "Escape")
    page.set_viewport_size({"width": PROJECTOR[0], "height": PROJECTOR[1]})
    press(page, "p")
    expect(page.get_by_role("button", name="Stop presenting")).to_be_visible()
    assert findings_in_both_themes(lab) == {}
    press(page, "p")
    resize(page, PHONE)
    go_to(page, 2)
    ready(page)
    assert findings_in_both_themes(lab) == {}


def test_axe_finds_nothing_in_the_gallery_and_links_of_old_lead_to_the_lab(open_page: Open, address: str) -> None:
    page = open_page("/")
    lab = Lab(page, address)
    expect(page.get_by_role("link", name="A mini neural network").first).to_be_visible()
    assert findings_in_both_themes(lab) == {}
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert findings_in_both_themes(lab) == {}
    page.goto(f"{address}/lessons")
    assert findings_in_both_themes(lab) == {}
    page.goto(f"{address}/#program=y+%3D+k+*+3&values=%7B%22k%22%3A7%7D")
    expect(page).to_have_url(re.compile(f"^{re.escape(address)}/lab#program="))
    expect(page.locator("#editor .cm-content")).to_contain_text("y = k * 3")
