"""Forward mode: the tangents of all nodes for a direction of the inputs. It checks the backward pass of every op: for
any seed g and direction t, g · (J t) must equal (gᵀ J) · t."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.engine.execution.plan import Trace
from app.engine.execution.structure import Structure
from app.engine.execution.values import to_value
from app.engine.ops import CONSTANT
from app.engine.program import Value
from app.engine.support.checkpoints import checkpoint


def directional_derivative(run: Trace, direction: Mapping[str, Any]) -> dict[str, Value]:
    """Id -> tangent of every node of the graph, in the node's shape. direction: id -> given tangent; inputs without one
    have tangent zero, and the tangent of an operation with one does not depend on its inputs. Ops with zero derivative,
    such as masks, have tangent zero.
    """
    structure: Structure = run.structure
    schedule = structure.schedule
    tangents: dict[int, Any] = {}
    with np.errstate(all="ignore"):
        for i in schedule.graph:
            checkpoint(10)
            node, shape, rule = schedule.nodes[i], schedule.shapes[i], schedule.rules[i]
            given = None if node.op is CONSTANT else direction.get(node.id)
            if rule is None or given is not None:
                tangents[i] = (
                    np.zeros(shape) if given is None else np.asarray(to_value(given, node.id, structure.limits))
                )
                continue
            inputs = schedule.inputs[i]
            xs = [np.asarray(run.value_list[j]) for j in inputs]
            y = np.asarray(run.value_list[i])
            found = rule.tangent_kernel()(*[tangents[j] for j in inputs], y, *xs)
            tangents[i] = np.broadcast_to(np.asarray(found, dtype=np.float64), shape)
    return {schedule.nodes[i].id: float(t) if not t.shape else t for i, t in tangents.items()}
