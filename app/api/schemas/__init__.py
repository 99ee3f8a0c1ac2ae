"""What may be asked and what is answered, as Pydantic models.

Requests are validated with them, strictly: no field unknown, nothing converted. Answers are only described by them:
their bytes are written by `app.api.answers`, and a test holds both together.
"""

from __future__ import annotations

from app.api.schemas.check import (
    BarrierAnswer,
    BestStep,
    BestSteps,
    CheckAnswer,
    CheckedAnswer,
    CheckRequest,
    DerivativeAnswer,
    DerivativesAnswer,
    Method,
    Ruled,
    RuledAnswer,
    SweepAnswer,
    Verdict,
)
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
    "BarrierAnswer",
    "BestStep",
    "BestSteps",
    "CellAnswer",
    "CheckAnswer",
    "CheckRequest",
    "CheckedAnswer",
    "CodeAnswer",
    "CodeLine",
    "CodeRequest",
    "Curve",
    "DerivativeAnswer",
    "DerivativesAnswer",
    "Detail",
    "EdgeAnswer",
    "Element",
    "ExplainAnswer",
    "ExplainRequest",
    "FunctionAnswer",
    "GroupAnswer",
    "GroupSentences",
    "HealthAnswer",
    "Layer",
    "LeafAnswer",
    "ManualAnswer",
    "MaybeNumbers",
    "Method",
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
    "Ruled",
    "RuledAnswer",
    "Sentence",
    "SentencePart",
    "SentencesAnswer",
    "Subject",
    "SweepAnswer",
    "TermAnswer",
    "TraceAnswer",
    "TraceRequest",
    "TroubleAnswer",
    "Use",
    "Verdict",
]
