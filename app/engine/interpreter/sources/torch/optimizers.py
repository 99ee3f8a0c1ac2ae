"""Optimizers after `torch.optim.`: each step is a training step of every parameter that has a gradient.

Sources: momentum as PyTorch takes it, v = momentum * v + g; Adam: Kingma, Ba 2015; decoupled decay: Loshchilov, Hutter
2019; Adagrad: Duchi et al. 2011; RMSprop: Hinton's lecture of 2012."""

from __future__ import annotations

SOURCE = '''
class group:
    """The options of an optimizer by name, as PyTorch keeps them for a group of parameters."""

    def __init__(self, owner):
        self.owner = owner

    def __getitem__(self, key):
        if key == "params":
            return self.owner.params
        assert key == "lr", "of the options, 'params' and 'lr' are read here"
        return self.owner.options[0]

    def __setitem__(self, key, value):
        assert key == "lr", "of the options, 'lr' can be set here"
        self.owner.options = (value, *self.owner.options[1:])

class Optimizer:
    @property
    def param_groups(self):
        return [group(self)]

    def zero_grad(self, set_to_none=True):
        for p in self.params:
            p.grad = None

class SGD(Optimizer):
    def __init__(self, params, lr=0.001, momentum=0, dampening=0, weight_decay=0, nesterov=False):
        self.params = list(params)
        self.options = (lr, momentum, dampening, weight_decay, nesterov)
        self.moments = {}

    def step(self):
        lr, momentum, dampening, weight_decay, nesterov = self.options
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad.detach()
            if weight_decay != 0:
                g = g + weight_decay * p.detach()
            if momentum != 0:
                if i in self.moments:
                    self.moments[i] = momentum * self.moments[i] + (1 - dampening) * g
                else:
                    self.moments[i] = g
                g = g + momentum * self.moments[i] if nesterov else self.moments[i]
            p.data -= lr * g

class Adam(Optimizer):
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0):
        self.params = list(params)
        self.options = (lr, betas[0], betas[1], eps, weight_decay)
        self.moments, self.squares, self.steps = {}, {}, {}

    def decayed(self, p, g):
        weight_decay = self.options[4]
        return g + weight_decay * p.detach() if weight_decay != 0 else g

    def step(self):
        lr, first, second, eps, weight_decay = self.options
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = self.decayed(p, p.grad.detach())
            if i not in self.moments:
                self.moments[i], self.squares[i], self.steps[i] = 0.0 * g, 0.0 * g, 0
            self.steps[i] = self.steps[i] + 1
            self.moments[i] = first * self.moments[i] + (1 - first) * g
            self.squares[i] = second * self.squares[i] + (1 - second) * g * g
            size = np.sqrt(self.squares[i]) / (1 - second ** self.steps[i]) ** 0.5 + eps
            p.data -= lr / (1 - first ** self.steps[i]) * self.moments[i] / size

class AdamW(Adam):
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.01):
        self.params = list(params)
        self.options = (lr, betas[0], betas[1], eps, weight_decay)
        self.moments, self.squares, self.steps = {}, {}, {}

    def decayed(self, p, g):
        p.data *= 1 - self.options[0] * self.options[4]
        return g

class RMSprop(Optimizer):
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-08, weight_decay=0, momentum=0, centered=False):
        assert not centered, "centered=False is read here"
        self.params = list(params)
        self.options = (lr, alpha, eps, weight_decay, momentum)
        self.squares, self.moments = {}, {}

    def step(self):
        lr, alpha, eps, weight_decay, momentum = self.options
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad.detach()
            if weight_decay != 0:
                g = g + weight_decay * p.detach()
            if i not in self.squares:
                self.squares[i], self.moments[i] = 0.0 * g, 0.0 * g
            self.squares[i] = alpha * self.squares[i] + (1 - alpha) * g * g
            g = g / (np.sqrt(self.squares[i]) + eps)
            if momentum > 0:
                self.moments[i] = momentum * self.moments[i] + g
                g = self.moments[i]
            p.data -= lr * g

class Adagrad(Optimizer):
    def __init__(self, params, lr=0.01, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=1e-10):
        self.params = list(params)
        self.options = (lr, lr_decay, weight_decay, initial_accumulator_value, eps)
        self.squares, self.steps = {}, {}

    def step(self):
        lr, lr_decay, weight_decay, first, eps = self.options
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad.detach()
            if weight_decay != 0:
                g = g + weight_decay * p.detach()
            if i not in self.squares:
                self.squares[i], self.steps[i] = 0.0 * g + first, 0
            self.squares[i] = self.squares[i] + g * g
            p.data -= lr / (1 + self.steps[i] * lr_decay) * g / (np.sqrt(self.squares[i]) + eps)
            self.steps[i] = self.steps[i] + 1
'''
IN_OPTIM = ("SGD", "Adam", "AdamW", "RMSprop", "Adagrad")
