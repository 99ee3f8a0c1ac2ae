"""First values of parameters after `torch.nn.init.`.

Sources: Glorot, Bengio 2010 (xavier); He et al. 2015 (kaiming)."""

from __future__ import annotations

SOURCE = '''
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

def fans(tensor):
    """The inputs and the outputs of a unit, given its weights or kernels."""
    assert len(tensor.shape) > 1, "weights with two axes or more are needed here"
    size = 1
    for n in tensor.shape[2:]:
        size = size * n
    return tensor.shape[1] * size, tensor.shape[0] * size

def xavier_uniform_(tensor, gain=1.0):
    inputs, outputs = fans(tensor)
    bound = gain * (6.0 / (inputs + outputs)) ** 0.5
    return uniform_(tensor, -bound, bound)

def xavier_normal_(tensor, gain=1.0):
    inputs, outputs = fans(tensor)
    return normal_(tensor, 0.0, gain * (2.0 / (inputs + outputs)) ** 0.5)

def gain_of(nonlinearity, a):
    if nonlinearity == "relu":
        return 2.0 ** 0.5
    assert nonlinearity == "leaky_relu", "nonlinearity is 'relu' or 'leaky_relu' here"
    return (2.0 / (1.0 + a * a)) ** 0.5

def kaiming_uniform_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu"):
    assert mode in ("fan_in", "fan_out"), "mode is 'fan_in' or 'fan_out'"
    bound = gain_of(nonlinearity, a) * (3.0 / fans(tensor)[0 if mode == "fan_in" else 1]) ** 0.5
    return uniform_(tensor, -bound, bound)

def kaiming_normal_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu"):
    assert mode in ("fan_in", "fan_out"), "mode is 'fan_in' or 'fan_out'"
    return normal_(tensor, 0.0, gain_of(nonlinearity, a) / fans(tensor)[0 if mode == "fan_in" else 1] ** 0.5)
'''
IN_INIT = (
    *("zeros_", "ones_", "constant_", "uniform_", "normal_"),
    *("xavier_uniform_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_"),
)
METHODS = ("uniform_", "normal_")
"""Names that are methods of a tensor, too."""
