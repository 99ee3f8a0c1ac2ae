"""What a sentence claims is true of the numbers it is told of, also where they are NaN, infinite, equal, none or one.

Every message that is filled in is held against the numbers of the trace by a claim stated here, apart from the rules
that chose it. A message without a claim of its own only writes arithmetic out.
"""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import EngineError, trace
from app.engine.explain.sentences import tell
from app.engine.explain.sentences.facts import Context
from app.engine.ops import REGISTRY
from app.engine.wording import catalogue
from tests.engine.chance import examples

AWKWARD = [np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, 1.0, -1.0, 2.0, 30.0, -30.0, 1e300, 1e-300, -1e-300, 0.01]


# -- what is known of a step, read off the trace -------------------------------------------------------------------


def y(f):
    return np.asarray(f.own_value)


def x(f, slot=0):
    return np.asarray(f.given[slot])


def g(f):
    return np.asarray(f.own_grad)


def sent(f):
    return [np.asarray(gift.value_of_message) for gift in f.gifts]


def all_nan_or(condition):
    return bool(np.all(condition))


def same(a, b):
    return np.array_equal(a, b, equal_nan=True)


def is_one_of(f):
    """Of an extreme: all that is sent stands at one place."""
    (message,) = sent(f)
    return np.count_nonzero(message) <= 1 and not np.isnan(message).any()


def per_result(f):
    """Of an extreme along axes: as many elements as there are results get something, and nothing is NaN."""
    (message,) = sent(f)
    return np.count_nonzero(message) <= y(f).size and not np.isnan(message).any()


def taken(f, condition):
    """The elements that the condition is true of get nothing."""
    (message,) = sent(f)[:1]
    return not np.any(message[np.broadcast_to(condition, message.shape)])


def said(f, slot):
    return int(f.of_reason[slot])


def pair(f, first, second):
    """Of two sides: what each gets, if it gets anything."""
    got = {gift.use.slot: np.asarray(gift.value_of_message) for gift in f.gifts}
    return first(got[0]) if 0 in got else True, second(got[1]) if 1 in got else True


def winner(f, larger):
    """The side with the larger (or smaller) value gets all of it, the other 0."""
    a, b = x(f, 0), x(f, 1)
    first = (a > b) if larger else (a < b)
    names = [f.a, f.b]
    all_of_it, nothing = (lambda m: same(m.ravel(), np.broadcast_to(g(f), m.shape).ravel())), lambda m: not m.any()
    one, two = (all_of_it, nothing) if first.all() else (nothing, all_of_it)
    told_right = f.of_reason["winner"] == names[0 if first.all() else 1]
    return told_right and all(pair(f, one, two))


def edges_of_zero(f):
    return all(not m.any() for m in sent(f))


def users(f):
    inputs = f.context.wording.inputs
    return [np.asarray(f.context.values[i]) for i, of in enumerate(inputs) if f.place in of]


