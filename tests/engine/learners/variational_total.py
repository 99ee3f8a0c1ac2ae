# output: total
# graded right: grads["Wm"] grads["Wv"] grads["Wd"]
import numpy as np

rng = np.random.RandomState(3)
p = {"Wm": rng.randn(4, 2) * 0.4, "Wv": rng.randn(4, 2) * 0.1, "Wd": rng.randn(2, 4) * 0.5}
x = rng.rand(6, 4)
noise = rng.randn(6, 2)


def losses(p):
    mu, logvar = x @ p["Wm"], x @ p["Wv"]
    z = mu + np.exp(logvar / 2) * noise
    out = z @ p["Wd"]
    recon = np.sum((out - x) ** 2) / 6
    kl = -0.5 * np.sum(1 + logvar - mu**2 - np.exp(logvar)) / 6
    return recon + kl, recon, kl, (mu, logvar, z, out)


for epoch in range(20):
    total, recon, kl, (mu, logvar, z, out) = losses(p)
    grads = {k: np.zeros_like(v) for k, v in p.items()}
    dout = 2 * (out - x) / 6
    grads["Wd"] = z.T @ dout
    dz = dout @ p["Wd"].T
    grads["Wm"] = x.T @ (dz + mu / 6)
    grads["Wv"] = x.T @ (dz * noise * np.exp(logvar / 2) / 2 + (np.exp(logvar) - 1) / 12)
    for k in p:
        p[k] -= 0.05 * grads[k]
print(total, recon, kl)
