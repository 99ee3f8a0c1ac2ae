"""The engine: text in, every value, gradient and message out. NumPy and the standard library only; knows nothing of
HTTP.

plan = compile_program(source, values)      # read, infer shapes, check limits: once
plan.run({"b1": [[1.5]]}).grads["W1"]       # one forward and backward pass: again and again
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
