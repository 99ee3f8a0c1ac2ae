"""The account of one element: the arithmetic that made it, the terms of its gradient, and the other elements in both.
Derived from the ops' own openings into scalars (`Op.elements`) and local derivatives."""

from app.engine.explain.elements.account import explain

__all__ = ["explain"]
