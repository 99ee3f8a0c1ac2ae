# ruff: noqa: E501 - tables of templates
"""Random programs over the whole language. Python tries each statement as it is written, so that what comes out runs."""

from __future__ import annotations

import contextlib
import io
import random
import signal
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from app.engine.support.gc_pause import gc_paused

HEAD = """import math
import random
import itertools
import functools
from collections import defaultdict, Counter
y = 1.5
"""
INTS = ["0", "1", "2", "3", "-1", "7", "10", "-4", "12"]
FLOATS = ["0.5", "2.0", "-1.5", "0.1", "1e-3", "3.25", "100.0", "-0.0", "1 / 3", "2e5"]
TEXTS = ["'a'", "'abc'", "''", "'Hello World'", "'x,y,z'", "' b '", "'12'", '"it\'s"', "'a\\tb'"]
LISTS = ["[1, 2, 3]", "[]", "[3, 1, 2]", "[0.5, 2]", "[[1, 2], [3]]", "['b', 'a']", "[True, None]", "list(range(5))"]
LISTS += [
    "[1, 'a', 2.5]",
    "[i * i for i in range(4)]",
    "list('hey')",
    "[(1, 'x'), (0, 'y')]",
    "[[0] * 2 for _ in range(2)]",
]
DICTS = [
    "{'a': 1, 'b': 2}",
    "{}",
    "{1: 'x', 2: 'y'}",
    "{'k': [1, 2]}",
    "dict(p=1.5, q='r')",
    "{i: i ** 2 for i in range(3)}",
]
SETS = ["{1, 2, 3}", "{3}", "set()", "{x % 3 for x in range(7)}", "set([4, 4, 5])"]
TUPLES = ["(1, 2)", "(0.5,)", "()", "(1, 'a', None)", "((1, 2), 3)"]
ARRAYS = [
    "np.array([1.0, 2.0, 3.0])",
    "np.array([[1.0, -2.0], [0.5, 4.0]])",
    "np.zeros(3)",
    "np.ones((2, 2))",
    "np.eye(2)",
]
ARRAYS += [
    "np.arange(4)",
    "np.arange(6.0).reshape(2, 3)",
    "np.array([3, 1, 2])",
    "np.linspace(0, 1, 3)",
    "np.full((2,), 7)",
]
ARRAYS += ["np.array([True, False, True])", "np.random.randn(2, 2)", "np.random.rand(3)", "np.random.randint(0, 5, 3)"]

