"""Random programs for JAX, autograd and micrograd against what these libraries themselves print for them
(`dialects/live.py` makes the committed prints, and runs 2,000 of each in `make oracle`)."""

import json

import pytest

from tests.oracle.dialects.compare import difference
from tests.oracle.dialects.learners import CLOSE, prints, programs
from tests.oracle.dialects.live import DIALECTS, KEPT, PRINTED, reference

REFERENCES = {name: json.loads(reference(name).read_text()) for name in DIALECTS}
CASES = [(name, number) for name, held in REFERENCES.items() for number in range(len(held))]


@pytest.mark.parametrize(("name", "number"), CASES)
def test_values_and_gradients_are_those_of_the_library(name, number):
    text, wanted = list(REFERENCES[name].items())[number]
    told, compared = difference(text, wanted, **PRINTED.get(name, {}))
    assert told is None
    assert compared > 2


@pytest.mark.parametrize("name", DIALECTS)
def test_the_reference_holds_programs_as_they_are_made(name):
    held = list(REFERENCES[name])
    assert len(held) == KEPT
    made = {DIALECTS[name](seed) for seed in range(2 * KEPT)}
    assert made.issuperset(held)


def test_a_wrong_figure_would_be_noticed():
    text, wanted = next(iter(REFERENCES["autograd"].items()))
    assert difference(text, [*wanted[:-1], wanted[-1].replace("1", "2").replace("3", "4")])[0] is not None


PROGRAMS, PRINTS = programs(), prints()


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_of_learners_print_what_the_library_prints(name):
    assert difference(PROGRAMS[name], PRINTS[name], **CLOSE)[0] is None
