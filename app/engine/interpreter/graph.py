"""Builds the graph: node ids, groups, number kinds and the limit of nodes in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.engine.errors import LimitError, ProgramError, Span
from app.engine.interpreter.values import ArrayLiteral, Ref
from app.engine.limits import Limits
from app.engine.ops import CONSTANT, INPUT, Op
from app.engine.program import NO_GROUP, Group, Node, NumberKind, Value

_ARITHMETIC_ON_WHOLE: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "negative": lambda a: -a,
}
_BIGGEST_WHOLE = 2**53
_MAYBE_NEGATIVE = frozenset({"subtract", "negative"})
_NEVER_NEGATIVE = frozenset({"size", "square", "abs", "relu"})
_NUMBER_ID = re.compile(r"k\d+_*")


class GraphBuilder:
    """Collects the nodes and groups of one program.

    Ids are readable and do not change when other lines do: `z1` for the name that a line assigns, `z1#2` when it is
    assigned again; `z1.1`, `z1.2` ... for anonymous operations of that line, `z1.k1` ... for its numbers, `z1.s` for
    locals of a function that it calls.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.nodes: list[Node] = []
        self.groups: list[Group] = []
        self.group = NO_GROUP
        self.known: dict[int, float | int] = {}
        self._non_negative: set[int] = set()
        """Nodes that hold whole numbers which are certainly not negative."""
        self.fixed: dict[int, int] = {}
        self.free: dict[str, Ref] = {}
        self._times: dict[str, int] = {}
        self.statement = ""
        self._operations = 0
        self._numbers = 0

    def begin(self, name: str) -> str:
        """Starts a top-level line that assigns `name`. Returns the id of its node."""
        self.statement = self._unique(name)
        self._operations = self._numbers = 0
        return self.statement

    def _unique(self, name: str) -> str:
        times = self._times.get(name, 0) + 1
        self._times[name] = times
        return name if times == 1 else f"{name}#{times}"

    def local_id(self, name: str) -> str:
        """The id of a node that a line inside a function names."""
        # A variable k1 must not get the id of the line's first number.
        spelled = f"{name}_" if _NUMBER_ID.fullmatch(name) else name
        return self._unique(f"{self.statement}.{spelled}")

    def operation(
        self,
        op: Op,
        inputs: tuple[int, ...],
        attrs: dict[str, Any],
        span: Span,
        id: str | None = None,
        name: str | None = None,
        kind: NumberKind | None = None,
    ) -> Ref:
        """Writes a node of `op`. kind: its number kind if it is not the one that the op gives for such inputs."""
        nodes = self.nodes
        index = len(nodes)
        if index >= self.limits.nodes:
            raise self._full(span)
        if len(inputs) > self.limits.parts:
            raise LimitError(
                f"one operation puts {len(inputs):,} values together; at most {self.limits.parts:,} are accepted",
                span=span,
                hint="Put them together in several steps, or compute with arrays from the start.",
            )
        if id is None:
            self._operations += 1
            id = f"{self.statement}.{self._operations}"
        if kind is not None:
            pass
        elif op.result == "promote" and (nodes[inputs[0]].kind == "float" or nodes[inputs[-1]].kind == "float"):
            # The usual case. (A mask times a float is a float, too.)
            kind = "float"
        else:
            kind = self._kind(op, inputs, span)
            if kind == "int":
                self._propagate(op, inputs, index)
                if op.name in _NEVER_NEGATIVE or (
                    op.name not in _MAYBE_NEGATIVE and all(i in self._non_negative for i in inputs)
                ):
                    self._non_negative.add(index)
        nodes.append(Node(id, op, inputs, attrs, name, self.group, span, kind, None))
        return Ref(index)

    def number(self, value: float | ArrayLiteral, span: Span, name: str | None = None) -> Ref:
        """Writes a constant for a literal."""
        index = len(self.nodes)
        if index >= self.limits.nodes:
            raise self._full(span)
        self._numbers += 1
        held, kind = literal(value, span)
        self._note_sign(index, held, kind)
        if type(value) in (int, float):
            self.known[index] = value  # type: ignore[assignment]
        self.nodes.append(
            Node(f"{self.statement}.k{self._numbers}", CONSTANT, (), {}, name, self.group, span, kind, held)
        )
        return _leaf(index, value)

    def input(self, id: str, name: str, value: float | ArrayLiteral | None, span: Span) -> Ref:
        """Writes an input, a leaf that the reader may change. value: its default, None if it must be given one."""
        index = len(self.nodes)
        if index >= self.limits.nodes:
            raise self._full(span)
        held, kind = (None, "float") if value is None else literal(value, span)
        self._note_sign(index, held, kind)
        if kind == "int" and not isinstance(value, ArrayLiteral):
            self.known[index] = value  # type: ignore[assignment]
        self.nodes.append(Node(id, INPUT, (), {}, name, NO_GROUP, span, kind, held))  # type: ignore[arg-type]
        return _leaf(index, value)

    def _note_sign(self, index: int, held: Value | None, kind: str) -> None:
        if kind != "float" and held is not None and bool(np.all(np.asarray(held) >= 0)):
            self._non_negative.add(index)

    def free_input(self, name: str, span: Span) -> Ref:
        """The input for a name that is used before any line assigns it."""
        if name not in self.free:
            if self.statement == name:
                # `x = x + 1`: the input is `x`, and the line's result is `x#2`.
                self._times.pop(name)
                self.free[name] = self.input(self._unique(name), name, None, span)
                self.statement = self._unique(name)
                return self.free[name]
            self.free[name] = self.input(self._unique(name), name, None, span)
        return self.free[name]

    def rename(self, ref: Ref, id: str, name: str) -> None:
        self.nodes[ref.index] = self.nodes[ref.index]._replace(id=id, name=name)

    def promote(self, ref: Ref, id: str, name: str) -> None:
        """Makes an input of a constant that a function returned and a top-level line gives a name."""
        node = self.nodes[ref.index]
        if node.op is CONSTANT:
            self.nodes[ref.index] = node._replace(op=INPUT, id=id, name=name, group=NO_GROUP)

    def open_group(self, name: str, summary: str | None, arguments: Mapping[str, Any]) -> int:
        """Starts the group of a call inside the current group. Returns the current one, to be restored."""
        before = self.group
        inside = before != NO_GROUP and self.groups[before].kind == "call"
        around = self.groups[before].id if inside else self.statement
        given = tuple((parameter, self._argument(argument)) for parameter, argument in arguments.items())
        return self._open(Group(self._unique(f"{around}/{name}"), name, before, "call", summary, given))

    def _argument(self, argument: Any) -> str | float | None:
        if type(argument) is Ref:
            return self.nodes[argument.index].id
        return float(argument) if type(argument) in (int, float) else None

    def open_region(self, name: str) -> int:
        """Starts a region inside the current group. Returns the current one, to be restored."""
        before = self.group
        # Ids of nodes have no spaces, so this is not one.
        id = f"region {name}" if before == NO_GROUP else f"{self.groups[before].id}/{name}"
        return self._open(Group(self._unique(id), name, before, "region"))

    def _open(self, group: Group) -> int:
        before = self.group
        self.group = len(self.groups)
        self.groups.append(group)
        return before

    def fix(self, ref: Ref, line: int) -> float | int | None:
        """The static value of a node, for a shape, an index or a loop bound; None if it is not known. The inputs that
        it depends on become fixed: changing them needs another program. line: the line that uses it."""
        if ref.index not in self.known:
            return None
        todo = [ref.index]
        while todo:
            i = todo.pop()
            if self.nodes[i].op is INPUT:
                self.fixed.setdefault(i, line)
            todo.extend(self.nodes[i].inputs)
        return self.known[ref.index]

    def _propagate(self, op: Op, inputs: tuple[int, ...], index: int) -> None:
        """Computes whole numbers through + - *, so that `range(n - 1)` works."""
        compute = _ARITHMETIC_ON_WHOLE.get(op.name)
        if compute is not None and all(i in self.known for i in inputs):
            value = compute(*(self.known[i] for i in inputs))
            if abs(value) <= _BIGGEST_WHOLE:
                self.known[index] = value

    def _kind(self, op: Op, inputs: tuple[int, ...], span: Span) -> NumberKind:
        result = op.result
        if result == "float" and len(inputs) == 1 and op.numpy and op.kind == "elementwise":
            self._refuse_half(op, inputs[0], span)
        if result == "float" or result == "bool" or result == "int":
            return result
        nodes = self.nodes
        kinds = [nodes[i].kind for i in inputs]
        if op.name == "power" and "float" not in kinds and inputs[1] not in self._non_negative:
            # Python's numbers give a float then; NumPy's do not.
            if not all(i in self.known for i in inputs):
                self.refuse_negative_power(inputs[0], inputs[1], span)
            return "float"
        if op.name == "where":
            kinds = kinds[1:]
        if "bool" in kinds:
            _refuse_logic(op, kinds, span)
            if op.name in ("square", "power"):
                self._refuse_half(op, inputs[0], span)
            if op.name in ("multiply", "abs") and set(kinds) == {"bool"}:
                return "bool"
            if op.kind in ("reduction", "elementwise") and op.name not in ("max", "min", "maximum", "minimum", "where"):
                kinds = ["int" if kind == "bool" else kind for kind in kinds]
        return "float" if "float" in kinds else "int" if "int" in kinds else "bool"

    def refuse_negative_power(self, base: int, exponent: int, span: Span) -> None:
        """Refuses a power of NumPy's whole numbers unless the exponent is certainly not negative."""
        if exponent not in self._non_negative and "float" not in (self.nodes[base].kind, self.nodes[exponent].kind):
            raise ProgramError(
                "NumPy does not raise whole numbers to a power that may be negative",
                span=span,
                hint="Make the base a float first: (1.0 * x) ** n",
            )

    def _refuse_half(self, op: Op, input: int, span: Span) -> None:
        if self.nodes[input].kind == "bool":
            raise ProgramError(
                f"NumPy computes {op.name} of a mask in low precision (one or two bytes)",
                span=span,
                hint="Write .astype(float) after the mask.",
            )

    def _full(self, span: Span) -> LimitError:
        return LimitError(
            f"the program has more than {self.limits.nodes:,} nodes once loops and calls are written out",
            span=span,
            hint="Shorten the loops, or compute with arrays instead of single numbers.",
        )


