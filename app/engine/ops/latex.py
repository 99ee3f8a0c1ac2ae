"""LaTeX: how an expression is typeset. Words are spelled in `vocabulary.py`, `Dialect.print` puts them together.

Calls of ops are typeset by `typeset.py`, names of nodes by `app/engine/labels.py`.
"""

from __future__ import annotations

from app.engine.ops.dialects import Dialect

LATEX = Dialect(("latex",), latex=True)
