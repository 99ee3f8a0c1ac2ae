"""How much one request may ask of the engine. Every limit is checked before the work is done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds, each inclusive, with its unit."""

    source_characters: int = 400_000
    """Length of the program text, characters."""
    source_lines: int = 20_000
    """Lines of program text."""
    nesting: int = 60
    """Nesting depth of brackets, calls and function bodies, levels."""
    nodes: int = 20_000
    """Nodes of the program after inlining and unrolling, printed and manual lines included."""
    parts: int = 1_000
    """Values that one operation joins or stacks."""
    visits: int = 400_000
    """Statements and expressions that the interpreter visits, loops and calls counted each time."""
    dimensions: int = 8
    """Axes of one array."""
    array_elements: int = 250_000
    """Elements of one array."""
    total_elements: int = 2_000_000
    """Elements of all values of a program together; gradients and messages take about three times that again."""
    multiplications: int = 200_000_000
    """Scalar multiplications of all matrix products of one forward pass."""
