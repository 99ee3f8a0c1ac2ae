"""The engine against the committed figures of PyTorch. `make oracle` makes them and compares with PyTorch itself."""

import copy
import json
from pathlib import Path

import pytest

from app.engine import compile_program
from app.engine.ops import REGISTRY
from tests.engine.built import BUILT
from tests.oracle.cases import CASES
from tests.oracle.figures import differences

REFERENCE = json.loads(Path(__file__).with_name("reference.json").read_text())


def test_the_reference_holds_exactly_the_cases():
    assert set(REFERENCE) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_values_and_gradients_are_those_of_pytorch(name):
    assert differences(CASES[name], REFERENCE[name]) == []


def test_every_op_of_the_registry_occurs():
    used = {op for op, _, _ in BUILT.values()}
    for case in CASES.values():
        for detail in ("tensor", "scalar") if case.elements else ("tensor",):
            used |= {node.op.name for node in compile_program(case.program, case.values, detail=detail).structure.nodes}
    assert set(REGISTRY) - used == set()


def test_a_wrong_figure_would_be_noticed():
    figures = copy.deepcopy(REFERENCE["tanh of scalars"])
    figures["grads"]["x"] *= 1 + 1e-11
    assert len(differences(CASES["tanh of scalars"], figures)) == 3
