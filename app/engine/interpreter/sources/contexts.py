"""What learners use of `contextlib` and `weakref`, written in the language."""

from __future__ import annotations

SOURCE = '''
class ref:
    """`weakref.ref(x)`: gives x when it is called. Nothing is thrown away while a text is read."""

    def __init__(self, held):
        self.held = held

    def __call__(self):
        return self.held

class Managed:
    """What a function with one `yield` does before the lines of a `with` and after them."""

    def __init__(self, steps):
        self.steps = steps

    def __enter__(self):
        return next(self.steps)

    def __exit__(self, kind, value, trace):
        next(self.steps, None)

def contextmanager(func):
    def made(*args, **kwargs):
        return Managed(func(*args, **kwargs))

    return made
'''
