"""Every limit and option, each with its unit, read once from BACKLIT_* variables.

`BACKLIT_NODES=5000 backlit` sets `nodes`. Engine limits are documented where they are defined, in
`app.engine.limits.Limits`; here stand the values a public server starts with, which are tighter than the engine's own
so that an answer takes about a second of a processor at the most.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from app.engine import Limits


class SettingsError(ValueError):
    """A BACKLIT_* variable that is unknown or does not fit."""


PUBLIC_LIMITS = Limits(
    source_characters=100_000,
    source_lines=10_000,
    nesting=60,
    nodes=12_000,
    visits=200_000,
    dimensions=8,
    array_elements=50_000,
    total_elements=200_000,
    parts=1_000,
    multiplications=50_000_000,
)
"""Tighter than the engine's own."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of one running server. Bounds are inclusive."""

    body_bytes: int = 1_000_000
    """Size of one request body, bytes. Checked before it is parsed."""
    body_seconds: int = 10
    """Time a client may take to send a body, seconds."""
    connections: int = 1000
    """Connections open at the same time, connections; further ones are told to come back later."""
    worker_threads: int = 2
    """Threads for requests that take longer than some milliseconds, and as many for those that take longer than
    twenty, threads."""
    work_seconds: int = 10
    """Processor time that one request may take, seconds. Waiting for other requests does not count."""
    cached_nodes: int = 60_000
    """Nodes and edges of which the texts are kept for the next request, nodes (about 2 kB each)."""
    limits: Limits = PUBLIC_LIMITS
    """What one request may ask of the engine; each of them is an option of its own."""
    sentences: int = 2_000
    """Sentences that one answer may hold, sentences; of longer traces one asks for some moments."""
    check_evaluations: int = 1_000_000
    """Evaluations of a node that the numerical derivatives, the nudges or the points of a formula of one request may
    take, evaluations (about 1 µs each)."""
    lessons: str = ""
    """Folder with lessons of one's own, shown behind the built-in ones; none by default."""
    backward_lines: int = 500
    """Lines of a backward pass that are graded at once, lines."""
    reload_templates: bool = False
    """Whether templates are read anew when they change (for development), 0 or 1."""
    access_log: bool = False
    """Whether every request is logged, 0 or 1."""


def options() -> dict[str, int | bool | str]:
    """Every option by its name, with its default: those of the engine's limits among the others."""
    settings = Settings()
    own = {field.name: getattr(settings, field.name) for field in fields(Settings) if field.name != "limits"}
    return own | asdict(settings.limits)


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Reads BACKLIT_* variables.

    Raises `SettingsError` for an unknown one (most likely a slip of the pen) and for values out of range.
    """
    defaults = options()
    known = {f"BACKLIT_{name.upper()}": name for name in defaults}
    chosen: dict[str, Any] = {}
    for variable, text in environment.items():
        if not variable.startswith("BACKLIT_"):
            continue
        if variable not in known:
            raise SettingsError(f"{variable} is not an option. There are: {', '.join(sorted(known))}")
        chosen[known[variable]] = _read(variable, text, type(defaults[known[variable]]))
    limits = {field.name: chosen.pop(field.name) for field in fields(Limits) if field.name in chosen}
    return Settings(**chosen, limits=replace(PUBLIC_LIMITS, **limits))


def _read(variable: str, text: str, kind: type) -> int | bool | str:
    """The value of one option."""
    if kind is str:
        return text
    if not text.isascii() or not text.isdigit() or (int(text) > 1 if kind is bool else int(text) < 1):
        expected = "0 or 1" if kind is bool else "a whole number above 0"
        raise SettingsError(f"{variable} must be {expected}, but is {text!r}")
    return bool(int(text)) if kind is bool else int(text)
