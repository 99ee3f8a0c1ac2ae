"""Gradients that are kept small, after `torch.nn.utils.`. Source: Pascanu et al. 2013."""

from __future__ import annotations

SOURCE = """
def with_gradients(parameters):
    found = [parameters] if torch.is_tensor(parameters) else list(parameters)
    return [each for each in found if each.grad is not None]

def clip_grad_norm_(parameters, max_norm, norm_type=2.0):
    assert norm_type == 2, "norm_type is 2 here"
    held = with_gradients(parameters)
    total = torch.sqrt(sum([(each.grad ** 2).sum() for each in held]))
    share = torch.clamp(max_norm / (total + 1e-6), max=1.0)
    for each in held:
        each.grad.mul_(share)
    return total

def clip_grad_value_(parameters, clip_value):
    for each in with_gradients(parameters):
        each.grad.copy_(torch.clamp(each.grad, -clip_value, clip_value))
"""
IN_UTILS = ("clip_grad_norm_", "clip_grad_value_")
