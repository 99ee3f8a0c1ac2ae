"""Markdown tables, and the line that says on what they were measured."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path

import numpy as np


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns line up in plain text too."""
    widths = [max(len(row[i]) for row in (headings, *rows)) for i in range(len(headings))]
    lines = [
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (headings, *rows)
    ]
    lines.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in lines)


def microseconds(seconds: float) -> str:
    """Microseconds with about three digits."""
    amount = seconds * 1e6
    return f"{amount:.1f}" if amount < 100 else f"{amount:,.0f}"


def machine() -> str:
    """Processor, versions and how busy the machine is: what a reader needs to judge the figures."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    load = f"load average {os.getloadavg()[0]:.2f} at the start" if hasattr(os, "getloadavg") else "load unknown"
    return (
        f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, NumPy {np.__version__}, "
        f"one thread for everybody, {load}."
    )