# By what an expression gives: how it is made of others. {i} a whole number, {f} a number, {n} either, {t} a text, {l} a list,
# {d} a dictionary, {s} a set, {u} a tuple, {a} an array, {b} a truth, {v} any value.
MADE: dict[str, list[str]] = {
    "i": [
        "{i} + {i}", "{i} - {i}", "{i} * {i}", "{i} // {i}", "{i} % {i}", "-{i}", "abs({i})", "len({t})", "len({l})", "len({d})",
        "int({f})", "{i} ** 2", "{i} & {i}", "{i} | {i}", "{i} ^ {i}", "{i} << 2", "{i} >> 1", "~{i}", "max({i}, {i})", "min({i}, {i}, 5)",
        "{l}.index({v})", "{l}.count({v})", "{t}.find({t})", "{t}.count({t})", "ord({t}[0])", "len({s})", "sum({l})", "round({f})",
        "{a}.shape[0]", "{a}.ndim", "{a}.size", "len({a})", "divmod({i}, {i})[1]", "pow({i}, 2)", "math.floor({f})", "math.ceil({f})",
        "int({t})", "({i} if {b} else {i})", "({i} or {i})", "({i} and {i})", "math.gcd({i}, {i})", "{a}.argmax()", "{u}.count({v})",
        "math.factorial({i})", "bool({v}) + {i}", "np.argmin({a})", "int({b})", "{i} ** {i}", "np.sum({a} > {n})",
        "functools.reduce(lambda p, q: p + q, {l}, {i})", "next(iter({l}))", "(lambda p, q=2: p * q)({i})", "math.comb(5, {i})",
    ],
    "f": [
        "{n} + {f}", "{f} - {n}", "{n} * {f}", "{n} / {n}", "{f} ** 2", "{f} // {n}", "{f} % {n}", "abs({f})", "float({i})", "float({t})",
        "round({f}, 2)", "math.sqrt({n})", "math.exp({f})", "np.exp({f})", "np.sum({a})", "{a}.mean()", "{a}[0]", "{a}[0, 1]", "{a}.max()",
        "max({f}, {n})", "min({n}, {f})", "math.pi * {n}", "np.sqrt({n})", "{a}.sum()", "math.log({n})", "sum({l}) / len({l})",
        "({f} if {b} else {n})", "np.dot({a}, {a})", "{a}[-1]", "-{f}", "np.tanh({f})", "{a}.item(0)", "float({a}[0])", "np.max({a})",
        "{a}.std()", "{a}.tolist()[0]", "np.linalg.norm({a})", "abs({n} - {n})", "np.mean({l})", "round({f}, -1)", "round({n} * 1.0)",
        "math.hypot({n}, {n})", "math.pow({n}, 2)", "np.maximum({n}, {n})", "np.prod({a})", "random.random()", "np.random.rand()",
    ],
    "t": [
        "{t} + {t}", "{t} * {i}", "str({v})", "repr({v})", "{t}.upper()", "{t}.lower()", "{t}.strip()", "{t}.replace({t}, {t})", "{t}[0]",
        "{t}[{i}:]", "{t}[::-1]", "{t}.title()", "{t}.capitalize()", "{t}.center(9, '*')", "{t}.ljust(6)", "{t}.rjust(6)", "{t}.zfill(5)",
        "f'{{{v}}}'", "f'{{{n}:.2f}}'", "f'{{{i}:5d}}|'", "f'{{{t}:>6}}|'", "f'{{{v}!r}}'", "f'{{{n}:8.3f}}{{{n}:+}}'", "f'{{{f}:.1%}}'",
        "f'{{{n}:.3e}}'", "f'{{{n}:g}}'", "f'{{{i}:04d}}{{{i}:x}}'", "f'{{{i}:,}}{{{i}:b}}'", "'%d' % {n}", "'%.3f' % {n}", "'%s' % {n}", "'%5.1f|%-6s|' % ({n}, {t})",
        "'%s %r' % ({v}, {v})", "'%d%%' % {i}", "'%e %g' % ({f}, {n})", "'%(k)s' % dict(k={v})", "'{{}} {{}}'.format({v}, {v})", "'{{:.2f}}|{{:>5}}'.format({n}, {t})",
        "'{{0}}{{1}}{{0}}'.format({v}, {v})", "'{{k}}'.format(k={v})", "{t}.join({l})", "', '.join(str(q) for q in {l})", "'-'.join({t})", "chr(97 + {i})",
        "{t}.swapcase()", "{t}.lstrip()", "{t}.split(',')[0]", "({t} if {b} else {t})", "{t}.removeprefix({t})", "max({t}, {t})", "str({n})", "format({n}, '.2f')",
        "type({v}).__name__", "f'{{{n}=}}'", "f'{{{f}:10.2e}}|{{{t}:^9}}|{{{i}:<5}}|'", "bin({i})", "hex({i})", "f'{{{l}}} {{{a}}}'", "str({a})", "{t}.partition({t})[0]",
        "f'{{{n}:{{{i}}}}}'", "'{{:{{}}}}'.format({n}, 5)", "'%x %o' % ({i}, {i})", "'%c' % {t}", "'%i' % {f}", "'%5s|%05d' % ({v}, {i})",
        "f'{{{b}:d}}'", "f'{{{v}:>12}}'", "f'{{{v}!s:>9}}'", "f'{{{n}:_}}'", "f'{{{n}:.0f}}'", "str({n} * 2)[:3]", "f'{{{n}:06.1f}}'", "'%+.2f' % {n}", "f'{{{n}:n}}'",
    ],
    "l": [
        "{l} + {l}", "{l} * 2", "{l}[1:]", "{l}[::-1]", "{l}[:{i}]", "sorted({l})", "list({t})", "list({d})", "list({s})", "list({d}.items())", "list({d}.values())",
        "[q for q in {l}]", "[q * 2 for q in {l}]", "[q for q in {l} if q]", "list(map(lambda q: q + 1, {l}))", "list(filter(lambda q: q, {l}))", "list(zip({l}, {l}))",
        "list(enumerate({l}))", "list(reversed({l}))", "{t}.split()", "{t}.split(',')", "list(range({i}))", "list(range({i}, {i}, 2))", "[{v}, {v}]", "[*{l}, {v}]",
        "{l}.copy()", "sorted({l}, reverse=True)", "sorted({l}, key=lambda q: -q)", "sorted({l}, key=str)", "[p + q for p in {l} for q in {l}]", "{a}.tolist()", "list({a})",
        "list(itertools.product({l}, {t}))", "list(itertools.chain({l}, {t}))", "[*{t}]", "[(p, q) for p, q in zip({l}, {t})]", "sorted({d})", "sorted({s})", "list({u})",
        "sorted({d}.items(), key=lambda q: q[1])", "[{{q: 1}} for q in {l}]", "({l} or [1])", "[p if p else {i} for p in {l}]", "list({l})", "{l}[{i}:{i}]", "{l}[::2]",
        "sorted({t})", "[n for n in range(3) for m in range(n)]", "list(dict.fromkeys({l}))", "sum([{l}, {l}], [])", "random.sample({l}, 2)", "[[q, q] for q in {l}]",
    ],
    "d": [
        "dict({d})", "{{**{d}, 'z': {v}}}", "{{q: 1 for q in {l}}}", "dict(zip({l}, {l}))", "{{k: w for k, w in {d}.items()}}", "{d}.copy()", "{d} | {d}", "dict({d}, w={i})",
        "{{p: q for p, q in enumerate({l})}}", "{{{t}: {v}, {i}: {v}}}", "dict(Counter({t}))", "dict.fromkeys({l}, {v})", "{{str(k): w for k, w in {d}.items()}}",
    ],
    "s": ["{s} | {s}", "{s} & {s}", "{s} - {s}", "{s} ^ {s}", "set({l})", "{{q for q in {l}}}", "{s}.union({l})", "set(range({i}))", "{s}.intersection({s})", "{{{i}, {i}}}", "set({d})", "{s}.symmetric_difference({s})", "frozenset({s})"],
    "u": ["({v}, {v})", "({v},)", "tuple({l})", "{u} + {u}", "{u}[1:]", "{u} * 2", "divmod({n}, {n})", "{a}.shape", "tuple({t})", "(*{l}, {v})", "{t}.partition(',')", "max({d}.items())", "tuple(q for q in {l})"],
    "b": [
        "{n} > {n}", "{n} == {n}", "{n} <= {n} < {n}", "{v} == {v}", "{v} != {v}", "not {v}", "{b} and {b}", "{b} or {b}", "{v} in {l}", "{v} in {d}", "{t} in {t}", "{v} not in {s}",
        "{t} < {t}", "{l} < {l}", "{v} is None", "isinstance({v}, int)", "isinstance({v}, (str, float))", "isinstance({v}, list)", "any({l})", "all({l})", "{t}.startswith({t})",
        "{t}.isdigit()", "bool({v})", "callable({v})", "{s} <= {s}", "{a}.any()", "np.all({a} > 0)", "{u} < {u}", "type({v}) == type({v})", "any(q > 1 for q in {l})", "{a}[0] > {n}",
        "np.allclose({a}, {a})", "{v} is {v}", "isinstance({v}, bool)", "math.isnan({n})", "all(p == q for p, q in zip({l}, {l}))", "{n} in {a}", "{n} in {u}", "isinstance({a}, np.ndarray)",
        "{s}.issubset({l})", "{s}.isdisjoint({s})", "isinstance({n}, (int, float))", "{t}.endswith({t})", "{i} in range({i})", "{l} == {l}", "{d} == {d}", "{u} == {u}",
    ],
    "a": [
        "{a} + {n}", "{a} * {n}", "{a} - {a}", "{a} * {a}", "{a} / {n}", "{a} ** 2", "{a} @ {a}", "{a}.T", "{a}[1:]", "{a}[::-1]", "{a}[:, 0]", "{a}[{i}]", "{a}[{a} > {n}]", "np.exp({a})", "np.where({a} > {n}, {a}, {n})",
        "{a}.reshape(-1)", "np.sum({a}, axis=0)", "np.concatenate([{a}, {a}])", "np.stack([{a}, {a}])", "np.maximum({a}, {n})", "{a}.copy()", "-{a}", "np.array({l})", "{a} > {n}", "{a}.astype(int)", "{a}.astype(float)",
        "{a} % {n}", "{a} // {n}", "np.cumsum({a})", "np.sort({a})", "np.abs({a})", "{a}[[0, 1]]", "{a}[None]", "{a}.mean(axis=0)", "np.dot({a}, {a})", "np.outer({a}, {a})", "np.clip({a}, 0, 1)", "np.zeros_like({a})", "np.round({a}, 1)",
        "np.array([{n}, {n}])", "np.ones({i})", "np.arange({i})", "np.argsort({a})", "{l} * {a}", "{a} == {a}", "~({a} > {n})", "({a} > {n}) & ({a} < {n})", "np.tile({a}, 2)", "np.repeat({a}, 2)", "np.flip({a})", "np.unique({a})", "np.diff({a})", "np.full({u}, {n})",
        "np.array({u})", "{a}.cumsum()", "np.sign({a})", "np.floor({a})", "np.squeeze({a})", "{a}.flatten()", "np.vstack([{a}, {a}])", "np.hstack([{a}, {a}])", "np.diag({a})", "np.full_like({a}, {n})", "np.roll({a}, 1)", "np.array([{a}, {a}])", "{a}.clip(0, 2)", "np.ones_like({a})",
        "np.minimum({a}, {a})", "np.eye({i})[{a}]", "np.bincount({a})", "np.max({a}, axis=-1, keepdims=True)", "np.argmax({a}, axis=0)", "np.pad({a}, 1)", "np.mean({a} == {a})", "np.triu({a})", "np.var({a}, axis=0)", "np.power({a}, 2)", "np.random.permutation({i})", "{a}[..., 0]", "np.isnan({a})",
    ],
}  # fmt: skip
BASIC = {
    "i": INTS,
    "f": FLOATS,
    "t": TEXTS,
    "l": LISTS,
    "d": DICTS,
    "s": SETS,
    "u": TUPLES,
    "a": ARRAYS,
    "b": ["True", "False"],
}
KINDS = "iiiffftttlllddsuaaaab"
# {x} a name of the kind that the letter before the dot says, {y} another name
CHANGES: list[tuple[str, str]] = [
    ("l", "{x}.append({v})"), ("l", "{x}.extend({l})"), ("l", "{x}.insert({i}, {v})"), ("l", "{x}.pop()"), ("l", "{x}.pop({i})"), ("l", "{x}.sort()"), ("l", "{x}.reverse()"), ("l", "{x}.remove({v})"),
    ("l", "{x}[{i}] = {v}"), ("l", "{x}[1:2] = {l}"), ("l", "del {x}[{i}]"), ("l", "{x} += {l}"), ("l", "{x}[::2] = {l}"), ("l", "{x} *= 2"), ("l", "{x}.clear()"), ("l", "del {x}[1:]"), ("l", "{x}[{i}] += {v}"), ("l", "{x} += {t}"),
    ("l", "{x}.sort(key=lambda q: -q)"), ("l", "{x}.sort(reverse=True)"), ("l", "{x}.extend({t})"), ("l", "random.shuffle({x})"), ("l", "{x}[:] = {l}"), ("l", "{x}[1:1] = {t}"), ("l", "{x} += ({v},)"),
    ("d", "{x}[{i}] = {v}"), ("d", "{x}[{t}] = {v}"), ("d", "{x}.update({d})"), ("d", "{x}.pop({t}, None)"), ("d", "del {x}[{t}]"), ("d", "{x}[{t}] += {i}"), ("d", "{x}.setdefault({t}, []).append({v})"), ("d", "{x}[{i}] = {x}.get({i}, 0) + 1"), ("d", "{x}.popitem()"), ("d", "{x} |= {d}"), ("d", "{x}[{u}] = {v}"), ("d", "{x}.update(a={v})"),
    ("s", "{x}.add({i})"), ("s", "{x}.discard({i})"), ("s", "{x} |= {s}"), ("s", "{x} -= {s}"), ("s", "{x}.update({l})"), ("s", "{x}.remove({i})"), ("s", "{x} &= {s}"),
    ("i", "{x} += {i}"), ("i", "{x} -= 1"), ("i", "{x} *= {n}"), ("i", "{x} //= {n}"), ("i", "{x} %= {i}"), ("f", "{x} *= {n}"), ("f", "{x} /= {n}"), ("f", "{x} += {n}"), ("t", "{x} += {t}"), ("i", "{x} **= 2"), ("i", "{x} <<= 1"), ("i", "{x} |= {i}"), ("i", "{x} += {b}"),
    ("a", "{x}[{i}] = {n}"), ("a", "{x}[{i}] += {n}"), ("a", "{x} += {n}"), ("a", "{x} *= {a}"), ("a", "{x}[{a} > {n}] = {n}"), ("a", "{x}[1:] = {n}"), ("a", "{x}[0] = {a}"), ("a", "{x}[:, 0] = {n}"), ("a", "{x}[[0, 1]] = {l}"), ("a", "{x} -= {a}"), ("a", "{x}[::2] *= {n}"), ("a", "{x} /= {n}"), ("a", "{x}[{x} > {n}] *= {n}"),
    ("a", "{x}.fill({n})"), ("a", "np.add.at({x}, [0, 0], {n})"), ("a", "{x}[{a}] = {n}"), ("a", "{x} **= 2"), ("a", "{x}[{i}, {i}] = {n}"), ("a", "{x} //= {n}"), ("a", "{x} %= 3"), ("a", "np.random.shuffle({x})"), ("a", "{x}[...] = {n}"), ("a", "{x}[{i}:{i}] = {a}"),
]  # fmt: skip
LOOPS = [
    "for q in {l}:",
    "for q in range({i}):",
    "for q in {t}:",
    "for q in {d}:",
    "for k, q in enumerate({l}):",
    "for k, q in {d}.items():",
    "for q, k in zip({l}, {l}):",
    "for q in {a}:",
    "for q in reversed({l}):",
    "for q in range(4, 0, -1):",
]
LOOPS += [
    "for q in {d}.values():",
    "for k, q in enumerate({t}, 1):",
    "for q in sorted({s}):",
    "for k, (q, w) in enumerate(zip({l}, {t})):",
    "for q in map(str, {l}):",
    "for q, *k in {l}:",
    "for q in {l}[:]:",
    "for q in {u}:",
    "for q in (p * 2 for p in {l}):",
]
CLASS = """class {name}:
    total = {i}
    def __init__(self, p, q={v}):
        self.p = p
        self.q = q
        {name}.total += 1
    def scaled(self, by={i}):
        return self.p * by
    def changed(self, v):
        self.q = v
        return self
    def __add__(self, other):
        return {name}(self.p + (other.p if isinstance(other, {name}) else other), self.q)
    def __radd__(self, other):
        return {name}(other + self.p)
    def __eq__(self, other):
        return isinstance(other, {name}) and self.p == other.p
    def __lt__(self, other):
        return self.p < other.p
    def __len__(self):
        return {i} % 5
    def __getitem__(self, key):
        return (self.p, self.q)[key]
    def __repr__(self):
        return f'{name}({{self.p}}, {{self.q!r}})'
    @property
    def twice(self):
        return self.p * 2
    @staticmethod
    def made(v):
        return {name}(v, v)
class {name}Of({name}):
    def scaled(self, by=1):
        return super().scaled(by) + self.p
    def __str__(self):
        return '<' + repr(self) + '>'
    def __call__(self, v):
        return [self.p, v]"""
