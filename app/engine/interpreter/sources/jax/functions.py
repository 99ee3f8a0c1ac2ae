"""Functions after `jax.nn.`, where axis -1 is the axis of classes or features, and one of `jax.lax`."""

from __future__ import annotations

SOURCE = """
def relu6(x):
    return np.minimum(np.maximum(x, 0.0), 6.0)

def leaky_relu(x, negative_slope=0.01):
    return np.where(x >= 0, x, negative_slope * x)

def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.where(x > 0, 0.0, x)))

def selu(x):
    return 1.0507009873554805 * elu(x, 1.6732632423543772)

def celu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.where(x > 0, 0.0, x) / alpha))

def gelu(x, approximate=True):
    if approximate:
        return 0.5 * x * (1.0 + np.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)))
    return 0.5 * x * (1.0 + erf(x / 1.4142135623730951))

def log_sigmoid(x):
    return -softplus(-x)

def hard_tanh(x):
    return np.where(x > 1.0, 1.0, np.where(x < -1.0, -1.0, x))

def soft_sign(x):
    return x / (1.0 + abs(x))

def glu(x, axis=-1):
    first, second = np.split(x, 2, axis=axis)
    return first * sigmoid(second)

def log_softmax(x, axis=-1):
    shifted = x - lax.stop_gradient(np.max(x, axis=axis, keepdims=True))
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))

def softmax(x, axis=-1):
    e = np.exp(x - lax.stop_gradient(np.max(x, axis=axis, keepdims=True)))
    return e / np.sum(e, axis=axis, keepdims=True)

def logsumexp(a, axis=None, keepdims=False):
    top = lax.stop_gradient(np.max(a, axis=axis, keepdims=True))
    total = np.log(np.sum(np.exp(a - top), axis=axis, keepdims=True)) + top
    return total if keepdims else np.reshape(total, np.sum(total, axis=axis).shape)

def standardize(x, axis=-1, epsilon=1e-05):
    centred = x - np.mean(x, axis=axis, keepdims=True)
    return centred / np.sqrt(np.mean(centred * centred, axis=axis, keepdims=True) + epsilon)

def one_hot(x, num_classes, axis=-1):
    assert axis == -1, "the classes are the last axis here"
    return np.asarray(np.expand_dims(np.asarray(x), -1) == np.arange(num_classes)) * 1.0

def rsqrt(x):
    return 1.0 / np.sqrt(x)
"""
IN_NN = (
    "relu6",
    "leaky_relu",
    "elu",
    "selu",
    "celu",
    "gelu",
    "hard_tanh",
    "log_sigmoid",
    "soft_sign",
    "glu",
    "log_softmax",
    "softmax",
    "logsumexp",
    "standardize",
    "one_hot",
)
IN_LAX = ("rsqrt",)
