"""Functions of NumPy that are written in the language: their gradients are those of what they are made of. Each adds
and multiplies in NumPy's own order. An `array_like` parameter is made an array, as NumPy does.

They see the functions of one another, those of the prelude, and the helpers of
`app/engine/interpreter/library/numpy/helpers.py`, which ask the interpreter what the language does not know.
"""

from __future__ import annotations

from types import MappingProxyType

from app.engine.interpreter.sources.numpy import arrays, calculus, classes, places, products, statistics
from app.engine.interpreter.sources.numpy.classes import CLASSES

__all__ = ["CLASSES", "IN_LINALG", "IN_NUMPY", "OTHER_NAMES", "SOURCE"]

_FUNCTIONS = (arrays, places, products, calculus, statistics)

SOURCE = "".join([part.SOURCE for part in (*_FUNCTIONS, classes)])
IN_NUMPY = ("std", *[name for part in _FUNCTIONS for name in part.IN_NUMPY])
"""Functions, each under its own name after `np.`; `std` is one of the prelude's."""
IN_LINALG = products.IN_LINALG
"""Functions after `np.linalg.`."""
OTHER_NAMES = MappingProxyType({"trapz": "trapezoid", "row_stack": "vstack", "conj": "conjugate"})
"""Other names of them, some of them of older versions of NumPy."""
