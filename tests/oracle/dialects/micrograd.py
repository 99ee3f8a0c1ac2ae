"""Random programs for micrograd: arithmetic of numbers, and small networks that are trained. Each prints data and
gradients of all that has a name, and ends with one more backward pass, whose gradient by `w` it prints last."""

from __future__ import annotations

import random

OPERATIONS = (
    *(
        "{x} + {y}",
        "{x} - {y}",
        "{x} * {y}",
        "{x} / ({y} ** 2 + 1.5)",
        "-{x}",
        "({x}).relu()",
        "({x}) ** 2",
        "({x}) ** 3",
    ),
    *(
        "{x} + {c}",
        "{c} * {x}",
        "{c} - {x}",
        "{x} / {c}",
        "{c} / ({x} ** 2 + 0.8)",
        "({x} ** 2 + 0.5) ** -1",
        "{x} * {x}",
    ),
    *("sum([{x}, {y}, {x}])", "({x} * 0.5 + {y}).relu()", "({x} ** 2 + 0.3) ** 0.5", "{x} - 1", "2 * {x}", "{i} + {x}"),
)


class Maker:
    """Makes one program."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def number(self) -> str:
        return repr(round(self.chance.uniform(-2.0, 2.0), 3) or 0.5)

    def expression(self, names: list[str], depth: int) -> str:
        if depth <= 0 or self.chance.random() < 0.15:
            return self.chance.choice(names)
        template = self.chance.choice(OPERATIONS)
        made = {"x": self.expression(names, depth - 1), "y": self.expression(names, depth - 1)}
        return f"({template.format(**made, c=self.number(), i=self.chance.randint(-2, 4))})"

    def program(self) -> str:
        lines = ["import random", "from micrograd.engine import Value", "from micrograd.nn import Neuron, Layer, MLP"]
        lines += self._network() if self.chance.random() < 0.35 else self._numbers()
        lines += [f"w = Value({self.number()})", f"loss = {self.expression(['w'], 3)} + w * {self.number()}"]
        return "\n".join([*lines, "loss.backward()", "print(loss.data)", "print(w.grad)"]) + "\n"

    def _numbers(self) -> list[str]:
        names = ["a", "b", "c"]
        lines = [
            f"{name} = Value({self.chance.choice([self.number(), str(self.chance.randint(-3, 3))])})" for name in names
        ]
        for i in range(self.chance.randint(2, 6)):
            if self.chance.random() < 0.2:
                name = self.chance.choice(names)
                lines.append(f"{name} {self.chance.choice('+*-')}= {self.expression(names, 2)}")
                continue
            lines.append(f"t{i} = {self.expression(names, 2)}")
            names.append(f"t{i}")
        lines += [f"e = {self.expression(names, 2)} + {' + '.join(names)}", "e.backward()"]
        if self.chance.random() < 0.3:
            lines += [self.chance.choice(["e.backward()", "a.grad = 0", f"{names[-1]}.backward()"])]
        return [*lines, *[f"print({name}.data, {name}.grad)" for name in [*names, "e"]]]

    def _network(self) -> list[str]:
        seed, steps = self.chance.randint(0, 999), self.chance.randint(1, 4)
        rows = [[self.number() for _ in range(2)] for _ in range(3)]
        made = self.chance.choice(
            ["MLP(2, [3, 1])", "MLP(2, [2, 2, 1])", "Neuron(2)", "Neuron(2, nonlin=False)", "Layer(2, 1)"]
        )
        return [
            f"random.seed({seed})",
            f"net = {made}",
            "print(net, len(net.parameters()))",
            f"xs = [{', '.join('[' + ', '.join(row) + ']' for row in rows)}]",
            f"ys = [{', '.join(self.number() for _ in rows)}]",
            f"for step in range({steps}):",
            "    predictions = [net(x) for x in xs]",
            "    cost = sum([(p - y) ** 2 for p, y in zip(predictions, ys)])",
            "    net.zero_grad()" if self.chance.random() < 0.8 else "    pass",
            "    cost.backward()",
            "    for p in net.parameters():",
            self.chance.choice(["        p.data -= 0.05 * p.grad", "        p.data += -0.02 * p.grad"]),
            "    print(step, cost.data)",
            "print([p.data for p in net.parameters()])",
            "print([p.grad for p in net.parameters()])",
        ]


def micrograd_program(seed: int) -> str:
    return Maker(seed).program()
