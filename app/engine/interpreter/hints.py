"""Hints: what to write instead of a name that the language does not have."""

from __future__ import annotations

import builtins
import math
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

import numpy as np

from app.engine.interpreter.names import bare_names, numpy_names, suggestion
from app.engine.wording import catalogue


@cache
def instead(of: str) -> Mapping[str, str]:
    """What to write instead, by name. of: a table of `wording/en/instead.toml`, such as "numpy"."""
    entries = catalogue("instead")
    return MappingProxyType(
        {k.partition(".")[2]: entries.text(k, {}) for k in entries.entries if k.startswith(f"{of}.")}
    )


def told(key: str) -> str:
    """What is told of all names alike: "see_ops", where they are listed; "not_there"; "methods", which arrays have."""
    return catalogue("instead").text(key, {})


@cache
def _taken() -> frozenset[str]:
    """Names with a meaning in Python or NumPy: they are not misspellings of something else."""
    return frozenset([*dir(np), *dir(np.ndarray), *dir(math), *dir(builtins)])


def advice(word: str, known: Iterable[str], prefix: str = "") -> str | None:
    """What to write instead of a function that the language does not have, or None. prefix: put before a suggested
    name, such as "np.". An op of that name comes first: what is said in its place is for as long as there is none."""
    if word in bare_names():
        return f"Write {word}(...)."
    if word in numpy_names():
        return f"Write np.{word}(...)."
    found = instead("numpy").get(word) or instead("elsewhere").get(word)
    if found is None and word in _taken():
        return f"{told('not_there')} {told('see_ops')}"
    return found or suggestion(word, known, prefix)
