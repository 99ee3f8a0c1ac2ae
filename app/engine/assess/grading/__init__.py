"""Grades the reader's own backward pass: compares each line with the true gradient and finds the slip that would
explain a difference.

Nothing is decided by how the text looks. The engine computes each line, and finds a slip by making it in its own
backward pass and comparing numbers.
"""

from __future__ import annotations

from app.engine.assess.grading.backward import Backward, grade_backward
from app.engine.assess.grading.formula import check_formula
from app.engine.assess.grading.graded import GradedLine
from app.engine.assess.grading.prediction import judge

__all__ = ["Backward", "GradedLine", "check_formula", "grade_backward", "judge"]
