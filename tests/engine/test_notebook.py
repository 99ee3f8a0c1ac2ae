"""The lesson's cells, pasted one after another, run unchanged: same printed figures, and the manual gradients graded.

The lesson itself is looked for beside the repository; a lesson of our own with the same constructs always runs."""

from pathlib import Path

import numpy as np
import pytest

from app.engine import trace
from tests.engine.python import agree

NOTEBOOK = Path(__file__).resolve().parents[3] / "shared" / "notebook.txt"

OWN = '''
import numpy as np

def p(t):
    return t**3 - 4*t + 1

# Slope by hand
def dp_dt(t):
    return 3*t**2 - 4

def slope(p, t, eps=1e-5):
    return (p(t + eps) - p(t - eps)) / (2 * eps)

t = 3.0
print('By hand:', dp_dt(t))
print('Measured:', slope(p, t))

def logistic(t):
    """Between 0 and 1."""
    return 1 / (1 + np.exp(-t))

def logistic_slope(t):
    s = logistic(t)
    return s * (1 - s)

def ramp(t):
    return np.maximum(0, t)

def ramp_slope(t):
    return (t > 0).astype(float)

t_vals = np.array([-1.0, 0.0, 3.0])
print('Logistic slope:', logistic_slope(t_vals))
print('Ramp slope:', ramp_slope(t_vals))

def inner(t):
    return t**2

def outer(u):
    return 5*u - 2

def p(t):
    return outer(inner(t))

def dp_dt(t):
    du_dt = 2*t
    do_du = 5
    return do_du * du_dt

t = -2.0
print('p(t):', p(t))
print('dp/dt (chain rule):', dp_dt(t))
print('dp/dt (measured):', slope(p, t))

u = np.array([[0.5], [-1.0]])      # input (2x1)
V = np.array([[2.0, 1.0]])         # weights (1x2)
c = np.array([[0.25]])             # bias (1x1)

m = np.dot(V, u) + c               # (1x1)
r = ramp(m)                        # (1x1)

Q = np.array([[3.0]])
e = np.array([[-1.0]])
out = np.dot(Q, r) + e

dout = 1
dQ = dout * r
de = dout
dr = dout * Q
dm = dr * ramp_slope(m)
dV = np.dot(dm, u.T)
dc = dm

print('dQ:', dQ)
print('de:', de)
print('dV:', dV)
print('dc:', dc)
'''


def graded(run):
    return {line.name: (line.agrees, line.note) for line in run.manual}


def test_a_lesson_of_our_own():
    run = agree(OWN)
    assert run.structure.output == "out"
    verdicts = graded(run)
    assert {name: agrees for name, (agrees, _) in verdicts.items()} == dict.fromkeys(
        ("dout", "dQ", "de", "dr", "dm", "dV", "dc"), True
    )
    assert "broadcasting" in verdicts["de"][1]
    assert verdicts["dQ"][1] is None


def test_wrong_gradients_disagree():
    wrong = OWN.replace("dV = np.dot(dm, u.T)", "dV = np.dot(dm, u.T) * 2").replace("dc = dm", "dc = -dm")
    verdicts = graded(trace(wrong))
    assert [name for name, (agrees, _) in verdicts.items() if not agrees] == ["dV", "dc"]


def test_a_transposed_gradient_is_told_as_such():
    agrees, note = graded(trace(OWN.replace("dV = np.dot(dm, u.T)", "dV = np.dot(u, dm)")))["dV"]
    assert not agrees
    assert "transposed" in note


def cells():
    if not NOTEBOOK.exists():
        print(f"no lesson at {NOTEBOOK.name} beside the repository: only our own is tried")
        pytest.skip("the lesson is not beside the repository")
    parts = NOTEBOOK.read_text(encoding="utf-8").split("In [None]:\n")[1:]
    return [part.split("\n## ")[0] for part in parts]


def test_the_cells_run_unchanged_one_after_another():
    source = "\n".join(cells())
    assert len(cells()) == 4
    run = agree(source)
    figures = [item for line in run.prints for item in line.items[1:]]
    np.testing.assert_allclose(figures[0], 13.0)
    np.testing.assert_allclose(figures[1], 12.99999999986312, rtol=1e-15)
    sigma = 1 / (1 + np.exp(-np.array([-2.0, 0.0, 2.0])))
    np.testing.assert_allclose(figures[2], sigma * (1 - sigma), rtol=1e-15)
    np.testing.assert_array_equal(figures[3], [0.0, 0.0, 1.0])
    assert figures[4:7] == [49.0, 24.0, 23.99999999909141]
    assert [line.text for line in run.prints[-4:]] == ["dW2: [[0.]]", "db2: 1", "dW1: [[0. 0.]]", "db1: [[0.]]"]
    verdicts = graded(run)
    assert all(agrees for agrees, _ in verdicts.values())
    assert set(verdicts) == {"dy", "dW2", "db2", "da1", "dz1", "dW1", "db1"}
    assert "broadcasting" in verdicts["db2"][1]
    assert run.values["z1"] == -0.5


@pytest.mark.parametrize("upto", [1, 2, 3, 4])
def test_each_cell_runs_after_those_before_it(upto):
    agree("\n".join(cells()[:upto]))


def test_the_last_cell_disagrees_when_it_is_wrong():
    source = "\n".join(cells())
    for line, name in (
        ("dW2 = dy * a1", "dW2"),
        ("db2 = dy", "db2"),
        ("da1 = dy * W2", "da1"),
        ("dW1 = np.dot(dz1, x.T)", "dW1"),
    ):
        assert source.count(line) == 1
        verdicts = graded(trace(source.replace(line, line + " + 1")))
        assert not verdicts[name][0]
