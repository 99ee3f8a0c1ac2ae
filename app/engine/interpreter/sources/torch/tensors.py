"""Functions after `torch.`, which are methods of a tensor too. The root of a sum of squares has the slope 0 at 0, as
PyTorch has it."""

from __future__ import annotations

SOURCE = '''
class extremes:
    """The largest or smallest numbers along an axis, and their places."""

    def __init__(self, name, values, indices):
        self.name = name
        self.values = values
        self.indices = indices

    def __getitem__(self, at):
        return (self.values, self.indices)[at]

    def __iter__(self):
        return [self.values, self.indices]

    def __len__(self):
        return 2

    def __repr__(self):
        return f"torch.return_types.{self.name}(\\nvalues={self.values!r},\\nindices={self.indices!r})"

def picked(input, places, dim, keepdim, name):
    at = np.expand_dims(places, dim)
    values = np.take_along_axis(input, at, dim)
    values = values if keepdim else squeeze(values, dim)
    return extremes(name, as_made_by(values, name.title() + "Backward0"), at if keepdim else places)

def max(input, dim=None, keepdim=False):
    if dim is None:
        return np.max(input)
    if torch.is_tensor(dim):
        return np.maximum(input, dim)
    return picked(input, np.argmax(input, axis=dim), dim, keepdim, "max")

def min(input, dim=None, keepdim=False):
    if dim is None:
        return np.min(input)
    if torch.is_tensor(dim):
        return np.minimum(input, dim)
    return picked(input, np.argmin(input, axis=dim), dim, keepdim, "min")

def sort(input, dim=-1, descending=False):
    order = np.argsort(-input if descending else input, axis=dim, kind="stable")
    values = np.take_along_axis(input, order, dim)
    return extremes("sort", as_made_by(values, "SortBackward0"), order)

def topk(input, k, dim=-1, largest=True):
    order = np.argsort(-input if largest else input, axis=dim, kind="stable")
    order = order[(slice(None),) * (dim % len(input.shape)) + (slice(k),)]
    return extremes("topk", as_made_by(np.take_along_axis(input, order, dim), "TopkBackward0"), order)

def split(tensor, split_size_or_sections, dim=0):
    if isinstance(split_size_or_sections, (list, tuple)):
        sizes = list(split_size_or_sections)
        assert np.sum(sizes) == tensor.shape[dim], f"the sections {sizes} do not make up the axis"
    else:
        full, rest = divmod(tensor.shape[dim], split_size_or_sections)
        sizes = [split_size_or_sections] * full + ([rest] if rest else [])
    ends = [0]
    for size in sizes:
        ends.append(ends[-1] + size)
    return tuple([as_made_by(part, "SplitBackward0") for part in np.split(tensor, ends[1:-1], axis=dim)])

def chunk(input, chunks, dim=0):
    return split(input, -(-input.shape[dim] // chunks), dim)

def repeat(input, *sizes):
    return as_made_by(np.tile(input, sizes), "RepeatBackward0")

def equal(input, other):
    return input.shape == other.shape and bool(np.all(input == other))

def allclose(input, other, rtol=1e-05, atol=1e-08):
    return bool(np.all(abs(input - other) <= atol + rtol * abs(other)))

def squeeze(input, dim=None):
    if dim is not None:
        places = [d % len(input.shape) for d in (dim if isinstance(dim, (tuple, list)) else (dim,))]
        places = [d for d in places if input.shape[d] == 1]
        if not places:
            return input
        kept = [n for i, n in enumerate(input.shape) if i not in places]
    else:
        kept = [n for n in input.shape if n != 1]
    return as_made_by(np.reshape(input, tuple(kept)), "SqueezeBackward0" if dim is None else "SqueezeBackward1")

def t(input):
    return np.transpose(input)

def transpose(input, dim0, dim1):
    return np.swapaxes(input, dim0, dim1)

def permute(input, dims):
    return as_made_by(np.transpose(input, dims), "PermuteBackward0")

def flatten(input, start_dim=0, end_dim=-1):
    last = end_dim % len(input.shape)
    if start_dim == last:
        return input
    length = 1
    for n in input.shape[start_dim:last + 1]:
        length = length * n
    return np.reshape(input, input.shape[:start_dim] + (length,) + input.shape[last + 1:])

def root(input):
    inside = np.where(input == 0, 1.0, input)
    return np.where(input == 0, 0.0, np.sqrt(inside))

def var(input, dim=None, unbiased=True, keepdim=False, correction=None):
    ddof = (1 if unbiased else 0) if correction is None else correction
    return np.var(input, axis=dim, ddof=ddof, keepdims=keepdim)

def std(input, dim=None, unbiased=True, keepdim=False, correction=None):
    ddof = (1 if unbiased else 0) if correction is None else correction
    return as_made_by(root(np.var(input, axis=dim, ddof=ddof, keepdims=keepdim)), "StdBackward0")

def norm(input, p=2, dim=None, keepdim=False):
    return as_made_by(root(np.sum(input * input, axis=dim, keepdims=keepdim)), "LinalgVectorNormBackward0")

def rsqrt(input):
    return as_made_by(1.0 / np.sqrt(input), "RsqrtBackward0")

def softmax(input, dim, dtype=None):
    e = np.exp(input - np.max(input, axis=dim, keepdims=True))
    return as_made_by(e / np.sum(e, axis=dim, keepdims=True), "SoftmaxBackward0")

def log_softmax(input, dim, dtype=None):
    z = input - np.max(input, axis=dim, keepdims=True)
    return as_made_by(z - np.log(np.sum(np.exp(z), axis=dim, keepdims=True)), "LogSoftmaxBackward0")

def logsumexp(input, dim, keepdim=False):
    top = np.max(input, axis=dim, keepdims=True)
    total = np.log(np.sum(np.exp(input - top), axis=dim, keepdims=True)) + top
    return as_made_by(total if keepdim else squeeze(total, dim), "LogsumexpBackward0")

def masked_fill(input, mask, value):
    return as_made_by(np.where(mask, value, input), "MaskedFillBackward0")

def numel(input):
    return input.numel()
'''
METHODS = ("repeat",)
"""Names that only a method has."""
IN_TORCH = (
    *("max", "min", "squeeze", "t", "transpose", "permute", "flatten", "var", "std", "norm", "rsqrt"),
    *("softmax", "log_softmax", "logsumexp", "masked_fill", "numel", "sort", "topk", "split", "chunk"),
    *("equal", "allclose"),
)