TRUE_OF = {
    "forward.empty": lambda f: y(f).size == 0,
    "forward.lost": lambda f: not np.isfinite(y(f)).all() and any(not np.isfinite(v).all() for v in f.given),
    "forward.born": lambda f: not np.isfinite(y(f)).any() and all(not np.isfinite(v).all() for v in users(f)),
    "forward.born_alone": lambda f: not np.isfinite(y(f)).any(),
    "forward.born_some": lambda f: int(f.unfinite) == np.sum(~np.isfinite(y(f))) > 0,
    "forward.large": lambda f: not np.isnan(y(f)).any(),
    "forward.vector": lambda f: not np.isnan(y(f)).any(),
    "forward.lost_numbers": lambda f: int(f.nans) == np.isnan(y(f)).sum() > 1,
    "forward.lost_number": lambda f: np.isnan(y(f)).sum() == 1,
    "backward.dark": lambda f: g(f).size and not g(f).any() and edges_of_zero(f),
    "backward.empty": lambda f: g(f).size == 0 and all(m.size == 0 for m in sent(f)),
    "backward.empty_zero": lambda f: g(f).size == 0 and edges_of_zero(f),
    "backward.to_empty": lambda f: all(m.size == 0 for m in sent(f)),
    "backward.lost": lambda f: all(not np.isfinite(m).any() for m in sent(f)),
    "backward.lost_some": lambda f: sum(np.sum(~np.isfinite(m)) for m in sent(f)) == int(f.unfinite) > 0,
    "backward.unchanged": lambda f: all(same(m.ravel(), g(f).ravel()) for m in sent(f)),
    "backward.unchanged_twice": lambda f: all(same(m.ravel(), g(f).ravel()) for m in sent(f)),
    "backward.blocked": edges_of_zero,
    "backward.cancelled": edges_of_zero,
    "backward.blocked_one": lambda f: sum(not m.any() for m in sent(f)) == 1,
    "seed.one": lambda f: np.size(f.context.trace.seed) == 1,
    "seed.ones": lambda f: np.size(f.context.trace.seed) > 1,
    "seed.empty": lambda f: all(not np.any(m) for m in f.context.grads if m is not None),
    "group.dark": lambda f: not np.any(f.own_grad) and np.size(f.own_grad),
    "group.empty": lambda f: np.size(f.own_grad) == 0 and not any(np.any(got) for got in f.gifts.values()),
    "group.blocked": lambda f: not any(np.any(got) for got in f.gifts.values()),
    "mask.holds": lambda f: (y(f) == 1).all(),
    "mask.fails": lambda f: (y(f) == 0).all(),
    "mask.says": lambda f: said(f, "held") == np.sum(y(f)),
    "relu.on": lambda f: (y(f) == x(f)).all() and (x(f) > 0).all(),
    "relu.off": lambda f: not y(f).any() and (x(f) <= 0).all(),
    "relu.some_off": lambda f: said(f, "off") == np.sum(x(f) <= 0) == np.sum(y(f) == 0),
    "relu.passes": lambda f: same(sent(f)[0].ravel(), g(f).ravel()),
    "relu.stops": edges_of_zero,
    "relu.stops_some": lambda f: said(f, "off") == np.sum(x(f) <= 0) and (not g(f).all() or taken(f, x(f) <= 0)),
    "leaky.left": lambda f: (x(f) < 0).all() and 0 < f.call.attrs["slope"] < 1,
    "leaky.left_some": lambda f: said(f, "left_count") == np.sum(x(f) < 0) > 0 and f.call.attrs["slope"] < 1,
    "elu.left": lambda f: (x(f) < 0).all(),
    "flat.steepest": lambda f: (np.abs(x(f)) < 0.5).all(),
    "exp.overflow": lambda f: np.isposinf(y(f)).any(),
    "log.zero": lambda f: np.isneginf(y(f)).any(),
    "log.negative": lambda f: np.isnan(y(f)).any(),
    "power.negative": lambda f: np.isnan(y(f)).any(),
    "sqrt.negative": lambda f: np.isnan(y(f)).any(),
    "log.steep": lambda f: (x(f) > 0).all() and (x(f) < 0.1).all(),
    "sqrt.steep": lambda f: (x(f) < 0.01).all(),
    "abs.left": lambda f: (x(f) < 0).all(),
    "abs.right": lambda f: (x(f) > 0).all(),
    "divide.zero": lambda f: (x(f, 1) == 0).any(),
    "divide.small": lambda f: (np.abs(x(f, 1)) > 0).all() and (np.abs(x(f, 1)) < 0.1).all(),
    "power.flat": lambda f: (x(f, 1) == 0).all() and (y(f) == 1).all(),
    "square.zero": lambda f: (x(f) == 0).all(),
    "add.because": lambda f: np.isfinite(y(f)).all(),
    "subtract.because": lambda f: np.isfinite(y(f)).all(),
    "sum.because": lambda f: np.isfinite(y(f)).all(),
    "extreme.largest": lambda f: winner(f, larger=True),
    "extreme.smallest": lambda f: winner(f, larger=False),
    "extreme.each_largest": lambda f: said(f, "first") + said(f, "second") == y(f).size,
    "extreme.each_smallest": lambda f: said(f, "first") + said(f, "second") == y(f).size,
    "of.largest": lambda f: sum(np.any(m) for m in sent(f)) <= 1,
    "of.smallest": lambda f: sum(np.any(m) for m in sent(f)) <= 1,
    "clip.inside": lambda f: (x(f, 1) <= x(f)).all() and (x(f) <= x(f, 2)).all() and (y(f) == x(f)).all(),
    "clip.outside": lambda f: ((x(f) < x(f, 1)) | (x(f) > x(f, 2))).any(),
    "clip.some": lambda f: said(f, "outside") == np.sum((x(f) < x(f, 1)) | (x(f) > x(f, 2))) > 0,
    "where.first": lambda f: x(f).all() and same(y(f).ravel(), x(f, 1).ravel()),
    "where.second": lambda f: not x(f).any() and same(y(f).ravel(), x(f, 2).ravel()),
    "where.mixed": lambda f: said(f, "first") + said(f, "second") == y(f).size,
    "sum.hands": lambda f: all_nan_or(sent(f)[0] == g(f)),
    "sum.hands_rows": lambda f: sent(f)[0].size > g(f).size > 0,
    "mean.hands": lambda f: all_nan_or(sent(f)[0] == g(f).ravel()[0] / x(f).size),
    "largest.says": lambda f: y(f).ravel()[0] == x(f)[tuple(map(int, f.of_reason["place"].strip("[]").split(", ")))],
    "smallest.says": lambda f: y(f).ravel()[0] == x(f)[tuple(map(int, f.of_reason["place"].strip("[]").split(", ")))],
    "largest.hands": is_one_of,
    "smallest.hands": is_one_of,
    "largest.hands_rows": per_result,
    "smallest.hands_rows": per_result,
    "var.says": lambda f: f.call.attrs["ddof"] == 0,
    "reshape.says": lambda f: x(f).shape != y(f).shape,
    "reshape.hands": lambda f: x(f).shape != y(f).shape,
    "reshape.same": lambda f: x(f).shape == y(f).shape,
    "reshape.hands_same": lambda f: same(sent(f)[0], g(f)),
    "transpose.says": lambda f: same(y(f), x(f).T) and x(f).ndim == 2,
    "transpose.hands": lambda f: same(sent(f)[0], g(f).T),
    "transpose.axes": lambda f: x(f).ndim > 2,
    "transpose.hands_axes": lambda f: x(f).ndim > 2,
    "transpose.same": lambda f: x(f).ndim == 1,
    "transpose.still": lambda f: same(y(f), x(f)),
    "transpose.hands_same": lambda f: same(sent(f)[0], g(f)),
    "index.all": lambda f: same(y(f).ravel(), x(f).ravel()),
    "index.turned": lambda f: np.sort(y(f).ravel()).tobytes() == np.sort(x(f).ravel()).tobytes(),
    "index.one": lambda f: y(f).size == 1 < x(f).size,
    "index.says": lambda f: 1 < y(f).size < x(f).size,
    "put.hands": lambda f: all((m == 0).any() for m in sent(f)[:1]) or not g(f).all() or sent(f)[0].size != y(f).size,
    "index.repeated": lambda f: len(np.unique(y(f))) < y(f).size,
    "index.hands_repeated": lambda f: np.count_nonzero(sent(f)[0]) < g(f).size,
    "index.hands_one": lambda f: np.count_nonzero(sent(f)[0]) <= 1,
    "index.hands": lambda f: np.count_nonzero(sent(f)[0]) <= g(f).size,
    "copies.says": lambda f: y(f).size > x(f).size,
}


