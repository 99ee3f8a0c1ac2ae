# ruff: noqa: E501 - tables of templates
"""Random programs for PyTorch: values and gradients, and networks that are trained. Each prints tensors as PyTorch does,
and ends with a backward pass, whose gradient by `w` it prints last."""

from __future__ import annotations

import random

SHAPES = {"s": (), "v": (3,), "u": (2,), "A": (2, 3), "B": (3, 2), "S": (3, 3)}
EVERYWHERE = [
    "torch.sin({x})",
    "torch.cos({x})",
    "torch.tanh({x})",
    "torch.exp(-({x}) ** 2)",
    "torch.log(({x}) ** 2 + 1.5)",
    "torch.sqrt(({x}) ** 2 + 0.5)",
    "torch.abs({x})",
    "-({x})",
    "({x}) ** 2",
    "({x}).pow(3)",
    "1.0 / (({x}) ** 2 + 1.0)",
    "torch.maximum({x}, {y})",
    "torch.minimum({x}, {y})",
    "torch.where(({x}) > 0.2, {x}, {y})",
    "torch.clamp({x}, -0.9, 0.8)",
    "({x}) + ({y})",
    "({x}) - ({y})",
    "({x}) * ({y})",
    "({x}) / (({y}) ** 2 + 1.3)",
    "({x}) * {c}",
    "{c} - ({x})",
    "({x}) * ({s})",
    "torch.relu({x})",
    "torch.sigmoid({x})",
    "F.softplus({x})",
    "F.silu({x})",
    "F.gelu({x})",
    "F.leaky_relu({x}, 0.1)",
    "F.elu({x})",
    "({x}).detach() * ({y})",
    "({x}).clone()",
    "({x}).sin().tanh()",
    "torch.log1p(({x}) ** 2)",
    "torch.atan({x})",
    "(({x}) ** 2 + 0.4) ** 1.5",
    "helper({x})",
]
MADE = {
    "s": [
        "({v}).sum()",
        "({A}).mean()",
        "({v}).max()",
        "({A}).min()",
        "torch.dot({v}, {v})",
        "({v})[1]",
        "({A})[1, 2]",
        "({u})[-1]",
        "({v}).norm()",
        "({A}).var()",
        "F.mse_loss({v}, {v})",
        "torch.logsumexp({v}, 0)",
        "({v}).std()",
        "torch.trace({S})",
    ],
    "v": [
        "({A}).sum(dim=0)",
        "({S}).mean(dim=1)",
        "({A}).max(dim=0).values",
        "({A})[0]",
        "({S})[:, 1]",
        "({S}) @ ({v})",
        "({B}) @ ({u})",
        "({u}) @ ({A})",
        "torch.cumsum({v}, dim=0)",
        "torch.cat([{u}, ({v})[:1]])",
        "torch.stack([{s}, {s}, {s}])",
        "torch.softmax({v}, dim=0)",
        "F.log_softmax({v}, dim=-1)",
        "({A}).reshape(6)[1:4]",
        "torch.diag({S})",
        "torch.sort({v}).values",
        "({B}).amin(dim=1)",
        "({v})[torch.tensor([2, 0, 0])]",
        "({S}).var(dim=0)",
        "({v}).unsqueeze(0).squeeze(0)",
        "({A}).T[:, 0]",
        "torch.einsum('ij,j->i', {S}, {v})",
        "F.layer_norm({v}, (3,))",
    ],
    "u": [
        "({A}).sum(dim=1)",
        "({A}) @ ({v})",
        "({v})[1:]",
        "({B}).amax(dim=0)",
        "({B})[2]",
        "({A}).mean(-1)",
        "({A})[:, 0]",
        "F.linear({v}, {A})",
    ],
    "A": [
        "({B}).T",
        "({u})[:, None] * ({v})[None, :]",
        "torch.outer({u}, {v})",
        "({A}) @ ({S})",
        "torch.stack([{v}, {v}])",
        "({S})[:2]",
        "({B}).reshape(2, 3)",
        "({A}) + ({v})",
        "({B}).transpose(0, 1)",
        "({v}).expand(2, 3) * {c}",
        "torch.softmax({A}, dim=1)",
        "({A}) - ({A}).mean(dim=1, keepdim=True)",
        "({S})[torch.tensor([0, 2])]",
        "torch.cat([({v})[None, :], ({A})[1:]], dim=0)",
        "F.layer_norm({A}, (3,))",
        "({A}).masked_fill(({A}) > 0.5, 0.1)",
    ],
    "B": [
        "({A}).T",
        "({S}) @ ({B})",
        "({A}).reshape(3, 2)",
        "({B}) * ({u})",
        "torch.stack([{v}, {v}], dim=1)",
        "({S})[:, :2]",
        "({A}).permute(1, 0)",
    ],
    "S": [
        "({B}) @ ({A})",
        "torch.outer({v}, {v})",
        "({S}).t()",
        "torch.tril({S})",
        "torch.triu({S})",
        "({S}) @ ({S})",
        "torch.eye(3) * ({s})",
        "({v})[:, None] - ({v})[None, :]",
        "torch.stack([{v}, {v}, {v}])",
    ],
}
LOSSES = {
    "F.mse_loss": "({out}, Y)",
    "F.cross_entropy": "({out}, torch.tensor([0, 1, 1]))",
    "F.binary_cross_entropy_with_logits": "({out}, torch.sigmoid(Y))",
    "nn.MSELoss(reduction='sum')": "({out}, Y)",
    "F.l1_loss": "({out}, Y)",
}
OPTIMIZERS = [
    "SGD({p}, lr=0.1)",
    "SGD({p}, lr=0.05, momentum=0.9)",
    "SGD({p}, lr=0.05, momentum=0.8, nesterov=True)",
    "Adam({p}, lr=0.05)",
    "AdamW({p}, lr=0.02)",
    "Adam({p}, lr=0.1, weight_decay=0.01)",
]
ACTIVATIONS = ["nn.ReLU()", "nn.Tanh()", "nn.Sigmoid()", "nn.GELU()", "nn.SiLU()", "nn.LeakyReLU(0.2)"]


