"""Functions written in the language itself. Each call is a group that can be opened. None has a rule of its own: their
derivatives follow from the chain rule. Axis -1 is the axis of classes, features or keys.

Sources: softmax and its logarithm are shifted by the largest logit, which changes nothing but the range (log-sum-exp).
Layer normalisation: Ba, Kiros, Hinton 2016. Root-mean-square normalisation: Zhang, Sennrich 2019. Attention: Vaswani et
al. 2017, softmax(q kᵀ / √d) v.
"""

from __future__ import annotations

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

def std(x: array_like, axis=None, *, ddof=0, keepdims=False):
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