OBJECT = [
    "{c}({n})",
    "{c}({n}, {v})",
    "{c}({n}).changed({v})",
    "{c}.made({n})",
    "{c}({n}) + {n}",
    "{n} + {c}({n})",
    "{c}Of({n})",
    "{c}Of({n}) + {c}({i})",
    "sum([{c}({n}), {c}({n})])",
    "max({c}({n}), {c}({n}))",
]
OF_OBJECT = [
    "{o}.p",
    "{o}.q",
    "{o}.scaled()",
    "{o}.scaled({n})",
    "{o}.twice",
    "{o} == {c}({n})",
    "{o} < {o}",
    "len({o})",
    "{o}[0]",
    "{o}[{i}]",
    "str({o})",
    "[{o}, {o}]",
    "f'{{{o}}}'",
    "bool({o})",
    "{o}({n})",
    "{c}.total",
    "{o}.total",
    "hasattr({o}, 'p')",
    "getattr({o}, 'zz', {i})",
]
OF_OBJECT += [
    "isinstance({o}, {c})",
    "sorted([{o}, {c}({n})])",
    "{o} in [{o}]",
    "{o} != {o}",
    "{o}.__class__.__name__",
    "list({o})",
    "type({o}).__name__",
    "{o} is {o}",
    "not {o}",
    "{c}Of.made({n})",
    "'%s' % {o}",
    "{o} > {o}",
]


