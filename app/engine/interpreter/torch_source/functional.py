"""Functions after `torch.nn.functional.`: losses take the mean unless `reduction` says otherwise, as in PyTorch.

Sources: the cross entropy of logits by the logarithm of the softmax, that of one logit by softplus, so that no tiny
number is computed first; layer normalisation: Ba, Kiros, Hinton 2016; GELU: Hendrycks, Gimpel 2016.
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

def linear(input, weight, bias=None):
    if bias is None:
        return input @ weight.T
    return as_made_by(input @ weight.T + bias, "AddmmBackward0" if len(input.shape) == 2 else "ViewBackward0")

def reduced(losses, reduction, name):
    if reduction == "mean":
        return as_made_by(np.mean(losses), name)
    if reduction == "sum":
        return as_made_by(np.sum(losses), name)
    assert reduction == "none", "reduction is 'mean', 'sum' or 'none'"
    return as_made_by(losses, name)

def mse_loss(input, target, reduction="mean"):
    error = input - target
    return reduced(error * error, reduction, "MseLossBackward0")

def l1_loss(input, target, reduction="mean"):
    return reduced(abs(input - target), reduction, "MeanBackward0")

def binary_cross_entropy(input, target, reduction="mean"):
    right = np.maximum(np.log(input), -100.0)
    wrong = np.maximum(np.log(1.0 - input), -100.0)
    return reduced(-(target * right + (1.0 - target) * wrong), reduction, "BinaryCrossEntropyBackward0")

def binary_cross_entropy_with_logits(input, target, reduction="mean"):
    losses = (1.0 - target) * input + torch.softplus(-input)
    return reduced(losses, reduction, "BinaryCrossEntropyWithLogitsBackward0")

def nll_loss(input, target, reduction="mean"):
    if len(input.shape) == 1:
        return as_made_by(-input[target], "NllLossBackward0")
    assert len(input.shape) == 2, "rows of logarithms of probabilities are needed here"
    return reduced(-input[np.arange(input.shape[0]), target], reduction, "NllLossBackward0")

def cross_entropy(input, target, reduction="mean"):
    logs = log_softmax(input, -1)
    if target.is_floating_point():
        losses = -np.sum(target * logs, axis=-1)
        return reduced(losses, reduction, "DivBackward1")
    return nll_loss(logs, target, reduction)

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
    *("relu", "leaky_relu", "elu", "gelu", "linear", "softmax", "log_softmax", "one_hot", "layer_norm"),
    *("mse_loss", "l1_loss", "binary_cross_entropy", "binary_cross_entropy_with_logits", "nll_loss", "cross_entropy"),
)
