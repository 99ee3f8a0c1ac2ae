"""Functions after `torch.` that pick, place and rearrange elements, and distributions. All but the names that torch
alone has are methods of a tensor, too."""

from __future__ import annotations

SOURCE = '''
def gather(input, dim, index):
    dim = dim % len(input.shape)
    inside = tuple([slice(None) if i == dim else slice(n) for i, n in enumerate(index.shape)])
    return as_made_by(np.take_along_axis(input[inside], index, dim), "GatherBackward0")

def where_to(index, dim):
    """The places of all elements that an index along one axis names, axis by axis."""
    places = [np.reshape(np.arange(n), (-1,) + (1,) * (len(index.shape) - i - 1)) for i, n in enumerate(index.shape)]
    places[dim] = index
    return tuple(places)

def spread(src, index):
    return src[tuple([slice(n) for n in index.shape])] if torch.is_tensor(src) else src

def scatter(input, dim, index, src):
    made = input.clone()
    made[where_to(index, dim)] = spread(src, index)
    return as_made_by(made, "ScatterBackward0" if torch.is_tensor(src) else "ScatterBackward1")

def scatter_add(input, dim, index, src):
    made = input.clone()
    np.add.at(made, where_to(index, dim), spread(src, index))
    return as_made_by(made, "ScatterAddBackward0")

def index_select(input, dim, index):
    at = (slice(None),) * (dim % len(input.shape)) + (index,)
    return as_made_by(input[at], "IndexSelectBackward0")

def index_add(input, dim, index, source):
    made = input.clone()
    np.add.at(made, (slice(None),) * (dim % len(input.shape)) + (index,), source)
    return as_made_by(made, "IndexAddBackward0")

def normal(mean, std=1.0, size=None, generator=None):
    if size is None:
        size = (mean + torch.zeros_like(std)).shape if torch.is_tensor(std) and torch.is_tensor(mean) else (
            mean.shape if torch.is_tensor(mean) else std.shape
        )
    return torch.randn(size, generator=generator) * std + mean

def take(input, index):
    return as_made_by(np.reshape(input, (-1,))[index], "TakeBackward0")

def masked_select(input, mask):
    return as_made_by(input[mask], "MaskedSelectBackward0")

def unbind(input, dim=0):
    rows = np.moveaxis(input, dim, 0)
    return tuple([as_made_by(rows[i], "UnbindBackward0") for i in range(rows.shape[0])])

def narrow(input, dim, start, length):
    at = (slice(None),) * (dim % len(input.shape)) + (slice(start, start + length),)
    return as_made_by(input[at], "SliceBackward0")

def select(input, dim, index):
    return as_made_by(input[(slice(None),) * (dim % len(input.shape)) + (index,)], "SelectBackward0")

def unflatten(input, dim, sizes):
    dim = dim % len(input.shape)
    return np.reshape(input, tuple(input.shape[:dim]) + tuple(sizes) + tuple(input.shape[dim + 1:]))

def ravel(input):
    return np.reshape(input, (-1,))

def view_as(input, other):
    return np.reshape(input, other.shape)

def reshape_as(input, other):
    return np.reshape(input, other.shape)

def together(given, named):
    """Numbers that are handed over one by one, as one tuple, or by name."""
    return named if named is not None else given[0] if isinstance(given[0], (tuple, list)) else given

def flip(input, *axes, dims=None):
    dims = together(axes, dims)
    return as_made_by(np.flip(input, dims), "FlipBackward0")

def roll(input, shifts, dims=None):
    return as_made_by(np.roll(input, shifts, dims), "RollBackward0")

def repeat_interleave(input, repeats, dim=None):
    return as_made_by(np.repeat(input, repeats, axis=dim), "IndexSelectBackward0")

def tile(input, *sizes, dims=None):
    return as_made_by(np.tile(input, together(sizes, dims)), "RepeatBackward0")

def tril(input, diagonal=0):
    return as_made_by(np.tril(input, diagonal), "TrilBackward0")

def triu(input, diagonal=0):
    return as_made_by(np.triu(input, diagonal), "TriuBackward0")

def diagonal(input, offset=0, dim1=0, dim2=1):
    return as_made_by(np.diagonal(input, offset, dim1, dim2), "DiagonalBackward0")

def swapaxes(input, axis0, axis1):
    return np.swapaxes(input, axis0, axis1)

def movedim(input, source, destination):
    return as_made_by(np.moveaxis(input, source, destination), "PermuteBackward0")

def hstack(tensors):
    return torch.cat(tensors, dim=0 if len(tensors[0].shape) == 1 else 1)

def vstack(tensors):
    return torch.cat([np.reshape(t, (1, -1)) if len(t.shape) == 1 else t for t in tensors], dim=0)

def tensordot(a, b, dims=2):
    return np.tensordot(a, b, dims)

def addmm(input, mat1, mat2, beta=1, alpha=1):
    return as_made_by(beta * input + alpha * (mat1 @ mat2), "AddmmBackward0")

def lerp(input, end, weight):
    name = "LerpBackward1" if torch.is_tensor(weight) else "LerpBackward0"
    return as_made_by(input + weight * (end - input), name)

def cumprod(input, dim):
    return as_made_by(np.cumprod(input, axis=dim), "CumprodBackward0")

def logaddexp(input, other):
    return as_made_by(np.logaddexp(input, other), "LogaddexpBackward0")

def argsort(input, dim=-1, descending=False):
    return np.argsort(-input if descending else input, axis=dim, kind="stable")

def count_nonzero(input, dim=None):
    return np.sum((input != 0) * 1, axis=dim)

def bincount(input, minlength=0):
    size = int(np.max(input)) + 1
    size = minlength if size < minlength else size
    return as_like(np.sum((np.expand_dims(input, 0) == np.expand_dims(np.arange(size), 1)) * 1, axis=1), input)

def bernoulli(input, generator=None):
    return (torch.rand(input.shape, generator=generator) < input.detach()) * 1.0

def multinomial(input, num_samples, replacement=False, generator=None):
    """PyTorch draws one class, or several that differ, as the largest of p / e, with exponential numbers e; others by
    the sums of p."""
    rows = input.detach()
    if num_samples == 1 or not replacement:
        order = np.argsort(-rows / drawn(rows.shape, "exponential", generator), axis=-1)
        return order[..., :num_samples]
    sums = np.cumsum(rows / np.sum(rows, axis=-1, keepdims=True), axis=-1)
    u = drawn(rows.shape[:-1] + (num_samples,), "uniform", generator)
    return np.sum((np.expand_dims(u, -1) >= np.expand_dims(sums[..., :-1], -2)) * 1, axis=-1)

class Categorical:
    """One of several classes, by probabilities or by their logarithms but for a constant."""

    def __init__(self, probs=None, logits=None):
        assert (probs is None) != (logits is None), "Either `probs` or `logits` must be specified, but not both."
        if probs is not None:
            self.probs = probs / np.sum(probs, axis=-1, keepdims=True)
            self.logits = torch.log(self.probs)
        else:
            self.logits = logits - logsumexp(logits, -1, True)
            self.probs = softmax(logits, -1)

    def sample(self):
        with torch.no_grad():
            rows = np.reshape(self.probs, (-1, self.probs.shape[-1]))
            return np.reshape(multinomial(rows, 1, True), self.probs.shape[:-1])

    def log_prob(self, value):
        return gather(self.logits, -1, torch.unsqueeze(value, -1))[..., 0]

    def entropy(self):
        return -np.sum(self.probs * self.logits, axis=-1)

class Normal:
    """A normal distribution."""

    def __init__(self, loc, scale):
        self.loc, self.scale = loc, scale
        self.mean, self.stddev = loc, scale

    def rsample(self):
        return self.loc + self.scale * torch.randn_like(self.loc + 0.0 * self.scale)

    def sample(self):
        with torch.no_grad():
            return self.rsample().detach()

    def log_prob(self, value):
        return -((value - self.loc) ** 2) / (2 * self.scale ** 2) - torch.log(self.scale) - 0.9189385332046727
'''
METHODS = ("view_as", "reshape_as")
"""Names that only a method has."""
IN_TORCH = (
    *("gather", "scatter", "scatter_add", "index_select", "index_add", "take", "masked_select", "unbind", "narrow"),
    *("select", "unflatten", "ravel"),
    *("flip", "roll", "repeat_interleave", "tile", "diagonal", "swapaxes", "movedim", "hstack", "vstack", "tensordot"),
    *(
        "addmm",
        "lerp",
        "cumprod",
        "logaddexp",
        "argsort",
        "count_nonzero",
        "tril",
        "triu",
        "bincount",
        "bernoulli",
        "normal",
        "multinomial",
    ),
)
IN_DISTRIBUTIONS = ("Categorical", "Normal")
