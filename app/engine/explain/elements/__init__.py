"""One element of one value, told in full: the arithmetic that made it, what its gradient is the sum of, and which
other elements took part. Derived from the ops' own openings into scalars (`Op.elements`) and local derivatives."""

from app.engine.explain.elements.account import Account, Told, explain
from app.engine.explain.elements.latex import latex

__all__ = ["Account", "Told", "explain", "latex"]
