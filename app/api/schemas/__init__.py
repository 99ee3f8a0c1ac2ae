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
    ExplainAnswer,
    ExplainRequest,
    MoreAnswer,
    Pass,
    TermAnswer,
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
    "Detail",
    "EdgeAnswer",
    "Element",
    "ExplainAnswer",
    "ExplainRequest",
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
    "ManualAnswer",
    "MaybeNumbers",
    "Method",
    "MissingGradient",
    "MoreAnswer",
    "Network",
    "NetworkAnswer",
    "NodeAnswer",
    "Numbers",
    "NumbersAnswer",
    "OpAnswer",
    "OpsAnswer",
    "Part",
    "Pass",
    "PrintAnswer",
    "ProblemAnswer",
    "Request",
    "Sentence",
    "SentencePart",
    "SentencesAnswer",
    "SlipAnswer",
    "Subject",
    "TermAnswer",
    "TraceAnswer",
    "TraceRequest",
    "TroubleAnswer",
    "Use",
    "Verdict",
]
