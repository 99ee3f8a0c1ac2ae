"""What learners use of Python's standard library, written in the language: containers of `collections` and functions of
`itertools`. Each goes through its items in Python's own order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SOURCE = '''
class deque:
    """A list that is short at both ends: beyond `maxlen`, what is put in at one end falls out at the other."""

    def __init__(self, iterable=(), maxlen=None):
        self.maxlen = maxlen
        self.items = []
        self.extend(iterable)

    def append(self, x):
        self.items.append(x)
        if self.maxlen is not None and len(self.items) > self.maxlen:
            self.items.pop(0)

    def appendleft(self, x):
        self.items.insert(0, x)
        if self.maxlen is not None and len(self.items) > self.maxlen:
            self.items.pop()

    def extend(self, iterable):
        for x in iterable:
            self.append(x)

    def extendleft(self, iterable):
        for x in iterable:
            self.appendleft(x)

    def pop(self):
        return self.items.pop()

    def popleft(self):
        return self.items.pop(0)

    def clear(self):
        self.items.clear()

    def count(self, x):
        return self.items.count(x)

    def index(self, x):
        return self.items.index(x)

    def remove(self, x):
        self.items.remove(x)

    def reverse(self):
        self.items.reverse()

    def rotate(self, n=1):
        n = n % len(self.items) if self.items else 0
        self.items = self.items[len(self.items) - n:] + self.items[:len(self.items) - n]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]

    def __setitem__(self, i, x):
        self.items[i] = x

    def __contains__(self, x):
        return x in self.items

    def __iter__(self):
        return iter(self.items)

    def __repr__(self):
        return f"deque({self.items!r})" if self.maxlen is None else f"deque({self.items!r}, maxlen={self.maxlen})"

class TextFile:
    """A text that takes the place of a file: it is read from the beginning to its end."""

    def __init__(self, text):
        self.text = text
        self.at = 0

    def read(self, size=-1):
        rest = self.text[self.at:] if size < 0 else self.text[self.at:self.at + size]
        self.at += len(rest)
        return rest

    def readlines(self):
        return [line + "\\n" for line in self.read().split("\\n")[:-1]]

    def readline(self):
        rest = self.text[self.at:]
        line = rest[:rest.find("\\n") + 1]
        self.at += len(line)
        return line

    def close(self):
        pass

    def __iter__(self):
        return iter(self.readlines())

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        pass

class Bytes:
    """What was downloaded, before it is decoded."""

    def __init__(self, text):
        self.text = text

    def decode(self, encoding="utf-8", errors="strict"):
        return self.text

    def __len__(self):
        return len(self.text)

class ByteFile(TextFile):
    def read(self, size=-1):
        return Bytes(super().read(size))

class Response:
    """The answer to a request."""

    def __init__(self, text):
        self.text = text
        self.content = Bytes(text)
        self.status_code = 200
        self.ok = True

    def raise_for_status(self):
        pass

class SimpleNamespace:
    """Named values as attributes."""

    def __init__(self, **named):
        for name, value in named.items():
            setattr(self, name, value)

    def __repr__(self):
        return "namespace(" + ", ".join([f"{name}={value!r}" for name, value in self.__dict__.items()]) + ")"

class Namespace(SimpleNamespace):
    """What a parser of arguments gives."""

    def __repr__(self):
        return "Namespace(" + ", ".join([f"{name}={value!r}" for name, value in self.__dict__.items()]) + ")"

class ArgumentParser:
    """A parser of a command line. There is none here, so each argument is its default."""

    def __init__(self, *given, **named):
        self.defaults = {}

    def add_argument(self, *names, default=None, action=None, dest=None, **named):
        longest = [name for name in names if name.startswith("--")] or list(names)
        name = dest or longest[0].lstrip("-").replace("-", "_")
        if default is None and action in ("store_true", "store_false"):
            default = action == "store_false"
        self.defaults[name] = default

    def set_defaults(self, **named):
        self.defaults.update(named)

    def add_argument_group(self, *given, **named):
        return self

    def parse_args(self, args=None):
        assert not args, "there is no command line here"
        return Namespace(**self.defaults)

    def parse_known_args(self, args=None):
        return self.parse_args(args), []

class Dictionary:
    """What a class that is derived from dict is: a dictionary with methods of its own."""

    def __init__(self, *given, **named):
        super().__setattr__("held", dict(*given, **named))

    def __getitem__(self, key):
        if key not in self.held and hasattr(self, "__missing__"):
            return self.__missing__(key)
        return self.held[key]

    def __setitem__(self, key, value):
        self.held[key] = value

    def __delitem__(self, key):
        del self.held[key]

    def __contains__(self, key):
        return key in self.held

    def __len__(self):
        return len(self.held)

    def __iter__(self):
        return iter(self.held)

    def __repr__(self):
        return repr(self.held)

    def keys(self):
        return self.held.keys()

    def values(self):
        return self.held.values()

    def items(self):
        return self.held.items()

    def get(self, key, default=None):
        return self.held.get(key, default)

    def setdefault(self, key, default=None):
        return self.held.setdefault(key, default)

    def pop(self, key, *default):
        return self.held.pop(key, *default)

    def update(self, *given, **named):
        self.held.update(*given, **named)

    def copy(self):
        return self.held.copy()

    def clear(self):
        self.held.clear()

def prod(iterable, start=1):
    for x in iterable:
        start = start * x
    return start

def count(start=0, step=1):
    while True:
        yield start
        start = start + step

def cycle(iterable):
    items = list(iterable)
    while items:
        yield from items

def repeat(object, times=None):
    while times is None or times > 0:
        yield object
        times = None if times is None else times - 1

def islice(iterable, start, stop=None, step=None):
    first, last = (0, start) if stop is None and step is None else (start or 0, stop)
    if last is not None and last <= first:
        return
    for i, x in enumerate(iterable):
        if i >= first and (i - first) % (step or 1) == 0:
            yield x
        if last is not None and i + 1 >= last:
            return

def accumulate(iterable, func=None, initial=None):
    total, begun = initial, initial is not None
    if begun:
        yield total
    for x in iterable:
        total = (total + x if func is None else func(total, x)) if begun else x
        begun = True
        yield total

def pairwise(iterable):
    items = list(iterable)
    return zip(items, items[1:])

def chain_from(iterables):
    for items in iterables:
        yield from items

def combinations(iterable, r):
    items = list(iterable)
    found = [()]
    for i in range(r):
        found = [(*some, k) for some in found for k in range(some[-1] + 1 if some else 0, len(items))]
    return [tuple([items[k] for k in some]) for some in found]

def permutations(iterable, r=None):
    items = list(iterable)
    found = [()]
    for i in range(len(items) if r is None else r):
        found = [(*some, k) for some in found for k in range(len(items)) if k not in some]
    return [tuple([items[k] for k in some]) for some in found]

def zip_longest(*iterables, fillvalue=None):
    rows = [list(items) for items in iterables]
    n = max([len(row) for row in rows], default=0)
    return zip(*[row + [fillvalue] * (n - len(row)) for row in rows])

def starmap(function, iterable):
    for given in iterable:
        yield function(*given)

def takewhile(predicate, iterable):
    for x in iterable:
        if not predicate(x):
            return
        yield x

def dropwhile(predicate, iterable):
    dropping = True
    for x in iterable:
        dropping = dropping and predicate(x)
        if not dropping:
            yield x

def groupby(iterable, key=None):
    found = []
    for x in iterable:
        k = x if key is None else key(x)
        if found and found[-1][0] == k:
            found[-1][1].append(x)
        else:
            found.append((k, [x]))
    return found
'''

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "collections": ("deque",),
        "contextlib": ("contextmanager",),
        "weakref": ("ref",),
        "types": ("SimpleNamespace",),
        "argparse": ("ArgumentParser", "Namespace"),
        "bases": ("Dictionary",),
        "io": ("TextFile", "Bytes", "ByteFile", "Response"),
        "math": ("prod",),
        "itertools": (
            *("count", "cycle", "repeat", "islice", "accumulate", "pairwise", "combinations", "permutations"),
            *("zip_longest", "starmap", "takewhile", "dropwhile", "groupby"),
        ),
    }
)
"""By module, the names that the text gives it."""
