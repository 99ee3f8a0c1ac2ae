"""The figures that a step may name. What they draw stands in static/js/lesson/figures; a test holds both equal."""

from __future__ import annotations

FIGURES = ("stage", "values", "curve", "errorcurve", "lines", "activations", "depth")
