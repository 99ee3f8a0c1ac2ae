"""Words of linear algebra: inverses, solutions and determinants of square matrices, in the last two axes."""

from __future__ import annotations

from collections.abc import Mapping

from app.engine.ops.expression import word
from app.engine.ops.word import ATOM, POWER, PRODUCT, Word

inverse = word("inverse")
solution = word("solution")
"""Of a and b: the x for which a @ x is b."""
determinant = word("determinant")
log_determinant = word("log_determinant")
"""The logarithm of the determinant without its sign."""
cofactors = word("cofactors")
"""The slope of the determinant by each element. It is there for singular matrices as well, which have no inverse."""
pseudo_inverse = word("pseudo_inverse")
pinv_change = word("pinv_change")
"""Of a change, a pseudo-inverse and its matrix: how the pseudo-inverse changes (Golub, Pereyra 1973)."""

WORDS: Mapping[str, Word] = {
    "inverse": Word(
        "np.linalg.inv({0})",
        "{0}^{{-1}}",
        array="inverse_or_nan({0})",
        torch="torch.linalg.inv({0})",
        latex_binds=POWER,
        latex_needs=(POWER + 1,),
    ),
    "solution": Word(
        "np.linalg.solve({0}, {1})",
        r"{0}^{{-1}}\,{1}",
        array="solution_or_nan({0}, {1})",
        torch="torch.linalg.solve({0}, {1})",
        latex_binds=PRODUCT,
        latex_needs=(POWER + 1, PRODUCT + 1),
    ),
    "determinant": Word("np.linalg.det({0})", r"\det\left({0}\right)", torch="torch.linalg.det({0})"),
    "log_determinant": Word(
        "np.linalg.slogdet({0})[1]",
        r"\ln\left|\det {0}\right|",
        torch="torch.linalg.slogdet({0})[1]",
        latex_needs=(ATOM,),
    ),
    "cofactors": Word("cofactors({0})", r"\operatorname{{cof}}\left({0}\right)"),
    "pinv_change": Word("pinv_change({0}, {1}, {2})", r"\mathrm{{d}}\left({1}\right)_{{{0}}}", latex_needs=(0, 0, 0)),
    "pseudo_inverse": Word(
        "np.linalg.pinv({0})",
        "{0}^{{+}}",
        array="pinv_or_nan({0})",
        torch="torch.linalg.pinv({0})",
        latex_binds=POWER,
        latex_needs=(POWER + 1,),
    ),
}


def _or_nan(name: str, arguments: str, function: str, like: str) -> str:
    return (
        f"def {name}({arguments}):\n"
        f'    """{function}; nan where a matrix is singular."""\n'
        "    try:\n"
        f"        return {function}({arguments})\n"
        "    except np.linalg.LinAlgError:\n"
        f"        return np.full({like}, np.nan)"
    )


HELPERS: Mapping[str, str] = {
    "inverse_or_nan": _or_nan("inverse_or_nan", "x", "np.linalg.inv", "np.shape(x)"),
    "solution_or_nan": _or_nan("solution_or_nan", "a, b", "np.linalg.solve", "np.shape(b)"),
    "pinv_or_nan": _or_nan("pinv_or_nan", "x", "np.linalg.pinv", "np.swapaxes(x, -1, -2).shape"),
    "pinv_change": (
        "def pinv_change(change, y, x):\n"
        '    """How the pseudo-inverse y of x changes with x, also in the directions that y does not reach."""\n'
        "    left, right = y @ y.T @ change.T, change.T @ y.T @ y\n"
        "    return -y @ change @ y + (left - left @ x @ y) + (right - y @ x @ right)"
    ),
    "cofactors": (
        "def cofactors(x):\n"
        '    """How much the determinant grows with each element: what is left of it without the row and column."""\n'
        "    if not np.isfinite(x).all():\n"
        "        return np.full(np.shape(x), np.nan)\n"
        "    left, sizes, right = np.linalg.svd(x)\n"
        "    n = sizes.shape[-1]\n"
        "    rest = np.where(np.eye(n) == 1.0, 1.0, sizes[..., np.newaxis, :])\n"
        "    sign = np.linalg.det(left) * np.linalg.det(right)\n"
        "    others = sign[..., np.newaxis] * np.prod(rest, axis=-1)\n"
        "    return (left * others[..., np.newaxis, :]) @ right"
    ),
}
"""Helpers in NumPy; see `helpers.py`."""
