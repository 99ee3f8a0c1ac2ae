"""Requests and answers as Pydantic models.

Requests are validated strictly: no unknown fields, no conversions. Answers are written without these models, which only
describe them; tests compare both.
"""

from __future__ import annotations

from app.api.schemas.cells import CellsAnswer, CellsRequest
from app.api.schemas.check import CheckAnswer, CheckRequest
from app.api.schemas.code import CodeAnswer, CodeRequest
from app.api.schemas.common import MINI_PROGRAM, MINI_VALUES, Request
from app.api.schemas.diagnosis import DiagnosisAnswer, DiagnosisRequest
from app.api.schemas.explain import ExplainAnswer, ExplainRequest
from app.api.schemas.grade import GradeAnswer, GradedFormula, GradeRequest
from app.api.schemas.histograms import HistogramsAnswer, HistogramsRequest
from app.api.schemas.language import OpsAnswer
from app.api.schemas.lessons import LessonAnswer, LessonsAnswer
from app.api.schemas.nudge import NudgeAnswer, NudgeRequest
from app.api.schemas.run import TrainingRun
from app.api.schemas.server import HealthAnswer, ProblemAnswer
from app.api.schemas.subject import Network, NetworkAnswer, Subject
from app.api.schemas.surface import Slice, SurfaceAnswer, SurfaceRequest
from app.api.schemas.trace import EdgeAnswer, LeafAnswer, NodeAnswer, TraceAnswer, TraceRequest
from app.api.schemas.train import TrainAnswer, TrainRequest
