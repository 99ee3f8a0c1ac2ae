"""Programs as learners write them for PyTorch, JAX, autograd and micrograd, and what these libraries print for them.

`python -m tests.oracle.dialects.learners [write] [torch jax autograd micrograd]` runs them in the libraries and here;
`write` renews the committed prints. A program stands in `programs/<library>_<what>.txt`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.oracle.dialects.compare import difference, run_there

FOLDER = Path(__file__).with_name("programs")
PRINTS = Path(__file__).with_name("learners.json")
CLOSE: dict[str, Any] = {"relative": 3e-4, "absolute": 2e-4, "by_w": False}
"""PyTorch prints four digits of float32, and so does JAX, which computes in it."""


def programs() -> dict[str, str]:
    """The programs by name; the name begins with that of the library."""
    return {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}


def prints() -> dict[str, list[str]]:
    """What the libraries print, by the names of the programs."""
    found: dict[str, list[str]] = json.loads(PRINTS.read_text("utf-8"))
    return found


def main(arguments: list[str]) -> int:
    """Compares, and writes what is committed if asked to. 1 if there is a disagreement."""
    libraries = tuple([name for name in ("torch", "jax", "autograd", "micrograd") if name in arguments]) or ("",)
    kept = prints() if PRINTS.exists() else {}
    held = programs()
    bad = 0
    for name, text in held.items():
        if not name.startswith(libraries):
            continue
        kept[name] = run_there(text)
        told, _ = difference(text, kept[name], **CLOSE)
        if told is not None:
            bad += 1
            print(f"{name}: {told[:300]}")
    if "write" in arguments:
        PRINTS.write_text(json.dumps({name: kept[name] for name in held if name in kept}, indent=0) + "\n", "utf-8")
    print(f"{sum(name.startswith(libraries) for name in held)} programs of learners: {bad} disagreements.")
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
