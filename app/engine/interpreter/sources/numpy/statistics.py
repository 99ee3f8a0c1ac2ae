"""Functions of NumPy on rows of numbers, written in the language: running products, statistics, signals."""

from __future__ import annotations

SOURCE = '''
def sinc(x: array_like):
    """sin(pi x) / (pi x), 1 at 0."""
    t = np.pi * x
    t = np.where(t == 0, 1e-20, t)
    return np.sin(t) / t

def cumprod(a: array_like, axis=None):
    """Running products."""
    a = np.ravel(a) if axis is None else a
    axis = axis_of(0 if axis is None else axis, a.ndim)
    before = (slice(None),) * axis
    parts = [a[before + (i,)] for i in range(a.shape[axis])]
    for i in range(1, len(parts)):
        parts[i] = parts[i - 1] * parts[i]
    return np.stack(parts, axis=axis) if parts else a

def average(a: array_like, axis=None, weights: array_like = None, returned=False, *, keepdims=False):
    """The mean, weighted if there are weights; and what they add up to."""
    if weights is None:
        found = np.mean(a, axis=axis, keepdims=keepdims)
        total = np.float64(np.size(a) / np.size(found))
    else:
        if weights.shape != a.shape:
            assert isinstance(axis, int) and weights.ndim == 1, "weights of another shape go along one axis"
            axis = axis_of(axis, a.ndim)
            assert len(weights) == a.shape[axis], "there must be one weight for each element of the axis"
            weights = np.reshape(weights, (1,) * axis + (-1,) + (1,) * (a.ndim - axis - 1))
        total = np.sum(weights, axis=axis, keepdims=keepdims)
        assert np.all(total != 0), "the weights add up to 0"
        found = np.sum(1.0 * (a * weights), axis=axis, keepdims=keepdims) / total
    wide = total if np.shape(total) == np.shape(found) else np.broadcast_to(total, np.shape(found))
    return (found, wide) if returned else found

def ptp(x: array_like, axis=None, *, keepdims=False):
    """The largest less the smallest."""
    return np.max(x, axis=axis, keepdims=keepdims) - np.min(x, axis=axis, keepdims=keepdims)

def fold(f, a: array_like, axis=0, keepdims=False):
    """np.logaddexp.reduce: a function of two, from the first element to the last."""
    if axis is None:
        a, axis = np.ravel(a), 0
    rows = moveaxis(a, axis, 0)
    assert len(rows) > 0, "there is nothing to reduce"
    made = rows[0]
    for row in rows[1:]:
        made = f(made, row)
    return np.expand_dims(made, axis) if keepdims else made

def running(f, a: array_like, axis=0):
    """np.maximum.accumulate: the same up to each element."""
    rows = moveaxis(a, axis, 0)
    parts = [rows[0]]
    for row in rows[1:]:
        parts.append(f(parts[-1], row))
    return np.stack(parts, axis=axis)

def each_with_each(f, a: array_like, b: array_like):
    """np.add.outer: a function of two, for every element of a and every one of b."""
    return f(np.reshape(a, np.shape(a) + (1,) * np.ndim(b)), b)

def at_places(f, a, indices, b: array_like):
    """np.multiply.at: in place, as often as a place occurs."""
    places = np.ravel(np.reshape(np.arange(a.size), a.shape)[indices])
    if len(np.unique(places)) == len(places):
        made = f(a[indices], b)
        assert a.dtype == float or made.dtype != float, "whole numbers cannot hold floats"
        a[indices] = made
    else:
        b = np.ravel(np.broadcast_to(b, np.shape(a[indices])))
        for number, place in enumerate(places):
            at = np.unravel_index(place, a.shape)
            a[at] = f(a[at], b[number])

def sorted_rows(a, axis, keepdims):
    """The numbers along an axis in order, the axis first; and the shape of what is computed from each row."""
    if axis is None:
        return np.sort(np.ravel(a)), (1,) * a.ndim if keepdims else ()
    axis = axis_of(axis, a.ndim)
    shape = [1 if i == axis else n for i, n in enumerate(a.shape) if keepdims or i != axis]
    return moveaxis(np.sort(a, axis=axis), axis, 0), tuple(shape)

def median(a: array_like, axis=None, *, keepdims=False):
    """The number in the middle, or halfway between the two that are there."""
    rows, shape = sorted_rows(a, axis, keepdims)
    n = len(rows)
    middle = 1.0 * rows[n // 2] if n % 2 else (rows[n // 2 - 1] + rows[n // 2]) / 2
    if np.any(np.isnan(rows[-1])):
        middle = np.where(np.isnan(rows[-1]), np.nan, middle)
    return np.reshape(middle, shape) if shape != np.shape(middle) else middle

def quantile(a: array_like, q, axis=None, *, keepdims=False):
    """The number below which a part q of the numbers lies; between two of them by how near each is."""
    if np.ndim(q) > 0:
        return np.stack([quantile(a, part, axis, keepdims=keepdims) for part in q])
    rows, shape = sorted_rows(a, axis, keepdims)
    at = q * (len(rows) - 1)
    low = int(at)
    part = at - low
    first, second = rows[low], rows[min(low + 1, len(rows) - 1)]
    step = second - first
    found = second - step * (1 - part) if part >= 0.5 else first + step * part
    return np.reshape(found, shape) if shape != np.shape(found) else found

def percentile(a: array_like, q, axis=None, *, keepdims=False):
    """The same for q in percent."""
    q = [part / 100 for part in q] if np.ndim(q) > 0 else q / 100
    return quantile(a, q, axis, keepdims=keepdims)

def nansum(a: array_like, axis=None, *, keepdims=False):
    """The sum of what is a number."""
    return np.sum(np.where(np.isnan(a), 0, a), axis=axis, keepdims=keepdims)

def nanmean(a: array_like, axis=None, *, keepdims=False):
    """The mean of what is a number."""
    return nansum(a, axis, keepdims=keepdims) / np.sum(1.0 - np.isnan(a), axis=axis, keepdims=keepdims)

def nanvar(a: array_like, axis=None, *, ddof=0, keepdims=False):
    """The variance of what is a number."""
    off = np.where(np.isnan(a), 0, a - nanmean(a, axis, keepdims=True))
    count = np.sum(1.0 - np.isnan(a), axis=axis, keepdims=keepdims)
    return np.sum(off * off, axis=axis, keepdims=keepdims) / (count - ddof)

def nanstd(a: array_like, axis=None, *, ddof=0, keepdims=False):
    """The standard deviation of what is a number."""
    return np.sqrt(nanvar(a, axis, ddof=ddof, keepdims=keepdims))

def nanmax(a: array_like, axis=None, *, keepdims=False):
    """The largest of what is a number."""
    return np.max(np.where(np.isnan(a), -np.inf, a), axis=axis, keepdims=keepdims)

def nanmin(a: array_like, axis=None, *, keepdims=False):
    """The smallest of what is a number."""
    return np.min(np.where(np.isnan(a), np.inf, a), axis=axis, keepdims=keepdims)

def nanargmax(a: array_like, axis=None):
    """Where the largest of what is a number is."""
    assert not np.any(np.all(np.isnan(a), axis=axis)), "there is nothing but nan"
    rows = np.where(np.isnan(a), -np.inf, a)
    return np.argmax(rows) if axis is None else np.argmax(rows, axis=axis)

def nanargmin(a: array_like, axis=None):
    """Where the smallest of what is a number is."""
    assert not np.any(np.all(np.isnan(a), axis=axis)), "there is nothing but nan"
    rows = np.where(np.isnan(a), np.inf, a)
    return np.argmin(rows) if axis is None else np.argmin(rows, axis=axis)

def nan_to_num(x: array_like, copy=True, nan=0.0, posinf=1.7976931348623157e308, neginf=-1.7976931348623157e308):
    """x with numbers in place of nan and infinity."""
    return np.where(np.isnan(x), nan, np.where(x == np.inf, posinf, np.where(x == -np.inf, neginf, x)))

def cov(m: array_like, y: array_like = None, rowvar=True, bias=False, ddof=None):
    """How the rows vary together: the mean product of what each is off its mean."""
    if y is not None:
        m = np.concatenate([atleast_2d(m), atleast_2d(y)], axis=0)
    elif m.ndim == 1:
        m = atleast_2d(m)
    elif not rowvar:
        m = m.T
    off = m - np.mean(m, axis=1)[:, None]
    ddof = (0 if bias else 1) if ddof is None else ddof
    return squeeze((off @ off.T) * (1 / (m.shape[1] - ddof)))

def corrcoef(x: array_like, y: array_like = None, rowvar=True):
    """The same relative to how much each row varies, from -1 to 1."""
    c = cov(x, y, rowvar)
    if np.ndim(c) == 0:
        return c / c
    spread = np.sqrt(np.diag(c))
    return np.clip(c / spread[:, None] / spread[None, :], -1, 1)

def convolve(a: array_like, v: array_like, mode="full"):
    """Sums of products of a with v turned around, at every place where they meet."""
    if len(v) > len(a):
        a, v = v, a
    n, m = len(a), len(v)
    edge = np.zeros(m - 1, dtype=a.dtype)
    long = np.concatenate([edge, a, edge]) if m > 1 else a
    found = long[np.arange(n + m - 1)[:, None] + np.arange(m)[None, :]] @ flip(v)
    assert mode in ("full", "same", "valid"), "the modes are full, same and valid"
    if mode == "same":
        return found[(m - 1) // 2:(m - 1) // 2 + n]
    return found if mode == "full" else found[m - 1:n]

def correlate(a: array_like, v: array_like, mode="valid"):
    """Sums of products of a with v, at every place where they meet."""
    assert len(a) >= len(v), "here the longer array comes first"
    if mode == "same":
        full = convolve(a, flip(v), "full")
        return full[len(v) // 2:len(v) // 2 + len(a)]
    return convolve(a, flip(v), mode)
'''
IN_NUMPY = (
    *("sinc", "cumprod", "average", "ptp", "median", "quantile", "percentile", "nansum", "nanmean", "nanvar", "nanstd"),
    *("nanmax", "nanmin", "nanargmax", "nanargmin", "nan_to_num", "cov", "corrcoef", "convolve", "correlate"),
)
"""Those that are functions of NumPy, each under its own name after `np.`."""
