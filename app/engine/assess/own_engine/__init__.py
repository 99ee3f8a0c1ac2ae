"""Grades the backward pass of an engine that the learner wrote."""

from __future__ import annotations

from app.engine.assess.own_engine.grade import Fault, OwnEngineGrade, OwnGradient, grade_own_engine

__all__ = ["Fault", "OwnEngineGrade", "OwnGradient", "grade_own_engine"]
