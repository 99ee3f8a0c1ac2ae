"""All limits and options, read once from BACKLIT_* variables: `BACKLIT_NODES=5000 backlit` sets `nodes`.

The engine's limits are documented in `app.engine.limits.Limits`. What they let through ends at its deadline,
`work_seconds` of processor time.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from app.engine import Limits


class SettingsError(ValueError):
    """A BACKLIT_* variable that is unknown or does not fit."""


_TESTS = "BACKLIT_TEST_"
"""How variables begin that are about the tests: they may stand in the environment of a server, too."""

PUBLIC_LIMITS = Limits(
    source_characters=100_000,
    source_lines=10_000,
    nesting=200,
    calls=1_000,
    nodes=60_000,
    visits=400_000,
    dimensions=8,
    array_elements=250_000,
    total_elements=1_000_000,
    parts=1_000,
    multiplications=200_000_000,
)
"""The default limits of a server."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of one server. Bounds are inclusive."""

    body_bytes: int = 1_000_000
    """Largest request body, bytes; checked before parsing."""
    body_seconds: int = 10
    """Longest time for a client to send a body, seconds."""
    connections: int = 1000
    """Most connections open at the same time; further ones are answered with 503."""
    worker_threads: int = 2
    """Threads for requests of more than a few milliseconds, and as many for requests of more than twenty."""
    work_seconds: int = 40
    """Longest processor time of one request, seconds. Waiting for other requests does not count."""
    cached_nodes: int = 60_000
    """Nodes and edges (about 2 kB each) whose serialised text is cached between requests."""
    limits: Limits = PUBLIC_LIMITS
    """The engine's limits for one request; each field is an option."""
    sentences: int = 2_000
    """Most sentences in one answer; for longer traces, requests name some moments."""
    check_evaluations: int = 1_000_000
    """Most evaluations of a node (about 1 µs each) for the numerical derivatives, the nudges or the points of a formula
    of one request."""
    lessons: str = ""
    """Folder with additional lessons, listed after the built-in ones; none by default."""
    backward_lines: int = 500
    """Most lines of a backward pass in one request."""
    reload_templates: bool = False
    """Whether templates are reloaded when they change (for development), 0 or 1."""
    access_log: bool = False
    """Whether every request is logged, 0 or 1."""


def options() -> dict[str, int | bool | str]:
    """Option -> default, including the engine's limits."""
    settings = Settings()
    own = {field.name: getattr(settings, field.name) for field in fields(Settings) if field.name != "limits"}
    return own | asdict(settings.limits)


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Reads BACKLIT_* variables, but for those of the tests.

    Raises `SettingsError` for an unknown variable (probably a typing error) and for values out of range.
    """
    defaults = options()
    known = {f"BACKLIT_{name.upper()}": name for name in defaults}
    chosen: dict[str, Any] = {}
    for variable, text in environment.items():
        if not variable.startswith("BACKLIT_") or variable.startswith(_TESTS):
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
