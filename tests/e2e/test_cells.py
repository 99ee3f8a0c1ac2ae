"""An element that is pointed at tells its own arithmetic, and those that made it light up."""

from playwright.sync_api import Page, expect

from tests.e2e.browser import Lab

PROGRAM = "x = np.array([[1.0], [2.0]])\nW = np.array([[1.0, -1.0], [3.0, 0.5]])\nz = W @ x\ny = np.sum(z * z)"


def cell(page: Page, node: str, of: str, place: int):
    return page.locator(f'.node[data-id="{node}"] [data-of={of}] [data-place="{place}"]')


def opened(lab: Lab) -> None:
    """The program at its end."""
    lab.write(PROGRAM)
    lab.settle()
    lab.press("End")
    lab.at_step(lab.steps())


def test_by_pointer_elements_tell_their_arithmetic(lab: Lab):
    opened(lab)
    a_value_tells_its_row_and_column(lab)
    a_gradient_tells_which_gradients_and_values_made_it(lab)
    what_is_not_computed_yet_says_so(lab)


def a_value_tells_its_row_and_column(lab: Lab):
    cell(lab.page, "z", "value", 1).hover()
    card = lab.page.locator("#cell")
    expect(card).to_contain_text("W1,0⋅x0,0+W1,1⋅x1,0")
    expect(card).to_contain_text("3⋅1+0.5⋅2=4")
    lit = lab.page.locator("[data-made=value]")
    expect(lit).to_have_count(4)
    for node, place in (("W", 2), ("W", 3), ("x", 0), ("x", 1)):
        expect(cell(lab.page, node, "value", place)).to_have_attribute("data-made", "value")
    lab.page.mouse.move(2, 2)
    expect(card).to_be_hidden()
    expect(lit).to_have_count(0)


def a_gradient_tells_which_gradients_and_values_made_it(lab: Lab):
    cell(lab.page, "W", "grad", 2).hover()
    card = lab.page.locator("#cell")
    expect(card).to_contain_text("dz1,0×x0,0")
    expect(card).to_contain_text("8×1=8")
    expect(cell(lab.page, "z", "grad", 1)).to_have_attribute("data-made", "grad")
    expect(cell(lab.page, "x", "value", 0)).to_have_attribute("data-made", "value")
    expect(lab.page.locator("[data-made]")).to_have_count(2)


def what_is_not_computed_yet_says_so(lab: Lab):
    lab.press("Home")
    lab.at_step(0)
    lab.page.mouse.move(2, 2)
    card = lab.page.locator("#cell")
    expect(card).to_be_hidden()
    cell(lab.page, "z", "value", 0).hover()
    expect(card).to_contain_text("not computed yet")
    cell(lab.page, "W", "grad", 0).hover()
    expect(card).to_contain_text("W[0,0]")
    expect(card).to_contain_text("not computed yet")
    expect(lab.page.locator("[data-made]")).to_have_count(0)


def test_by_keys_alone_and_with_other_values(lab: Lab):
    opened(lab)
    by_keys_alone_in_the_graph(lab)
    other_values_tell_anew(lab)
    by_keys_alone_in_the_inspector(lab)


def by_keys_alone_in_the_graph(lab: Lab):
    lab.page.locator('.node[data-id="z"]').focus()
    card = lab.page.locator("#cell")
    lab.press("c")
    expect(card).to_contain_text("1⋅1+(−1)⋅2=−1")
    lab.press("ArrowDown")
    expect(card).to_contain_text("3⋅1+0.5⋅2=4")
    lab.press("ArrowDown")
    expect(card).to_contain_text("gradient")
    lab.press("Escape")
    expect(card).to_be_hidden()
    lab.press("ArrowLeft")
    expect(lab.page.locator('.node[data-id="z"]')).not_to_be_focused()


def other_values_tell_anew(lab: Lab):
    lab.page.locator('.node[data-id="z"]').focus()
    lab.press("c")
    card = lab.page.locator("#cell")
    expect(card).to_contain_text("=−1")
    field = lab.page.get_by_label("x₀", exact=True)
    put = "(input, x) => { input.value = x; input.dispatchEvent(new Event('change', {bubbles: true})); }"
    field.evaluate(put, "5")
    expect(card).to_contain_text("1⋅5+(−1)⋅2=3")
    field.evaluate(put, "1")
    expect(card).to_contain_text("1⋅1+(−1)⋅2=−1")
    lab.press("Escape")
    expect(card).to_be_hidden()


def by_keys_alone_in_the_inspector(lab: Lab):
    lab.page.locator('.node[data-id="W"]').click(position={"x": 20, "y": 12})
    lab.page.get_by_role("button", name="W₀‚₀: 1").focus()
    lab.press("ArrowDown", "ArrowRight")
    expect(lab.page.locator("#panel-node button:focus")).to_have_text("0.5")
    expect(lab.page.locator("#cell")).to_contain_text("W[1,1]")
    lab.page.locator("#panel-node button[data-of=grad][data-place='3']").focus()
    expect(lab.page.locator("#cell")).to_contain_text("8×2=16")
