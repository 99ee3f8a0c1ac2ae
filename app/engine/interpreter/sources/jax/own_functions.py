"""Operations whose derivative the text writes: `jax.custom_vjp`, `jax.custom_jvp`, and `primitive` of autograd."""

from __future__ import annotations

SOURCE = '''
class Own:
    """A function with a rule of its own; it is called within its own forward pass as it is. fixed: the places of the
    arguments that it is not differentiated by, which its rule gets first."""

    def __init__(self, fun, nondiff_argnums=()):
        self.fun, self.inside, self.fixed = fun, False, tuple(nondiff_argnums)

    def __call__(self, *args):
        if self.inside or not self.has_rule():
            return self.fun(*args)
        given = [
            arg if i in self.fixed else entered(arg) if np.isscalar(arg) or hasattr(arg, "shape") else map(entered, arg)
            for i, arg in enumerate(args)
        ]
        output = self.fun(*given)
        kept = [arg for i, arg in enumerate(given) if i in self.fixed]
        moved = [arg for i, arg in enumerate(given) if i not in self.fixed]

        def back(gradient):
            self.inside = True
            found = iter(self.sent(kept, moved, output, gradient))
            self.inside = False
            sent = []
            for i, arg in enumerate(given):
                g = None if i in self.fixed else next(found)
                sent = sent + ([None for leaf in leaves(arg)] if g is None else leaves(g))
            return sent

        return left(self.fun.__name__, output, leaves(given), self.fun, back, self.lines(given))

class custom_vjp(Own):
    """A function with a backward pass of its own."""

    fwd, bwd = None, None

    def defvjp(self, fwd, bwd):
        self.fwd, self.bwd = fwd, bwd

    def has_rule(self):
        return self.fwd is not None

    def lines(self, given):
        return self.bwd

    def sent(self, kept, moved, output, gradient):
        rest = list(moved)
        args = [kept[self.fixed.index(i)] if i in self.fixed else rest.pop(0) for i in range(len(kept) + len(moved))]
        found = self.bwd(*kept, self.fwd(*args)[1], gradient)
        assert len(found) == len(moved), "bwd gives a tuple with one gradient for each argument"
        return found

class custom_jvp(Own):
    """A function that says itself how it changes along a direction. It is linear in the direction, so what it sends
    back is its transpose."""

    rule, rules = None, ()

    def defjvp(self, jvp, symbolic_zeros=False):
        self.rule = jvp
        return jvp

    def defjvps(self, *jvps):
        self.rules = jvps

    def has_rule(self):
        return self.rule is not None or len(self.rules) > 0

    def lines(self, given):
        return self.rule if self.rule is not None else [*self.rules]

    def sent(self, kept, moved, output, gradient):
        if self.rule is not None:
            return transposed(lambda *t: self.rule(*kept, tuple(moved), t)[1], moved, gradient)
        return [
            None if rule is None else transposed(lambda t: rule(t, output, *moved), [arg], gradient)[0]
            for rule, arg in zip(self.rules, moved)
        ]

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
