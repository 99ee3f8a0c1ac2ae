# ruff: noqa: E501 - tables of templates
"""Random programs for the libraries that have NumPy's names: JAX and autograd. Each prints its values and gradients with
all digits, and ends with a loss whose gradient by `w` it prints last."""

from __future__ import annotations

import random

SHAPES = {"s": (), "v": (3,), "u": (2,), "A": (2, 3), "B": (3, 2), "S": (3, 3)}
"""By the letter of a template: what an expression gives."""
EVERYWHERE = [
    "np.sin({x})",
    "np.cos({x})",
    "np.tanh({x})",
    "np.exp(-({x}) ** 2)",
    "np.exp(np.tanh({x}))",
    "np.log(({x}) ** 2 + 1.5)",
    "np.sqrt(({x}) ** 2 + 0.5)",
    "np.abs({x})",
    "-({x})",
    "({x}) ** 2",
    "({x}) ** 3",
    "1.0 / (({x}) ** 2 + 1.0)",
    "np.maximum({x}, {y})",
    "np.minimum({x}, {y})",
    "np.maximum({x}, 0.1)",
    "np.where(({x}) > 0.2, {x}, {y})",
    "np.where(({x}) > ({y}), {x} * {c}, np.sin({y}))",
    "np.clip({x}, -0.9, 0.8)",
    "({x}) + ({y})",
    "({x}) - ({y})",
    "({x}) * ({y})",
    "({x}) / (({y}) ** 2 + 1.3)",
    "({x}) * {c}",
    "{c} - ({x})",
    "({x}) + {s}",
    "({x}) * ({s})",
    "np.square({x})",
    "np.log1p(({x}) ** 2)",
    "np.expm1(np.sin({x}))",
    "np.arctan({x})",
    "np.sinh(np.tanh({x}))",
    "np.cosh(np.sin({x}))",
    "np.logaddexp({x}, {y})",
    "(({x}) ** 2 + 0.4) ** 1.5",
    "np.sign({x}) * ({y})",
    "np.multiply({x}, {y})",
    "np.power(({x}) ** 2 + 0.3, 0.7)",
    "sum([({x}) * i for i in range(3)])",
    "(lambda t: t * np.sin(t))({x})",
    "helper({x})",
]
"""Operations that give what they are given: {x} and {y} of one shape, {s} a scalar, {c} a number."""
MADE = {
    "s": [
        "np.sum({v})",
        "np.mean({A})",
        "np.sum(({S}) * ({S}))",
        "np.max({v})",
        "np.min({A})",
        "np.prod({u})",
        "np.var({v})",
        "np.std({B})",
        "np.dot({v}, {v})",
        "({v})[1]",
        "({A})[1, 2]",
        "({u})[-1]",
        "np.trace({S})",
        "np.linalg.norm({v})",
        "({u}) @ ({A}) @ ({v})",
        "({v}).sum()",
        "({A}).mean()",
        "np.einsum('i,i->', {v}, {v})",
        "np.sum(({v})[:2])",
        "np.sum(np.sort({v}) * w3)",
        "np.linalg.det({S})",
        "np.mean((({v}) - ({v})) ** 2)",
        "np.max(np.abs({A}))",
        "np.sum({A}, axis=(0, 1))",
        "np.mean({S}, axis=(0, 1))",
        "np.max({A}, axis=(0, 1))",
        "np.tensordot({A}, {A}, axes=2)",
        "np.sum(np.diagonal({S}))",
        "np.einsum('ij,ij->', {A}, {A})",
    ],
    "v": [
        "np.sum({A}, axis=0)",
        "np.mean({S}, axis=1)",
        "np.max({A}, axis=0)",
        "({A})[0]",
        "({S})[:, 1]",
        "({S}) @ ({v})",
        "({B}) @ ({u})",
        "({u}) @ ({A})",
        "np.dot({v}, {S})",
        "np.cumsum({v})",
        "({v})[::-1]",
        "np.concatenate([{u}, ({v})[:1]])",
        "np.stack([{s}, {s}, {s}])",
        "np.diag({S})",
        "np.sort({v})",
        "np.roll({v}, 1)",
        "np.reshape({A}, (6,))[1:4]",
        "np.array([{s}, {s}, {c}])",
        "np.einsum('ij,j->i', {S}, {v})",
        "np.min({B}, axis=1)",
        "np.var({S}, axis=0)",
        "np.prod({A}, axis=0)",
        "np.linalg.solve(({S}) + 4.0 * np.eye(3), {v})",
        "np.repeat({u}, 2)[:3]",
        "({v})[np.array([2, 0, 0])]",
        "np.ravel({B})[:3]",
        "np.squeeze(np.expand_dims({v}, 0))",
        "({A}).T[:, 0]",
        "np.where(np.arange(3) > 1, {v}, {v})",
    ],
    "u": [
        "np.sum({A}, axis=1)",
        "({A}) @ ({v})",
        "({v})[1:]",
        "np.max({B}, axis=0)",
        "({B})[2]",
        "np.array([{s}, {s}])",
        "np.mean({A}, axis=-1)",
        "({A})[:, 0]",
        "np.split({u}, 2)[0] * ({u})",
    ],
    "A": [
        "({B}).T",
        "({u})[:, None] * ({v})[None, :]",
        "np.outer({u}, {v})",
        "({A}) @ ({S})",
        "np.stack([{v}, {v}])",
        "({S})[:2]",
        "np.reshape({B}, (2, 3))",
        "({A}) + ({v})",
        "({A}) * ({u})[:, None]",
        "np.transpose({B})",
        "np.tile({v}, (2, 1))",
        "np.concatenate([({v})[None, :], ({A})[1:]], axis=0)",
        "np.cumsum({A}, axis=1)",
        "({A}) - np.mean({A}, axis=1, keepdims=True)",
        "({S})[np.array([0, 2])]",
        "({A}) / (np.sum(({A}) ** 2, axis=0, keepdims=True) + 1.0)",
        "np.einsum('ij,jk->ik', {A}, {S})",
        "np.vstack([{v}, {v}])",
    ],
    "B": [
        "({A}).T",
        "({S}) @ ({B})",
        "np.reshape({A}, (3, 2))",
        "({B}) * ({u})",
        "np.outer({v}, {u})",
        "np.stack([{v}, {v}], axis=1)",
        "({S})[:, :2]",
        "np.swapaxes({A}, 0, 1)",
    ],
    "S": [
        "({B}) @ ({A})",
        "np.outer({v}, {v})",
        "({S}).T",
        "np.tril({S})",
        "np.triu({S})",
        "np.diag({v})",
        "({S}) @ ({S})",
        "np.eye(3) * ({s})",
        "({v})[:, None] - ({v})[None, :]",
        "({S}) + ({v})",
        "np.where(np.eye(3) > 0, {S}, 0.5)",
        "np.stack([{v}, {v}, {v}])",
        "np.concatenate([{A}, ({v})[None, :]])",
        "np.linalg.inv(({S}) + 5.0 * np.eye(3))",
    ],
}
JAX_EVERYWHERE = [
    "jax.nn.relu({x})",
    "jax.nn.sigmoid({x})",
    "jax.nn.softplus({x})",
    "jax.nn.silu({x})",
    "jax.nn.gelu({x})",
    "jax.nn.gelu({x}, approximate=False)",
    "jax.nn.elu({x})",
    "jax.nn.leaky_relu({x}, 0.1)",
    "jax.nn.log_sigmoid({x})",
    "jax.nn.relu6(({x}) * 3.0)",
    "jax.nn.selu({x})",
    "jax.lax.stop_gradient({x}) * ({y})",
    "jax.nn.hard_tanh({x})",
    "jax.jit(lambda t: t * t)({x})",
]
JAX_MADE = {
    "s": [
        "jax.nn.logsumexp({v})",
        "jax.scipy.special.logsumexp({A})",
        "jax.lax.fori_loop(0, 3, lambda i, t: t * 0.5 + {s}, {s})",
        "jax.lax.scan(lambda c, t: (c * 0.5 + t, t), 0.3, {v})[0]",
        "jax.lax.scan(lambda c, t: ((c[0] * 0.5 + t, c[1] - t * c[0]), t), ({s}, 0.4), {v})[0][1]",
        "jax.lax.cond({c} > 0, lambda t: t * 2.0, lambda t: np.sin(t), {s})",
        "jax.lax.while_loop(lambda t: t[0] < 3, lambda t: (t[0] + 1, t[1] * 0.5), (0, {v}))[1].sum()",
        "sum(jax.tree.leaves(jax.tree.map(lambda t: np.sum(t * 0.5), [{v}, ({u}, {s})])))",
        "jax.vjp(np.sin, {s})[0]",
    ],
    "v": [
        "jax.nn.softmax({v})",
        "jax.nn.log_softmax({v})",
        "({v}).at[1].set({s})",
        "({v}).at[jnp.array([0, 0, 2])].add({v})",
        "({v}).at[:2].multiply({u})",
        "jax.vmap(lambda t: jnp.sin(t) * t)({v})",
        "jax.vmap(lambda r: jnp.sum(r ** 2), in_axes=1)({A})",
        "jax.lax.scan(lambda c, t: (c + t, c * t), {s}, {v})[1]",
        "jax.vmap(jnp.dot, in_axes=(0, None))({S}, {v})",
        "jax.vmap(lambda a, b: a * np.sum(b), in_axes=(0, 1))({v}, {A})",
        "jax.vmap(lambda p: p['a'] * p['b'].sum())({'a': {v}, 'b': {S}})",
        "jax.lax.scan(lambda c, r: (c + r[0] * 0.3, c * r[1].sum()), {s}, ({v}, {B}))[1]",
        "jax.lax.map(lambda r: np.max(r), {S})",
        "jax.nn.softmax({A}, axis=-1)[0]",
    ],
    "u": [
        "jax.vmap(lambda r, k: jnp.max(r) * k, in_axes=(0, None))({A}, {s})",
        "jax.nn.standardize({u})",
        "jax.nn.logsumexp({A}, axis=1)",
    ],
    "A": [
        "jax.nn.softmax({A}, axis=0)",
        "jax.nn.log_softmax({A})",
        "({A}).at[0].set({v})",
        "({A}).at[:, 1].add({u})",
        "jax.nn.one_hot(jnp.array([2, 0]), 3) * ({A})",
        "jnp.broadcast_to({v}, (2, 3)) * {c}",
        "jnp.flip({A}, axis=0)",
        "jax.vmap(lambda r: r * {c}, in_axes=1, out_axes=1)({A})",
        "jax.vmap(lambda r, t: r + t, in_axes=(0, 0))({A}, {u})",
        "jax.vmap(lambda k, r: k * r, in_axes=(None, 1), out_axes=1)({u}, {A})",
    ],
    "B": ["jax.vmap(lambda a: a * ({u}))({v})"],
    "S": ["jax.vmap(jax.vmap(lambda t: t * {c}))({S})", "jnp.linalg.inv(({S}) + 5.0 * jnp.eye(3))"],
}


