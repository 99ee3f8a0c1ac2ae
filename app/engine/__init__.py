"""The engine: from a text to every value, gradient and message. It needs only NumPy and the standard library.

plan = compile_program(source, values)      # once: read the text, infer shapes, check limits
plan.run({"b1": [[1.5]]}).grads["W1"]       # one forward and backward pass, as often as wanted
trace(source, values)                       # both at once
"""

from app.engine.errors import EngineError, LimitError, ProgramError, ShapeError, Span, ValueProblem
from app.engine.execution.compile import compile_program, trace
from app.engine.execution.plan import Plan, Trace
from app.engine.limits import Limits

__all__ = [
    "EngineError",
    "LimitError",
    "Limits",
    "Plan",
    "ProgramError",
    "ShapeError",
    "Span",
    "Trace",
    "ValueProblem",
    "compile_program",
    "trace",
]
