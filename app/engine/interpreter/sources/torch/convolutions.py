"""Convolutions and pooling, and normalisation over a batch: functions after `torch.nn.functional.` and layers after
`torch.nn.`. A convolution is a product of windows with kernels, so its gradients are those of windows and products.

Where several values of a window are the largest, the first one gets the gradient, as in PyTorch. Source of batch
normalisation: Ioffe, Szegedy 2015."""

from __future__ import annotations

SOURCE = '''
def pair(value):
    return tuple(value) if isinstance(value, (tuple, list)) else (value, value)

def windows(input, size, stride, padding, fill):
    """The windows over the last axes, as axes of their own behind them."""
    if any([p > 0 for p in padding]):
        edges = [(0, 0)] * (len(input.shape) - len(size)) + [(p, p) for p in padding]
        input = np.pad(input, edges, constant_values=fill)
    lead = len(input.shape) - len(size)
    lengths = input.shape[lead:]
    assert all([n >= k for n, k in zip(lengths, size)]), f"a window of {size} does not fit into {lengths}"
    axes = tuple([lead + i for i in range(len(size))])
    found = np.lib.stride_tricks.sliding_window_view(input, size, axis=axes)
    if len(size) == 1:
        return found[..., ::stride[0], :]
    return found[..., ::stride[0], ::stride[1], :, :]

def convolved(input, weight, bias, stride, padding, groups, axes):
    assert groups == 1, "groups=1 is read here"
    alone = len(input.shape) == axes + 1
    if alone:
        input = np.expand_dims(input, 0)
    assert len(input.shape) == axes + 2, f"examples, channels and {axes} more axes are needed here"
    assert input.shape[1] == weight.shape[1], (
        f"the input has {input.shape[1]} channels, and the kernels are for {weight.shape[1]}"
    )
    size = tuple(weight.shape[2:])
    if padding == "same":
        padding = tuple([(k - 1) // 2 for k in size])
    if padding == "valid":
        padding = (0,) * axes
    seen = windows(input, size, stride, padding, 0.0)
    made = np.einsum("bctk,ock->bot" if axes == 1 else "bchwij,ocij->bohw", seen, weight)
    if bias is not None:
        made = made + np.reshape(bias, (-1,) + (1,) * axes)
    return as_made_by(made[0] if alone else made, "SqueezeBackward1" if alone else "ConvolutionBackward0")

def conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    assert dilation == 1, "dilation=1 is read here"
    one = lambda value: tuple(value) if isinstance(value, (tuple, list)) else (value,)
    return convolved(
        input, weight, bias, one(stride), padding if isinstance(padding, str) else one(padding), groups, 1
    )

def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    assert pair(dilation) == (1, 1), "dilation=1 is read here"
    return convolved(
        input, weight, bias, pair(stride), padding if isinstance(padding, str) else pair(padding), groups, 2
    )

def max_pool2d(input, kernel_size, stride=None, padding=0):
    size = pair(kernel_size)
    step = size if stride is None else pair(stride)
    seen = windows(input, size, step, pair(padding), float("-inf"))
    flat = np.reshape(seen, seen.shape[:-2] + (size[0] * size[1],))
    places = np.expand_dims(np.argmax(flat, axis=-1), -1)
    return as_made_by(np.take_along_axis(flat, places, -1)[..., 0], "MaxPool2DWithIndicesBackward0")

def max_pool1d(input, kernel_size, stride=None, padding=0):
    step = kernel_size if stride is None else stride
    seen = windows(input, (kernel_size,), (step,), (padding,), float("-inf"))
    places = np.expand_dims(np.argmax(seen, axis=-1), -1)
    return as_made_by(np.take_along_axis(seen, places, -1)[..., 0], "SqueezeBackward1")

def avg_pool2d(input, kernel_size, stride=None, padding=0):
    size = pair(kernel_size)
    seen = windows(input, size, size if stride is None else pair(stride), pair(padding), 0.0)
    return as_made_by(np.mean(seen, axis=(-2, -1)), "AvgPool2DBackward0")

def adaptive_avg_pool2d(input, output_size):
    assert pair(output_size) == (1, 1), "output_size is 1 here: the mean over height and width"
    return as_made_by(np.mean(input, axis=(-2, -1), keepdims=True), "MeanBackward1")

def batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05):
    axes = (0,) + tuple([i for i in range(2, len(input.shape))])
    shape = (1, input.shape[1]) + (1,) * (len(input.shape) - 2)
    if training:
        centre = np.mean(input, axis=axes, keepdims=True)
        centred = input - centre
        spread = np.mean(centred * centred, axis=axes, keepdims=True)
        if running_mean is not None:
            count = torch.numel(input) / input.shape[1]
            seen = np.reshape(centre.detach(), (-1,)), np.reshape(spread.detach(), (-1,)) * count / (count - 1)
            running_mean.copy_((1 - momentum) * running_mean + momentum * seen[0])
            running_var.copy_((1 - momentum) * running_var + momentum * seen[1])
    else:
        centred = input - np.reshape(running_mean, shape)
        spread = np.reshape(running_var, shape)
    scaled = centred / np.sqrt(spread + eps)
    if weight is not None:
        scaled = scaled * np.reshape(weight, shape)
    if bias is not None:
        scaled = scaled + np.reshape(bias, shape)
    return as_made_by(scaled, "NativeBatchNormBackward0")

class Convolution(Module):
    def begun(self, in_channels, out_channels, size, stride, padding, bias):
        self.in_channels, self.out_channels = in_channels, out_channels
        self.kernel_size, self.stride, self.padding = size, stride, padding
        inputs = in_channels
        for n in size:
            inputs = inputs * n
        bound = 1.0 / inputs ** 0.5
        self.weight = Parameter(uniform((out_channels, in_channels) + size, -bound, bound))
        if bias:
            self.bias = Parameter(uniform((out_channels,), -bound, bound))
        else:
            self.bias = None

    def extra_repr(self):
        said = f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, stride={self.stride}"
        if isinstance(self.padding, str) or any([p > 0 for p in self.padding]):
            said = said + f", padding={self.padding}"
        return said if self.bias is not None else said + ", bias=False"

class Conv1d(Convolution):
    """A product of kernels with each window of a sequence."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, bias=True):
        one = lambda value: value if isinstance(value, (tuple, str)) else (value,)
        self.begun(in_channels, out_channels, one(kernel_size), one(stride), one(padding), bias)

    def forward(self, input):
        return conv1d(input, self.weight, self.bias, self.stride, self.padding)

class Conv2d(Convolution):
    """A product of kernels with each window of a picture."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, bias=True):
        sides = padding if isinstance(padding, str) else pair(padding)
        self.begun(in_channels, out_channels, pair(kernel_size), pair(stride), sides, bias)

    def forward(self, input):
        return conv2d(input, self.weight, self.bias, self.stride, self.padding)

class Pool(Module):
    def __init__(self, kernel_size, stride=None, padding=0):
        self.kernel_size, self.padding = kernel_size, padding
        self.stride = kernel_size if stride is None else stride

class MaxPool2d(Pool):
    def forward(self, input):
        return max_pool2d(input, self.kernel_size, self.stride, self.padding)

    def extra_repr(self):
        return (
            f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, dilation=1, ceil_mode=False"
        )

class MaxPool1d(Pool):
    def forward(self, input):
        return max_pool1d(input, self.kernel_size, self.stride, self.padding)

    def extra_repr(self):
        return (
            f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, dilation=1, ceil_mode=False"
        )

class AvgPool2d(Pool):
    def forward(self, input):
        return avg_pool2d(input, self.kernel_size, self.stride, self.padding)

    def extra_repr(self):
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"

class AdaptiveAvgPool2d(Module):
    def __init__(self, output_size):
        self.output_size = output_size

    def forward(self, input):
        return adaptive_avg_pool2d(input, self.output_size)

    def extra_repr(self):
        return f"output_size={self.output_size}"

class BatchNorm(Module):
    """The numbers of a feature less their mean over the batch, divided by their spread; what is seen on the way is
    kept, and used once `eval()` was called."""

    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=True):
        self.num_features, self.options = num_features, (eps, momentum, affine)
        if affine:
            self.weight = Parameter(torch.ones(num_features))
            self.bias = Parameter(torch.zeros(num_features))
        else:
            self.weight, self.bias = None, None
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))
        self.register_buffer("num_batches_tracked", torch.tensor(0))

    def forward(self, input):
        eps, momentum, affine = self.options
        if self.training:
            self.num_batches_tracked = self.num_batches_tracked + 1
        return batch_norm(
            input, self.running_mean, self.running_var, self.weight, self.bias, self.training, momentum, eps
        )

    def extra_repr(self):
        eps, momentum, affine = self.options
        return f"{self.num_features}, eps={eps}, momentum={momentum}, affine={affine}, track_running_stats=True"

class BatchNorm1d(BatchNorm):
    pass

class BatchNorm2d(BatchNorm):
    pass
'''
IN_FUNCTIONAL = (*("conv1d", "conv2d", "max_pool1d", "max_pool2d", "avg_pool2d", "adaptive_avg_pool2d", "batch_norm"),)
IN_NN = (
    *("Conv1d", "Conv2d", "MaxPool1d", "MaxPool2d", "AvgPool2d", "AdaptiveAvgPool2d", "BatchNorm1d", "BatchNorm2d"),
)
