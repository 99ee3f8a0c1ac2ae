"""Limits on the work of one request. Each is checked before the work is done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds, inclusive."""

    source_characters: int = 400_000
    """Characters of program text."""
    source_lines: int = 20_000
    """Lines of program text."""
    nesting: int = 200
    """Nesting depth of brackets, calls and function bodies."""
    calls: int = 1_000
    """How deep functions of the text may call one another; Python itself ends them near there."""
    nodes: int = 60_000
    """Nodes of the program after inlining and unrolling, printed and manual lines included."""
    parts: int = 1_000
    """Values that one operation concatenates or stacks."""
    visits: int = 400_000
    """Statements and expressions that the interpreter visits, counted again in each turn of a loop and each call. As
    many again after each training step, and four times as many in all. A node that is written allows a hundred more."""
    dimensions: int = 8
    """Axes of one array."""
    array_elements: int = 250_000
    """Elements of one array."""
    total_elements: int = 2_000_000
    """Elements of all values of a program together; gradients and messages take about three times that again."""
    multiplications: int = 200_000_000
    """Scalar multiplications of all matrix products of one forward pass."""
