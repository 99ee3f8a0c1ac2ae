"""What must hold for every trace, whatever the program: each check takes a plan and fails where two ways to the same
figures part."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.engine import Plan, Trace, compile_program
from app.engine.emit import Emitted, emit_numpy
from app.engine.execution.codegen import compile_schedule
from app.engine.execution.node_by_node import node_by_node
from app.engine.execution.passes.tangent import directional_derivative
from app.engine.ops import CONSTANT, INPUT
from app.engine.support.errstate import ignore_fp_errors


def arrays(column: Any) -> list[np.ndarray | None]:
    return [None if entry is None else np.asarray(entry, dtype=np.float64) for entry in column]


def near(x: np.ndarray, y: np.ndarray, rtol: float, atol: float) -> None:
    """What NumPy's own assertion says, which takes a hundred times as long as to see that it holds."""
    if x.shape == y.shape:
        if x.tobytes() == y.tobytes():
            return
        if x.size == 1 and abs(x.item() - y.item()) <= atol + rtol * abs(y.item()) < np.inf:
            return
    np.testing.assert_allclose(x, y, rtol=rtol, atol=atol)


def same_bits(a: Any, b: Any) -> None:
    """Equal columns, to the last bit; nan equals nan."""
    close(a, b, 0.0)


def close(a: Any, b: Any, rtol: float, scale: float = 0.0) -> None:
    """Equal columns up to rounding; `scale` is the size of what may have cancelled."""
    assert len(a) == len(b)
    for x, y in zip(arrays(a), arrays(b), strict=True):
        assert (x is None) == (y is None)
        if x is not None:
            assert y is not None
            near(x, y, rtol, rtol * scale)


def largest(run: Trace) -> float:
    """The largest finite figure of a run, which is what rounding errors are relative to."""
    columns = [v for c in (run.value_list, run.grad_list, run.message_list) for v in arrays(c) if v is not None]
    finite = [np.abs(v[np.isfinite(v)]).max(initial=0.0) for v in columns]
    return float(max(finite, default=0.0))


def check_runners(plan: Plan) -> None:
    """By steps, as straight-line code and in IEEE arithmetic: the same columns."""
    schedule = plan.structure.schedule
    try:
        quick = ignore_fp_errors(node_by_node(schedule), plan.defaults, plan.seed)
    except (OverflowError, ValueError, ZeroDivisionError):
        return  # Python's arithmetic raises: there is only the IEEE way
    for a, b in zip(quick, ignore_fp_errors(compile_schedule(schedule), plan.defaults, plan.seed), strict=True):
        same_bits(a, b)
    scale = largest(plan.run())
    for a, b in zip(
        quick, ignore_fp_errors(node_by_node(schedule, careful=True), plan.defaults, plan.seed), strict=True
    ):
        close(a, b, 1e-13, scale)


def check_shapes(run: Trace) -> None:
    """Values, gradients and messages have the shapes that the structure says; scalars are Python's own floats."""
    structure = run.structure
    shapes = {node.id: shape for node, shape in zip(structure.nodes, structure.shapes, strict=True)}
    for column in (run.values, run.grads):
        for id, entry in column.items():
            assert entry is None or np.shape(entry) == shapes[id]
            assert entry is None or type(entry) is (float if shapes[id] == () else np.ndarray)
            assert not isinstance(entry, np.ndarray) or entry.dtype == np.float64
    for (source, _, _), entry in run.messages.items():
        assert entry is None or (np.shape(entry) == shapes[source] and isinstance(entry, float | np.ndarray))
    assert len({node.id for node in structure.nodes}) == len(structure.nodes)


