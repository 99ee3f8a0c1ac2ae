"""Builds the graph: node ids, groups, shapes, number kinds, and values where the interpreter asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.engine.errors import EngineError, LimitError, ShapeError, Span
from app.engine.interpreter.graph.evaluator import Evaluator
from app.engine.interpreter.graph.kinds import Kinds
from app.engine.interpreter.graph.literals import leaf, literal
from app.engine.interpreter.graph.tensors import Tensors
from app.engine.interpreter.values import Instance, Literal, Ref
from app.engine.limits import Limits
from app.engine.ops import CONSTANT, INPUT, Call, Op
from app.engine.ops.expression import Shape
from app.engine.ops.sizes import check_array, check_totals
from app.engine.program import NO_GROUP, Group, Node, NumberKind, Value
from app.engine.wording import said

_READ, _READ_ELEMENTS = 2, 6
"""Nodes and elements of a turn that may be computed for each one that may be kept: much leads to nothing that is shown,
such as a numerical derivative."""
_TURNS = 5
"""How many times the nodes of a program all training steps together may have."""
_NUMBER_ID = re.compile(r"k\d+_*")


class GraphBuilder:
    """Collects the nodes and groups of one program.

    Ids are readable and do not change when other lines do: `z1` for the name that a line assigns, `z1#2` when it is
    assigned again; `z1.1`, `z1.2` ... for anonymous operations of that line, `z1.k1` ... for its numbers, `z1.s` for
    locals of a function that it calls.
    """

    def __init__(self, limits: Limits, given: Mapping[str, Value] | None) -> None:
        """given: values for inputs by id, which take the place of those in the text. None: the shapes of free names do
        not matter, and none is inferred."""
        self.limits = limits
        self.given = given
        self.nodes: list[Node] = []
        self.shapes: list[Shape] = []
        self.used: set[str] = set()
        """The ids of `given` that inputs have taken."""
        self.missing: dict[str, int] = {}
        """Free names without a value, and their nodes."""
        self._evaluator = Evaluator(self.nodes, self.shapes, given or {}, raises=True)
        self._elements = self._multiplications = 0
        self._most = limits
        self.most_in_turn = _READ * limits.nodes
        self.turn = 0
        """The number of nodes before the last training step; the limit counts those after it."""
        self.groups: list[Group] = []
        self.group = NO_GROUP
        self.kinds = Kinds(self.nodes)
        self.tensors = Tensors()
        self.free: dict[str, Ref] = {}
        self.stored: dict[int, int] = {}
        """By the node of a buffer after a store, its node before."""
        self._times: dict[str, int] = {}
        self.statement = ""
        self._spelled: dict[str, str] = {}
        """By the name of a local, how ids spell it."""
        self.named: set[str] = set()
        """Every name that a node has."""
        self._operations = 0
        self._numbers = 0

    def read_more(self) -> None:
        """From here on, more elements may be computed than a program may hold: much of them leads to nothing."""
        self._most = replace(self.limits, total_elements=_READ_ELEMENTS * self.limits.total_elements)

    def begin(self, name: str) -> str:
        """Starts a top-level line that assigns `name`. Returns the id of its node."""
        self._operations = self._numbers = 0
        self.statement = id = self.unique(name)
        return id

    def unique(self, name: str) -> str:
        """`name`, with a number behind it where it is taken."""
        times = self._times.get(name)
        if times is None:
            self.named.add(name)
            self._times[name] = 1
            return name
        self._times[name] = times = times + 1
        return f"{name}#{times}"

    def again(self, id: str) -> str:
        """The id of one more value of what has this id."""
        name, _, number = id.rpartition("#")
        return self.unique(name if number.isdigit() and name else id)

    def address(self, name: str) -> str:
        """An address for an object that has no name yet."""
        return self.unique(f"{self.statement}.{name}")

    def local_id(self, name: str) -> str:
        """The id of a node that a line inside a function names."""
        spelled = self._spelled.get(name)
        if spelled is None:
            # A variable k1 must not get the id of the line's first number.
            spelled = self._spelled[name] = f"{name}_" if _NUMBER_ID.fullmatch(name) else name
            self.named.add(name)
        return self.unique(f"{self.statement}.{spelled}")

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
        """Writes a node of `op`. kind: its number kind if it is not the one that the op gives for such inputs.

        Raises ShapeError with the place where shapes do not fit, LimitError where the program or its arrays become too
        large.
        """
        nodes, shapes = self.nodes, self.shapes
        index = len(nodes)
        if index - self.turn >= self.most_in_turn:
            raise self.full(span)
        first, last = inputs[0], inputs[-1]
        few = len(inputs) < 3
        if not few and len(inputs) > self.limits.parts:
            raise LimitError(
                said("limits.inputs_too_many", inputs_count=len(inputs), most=self.limits.parts), span=span
            )
        if id is None:
            self._operations += 1
            id = f"{self.statement}.{self._operations}"
        if kind is None:
            # A float among the first and the last is the usual case. (A mask times a float is a float, too.)
            float_ = op.result == "promote" and (nodes[first].kind == "float" or nodes[last].kind == "float")
            kind = "float" if float_ else self.kinds.operation(op, inputs, index, span)
        # A node for every operation: the constructor of a named tuple takes twice as long.
        nodes.append(tuple.__new__(Node, (id, op, inputs, attrs, name, self.group, span, kind, None, None, None)))
        # Most are operations of one or two numbers, which give a number.
        scalar = few and op.partials is not None and not shapes[first] and not shapes[last]
        shapes.append(() if scalar else self._shape(op, inputs, attrs, span))
        tensors = self.tensors
        if tensors.dtypes and tensors.operation(op, inputs, attrs, index, kind, shapes):
            return Ref(index, boxed=True)
        return Ref(index)

    def _shape(self, op: Op, inputs: tuple[int, ...], attrs: dict[str, Any], span: Span) -> Shape:
        shapes = self.shapes
        if self.given is None:
            return ()
        if op.partials is not None and not any(map(shapes.__getitem__, inputs)):
            return ()
        given = tuple([shapes[i] for i in inputs])
        try:
            shape = op.shape(Call(attrs, given))
        except EngineError as error:
            if error.line is None:
                raise ShapeError(error.message, span=span, hint=error.hint) from None
            raise
        if shape:
            self._elements += check_array(shape, self.limits, span)
        if op.kind == "matmul" or op.products is not None:
            self._multiplications += op.multiplications(Call(attrs, given, shape))
        check_totals(self._elements, self._multiplications, self._most, span)
        return shape

    def value(self, index: int) -> Value:
        """The number or the array that a node holds, computed when it is first asked for."""
        return self._evaluator.value(index)

    # -- leaves --------------------------------------------------------------------------------------------------

    def number(self, value: float | Literal, span: Span, name: str | None = None) -> Ref:
        """Writes a constant for a literal."""
        index = self._leaf(span)
        self._numbers = number = self._numbers + 1
        held, kind = literal(value, span)
        if kind != "float":
            self.kinds.leaf(index, held, kind, value if type(value) is int else None)
        id = f"{self.statement}.k{number}"
        self.nodes.append(tuple.__new__(Node, (id, CONSTANT, (), {}, name, self.group, span, kind, held, None, None)))
        self.shapes.append(() if type(held) is float else held.shape)  # type: ignore[union-attr]
        if type(value) is Literal:
            self.tensors.leaf(index, value)
        return leaf(index, value)

    def kept(self, value: Literal, span: Span, like: int, id: str | None = None) -> Ref:
        """Writes a constant for a node that is not kept, and was like another. It is no number of a line. id: that of
        the node, where it is known."""
        numbers, name = self._numbers, self.nodes[like].name
        made = self.number(value, span, name)
        self.kinds.stands_for(made.index, like, value)
        self.tensors.like(made.index, like)
        self._numbers = numbers
        self.rename(made, id or f"{self.statement}.round{made.index}", name or "")
        return made

    def input(self, id: str, name: str, value: float | Literal | None, span: Span) -> Ref:
        """Writes an input, a leaf that the reader may change. value: its default, None if it must be given one."""
        index = self._leaf(span)
        held, kind = (None, "float") if value is None else literal(value, span)
        given = None if self.given is None else self.given.get(id)
        if given is not None:
            self.used.add(id)
        elif value is None and self.given is not None:
            self.missing[id] = index
            # Nothing of what comes of it has a value that the text means.
            self._evaluator.raises = False
        shown = held if given is None else given
        self.kinds.leaf(index, held, kind, int(held) if kind == "int" and type(held) is float else None)
        self.nodes.append(Node(id, INPUT, (), {}, name, NO_GROUP, span, kind, held))  # type: ignore[arg-type]
        self.shapes.append(() if shown is None or type(shown) is float else shown.shape)  # type: ignore[union-attr]
        if type(value) is Literal:
            self.tensors.leaf(index, value)
        return leaf(index, value if given is None else given)

    def _leaf(self, span: Span) -> int:
        index = len(self.nodes)
        if index - self.turn >= self.most_in_turn:
            raise self.full(span)
        return index

    def kernel(self, index: int, numbers: Mapping[int, float] | None = None) -> Callable[..., Value]:
        """What computes a node from the values of its inputs. numbers: by slot, numbers in the place of constants."""
        return self._evaluator.kernel(index, numbers)

    def products(self, index: int) -> int:
        """Multiplications of a matrix product; 0 of another node."""
        node = self.nodes[index]
        given = tuple([self.shapes[i] for i in node.inputs])
        return node.op.multiplications(Call(node.attrs, given, self.shapes[index]))

    def counted(self) -> dict[str, int]:
        """How often each name has been given to a node; see `count_on`."""
        return self._times | {"": self._operations, ".": self._numbers}

    def count_on(self, before: Mapping[str, int], after: Mapping[str, int], times: int) -> None:
        """Names count on as if what happened between two moments had happened so many times more."""
        for name, number in after.items():
            more = times * (number - before.get(name, 0))
            if name == "":
                self._operations += more
            elif name == ".":
                self._numbers += more
            else:
                self._times[name] += more

    def counted_on(self, id: str, before: Mapping[str, int], after: Mapping[str, int], times: int) -> str:
        """The id that a node with this id would have so many rounds later."""
        name, _, number = id.rpartition("#")
        if not number.isdigit() or name not in after:
            return id
        return f"{name}#{int(number) + times * (after[name] - before.get(name, 0))}"

    @property
    def most(self) -> int:
        """How many nodes all training steps together may have."""
        return _TURNS * self.limits.nodes

    def count_anew(self) -> None:
        """Limits count from here on."""
        self.turn = len(self.nodes)
        self._elements = self._multiplications = 0
        self._evaluator.trim()

    def halve(self) -> None:
        """From here on, a turn may have half of the nodes."""
        self.most_in_turn //= 2

    def next_turn(self, span: Span) -> None:
        """A training step has been taken at `span`: limits count anew."""
        self.count_anew()
        if self.turn > self.most:
            raise LimitError(said("limits.own_training_too_long", most=self.most), span=span)

    def free_input(self, name: str, span: Span) -> Ref:
        """The input for a name that is used before any line assigns it."""
        if name not in self.free:
            if self.statement == name:
                # `x = x + 1`: the input is `x`, and the line's result is `x#2`.
                self._times.pop(name)
                self.free[name] = self.input(self.unique(name), name, None, span)
                self.statement = self.unique(name)
                return self.free[name]
            self.free[name] = self.input(self.unique(name), name, None, span)
        return self.free[name]

    def rename(self, ref: Ref, id: str, name: str) -> None:
        self.nodes[ref.index] = self.nodes[ref.index]._replace(id=id, name=name)

    def promote(self, ref: Ref, id: str, name: str) -> None:
        """Makes an input of a constant that gets a name: `id` takes the place of its id."""
        index = ref.index
        node = self.nodes[index]
        if node.op is CONSTANT:
            self.nodes[index] = node._replace(op=INPUT, id=id, name=name, group=NO_GROUP)
            given = None if self.given is None else self.given.get(id)
            if given is not None:
                self.used.add(id)
                self.shapes[index] = () if type(given) is float else given.shape  # type: ignore[union-attr]
                self._evaluator.forget(index)

    def move(self, ref: Ref, id: str, name: str) -> None:
        """Calls an input otherwise: what is given under its new id takes the place of its value."""
        index = ref.index
        self.used.discard(self.nodes[index].id)
        self.nodes[index] = self.nodes[index]._replace(op=CONSTANT)
        self.promote(ref, id, name)

    def open_group(self, name: str, summary: str | None, arguments: Mapping[str, Any]) -> int:
        """Starts the group of a call inside the current group. Returns the current one, to be restored."""
        before = self.group
        inside = before != NO_GROUP and self.groups[before].kind == "call"
        around = self.groups[before].id if inside else self.statement
        given = [(word, None if type(held) is Instance else self._argument(held)) for word, held in arguments.items()]
        return self._open(Group(self.unique(f"{around}/{name}"), name, before, "call", summary, tuple(given)))

    def _argument(self, argument: Any) -> str | float | None:
        if type(argument) is Ref:
            return self.nodes[argument.index].id
        return float(argument) if type(argument) in (int, float) and abs(argument) < 1e308 else None

    def open_region(self, name: str) -> int:
        """Starts a region inside the current group. Returns the current one, to be restored."""
        before = self.group
        # Ids of nodes have no spaces, so this is not one.
        id = f"region {name}" if before == NO_GROUP else f"{self.groups[before].id}/{name}"
        return self._open(Group(self.unique(id), name, before, "region"))

    def _open(self, group: Group) -> int:
        before = self.group
        self.group = len(self.groups)
        self.groups.append(group)
        return before

    def full(self, span: Span | None) -> LimitError:
        return LimitError(said("limits.nodes_too_many", most=self.limits.nodes), span=span)