def _refuse_logic(op: Op, kinds: list[NumberKind], span: Span) -> None:
    """Refuses arithmetic between masks: NumPy computes + and @ as logic and has no minus for them."""
    if set(kinds) == {"bool"} and op.name in ("add", "subtract", "negative", "matmul", "dot"):
        raise ProgramError(
            f"{op.text.format('a', 'b') if op.text else op.name} between masks is logic in NumPy, not arithmetic",
            span=span,
            hint="Write .astype(float) after a mask to compute with it, or & and | to combine masks.",
        )


def _leaf(index: int, value: float | ArrayLiteral | None) -> Ref:
    """The node of a literal; for an array literal, it shares the literal's memory."""
    return Ref(index, value, not value.array.shape) if isinstance(value, ArrayLiteral) else Ref(index)


def literal(value: float | ArrayLiteral, span: Span) -> tuple[Value, NumberKind]:
    """The value of a literal (a float or an array) and its number kind. Raises ProgramError."""
    if isinstance(value, ArrayLiteral):
        held = value.array if value.array.shape else float(value.array)
        return held, value.kind  # type: ignore[return-value]
    kind: NumberKind = "bool" if isinstance(value, bool) else "int" if isinstance(value, int) else "float"
    try:
        return float(value), kind
    except OverflowError:
        raise ProgramError(
            "this number is too large for a 64-bit float", span=span, hint="The largest is about 1.8e308."
        ) from None


def freeze(array: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A read-only float64 copy."""
    copy = np.array(array, dtype=np.float64)
    copy.setflags(write=False)
    return copy
