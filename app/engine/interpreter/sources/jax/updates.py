"""`x.at[i].set(v)`: a new array, in which a part is another one."""

from __future__ import annotations

SOURCE = '''
class at:
    def __init__(self, array):
        self.array = array

    def __getitem__(self, index):
        return part(self.array, index)

class part:
    """A part of an array that is about to be another one."""

    def __init__(self, array, index):
        self.array, self.index = array, index

    def get(self):
        return self.array[self.index]

    def set(self, values):
        made = self.array.copy()
        made[self.index] = values
        return made

    def add(self, values):
        if one_by_one(self.index):
            made = self.array.copy()
            np.add.at(made, self.index, values)
            return made
        return self.set(self.array[self.index] + values)

    def subtract(self, values):
        return self.add(-values)

    def multiply(self, values):
        return self.set(self.array[self.index] * values)

    def divide(self, values):
        return self.set(self.array[self.index] / values)

    def power(self, values):
        return self.set(self.array[self.index] ** values)

    def min(self, values):
        return self.set(np.minimum(self.array[self.index], values))

    def max(self, values):
        return self.set(np.maximum(self.array[self.index], values))

    def apply(self, ufunc):
        return self.set(ufunc(self.array[self.index]))
'''
