"""micrograd, written in the language: a number with a gradient, and layers of neurons. What its operations send back is
what the rules of the ops say (`sent` of `library/micrograd.py`); how it adds up is micrograd's own: every value keeps
its gradient until it is set to 0.
"""

from __future__ import annotations

SOURCE = '''
class Value:
    """A number, and the gradient that has been added up for it."""

    def __init__(self, data, _children=(), _op=""):
        self.data = begun(self, data)
        self.grad = 0
        self._prev = tuple(_children)
        self._op = _op

    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, other), "+")

    def __mul__(self, other):
        other = as_value(other)
        return Value(self.data * other.data, (self, other), "*")

    def __pow__(self, other):
        assert not isinstance(other, Value), "only supporting int/float powers for now"
        return Value(self.data ** other, (self,), f"**{other}")

    def relu(self):
        return Value(relu(self.data), (self,), "ReLU")

    def __neg__(self):
        return self * -1

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return other + (-self)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * other ** -1

    def __rtruediv__(self, other):
        return other * self ** -1

    def backward(self):
        asked(self.data)
        self.grad = 1
        for value in reversed(in_order(self)):
            for slot, child in enumerate(value._prev):
                child.grad = sent(value.data, slot, value.grad, child.grad)

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"

def as_value(x):
    return x if isinstance(x, Value) else Value(constant(x))

class Module:
    """What has parameters."""

    def parameters(self):
        return []

    def zero_grad(self):
        for value in self.parameters():
            value.grad = 0

class Neuron(Module):
    """A weighted sum, a bias, and relu unless it is linear."""

    def __init__(self, nin, nonlin=True):
        self.w = [Value(random.uniform(-1, 1)) for _ in range(nin)]
        self.b = Value(0)
        self.nonlin = nonlin

    def __call__(self, x):
        total = self.b
        for weight, item in zip(self.w, x):
            total = total + weight * item
        return total.relu() if self.nonlin else total

    def parameters(self):
        return [*self.w, self.b]

    def __repr__(self):
        kind = "ReLU" if self.nonlin else "Linear"
        return f"{kind}Neuron({len(self.w)})"

class Layer(Module):
    """Neurons side by side; one alone gives its value, and no list."""

    def __init__(self, nin, nout, **kwargs):
        self.neurons = [Neuron(nin, **kwargs) for _ in range(nout)]

    def __call__(self, x):
        values = [neuron(x) for neuron in self.neurons]
        return values if len(values) != 1 else values[0]

    def parameters(self):
        return [value for neuron in self.neurons for value in neuron.parameters()]

    def __repr__(self):
        inside = ", ".join([repr(neuron) for neuron in self.neurons])
        return f"Layer of [{inside}]"

class MLP(Module):
    """Layers one after the other, the last of them linear."""

    def __init__(self, nin, nouts):
        sizes = [nin, *nouts]
        last = len(nouts) - 1
        self.layers = [Layer(sizes[i], sizes[i + 1], nonlin=i != last) for i in range(len(nouts))]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def parameters(self):
        return [value for layer in self.layers for value in layer.parameters()]

    def __repr__(self):
        inside = ", ".join([repr(layer) for layer in self.layers])
        return f"MLP of [{inside}]"
'''
IN_ENGINE = ("Value",)
IN_NN = ("Module", "Neuron", "Layer", "MLP")
