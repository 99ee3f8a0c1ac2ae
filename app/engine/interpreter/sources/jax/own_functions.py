"""Operations whose backward pass the text writes itself: `jax.custom_vjp`, and `primitive` of autograd."""

from __future__ import annotations

SOURCE = '''
class custom_vjp:
    """A function with a backward pass of its own; it is called within its own forward pass as it is."""

    def __init__(self, fun):
        self.fun, self.fwd, self.bwd, self.inside = fun, None, None, False

    def defvjp(self, fwd, bwd):
        self.fwd, self.bwd = fwd, bwd

    def __call__(self, *args):
        if self.inside or self.fwd is None:
            return self.fun(*args)
        given = [map(entered, arg) for arg in args]
        output = self.fun(*given)

        def back(gradient):
            self.inside = True
            kept = self.fwd(*given)[1]
            self.inside = False
            found = self.bwd(kept, gradient)
            assert len(found) == len(given), "bwd gives a tuple with one gradient for each argument"
            return [leaf for g, arg in zip(found, given) for leaf in (leaves(arg) if g is None else leaves(g))]

        return left(self.fun.__name__, output, leaves(given), self.fun, back, self.bwd)

class primitive:
    """A function of autograd with a backward pass of its own."""

    def __init__(self, fun):
        self.fun, self.vjps = fun, ()

    def __call__(self, *args):
        if not self.vjps:
            return self.fun(*args)
        given = [entered(arg) for arg in args]
        output = self.fun(*given)
        makers = [*self.vjps, *[None] * (len(given) - len(self.vjps))]

        def back(gradient):
            return [None if make is None else make(output, *given)(gradient) for make in makers]

        return left(self.fun.__name__, output, given, self.fun, back, makers)

def defvjp(fun, *vjps):
    fun.vjps = vjps

def vjp(fun, *primals):
    """What a function gives, and a function from the gradient of that to those of the arguments."""
    def back(cotangents):
        weighed = lambda *args: np.sum(fun(*args) * cotangents)
        return gradient_of(weighed, tuple(range(len(primals))))(*primals)

    return fun(*primals), back

def jvp(fun, primals, tangents):
    """What a function gives, and how fast it changes in one direction: the product of its derivatives with that."""
    value = fun(*primals)
    rows = derivatives_of(fun, tuple(range(len(primals))))(*primals)
    changes = [np.tensordot(np.asarray(row), np.asarray(t), len(np.shape(t))) for row, t in zip(rows, tangents)]
    total = changes[0]
    for change in changes[1:]:
        total = total + change
    return value, total
'''
