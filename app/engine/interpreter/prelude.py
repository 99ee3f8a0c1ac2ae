"""Functions written in the language itself. Each call is a group that can be opened. None has a rule of its own: their
derivatives follow from the chain rule. Axis -1 is the axis of classes, features or keys.

Sources: softmax and its logarithm are shifted by the largest logit, which changes nothing but the range (log-sum-exp).
Layer normalisation: Ba, Kiros, Hinton 2016. Root-mean-square normalisation: Zhang, Sennrich 2019. Attention: Vaswani et
al. 2017, softmax(q kᵀ / √d) v.
"""

from __future__ import annotations

from types import MappingProxyType

SOURCE = '''
def softmax(x, axis=-1):
    """exp(x), shifted by the largest for safety, divided by its sum: positive, and adding up to 1."""
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)

def logsumexp(x, axis=-1, keepdims=False):
    """ln of the sum of exp(x), safe for large x; the shift is that of finite x: infinity less infinity is nan."""
    z = np.clip(x, -1e308, 1e308)
    s = np.log(np.sum(np.exp(z - np.max(z, axis=axis, keepdims=True)), axis=axis, keepdims=keepdims))
    return s + np.max(x, axis=axis, keepdims=keepdims)

def log_softmax(x, axis=-1):
    """The logarithm of softmax, without computing a tiny number first."""
    z = x - np.max(x, axis=axis, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=axis, keepdims=True))

def log_sigmoid(x):
    """The logarithm of the sigmoid, without computing a tiny number first."""
    return -softplus(-x)

def cross_entropy(logits, target):
    """Mean over rows of minus the sum of target * log_softmax(logits); target holds probabilities or one-hot rows."""
    return -np.mean(np.sum(target * log_softmax(logits), axis=-1))

def binary_cross_entropy(logits, target):
    """Mean of the loss of a yes/no prediction, from logits: minus the logarithm of what the truth was given."""
    return -np.mean(target * log_sigmoid(logits) + (1 - target) * log_sigmoid(-logits))

def mse(prediction, target):
    """Mean squared error."""
    error = prediction - target
    return np.mean(error * error)

def std(x, axis=None, *, ddof=0, keepdims=False):
    """Standard deviation: the root of the variance."""
    return np.sqrt(np.var(x, axis=axis, ddof=ddof, keepdims=keepdims))

def layernorm(x, gain=1.0, bias=0.0, eps=1e-5):
    """Each row shifted to mean 0 and scaled to variance 1, then gain and bias."""
    centred = x - np.mean(x, axis=-1, keepdims=True)
    spread = np.sqrt(np.mean(centred * centred, axis=-1, keepdims=True) + eps)
    return gain * (centred / spread) + bias

def rmsnorm(x, gain=1.0, eps=1e-5):
    """Each row divided by the root of its mean square, then gain."""
    return gain * (x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + eps))

def attention(q, k, v):
    """Each query averages the values, weighted by softmax of query times keys over the root of their length."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(k.shape[-1])
    weights = softmax(scores)
    return weights @ v

def multi_head_attention(q, k, v, heads=2):
    """Attention on `heads` equal slices of the features side by side."""
    qs = np.stack(np.split(q, heads, axis=-1))
    ks = np.stack(np.split(k, heads, axis=-1))
    vs = np.stack(np.split(v, heads, axis=-1))
    out = attention(qs, ks, vs)
    return np.concatenate(np.split(out, heads, axis=0), axis=-1)[0]
'''

