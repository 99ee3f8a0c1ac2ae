"""Code rewritten with mathematical signs, for sentences: × for *, a minus sign, small raised powers, ᵀ."""

from __future__ import annotations

import re

_SIGNS = ((" * ", " × "), (" - ", " − "), (".T", "ᵀ"), ("np.", ""), (", keepdims=True", ""))
_POWER = re.compile(r" \*\* ([23])(?![\d.eE]| \*\*)")
_MINUS = re.compile(r"(?<![\w.])-(?=[\w.(−]|$)")
_RAISED = str.maketrans("23", "²³")


def in_signs(code: str) -> str:
    """A formula, or a stretch of one, with mathematical signs."""
    for written, sign in _SIGNS:
        code = code.replace(written, sign)
    code = _POWER.sub(lambda power: power[1].translate(_RAISED), code)
    return _MINUS.sub("−", code)
