"""Functions of NumPy on rows of numbers, written in the language: statistics, signals, polynomials, and putting arrays
together. Each adds and multiplies in NumPy's own order."""

from __future__ import annotations

from types import MappingProxyType

SOURCE = '''
def sinc(x: array_like):
    """sin(pi x) / (pi x), 1 at 0."""
    t = np.pi * x
    t = np.where(t == 0, 1e-20, t)
    return np.sin(t) / t

def cumprod(a: array_like, axis=None):
    """Running products."""
    a = np.ravel(a) if axis is None else a
    axis = 0 if axis is None else axis % a.ndim
    before = (slice(None),) * axis
    parts = [a[before + (i,)] for i in range(a.shape[axis])]
    for i in range(1, len(parts)):
        parts[i] = parts[i - 1] * parts[i]
    return np.stack(parts, axis=axis) if parts else a

def sorted_rows(a, axis, keepdims):
    """The numbers along an axis in order, the axis first; and the shape of what is computed from each row."""
    if axis is None:
        return np.sort(np.ravel(a)), (1,) * a.ndim if keepdims else ()
    axis = axis % a.ndim
    shape = [1 if i == axis else n for i, n in enumerate(a.shape) if keepdims or i != axis]
    return moveaxis(np.sort(a, axis=axis), axis, 0), tuple(shape)

def median(a: array_like, axis=None, keepdims=False):
    """The number in the middle, or halfway between the two that are there."""
    rows, shape = sorted_rows(a, axis, keepdims)
    n = len(rows)
    middle = 1.0 * rows[n // 2] if n % 2 else (rows[n // 2 - 1] + rows[n // 2]) / 2
    if np.any(np.isnan(rows[-1])):
        middle = np.where(np.isnan(rows[-1]), np.nan, middle)
    return np.reshape(middle, shape) if shape != np.shape(middle) else middle

def quantile(a: array_like, q, axis=None, keepdims=False):
    """The number below which a part q of the numbers lies; between two of them by how near each is."""
    if np.ndim(q) > 0:
        return np.stack([quantile(a, part, axis, keepdims) for part in q])
    rows, shape = sorted_rows(a, axis, keepdims)
    at = q * (len(rows) - 1)
    low = int(at)
    part = at - low
    first, second = rows[low], rows[min(low + 1, len(rows) - 1)]
    step = second - first
    found = second - step * (1 - part) if part >= 0.5 else first + step * part
    return np.reshape(found, shape) if shape != np.shape(found) else found

def percentile(a: array_like, q, axis=None, keepdims=False):
    """The same for q in percent."""
    q = [part / 100 for part in q] if np.ndim(q) > 0 else q / 100
    return quantile(a, q, axis, keepdims)

def nansum(a: array_like, axis=None, keepdims=False):
    """The sum of what is a number."""
    return np.sum(np.where(np.isnan(a), 0, a), axis=axis, keepdims=keepdims)

def nanmean(a: array_like, axis=None, keepdims=False):
    """The mean of what is a number."""
    return nansum(a, axis, keepdims) / np.sum(1.0 - np.isnan(a), axis=axis, keepdims=keepdims)

def nanvar(a: array_like, axis=None, ddof=0, keepdims=False):
    """The variance of what is a number."""
    off = np.where(np.isnan(a), 0, a - nanmean(a, axis, True))
    count = np.sum(1.0 - np.isnan(a), axis=axis, keepdims=keepdims)
    return np.sum(off * off, axis=axis, keepdims=keepdims) / (count - ddof)

def nanstd(a: array_like, axis=None, ddof=0, keepdims=False):
    """The standard deviation of what is a number."""
    return np.sqrt(nanvar(a, axis, ddof, keepdims))

def nanmax(a: array_like, axis=None, keepdims=False):
    """The largest of what is a number."""
    return np.max(np.where(np.isnan(a), -np.inf, a), axis=axis, keepdims=keepdims)

def nanmin(a: array_like, axis=None, keepdims=False):
    """The smallest of what is a number."""
    return np.min(np.where(np.isnan(a), np.inf, a), axis=axis, keepdims=keepdims)

def nan_to_num(x: array_like, nan=0.0, posinf=1.7976931348623157e308, neginf=-1.7976931348623157e308):
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

def trapezoid(y: array_like, x: array_like = None, dx=1.0, axis=-1):
    """The area below the straight lines between the points."""
    axis = axis % y.ndim
    before = (slice(None),) * axis
    if x is not None:
        dx = diff(x, axis=axis if x.ndim > 1 else 0)
        if x.ndim == 1:
            dx = np.reshape(dx, (1,) * axis + (-1,) + (1,) * (y.ndim - axis - 1))
    return np.sum(dx * (y[before + (slice(1, None),)] + y[before + (slice(None, -1),)]) / 2.0, axis=axis)

def vander(x: array_like, N=None, increasing=False):
    """The powers of x side by side, the highest first."""
    N = len(x) if N is None else N
    columns = [np.ones_like(x)] + [x] * (N - 1)
    for i in range(2, N):
        columns[i] = columns[i - 1] * x
    return np.stack(columns[:N] if increasing else columns[:N][::-1], axis=1)

def append(arr: array_like, values: array_like, axis=None):
    """Values behind an array; both flat without an axis."""
    if axis is None:
        return np.concatenate([np.ravel(arr), np.ravel(values)])
    return np.concatenate([arr, values], axis=axis)

def insert(arr: array_like, obj, values: array_like, axis=None):
    """Values before a place."""
    assert np.ndim(obj) == 0, "only one place is known here"
    arr = np.ravel(arr) if axis is None else arr
    axis = 0 if axis is None else axis % arr.ndim
    obj = int(obj) + arr.shape[axis] if obj < 0 else int(obj)
    values = moveaxis(np.reshape(values, (1,) * (arr.ndim - np.ndim(values)) + np.shape(values)), 0, axis)
    shape = arr.shape[:axis] + (values.shape[axis],) + arr.shape[axis + 1:]
    before = (slice(None),) * axis
    new = np.broadcast_to(values.astype(arr.dtype), shape)
    return np.concatenate([arr[before + (slice(None, obj),)], new, arr[before + (slice(obj, None),)]], axis=axis)

def delete(arr: array_like, obj, axis=None):
    """An array without some places."""
    arr = np.ravel(arr) if axis is None else arr
    axis = 0 if axis is None else axis % arr.ndim
    n = arr.shape[axis]
    gone = [i % n for i in np.atleast_1d(obj)]
    return arr[(slice(None),) * axis + ([i for i in range(n) if i not in gone],)]

def flipud(m: array_like):
    """The rows in reverse order."""
    return flip(m, 0)

def fliplr(m: array_like):
    """The columns in reverse order."""
    return flip(m, 1)

def beyond(n, before, after, mode):
    """For each place of a border and of what it surrounds, the place that is shown there."""
    places = range(-before, n + after)
    if mode == "edge":
        return [min(max(i, 0), n - 1) for i in places]
    if mode == "wrap":
        return [i % n for i in places]
    turn = 2 * n if mode == "symmetric" else max(2 * n - 2, 1)
    back = turn - 1 if mode == "symmetric" else turn
    return [min(i % turn, back - i % turn) for i in places]

def pad(x: array_like, pad_width, mode="constant", constant_values=0):
    """x with a border: of numbers, or of what is near."""
    assert mode in ("constant", "edge", "reflect", "symmetric", "wrap"), f"the mode {mode} is not known here"
    widths = pairs(pad_width, x.ndim)
    if mode != "constant":
        for axis, (a, b) in enumerate(widths):
            x = x[(slice(None),) * axis + (beyond(x.shape[axis], a, b, mode),)]
        return x
    shape = tuple([a + n + b for (a, b), n in zip(widths, x.shape)])
    numbers = pairs(constant_values, x.ndim)
    same = np.ndim(constant_values) == 0 or all([a == b == numbers[0][0] for a, b in numbers])
    out = np.full(shape, numbers[0][0] if same else 0, dtype=x.dtype)
    for axis, ((a, b), (first, last)) in enumerate(zip([] if same else widths, numbers)):
        before = (slice(None),) * axis
        out[before + (slice(None, a),)] = first
        out[before + (slice(shape[axis] - b, None),)] = last
    out[tuple([slice(a, a + n) for (a, b), n in zip(widths, x.shape)])] = x
    return out

def pairs(given, n):
    """A number, a pair, or a pair for each axis, as a pair for each axis."""
    if np.ndim(given) == 0:
        return [(given, given)] * n
    if np.ndim(given) == 1:
        return [(given[0], given[-1])] * n
    return [(pair[0], pair[-1]) for pair in (list(given) * n if len(given) == 1 else given)]

def tri(N, M=None, k=0, dtype=float):
    """Ones at and below a diagonal, zeros above it."""
    return (np.arange(N if M is None else M)[None, :] - np.arange(N)[:, None] <= k).astype(dtype)
'''
IN_NUMPY = (
    *(
        "sinc",
        "cumprod",
        "median",
        "quantile",
        "percentile",
        "nansum",
        "nanmean",
        "nanvar",
        "nanstd",
        "nanmax",
        "nanmin",
    ),
    *("nan_to_num", "cov", "corrcoef", "convolve", "correlate", "trapezoid", "vander", "append", "insert", "delete"),
    *("flipud", "fliplr", "pad", "tri"),
)
"""Those that are functions of NumPy, each under its own name after `np.`."""
OTHER_NAMES = MappingProxyType({"trapz": "trapezoid"})
"""Names of them in older versions of NumPy."""
