"""A notebook is one namespace: what a cell needs of the cells before it.

The statements that define a program's missing names are put above it, so that the program is whole by itself, and can
be read, shared and changed as any other.
"""

from __future__ import annotations

import builtins
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.engine.errors import EngineError
from app.engine.interpreter import prelude
from app.engine.interpreter.bindings import CHANCE, GRADIENTS, Statement, statements
from app.engine.interpreter.names import bare_names
from app.engine.interpreter.source import nested_too_deeply, parse, pasted
from app.engine.interpreter.training.naming import targets
from app.engine.limits import Limits
from app.engine.support.checkpoints import checkpoint

HEADING = "# from earlier cells"
_MODULES = frozenset({"np", "numpy", "math", "plt"})
"""Names of modules that need no import here."""
_UNSAID = frozenset({CHANCE, GRADIENTS})
"""What stands among the names, and is none."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A name that an earlier cell defines. cell: its index, from 0."""

    name: str
    cell: int


@dataclass(frozen=True, slots=True)
class Whole:
    """A program with the definitions that it lacked. missing: names that nobody defines, in order of use."""

    program: str
    taken: tuple[Taken, ...]
    missing: tuple[str, ...]


def with_definitions(program: str, before: Sequence[str], limits: Limits) -> Whole:
    """`program` under those statements of the cells `before` it that define what it reads and does not define.

    The last cell that binds a name counts, with all statements in it and after it that bind or change the name, and
    what these read in turn. Cells that cannot be read are passed over. Raises ProgramError and LimitError where the
    program itself cannot be read.
    """
    table = _Table([_statements_if_readable(cell, limits) for cell in before])
    chosen: dict[tuple[int, int], Statement] = {}
    taken: dict[str, Taken] = {}
    missing: dict[str, None] = {}
    # How far each name, as a cell binds it, has been followed.
    followed: dict[tuple[str, int], int] = {}
    own = _statements(program, limits)
    # Each name with the number of cells that may define it.
    waiting = deque((name, len(before)) for name in [*_free(own), *table.ends(_differentiated(own, table.bound))])
    while waiting:
        checkpoint(5)
        name, end = waiting.popleft()
        if name in _MODULES:
            continue
        cell = table.last(name, end)
        if cell is None:
            if not _is_known(name):
                missing[name] = None
            continue
        if name not in _UNSAID:
            taken.setdefault(name, Taken(name, cell))
        if followed.get((name, cell), 0) >= end:
            continue
        followed[name, cell] = end
        begun = False
        for i, each in table.about(name, cell, end):
            chosen[i, each.first] = each
            waiting += [(read, i if read == name and not begun else i + 1) for read in each.reads]
            waiting += [(read, end) for read in each.later if read != name for end in table.bound_behind(read, i)]
            waiting += [(read, len(before)) for read in each.later if read != name]
            begun = begun or name in each.binds
    if not chosen:
        return Whole(program, (), tuple(missing))
    texts = [HEADING, *(each.text for _, each in sorted(chosen.items(), key=lambda item: item[0])), "", program]
    return Whole("\n".join(_spaced(texts)), tuple(taken.values()), tuple(missing))


