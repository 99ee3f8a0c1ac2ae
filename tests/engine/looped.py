"""Reads a formula with indices, as `dx[i,j] = Σₖ dy[i,k] * w[j,k]`, and computes it by plain loops over its indices."""

import itertools
import math
import re

import numpy as np

from app.engine.ops.dialects import kernel_namespace
from app.engine.ops.helpers import HELPERS

LETTERS = dict(zip("ᵢⱼₖₗₘₙₚᵣₛₜᵤᵥ", "ijklmnprstuv", strict=True))
GATHERED = re.compile(f"(Σ|max|min)([{''.join(LETTERS)}]+) ")
ENDS = (" + ", " - ", " if ", " else ", " == ", " >= ", " > ", ")", "]", ",")
FUNCTIONS = {name: kernel_namespace()[name] for name in HELPERS} | {"np": np, "range": range}


def operand(text):
    """How far the operand of a sum reaches: over products and quotients, not over sums."""
    depth = 0
    for at, sign in enumerate(text):
        if depth == 0 and text.startswith(ENDS, at):
            return at
        depth += (sign in "([") - (sign in ")]")
    return len(text)


def as_python(text):
    """The right side as Python: sums as calls, Iverson's brackets as numbers."""
    while found := list(GATHERED.finditer(text)):
        last = found[-1]
        end = last.end() + operand(text[last.end() :])
        letters = ",".join(LETTERS[sign] for sign in last[2])
        call = f"over('{last[1]}', '{letters}', lambda {letters}: {text[last.end() : end]})"
        text = text[: last.start()] + call + text[end:]
    while found := re.search(r"(?<![\w\]\)])\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]", text):
        text = f"{text[: found.start()]}float({found[1]}){text[found.end() :]}"
    return text


def loops(formula, arrays):
    """(name, array): what the formula gives. `arrays` hold what its names stand for, the left side's for its shape."""
    left, right = formula.split(" = ", 1)
    code = compile(as_python(right), formula, "eval")
    lengths = {}
    for name, places in re.findall(r"(\w+)\[([^\[\]]*)\]", formula):
        for axis, place in enumerate(places.split(",")):
            if place in LETTERS.values() and np.ndim(arrays[name]):
                lengths[place] = max(lengths.get(place, 0), np.shape(arrays[name])[axis])

    def over(word, letters, term):
        ranges = [range(lengths[letter]) for letter in letters.split(",")]
        terms = [term(*places) for places in itertools.product(*ranges)]
        return {"Σ": math.fsum, "max": max, "min": min}[word](terms)

    name, _, places = left.partition("[")
    own = places.rstrip("]").split(",") if places else []
    assert len(own) == np.ndim(arrays[name]), formula
    result = np.zeros(np.shape(arrays[name]))
    space = {**FUNCTIONS, **arrays, "over": over, "float": float}
    for index in np.ndindex(result.shape):
        letters = {place: at for place, at in zip(own, index, strict=True) if place.isalpha()}
        fixed = [at == int(place) for place, at in zip(own, index, strict=True) if place.isdigit()]
        assert all(fixed), formula
        with np.errstate(all="ignore"):
            result[index] = eval(code, space | letters)
    return name, result
