"""`python -m benchmarks`, from the root of the checkout: prints every table as Markdown (about three minutes).

Names of sections (`warm`, `cold`, `memory`, `training`) as arguments run only those.
"""

import sys

from benchmarks import cold, memory, training, warm
from benchmarks.cases import all_cases
from benchmarks.report import machine

SECTIONS = {
    "warm": lambda: warm.run(all_cases()),
    "cold": cold.run,
    "memory": memory.run,
    "training": training.run,
}


def main(names: list[str]) -> None:
    """Run the named sections, or all."""
    print(machine(), flush=True)
    for name in names or SECTIONS:
        print("\n" + SECTIONS[name](), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
