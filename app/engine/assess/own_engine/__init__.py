"""Grades the backward pass of an engine that the learner wrote: `numbers.py` runs it, `edges.py` tells what was sent,
`judge.py` what is wrong first, `faults.py` by which mistake, `smallest.py` on which small program it shows; `grade.py`
puts it into an answer. How the pass is found in the text is `interpreter/own_engine`'s.
"""

from __future__ import annotations

from app.engine.assess.own_engine.grade import Fault, OwnEngineGrade, OwnGradient, grade_own_engine

__all__ = ["Fault", "OwnEngineGrade", "OwnGradient", "grade_own_engine"]
