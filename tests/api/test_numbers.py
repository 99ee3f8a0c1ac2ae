"""Results as JSON: dataclasses, named tuples and numbers that JSON has no word for."""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pytest

from app.api.numbers import write

NAN, INFINITY = float("nan"), float("inf")


class Piece(NamedTuple):
    text: str
    node: str | None = None
    bracket: bool = False
    value: Any = 0.0


@dataclass(frozen=True, slots=True)
class Result:
    value: Any
    pieces: tuple[Piece, ...] = ()
    inner: Any = None


def test_a_dataclass_is_an_object_with_its_fields_in_their_order():
    assert write(Result(1.5, (), Result(2.0))) == (
        b'{"value":1.5,"pieces":[],"inner":{"value":2.0,"pieces":[],"inner":null}}'
    )


def test_a_named_tuple_leaves_out_what_says_nothing():
    assert write([Piece("x"), Piece("y", "n", True, 1.0)]) == (
        b'[{"text":"x","value":0.0},{"text":"y","node":"n","bracket":true,"value":1.0}]'
    )


@pytest.mark.parametrize("nulls", [0, 1, 2, -1])
@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1.5, 1.5),
        (NAN, "NaN"),
        (-INFINITY, "-Infinity"),
        (np.float64(INFINITY), "Infinity"),
        (np.array([[1.0, NAN], [INFINITY, 2.0]]), [[1.0, "NaN"], ["Infinity", 2.0]]),
        (np.asfortranarray(np.array([[1.0, NAN], [INFINITY, 2.0]])), [[1.0, "NaN"], ["Infinity", 2.0]]),
        (np.array([1, 2]), [1, 2]),
        (np.float64(2.0), 2.0),
    ],
)
def test_numbers_are_spelled_wherever_they_stand(number, written, nulls):
    """What is said of the nulls decides how long it takes; one that is hidden by a wrong number is for the caller."""
    content = {"a": number, "b": Result(number, (Piece("x", value=number),)), "c": [number, (number,)]}
    finite = np.isfinite(number).all()
    if not finite and nulls > 0:
        nulls = 0
    told = json.loads(write(content, nulls))
    assert told["a"] == told["b"]["value"] == told["c"][0] == told["c"][1][0] == written
    assert told["b"]["pieces"] == [{"text": "x", "value": written}]
    assert told["b"]["inner"] is None


def test_what_is_no_part_of_an_answer_is_refused():
    with pytest.raises(TypeError):
        write({"a": object()})
