"""The ops. `REGISTRY` maps each name to its op, in the order in which help lists them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.engine.ops import activations, arithmetic, choices, functions, products, reductions, tensors
from app.engine.ops.registry import CONSTANT, INPUT, Call, Op, Parameter

_FAMILIES = (arithmetic, functions, activations, products, reductions, tensors, choices)

REGISTRY: Mapping[str, Op] = MappingProxyType({op.name: op for family in _FAMILIES for op in family.OPS})

__all__ = ["CONSTANT", "INPUT", "REGISTRY", "Call", "Op", "Parameter"]