class _Table:
    """The statements of all cells by the names that they bind or change."""

    def __init__(self, cells: list[list[Statement]]) -> None:
        self._about: dict[str, list[tuple[int, Statement]]] = defaultdict(list)
        self._binding: dict[str, list[int]] = defaultdict(list)
        self._all = [(i, each) for i, cell in enumerate(cells) for each in cell]
        # What is known so far of names: what they change when they are called, and of what they were made.
        effects, made, defined = dict[str, frozenset[str]](), dict[str, frozenset[str]](), set[str]()
        for i, cell in enumerate(cells):
            for each in cell:
                changes = each.changes.union(*[effects.get(name, ()) for name in (*each.reads, *each.later)])
                changes = changes.union(*[made.get(name, ()) for name in each.steps])
                called = each.effects.union(*[effects.get(name, ()) for name in each.later])
                defined = defined | each.binds if each.defines else defined - each.binds
                for name in each.binds:
                    effects[name] = called if each.defines else frozenset()
                    made[name] = frozenset(each.reads) - defined
                for name in each.binds | (changes if not each.defines else each.changes):
                    self._about[name].append((i, each))
                for name in each.binds:
                    self._binding[name].append(i)

    def ends(self, differentiated: frozenset[str]) -> Iterator[str]:
        """What the cells compute from these names, step by step, and read no further: what gradients of them are of."""
        reached, ends = set[str](), dict[str, None]()
        for i, each in self._all:
            reached |= {name for name in each.binds & differentiated if self._binding[name][-1] == i}
            read = reached.intersection(each.reads)
            if read and each.binds and not each.defines and not any(_like_gradients(each.binds, self._binding)):
                reached |= each.binds
                ends = {name: None for name in ends if name not in read} | dict.fromkeys(sorted(each.binds))
        return iter(ends)

    @property
    def bound(self) -> Container[str]:
        """The names that the cells bind."""
        return self._binding

    def last(self, name: str, end: int) -> int | None:
        """The last cell before `end` that binds a name. Gradients are there from the first one on."""
        if name == GRADIENTS:
            return 0 if end else None
        cells = self._binding.get(name, [])
        at = bisect_left(cells, end)
        return cells[at - 1] if at else None

    def bound_behind(self, name: str, cell: int) -> list[int]:
        """Behind each cell that binds a name that a function in this cell reads when it is called: it may be called
        behind any of them. The one that binds it before the function counts as well."""
        cells = self._binding.get(name, [])
        return [each + 1 for each in cells[max(bisect_left(cells, cell + 1) - 1, 0) :]]

    def about(self, name: str, begin: int, end: int) -> Iterator[tuple[int, Statement]]:
        """The statements about a name in these cells, each with its cell, in order."""
        return ((i, each) for i, each in self._about[name] if begin <= i < end)


def _spaced(texts: list[str]) -> Iterator[str]:
    """The texts with an empty line after each that has several lines."""
    for text, following in pairwise([*texts, ""]):
        yield text
        if "\n" in text and following:
            yield ""


def _is_known(name: str) -> bool:
    return name in _UNSAID or hasattr(builtins, name) or name in bare_names() or name in prelude()


def _statements(text: str, limits: Limits) -> list[Statement]:
    # About a microsecond for each character, and half of one for its statement.
    checkpoint(len(text))
    text = pasted(text, limits)
    checkpoint(len(text))
    tree = parse(text, limits)
    found: list[Statement] = []
    try:
        for each in statements(text, tree):
            checkpoint(len(each.text) / 2)
            found.append(each)
    except RecursionError:
        raise nested_too_deeply() from None
    return found


def _statements_if_readable(text: str, limits: Limits) -> list[Statement]:
    try:
        return _statements(text, limits)
    except EngineError:
        return []


def _like_gradients(names: Iterable[str], values: Container[str]) -> Iterator[str]:
    """The values that names are called gradients of."""
    return (target for name in names for target, _ in targets(name) if target in values)


def _differentiated(found: list[Statement], earlier: Container[str]) -> frozenset[str]:
    """What a text computes gradients of, if nothing else: values of earlier cells, by their names."""
    binding = [each for each in found if each.binds and not each.defines]
    of_each = [frozenset(_like_gradients(each.binds, earlier)) for each in binding]
    return frozenset().union(*of_each) if all(of_each) else frozenset()


def _free(found: list[Statement]) -> list[str]:
    """Names that are read before they are bound; in functions, that are bound nowhere."""
    bound: set[str] = set()
    free: list[str] = []
    for each in found:
        free += [name for name in each.reads if name not in bound]
        bound |= each.binds
    return list(dict.fromkeys([*free, *(name for each in found for name in each.later if name not in bound)]))
