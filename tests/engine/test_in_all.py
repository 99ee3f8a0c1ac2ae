"""The last message to the logits completes p − target, and a gradient that is only rounding is called so."""

import pytest

from app.engine import trace
from app.engine.explain.sentences import tell
from app.engine.wording import plain

SOFTMAX = """logits = np.array([2.0, 1.0, -1.0])
target = np.array([0.0, 1.0, 0.0])
p = softmax(logits)
loss = -(target * np.log(p)).sum()"""


def test_softmax_with_cross_entropy_ends_on_the_difference():
    told = tell(trace(SOFTMAX))
    last = plain(told.backward[trace(SOFTMAX).structure.backward[-1]])
    # Whether exactly 0 or only rounding comes to the maximum depends on the processor.
    assert last.startswith(("max in p received 0 but for rounding", "max in p received 0, so it hands 0 on"))
    assert last.endswith(
        "So logits has p − target = [0.7054  0.2595  0.03512] − [0  1  0] = [0.7054  −0.7405  0.03512]."
    )
    assert plain(told.groups["p/softmax"][1]).endswith("= [0.7054  −0.7405  0.03512].")
    assert "p − target" in plain(told.groups["p/softmax"][1])


def test_what_is_left_over_by_rounding_is_no_term_of_a_sum():
    run = trace(SOFTMAX.partition("p = ")[0] + "loss = cross_entropy(logits, target)")
    said = [plain(parts) for parts in tell(run).backward.values()]
    (sum_at_logits,) = [text for text in said if "At logits the messages add up" in text]
    assert "+ [0  0  0] = " in sum_at_logits or "+ 0 = " in sum_at_logits
    assert "e−1" not in sum_at_logits


@pytest.mark.parametrize(
    "program",
    [
        # A seed that is not 1, targets that do not add up to 1, another function: no such rule.
        SOFTMAX.replace("loss = -", "loss = -2 * "),
        SOFTMAX.replace("[0.0, 1.0, 0.0]", "[0.0, 1.0, 1.0]"),
        SOFTMAX.replace("np.log(p)", "np.sqrt(p)"),
    ],
)
def test_what_does_not_hold_is_not_said(program):
    run = trace(program)
    told = tell(run)
    assert not any("p − target" in plain(parts) for parts in told.backward.values())


def test_a_small_gradient_that_is_no_rounding_is_told_as_any_other():
    told = tell(trace("x = 2.0\ny = 1e-17 * x\nz = y * 3 + x"))
    assert not any("rounding" in plain(parts) for parts in told.backward.values())
    told = tell(trace("x = 2.0\ny = x * 1e-20\nz = np.exp(x) + np.sin(y)"))
    assert not any("rounding" in plain(parts) for parts in told.backward.values())
