"""One element of one value, told in full: the arithmetic that made it, what its gradient is the sum of, and which
other elements took part. Derived from the ops' own openings into scalars (`Op.elements`) and local derivatives."""

from app.engine.explain.elements.account import explain
from app.engine.explain.elements.told import Account, Told

__all__ = ["Account", "Told", "explain"]
