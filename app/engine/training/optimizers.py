"""Optimizers, written in the language: a function from a parameter, its gradient and what is remembered of the steps
before to the new parameter and what is remembered of this one.

    def momentum(w, dw, v, lr=0.1, mu=0.9):
        v = mu * v + dw
        return w - lr * v, v

The first two arguments are the parameter and its gradient. Those without a default are the state: it begins at zero,
in the parameter's shape, and is returned after the parameter, in order. `t`, if there is one, is the number of the
step, counted from 1. Those with a default are the settings.

Sources: momentum as in Sutskever et al. 2013, in the form that PyTorch's SGD has; Nesterov's likewise. AdaGrad: Duchi,
Hazan, Singer 2011. RMSProp: Tieleman, Hinton 2012. Adam: Kingma, Ba 2015, algorithm 1. AdamW: Loshchilov, Hutter 2019.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from app.engine.errors import ProgramError, Span
from app.engine.wording import said

SOURCE = '''
def sgd(w, dw, lr=0.1):
    """Gradient descent: a step against the gradient."""
    return w - lr * dw

def momentum(w, dw, v, lr=0.1, mu=0.9):
    """Momentum (Sutskever et al. 2013): steps add up to a velocity, which fades by mu at each step."""
    v = mu * v + dw
    return w - lr * v, v

def nesterov(w, dw, v, lr=0.1, mu=0.9):
    """Nesterov's momentum (Sutskever et al. 2013): as momentum, looking one step ahead."""
    v = mu * v + dw
    return w - lr * (dw + mu * v), v

def adagrad(w, dw, s, lr=0.1, eps=1e-10):
    """AdaGrad (Duchi, Hazan, Singer 2011): each weight's rate shrinks with the squared gradients that it has seen."""
    s = s + dw * dw
    return w - lr * dw / (np.sqrt(s) + eps), s

def rmsprop(w, dw, s, lr=0.01, rho=0.99, eps=1e-8):
    """RMSProp (Tieleman, Hinton 2012): each gradient is divided by the root of its recent mean square."""
    s = rho * s + (1 - rho) * dw * dw
    return w - lr * dw / (np.sqrt(s) + eps), s

def adam(w, dw, m, v, t, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    """Adam (Kingma, Ba 2015): the mean of recent gradients, divided by the root of their mean square."""
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw * dw
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v

def adamw(w, dw, m, v, t, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8, decay=0.01):
    """AdamW (Loshchilov, Hutter 2019): Adam, with weights that shrink by themselves."""
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw * dw
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w * (1 - lr * decay) - lr * m_hat / (np.sqrt(v_hat) + eps), m, v
'''

STEP = "t"
"""The argument that is the number of the step."""

_FORM = "def rule(w, dw, v, lr=0.1): ... return w, v"


@dataclass(frozen=True, slots=True)
class Optimizer:
    """A rule by which a parameter moves.

    source: the function's text; it begins in its own first line. arguments: all of them, in order. state: those that
    are remembered; counts: whether it asks for the number of the step. settings: the others, with their defaults.
    """

    name: str
    summary: str
    source: str
    arguments: tuple[str, ...]
    state: tuple[str, ...]
    counts: bool
    settings: Mapping[str, float]


@cache
def optimizers() -> Mapping[str, Optimizer]:
    """Those that are here, by name."""
    found = [_described(node, ast.get_source_segment(SOURCE, node) or "") for node in ast.parse(SOURCE).body]
    return MappingProxyType({each.name: each for each in found})


def optimizer(rule: str) -> Optimizer:
    """One by name, or one that the reader has written: the text of a function. Raises ProgramError."""
    known = optimizers().get(rule)
    if known is not None:
        return known
    if not rule.lstrip().startswith("def "):
        raise ProgramError(
            said("language.optimizer_unknown", rule=rule[:40], known=", ".join(optimizers()), form=_FORM)
        )
    return _written(rule)


@lru_cache(maxsize=64)
def _written(text: str) -> Optimizer:
    try:
        body = ast.parse(text).body
    except SyntaxError as error:
        raise ProgramError(
            said("language.optimizer_syntax", msg=error.msg, form=_FORM), line=error.lineno, column=error.offset
        ) from None
    except (ValueError, RecursionError, MemoryError):
        raise ProgramError(said("language.optimizer_unreadable", form=_FORM)) from None
    if len(body) != 1:
        raise ProgramError(said("language.optimizer_several_functions", form=_FORM), line=body[1].lineno, column=1)
    return _described(body[0], text)


def _described(node: ast.stmt, source: str) -> Optimizer:
    if not isinstance(node, ast.FunctionDef):
        raise ProgramError(said("language.optimizer_no_function", form=_FORM), line=node.lineno, column=1)
    given = node.args
    names = [each.arg for each in given.args]
    if len(names) < 2 or given.posonlyargs or given.kwonlyargs or given.vararg or given.kwarg or node.decorator_list:
        raise _refused(node, said("language.optimizer_arguments_missing", form=_FORM))
    first_setting = len(names) - len(given.defaults)
    if first_setting < 2:
        raise _refused(node, said("language.optimizer_parameter_with_default", form=_FORM))
    settings = {}
    for name, default in zip(names[first_setting:], given.defaults, strict=True):
        number = _number(default)
        if number is None:
            raise _refused(default, said("language.optimizer_setting_no_number", name=name, form=_FORM))
        settings[name] = number
    state = [name for name in names[2:first_setting] if name != STEP]
    return Optimizer(
        node.name,
        (ast.get_docstring(node) or "").partition("\n")[0],
        source,
        tuple(names),
        tuple(state),
        STEP in names[2:first_setting],
        MappingProxyType(settings),
    )


def _number(node: ast.expr) -> float | None:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
    if type(value) not in (int, float):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def _refused(node: ast.stmt | ast.expr, message: str) -> ProgramError:
    span = Span(node.lineno, node.col_offset + 1, node.end_lineno or node.lineno, (node.end_col_offset or 0) + 1)
    return ProgramError(message, span=span)
