"""`autograd.misc`: parameters as one vector, and optimizers, in autograd's own form of their steps."""

from __future__ import annotations

SOURCE = '''
def flattened(value):
    """All numbers of a tree as one vector, and a function from such a vector to the tree."""
    parts = leaves(value)
    shapes = [np.shape(part) for part in parts]
    form = structure(value)

    def back(vector):
        found, start = [], 0
        for shape in shapes:
            size = 1
            for n in shape:
                size = size * n
            found.append(np.reshape(vector[start:start + size], shape))
            start = start + size
        return form.unflatten(found)

    return np.concatenate([np.reshape(part, (-1,)) for part in parts]), back

def told(callback, back, x, i, g):
    if callback is not None:
        callback(back(x), i, back(g))

def sgd(grad, init_params, callback=None, num_iters=200, step_size=0.1, mass=0.9):
    x, back = flattened(init_params)
    velocity = np.zeros(len(x))
    for i in range(num_iters):
        g = flattened(grad(back(x), i))[0]
        told(callback, back, x, i, g)
        velocity = mass * velocity - (1.0 - mass) * g
        x = x + step_size * velocity
    return back(x)

def rmsprop(grad, init_params, callback=None, num_iters=100, step_size=0.1, gamma=0.9, eps=10**-8):
    x, back = flattened(init_params)
    squares = np.ones(len(x))
    for i in range(num_iters):
        g = flattened(grad(back(x), i))[0]
        told(callback, back, x, i, g)
        squares = squares * gamma + g ** 2 * (1 - gamma)
        x = x - step_size * g / (np.sqrt(squares) + eps)
    return back(x)

def adam(grad, init_params, callback=None, num_iters=100, step_size=0.001, b1=0.9, b2=0.999, eps=10**-8):
    x, back = flattened(init_params)
    m, v = np.zeros(len(x)), np.zeros(len(x))
    for i in range(num_iters):
        g = flattened(grad(back(x), i))[0]
        told(callback, back, x, i, g)
        m = (1 - b1) * g + b1 * m
        v = (1 - b2) * g ** 2 + b2 * v
        x = x - step_size * (m / (1 - b1 ** (i + 1))) / (np.sqrt(v / (1 - b2 ** (i + 1))) + eps)
    return back(x)
'''
IN_OPTIMIZERS = ("sgd", "rmsprop", "adam")
