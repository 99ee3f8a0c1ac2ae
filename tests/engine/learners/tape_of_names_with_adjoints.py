# output: env["v3"]
# graded right: adj["x"] adj["y"] adj["v2"]
import numpy as np
from functools import reduce

# graph as a list of (op, args) - a tape
ops = {
    "add": (lambda a, b: a + b, lambda a, b, g: (g, g)),
    "mul": (lambda a, b: a * b, lambda a, b, g: (g * b, g * a)),
    "sin": (lambda a: np.sin(a), lambda a, g: (g * np.cos(a),)),
}
program = [("mul", "x", "y"), ("sin", "v0"), ("add", "v1", "x"), ("mul", "v2", "v2")]
env = {"x": 1.5, "y": 0.5}
for n, (op, *args) in enumerate(program):
    env[f"v{n}"] = ops[op][0](*[env[a] for a in args])
adj = dict.fromkeys(env, 0.0)
last = f"v{len(program) - 1}"
adj[last] = 1.0
for n in range(len(program) - 1, -1, -1):
    op, *args = program[n]
    for a, g in zip(args, ops[op][1](*[env[a] for a in args], adj[f"v{n}"])):
        adj[a] += g
print(env[last], adj["x"], adj["y"])