ARITHMETIC = {"forward", "backward", "slope", "item", "amount", "product", "list", "start", "seed", "group", "lost"}
"""Where a message has no claim of its own, it writes a formula and its numbers out."""
ALWAYS = {
    *(f"{op}.hands" for op in ("add", "subtract", "multiply", "divide", "matmul", "join", "copies", "var")),
    *("multiply.hands_twice", "matmul.vectors", "matmul.row", "matmul.says", "matmul.first", "matmul.second"),
    *("matmul.both", "negative.because", "exp.because", "log.because", "sqrt.because", "var.because", "var.degrees"),
    *("flat.says", "flat.because", "flat.some", "of", "constant.like", "join.says", "index.hands_all"),
    *("put.says", "put.adds", "put.hands_added"),
    *("sum.says", "sum.rows", "mean.says", "mean.rows", "mean.hands_rows", "largest.rows", "smallest.rows"),
}
"""True by what the op is, whatever the numbers."""


def test_every_message_has_a_claim_or_needs_none():
    free = {key for key in catalogue("sentences").entries if key.split(".")[0] in ARITHMETIC or key in ALWAYS}
    assert set(catalogue("sentences").entries) == free | set(TRUE_OF)
    assert not ALWAYS & set(TRUE_OF)


def claims_of(run, monkeypatch):
    filled = []
    fill = Context.fill

    def spy(self, key, facts):
        filled.append((key, facts, dict(getattr(facts, "of_reason", {}))))
        return fill(self, key, facts)

    with monkeypatch.context() as patched:
        patched.setattr(Context, "fill", spy)
        tell(run)
    for key, facts, known in filled:
        facts.of_reason = known  # a later question may have changed them
        if key in TRUE_OF:
            assert TRUE_OF[key](facts), (key, facts.node if hasattr(facts, "node") else "", run.values, run.grads)
    return Counter(key for key, *_ in filled)


