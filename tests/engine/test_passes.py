"""Sweeps over a part of a graph, from several outputs, for some nodes alone, and with a message changed."""

from __future__ import annotations

import random

import numpy as np
import pytest

from app.engine import EngineError, compile_program
from app.engine.execution.passes.backward import backward_steps, resweep, run_backward
from app.engine.execution.passes.forward import forward_steps, ieee, run_forward
from app.engine.program import ancestors, descendants
from tests.engine.programs import random_program

SEEDS = range(25)


def traced(seed):
    """The first of some random programs that is one."""
    for number in range(seed * 100, seed * 100 + 100):
        try:
            run = compile_program(random_program(random.Random(number)), {}).run()
        except EngineError:
            continue
        return run, run.structure.schedule
    raise AssertionError("no program in a hundred")


def same(a, b):
    assert (a is None) == (b is None)
    if a is not None:
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_part_computed_again_gives_the_same_values(seed):
    run, schedule = traced(seed)
    half = range(len(schedule.graph) // 2, len(schedule.graph))
    values = list(run.value_list)
    for i in half:
        values[i] = None if schedule.rules[i] is not None else values[i]
    run_forward(forward_steps(schedule, half, ieee), values)
    for now, before in zip(values, run.value_list, strict=True):
        same(now, before)


@pytest.mark.parametrize("seed", SEEDS)
def test_inputs_alone_get_the_same_gradients_from_no_more_messages(seed):
    run, schedule = traced(seed)
    inputs = {i for i, node in enumerate(run.structure.nodes) if node.role == "input"}
    wanted = set(sorted(inputs)[:1])
    steps = backward_steps(schedule, reversed(schedule.graph), ieee=True, wanted=wanted)
    grads = [None] * len(schedule.graph)
    grads[schedule.output] = run.seed
    with np.errstate(all="ignore"):
        run_backward(steps, run.value_list, grads)
    for i in wanted:
        same(grads[i], run.grad_list[i])
    sent = sum(len(slots) for *_, slots in steps)
    assert sent <= sum(map(len, schedule.senders))


def test_what_does_not_lead_to_a_wanted_node_is_sent_nothing():
    run = compile_program("w = 2.0\nx = 3.0\ny = np.exp(x) * w", {}).run()
    schedule, index = run.structure.schedule, run.structure.index
    steps = backward_steps(schedule, reversed(schedule.graph), wanted={index["w"]})
    assert [(i, slots) for i, *_, slots in steps] == [(index["y"], (1,))]


def test_several_outputs_add_up():
    run = compile_program("x = 3.0\na = x * x\nb = np.exp(x)\ny = a + b", {}).run()
    schedule, index = run.structure.schedule, run.structure.index
    grads = [None] * len(schedule.graph)
    grads[index["a"]], grads[index["b"]] = 2.0, 10.0
    run_backward(backward_steps(schedule, reversed(schedule.graph)), run.value_list, grads)
    assert grads[index["x"]] == pytest.approx(2 * 2 * 3 + 10 * np.exp(3.0), rel=1e-14)
    assert grads[index["y"]] is None


@pytest.mark.parametrize("seed", SEEDS)
def test_a_changed_message_changes_what_lies_before_it_and_nothing_else(seed):
    run, schedule = traced(seed)
    edges = [e for e, message in enumerate(run.message_list) if message is not None]
    if not edges:
        return
    edge = edges[seed % len(edges)]
    kernels = {
        i: (kernel, slots) for i, kernel, *_, slots in backward_steps(schedule, reversed(schedule.graph), ieee=True)
    }

    def send(i, grad):
        if grad is None or i not in kernels:
            return
        kernel, slots = kernels[i]
        with np.errstate(all="ignore"):
            sent = kernel(grad, run.value_list[i], *[run.value_list[j] for j in schedule.inputs[i]])
        yield from ((schedule.first_edge[i] + slot, message) for slot, message in zip(slots, sent, strict=True))

    double = run.message_list[edge] * 2
    found = resweep(schedule, run.message_list, reversed(schedule.graph), send, {edge: double})
    assert schedule.edges[edge].source in found
    # Messages are linear in what arrives: the difference is what the message alone would have brought.
    alone = [None] * len(schedule.graph)
    alone[schedule.edges[edge].source] = run.message_list[edge]
    part = range(schedule.edges[edge].source, -1, -1)
    with np.errstate(all="ignore"):
        run_backward(backward_steps(schedule, part, ieee=True), run.value_list, alone)
    for i, own in enumerate(run.grad_list):
        if i in found and alone[i] is not None and np.isfinite(own).all() and np.isfinite(alone[i]).all():
            np.testing.assert_allclose(found[i], own + alone[i], rtol=1e-9, atol=1e-9 * (1 + np.max(np.abs(own))))
        elif i not in found:
            assert alone[i] is None


@pytest.mark.parametrize("seed", SEEDS)
def test_ancestors_and_descendants_are_each_others_converse(seed):
    run, _schedule = traced(seed)
    nodes = run.structure.program.nodes
    inputs = [node.inputs for node in nodes]
    every = range(len(nodes))
    before = [ancestors(nodes, [i]) for i in every]
    after = [descendants(nodes, [i]) for i in every]
    assert all(before[i][j] == after[j][i] for i in every for j in every)
    assert all(before[i][i] and all(before[i][j] for j in inputs[i]) for i in every)
    assert [ancestors(inputs, [i]) for i in every] == before
    assert [descendants(inputs, [i]) for i in every] == after
    assert not any(ancestors(nodes, []))
    assert not any(descendants(nodes, []))
    middle = [len(nodes) // 3, len(nodes) // 2]
    assert list(ancestors(nodes, middle)) == [max(before[i][j] for i in middle) for j in every]
    assert list(descendants(nodes, middle)) == [max(after[i][j] for i in middle) for j in every]
