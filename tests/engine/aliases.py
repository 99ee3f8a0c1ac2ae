"""Random programs in which several names, items, arguments and windows show one array, and lines store into it."""

from __future__ import annotations

import random

from tests.engine.python import executed

SAME = ["{a}", "{a}.T", "{a}.reshape(-1)", "{a}.ravel()", "{a}[0:2]", "{a}[...]", "{a}[None][0]", "np.asarray({a})"]
SAME += ["np.expand_dims({a}, 0)", "np.broadcast_to({a}, (2, 2))", "np.swapaxes({a}, 0, -1)", "[{a}, {b}][0]"]
SAME += ["[[{a}]][0][0]", "keep({a})", "made({a})[1]()", "[v for v in [{a}, {b}]][1]", "[v[0] for v in [{a}, {b}]][0]"]
SAME += ["np.split({a}, 2)[0]", "{a}[0]", "{a}[1, ...]", "np.transpose({a})", "np.reshape({a}, (-1,))"]
OTHER = [
    "{a}.copy()",
    "{a} * 1",
    "+{a}",
    "np.array({a})",
    "{a}.flatten()",
    "{a}.astype(float)",
    "np.copy({a})",
    "{a} + {b}",
]
OTHER += ["np.sum({a})", "np.where({a} > 1, {a}, {b})", "2.5", "np.array(1.5)", "np.array([1.0, 2.0])", "np.zeros(())"]
OTHER += ["np.ones_like({a})", "np.stack(({a}, {a}))", "np.array([{a}, {a}])", "np.maximum({a}, {b})"]
STORE = ["{a} += 1", "{a} *= 2", "{a} -= {b}", "{a} /= {b}", "{a} += {b}[0]", "{a} += {a}", "{a} **= 2"]
LINES = [
    "{a}, {b} = {b}, {a}",
    "l = [{a}, [{b}]]",
    "l = [{a}, l]",
    "l = ({b} * 1, [{a}])",
    "{a} = l[0]",
    "{a} = l[1][0]",
    "for p in [{a}, {b} * 1]:\n    p += 1",
    "for p in [{a} * 1, {b} * 1]:\n    p += 1\n    l = [p, [p]]",
    "for p in l[1]:\n    p *= 2",
    "for i in range(2):\n    {a} += {b}\n    {b} = {a}",
    "{a} = add({b})",
    "{a} = add({b} * 1)",
    "{a} = default()",
    "{a} = item()",
    "{a} = first([{b}, {a}])",
    "{a}, f = made({b})",
    "{a} = f()",
    "{a}, {b} = twice({b})",
    "{a} = (lambda v: add(v) + v)({b})",
]
FUNCTIONS = """def keep(v):
    return v
def add(v):
    v += 1
    return v
def default(v=np.array([1.0, 2.0])):
    v += 1
    return v
def item(l=[np.array([3.0, 4.0])]):
    v = l[0]
    v *= 2
    return v
def first(l):
    p = l[0]
    p -= 1
    return l[0]
def made(v):
    w = v * 2
    return w, lambda: w
def twice(v):
    w = v + 1
    return [w, w]
"""
NAMES = ("a", "b", "c", "d")


def random_aliases(rng: random.Random) -> str:
    """A program that Python runs. It prints at its end what every name and list shows."""
    source = FUNCTIONS + rng.choice(
        [
            "a = np.array([1.0, 2.0])\nb = np.array([3.0, 5.0])\n",
            "a = np.array([1.0, 2.0])\nb = 1.5\n",
            "a = np.array(2.0)\nb = np.array([3.0, 5.0])\n",
            "a = np.array([[1.0, 2.0], [3.0, 4.0]])\nb = np.array([3.0, 5.0])\n",
            "a = [np.array([1.0, 2.0])][0]\nb = a\n",
            "a = np.array([1, 2])\nb = np.array([3.0, 5.0])\n",
        ]
    )
    source += "c = b * 2\nd = 3.0\nl = [c, [a]]\nf = lambda: c\n"
    for _ in range(rng.randint(2, 7)):
        line = rng.choice(
            [rng.choice(STORE), rng.choice(LINES), "{d} = " + rng.choice(SAME), "{d} = " + rng.choice(OTHER)]
        )
        a, b, d = rng.sample(NAMES, 3)
        tried = source + line.format(a=a, b=b, d=d) + "\n"
        try:
            executed(tried)
        except Exception:  # noqa: BLE001 - this line does not fit what the names hold by now
            continue
        source = tried
    shown = [*NAMES, "f()", "l[0]", "l[1][0]"]
    for each in shown:
        line = f"print({each} * 1.0)\n"
        try:
            executed(source + line)
        except Exception:  # noqa: BLE001 - a list within a list, or a number that has no items
            continue
        source += line
    return source + "y = d * 1.0\n"
