"""Grades the reader's own backward pass: compares each line with the true gradient and finds the slip that would
explain a difference. Nothing is decided by how the text looks: the engine computes each line, and finds a slip by
making it in its own backward pass.

what is asked      a pass (`backward.py`), one gradient (`prediction.py`), a formula (`formula.py`)
reading a pass     `statements.py`, then `reader.py` in the names of `namespace.py`; its steps are in `steps.py`, what
                   `dX` stands for in `scope.py`, of which scalar in `scalars.py`, past a relu in `past_relu.py`
judging a line     `grader.py`, with the values of `point.py` and `graded.py`; elsewhere, too: `other_points.py`,
                   `side_search.py`
what went wrong    `diagnose.py` tries `candidates.py`, made in a `local_backward.py`, within a `budget.py`
what is said       `words.py`, `hints.py`
"""

from __future__ import annotations

from app.engine.assess.grading.backward import Backward, grade_backward
from app.engine.assess.grading.formula import check_formula
from app.engine.assess.grading.graded import GradedLine
from app.engine.assess.grading.prediction import judge

__all__ = ["Backward", "GradedLine", "check_formula", "grade_backward", "judge"]
