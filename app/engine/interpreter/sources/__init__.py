"""Texts in the language itself: the prelude, and what NumPy, Python's library and the other libraries have beyond the
ops. A function or class that learners may use is added to one of them; `written_texts.py` reads them."""

from __future__ import annotations

from app.engine.interpreter.sources import contexts, jax, micrograd, numpy, prelude, standard, torch

__all__ = ["contexts", "jax", "micrograd", "numpy", "prelude", "standard", "torch"]
