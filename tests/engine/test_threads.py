"""Plans and the cache of plans are shared between threads: whoever runs what, the figures are those of one thread."""

import threading
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from app.engine import ProgramError, compile_program, trace

SOURCES = [
    "x = 2.0\ny = x * np.sin(x)\nprint(y)",
    "x = np.array([[1.0, 2.0], [3.0, 4.0]])\ny = softmax(x @ x)\nprint(y)\ndx = x",
    "x = np.array([0.5, -1.0])\nfor i in range(5):\n    x = np.tanh(x * 2) + x\ny = np.sum(x)",
    "x = np.float64(0.0)\ny = np.log(x) + 1 / x",
    "x = np.linspace(-1, 1, 5)\ny = np.max(gelu(x))",
]


def figures(run):
    return [np.asarray(v).tobytes() for v in (*run.value_list, *[g for g in run.grad_list if g is not None])]


def test_many_threads_on_one_plan():
    for source in SOURCES:
        plan = compile_program(source)
        wanted = figures(plan.run())
        barrier = threading.Barrier(8)

        def work(plan=plan, barrier=barrier):
            barrier.wait()
            return [figures(plan.run()) for _ in range(200)]  # by steps at first, as straight-line code later

        with ThreadPoolExecutor(8) as pool:
            for future in [pool.submit(work) for _ in range(8)]:
                assert all(found == wanted for found in future.result())


def test_many_threads_on_many_texts():
    wanted = {source: figures(trace(source)) for source in SOURCES}

    def work(number):
        for round in range(30):
            source = SOURCES[(number + round) % len(SOURCES)]
            fresh = source + f"\nq = {number} * {round}" if round % 3 else source
            run = compile_program(fresh, output="y").run()
            assert figures(run)[: len(wanted[source])] == wanted[source]
            assert run.prints is not None
            assert run.manual is not None
            assert run.local_list is not None
        return True

    with ThreadPoolExecutor(12) as pool:
        assert all(pool.map(work, range(12)))


def test_values_of_one_thread_do_not_reach_another():
    source = "y = x * x + b"

    def work(number):
        for _ in range(200):
            run = compile_program(source, {"x": float(number), "b": 1.0}).run()
            assert run.output == number * number + 1
            assert run.plan.run({"b": 5.0}).output == number * number + 5
        return True

    with ThreadPoolExecutor(12) as pool:
        assert all(pool.map(work, range(12)))


def test_errors_in_one_thread_leave_the_others_alone():
    def work(number):
        for _ in range(50):
            with pytest.raises(ProgramError):
                trace("y = x +" if number % 2 else "y = nope(1)")
            assert trace(SOURCES[0]).output == 2.0 * np.sin(2.0)
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))


def test_warnings_of_the_parser_stay_where_they_are():
    """A text such as '\\d' makes Python warn, which is an error here; the filters against it belong to all threads."""
    before = list(warnings.filters)

    def work(number):
        for round in range(100):
            assert trace(f"y = {number}.{round}\nprint('\\d')").prints[0].text == "\\d"
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))
    assert warnings.filters == before
