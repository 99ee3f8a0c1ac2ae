"""`make oracle`: random programs of each library, run in the library itself and here.

`python -m tests.oracle.dialects.live [write] [jax autograd micrograd torch sharing] [count=2000]`; `write` renews the
committed prints of the first ones.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.oracle.dialects.compare import difference, parts, run_there
from tests.oracle.dialects.micrograd import micrograd_program
from tests.oracle.dialects.numpy_like import autograd_program, jax_program
from tests.oracle.dialects.sharing import sharing_program
from tests.oracle.dialects.torch import torch_program

KEPT = 40
"""Programs of each library whose prints are committed."""
DIALECTS: dict[str, Callable[[int], str]] = {
    "jax": jax_program,
    "autograd": autograd_program,
    "micrograd": micrograd_program,
    "torch": torch_program,
    "sharing": sharing_program,
}
PRINTED = {name: {"relative": 3e-4, "absolute": 2e-4} for name in ("torch", "sharing")}
"""How close numbers are where a library prints four digits of float32."""


def reference(name: str) -> Path:
    """The committed prints of one library."""
    return Path(__file__).with_name(f"{name}.json")


def there(text: str) -> list[str] | None:
    """What the library prints; None for a program that it refuses."""
    try:
        return run_there(text)
    except ImportError:
        raise
    except Exception:  # noqa: BLE001 - whatever the library says of a program of ours
        return None


def beyond_single(lines: list[str]) -> bool:
    """Whether a number is printed that float32 cannot hold, or hardly: PyTorch's are of that kind, and ours are not."""
    numbers = [each for line in lines for each in parts(line)[1]]
    return any(not abs(each) < 1e30 for each in numbers)


def main(arguments: list[str]) -> int:
    """Compares, and writes what is committed if asked to. 1 if there is a disagreement."""
    names = [name for name in DIALECTS if name in arguments] or list(DIALECTS)
    count = next((int(each.partition("=")[2]) for each in arguments if each.startswith("count=")), 2000)
    bad = 0
    for name in names:
        began, disagreements, refused, numbers, seed, done = time.perf_counter(), 0, 0, 0, 0, 0
        kept: dict[str, list[str]] = {}
        while done < count:
            text = DIALECTS[name](seed)
            wanted = there(text)
            seed += 1
            if wanted is None or (name in PRINTED and beyond_single(wanted)):
                refused += 1
                continue
            done += 1
            if len(kept) < KEPT:
                kept[text] = wanted
            told, compared = difference(text, wanted, **PRINTED.get(name, {}))
            numbers += compared
            if told is not None:
                disagreements += 1
                print(f"{name} {seed - 1}: {told[:300]}")
        if "write" in arguments:
            reference(name).write_text(json.dumps(kept, indent=0) + "\n")
        bad += disagreements
        took = time.perf_counter() - began
        said = f"{name}: {done:,} programs ({refused} more that it refuses itself), {numbers:,} numbers"
        print(f"{said}: {disagreements} disagreements, {took:.0f} s.", flush=True)
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