NUMPY_SOURCE = '''
def outer(a, b):
    """Every product of an element of a and one of b."""
    return np.ravel(a)[:, None] * np.ravel(b)[None, :]

def inner(a, b):
    """The sum of products along the last axes."""
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return a * b
    return a @ np.swapaxes(b, -1, -2) if b.ndim > 1 else a @ b

def vdot(a, b):
    """The sum of products of all elements."""
    return np.sum(np.ravel(a) * np.ravel(b))

def norm(x, ord=None, axis=None, keepdims=False):
    """The root of the sum of squares; the sum of absolute values for ord=1, the largest for ord=inf."""
    if ord == 1:
        return np.sum(np.abs(x), axis=axis, keepdims=keepdims)
    if ord == np.inf:
        return np.max(np.abs(x), axis=axis, keepdims=keepdims)
    assert ord in (None, 2, "fro"), "only the norms 1, 2 and inf are known here"
    return np.sqrt(np.sum(x * x, axis=axis, keepdims=keepdims))

def squeeze(x, axis=None):
    """x without its axes of length 1."""
    axes = range(x.ndim) if axis is None else [a % x.ndim for a in (axis if isinstance(axis, tuple) else (axis,))]
    return np.reshape(x, tuple([n for i, n in enumerate(x.shape) if n != 1 or i not in axes]))

def atleast_1d(x):
    """x with at least one axis."""
    return np.reshape(x, (1,)) if np.ndim(x) == 0 else x

def atleast_2d(x):
    """x with at least two axes."""
    return np.reshape(x, (1, -1)) if np.ndim(x) < 2 else x

def hstack(arrays):
    """Arrays side by side."""
    arrays = [atleast_1d(a) for a in arrays]
    return np.concatenate(arrays, axis=0 if arrays[0].ndim == 1 else 1)

def vstack(arrays):
    """Arrays below one another."""
    return np.concatenate([atleast_2d(a) for a in arrays], axis=0)

def column_stack(arrays):
    """Vectors as the columns of a matrix."""
    return np.concatenate([a[:, None] if a.ndim == 1 else a for a in arrays], axis=1)

def tile(x, reps):
    """x repeated along each axis."""
    reps = (reps,) if isinstance(reps, int) else tuple(reps)
    n = max(len(reps), np.ndim(x))
    reps = (1,) * (n - len(reps)) + reps
    x = np.reshape(x, (1,) * (n - np.ndim(x)) + np.shape(x))
    for axis in range(n):
        if reps[axis] != 1:
            x = np.concatenate([x] * reps[axis], axis=axis)
    return x

def repeat(x, repeats, axis=None):
    """Each element repeated."""
    x = np.ravel(x) if axis is None else x
    axis = 0 if axis is None else axis % x.ndim
    at = [i for i in range(x.shape[axis]) for _ in range(repeats)]
    return x[(slice(None),) * axis + (at,)]

def flip(x, axis=None):
    """x in reverse order."""
    axes = range(x.ndim) if axis is None else (axis % x.ndim,)
    return x[tuple([slice(None, None, -1) if i in axes else slice(None) for i in range(x.ndim)])]

def roll(x, shift, axis=None):
    """x moved along, what falls off at the end comes in at the start."""
    flat = np.ravel(x) if axis is None else x
    axis_ = 0 if axis is None else axis % x.ndim
    n = flat.shape[axis_]
    moved = flat[(slice(None),) * axis_ + ([(i - shift) % n for i in range(n)],)]
    return np.reshape(moved, x.shape) if axis is None else moved

def pad(x, pad_width, mode="constant", constant_values=0):
    """x with a border of one number."""
    assert mode == "constant", "only a constant border is known here"
    x = np.asarray(x)
    if isinstance(pad_width, int):
        pad_width = [(pad_width, pad_width)] * x.ndim
    elif isinstance(pad_width[0], int):
        pad_width = [tuple(pad_width)] * x.ndim
    pad_width = [(pair[0], pair[-1]) for pair in pad_width]
    shape = tuple([a + n + b for (a, b), n in zip(pad_width, x.shape)])
    out = np.full(shape, constant_values, dtype=x.dtype)
    out[tuple([slice(a, a + n) for (a, b), n in zip(pad_width, x.shape)])] = x
    return out

def tril(x, k=0):
    """The lower triangle of x, the rest 0."""
    i, j = np.arange(x.shape[-2])[:, None], np.arange(x.shape[-1])[None, :]
    return np.where(j - i <= k, x, np.zeros(1, dtype=x.dtype))

def triu(x, k=0):
    """The upper triangle of x, the rest 0."""
    i, j = np.arange(x.shape[-2])[:, None], np.arange(x.shape[-1])[None, :]
    return np.where(j - i >= k, x, np.zeros(1, dtype=x.dtype))

def tri(N, M=None, k=0):
    """Ones at and below a diagonal, zeros above it."""
    return 1.0 * (np.arange(M or N)[None, :] - np.arange(N)[:, None] <= k)

def trace(x):
    """The sum of the diagonal."""
    return np.sum(np.diag(x))

def average(x, axis=None, weights=None):
    """The mean, weighted if there are weights."""
    if weights is None:
        return np.mean(x, axis=axis)
    return np.sum(x * weights, axis=axis) / np.sum(weights, axis=axis)

def ptp(x, axis=None):
    """The largest less the smallest."""
    return np.max(x, axis=axis) - np.min(x, axis=axis)

def full_like(x, fill_value):
    """One number in the shape of x."""
    out = np.zeros_like(x)
    out[...] = fill_value
    return out

def diff(x, axis=-1):
    """Each element less the one before it."""
    axis = axis % x.ndim
    before = (slice(None),) * axis
    return x[before + (slice(1, None),)] - x[before + (slice(None, -1),)]

def moveaxis(x, source, destination):
    """x with one axis moved."""
    order = [i for i in range(x.ndim) if i != source % x.ndim]
    order.insert(destination % x.ndim, source % x.ndim)
    return np.transpose(x, order)

def tensordot(a, b, axes=2):
    """Sums of products over the last axes of a and the first of b."""
    if not isinstance(axes, int):
        of_a = [axes[0]] if isinstance(axes[0], int) else list(axes[0])
        of_b = [axes[1]] if isinstance(axes[1], int) else list(axes[1])
        of_a, of_b = [i % a.ndim for i in of_a], [i % b.ndim for i in of_b]
        a = np.transpose(a, [i for i in range(a.ndim) if i not in of_a] + of_a)
        b = np.transpose(b, of_b + [i for i in range(b.ndim) if i not in of_b])
        axes = len(of_a)
    if axes == 0:
        return np.reshape(outer(a, b), a.shape + b.shape)
    kept_a, kept_b = a.shape[: a.ndim - axes], b.shape[axes:]
    n = 1
    for length in b.shape[:axes]:
        n = n * length
    return np.reshape(np.reshape(a, (-1, n)) @ np.reshape(b, (n, -1)), kept_a + kept_b)

def ndindex(*shape):
    """All places in an array of this shape, in order."""
    if len(shape) == 1 and isinstance(shape[0], tuple):
        shape = shape[0]
    places = [()]
    for n in shape:
        places = [(*place, i) for place in places for i in range(n)]
    return places

def ndenumerate(arr):
    """All places in an array, each with what stands there."""
    return [(place, arr[place]) for place in ndindex(*arr.shape)]

class nditer:
    """The places of an array one after the other, as numerical gradients go through them."""

    def __init__(self, op, flags=None, op_flags=None):
        self.places = ndindex(*op.shape)
        self.at = 0

    @property
    def finished(self):
        return self.at >= len(self.places)

    @property
    def multi_index(self):
        return self.places[self.at]

    def iternext(self):
        self.at = self.at + 1
        return self.at < len(self.places)

class columns:
    """np.c_[a, b]: side by side."""

    def __getitem__(self, parts):
        parts = parts if isinstance(parts, tuple) else (parts,)
        return np.concatenate([np.reshape(x, (-1, 1)) if x.ndim < 2 else x for x in parts], axis=-1)

class rows:
    """np.r_[a, b]: one after the other."""

    def __getitem__(self, parts):
        parts = parts if isinstance(parts, tuple) else (parts,)
        return np.concatenate([np.atleast_1d(x) for x in parts])

class places:
    """np.s_[0, 1:]: an index as a value."""

    def __getitem__(self, index):
        return index
'''
"""Functions of NumPy, written in the language."""

IN_NUMPY = (
    "std",
    "outer",
    "inner",
    "vdot",
    "norm",
    "squeeze",
    "atleast_1d",
    "atleast_2d",
    "hstack",
    "vstack",
    "column_stack",
    "tile",
    "repeat",
    "flip",
    "roll",
    "pad",
    "tril",
    "triu",
    "tri",
    "trace",
    "average",
    "ptp",
    "full_like",
    "diff",
    "moveaxis",
    "tensordot",
    "ndindex",
    "ndenumerate",
)
"""Those that are functions, each under its own name after `np.`."""

CLASSES = MappingProxyType({"c_": "columns", "r_": "rows", "s_": "places"})
"""Objects that are indexed, by what stands after `np.`: the classes of them."""
"""What of both is there as `np.name`; those of NumPy are there under that name only."""
