"""Schedules of learning rates after `torch.optim.lr_scheduler.`: `step()` sets the rate of the next turn.

Source of the cosine: Loshchilov, Hutter 2017, without restarts."""

from __future__ import annotations

SOURCE = """
class LRScheduler:
    def __init__(self, optimizer):
        self.optimizer = optimizer
        self.began = (optimizer.options[0],)
        self.last_epoch = 0

    def set(self, rate):
        self.optimizer.options = (rate, *self.optimizer.options[1:])

    def get_last_lr(self):
        return [self.optimizer.options[0]]

    def step(self):
        self.last_epoch += 1
        self.set(self.rate(self.last_epoch))

class StepLR(LRScheduler):
    def __init__(self, optimizer, step_size, gamma=0.1):
        super().__init__(optimizer)
        self.step_size, self.gamma = step_size, (gamma,)

    def rate(self, epoch):
        held = self.optimizer.options[0]
        return held if epoch % self.step_size else held * self.gamma[0]

class MultiStepLR(LRScheduler):
    def __init__(self, optimizer, milestones, gamma=0.1):
        super().__init__(optimizer)
        self.milestones, self.gamma = tuple(milestones), (gamma,)

    def rate(self, epoch):
        held = self.optimizer.options[0]
        return held * self.gamma[0] if epoch in self.milestones else held

class ExponentialLR(LRScheduler):
    def __init__(self, optimizer, gamma):
        super().__init__(optimizer)
        self.gamma = (gamma,)

    def rate(self, epoch):
        return self.optimizer.options[0] * self.gamma[0]

class LambdaLR(LRScheduler):
    def __init__(self, optimizer, lr_lambda):
        super().__init__(optimizer)
        self.lr_lambda = lr_lambda
        self.set(self.rate(0))

    def rate(self, epoch):
        return self.began[0] * self.lr_lambda(epoch)

class CosineAnnealingLR(LRScheduler):
    def __init__(self, optimizer, T_max, eta_min=0.0):
        super().__init__(optimizer)
        self.T_max, self.eta_min = T_max, (eta_min,)

    def rate(self, epoch):
        least = self.eta_min[0]
        return least + (self.began[0] - least) * (1 + math.cos(math.pi * epoch / self.T_max)) / 2
"""
IN_SCHEDULERS = ("LRScheduler", "StepLR", "MultiStepLR", "ExponentialLR", "LambdaLR", "CosineAnnealingLR")
