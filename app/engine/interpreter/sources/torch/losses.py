"""Losses after `torch.nn.functional.` and `torch.nn.`: they take the mean unless `reduction` says otherwise, as in
PyTorch.

Source: the cross entropy of logits is taken by the logarithm of the softmax, that of one logit by softplus, so that no
tiny number is computed first."""

from __future__ import annotations

SOURCE = '''
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

def smooth_l1_loss(input, target, reduction="mean", beta=1.0):
    size = abs(input - target)
    losses = np.where(size < beta, 0.5 * size * size / beta, size - 0.5 * beta)
    return reduced(losses, reduction, "SmoothL1LossBackward0")

def huber_loss(input, target, reduction="mean", delta=1.0):
    size = abs(input - target)
    losses = np.where(size < delta, 0.5 * size * size, delta * (size - 0.5 * delta))
    return reduced(losses, reduction, "HuberLossBackward0")

def binary_cross_entropy(input, target, weight=None, reduction="mean"):
    right = np.maximum(np.log(input), -100.0)
    wrong = np.maximum(np.log(1.0 - input), -100.0)
    losses = -(target * right + (1.0 - target) * wrong)
    losses = losses if weight is None else losses * weight
    return reduced(losses, reduction, "BinaryCrossEntropyBackward0")

def binary_cross_entropy_with_logits(input, target, weight=None, reduction="mean", pos_weight=None):
    factor = 1.0 if pos_weight is None else 1.0 + (pos_weight - 1.0) * target
    losses = (1.0 - target) * input + factor * torch.softplus(-input)
    losses = losses if weight is None else losses * weight
    return reduced(losses, reduction, "BinaryCrossEntropyWithLogitsBackward0")

def nll_loss(input, target, weight=None, ignore_index=-100, reduction="mean"):
    if len(input.shape) == 1 and weight is None:
        return as_made_by(-input[target], "NllLossBackward0")
    assert len(input.shape) == 2, "rows of logarithms of probabilities are needed here"
    rows = np.arange(input.shape[0])
    left_out = bool(np.any(target == ignore_index))
    if not left_out and weight is None:
        return reduced(-input[rows, target], reduction, "NllLossBackward0")
    counted = (target != ignore_index) * 1.0
    place = np.where(target == ignore_index, 0, target) if left_out else target
    factors = counted if weight is None else counted * weight[place]
    losses = -input[rows, place] * factors
    if reduction == "mean":
        return as_made_by(np.sum(losses) / np.sum(factors), "NllLossBackward0")
    return reduced(losses, reduction, "NllLossBackward0")

def cross_entropy(input, target, weight=None, ignore_index=-100, reduction="mean", label_smoothing=0.0):
    if len(input.shape) > 2:
        classes = input.shape[1]
        if not target.is_floating_point():
            input = np.reshape(np.moveaxis(input, 1, -1), (-1, classes))
            target = np.reshape(target, (-1,))
    logs = log_softmax(input, -1)
    if target.is_floating_point():
        assert len(input.shape) < 3, "probabilities of the classes stand in the last axis here"
        classes = input.shape[-1]
        target = target * (1.0 - label_smoothing) + label_smoothing / classes if label_smoothing else target
        losses = -np.sum(target * logs if weight is None else target * logs * weight, axis=-1)
        return reduced(losses, reduction, "DivBackward1")
    hard = nll_loss(logs, target, weight, ignore_index, reduction)
    if label_smoothing == 0.0:
        return hard
    assert weight is None and len(input.shape) == 2, "label_smoothing is read for rows and without weight"
    counted = (target != ignore_index) * 1.0
    even = -np.mean(logs, axis=-1) * counted
    even = np.sum(even) / np.sum(counted) if reduction == "mean" else np.sum(even) if reduction == "sum" else even
    return as_made_by((1.0 - label_smoothing) * hard + label_smoothing * even, "AddBackward0")

def kl_div(input, target, reduction="mean", log_target=False):
    if log_target:
        losses = np.exp(target) * (target - input)
    else:
        present = target > 0
        losses = np.where(present, target * (np.log(np.where(present, target, 1.0)) - input), 0.0)
    if reduction == "batchmean":
        return as_made_by(np.sum(losses) / input.shape[0], "DivBackward0")
    return reduced(losses, reduction, "MeanBackward0")

def multi_margin_loss(input, target, p=1, margin=1.0, weight=None, reduction="mean"):
    assert weight is None, "weight=None is read here"
    rows = np.arange(input.shape[0])
    right = np.expand_dims(input[rows, target], 1)
    others = np.expand_dims(target, 1) != np.arange(input.shape[1])
    over = np.maximum(margin - right + input, 0.0) ** p * others
    return reduced(np.sum(over, axis=1) / input.shape[1], reduction, "MultiMarginLossBackward0")

def hinge_embedding_loss(input, target, margin=1.0, reduction="mean"):
    losses = np.where(target == 1, input, np.maximum(margin - input, 0.0))
    return reduced(losses, reduction, "MeanBackward0")

def gaussian_nll_loss(input, target, var, full=False, eps=1e-06, reduction="mean"):
    var = np.maximum(var, eps)
    losses = 0.5 * (np.log(var) + (input - target) ** 2 / var) + (0.9189385332046727 if full else 0.0)
    return reduced(losses, reduction, "MeanBackward0")

class Loss(Module):
    """A loss with its options; `of` is the function."""

    def of(self, *given, **options):
        return mse_loss(*given, **options)

    def __init__(self, reduction="mean", **options):
        self.options = {**options, "reduction": reduction}

    def forward(self, input, target):
        return self.of(input, target, **self.options)

class MSELoss(Loss):
    pass

class L1Loss(Loss):
    def of(self, *given, **options):
        return l1_loss(*given, **options)

class SmoothL1Loss(Loss):
    def of(self, *given, **options):
        return smooth_l1_loss(*given, **options)

class HuberLoss(Loss):
    def of(self, *given, **options):
        return huber_loss(*given, **options)

class KLDivLoss(Loss):
    def of(self, *given, **options):
        return kl_div(*given, **options)

class MultiMarginLoss(Loss):
    def of(self, *given, **options):
        return multi_margin_loss(*given, **options)

class WeightedLoss(Loss):
    """A loss whose first option is the weights of classes or examples."""

    def __init__(self, weight=None, **options):
        self.options = {**options, "weight": weight}

class CrossEntropyLoss(WeightedLoss):
    def of(self, *given, **options):
        return cross_entropy(*given, **options)

class NLLLoss(WeightedLoss):
    def of(self, *given, **options):
        return nll_loss(*given, **options)

class BCELoss(WeightedLoss):
    def of(self, *given, **options):
        return binary_cross_entropy(*given, **options)

class BCEWithLogitsLoss(WeightedLoss):
    def of(self, *given, **options):
        return binary_cross_entropy_with_logits(*given, **options)
'''
IN_FUNCTIONAL = (
    *("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "binary_cross_entropy", "nll_loss", "cross_entropy"),
    *("binary_cross_entropy_with_logits", "kl_div", "multi_margin_loss", "hinge_embedding_loss", "gaussian_nll_loss"),
)
IN_NN = (
    *("MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "KLDivLoss", "MultiMarginLoss", "CrossEntropyLoss"),
    *("NLLLoss", "BCELoss", "BCEWithLogitsLoss"),
)
