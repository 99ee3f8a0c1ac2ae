"""The heaviest request that each endpoint of docs/api.md accepts, or near it: a new one for every number."""

from collections.abc import Callable
from typing import Any, NamedTuple

LINES = 2_900
"""Lines with three operations and a constant each: two thirds of the characters that a program may have."""
TURNS = 14_900
"""Turns of a loop over such a line: nearly as many nodes as a program may have."""
READ = 45_000
"""Turns of a loop over whole numbers: nearly as many steps as reading may take."""
SENTENCES = 560
"""Operations of a program with as many sentences as one answer may have, or nearly."""
LAYERS = [{"units": 12, "activation": "tanh"}, {"units": 12, "activation": "softmax"}]
NETWORK = {"inputs": 8, "layers": LAYERS, "batch": 12, "loss": "cross_entropy"}
DEEP = {"inputs": 2, "layers": [{"units": 64, "activation": "tanh"}] * 4 + [{"units": 1}], "loss": "mse", "data": "xor"}
WIDE = {"inputs": 220, "layers": [{"units": 220, "activation": "relu"}] * 4}


class Heavy(NamedTuple):
    """A request below /api/v1. body: None for a GET."""

    path: str
    body: dict[str, Any] | None


def program(number: int, lines: int = LINES) -> dict[str, Any]:
    """A long program that nobody has sent before."""
    return {"program": f"y = x * 1.{number}\n" + "y = y * 0.5 + sin(y)\n" * lines, "values": {"x": 0.1}}


def turns(number: int) -> dict[str, Any]:
    """As many nodes as a program may have, or nearly."""
    return {
        "values": {"x": 0.1},
        "program": f"y = x * 1.{number}\nfor i in range({TURNS}):\n    y = y * 0.5 + np.sin(y)",
    }


def read(number: int) -> dict[str, Any]:
    """A small program that is read for long."""
    return {
        "values": {"x": 0.1},
        "program": f"s = {number}\nfor i in range({READ}):\n    s = (s * 7 + i) % 1_000_003\ny = x * s",
    }


def of_arrays(number: int, elements: int) -> dict[str, Any]:
    """The same, shorter, for several numbers at once."""
    return program(number, 1_900) | {"values": {"x": [0.1] * elements}}


def scalars(number: int) -> dict[str, Any]:
    """A network whose every element is a node."""
    return {"network": NETWORK | {"random_seed": number}, "detail": "scalar"}


def own_backward(number: int) -> dict[str, Any]:
    """A backward pass written line by line."""
    lines = [f"h{i} = h{i - 1} * 1.{number} + sin(h{i - 1})" for i in range(1, 500)]
    own = [f"dh{i} = dh{i + 1} * (1.{number} + cos(h{i}))" for i in range(498, 0, -1)]
    return {
        "program": "\n".join(["h0 = x * 1.0", *lines]),
        "values": {"x": 0.1},
        "backward": "\n".join(["dh499 = 1", *own]),
    }


def trained(number: int, **asked: Any) -> dict[str, Any]:
    """A network whose training nobody has computed before."""
    return {"network": DEEP | {"batch": 64, "random_seed": number}, "run": {"optimizer": "adam"}, **asked}


def cells(number: int) -> dict[str, Any]:
    """A cell that needs something of each of the fifty before it, which are long."""
    before = [f"def f{i}(x):\n" + f"    x = x * 1.{number} + {i}\n" * 600 + "    return x" for i in range(50)]
    return {"program": "y = " + " + ".join([f"f{i}(x)" for i in range(50)]), "before": before}


HEAVY: dict[str, Callable[[int], Heavy]] = {
    "trace": lambda n: Heavy("trace", program(n)),
    "trace of many turns": lambda n: Heavy("trace", turns(n)),
    "trace, read for long": lambda n: Heavy("trace", read(n)),
    "trace in scalars": lambda n: Heavy("trace", scalars(n)),
    "trace with sentences": lambda n: Heavy("trace", program(n, SENTENCES // 2) | {"include": ["sentences"]}),
    "network": lambda n: Heavy("network", WIDE | {"random_seed": n}),
    "code": lambda n: Heavy("code", program(n)),
    "code for PyTorch, as a notebook": lambda n: Heavy("code", program(n) | {"target": "torch", "format": "ipynb"}),
    "explain": lambda n: Heavy("explain", program(n) | {"node": "x"}),
    "check": lambda n: Heavy("check", of_arrays(n, 8)),
    "check with a sweep": lambda n: Heavy("check", of_arrays(n, 2) | {"sweep": "x"}),
    "nudge": lambda n: Heavy("nudge", program(n) | {"node": "x", "delta": 0.1}),
    "grade": lambda n: Heavy("grade", own_backward(n)),
    "train": lambda n: Heavy("train", trained(n, steps=6_000, every=10)),
    "diagnosis": lambda n: Heavy("diagnosis", trained(n, step=2_000)),
    "surface": lambda n: Heavy("surface", trained(n, resolution=100)),
    "surface of the loss": lambda n: Heavy("surface", trained(n, resolution=60, slice={"last": 300})),
    "cells": lambda n: Heavy("cells", cells(n)),
    "ops": lambda n: Heavy("ops", None),
    "lessons": lambda n: Heavy("lessons", None),
}
