"""Functions of NumPy on vectors and matrices, written in the language: products, norms, powers."""

from __future__ import annotations

SOURCE = '''
def outer(a: array_like, b: array_like):
    """Every product of an element of a and one of b."""
    return np.ravel(a)[:, None] * np.ravel(b)[None, :]

def inner(a: array_like, b: array_like):
    """The sum of products along the last axes."""
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return a * b
    return a @ np.swapaxes(b, -1, -2) if b.ndim > 1 else a @ b

def vdot(a: array_like, b: array_like):
    """The sum of products of all elements."""
    return np.dot(np.ravel(a), np.ravel(b))

def kron(a: array_like, b: array_like):
    """b once for each element of a, times that element."""
    n = max(np.ndim(a), np.ndim(b))
    long = (1,) * (n - np.ndim(a)) + np.shape(a)
    short = (1,) * (n - np.ndim(b)) + np.shape(b)
    a = np.reshape(a, [length for each in long for length in (each, 1)])
    b = np.reshape(b, [length for each in short for length in (1, each)])
    return np.reshape(a * b, tuple([p * q for p, q in zip(long, short)]))

def cross(a: array_like, b: array_like, *, axis=-1):
    """The vector that stands on two others, as long as the area between them."""
    a, b = moveaxis(a, axis, -1), moveaxis(b, axis, -1)
    assert a.shape[-1] == 3 and b.shape[-1] == 3, "cross takes vectors of 3 numbers"
    a0, a1, a2 = a[..., 0], a[..., 1], a[..., 2]
    b0, b1, b2 = b[..., 0], b[..., 1], b[..., 2]
    made = np.stack([a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0], axis=-1)
    return moveaxis(made, -1, axis)

def tensordot(a: array_like, b: array_like, axes=2):
    """Sums of products over the last axes of a and the first of b."""
    if not isinstance(axes, int):
        of_a = [axes[0]] if isinstance(axes[0], int) else list(axes[0])
        of_b = [axes[1]] if isinstance(axes[1], int) else list(axes[1])
        of_a, of_b = list(axes_of(tuple(of_a), a.ndim)), list(axes_of(tuple(of_b), b.ndim))
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

def matrix_power(a: array_like, n):
    """a multiplied by itself n times, by squares of squares; its inverse for n below 0."""
    assert isinstance(n, int), "the exponent must be a whole number"
    if n == 0:
        return np.broadcast_to(np.eye(a.shape[-1], dtype=a.dtype), a.shape)
    square, n = (a, n) if n > 0 else (np.linalg.inv(a), -n)
    if n == 3:
        return square @ square @ square
    made = None
    while n > 0:
        if n % 2:
            made = square if made is None else made @ square
        n = n // 2
        square = square @ square if n > 0 else square
    return made

def multi_dot(arrays):
    """The product of several matrices, in the order that takes the fewest multiplications."""
    arrays = [np.asarray(each) for each in arrays]
    n = len(arrays)
    assert n > 1, "multi_dot needs two arrays"
    one_row, one_column = arrays[0].ndim == 1, arrays[-1].ndim == 1
    arrays[0] = atleast_2d(arrays[0])
    arrays[-1] = np.reshape(arrays[-1], (-1, 1)) if one_column else arrays[-1]
    assert all([each.ndim == 2 for each in arrays]), "in between there are matrices"
    if n == 2:
        made = np.dot(arrays[0], arrays[1])
    elif n == 3:
        (p, q), (r, s) = arrays[0].shape, arrays[2].shape
        if p * r * (q + s) < q * s * (p + r):
            made = np.dot(np.dot(arrays[0], arrays[1]), arrays[2])
        else:
            made = np.dot(arrays[0], np.dot(arrays[1], arrays[2]))
    else:
        made = in_order(arrays, cheapest([each.shape[0] for each in arrays] + [arrays[-1].shape[1]]), 0, n - 1)
    if one_row and one_column:
        return made[0, 0]
    return np.ravel(made) if one_row or one_column else made

def cheapest(lengths):
    """For each part of a product, where to divide it: the cheapest way, from the shortest parts on (Cormen et al.)."""
    n = len(lengths) - 1
    cost = [[0] * n for _ in range(n)]
    split = [[0] * n for _ in range(n)]
    for size in range(1, n):
        for i in range(n - size):
            j = i + size
            prices = [cost[i][k] + cost[k + 1][j] + lengths[i] * lengths[k + 1] * lengths[j + 1] for k in range(i, j)]
            cost[i][j] = min(prices)
            split[i][j] = i + prices.index(min(prices))
    return split

def in_order(arrays, split, i, j):
    """The product of the arrays from i to j."""
    if i == j:
        return arrays[i]
    return np.dot(in_order(arrays, split, i, split[i][j]), in_order(arrays, split, split[i][j] + 1, j))

def norm(x: array_like, ord=None, axis=None, keepdims=False):
    """How long a vector is, or how large a matrix: the root of the sum of squares, and the other norms."""
    x = np.asarray(x, dtype=float)
    n = x.ndim
    if axis is None and (ord is None or (ord == "fro" and n == 2) or (ord == 2 and n == 1)):
        flat = np.ravel(as_stored(x))
        length = np.sqrt(np.dot(flat, flat))
        return np.reshape(length, (1,) * n) if keepdims else length
    axes = axes_of(axis, n)
    assert len(axes) in (1, 2), "a norm is that of vectors or of matrices"
    found = vector_norm(x, ord, axes[0]) if len(axes) == 1 else matrix_norm(x, ord, axes)
    return found if keepdims else np.reshape(found, [length for i, length in enumerate(x.shape) if i not in axes])[()]

def vector_norm(x, ord, axis):
    """That of the vectors along an axis, which stays with length 1."""
    if ord is None or ord == 2:
        return np.sqrt(np.sum(x * x, axis=axis, keepdims=True))
    assert not isinstance(ord, str), "this is a norm of matrices"
    if ord == np.inf:
        return np.max(np.abs(x), axis=axis, keepdims=True)
    if ord == -np.inf:
        return np.min(np.abs(x), axis=axis, keepdims=True)
    if ord == 0:
        return np.sum((x != 0).astype(float), axis=axis, keepdims=True)
    if ord == 1:
        return np.sum(np.abs(x), axis=axis, keepdims=True)
    return np.sum(np.abs(x) ** ord, axis=axis, keepdims=True) ** (1 / ord)

def matrix_norm(x, ord, axes):
    """That of the matrices in two axes, which stay with length 1."""
    row, column = axes
    if ord is None or ord == "fro":
        return np.sqrt(np.sum(x * x, axis=axes, keepdims=True))
    if ord in (2, -2, "nuc"):
        assert x.ndim == 2, "this norm is known for one matrix here"
        values = np.linalg.svd(x, compute_uv=False)
        found = np.sum(values) if ord == "nuc" else np.max(values) if ord == 2 else np.min(values)
        return np.reshape(found, (1, 1))
    assert ord in (1, -1, np.inf, -np.inf), "the norms of a matrix are 'fro', 'nuc', 1, 2 and inf"
    added, kept = (row, column) if abs(ord) == 1 else (column, row)
    sums = np.sum(np.abs(x), axis=added, keepdims=True)
    return np.max(sums, axis=kept, keepdims=True) if ord > 0 else np.min(sums, axis=kept, keepdims=True)

def trace(x: array_like, offset=0, axis1=0, axis2=1):
    """The sum of the diagonal."""
    return np.sum(diagonal(x, offset, axis1, axis2), axis=-1)

def vander(x: array_like, N=None, increasing=False):
    """The powers of x side by side, the highest first."""
    N = len(x) if N is None else N
    columns = [np.ones_like(x)] + [x] * (N - 1)
    for i in range(2, N):
        columns[i] = columns[i - 1] * x
    return np.stack(columns[:N] if increasing else columns[:N][::-1], axis=1)
'''
IN_NUMPY = ("outer", "inner", "vdot", "kron", "cross", "tensordot", "trace", "vander")
"""Those that are functions of NumPy, each under its own name after `np.`."""
IN_LINALG = ("norm", "matrix_power", "multi_dot")
"""Those that stand after `np.linalg.`."""
