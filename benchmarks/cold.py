"""Cold: from program text to the first trace, nothing cached. What the first keystroke after an edit costs."""

import ast
import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import Any

import numpy as np
from micrograd.engine import Value

from app.engine import compile_program, trace
from benchmarks import scalar_graph
from benchmarks.report import table

SIZE = 1_000
ROUNDS = 21
LONG_PROGRAM = 10_000
LONG_SECONDS = 0.15
TIMES_PARSE, NODE_MICROSECONDS, OBJECTS_SECONDS = 2.5, 5, 0.3
OBJECTS = 2_000
"""Scalar operations of the program of classes and closures."""

WHAT = """\
ms of the processor; in brackets how many times Backlit's time. Every round has a graph that nobody has seen before, so
no cache helps. micrograd gets the same text (compiled and executed over its `Value`s, then `backward()`), and once more
without the cost of reading it: a Python function compiled beforehand. `ast.parse` of the text is where Backlit begins:
no reader that uses Python's own parser can be quicker."""

HEADINGS = (
    "program",
    "Backlit",
    "micrograd, from the text",
    "micrograd, function compiled before",
    "`ast.parse` alone",
)


@dataclass(frozen=True)
class Fresh:
    """A program that has not been seen before."""

    text: str
    leaves: Mapping[str, float]
    output: str


def run() -> str:
    """The table of first traces, and the time to compile a long program."""
    long = median(_long_program(100 + k) for k in range(3))
    objects = median(_objects(k) for k in range(5))
    return "\n\n".join((
        f"## Cold: program text to first trace, {SIZE:,} scalar operations",
        WHAT,
        table(HEADINGS, [_row("straight line, one operation a line", _straight), _row("`for` loop, unrolled", _loop)]),
        (f"Targets: the straight line at most {TIMES_PARSE:g} times `ast.parse`, the loop at most "
        f"{NODE_MICROSECONDS} µs an operation."),
        f"`compile_program` of {LONG_PROGRAM:,} lines: {long:.2f} s (target: under {LONG_SECONDS} s).",
        (f"A program of classes and closures with {OBJECTS:,} scalar operations: {objects:.2f} s (target: under "
        f"{OBJECTS_SECONDS} s)."),
    ))  # fmt: skip


def _straight(k: int) -> Fresh:
    lines, leaves = scalar_graph.random_lines(SIZE, seed=1_000 + k)
    return Fresh(scalar_graph.program(lines), leaves, lines[-1].name)


def _loop(k: int) -> Fresh:
    return Fresh(*scalar_graph.recurrence(SIZE + 6 * k), "h")


def _row(name: str, make: Callable[[int], Fresh]) -> list[str]:
    ways = (_backlit, _micrograd_from_text, _micrograd_compiled, _parse)
    samples: list[list[float]] = [[] for _ in ways]
    for k in range(ROUNDS + 1):
        program = make(k)
        results = []
        for taken, way in zip(samples, ways, strict=True):
            seconds, result = _timed(way(program))
            results.append(result)
            if k:  # the first round warms up the interpreter; no later graph is like it
                taken.append(seconds)
        ours, *theirs, _ = results
        for other in theirs:
            np.testing.assert_allclose(ours(), other, rtol=1e-9)
    first, *others = map(median, samples)
    return [name, f"{first * 1e3:.2f}", *(f"{other * 1e3:.2f} ({other / first:.2f})" for other in others)]


def _backlit(program: Fresh) -> Callable[[], Any]:
    def first_trace() -> Callable[[], list[float]]:
        found = trace(program.text, program.leaves, program.output)
        found.value_list, found.grad_list, found.message_list  # noqa: B018 - whatever is made on demand is made now
        return lambda: [found.output, *(found.grads[leaf] for leaf in program.leaves)]

    return first_trace


def _micrograd_from_text(program: Fresh) -> Callable[[], Any]:
    def read_and_run() -> list[float]:
        leaves = {name: Value(value) for name, value in program.leaves.items()}
        scope: dict[str, Any] = {"relu": Value.relu, **leaves}
        exec(compile(program.text, "<program>", "exec"), scope)
        scope[program.output].backward()
        return [scope[program.output].data, *(leaf.grad for leaf in leaves.values())]

    return read_and_run


def _micrograd_compiled(program: Fresh) -> Callable[[], Any]:
    body = "".join(f"    {line}\n" for line in program.text.splitlines())
    head = f"def build({', '.join(program.leaves)}):\n"
    build = scalar_graph.define(f"{head}{body}    return {program.output}\n", "build")

    def build_and_run() -> list[float]:
        leaves = {name: Value(value) for name, value in program.leaves.items()}
        result = build(**leaves)
        result.backward()
        return [result.data, *(leaf.grad for leaf in leaves.values())]

    return build_and_run


def _parse(program: Fresh) -> Callable[[], Any]:
    return lambda: ast.parse(program.text)


def _long_program(seed: int) -> float:
    lines, leaves = scalar_graph.random_lines(LONG_PROGRAM, seed)
    text = scalar_graph.program(lines)
    return _timed(lambda: compile_program(text, leaves))[0]


def _objects(k: int) -> float:
    """A class with an operator, its objects combined by a closure: what a scalar autodiff engine written by a reader
    looks like."""
    text = (
        "class Value:\n    def __init__(self, data):\n        self.data = data\n"
        "    def __add__(self, other):\n        return Value(self.data + other.data)\n"
        "    def __mul__(self, other):\n        return Value(self.data * other.data)\n"
        f"def scaled(w):\n    return lambda v: v * w + w\nstep = scaled(Value(0.9{k}))\nv = Value(1.5)\n"
        f"for i in range({OBJECTS // 2}):\n    v = step(v)\ny = v.data * 1.0\n"
    )
    return _timed(lambda: compile_program(text, output="y"))[0]


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the processor and result, with the garbage collector on as everywhere, and nothing old in its sight.
    What else the machine does is not counted: a reading happens once, so no quiet moment can be waited for."""
    gc.collect()
    gc.freeze()
    start = process_time()
    result = work()
    return process_time() - start, result
