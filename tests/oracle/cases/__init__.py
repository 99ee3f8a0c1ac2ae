"""All cases. One more is one more entry in one of these tables."""

from tests.oracle.case import Case
from tests.oracle.cases import (
    elementwise,
    extremes,
    kinks,
    language_models,
    lessons,
    networks,
    prelude,
    products,
    reductions,
    selections,
    tensors,
)

CASES: dict[str, Case] = {}
for module in (
    elementwise,
    reductions,
    products,
    tensors,
    prelude,
    networks,
    language_models,
    lessons,
    kinks,
    extremes,
    selections,
):
    for case in module.CASES:
        if case.name in CASES:
            raise ValueError(f"two cases are called {case.name}")
        CASES[case.name] = case
