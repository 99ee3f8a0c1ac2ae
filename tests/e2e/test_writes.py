"""What a model writes with the parameters of a step stands in the Train tab."""

from playwright.sync_api import expect

from tests.e2e.conftest import OpenLab
from tests.e2e.test_training import opened, setting, train

TEXT = """text = "abcabcab"
letters = sorted(set(text))
ids = [letters.index(c) for c in text]
W = np.zeros((3, 3))
p = softmax(W[ids[:-1]])
loss = -np.mean(np.log(p[np.arange(7), ids[1:]]))

def write(length):
    chance = np.random.default_rng(1)
    last, out = 0, "a"
    for _ in range(length):
        last = chance.choice(3, p=softmax(W[last]))
        out += letters[last]
    return out

print(write(8))
"""


def test_what_it_writes_follows_the_step(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), TEXT)
    written = lab.page.get_by_role("region", name="What it writes")
    expect(written).to_have_count(0)
    setting(lab, "lr of sgd", "20")
    train(lab, 100)
    expect(written.get_by_role("heading")).to_have_text("What it writes at step 100")
    expect(written.locator("pre")).to_have_text("abcabcabc")
    lab.page.get_by_role("slider", name="Step of the training").press("Home")
    expect(written.get_by_role("heading")).to_have_text("What it writes at step 0")
    expect(written.locator("pre")).not_to_have_text("abcabcabc")


def test_a_class_sees_what_it_writes(open_lab: OpenLab) -> None:
    lab = opened(open_lab(), TEXT)
    setting(lab, "lr of sgd", "20")
    train(lab, 100)
    lab.leave()
    # Where the picture leaves less room, the card tells less; open, it is wider and not as high.
    lab.page.locator("#stage .closed-group").first.dblclick(position={"x": 20, "y": 30})
    lab.rest()
    lab.press("p")
    card = lab.page.get_by_role("group", name="The training")
    expect(card.get_by_role("region", name="What it writes")).to_contain_text("abcabcabc")
    # Nothing in the card is scrolled, so that nothing in it is a stop of the Tab key.
    expect(card.locator("[tabindex]")).to_have_count(0)