def check_messages(run: Trace) -> None:
    """A gradient is the sum of its messages; a message is the adjoint times the local derivative, if there is one."""
    arrived: dict[str, list[Any]] = {}
    for (source, _, _), message in run.messages.items():
        if message is not None:
            arrived.setdefault(source, []).append(message)
    scale = largest(run)
    for node in run.structure.nodes:
        grad = run.grads[node.id]
        if node.id == run.structure.output:
            np.testing.assert_array_equal(grad, run.seed)
        elif grad is None:
            assert node.id not in arrived
        else:
            near(np.asarray(sum(arrived[node.id])), np.asarray(grad), 1e-13, 1e-13 * scale)
    with np.errstate(all="ignore"):
        for (source, target, slot), local in run.locals.items():
            message = run.messages[source, target, slot]
            if local is None or message is None or not np.isfinite(message).all():
                continue
            # Of a sum along an axis of length one, the local derivative has the shape of what is added up.
            product = local * np.broadcast_to(run.grads[target], np.shape(run.values[target]))
            if np.isfinite(product).all() and np.isfinite(local).all():
                near(folded(product, np.shape(message)), np.asarray(message), 1e-12, 1e-13 * scale)


def folded(array: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """`array` added up along the axes that broadcasting `shape` to it would copy."""
    if array.size == 1:
        return array.reshape(shape)
    array = array.sum(axis=tuple(range(array.ndim - len(shape))))
    stretched = tuple(i for i, n in enumerate(shape) if n == 1 and array.shape[i] != 1)
    return array.sum(axis=stretched, keepdims=True)


def directions(plan: Plan, rng: np.random.Generator) -> dict[str, Any]:
    """A random direction for every input that the graph has."""
    found = {}
    for node, shape in zip(plan.structure.nodes, plan.structure.shapes, strict=True):
        if node.op is INPUT:
            found[node.id] = rng.normal(size=shape) if shape else float(rng.normal())
    return found


_STEEP = 1e10
"""A local derivative beyond which rounding is all that is left: that of the root in `np.std` of equal numbers."""


def check_modes(plan: Plan, rng: np.random.Generator) -> None:
    """Backward and forward mode: g · (J t) equals (gᵀ J) · t."""
    shape = np.shape(plan.run().output)
    seed = rng.normal(size=shape) if shape else float(rng.normal())
    run = plan.run(seed=seed)
    direction = directions(plan, rng)
    tangent = np.asarray(directional_derivative(run, direction)[plan.structure.output])
    if not np.isfinite(tangent).all():
        return
    if any(np.max(np.abs(local), initial=0.0) > _STEEP for local in run.locals.values() if local is not None):
        return
    pulled = [(np.asarray(run.grads[id]), t) for id, t in direction.items() if run.grads[id] is not None]
    size = sum(float(np.abs(g * t).sum()) for g, t in pulled) + float(np.abs(seed * tangent).sum())
    assert abs(float(np.sum(seed * tangent)) - sum(float(np.sum(g * t)) for g, t in pulled)) <= 1e-12 * (size + 1)


def check_differences(plan: Plan, rng: np.random.Generator, step: float = 1e-6, rtol: float = 2e-6) -> None:
    """The gradient against central differences of the value along a random direction."""
    run = plan.run()
    direction = directions(plan, rng)
    values = {id: run.values[id] for id in direction}
    ahead, behind = (
        plan.run({id: value + sign * step * direction[id] for id, value in values.items()}) for sign in (1.0, -1.0)
    )
    masks = [node.id for node in plan.structure.nodes if node.op.kind == "mask"]
    jumps = any(not np.array_equal(near.values[id], run.values[id]) for id in masks for near in (ahead, behind))
    if jumps or run.kinks or ahead.kinks or behind.kinks:
        return
    numeric = float(np.sum(np.asarray(ahead.output) - np.asarray(behind.output))) / (2 * step)
    pulled = [float(np.sum(run.grads[id] * t)) for id, t in direction.items() if run.grads[id] is not None]
    if not np.isfinite([numeric, *pulled]).all():
        return
    assert abs(numeric - sum(pulled)) <= rtol * (1 + sum(map(abs, pulled)) + abs(np.sum(run.output)) * 1e-3)


def check_emitted(run: Trace) -> None:
    """The emitted program, executed, holds the trace's figures."""
    emitted = emit_numpy(run)
    space: dict[str, Any] = {}
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        exec(compile(emitted.source, "<emitted>", "exec"), space)
    check_held(run, emitted, space)


def check_held(
    run: Trace,
    emitted: Emitted,
    space: Mapping[str, Any],
    as_array: Callable[[Any], Any] = np.asarray,
    forward: float = 1e-13,
    backward: float = 1e-12,
    scale: float | None = None,
) -> int:
    """What an emitted program holds after it ran is what the trace says; how many numbers that were. scale: the size
    of what may have cancelled; None: the largest number of the run."""
    text = emitted.source.split("\n")
    held: dict[tuple[str, str], Any] = {}
    parts: set[str] = set()
    owners = {line.line: line for line in emitted.lines}
    for line in emitted.lines:
        if line.name is None:
            assert line.passes == "forward"
            parts.add(line.node)
        else:
            assert owners[line.line] is not line or re.match(rf"\s*{line.name} = ", text[line.line - 1])
            held[line.node, line.passes] = as_array(space[line.name])
    scale = largest(run) if scale is None else scale
    compared = 0
    for node, value in zip(run.structure.nodes, run.value_list, strict=True):
        if (node.id, "forward") in held:
            compared += np.size(value)
            close([held[node.id, "forward"]], [value], forward, scale)
        elif node.id in parts:
            assert node.name is None
        else:
            assert node.op is CONSTANT
            assert type(value) is float
    for id, grad in run.grads.items():
        assert ((id, "backward") in held) == (grad is not None)
        if grad is not None:
            compared += np.size(grad)
            got = np.asarray(held[id, "backward"], dtype=np.float64)
            close([np.broadcast_to(got, np.shape(grad))], [grad], backward, scale)
    return compared


def check_scalar_detail(source: str, values: dict[str, Any], limit: int = 400) -> None:
    """Every element a node of its own: the same figures."""
    plan = compile_program(source, values)
    if sum(int(np.prod(shape)) for shape in plan.structure.shapes) <= limit:
        check_opened(plan, compile_program(source, values, detail="scalar"))


def check_opened(plan: Plan, opened_plan: Plan) -> None:
    """A plan, and one of the same program in scalar detail: the same figures."""
    run = plan.run()
    opened = opened_plan.run()
    assert all(shape == () for shape in opened_plan.structure.shapes)
    scale = largest(run)
    close([opened.output], [np.sum(run.output)], 1e-12, scale)
    for node, shape in zip(plan.structure.nodes, plan.structure.shapes, strict=True):
        if node.op is not INPUT:
            continue
        for index in np.ndindex(shape):
            id = f"{node.id}[{','.join(map(str, index))}]" if shape else node.id
            grad = run.grads[node.id]
            wanted = None if grad is None else float(np.asarray(grad)[index])
            got = opened.grads.get(id)
            # An element that nothing looks at has no path to the output; as part of its array it has gradient 0.
            close([0.0 if got is None else got], [0.0 if wanted is None else wanted], 1e-12, scale)
    check_shapes(opened)
    check_runners(opened_plan)


def check_everything(source: str, values: dict[str, Any] | None = None, seed: int = 0) -> Trace:
    values = values or {}
    run = check_plan(compile_program(source, values), seed)
    check_scalar_detail(source, values)
    return run


def check_plan(plan: Plan, seed: int = 0) -> Trace:
    """All of it but scalar detail."""
    rng = np.random.default_rng(seed)
    run = plan.run()
    check_shapes(run)
    check_runners(plan)
    check_messages(run)
    check_modes(plan, rng)
    check_differences(plan, rng)
    check_emitted(run)
    return run


def own_gradients(source: str) -> set[tuple[str, bool]]:
    """The reader's own gradients by name, and whether they agree."""
    return {(line.name, line.agrees) for line in compile_program(source).run().manual}
