"""Objects of NumPy that are indexed or gone through, written in the language. They hold an array in a function: as an
attribute it would be a leaf that one can point at."""

from __future__ import annotations

from types import MappingProxyType

SOURCE = '''
class nditer:
    """The elements of an array one after the other, or their places, as numerical gradients go through them."""

    def __init__(self, op: array_like, flags=(), op_flags=None, order="K"):
        self.read = lambda place: op[place + (...,)]
        self.places = ndindex(*op.shape)
        self.at = 0

    @property
    def finished(self):
        return self.at >= len(self.places)

    @property
    def multi_index(self):
        return self.places[self.at]

    @property
    def index(self):
        return self.at

    @property
    def value(self):
        return self.read(self.places[self.at])[()]

    def __getitem__(self, number):
        assert number == 0, "one array is gone through here"
        return self.read(self.places[self.at])

    def iternext(self):
        self.at = self.at + 1
        return self.at < len(self.places)

    def __iter__(self):
        return [self.read(place) for place in self.places]

class flatiter:
    """x.flat: the elements of an array, counted row by row."""

    def __init__(self, base):
        self.base = lambda: base

    def places(self, index):
        return np.unravel_index(np.arange(self.base().size)[index], self.base().shape)

    def __getitem__(self, index):
        return self.base()[self.places(index)]

    def __setitem__(self, index, value):
        array = self.base()
        array[self.places(index)] = value

    def __len__(self):
        return self.base().size

    def __iter__(self):
        return [self.base()[place] for place in ndindex(*self.base().shape)]

    def copy(self):
        return np.copy(np.ravel(self.base()))

class columns:
    """np.c_[a, b]: side by side."""

    def __getitem__(self, parts):
        parts = [np.asarray(counted(x)) for x in (parts if isinstance(parts, tuple) else (parts,))]
        return np.concatenate([np.reshape(x, (-1, 1)) if x.ndim < 2 else x for x in parts], axis=-1)

class rows:
    """np.r_[a, b]: one after the other."""

    def __getitem__(self, parts):
        parts = parts if isinstance(parts, tuple) else (parts,)
        return np.concatenate([np.atleast_1d(counted(x)) for x in parts])

class places:
    """np.s_[0, 1:]: an index as a value."""

    def __getitem__(self, index):
        return index

class grid:
    """np.mgrid[0:2, 0:3]: the coordinates of all points of a grid, one array for each axis."""

    def __getitem__(self, key):
        return grid_of(key, False)

class open_grid:
    """np.ogrid[0:2, 0:3]: the same, each only along its own axis."""

    def __getitem__(self, key):
        return grid_of(key, True)
'''
CLASSES = MappingProxyType(
    {"c_": "columns", "r_": "rows", "s_": "places", "index_exp": "places", "mgrid": "grid", "ogrid": "open_grid"}
)
"""Objects that are indexed, by what stands after `np.`: the classes of them."""