PROGRAMS = [f"y = {op.example}" for op in REGISTRY.values() if op.example and op.name != "split"]
PROGRAMS += [f"y = np.{name}(A, axis={axis})" for name in ("sum", "mean", "max", "min", "var") for axis in (None, 0, 1)]
PROGRAMS += ["y = A[::-1]", "y = A[:0]", "y = A[0, 0] * 1", "y = A.T * 2", "y = v.T", "y = A.reshape(A.shape)"]
PROGRAMS += ["y = np.swapaxes(A, 1, -1)", "y = relu(v) * v", "y = np.maximum(v, w)", "y = np.clip(v, x, w)"]
PROGRAMS += ["y = np.where(v > x, v, w)", "y = v / w", "y = v * 0", "y = softmax(v)", "y = np.sum(v) * 0 + x"]
PROGRAMS += ["y = leaky_relu(v, slope=2)", "y = leaky_relu(x, slope=0)", "y = broadcast_to(v, v.shape)"]
PROGRAMS += ["y = np.sum(A) * np.max(v)", "y = np.min(v) / np.sum(v)", "y = A @ A.T", "y = np.exp(v) - np.log(v)"]
PROGRAMS += ["def f(a):\n    return np.max(a) * a\ny = f(v)", "y = 1 / np.log(v)", "y = np.tanh(1 / v)"]
LENGTHS = st.sampled_from([0, 1, 2, 3, 5])


@examples(60)
@given(st.data())
def test_what_is_claimed_is_true(data):
    monkeypatch = pytest.MonkeyPatch()
    source = data.draw(st.sampled_from(PROGRAMS))
    rows, columns = data.draw(st.sampled_from([1, 2, 3])), data.draw(LENGTHS)
    number = st.sampled_from(AWKWARD)

    def array(*shape):
        size = int(np.prod(shape))
        return np.array(data.draw(st.lists(number, min_size=size, max_size=size)), dtype=float).reshape(shape).tolist()

    values = {"x": data.draw(number), "w": data.draw(number), "v": array(columns), "A": array(rows, columns)}
    values["B"] = array(columns, 2)
    used = {name: value for name, value in values.items() if name in source}
    for detail in ("tensor", "scalar"):
        try:
            run = trace(source, used, detail=detail)
        except EngineError:
            continue
        claims_of(run, monkeypatch)


NOT_FINITE = [
    ("y = np.max(v)", {"v": [np.nan, 1.0]}, "largest"),
    ("y = np.maximum(a, b)", {"a": np.nan, "b": 1.0}, "extreme"),
    ("y = np.maximum(v, w)", {"v": [np.nan, 1.0, 2.0], "w": 0.0}, "extreme"),
    ("y = np.clip(x, 0, 1)", {"x": np.nan}, "clip"),
    ("y = np.max(v) * x", {"v": [1.0, 2.0], "x": np.inf}, "largest.hands"),
    ("y = relu(v)", {"v": [np.nan, -1.0]}, "relu"),
]


@pytest.mark.parametrize(("source", "values", "silent"), NOT_FINITE, ids=[source for source, *_ in NOT_FINITE])
def test_of_what_is_not_a_number_nothing_is_claimed(source, values, silent, monkeypatch):
    told = claims_of(trace(source, values), monkeypatch)
    assert [key for key in told if key.startswith(silent)] == []
