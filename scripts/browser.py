"""Prints the path of a Chromium for the browser tests, installing one if there is none.

It looks on the PATH and for one that Playwright has downloaded. Where there is none it installs Debian's package (as
root), else has Playwright download one. The headless shell comes first: it is Chromium without the windows that nobody
looks at, and takes a third less of the processor.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def on_path() -> str | None:
    """The first of NAMES that is on the PATH, None where none is."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def from_playwright() -> str | None:
    """The browser that Playwright has downloaded, None where it has not."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def run(*command: str) -> bool:
    """Runs a command and tells whether it succeeded. Its output goes to stderr: stdout is for the path alone."""
    print("Installing a browser for the tests:", *command, file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, stdout=sys.stderr, env=environment, check=False).returncode == 0


def main() -> None:
    """Prints the path, or says on stderr what to install and fails."""
    found = on_path() or from_playwright()
    if not found and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        run("apt-get", "update", "-qq")
        install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "fonts-dejavu-core")
        # Older releases of Debian have no package of the headless shell alone.
        _ = run(*install, "chromium-headless-shell") or run(*install, "chromium")
        found = on_path()
    if not found and run(sys.executable, "-m", "playwright", "install", "chromium"):
        found = from_playwright()
    if not found:
        sys.exit("The browser tests need Chromium: install it so that `chromium` is on the PATH.")
    print(found)


if __name__ == "__main__":
    main()
