"""First values of parameters after `torch.nn.init.`.

Sources: Glorot, Bengio 2010 (xavier); He et al. 2015 (kaiming)."""

from __future__ import annotations

SOURCE = """
def zeros_(tensor):
    tensor.data.zero_()
    return tensor

def ones_(tensor):
    tensor.data.fill_(1.0)
    return tensor

def constant_(tensor, val):
    tensor.data.fill_(val)
    return tensor

def uniform_(tensor, a=0.0, b=1.0):
    tensor.data.copy_(uniform(tensor.shape, a, b))
    return tensor

def normal_(tensor, mean=0.0, std=1.0):
    tensor.data.copy_(torch.randn(tensor.shape) * std + mean)
    return tensor

def xavier_uniform_(tensor, gain=1.0):
    bound = gain * (6.0 / (tensor.shape[0] + tensor.shape[1])) ** 0.5
    return uniform_(tensor, -bound, bound)

def xavier_normal_(tensor, gain=1.0):
    return normal_(tensor, 0.0, gain * (2.0 / (tensor.shape[0] + tensor.shape[1])) ** 0.5)

def gain_of(nonlinearity, a):
    if nonlinearity == "relu":
        return 2.0 ** 0.5
    assert nonlinearity == "leaky_relu", "nonlinearity is 'relu' or 'leaky_relu' here"
    return (2.0 / (1.0 + a * a)) ** 0.5

def kaiming_uniform_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu"):
    assert mode == "fan_in", "mode is 'fan_in' here"
    bound = gain_of(nonlinearity, a) * (3.0 / tensor.shape[1]) ** 0.5
    return uniform_(tensor, -bound, bound)

def kaiming_normal_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu"):
    assert mode == "fan_in", "mode is 'fan_in' here"
    return normal_(tensor, 0.0, gain_of(nonlinearity, a) / tensor.shape[1] ** 0.5)
"""
IN_INIT = (
    *("zeros_", "ones_", "constant_", "uniform_", "normal_"),
    *("xavier_uniform_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_"),
)
