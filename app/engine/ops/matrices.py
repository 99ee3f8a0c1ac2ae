"""Linear algebra: inverses, solutions and determinants. Leading axes are a batch of matrices."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import reduce
from typing import Any

import numpy as np

from app.engine.errors import ShapeError
from app.engine.ops.axes import show_shape
from app.engine.ops.call_latex import Latex, operator
from app.engine.ops.elimination import eliminated
from app.engine.ops.expression import Expr, Shape
from app.engine.ops.matrix_words import (
    cofactors,
    determinant,
    inverse,
    log_determinant,
    pinv_change,
    pseudo_inverse,
    solution,
)
from app.engine.ops.registry import Call, Op, tensor_op
from app.engine.ops.rule_words import matmul, reshape, swapped, total, transpose
from app.engine.ops.word import POWER, PRODUCT
from app.engine.wording import said

Index = tuple[int, ...]


def _square(call: Call, what: str) -> Shape:
    shape = call.shapes[0]
    if len(shape) < 2 or shape[-1] != shape[-2]:
        way = "inverse" if what == "inv" else "product"
        raise ShapeError(said("shapes.square_matrix_expected", way, what=what, shape=show_shape(shape)))
    return shape


def _products(call: Call) -> int:
    return math.prod(call.shapes[0]) * max(call.shapes[0])


def _matrices(call: Call, slot: int) -> Iterator[Index]:
    """Where in the batch there is a matrix."""
    return np.ndindex(call.shapes[slot][:-2])


def _rows(x: Any) -> list[list[Any]]:
    return [list(row) for row in x]


def _unit(write: Any, n: int) -> list[list[Any]]:
    return [[write.constant(float(i == j)) for j in range(n)] for i in range(n)]


def _opened(of: Callable[[Any, Any], Any]) -> dict[str, Any]:
    """The ways to open an op of one argument into numbers. of(write, matrix) -> what becomes of one matrix."""

    def elements(call: Call, write: Any, xs: list[Any]) -> Any:
        out = np.empty(call.shape, dtype=object)
        for at in _matrices(call, 0):
            out[at] = of(write, xs[0][at])
        return out

    def element(call: Call, write: Any, index: Index, x: Callable[..., Any]) -> Any:
        lead = len(call.shapes[0]) - 2
        matrix = np.empty(call.shapes[0][-2:], dtype=object)
        for place in np.ndindex(matrix.shape):
            matrix[place] = x(0, (*index[:lead], *place))
        found = np.empty(call.shape[lead:], dtype=object)
        found[()] = of(write, matrix)
        return found[index[lead:]]

    def users(call: Call, slot: int, place: Index, xs: list[Any]) -> Iterator[Index]:
        lead = len(call.shapes[0]) - 2
        return ((*place[:lead], *rest) for rest in np.ndindex(call.shape[lead:]))

    return {"elements": elements, "element": element, "users": users}


def _inverted(write: Any, matrix: Any) -> Any:
    return np.array(eliminated(write, _rows(matrix), _unit(write, len(matrix)))[2], dtype=object)


def _multiplied_out(write: Any, matrix: Any) -> Any:
    pivots, sign, _ = eliminated(write, _rows(matrix), [[] for _ in matrix])
    return reduce(lambda a, b: write("multiply", a, b), pivots, sign)


def _logarithms_added(write: Any, matrix: Any) -> Any:
    pivots = eliminated(write, _rows(matrix), [[] for _ in matrix])[0]
    return write.sum([write("log", write("abs", pivot)) for pivot in pivots])


def _pseudo_inverted(write: Any, matrix: Any) -> Any:
    """(aᵀa)⁻¹aᵀ of a tall matrix, aᵀ(aaᵀ)⁻¹ of a wide one."""
    tall = matrix.shape[0] >= matrix.shape[1]
    a = matrix if tall else matrix.T
    both = [[write.sum([write("multiply", p, q) for p, q in zip(u, v, strict=True)]) for v in a.T] for u in a.T]
    found = np.array(eliminated(write, both, _rows(a.T))[2], dtype=object).reshape(a.T.shape)
    return found if tall else found.T


# -- solve -------------------------------------------------------------------------------------------------------------


def _solve_shape(call: Call) -> Shape:
    a, b = call.shapes
    if len(a) != 2 or a[0] != a[1]:
        raise ShapeError(said("shapes.solve_no_square_matrix", a=show_shape(a)))
    if len(b) not in (1, 2) or b[0] != a[0]:
        raise ShapeError(said("shapes.solve_shapes_differ", a=show_shape(a), b=show_shape(b)))
    return b


def _solve_back(call: Call, g: Expr, y: Expr, a: Expr, b: Expr) -> tuple[Expr, Expr]:
    """b is sent what solves the transposed system; a is sent minus that, times what was found."""
    sent = solution(transpose(a, (1, 0)), g)
    if len(call.shape) == 1:
        n = call.shape[0]
        return -(reshape(sent, (n, 1)) * reshape(y, (1, n))), sent
    return -matmul(sent, transpose(y, (1, 0))), sent


def _solve_elements(call: Call, write: Any, xs: list[Any]) -> Any:
    right = xs[1].reshape(call.shapes[1][0], -1)
    found = eliminated(write, _rows(xs[0]), _rows(right))[2]
    return np.array(found, dtype=object).reshape(call.shape)


def _solve_element(call: Call, write: Any, index: Index, x: Callable[..., Any]) -> Any:
    n = call.shapes[0][0]
    a = [[x(0, (i, j)) for j in range(n)] for i in range(n)]
    return eliminated(write, a, [[x(1, (i, *index[1:]))] for i in range(n)])[2][index[0]][0]


def _solve_users(call: Call, slot: int, place: Index, xs: list[Any]) -> Iterator[Index]:
    columns = [place[1:]] if slot == 1 else list(np.ndindex(call.shape[1:]))
    return ((i, *column) for i in range(call.shape[0]) for column in columns)


# -- pinv --------------------------------------------------------------------------------------------------------------


def _pinv_shape(call: Call) -> Shape:
    if len(call.shapes[0]) != 2:
        raise ShapeError(said("shapes.pinv_of_no_matrix", shapes=show_shape(call.shapes[0])))
    return call.shapes[0][::-1]


def _pinv_back(call: Call, g: Expr, y: Expr, a: Expr) -> tuple[Expr]:
    """The same as for a change of the transposed matrix."""
    return (pinv_change(g, transpose(y, (1, 0)), transpose(a, (1, 0))),)


def _spread(call: Call, g: Expr) -> Expr:
    """The gradient of one number for each matrix, beside its elements."""
    return reshape(g, (*call.shape, 1, 1)) if call.shape else g


def _last(call: Call) -> tuple[int, ...]:
    n = len(call.shapes[0])
    return (n - 2, n - 1)


OPS: tuple[Op, ...] = (
    tensor_op(
        "inv",
        kind="shape",
        shape=lambda call: _square(call, "inv"),
        forward=lambda call, x: inverse(x),
        vjp=lambda call, g, y, x: (matmul(matmul(-swapped(y, len(call.shape)), g), swapped(y, len(call.shape))),),
        jvp=lambda call, t, y, x: matmul(matmul(-y, t[0]), y),
        **_opened(_inverted),
        products=_products,
        numpy=("linalg.inv",),
        bare=False,
        latex=Latex("{0}^{{-1}}", POWER, (POWER + 1,)),
        summary="The inverse of a matrix: it is sent the gradient between two transposed inverses, with a minus.",
        example="np.linalg.inv(A @ B + np.eye(2) * 3)",
    ),
    tensor_op(
        "solve",
        kind="shape",
        inputs=("a", "b"),
        shape=_solve_shape,
        forward=lambda call, a, b: solution(a, b),
        vjp=_solve_back,
        jvp=lambda call, t, y, a, b: solution(a, t[1] - matmul(t[0], y)),
        elements=_solve_elements,
        element=_solve_element,
        users=_solve_users,
        products=_products,
        numpy=("linalg.solve",),
        preconditions=True,
        bare=False,
        latex=Latex(r"{0}^{{-1}}\,{1}", PRODUCT, (POWER + 1, PRODUCT + 1)),
        summary="The x with a @ x = b: b is sent what solves the transposed system, a minus that times x.",
        example="np.linalg.solve(A @ B + np.eye(2) * 3, A)",
    ),
    tensor_op(
        "det",
        kind="shape",
        shape=lambda call: _square(call, "det")[:-2],
        forward=lambda call, x: determinant(x),
        vjp=lambda call, g, y, x: (_spread(call, g) * cofactors(x),),
        jvp=lambda call, t, y, x: total(t[0] * cofactors(x), _last(call)),
        **_opened(_multiplied_out),
        products=_products,
        numpy=("linalg.det",),
        bare=False,
        latex=operator("det"),
        summary="The determinant: each element is sent the gradient times what remains without its row and column.",
        example="np.linalg.det(A @ B + np.eye(2) * 3)",
    ),
    tensor_op(
        "logabsdet",
        kind="shape",
        shape=lambda call: _square(call, "slogdet")[:-2],
        forward=lambda call, x: log_determinant(x),
        vjp=lambda call, g, y, x: (_spread(call, g) * swapped(inverse(x), len(call.shapes[0])),),
        jvp=lambda call, t, y, x: total(t[0] * swapped(inverse(x), len(call.shapes[0])), _last(call)),
        **_opened(_logarithms_added),
        products=_products,
        bare=False,
        latex=Latex(r"\ln\left|\det {0}\right|"),
        summary="The logarithm of the determinant without its sign, as slogdet has it; the slope is the inverse.",
        example="np.linalg.slogdet(A @ B + np.eye(2) * 3)[1]",
    ),
    tensor_op(
        "pinv",
        kind="shape",
        shape=_pinv_shape,
        forward=lambda call, x: pseudo_inverse(x),
        vjp=_pinv_back,
        jvp=lambda call, t, y, x: pinv_change(t[0], y, x),
        **_opened(_pseudo_inverted),
        products=_products,
        numpy=("linalg.pinv",),
        bare=False,
        latex=Latex("{0}^{{+}}", POWER, (POWER + 1,)),
        summary="The pseudo-inverse of a matrix of any shape: the inverse where there is one, else least squares.",
        example="np.linalg.pinv(A)",
    ),
)
