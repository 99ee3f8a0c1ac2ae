"""`torch.autograd.Function`, and what checks it: a gradient beside differences."""

from __future__ import annotations

SOURCE = '''
class context:
    """What forward keeps for backward."""

    saved_tensors = ()
    needs_input_grad = ()

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors

    def mark_non_differentiable(self, *tensors):
        pass

    def set_materialize_grads(self, value):
        pass

class Function:
    """An operation with a backward pass of its own."""

    @classmethod
    def apply(cls, *args):
        ctx = context()
        ctx.needs_input_grad = tuple([torch.is_tensor(a) and a.requires_grad for a in args])
        given = [entered(a) for a in args]
        if hasattr(cls, "setup_context"):
            output = cls.forward(*given)
            cls.setup_context(ctx, tuple(given), output)
        else:
            output = cls.forward(ctx, *given)

        def back(gradient):
            found = cls.backward(ctx, gradient)
            return found if isinstance(found, tuple) else (found,)

        return left(cls.__name__, output, given, cls.forward, back, cls.backward)

def Variable(data, requires_grad=False, volatile=False):
    """What tensors with gradients were called before PyTorch 0.4: the same numbers, followed anew."""
    made = data.detach()
    return made.requires_grad_() if requires_grad else made

def gradcheck(func, inputs, eps=1e-06, atol=1e-05, rtol=0.001, raise_exception=True):
    """Whether the gradients of each number that a function gives are those that differences tell."""
    given = [inputs] if torch.is_tensor(inputs) else list(inputs)
    places = [i for i, a in enumerate(given) if torch.is_tensor(a) and a.requires_grad]
    assert places, "gradcheck expects at least one input tensor to require gradient"
    weights = torch.ones_like(func(*given)).detach()
    size = weights.numel()
    for row in range(size):
        seed = np.reshape(np.where(np.arange(size) == row, 1.0, 0.0), weights.shape)
        found = torch.autograd.grad(func(*given), [given[i] for i in places], as_like(seed, weights))
        for i, gradient in zip(places, found):
            numbers = given[i].detach()
            count = numbers.numel()
            for k in range(count):
                step = np.reshape(np.where(np.arange(count) == k, eps, 0.0), numbers.shape)
                sides = [func(*given[:i], numbers + way * step, *given[i + 1:]) for way in (1.0, -1.0)]
                slope = np.sum((sides[0] - sides[1]) * seed) / (2.0 * eps)
                mine = np.reshape(gradient, (-1,))[k]
                if not bool(abs(slope - mine) <= atol + rtol * abs(slope)):
                    if raise_exception:
                        raise RuntimeError(
                            f"Jacobian mismatch for output 0 with respect to input {i},\\n"
                            f"numerical:{slope.item()}\\nanalytical:{mine.item()}"
                        )
                    return False
    return True
'''
IN_AUTOGRAD = ("Function", "gradcheck", "Variable")
