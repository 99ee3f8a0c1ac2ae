"""The reader's own backward pass: each line beside the true gradient, with the slip that would explain a difference.

Nothing here is decided by the look of a text. A line is computed by the engine, and slips are found by making the same
slip in the engine's own backward pass and comparing numbers.
"""

from __future__ import annotations

from app.engine.assess.grading.backward import Backward, Missing, grade_backward
from app.engine.assess.grading.diagnose import Slip
from app.engine.assess.grading.formula import Formula, check_formula
from app.engine.assess.grading.graded import GradedLine
from app.engine.assess.grading.prediction import Guess, judge
from app.engine.assess.grading.words import Hint

__all__ = [
    "Backward",
    "Formula",
    "GradedLine",
    "Guess",
    "Hint",
    "Missing",
    "Slip",
    "check_formula",
    "grade_backward",
    "judge",
]
