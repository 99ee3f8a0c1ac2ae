"""Functions of NumPy on curves, written in the language: differences, slopes, straight lines between points,
polynomials, and what real numbers have of complex ones."""

from __future__ import annotations

SOURCE = '''
def diff(x: array_like, n=1, axis=-1, prepend=None, append=None):
    """Each element less the one before it, n times."""
    axis = axis_of(axis, x.ndim)
    before = (slice(None),) * axis
    border = x.shape[:axis] + (1,) + x.shape[axis + 1:]
    first = [] if prepend is None else [np.broadcast_to(prepend, border) if np.ndim(prepend) == 0 else prepend]
    last = [] if append is None else [np.broadcast_to(append, border) if np.ndim(append) == 0 else append]
    x = np.concatenate([*first, x, *last], axis=axis) if first or last else x
    for _ in range(n):
        x = x[before + (slice(1, None),)] - x[before + (slice(None, -1),)]
    return x

def ediff1d(ary: array_like, to_end=None, to_begin=None):
    """Each element less the one before it, with something before and behind."""
    ary = np.ravel(ary)
    parts = [ary[1:] - ary[:-1]]
    parts = parts if to_begin is None else [np.ravel(to_begin)] + parts
    parts = parts if to_end is None else parts + [np.ravel(to_end)]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)

def gradient(f: array_like, *varargs, axis=None, edge_order=1):
    """The slope at each point: from the points on both sides, at the ends from one."""
    assert edge_order == 1, "here the ends are known with edge_order=1"
    axes = axes_of(axis, f.ndim)
    spacing = [1.0] * len(axes) if not varargs else list(varargs) * len(axes) if len(varargs) == 1 else list(varargs)
    assert len(spacing) == len(axes), "there must be one spacing, or one for each axis"
    slopes = [slope_along(f, each, h) for each, h in zip(axes, spacing)]
    return slopes[0] if len(slopes) == 1 else tuple(slopes)

def slope_along(f, axis, h):
    """The slope along one axis; h is how far apart the points are, or where they are."""
    before = (slice(None),) * axis
    assert f.shape[axis] > 1, "a slope needs at least two points"
    left, middle, right = [before + (part,) for part in (slice(None, -2), slice(1, -1), slice(2, None))]
    first, last = h, h
    if np.ndim(h) == 0:
        inside = (f[right] - f[left]) / (2.0 * h)
    else:
        assert len(h) == f.shape[axis], "there must be one place for each point"
        h = diff(h)
        first, last = h[0], h[-1]
        if np.all(h == first):
            inside = (f[right] - f[left]) / (2.0 * first)
        else:
            p, q = h[:-1], h[1:]
            parts = [-q / (p * (p + q)), (q - p) / (p * q), p / (q * (p + q))]
            a, b, c = [np.reshape(part, (-1,) + (1,) * (f.ndim - axis - 1)) for part in parts]
            inside = a * f[left] + b * f[middle] + c * f[right]
    start = (f[before + (slice(1, 2),)] - f[before + (slice(0, 1),)]) / first
    end = (f[before + (slice(-1, None),)] - f[before + (slice(-2, -1),)]) / last
    return np.concatenate([start, inside, end], axis=axis)

def unwrap(p: array_like, discont=None, axis=-1, *, period=6.283185307179586):
    """Angles without jumps of a whole turn."""
    axis = axis_of(axis, p.ndim)
    step = diff(p, axis=axis)
    half = period / 2
    near = np.mod(step + half, period) - half
    near = np.where((near == -half) & (step > 0), half, near)
    off = np.where(np.abs(step) < (half if discont is None else discont), 0, near - step)
    before = (slice(None),) * axis
    rest = p[before + (slice(1, None),)] + np.cumsum(off, axis=axis)
    return np.concatenate([p[before + (slice(0, 1),)], rest], axis=axis)

def interp(x: array_like, xp: array_like, fp: array_like, left=None, right=None):
    """Where x is on the straight lines between the points (xp, fp)."""
    assert len(xp) == len(fp) and len(xp) > 0, "there must be one value for each point"
    lowest = fp[0] if left is None else left
    highest = fp[-1] if right is None else right
    inside = fp[0]
    if len(xp) > 1:
        few = np.size(x) * len(xp) <= 10_000
        place = np.sum(np.expand_dims(x, -1) >= xp, axis=-1) if few else np.searchsorted(xp, x, side="right")
        at = np.minimum(np.maximum(place - 1, 0), len(xp) - 2)
        slope = (fp[at + 1] - fp[at]) / (xp[at + 1] - xp[at])
        inside = np.where(x == xp[at], 1.0 * fp[at], slope * (x - xp[at]) + fp[at])
    inside = np.where(x == xp[-1], 1.0 * fp[-1], inside)
    return np.where(x < xp[0], 1.0 * lowest, np.where(x > xp[-1], 1.0 * highest, inside))[()]

def linspace(start, stop, num, endpoint):
    """np.linspace from one computed number to another."""
    parts = num - 1 if endpoint else num
    step = (stop - start) / max(parts, 1)
    made = np.arange(num) * step + start
    if endpoint and num > 1:
        made[-1] = stop
    return made

def trapezoid(y: array_like, x: array_like = None, dx=1.0, axis=-1):
    """The area below the straight lines between the points."""
    axis = axis_of(axis, y.ndim)
    before = (slice(None),) * axis
    if x is not None:
        dx = diff(x, axis=axis if x.ndim > 1 else 0)
        if x.ndim == 1:
            dx = np.reshape(dx, (1,) * axis + (-1,) + (1,) * (y.ndim - axis - 1))
    return np.sum(dx * (y[before + (slice(1, None),)] + y[before + (slice(None, -1),)]) / 2.0, axis=axis)

def polyval(p: array_like, x: array_like):
    """A polynomial at x: the factors of its powers, the highest first."""
    made = np.zeros_like(np.asarray(x))
    for factor in p:
        made = made * x + factor
    return made[()]

def polyadd(a1: array_like, a2: array_like):
    """The sum of two polynomials."""
    a1, a2 = atleast_1d(a1), atleast_1d(a2)
    n = max(len(a1), len(a2))
    return pad(a1, (n - len(a1), 0)) + pad(a2, (n - len(a2), 0))

def polymul(a1: array_like, a2: array_like):
    """The product of two polynomials."""
    return convolve(a1, a2)

def polyder(p: array_like, m=1):
    """The slope of a polynomial, as a polynomial."""
    for _ in range(m):
        p = p[:-1] * np.arange(len(p) - 1, 0, -1)
    return p

def polyint(p: array_like):
    """The polynomial of which this is the slope, 0 at 0."""
    return append(p / np.arange(len(p), 0, -1), 0.0)

def positive(x: array_like):
    """x itself."""
    assert x.dtype != bool, "a mask has no sign"
    return +x

def conjugate(x: array_like):
    """A real number is its own conjugate."""
    return +x

def real(val: array_like):
    """A real number is its own real part."""
    return val

def imag(val: array_like):
    """A real number has nothing imaginary."""
    return np.zeros_like(val)

def angle(z: array_like, deg=False):
    """The direction of a real number: 0, or half a turn."""
    found = np.arctan2(0.0, z)
    return found * 180 / np.pi if deg else found

def iscomplex(x: array_like):
    """No number is complex here."""
    return x != x if x.dtype != float else np.zeros_like(x, dtype=bool)

def isreal(x: array_like):
    """All numbers are real here."""
    return np.ones_like(x, dtype=bool)
'''
IN_NUMPY = (
    *("diff", "ediff1d", "gradient", "unwrap", "interp", "trapezoid", "polyval", "polyadd", "polymul", "polyder"),
    *("polyint", "positive", "conjugate", "real", "imag", "angle", "iscomplex", "isreal"),
)
"""Those that are functions of NumPy, each under its own name after `np.`."""