class Maker:
    """Writes a program statement by statement; `space` is what Python holds after them."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.lines: list[str] = []
        self.space: dict[str, Any] = {"np": np}
        self.names: dict[str, str] = {}
        self.functions: list[tuple[str, int]] = []
        self.classes: list[str] = []
        self.objects: list[str] = []
        self.run(HEAD.splitlines())
        self.keep([f"np.random.seed({rng.randint(0, 9)})", f"random.seed({rng.randint(0, 9)})"])

    # -- expressions ---------------------------------------------------------------------------------------------

    def expression(self, kind: str, depth: int = 2) -> str:
        """An expression that gives, most likely, a value of this kind."""
        rng = self.rng
        if kind == "n":
            kind = rng.choice("iff")
        if kind == "v":
            kind = rng.choice(KINDS)
        if rng.random() < 0.015:
            kind = rng.choice(KINDS)
        if depth <= 0 or rng.random() < 0.3:
            names = [name for name, held in self.names.items() if held == kind]
            if names and rng.random() < 0.75:
                return rng.choice(names)
            return rng.choice(BASIC[kind])
        if self.functions and rng.random() < 0.06:
            name, count = rng.choice(self.functions)
            return f"{name}({', '.join(self.expression('n', depth - 1) for _ in range(count))})"
        return self.filled(rng.choice(MADE[kind]), depth - 1)

    def filled(self, template: str, depth: int = 1, **given: str) -> str:
        """A template with its letters in braces filled in."""
        written, rest = "", template.replace("{{", "\0").replace("}}", "\1")
        while "{" in rest:
            before, _, rest = rest.partition("{")
            letter, _, rest = rest.partition("}")
            text = given.get(letter) or (self.expression(letter, depth) if letter in "iftldsuabnv" else letter)
            if "'" in text and ("f'" in template):
                # Python 3.11 has no quotes of the same kind inside an f-string.
                text = self.rng.choice(list(self.names) or ["1"])
            simple = text.replace("_", "").replace(".", "").isalnum() or (
                text[-1] in "])}'" and self.rng.random() < 0.5
            )
            written += before + (text if simple or self.rng.random() < 0.15 else f"({text})")
        return (written + rest).replace("\0", "{").replace("\1", "}")

    # -- statements ----------------------------------------------------------------------------------------------

    def run(self, lines: list[str]) -> bool:
        """Keeps the lines if Python runs them and what the names hold then is small."""
        return self.tried(lines) and self.keep(lines)

    def tried(self, lines: list[str]) -> bool:
        """Whether Python runs the lines, in a moment: a list that grows while it is gone through never ends."""
        try:
            with (
                warnings.catch_warnings(),
                np.errstate(all="ignore"),
                contextlib.redirect_stdout(io.StringIO()),
                gc_paused(),
                _at_most(0.3),
            ):
                warnings.simplefilter("ignore")
                exec(compile("\n".join(lines), "<lines>", "exec"), self.space)
        except Exception:  # noqa: BLE001 - whatever Python says no to
            return False
        return True

    def keep(self, lines: list[str]) -> bool:
        self.lines += lines
        return True

    def assign(self) -> None:
        kind = self.rng.choice(KINDS)
        name = self.rng.choice("abcdeghmrx")
        self.named(name, self.expression(kind, self.rng.randint(0, 3)))

    def named(self, name: str, text: str) -> None:
        """Gives an expression a name, and shows it most of the time."""
        if self.whole([f"{name} = {text}"]):
            self.names.pop(name, None)
            kind = _kind(self.space[name])
            if kind is not None:
                self.names[name] = kind
            if self.rng.random() < 0.5:
                self.whole([f"print({name})"])

    def whole(self, lines: list[str]) -> bool:
        """Keeps the lines if the whole program so far runs with them: what failed halfway may have changed something."""
        fresh: dict[str, Any] = {"np": np}
        before, self.space = self.space, fresh
        if self.tried([*self.lines, *lines]) and all(
            _small(value) for name, value in self.space.items() if name != "__builtins__"
        ):
            return self.keep(lines)
        self.space = before
        return False

    def change(self) -> None:
        kind, template = self.rng.choice(CHANGES)
        names = [name for name, held in self.names.items() if held == kind]
        if names:
            name = self.rng.choice(names)
            if self.whole([self.filled(template, x=name)]):
                self.whole([f"print({name})"])

    def unpack(self) -> None:
        a, b, c = self.rng.sample("abcdeghmrx", 3)
        line = self.rng.choice(
            [
                f"{a}, {b} = {{v}}, {{v}}",
                f"{a}, *{b} = {{l}}",
                f"{a} = {b} = {{v}}",
                f"({a}, {b}), {c} = ({{v}}, {{v}}), {{v}}",
                f"*{a}, {b} = {{t}}",
                f"{a}, {b} = {b}, {a}",
                f"[{a}, {b}] = {{u}}",
                f"{a}: int = {{i}}",
                f"{a}, {b}, *{c} = {{l}}",
            ]
        )
        if self.whole([self.filled(line)]):
            for name in (a, b, c):
                kind = _kind(self.space.get(name))
                self.names.pop(name, None)
                if kind is not None:
                    self.names[name] = kind
            self.show()

    def show(self) -> None:
        shown = ", ".join(self.rng.sample(sorted(self.names), min(len(self.names), self.rng.randint(1, 3))))
        end = self.rng.choice(["", "", ", sep='|'", ", end=' '", ", sep='', end='\\n\\n'", ", end=''"])
        if shown:
            self.whole([f"print({shown}{end})"])

    def shown_expression(self) -> None:
        self.whole([f"print({self.expression('v', 3)}, {self.expression('v', 2)})"])

    def block(self, names: dict[str, str], depth: int = 0) -> list[str]:
        """A few lines of a body, indented."""
        before = dict(self.names)
        self.names |= names
        lines: list[str] = []
        for _ in range(self.rng.randint(1, 3)):
            pick = self.rng.random()
            name = self.rng.choice("abcdegx")
            if pick < 0.35:
                kind = before.get(name) or self.rng.choice(KINDS)
                lines.append(f"{name} = {self.expression(kind, 2)}")
            elif pick < 0.6:
                kind, template = self.rng.choice(CHANGES)
                held = [n for n, k in self.names.items() if k == kind and n not in names]
                if held:
                    lines.append(self.filled(template, x=self.rng.choice(held)))
            elif pick < 0.75:
                lines.append(f"print({self.expression('v', 2)}, {self.rng.choice(sorted(self.names) or ['1'])})")
            elif depth < 2:
                inner = self.block(names, depth + 1)
                lines += [f"if {self.expression('b')}:", *inner]
                if self.rng.random() < 0.4:
                    lines += [f"elif {self.expression('b')}:", *self.block(names, 2)]
                if self.rng.random() < 0.5:
                    lines += ["else:", *self.block(names, 2)]
        self.names = before
        return ["    " + line for line in lines or ["pass"]]

    def branch(self) -> None:
        lines = [f"if {self.expression('b')}:", *self.block({})]
        if self.rng.random() < 0.5:
            lines += ["else:", *self.block({})]
        self.settle(lines)

    def settle(self, lines: list[str]) -> None:
        """Keeps a block, and sees anew what each name holds."""
        if self.whole(lines):
            self.names = {n: k for n in "abcdeghmrxkqw" if (k := _kind(self.space.get(n))) is not None}
            if self.rng.random() < 0.7:
                self.show()

    def loop(self) -> None:
        head = self.filled(self.rng.choice(LOOPS))
        body = self.block({"q": self.rng.choice("iift")}, 1)
        if self.rng.random() < 0.3:
            body.insert(
                self.rng.randint(0, 1),
                f"    if {self.expression('b')}:\n        {self.rng.choice(['break', 'continue'])}",
            )
        tail = ["else:", "    print('else')"] if self.rng.random() < 0.25 else []
        self.settle([head, *body, *tail])

    def while_(self) -> None:
        body = self.block({"n": "i"}, 1)
        if self.rng.random() < 0.4:
            body.append(f"    if {self.expression('b')}:\n        {self.rng.choice(['break', 'continue'])}")
        tail = ["else:", "    print('done', n)"] if self.rng.random() < 0.3 else []
        self.settle(["n = 0", f"while n < {self.rng.randint(0, 4)}:", "    n += 1", *body, *tail])

    def function(self) -> None:
        if len(self.functions) >= 4:
            return
        name = f"f{len(self.functions)}"
        count = self.rng.randint(1, 2)
        parameters = ["p", "w"][:count]
        head = ", ".join(parameters) + self.rng.choice(["", "", ", z=2", ", *more", ", *, z=0.5", ", **named"])
        inside = dict.fromkeys(parameters, self.rng.choice("iff"))
        before = dict(self.names)
        self.names |= inside
        lines = [f"def {name}({head}):"]
        pick = self.rng.random()
        if pick < 0.2:
            lines += [
                "    if p <= 0:",
                f"        return {self.expression('n', 1)}",
                f"    return {name}({', '.join(['p - 1', 'w'][:count])}) + {self.expression('n', 1)}",
            ]
        elif pick < 0.35:
            lines += [
                "    def inner(u):",
                "        nonlocal p",
                f"        p += {self.expression('n', 1)}",
                "        return u + p",
                f"    return inner({self.expression('n', 1)}) + inner(1)",
            ]
        elif pick < 0.5:
            lines += [
                "    for u in range(5):",
                f"        if u > {self.expression('n', 1)}:",
                f"            return {self.expression('n', 1)}",
                "        p += u",
                "    return p",
            ]
        elif pick < 0.6:
            lines += [
                f"    g = lambda u, s={self.expression('n', 1)}: u * s + p",
                f"    return g({self.expression('n', 1)})",
            ]
        else:
            self.names = inside | {n: k for n, k in before.items() if k in "ifa"}
            lines += [
                f"    t = {self.expression('n', 2)}",
                f"    if {self.expression('b', 1)}:",
                f"        t = {self.expression('n', 1)}",
                f"    return {self.expression('n', 2)}",
            ]
        self.names = before
        if self.whole([*lines, f"print({name}({', '.join(self.expression('n', 1) for _ in range(count))}))"]):
            self.functions.append((name, count))

    def class_(self) -> None:
        if len(self.classes) < 2:
            name = "AB"[len(self.classes)]
            if self.whole(
                self.filled(CLASS, 0, name=name)
                .replace(f"({name})", name)
                .replace(f"class {name}Of{name}", f"class {name}Of({name})")
                .splitlines()
            ):
                self.classes.append(name)
        self.object()

    def object(self) -> None:
        if not self.classes:
            return
        c = self.rng.choice(self.classes)
        name = f"o{self.rng.randint(0, 2)}"
        if (
            self.whole([f"{name} = {self.filled(self.rng.choice(OBJECT), 1, c=c)}", f"print({name})"])
            and name not in self.objects
        ):
            self.objects.append(name)
        self.of_object()

    def of_object(self) -> None:
        if self.objects:
            c, o = self.rng.choice(self.classes), self.rng.choice(self.objects)
            self.whole([f"print({self.filled(self.rng.choice(OF_OBJECT), 1, c=c, o=o)})"])
            change = self.rng.choice(
                [
                    "{o}.p += {n}",
                    "{o}.q = {v}",
                    "{o}.new = {v}",
                    "setattr({o}, 'p', {n})",
                    "{c}.total = {i}",
                    "del {o}.q",
                ]
            )
            if self.whole([self.filled(change, 1, c=c, o=o)]):
                self.whole([f"print({o}.p, {o}, {c}.total)"])

    def stray(self) -> None:
        """A line that Python may refuse: then the program ends there."""
        _, template = self.rng.choice(CHANGES)
        name = self.rng.choice(sorted(self.names) or ["a"])
        self.lines.append(
            self.rng.choice(
                [self.filled(template, x=name), f"print({self.expression('v', 2)} + {self.expression('v', 1)})"]
            )
        )

    def program(self, length: int) -> str:
        steps: list[Callable[[], None]] = (
            [self.assign] * 8 + [self.change] * 6 + [self.unpack] * 2 + [self.show, self.branch, self.loop, self.loop]
        )
        steps += [self.shown_expression] * 4 + [self.while_, self.function, self.function, self.class_, self.of_object]
        for _ in range(length):
            self.rng.choice(steps)()
        if self.rng.random() < 0.3:
            self.stray()
        return "\n".join(self.lines) + "\n"


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raises TimeoutError in what takes more time of the processor. The collector must be paused: from what it calls
    nothing can be raised."""

    def over(signum: int, frame: object) -> None:
        raise TimeoutError

    former = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


