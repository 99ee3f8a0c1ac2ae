"""Functions of NumPy that pick elements by their places or by conditions, written in the language."""

from __future__ import annotations

SOURCE = '''
def take(a: array_like, indices: array_like, axis=None):
    """The elements at some places."""
    if axis is None:
        return np.ravel(a)[indices]
    return a[(slice(None),) * axis_of(axis, a.ndim) + (indices,)]

def along(shape, indices, axis):
    """An index that goes along one axis as `indices` say, and stays where it is in the others."""
    assert np.ndim(indices) == len(shape), "the indices need as many axes as the array"
    index = [np.reshape(np.arange(n), (1,) * i + (-1,) + (1,) * (len(shape) - i - 1)) for i, n in enumerate(shape)]
    index[axis_of(axis, len(shape))] = indices
    return tuple(index)

def take_along_axis(arr: array_like, indices: array_like, axis=-1):
    """The elements at places that each row has of its own, such as those that argsort gives."""
    if axis is None:
        return np.ravel(arr)[indices]
    return arr[along(arr.shape, indices, axis)]

def partition(a: array_like, kth, axis=-1):
    """The kth smallest at its place, smaller ones before it, larger ones behind."""
    a = np.ravel(a) if axis is None else a
    axis = axis_of(-1 if axis is None else axis, a.ndim)
    order = np.argsort(a, axis=axis, kind="stable")
    ordered = moveaxis(take_along_axis(a, order, axis), axis, 0)
    tied = len(ordered) > 1 and np.any(ordered[1:] == ordered[:-1])
    return take_along_axis(a, partitioned(a if tied else np.argsort(order, axis=axis), kth, axis), axis)

def put_along_axis(arr, indices: array_like, values, axis):
    """Stores at places that each row has of its own."""
    if axis is None:
        put(arr, indices, values)
    else:
        arr[along(arr.shape, indices, axis)] = values

def put(a, ind: array_like, v: array_like):
    """Stores at places counted through the whole array."""
    size = np.size(a)
    at = np.ravel(np.asarray(ind))
    assert np.all((at >= -size) & (at < size)), "an index is outside the array"
    a[np.unravel_index(at % size, a.shape)] = v if np.ndim(v) == 0 else resize(v, len(at))

def copyto(dst, src: array_like, where=True):
    """Stores an array in another one, or where a mask is true."""
    if where is True:
        dst[...] = src
    else:
        dst[...] = np.where(where, src, dst)

def putmask(a, mask: array_like, values: array_like):
    """Stores where a mask is true."""
    a[...] = np.where(mask, values if np.ndim(values) == 0 else resize(values, a.shape), a)

def compress(condition: array_like, a: array_like, axis=None):
    """The elements, or the rows along an axis, where a condition is true."""
    return take(a, np.nonzero(condition)[0], axis)

def extract(condition: array_like, arr: array_like):
    """The elements where a condition is true."""
    return np.ravel(arr)[np.nonzero(np.ravel(condition))[0]]

def choose(a: array_like, choices):
    """For each element the number of the array that it is taken from."""
    choices = broadcast_arrays(a, *choices)
    return take_along_axis(np.stack(choices[1:]), choices[0][None], 0)[0]

def select(condlist, choicelist, default=0):
    """The choice of the first condition that is true."""
    assert len(condlist) == len(choicelist), "there must be one choice for each condition"
    made = np.asarray(default)
    for condition, choice in zip(condlist[::-1], choicelist[::-1]):
        made = np.where(condition, choice, made)
    return made

def piecewise(x: array_like, condlist, funclist, *args):
    """For each condition a function of its own."""
    x = np.asarray(x)
    made = np.zeros_like(x)
    conditions = list(condlist) if np.ndim(condlist[0]) > 0 or x.ndim == 0 else [np.asarray(condlist)]
    if len(funclist) == len(conditions) + 1:
        rest = conditions[0]
        for condition in conditions[1:]:
            rest = np.logical_or(rest, condition)
        conditions.append(np.logical_not(rest))
    assert len(funclist) == len(conditions), "there must be one function for each condition, or one more"
    for condition, function in zip(conditions, funclist):
        if not callable(function):
            made = np.where(condition, np.asarray(function).astype(x.dtype), made)
        elif x.ndim == 0:
            made = np.asarray(function(x, *args)) if condition else made
        elif np.any(condition):
            made[condition] = function(x[condition], *args)
    return made

def alike(a, b):
    """Two flat arrays of one kind of numbers."""
    a, b = np.ravel(a), np.ravel(b)
    return (1.0 * a, 1.0 * b) if a.dtype != b.dtype and float in (a.dtype, b.dtype) else (a, b)

def union1d(ar1: array_like, ar2: array_like):
    """What is in one of two arrays, in order."""
    return np.unique(np.concatenate([np.ravel(ar1), np.ravel(ar2)]))

def intersect1d(ar1: array_like, ar2: array_like):
    """What is in both of two arrays, in order."""
    ar1, ar2 = alike(ar1, ar2)
    found = np.unique(ar1)
    return found[np.isin(found, ar2)]

def setdiff1d(ar1: array_like, ar2: array_like):
    """What is in one array and not in the other, in order."""
    found = np.unique(ar1)
    return found[np.isin(found, ar2, invert=True)]

def setxor1d(ar1: array_like, ar2: array_like):
    """What is in just one of two arrays, in order."""
    ar1, ar2 = alike(ar1, ar2)
    return union1d(setdiff1d(ar1, ar2), setdiff1d(ar2, ar1))

def heaviside(x1: array_like, x2: array_like):
    """0 below 0, 1 above it, and x2 at it."""
    return np.where(x1 == 0, 1.0 * x2, np.where(x1 > 0, 1.0, np.where(x1 < 0, 0.0, np.nan)))

def fmax(x1: array_like, x2: array_like):
    """The larger of two; the other one where one is nan."""
    return np.where(x1 != x1, x2, np.where(x2 != x2, x1, np.maximum(x1, x2)))[()]

def fmin(x1: array_like, x2: array_like):
    """The smaller of two; the other one where one is nan."""
    return np.where(x1 != x1, x2, np.where(x2 != x2, x1, np.minimum(x1, x2)))[()]

def ndindex(*shape):
    """All places in an array of this shape, in order."""
    if len(shape) == 1 and isinstance(shape[0], tuple):
        shape = shape[0]
    places = [()]
    for n in shape:
        places = [(*place, i) for place in places for i in range(n)]
    return places

def ndenumerate(arr: array_like):
    """All places in an array, each with what stands there."""
    return [(place, arr[place]) for place in ndindex(*arr.shape)]

def fromfunction(function, shape, *, dtype=float):
    """What a function makes of the places in an array of this shape."""
    return function(*[each.astype(dtype) for each in np.indices(shape)])

def fromiter(iter, dtype, count=-1):
    """An array of what an iterator gives."""
    items = list(iter)
    return np.array(items if count < 0 else items[:count], dtype=dtype)
'''
IN_NUMPY = (
    *(
        "take",
        "take_along_axis",
        "partition",
        "put_along_axis",
        "put",
        "copyto",
        "putmask",
        "compress",
        "extract",
        "choose",
    ),
    *("extract", "choose", "union1d", "intersect1d", "setdiff1d", "setxor1d"),
    *("select", "piecewise", "heaviside", "fmax", "fmin", "ndindex", "ndenumerate", "fromfunction", "fromiter"),
)
"""Those that are functions of NumPy, each under its own name after `np.`."""
