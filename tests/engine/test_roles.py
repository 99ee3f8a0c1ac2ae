"""What an input is, by its name."""

from __future__ import annotations

import pytest

from app.engine.execution.compile import compile_program
from app.engine.notation.roles import uses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 2.0\nw = 3.0\nb = 1.0\ny = w * x + b", {"x": "data", "w": "parameter", "b": "parameter"}),
        ("x = 2.0\nb = 1.0\ny = x + b", {"x": None, "b": None}),
        (
            'p = {"W1": 2.0, "b1": 1.0}\nx = 1.0\ny = p["W1"] * x + p["b1"]',
            {'p["W1"]': "parameter", 'p["b1"]': "parameter"},
        ),
        (
            """
class L:
    def __init__(self):
        self.W = 2.0
        self.b = 0.5

net = [L(), L()]
x = 1.0
for l in net:
    x = l.W * x + l.b
y = x
""",
            {"net[0].W": "parameter", "net[1].b": "parameter"},
        ),
        ("Ws = [2.0, 3.0]\nx = 1.0\ny = Ws[0] * x + Ws[1]", {"Ws[0]": "parameter", "Ws[1]": "parameter", "x": "data"}),
    ],
)
def test_the_role_of_an_input_is_read_off_the_last_name_of_its_address(text, expected):
    nodes = compile_program(text, {}).structure.nodes
    found = {node.id: use for node, use in zip(nodes, uses(nodes), strict=True)}
    assert {name: found[name] for name in expected} == expected