def _kind(value: Any) -> str | None:
    """The letter of a value's kind."""
    if isinstance(value, np.ndarray):
        return "a"
    if isinstance(value, bool | np.bool_):
        return "b"
    kinds = {int: "i", float: "f", str: "t", list: "l", dict: "d", set: "s", tuple: "u", np.float64: "f", np.int64: "i"}
    return kinds.get(type(value))


def _small(value: Any, depth: int = 0) -> bool:
    """Whether a value is one that doubles hold and that does not grow beyond bounds."""
    if isinstance(value, bool | np.bool_) or value is None:
        return True
    if isinstance(value, complex):
        return False
    if isinstance(value, int):
        return -(10**15) < value < 10**15  # it may be too large for a float
    if isinstance(value, float | np.integer | np.floating):
        return abs(float(value)) < 1e15
    if isinstance(value, str):
        return len(value) < 200
    if isinstance(value, np.ndarray):
        return (
            value.size <= 40
            and value.ndim <= 4
            and value.dtype.kind in "fib"
            and _small(float(np.abs(value.astype(float)).max(initial=0.0)))
        )
    if isinstance(value, set | frozenset) and any(isinstance(item, str | tuple) for item in value):
        return False  # Python's order of texts changes from run to run.
    if isinstance(value, list | tuple | set | frozenset):
        return len(value) < 40 and depth < 6 and all(_small(item, depth + 1) for item in value)
    if isinstance(value, dict):
        return len(value) < 40 and depth < 6 and all(_small(v, depth + 1) for v in [*value, *value.values()])
    return True


def random_language(rng: random.Random, length: int = 14) -> str:
    return Maker(rng).program(length)
