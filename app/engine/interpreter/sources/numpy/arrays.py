"""Functions of NumPy that put arrays together, take them apart and turn them, written in the language."""

from __future__ import annotations

SOURCE = '''
def squeeze(x: array_like, axis=None):
    """x without its axes of length 1."""
    axes = axes_of(axis, x.ndim)
    assert axis is None or all([x.shape[i] == 1 for i in axes]), "an axis to squeeze must have length 1"
    return np.reshape(x, tuple([n for i, n in enumerate(x.shape) if n != 1 or i not in axes]))

def atleast_1d(x: array_like):
    """x with at least one axis."""
    return np.reshape(x, (1,)) if np.ndim(x) == 0 else x

def atleast_2d(x: array_like):
    """x with at least two axes."""
    return np.reshape(x, (1, -1)) if np.ndim(x) < 2 else x

def atleast_3d(x: array_like):
    """x with at least three axes; those of a matrix come first."""
    if np.ndim(x) > 2:
        return x
    return np.reshape(x, (*np.shape(x), 1) if np.ndim(x) == 2 else (1, -1, 1))

def hstack(arrays):
    """Arrays side by side."""
    arrays = [atleast_1d(a) for a in arrays]
    return np.concatenate(arrays, axis=0 if arrays[0].ndim == 1 else 1)

def vstack(arrays):
    """Arrays below one another."""
    return np.concatenate([atleast_2d(a) for a in arrays], axis=0)

def dstack(arrays):
    """Arrays behind one another, along a third axis."""
    return np.concatenate([atleast_3d(a) for a in arrays], axis=2)

def column_stack(arrays):
    """Vectors as the columns of a matrix."""
    arrays = [np.asarray(a) for a in arrays]
    return np.concatenate([a[:, None] if a.ndim == 1 else a for a in arrays], axis=1)

def depth_of(part):
    """How deep lists are nested, and the most axes of an array in them."""
    if not isinstance(part, list):
        return 0, np.ndim(part)
    found = [depth_of(each) for each in part]
    assert found and all([each[0] == found[0][0] for each in found]), "the lists are nested differently"
    return found[0][0] + 1, max([each[1] for each in found])

def joined(part, depth, n):
    """Nested lists of arrays as one array of n axes: the innermost lists side by side."""
    if depth == 0:
        return np.reshape(part, (1,) * (n - np.ndim(part)) + np.shape(part))
    return np.concatenate([joined(each, depth - 1, n) for each in part], axis=n - depth)

def block(arrays):
    """An array made of blocks, which stand as the nested lists do."""
    depth, n = depth_of(arrays)
    return joined(arrays, depth, max(depth, n))

def array_split(ary: array_like, indices_or_sections, axis=0):
    """Parts of nearly the same length; the first ones are longer."""
    if np.ndim(indices_or_sections) > 0:
        return np.split(ary, indices_or_sections, axis)
    assert indices_or_sections > 0, "sections must be a whole number from 1"
    each, longer = divmod(ary.shape[axis_of(axis, ary.ndim)], indices_or_sections)
    ends = [i * each + min(i, longer) for i in range(1, indices_or_sections)]
    return np.split(ary, ends, axis)

def hsplit(ary: array_like, indices_or_sections):
    """Parts side by side."""
    return np.split(ary, indices_or_sections, 0 if ary.ndim == 1 else 1)

def vsplit(ary: array_like, indices_or_sections):
    """Parts below one another."""
    assert ary.ndim > 1, "vsplit needs an array of two axes"
    return np.split(ary, indices_or_sections, 0)

def dsplit(ary: array_like, indices_or_sections):
    """Parts along the third axis."""
    assert ary.ndim > 2, "dsplit needs an array of three axes"
    return np.split(ary, indices_or_sections, 2)

def tile(x: array_like, reps):
    """x repeated along each axis."""
    reps = (reps,) if isinstance(reps, int) else tuple(reps)
    n = max(len(reps), np.ndim(x))
    reps = (1,) * (n - len(reps)) + reps
    x = np.reshape(x, (1,) * (n - np.ndim(x)) + np.shape(x))
    for axis in range(n):
        if reps[axis] != 1:
            x = np.concatenate([x] * reps[axis], axis=axis)
    return x

def repeat(x: array_like, repeats, axis=None):
    """Each element repeated, all as often or each as often as it says."""
    x = np.ravel(x) if axis is None else x
    axis = axis_of(0 if axis is None else axis, x.ndim)
    n = x.shape[axis]
    times = [repeats] * n if np.ndim(repeats) == 0 else list(repeats)
    times = times * n if len(times) == 1 else times
    assert len(times) == n, "there must be one number of repeats for each element"
    at = [i for i in range(n) for _ in range(times[i])]
    return x[(slice(None),) * axis + (at,)]

def resize(a: array_like, new_shape):
    """The elements in another shape, from the start again as often as needed."""
    shape = (new_shape,) if isinstance(new_shape, int) else tuple(new_shape)
    total = 1
    for length in shape:
        total = total * length
    return np.reshape(np.ravel(a)[np.arange(total) % a.size], shape)

def flip(x: array_like, axis=None):
    """x in reverse order."""
    axes = axes_of(axis, x.ndim)
    return x[tuple([slice(None, None, -1) if i in axes else slice(None) for i in range(x.ndim)])]

def flipud(m: array_like):
    """The rows in reverse order."""
    return flip(m, 0)

def fliplr(m: array_like):
    """The columns in reverse order."""
    return flip(m, 1)

def rot90(m: array_like, k=1, axes=(0, 1)):
    """A matrix turned by quarters, against the clock."""
    first, second = axis_of(axes[0], m.ndim), axis_of(axes[1], m.ndim)
    assert first != second, "the two axes must differ"
    k = k % 4
    if k == 0:
        return m[...]
    if k == 2:
        return flip(flip(m, first), second)
    return np.swapaxes(flip(m, second), first, second) if k == 1 else flip(np.swapaxes(m, first, second), second)

def roll(x: array_like, shift, axis=None):
    """x moved along, what falls off at the end comes in at the start."""
    if axis is None:
        return np.reshape(roll(np.ravel(x), shift, 0), x.shape)
    axes = axis if isinstance(axis, tuple) else (axis,)
    shifts = shift if isinstance(shift, tuple) else (shift,) * len(axes)
    for by, each in zip(shifts, axes):
        each = axis_of(each, x.ndim)
        n = x.shape[each]
        x = x[(slice(None),) * each + ([(i - by) % n for i in range(n)],)]
    return x

def moveaxis(x: array_like, source, destination):
    """x with some axes moved."""
    source = axes_of(source, x.ndim)
    destination = axes_of(destination, x.ndim)
    assert len(source) == len(destination), "there must be as many new places as axes"
    order = [i for i in range(x.ndim) if i not in source]
    for to, axis in sorted(zip(destination, source)):
        order.insert(to, axis)
    return np.transpose(x, order)

def rollaxis(a: array_like, axis, start=0):
    """a with one axis moved before another one."""
    axis = axis_of(axis, a.ndim)
    start = start + a.ndim if start < 0 else start
    start = start - 1 if axis < start else start
    return moveaxis(a, axis, start)

def broadcast_arrays(*args):
    """Arrays in the shape that they have together."""
    args = [np.asarray(each) for each in args]
    shape = np.broadcast_shapes(*[each.shape for each in args])
    return tuple([np.broadcast_to(each, shape) for each in args])

def full_like(x: array_like, fill_value, dtype=None):
    """One number in the shape of x."""
    out = np.zeros_like(x) if dtype is None else np.zeros_like(x, dtype=dtype)
    out[...] = fill_value
    return out

def tril(x: array_like, k=0):
    """The lower triangle of x, the rest 0."""
    i, j = np.arange(x.shape[-2])[:, None], np.arange(x.shape[-1])[None, :]
    return np.where(j - i <= k, x, np.zeros(1, dtype=x.dtype))

def triu(x: array_like, k=0):
    """The upper triangle of x, the rest 0."""
    i, j = np.arange(x.shape[-2])[:, None], np.arange(x.shape[-1])[None, :]
    return np.where(j - i >= k, x, np.zeros(1, dtype=x.dtype))

def tri(N, M=None, k=0, dtype=float):
    """Ones at and below a diagonal, zeros above it."""
    return (np.arange(N if M is None else M)[None, :] - np.arange(N)[:, None] <= k).astype(dtype)

def diagonal(a: array_like, offset=0, axis1=0, axis2=1):
    """The diagonal of a matrix, or of each in two axes."""
    if a.ndim == 2 and axis_of(axis1, 2) == 0 and axis_of(axis2, 2) == 1:
        return np.diag(a, offset)
    assert a.ndim > 1, "a diagonal needs two axes"
    a = moveaxis(a, (axis1, axis2), (-2, -1))
    rows, columns = a.shape[-2] - max(-offset, 0), a.shape[-1] - max(offset, 0)
    at = np.arange(max(0, min(rows, columns)))
    return a[..., at + max(-offset, 0), at + max(offset, 0)]

def diagflat(v: array_like, k=0):
    """A matrix with this diagonal."""
    return np.diag(np.ravel(v), k)

def fill_diagonal(a, val):
    """Stores along the diagonal of a matrix."""
    at = np.arange(min(a.shape))
    a[at, at] = resize(val, len(at)) if np.ndim(val) > 0 else val

def append(arr: array_like, values: array_like, axis=None):
    """Values behind an array; both flat without an axis."""
    if axis is None:
        return np.concatenate([np.ravel(arr), np.ravel(values)])
    return np.concatenate([arr, values], axis=axis)

def insert(arr: array_like, obj, values: array_like, axis=None):
    """Values before a place."""
    assert np.ndim(obj) == 0, "only one place is known here"
    arr = np.ravel(arr) if axis is None else arr
    axis = axis_of(0 if axis is None else axis, arr.ndim)
    obj = int(obj) + arr.shape[axis] if obj < 0 else int(obj)
    values = moveaxis(np.reshape(values, (1,) * (arr.ndim - np.ndim(values)) + np.shape(values)), 0, axis)
    shape = arr.shape[:axis] + (values.shape[axis],) + arr.shape[axis + 1:]
    before = (slice(None),) * axis
    new = np.broadcast_to(values.astype(arr.dtype), shape)
    return np.concatenate([arr[before + (slice(None, obj),)], new, arr[before + (slice(obj, None),)]], axis=axis)

def delete(arr: array_like, obj, axis=None):
    """An array without some places."""
    arr = np.ravel(arr) if axis is None else arr
    axis = axis_of(0 if axis is None else axis, arr.ndim)
    n = arr.shape[axis]
    gone = [i % n for i in np.atleast_1d(counted(obj, n))]
    return arr[(slice(None),) * axis + ([i for i in range(n) if i not in gone],)]

def sliding_window_view(x: array_like, window_shape, axis=None):
    """All windows of a length, in axes of their own behind those that say where a window begins."""
    lengths = (window_shape,) if isinstance(window_shape, int) else tuple(window_shape)
    axes = axes_of(axis, x.ndim)
    assert len(lengths) == len(axes), "there must be one length for each axis"
    n = x.ndim + len(axes)
    index = [np.reshape(np.arange(long), (1,) * i + (-1,) + (1,) * (n - i - 1)) for i, long in enumerate(x.shape)]
    for i, (length, along) in enumerate(zip(lengths, axes)):
        assert 0 < length <= x.shape[along], "a window must fit into its axis"
        starts = np.arange(x.shape[along] - length + 1)
        starts = np.reshape(starts, (1,) * along + (-1,) + (1,) * (n - along - 1))
        inside = np.reshape(np.arange(length), (-1,) + (1,) * (len(axes) - i - 1))
        index[along] = starts + inside
    return x[tuple(index)]

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
'''
IN_NUMPY = (
    *("squeeze", "atleast_1d", "atleast_2d", "atleast_3d", "hstack", "vstack", "dstack", "column_stack", "block"),
    *("array_split", "hsplit", "vsplit", "dsplit", "tile", "repeat", "resize", "flip", "flipud", "fliplr", "rot90"),
    *("roll", "moveaxis", "rollaxis", "broadcast_arrays", "full_like", "tril", "triu", "tri", "diagonal", "diagflat"),
    *("fill_diagonal", "append", "insert", "delete", "pad"),
)
"""Those that are functions of NumPy, each under its own name after `np.`."""
