"""The cache of plans: bounded by weight, least recently used first, safe between threads."""

from concurrent.futures import ThreadPoolExecutor

from app.engine import compile_program
from app.engine.support.cache import WeightedCache


def test_what_was_used_longest_ago_goes_first():
    cache = WeightedCache(10)
    cache.put("a", 1, 4)
    cache.put("b", 2, 4)
    assert cache.get("a") == 1
    cache.put("c", 3, 4)
    assert cache.get("b") is None
    assert (cache.get("a"), cache.get("c")) == (1, 3)
    assert len(cache) == 2


def test_what_is_too_heavy_is_not_kept():
    cache = WeightedCache(10)
    cache.put("a", 1, 4)
    cache.put("b", 2, 11)
    assert (cache.get("a"), cache.get("b")) == (1, None)


def test_putting_again_replaces_value_and_weight():
    cache = WeightedCache(10)
    cache.put("a", 1, 9)
    cache.put("a", 2, 1)
    cache.put("b", 3, 9)
    assert (cache.get("a"), cache.get("b")) == (2, 3)
    cache.clear()
    assert len(cache) == 0
    cache.put("c", 1, 10)
    assert cache.get("c") == 1


def test_weights_hold_under_many_threads():
    cache = WeightedCache(50)

    def work(number):
        for i in range(500):
            cache.put((number, i % 20), i, 1 + i % 7)
            cache.get((number, (i * 7) % 20))
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))
    assert 0 < len(cache) <= 50
    cache.put("heavy", 1, 50)
    assert len(cache) == 1


def test_a_structure_is_planned_once():
    source = "y = q0 * q0 + 1"
    one, other = compile_program(source, {"q0": 1.0}), compile_program(source, {"q0": 2.0})
    assert one.structure is other.structure
    assert (one.run().output, other.run().output) == (2.0, 5.0)
    assert compile_program(source, {"q0": [1.0]}).structure is not one.structure
    assert compile_program(source, {"q0": 1.0}, output="y.1").structure is not one.structure
    assert compile_program(source, {"q0": 1.0}, detail="scalar").structure is not one.structure
    assert compile_program(source, {"q0": 1.0}, seed=3.0).run().grads["q0"] == 6.0
    assert compile_program(source, {"q0": 1.0}).run().grads["q0"] == 2.0
