"""The ops. `REGISTRY` maps each name to its op, in the order of the help page.

an op              `registry.py`: what it is; `traits.py`: what it is to those that look for patterns; `rules.py`: its
                   rules for one use
a rule             an expression (`expression.py`) of words: `rule_words.py`, and the `*_words.py` of each family
a word             `word.py`, `vocabulary.py`, `spellings.py`: how it is spelled; `dialects.py` prints expressions in
                   each language, `call_latex.py` a call of an op; `printed.py` keeps track of the symbols in it
what is said       `reasons.py`, `tensor_reasons.py`
the rest           ops, a file for each family, such as `arithmetic.py`, and what several of them share (`axes.py`,
                   `places.py`, `sizes.py`, `chain.py`, `views.py`)
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.engine.ops import (
    activations,
    arithmetic,
    choices,
    functions,
    logarithms,
    masks,
    matrices,
    orders,
    products,
    reductions,
    scans,
    steps,
    storing,
    summation,
    tensors,
    trigonometry,
)
from app.engine.ops.registry import CONSTANT, INPUT, Call, Op, Parameter

_FAMILIES = (
    *(arithmetic, functions, trigonometry, logarithms, steps, activations),
    *(products, matrices, summation, reductions, scans, orders, tensors, storing, masks, choices),
)

REGISTRY: Mapping[str, Op] = MappingProxyType({op.name: op for family in _FAMILIES for op in family.OPS})

FAMILIES: Mapping[str, str] = MappingProxyType(
    {op.name: family.__name__.rpartition(".")[2] for family in _FAMILIES for op in family.OPS}
)
"""Name of an op -> its family, which is the module that defines it."""

__all__ = ["CONSTANT", "FAMILIES", "INPUT", "REGISTRY", "Call", "Op", "Parameter"]