class Maker:
    """Makes one program."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)

    def number(self) -> str:
        return repr(round(self.chance.uniform(-1.8, 1.8), 3))

    def literal(self, kind: str, more: str = "") -> str:
        shape = SHAPES[kind]
        row = lambda: "[" + ", ".join(self.number() for _ in range(shape[-1])) + "]"  # noqa: E731
        text = (
            self.number()
            if not shape
            else row()
            if len(shape) == 1
            else "[" + ", ".join(row() for _ in range(shape[0])) + "]"
        )
        return f"torch.tensor({text}{more})"

    def expression(self, kind: str, names: dict[str, list[str]], depth: int) -> str:
        if depth <= 0 or self.chance.random() < 0.12:
            return self.chance.choice(names[kind]) if names.get(kind) else self.literal(kind)
        rows = EVERYWHERE if self.chance.random() < 0.5 else MADE[kind]
        template = self.chance.choice(rows)
        for letter in ("x", "y", "c", *SHAPES):
            hole = "{" + letter + "}"
            while hole in template:
                made = (
                    self.number()
                    if letter == "c"
                    else self.expression(kind if letter in "xy" else letter, names, depth - 1)
                )
                template = template.replace(hole, made) if letter in "xy" else template.replace(hole, made, 1)
        return template

    def values(self, names: dict[str, list[str]], prefix: str) -> list[str]:
        """Lines that name values, and a loss that each of them has a part in."""
        held = {kind: list(found) for kind, found in names.items()}
        lines = []
        for i in range(self.chance.randint(1, 4)):
            kind = self.chance.choice("svuABS")
            lines.append(f"{prefix}{i} = {self.expression(kind, held, 2)}")
            held.setdefault(kind, []).append(f"{prefix}{i}")
        every = [f"({name} * {self.number()}).mean()" for found in held.values() for name in found]
        return [*lines, f"{prefix}_loss = {self.expression('s', held, 2)} + {' + '.join(every[-5:])}"]

    def program(self) -> str:
        helper = self.chance.choice(["t * 0.5", "torch.sin(t) + t", "t ** 2 - 1.0", "torch.where(t > 0, t, 0.1 * t)"])
        lines = [
            "import torch",
            "import torch.nn as nn",
            "import torch.nn.functional as F",
            "def helper(t):",
            f"    return {helper}",
        ]
        lines += self.chance.choice([self._plain, self._plain, self._network, self._by_hand])()
        kind = self.chance.choice("svAS")
        lines += [
            f"w = {self.literal(kind, ', requires_grad=True')}",
            *self.values({kind: ["w"]}, "q"),
            "q_loss.backward()",
        ]
        return "\n".join([*lines, "print(q_loss.detach())", "print(w.grad)", "print(w.grad.tolist())"]) + "\n"

    def _plain(self) -> list[str]:
        first, second = self.chance.choice("svA"), self.chance.choice("vBS")
        lines = [
            f"a = {self.literal(first, ', requires_grad=True')}",
            f"b = {self.literal(second, ', requires_grad=True')}",
        ]
        names: dict[str, list[str]] = {first: ["a"]}
        names.setdefault(second, []).append("b")
        lines += [
            *self.values(names, "t"),
            "print(t0.detach())",
            "t_loss.backward()",
            "print(a.grad)",
            "print(b.grad)",
            "print(a, b.shape)",
        ]
        if self.chance.random() < 0.5:
            lines += [
                "(a * 2).sum().backward()",
                "print(a.grad)",
                "a.grad.zero_()",
                "b.grad = None",
                "((b ** 2).mean() + a.sum()).backward()",
                "print(a.grad, b.grad)",
            ]
        return lines

    def _network(self) -> list[str]:
        loss = self.chance.choice(list(LOSSES))
        optimizer = self.chance.choice(OPTIMIZERS).replace("{p}", "net.parameters()")
        middle = self.chance.choice(
            [
                self.chance.choice(ACTIVATIONS),
                f"nn.Linear(4, 4), {self.chance.choice(ACTIVATIONS)}",
                f"nn.LayerNorm(4), {self.chance.choice(ACTIVATIONS)}",
            ]
        )
        return [
            f"torch.manual_seed({self.seed % 1000})",
            f"X = {self.literal('S')}",
            f"Y = {self.literal('B')}",
            f"net = nn.Sequential(nn.Linear(3, 4), {middle}, nn.Linear(4, 2))",
            f"optimizer = torch.optim.{optimizer}",
            f"for step in range({self.chance.randint(2, 6)}):",
            "    optimizer.zero_grad()",
            f"    loss = {loss}{LOSSES[loss].replace('{out}', 'net(X)')}",
            "    loss.backward()",
            "    optimizer.step()",
            "    print(step, f'{loss.item():.4f}')",
            "print(net[0].weight)",
            "print([p.grad for p in net.parameters()][-1])",
            "print(net)",
        ]

    def _by_hand(self) -> list[str]:
        update = self.chance.choice(["W.data -= 0.1 * W.grad", "with torch.no_grad():\n        W -= 0.1 * W.grad"])
        clear = self.chance.choice(["W.grad.zero_()", "W.grad = None", "pass"])
        return [
            f"X = {self.literal('S')}",
            f"Y = {self.literal('B')}",
            f"W = {self.literal('B', ', requires_grad=True')}",
            f"for step in range({self.chance.randint(2, 5)}):",
            f"    out = {self.chance.choice(['torch.tanh', 'torch.relu', 'helper', 'F.gelu'])}(X @ W)",
            "    loss = ((out - Y) ** 2).mean()",
            "    loss.backward()",
            f"    {update}",
            f"    {clear}",
            "    print(step, loss.detach())",
            "print(W)",
        ]


def torch_program(seed: int) -> str:
    return Maker(seed).program()
