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
    "F.hardtanh({x})",
    "F.selu({x})",
    "F.mish({x})",
    "F.softsign({x})",
    "F.logsigmoid({x})",
    "torch.erf({x})",
    "torch.sinh(torch.tanh({x}))",
    "torch.logaddexp({x}, {y})",
    "torch.lerp({x}, {y}, 0.3)",
    "({x}).clamp(min=0.1)",
    "({x}).sign() * ({y})",
    "torch.reciprocal(({x}) ** 2 + 1.0)",
    "torch.rsqrt(({x}) ** 2 + 1.0)",
    "torch.where(({x}) > ({y}), {x}, 0.5)",
    "({x}).clone().mul_({c}).add_({y})",
    "({x}).clone().clamp_(max=0.7)",
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
        "({A}).sum(dim=(0, 1))",
        "({S}).mean((0, 1))",
        "({A}).amax(dim=(0, 1))",
        "torch.logsumexp({A}, dim=(0, 1))",
        "({u}).prod()",
        "torch.einsum('ij,ij->', {A}, {A})",
        "torch.tensordot({A}, {A}, dims=2)",
        "F.cosine_similarity(({v}) ** 2 + 0.4, ({v}) ** 2 + 0.1, dim=0)",
        "F.smooth_l1_loss({v}, {v}, beta=0.7)",
        "F.huber_loss({A}, {A}, reduction='sum')",
        "F.kl_div(F.log_softmax({A}, dim=1), F.softmax({A}, dim=1), reduction='batchmean')",
        "F.cross_entropy({S}, torch.tensor([0, 2, 1]), weight=torch.tensor([1.0, 0.5, 2.0]))",
        "F.cross_entropy({S}, torch.tensor([0, -100, 1]))",
        "F.cross_entropy({S}, torch.tensor([0, 2, 1]), label_smoothing=0.1, reduction='sum')",
        "F.nll_loss(F.log_softmax({A}, dim=1), torch.tensor([2, 0]))",
        "F.binary_cross_entropy_with_logits({v}, torch.tensor([0.0, 1.0, 0.3]), pos_weight=torch.tensor([1.0, 2.0, 0.5]))",
        "F.binary_cross_entropy(torch.sigmoid({v}), torch.tensor([0.0, 1.0, 0.3]))",
        "F.multi_margin_loss({A}, torch.tensor([0, 2]))",
        "torch.topk({v}, 2).values.sum()",
        "torch.take({A}, torch.tensor([0, 4, 4])).sum()",
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
        "torch.flip({v}, dims=(0,))",
        "torch.roll({v}, 1)",
        "({u}).repeat(2)[:3]",
        "torch.repeat_interleave({u}, 2)[1:]",
        "torch.gather({v}, 0, torch.tensor([1, 1, 2]))",
        "({v}).scatter(0, torch.tensor([2, 0]), {u})",
        "torch.zeros(3).scatter_add(0, torch.tensor([0, 2, 2]), {v})",
        "({v}).index_select(0, torch.tensor([2, 1, 1]))",
        "torch.unbind({A}, dim=0)[1]",
        "torch.chunk({S}, 3, dim=0)[1].squeeze(0)",
        "({B}).norm(dim=1)",
        "({S}).amin(dim=(1,))",
        "torch.cumprod(({v}) * 0.5 + 1.0, dim=0)",
        "torch.diagonal({S})",
        "torch.bmm(({S}).unsqueeze(0), ({v}).reshape(1, 3, 1)).flatten()",
        "F.normalize(({v}) ** 2 + 0.4, dim=0)",
        "torch.max({A}, dim=0)[0]",
        "torch.matmul({S}, {v})",
        "F.embedding(torch.tensor([0, 2, 2]), {B}).sum(dim=1)",
        "F.conv1d(({A}).unsqueeze(0), ({A}).unsqueeze(0)[:, :, :2], padding=1)[0, 0, :3]",
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
        "torch.topk({v}, 2).values",
        "torch.split({v}, [2, 1])[0]",
        "({A}).logsumexp(dim=1)",
        "({v}).narrow(0, 1, 2)",
        "({A}).std(dim=1)",
        "({A}).gather(1, torch.tensor([[2], [0]])).squeeze(1)",
        "F.linear({v}, {A}, {u})",
        "torch.mv({A}, {v})",
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
        "torch.vstack([{v}, {v}])",
        "({A}).index_add(0, torch.tensor([1]), ({v}).unsqueeze(0))",
        "torch.einsum('ij,jk->ik', {A}, {S})",
        "torch.addmm({A}, {A}, {S})",
        "F.softmax({A}, dim=0)",
        "({A}) / ({A}).norm(dim=1, keepdim=True).clamp(min=0.1)",
        "({S}).narrow(0, 1, 2)",
        "F.normalize(({A}) ** 2 + 0.4, dim=1)",
        "F.scaled_dot_product_attention({A}, {S}, {S})",
        "F.max_pool2d(({S}).reshape(1, 1, 3, 3), (2, 1), stride=1)[0, 0]",
        "F.batch_norm({A}, torch.zeros(3), torch.ones(3), training=False)",
    ],
    "B": [
        "({A}).T",
        "({S}) @ ({B})",
        "({A}).reshape(3, 2)",
        "({B}) * ({u})",
        "torch.stack([{v}, {v}], dim=1)",
        "({S})[:, :2]",
        "({A}).permute(1, 0)",
        "torch.hstack([({v}).unsqueeze(1), ({v})[:, None]])",
        "torch.movedim({A}, 0, 1)",
        "({B}).sort(dim=0).values",
        "torch.cumsum({B}, dim=1)",
        "F.avg_pool2d(({S}).reshape(1, 1, 3, 3), (1, 2), stride=1)[0, 0]",
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
        "torch.diag({v})",
        "F.conv2d(({S}).reshape(1, 1, 3, 3), ({S}).reshape(1, 1, 3, 3), padding=1)[0, 0]",
        "({S}).scatter_add(1, torch.tensor([[0], [1], [1]]), ({v}).unsqueeze(1))",
        "({S}).masked_fill(torch.triu(torch.ones(3, 3), diagonal=1) == 1, float('-inf')).softmax(dim=-1)",
        "({S}).tril(-1) + ({S}).triu(1)",
    ],
}
LOSSES = {
    "F.mse_loss": "({out}, Y)",
    "F.cross_entropy": "({out}, torch.tensor([0, 1, 1]))",
    "F.binary_cross_entropy_with_logits": "({out}, torch.sigmoid(Y))",
    "nn.MSELoss(reduction='sum')": "({out}, Y)",
    "nn.CrossEntropyLoss(label_smoothing=0.2)": "({out}, torch.tensor([1, 1, 0]))",
    "nn.CrossEntropyLoss(weight=torch.tensor([0.3, 1.2]))": "({out}, torch.tensor([1, 1, 0]))",
    "nn.CrossEntropyLoss()": "({out}, F.softmax(Y, dim=1))",
    "nn.BCEWithLogitsLoss(pos_weight=torch.tensor([2.0, 0.5]))": "({out}, torch.sigmoid(Y))",
    "nn.SmoothL1Loss()": "({out}, Y)",
    "nn.HuberLoss(delta=0.5)": "({out}, Y)",
    "nn.KLDivLoss(reduction='batchmean')": "(F.log_softmax({out}, dim=1), F.softmax(Y, dim=1))",
    "nn.NLLLoss()": "(F.log_softmax({out}, dim=1), torch.tensor([0, 1, 0]))",
    "F.l1_loss": "({out}, Y)",
}
OPTIMIZERS = [
    "SGD({p}, lr=0.1)",
    "SGD({p}, lr=0.05, momentum=0.9)",
    "SGD({p}, lr=0.05, momentum=0.8, nesterov=True)",
    "Adam({p}, lr=0.05)",
    "AdamW({p}, lr=0.02)",
    "Adam({p}, lr=0.1, weight_decay=0.01)",
    "SGD({p}, lr=0.05, momentum=0.9, weight_decay=0.01)",
    "SGD({p}, lr=0.05, momentum=0.9, dampening=0.2)",
    "AdamW({p}, lr=0.05, betas=(0.8, 0.95), weight_decay=0.1)",
    "RMSprop({p}, lr=0.01)",
    "RMSprop({p}, lr=0.02, alpha=0.9, momentum=0.5, weight_decay=0.01)",
    "Adagrad({p}, lr=0.1)",
]
ACTIVATIONS = [
    "nn.ReLU()",
    "nn.Tanh()",
    "nn.Sigmoid()",
    "nn.GELU()",
    "nn.SiLU()",
    "nn.LeakyReLU(0.2)",
    "nn.ELU()",
    "nn.Softplus()",
]


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
        lines += self.chance.choice(
            [self._plain, self._plain, self._network, self._by_hand, self._layers, self._in_place, self._own]
        )()
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

    def _layers(self) -> list[str]:
        """A layer with its first weights, trained for some steps."""
        layer, given = self.chance.choice(
            [
                ("nn.Conv2d(1, 2, 2)", "(2, 1, 3, 3)"),
                ("nn.Sequential(nn.Conv2d(2, 3, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))", "(1, 2, 4, 4)"),
                ("nn.Sequential(nn.Conv2d(1, 2, 3, stride=2), nn.BatchNorm2d(2), nn.Tanh())", "(2, 1, 5, 5)"),
                ("nn.Sequential(nn.Conv1d(2, 3, 2), nn.ReLU(), nn.MaxPool1d(2))", "(2, 2, 5)"),
                ("nn.BatchNorm1d(3)", "(4, 3)"),
                ("nn.Sequential(nn.Linear(3, 4), nn.LayerNorm(4), nn.Dropout(0.4))", "(2, 3)"),
                ("nn.RNN(2, 3, batch_first=True)", "(2, 3, 2)"),
                ("nn.RNN(2, 2, num_layers=2, nonlinearity='relu')", "(3, 1, 2)"),
                ("nn.LSTM(2, 3)", "(3, 2, 2)"),
                ("nn.LSTM(2, 2, bidirectional=True, batch_first=True)", "(1, 3, 2)"),
                ("nn.GRU(2, 3, batch_first=True)", "(2, 3, 2)"),
                ("nn.GRUCell(2, 3)", "(2, 2)"),
                ("nn.RNNCell(2, 3)", "(2, 2)"),
                ("nn.TransformerEncoderLayer(4, 2, dim_feedforward=5, dropout=0.0, batch_first=True)", "(1, 3, 4)"),
                ("nn.TransformerEncoderLayer(4, 1, 6, dropout=0.0, norm_first=True, activation='gelu')", "(2, 1, 4)"),
            ]
        )
        first = "[0]" if layer.startswith(("nn.RNN(", "nn.LSTM(", "nn.GRU(")) else ""
        optimizer = self.chance.choice(["SGD({p}, lr=0.1)", "SGD({p}, lr=0.05, momentum=0.9)"]).replace(
            "{p}", "layer.parameters()"
        )
        clipped = ["    nn.utils.clip_grad_norm_(layer.parameters(), 0.3)"] if self.chance.random() < 0.4 else []
        return [
            f"torch.manual_seed({self.seed % 1000})",
            f"layer = {layer}",
            f"X = torch.randn{given}",
            f"optimizer = torch.optim.{optimizer}",
            f"for step in range({self.chance.randint(2, 5)}):",
            f"    loss = (layer(X){first} - 0.3).pow(2).mean()",
            "    optimizer.zero_grad()",
            "    loss.backward()",
            *clipped,
            "    optimizer.step()",
            "    print(step, f'{loss.item():.4f}')",
            "print([list(p.shape) for p in layer.parameters()])",
            "print(list(layer.parameters())[0].grad)",
            "layer.eval()",
            "with torch.no_grad():",
            f"    print(layer(X){first}.flatten()[:3])",
        ]

    def _in_place(self) -> list[str]:
        """A tensor that is changed where it stands."""
        changes = [
            f"z[0] = {self.number()}",
            "z[1, 2] = z[0, 1] * 2.0",
            "z[:, 1] = z[:, 0]",
            f"z += {self.number()}",
            f"z *= {self.number()}",
            "z[1] += z[0]",
            "z.clamp_(min=-1.0)",
            "z[z > 0.5] = 0.5",
            f"z.masked_fill_(z < -0.5, {self.number()})",
            "z.scatter_(1, torch.tensor([[0], [2]]), 0.1)",
            "z.add_(a * 2.0)",
            "z.sub_(a, alpha=0.5)",
            "z.relu_()",
            "z[torch.tensor([0, 1]), torch.tensor([1, 0])] = z[0, :2]",
        ]
        chosen = [self.chance.choice(changes) for _ in range(self.chance.randint(2, 4))]
        return [
            f"a = {self.literal('A', ', requires_grad=True')}",
            "z = a * 1.5",
            *chosen,
            "print(z.detach())",
            f"(z * {self.literal('A')}).sum().backward()",
            "print(a.grad)",
            "with torch.no_grad():",
            "    a -= 0.1 * a.grad",
            "    a[0, 0] = 0.25",
            "print(a)",
        ]

    def _own(self) -> list[str]:
        """An operation with a backward pass of the text's own, right or wrong."""
        forward, backward = self.chance.choice(
            [
                ("x ** 3", "3 * x ** 2"),
                ("torch.sin(x)", "torch.cos(x)"),
                ("x.clamp(min=0)", "(x > 0).float()"),
                ("torch.sigmoid(x)", "torch.sigmoid(x)"),
                ("torch.sign(x)", "torch.ones_like(x)"),
                ("x * w", "w"),
            ]
        )
        two = "w" in forward
        return [
            "class Own(torch.autograd.Function):",
            "    @staticmethod",
            f"    def forward(ctx, x{', w' if two else ''}):",
            f"        ctx.save_for_backward(x{', w' if two else ''})",
            f"        return {forward}",
            "    @staticmethod",
            "    def backward(ctx, grad_output):",
            f"        {'x, w' if two else 'x,'} = ctx.saved_tensors",
            f"        return grad_output * {backward}{', grad_output * x' if two else ''}",
            f"a = {self.literal('A', ', requires_grad=True')}",
            f"b = {self.literal('A', ', requires_grad=True')}",
            f"y = Own.apply(torch.tanh(a){', b' if two else ''}) + 0.0 * b",
            f"out = (y * {self.literal('A')} + a).sum() + (b ** 2).mean()",
            "out.backward()",
            "print(y)",
            "print(a.grad, b.grad)",
        ]


def torch_program(seed: int) -> str:
    return Maker(seed).program()
