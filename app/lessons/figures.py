"""The figures that a step may name. static/js/lesson/figures draws them; a test keeps both lists equal."""

from __future__ import annotations

FIGURES = ("stage", "values", "curve", "errorcurve", "lines", "activations", "depth", "training")
