# output: total
# graded right:
import numpy as np
import matplotlib.pyplot as plt
import matplotlib

x = np.linspace(-3, 3, 7)
activations = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(0, z),
    "leaky": lambda z: np.where(z > 0, z, 0.01 * z),
}
fig, axes = plt.subplots(1, 4, figsize=(12, 3))
for ax, (name, fn) in zip(axes, activations.items()):
    ax.plot(x, fn(x))
    ax.set_title(name)
plt.tight_layout()
plt.savefig("activations.png")
total = sum(np.sum(fn(x)) for fn in activations.values())
print("%.3f" % total)