class Maker:
    """Makes one program. jax: for JAX; else for autograd."""

    def __init__(self, seed: int, *, jax: bool) -> None:
        self.chance = random.Random(seed)
        self.jax = jax
        self.np = "jnp" if jax else "np"
        self.everywhere = EVERYWHERE + (JAX_EVERYWHERE if jax else [])
        # What autograd says of a product with a factor of 0 is nan: it divides by it.
        plain = {kind: [row for row in rows if jax or "prod" not in row] for kind, rows in MADE.items()}
        self.made = {kind: rows + (JAX_MADE[kind] if jax else []) for kind, rows in plain.items()}

    def number(self) -> str:
        """Never 0, where the slope of |x| is 0 here, and 1 in JAX."""
        return repr(round(self.chance.uniform(-1.8, 1.8), 3) or 0.5)

    def literal(self, kind: str) -> str:
        """An array of this kind, written out."""
        shape = SHAPES[kind]
        if not shape:
            return self.number()
        row = "[" + ", ".join(self.number() for _ in range(shape[-1])) + "]"
        if len(shape) == 2:
            row = (
                "["
                + ", ".join("[" + ", ".join(self.number() for _ in range(shape[1])) + "]" for _ in range(shape[0]))
                + "]"
            )
        return f"np.array({row})"

    def expression(self, kind: str, names: dict[str, list[str]], depth: int) -> str:
        """An expression of this kind over these names, as NumPy spells it."""
        if depth <= 0 or self.chance.random() < 0.12:
            held = names.get(kind)
            if held:
                return self.chance.choice(held)
            if kind != "s" and depth > -2:
                return self.filled(self.chance.choice(self.made[kind]), kind, names, depth)
            return self.literal(kind)
        rows = self.everywhere if self.chance.random() < 0.5 else self.made[kind]
        return self.filled(self.chance.choice(rows), kind, names, depth)

    def filled(self, template: str, kind: str, names: dict[str, list[str]], depth: int) -> str:
        for letter in ("x", "y", "c", *SHAPES):
            hole = "{" + letter + "}"
            while hole in template:
                made = (
                    self.number()
                    if letter == "c"
                    else self.expression(kind if letter in "xy" else letter, names, depth - 1)
                )
                if letter in "xy":
                    template = template.replace(hole, made)
                else:
                    template = template.replace(hole, made, 1)
        return template

    def body(self, names: dict[str, list[str]], lines: int, indent: str) -> list[str]:
        """Lines of a function that name values, the last of them a scalar that is returned."""
        held = {kind: list(found) for kind, found in names.items()}
        found = []
        for i in range(lines):
            kind = self.chance.choice("svuABS")
            found.append(f"{indent}t{i} = {self.expression(kind, held, 2)}")
            held.setdefault(kind, []).append(f"t{i}")
        return [*found, f"{indent}return {self.scalar(held)}"]

    def scalar(self, names: dict[str, list[str]]) -> str:
        """An expression that every name has a part in."""
        parts = [
            name if kind == "s" else f"np.mean({name} * {self.number()})"
            for kind, found in names.items()
            for name in found
            if kind != "none"
        ]
        return " + ".join([self.expression("s", names, 2), *parts[-4:]])

    def program(self) -> str:
        kind = self.chance.choice(
            [
                *("plain", "arguments", "training", "training", "rows", "closure", "own"),
                *(("trees", "aux", "examples") if self.jax else ("plain", "jacobians")),
            ]
        )
        lines = self.head() + getattr(self, f"_{kind}")() + self._end()
        text = "\n".join(lines) + "\n"
        return text.replace("np.", f"{self.np}.").replace("jjnp.", "jnp.") if self.jax else text

    def head(self) -> list[str]:
        libraries = [
            "import jax",
            "import jax.numpy as jnp",
            "from jax import grad, value_and_grad, jacobian",
            'jax.config.update("jax_enable_x64", True)',
        ]
        if not self.jax:
            libraries = [
                "import autograd.numpy as np",
                "from autograd import grad, value_and_grad, jacobian, elementwise_grad",
            ]
        return [
            *libraries,
            "w3 = np.array([0.3, -1.1, 0.7])",
            "def helper(t):",
            f"    return {self.chance.choice(['t * 0.5', 'np.sin(t) + t', 't ** 2 - 1.0', 'np.where(t > 0, t, 0.1 * t)'])}",
        ]

    def _shown(self, text: str, kind: str) -> str:
        return f"print(float({text}))" if kind == "s" else f"print({text}.tolist())"

    def _plain(self) -> list[str]:
        kind = self.chance.choice("svABS")
        return [
            f"x = {self.literal(kind)}",
            "def f(x):",
            *self.body({kind: ["x"]}, self.chance.randint(1, 4), "    "),
            "print(float(f(x)))",
            self._shown("grad(f)(x)", kind),
            "g = grad(f)(x * 0.5)",
            self._shown("(g * 2.0)", kind),
        ]

    def _arguments(self) -> list[str]:
        first, second = self.chance.choice("svA"), self.chance.choice("vBS")
        argnums = "argnums" if self.jax else "argnum"
        lines = [f"a = {self.literal(first)}", f"b = {self.literal(second)}", "def f(a, b, k=1.5):"]
        lines += self.body({first: ["a"], second: ["b"], "s": ["k"] if first != "s" else ["a", "k"]}, 2, "    ")
        return [
            *lines,
            f"value, (ga, gb) = value_and_grad(f, {argnums}=(0, 1))(a, b)",
            "print(float(value))",
            self._shown("ga", first),
            self._shown("gb", second),
            self._shown(f"grad(f, {argnums}=1)(a, b, k=0.7)", second),
        ]

    def _rows(self) -> list[str]:
        inner = self.expression("v", {"v": ["t"], "s": ["0.5"]}, 2)
        lines = [
            f"x = {self.literal('v')}",
            "def f(t):",
            f"    return {inner}",
            "print(f(x).tolist())",
            "print(jacobian(f)(x).tolist())",
        ]
        if self.jax:
            return [
                *lines,
                f"X = {self.literal('A')}",
                "def each(r):",
                f"    return {self.expression('s', {'v': ['r']}, 2)}",
                "print(jax.vmap(each)(X).tolist())",
                "print(jax.vmap(grad(each))(X).tolist())",
            ]
        plain = self.chance.choice(["np.tanh(t) * t", "t ** 3 - np.sin(t)", "np.exp(-t * t)", "np.maximum(t, 0.2) * t"])
        return [*lines, "def each(t):", f"    return {plain}", "print(elementwise_grad(each)(x).tolist())"]

    def _closure(self) -> list[str]:
        kind = self.chance.choice("vA")
        return [
            f"x = {self.literal(kind)}",
            f"data = {self.literal('S')}",
            "y = np.sin(x) * 2.0",
            "def outer(scale):",
            "    def f(t):",
            *self.body({kind: ["t", "x", "y"], "S": ["data"], "s": ["scale"]}, 2, "        "),
            "    return f",
            self._shown("grad(outer(0.8))(x)", kind),
            self._shown("grad(lambda t: outer(1.2)(t) * 2.0)(x)", kind),
            f"print([float(grad(lambda s: outer(s)(x))({self.number()})) for i in range(2)])",
        ]

    def _training(self) -> list[str]:
        form = self.chance.choice(["dict", "list"])
        W, b = ('p["W"]', 'p["b"]') if form == "dict" else ("p[0]", "p[1]")
        made = (
            f'{{"W": {self.literal("B")}, "b": {self.literal("u")}}}'
            if form == "dict"
            else f"[{self.literal('B')}, {self.literal('u')}]"
        )
        activation = self.chance.choice(
            ["np.tanh", "np.sin", "helper", *(["jax.nn.relu", "jax.nn.sigmoid", "jax.nn.gelu"] if self.jax else [])]
        )
        steps = self.chance.randint(2, 5)
        if form == "dict":
            update = "{k: p[k] - 0.1 * g[k] for k in p}"
        else:
            update = "[a - 0.1 * b for a, b in zip(p, g)]"
        if self.jax and self.chance.random() < 0.6:
            update = "jax.tree.map(lambda a, b: a - 0.1 * b, p, g)"
        lines = [
            f"p = {made}",
            f"X = {self.literal('S')}",
            f"Y = {self.literal('B')}",
            "def predict(p, X):",
            f"    return {activation}(X @ {W} + {b})",
            "def cost(p, X, Y):",
            f"    return np.mean((predict(p, X) - Y) ** 2) + 0.01 * np.sum({W} ** 2)",
        ]
        if self.chance.random() < 0.5:
            decorated = ["@jax.jit"] if self.jax else []
            lines += [*decorated, "def update(p, X, Y):", "    g = grad(cost)(p, X, Y)", f"    return {update}"]
            lines += [f"for step in range({steps}):", "    p = update(p, X, Y)", "    print(float(cost(p, X, Y)))"]
        else:
            lines += [
                f"for step in range({steps}):",
                "    value, g = value_and_grad(cost)(p, X, Y)",
                f"    p = {update}",
                "    print(step, float(value))",
            ]
        return [*lines, f"print({W}.tolist())", f"print({b}.tolist())"]

    def _trees(self) -> list[str]:
        lines = [f"p = {{'z': {self.literal('v')}, 'a': [{self.literal('s')}, {self.literal('A')}]}}", "def f(p):"]
        lines += self.body({"v": ["p['z']"], "s": ["p['a'][0]"], "A": ["p['a'][1]"]}, 2, "    ")
        return [
            *lines,
            "(value, aux), g = value_and_grad(lambda p: (f(p), p['z'] * 2.0), has_aux=True)(p)",
            "print(float(value))",
            "print(aux.tolist())",
            "print([leaf.tolist() for leaf in jax.tree.leaves(g)])",
            "q = jax.tree_util.tree_map(lambda a, b: a - 0.5 * b, p, g)",
            "print(float(f(q)))",
        ]

    def _aux(self) -> list[str]:
        """Several arguments and something beside the value."""
        return [
            f"a = {self.literal('v')}",
            f"b = {self.literal('A')}",
            "def f(a, b, k):",
            f"    t = {self.expression('s', {'v': ['a'], 'A': ['b']}, 2)}",
            f"    return t + np.mean(a) * k + np.mean(b * {self.number()}), {{'t': t, 'rows': [a * 2.0, b]}}",
            "(value, held), (ga, gb) = value_and_grad(f, argnums=(0, 1), has_aux=True)(a, b, 0.7)",
            "print(float(value), float(held['t']))",
            "print(held['rows'][0].tolist())",
            "print(ga.tolist())",
            "print(gb.tolist())",
            "only, held = jax.grad(f, argnums=(1,), has_aux=True)(a, b, k=0.2)",
            "print(only[0].tolist(), held['rows'][1].shape)",
        ]

    def _examples(self) -> list[str]:
        """A function of one example, and its gradients for each of several."""
        return [
            f"p = {{'W': {self.literal('A')}, 'b': {self.literal('u')}}}",
            f"X = {self.literal('S')}",
            f"Y = {self.literal('B')}",
            "def one(p, x, y):",
            f"    h = {self.chance.choice(['np.tanh', 'np.sin', 'jax.nn.relu', 'helper'])}(p['W'] @ x + p['b'])",
            "    return np.sum((h - y) ** 2)",
            "every = jax.vmap(grad(one), in_axes=(None, 0, 0))(p, X, Y)",
            "print(every['W'].tolist())",
            "print(every['b'].shape, jax.vmap(one, in_axes=(None, 0, 0))(p, X, Y).tolist())",
            "step = jax.tree.map(lambda p, g: p - 0.1 * g.mean(axis=0), p, every)",
            "print(step['W'].tolist())",
            "J = jax.jacrev(lambda w: np.sin(p['W'] @ w))(X[0])",
            "print(J.tolist(), jax.jacfwd(lambda w: np.sin(p['W'] @ w))(X[0]).tolist())",
            "value, change = jax.jvp(lambda w: np.sin(p['W'] @ w), (X[0],), (X[1],))",
            "print(value.tolist(), change.tolist())",
        ]

    def _jacobians(self) -> list[str]:
        inner = self.expression("A", {"v": ["t"], "s": ["0.5"]}, 2)
        plain = self.chance.choice(["np.sin(t) * t", "t ** 3", "np.log(t * t + 1.0)", "helper(t) * t"])
        return [
            f"x = {self.literal('v')}",
            f"M = {self.literal('A')}",
            "def f(t):",
            f"    return {inner}",
            "print(jacobian(f)(x).shape, jacobian(f)(x).tolist())",
            "print(jacobian(lambda k, t: helper(t) * k, 1)(0.5, x).tolist())",
            f"print(elementwise_grad(lambda t: {plain})(M).tolist())",
            f"print(elementwise_grad(lambda k, t: k * ({plain}), 1)(2.0, x).tolist())",
        ]

    def _own(self) -> list[str]:
        """An operation with a backward pass of the text's own."""
        forward, backward = self.chance.choice(
            [("np.sin(x) * k", "np.cos(x) * k"), ("x ** 3 + k", "3.0 * x ** 2"), ("np.tanh(x) * k", "0.5 * x")]
        )
        kind = self.chance.choice("vA")
        head = (
            [
                "@jax.custom_vjp",
                "def own(x, k):",
                f"    return {forward}",
                "def fwd(x, k):",
                "    return own(x, k), (x, k)",
                "def bwd(held, g):",
                "    x, k = held",
                f"    return g * ({backward}), np.sum(g * x)",
                "own.defvjp(fwd, bwd)",
            ]
            if self.jax
            else [
                "from autograd.extend import primitive, defvjp",
                "@primitive",
                "def own(x, k):",
                f"    return {forward}",
                f"defvjp(own, lambda ans, x, k: lambda g: g * ({backward}), lambda ans, x, k: lambda g: np.sum(g * x))",
            ]
        )
        argnums = "argnums" if self.jax else "argnum"
        return [
            *head,
            f"x = {self.literal(kind)}",
            "def f(x, k):",
            f"    return np.sum(own(np.sin(x), k) * {self.literal(kind)}) + np.mean(x)",
            "print(float(f(x, 0.8)))",
            f"gx, gk = grad(f, {argnums}=(0, 1))(x, 0.8)",
            "print(gx.tolist(), float(gk))",
        ]

    def _end(self) -> list[str]:
        kind = self.chance.choice("svAS")
        return [
            f"w = {self.literal(kind)}",
            "def loss(w):",
            *self.body({kind: ["w"]}, 2, "    "),
            "total, dloss = value_and_grad(loss)(w)",
            "print(float(total))",
            self._shown("dloss", kind),
        ]


def jax_program(seed: int) -> str:
    return Maker(seed, jax=True).program()


def autograd_program(seed: int) -> str:
    return Maker(seed, jax=False).program()
