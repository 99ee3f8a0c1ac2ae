"""Functions after `torch.nn.functional.`.

Sources: layer normalisation: Ba, Kiros, Hinton 2016; GELU: Hendrycks, Gimpel 2016; SELU: Klambauer et al. 2017; mish:
Misra 2019.
"""

from __future__ import annotations

SOURCE = """
def relu(input, inplace=False):
    return torch.relu(input)

def leaky_relu(input, negative_slope=0.01, inplace=False):
    return as_made_by(np.where(input > 0, input, negative_slope * input), "LeakyReluBackward0")

def elu(input, alpha=1.0, inplace=False):
    return as_made_by(np.where(input > 0, input, alpha * np.expm1(np.minimum(input, 0.0))), "EluBackward0")

def gelu(input, approximate="none"):
    if approximate == "tanh":
        inner = 0.7978845608028654 * (input + 0.044715 * input * input * input)
        return as_made_by(0.5 * input * (1.0 + np.tanh(inner)), "GeluBackward0")
    return as_made_by(0.5 * input * (1.0 + torch.erf(input / 1.4142135623730951)), "GeluBackward0")

def relu6(input, inplace=False):
    return as_made_by(np.minimum(np.maximum(input, 0.0), 6.0), "HardtanhBackward0")

def hardtanh(input, min_val=-1.0, max_val=1.0):
    return as_made_by(np.clip(input, min_val, max_val), "HardtanhBackward0")

def selu(input):
    return as_made_by(1.0507009873554805 * elu(input, 1.6732632423543772), "EluBackward0")

def mish(input):
    return as_made_by(input * np.tanh(torch.softplus(input)), "MishBackward0")

def softsign(input):
    return input / (1.0 + abs(input))

def logsigmoid(input):
    return as_made_by(-torch.softplus(-input), "LogSigmoidBackward0")

def dropout(input, p=0.5, training=True):
    if not training or p == 0:
        return input
    other_numbers()
    kept = (drawn(input.shape, "uniform") < 1 - p) / (1 - p)
    return as_made_by(input * kept, "MulBackward0")

def normalize(input, p=2.0, dim=1, eps=1e-12):
    return input / np.maximum(norm(input, p, dim, True), eps)

def cosine_similarity(x1, x2, dim=1, eps=1e-08):
    lengths = np.maximum(norm(x1, 2, dim), eps) * np.maximum(norm(x2, 2, dim), eps)
    return as_made_by(np.sum(x1 * x2, axis=dim) / lengths, "SumBackward1")

def embedding(input, weight):
    return as_made_by(weight[input], "EmbeddingBackward0")

def linear(input, weight, bias=None):
    if bias is None:
        return input @ weight.T
    return as_made_by(input @ weight.T + bias, "AddmmBackward0" if len(input.shape) == 2 else "ViewBackward0")

def one_hot(tensor, num_classes=-1):
    size = int(np.max(tensor)) + 1 if num_classes == -1 else num_classes
    return as_like(np.asarray(np.expand_dims(tensor, -1) == np.arange(size)) * 1, tensor)

def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05):
    assert len(tuple(normalized_shape)) == 1, "the last axis alone is normalised here"
    centred = input - np.mean(input, axis=-1, keepdims=True)
    spread = np.sqrt(np.mean(centred * centred, axis=-1, keepdims=True) + eps)
    scaled = centred / spread
    if weight is not None:
        scaled = scaled * weight
    if bias is not None:
        scaled = scaled + bias
    return as_made_by(scaled, "NativeLayerNormBackward0")
"""
IN_FUNCTIONAL = (
    *("relu", "leaky_relu", "elu", "gelu", "relu6", "hardtanh", "selu", "mish", "softsign", "logsigmoid", "linear"),
    *("softmax", "log_softmax", "one_hot", "layer_norm", "dropout", "normalize", "cosine_similarity", "embedding"),
)
