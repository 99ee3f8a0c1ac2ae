"""Layers after `torch.nn.`: classes with parameters, which begin with PyTorch's own numbers.

Source of the first weights: uniform up to 1 over the root of the number of inputs, as LeCun et al. 1998 suggest."""

from __future__ import annotations

SOURCE = '''
class Module:
    """What has parameters, and is called as a function."""

    training = True
    buffer_names = ()

    def __call__(self, *args, **kwargs):
        return self.forward(*args, **kwargs)

    def named_children(self):
        return [(name, value) for name, value in self.__dict__.items() if isinstance(value, Module)]

    def children(self):
        return [value for name, value in self.named_children()]

    def modules(self):
        found = [self]
        for child in self.children():
            found = found + child.modules()
        return found

    def named_parameters(self, prefix=""):
        found = []
        for name, value in self.__dict__.items():
            if is_parameter(value):
                found.append((prefix + name, value))
        for name, child in self.named_children():
            found = found + child.named_parameters(prefix + name + ".")
        return found

    def parameters(self):
        return [value for name, value in self.named_parameters()]

    def register_buffer(self, name, tensor):
        self.buffer_names = (*self.buffer_names, name)
        setattr(self, name, tensor)

    def state_dict(self, prefix=""):
        found = {}
        for name, value in self.__dict__.items():
            if is_parameter(value) or name in self.buffer_names:
                found[prefix + name] = value.detach()
        for name, child in self.named_children():
            found = {**found, **child.state_dict(prefix + name + ".")}
        return found

    def load_state_dict(self, state_dict, strict=True):
        assert list(state_dict) == list(self.state_dict()), "Error(s) in loading state_dict: other names are in it"
        with torch.no_grad():
            for name, value in self.named_parameters():
                value.copy_(state_dict[name])
        return "<All keys matched successfully>"

    def apply(self, fn):
        for child in self.children():
            child.apply(fn)
        fn(self)
        return self

    def add_module(self, name, module):
        setattr(self, name, module)

    def zero_grad(self, set_to_none=True):
        for value in self.parameters():
            value.grad = None

    def train(self, mode=True):
        for each in self.modules():
            each.training = mode
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for value in self.parameters():
            value.requires_grad = requires_grad
        return self

    def named_modules(self, prefix=""):
        found = [(prefix, self)]
        for name, child in self.named_children():
            found = found + child.named_modules(prefix + "." + name if prefix else name)
        return found

    def to(self, device=None):
        return self

    def extra_repr(self):
        return ""

    def __repr__(self):
        lines = ["(" + name + "): " + repr(child).replace("\\n", "\\n  ") for name, child in self.named_children()]
        name = self.__class__.__name__
        if not lines:
            return name + "(" + self.extra_repr() + ")"
        return name + "(\\n  " + "\\n  ".join(lines) + "\\n)"

class Linear(Module):
    """input @ weight.T + bias."""

    def __init__(self, in_features, out_features, bias=True):
        bound = 1.0 / in_features ** 0.5
        self.in_features, self.out_features = in_features, out_features
        self.weight = Parameter(uniform((out_features, in_features), -bound, bound))
        if bias:
            self.bias = Parameter(uniform((out_features,), -bound, bound))
        else:
            self.bias = None

    def forward(self, input):
        return linear(input, self.weight, self.bias)

    def extra_repr(self):
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}"

class Sequential(Module):
    """Layers one after the other."""

    def __init__(self, *layers):
        for place, layer in enumerate(layers):
            setattr(self, str(place), placed(self, str(place), layer))

    def forward(self, input):
        for layer in self.children():
            input = layer(input)
        return input

    def __getitem__(self, at):
        return self.children()[at]

    def __len__(self):
        return len(self.children())

    def __iter__(self):
        return self.children()

class ModuleList(Module):
    """A list of layers."""

    def __init__(self, modules=()):
        for place, layer in enumerate(modules):
            setattr(self, str(place), placed(self, str(place), layer))

    def __getitem__(self, at):
        return self.children()[at]

    def __len__(self):
        return len(self.children())

    def __iter__(self):
        return self.children()

    def append(self, module):
        setattr(self, str(len(self)), placed(self, str(len(self)), module))
        return self

class ModuleDict(Module):
    """Layers by name."""

    def __init__(self, modules=None):
        for key, layer in ({} if modules is None else modules).items():
            self[key] = layer

    def __getitem__(self, key):
        return dict(self.named_children())[key]

    def __setitem__(self, key, module):
        setattr(self, key, placed(self, key, module))

    def __contains__(self, key):
        return key in self.keys()

    def __len__(self):
        return len(self.children())

    def __iter__(self):
        return iter(self.keys())

    def keys(self):
        return [name for name, value in self.named_children()]

    def values(self):
        return self.children()

    def items(self):
        return self.named_children()

class ReLU(Module):
    def __init__(self, inplace=False):
        self.inplace = inplace

    def forward(self, input):
        return torch.relu(input)

class Tanh(Module):
    def forward(self, input):
        return torch.tanh(input)

class Sigmoid(Module):
    def forward(self, input):
        return torch.sigmoid(input)

class SiLU(Module):
    def forward(self, input):
        return torch.silu(input)

class Identity(Module):
    def forward(self, input):
        return input

class GELU(Module):
    def __init__(self, approximate="none"):
        self.approximate = approximate

    def forward(self, input):
        return gelu(input, self.approximate)

    def extra_repr(self):
        return f"approximate={self.approximate!r}"

class LeakyReLU(Module):
    def __init__(self, negative_slope=0.01):
        self.slope = (negative_slope,)

    def forward(self, input):
        return leaky_relu(input, self.slope[0])

    def extra_repr(self):
        return f"negative_slope={self.slope[0]}"

class ELU(Module):
    def __init__(self, alpha=1.0):
        self.alpha = (alpha,)

    def forward(self, input):
        return elu(input, self.alpha[0])

    def extra_repr(self):
        return f"alpha={self.alpha[0]}"

class Softplus(Module):
    def forward(self, input):
        return torch.softplus(input)

    def extra_repr(self):
        return "beta=1.0, threshold=20.0"

class Softmax(Module):
    def __init__(self, dim):
        self.dim = dim

    def forward(self, input):
        return softmax(input, self.dim)

    def extra_repr(self):
        return f"dim={self.dim}"

class LogSoftmax(Module):
    def __init__(self, dim):
        self.dim = dim

    def forward(self, input):
        return log_softmax(input, self.dim)

    def extra_repr(self):
        return f"dim={self.dim}"

class Flatten(Module):
    def __init__(self, start_dim=1, end_dim=-1):
        self.start_dim, self.end_dim = start_dim, end_dim

    def forward(self, input):
        return flatten(input, self.start_dim, self.end_dim)

    def extra_repr(self):
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"

class Dropout(Module):
    def __init__(self, p=0.5):
        self.p = (p,)

    def forward(self, input):
        return dropout(input, self.p[0], self.training)

    def extra_repr(self):
        return f"p={self.p[0]}, inplace=False"

class LayerNorm(Module):
    def __init__(self, normalized_shape, eps=1e-05):
        self.normalized_shape = normalized_shape if isinstance(normalized_shape, tuple) else (normalized_shape,)
        self.eps = (eps,)
        self.weight = Parameter(torch.ones(self.normalized_shape))
        self.bias = Parameter(torch.zeros(self.normalized_shape))

    def forward(self, input):
        return layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps[0])

    def extra_repr(self):
        return f"{self.normalized_shape}, eps={self.eps[0]}, elementwise_affine=True, bias=True"

class Embedding(Module):
    def __init__(self, num_embeddings, embedding_dim):
        self.num_embeddings, self.embedding_dim = num_embeddings, embedding_dim
        self.weight = Parameter(torch.randn(num_embeddings, embedding_dim))

    def forward(self, input):
        return as_made_by(self.weight[input], "EmbeddingBackward0")

    def extra_repr(self):
        return f"{self.num_embeddings}, {self.embedding_dim}"
'''
_ACTIVATIONS = (
    *("ReLU", "Tanh", "Sigmoid", "SiLU", "GELU", "LeakyReLU", "ELU", "Softplus", "Softmax", "LogSoftmax", "Identity"),
)
IN_NN = (
    *("Module", "Linear", "Sequential", "ModuleList", "ModuleDict", "Flatten", "Dropout", "LayerNorm", "Embedding"),
    *_ACTIVATIONS,
)
