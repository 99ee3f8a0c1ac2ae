"""What may be asked and what is answered, as Pydantic models.

Requests are validated with them, strictly: no field unknown, nothing converted. Answers are only described by them:
their bytes are written by `app.api.answers`, and a test holds both together.
"""

from __future__ import annotations

from app.api.schemas.check import CheckAnswer, CheckedAnswer, CheckRequest, Method, Verdict
from app.api.schemas.code import CodeAnswer, CodeLine, CodeRequest
from app.api.schemas.common import MINI_PROGRAM, MINI_VALUES, Answer, Detail, MaybeNumbers, Numbers, Request, Use
from app.api.schemas.explain import (
    AccountAnswer,
    CellAnswer,
    DerivationAnswer,
    ExpandedAnswer,
    ExplainAnswer,
    ExplainRequest,
    FormulaAnswer,
    LocalAnswer,
    MoreAnswer,
    PartAnswer,
    Pass,
    PieceAnswer,
    StepAnswer,
    TermAnswer,
    WholeAnswer,
)
from app.api.schemas.grade import (
    GradeAnswer,
    GradedLineAnswer,
    GradeRequest,
    GuessAnswer,
    GuessRequest,
    HintAnswer,
    MissingGradient,
    SlipAnswer,
)
from app.api.schemas.language import Curve, FunctionAnswer, OpAnswer, OpsAnswer
<<<<<<< HEAD
from app.api.schemas.lessons import (
    LessonAnswer,
    LessonChoice,
    LessonFigure,
    LessonGoal,
    LessonMoment,
    LessonQuestion,
    LessonReference,
    LessonsAnswer,
    LessonStep,
    LessonSummary,
    LessonTolerance,
)
=======
from app.api.schemas.nudge import NudgeAnswer, NudgedNodes, NudgeRequest
>>>>>>> main
from app.api.schemas.server import HealthAnswer, ProblemAnswer, TroubleAnswer
from app.api.schemas.subject import Layer, Network, NetworkAnswer, Subject
from app.api.schemas.trace import (
    EdgeAnswer,
    Element,
    GroupAnswer,
    GroupSentences,
    LeafAnswer,
    ManualAnswer,
    NodeAnswer,
    NumbersAnswer,
    Part,
    PrintAnswer,
    Sentence,
    SentencePart,
    SentencesAnswer,
    TraceAnswer,
    TraceRequest,
)

__all__ = [
    "MINI_PROGRAM",
    "MINI_VALUES",
    "AccountAnswer",
    "Answer",
    "CellAnswer",
    "CheckAnswer",
    "CheckRequest",
    "CheckedAnswer",
    "CodeAnswer",
    "CodeLine",
    "CodeRequest",
    "Curve",
    "DerivationAnswer",
    "Detail",
    "EdgeAnswer",
    "Element",
    "ExpandedAnswer",
    "ExplainAnswer",
    "ExplainRequest",
    "FormulaAnswer",
    "FunctionAnswer",
    "GradeAnswer",
    "GradeRequest",
    "GradedLineAnswer",
    "GroupAnswer",
    "GroupSentences",
    "GuessAnswer",
    "GuessRequest",
    "HealthAnswer",
    "HintAnswer",
    "Layer",
    "LeafAnswer",
<<<<<<< HEAD
    "LessonAnswer",
    "LessonChoice",
    "LessonFigure",
    "LessonGoal",
    "LessonMoment",
    "LessonQuestion",
    "LessonReference",
    "LessonStep",
    "LessonSummary",
    "LessonTolerance",
    "LessonsAnswer",
=======
    "LocalAnswer",
>>>>>>> main
    "ManualAnswer",
    "MaybeNumbers",
    "Method",
    "MissingGradient",
    "MoreAnswer",
    "Network",
    "NetworkAnswer",
    "NodeAnswer",
    "NudgeAnswer",
    "NudgeRequest",
    "NudgedNodes",
    "Numbers",
    "NumbersAnswer",
    "OpAnswer",
    "OpsAnswer",
    "Part",
    "PartAnswer",
    "Pass",
    "PieceAnswer",
    "PrintAnswer",
    "ProblemAnswer",
    "Request",
    "Sentence",
    "SentencePart",
    "SentencesAnswer",
    "SlipAnswer",
    "StepAnswer",
    "Subject",
    "TermAnswer",
    "TraceAnswer",
    "TraceRequest",
    "TroubleAnswer",
    "Use",
    "Verdict",
    "WholeAnswer",
]
