# output: loss
# graded right:
import numpy as np

text = "to be or not to be"
chars = sorted(set(text))
stoi = {c: i for i, c in enumerate(chars)}
data = np.array([stoi[c] for c in text])
V, T, C, H = len(chars), 5, 4, 2

np.random.seed(10)
params = {"wte": 0.3 * np.random.randn(V, C), "wpe": 0.3 * np.random.randn(T, C)}
for i in range(2):
    params[f"h{i}.ln1"] = np.ones(C)
    params[f"h{i}.qkv"] = 0.3 * np.random.randn(C, 3 * C)
    params[f"h{i}.proj"] = 0.3 * np.random.randn(C, C)
    params[f"h{i}.ln2"] = np.ones(C)
    params[f"h{i}.fc"] = 0.3 * np.random.randn(C, 4 * C)
    params[f"h{i}.out"] = 0.3 * np.random.randn(4 * C, C)
params["lnf"] = np.ones(C)

def layernorm(x, g):
    m = x.mean(axis=-1, keepdims=True)
    v = x.var(axis=-1, keepdims=True)
    return (x - m) / np.sqrt(v + 1e-5) * g

def gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))

def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

def attention(x, i):
    mask = np.triu(np.full((T, T), -np.inf), k=1)
    q, k, v = np.split(x @ params[f"h{i}.qkv"], 3, axis=-1)
    heads = []
    for h in range(H):
        s = slice(h * C // H, (h + 1) * C // H)
        scores = q[:, s] @ k[:, s].T / np.sqrt(C // H)
        heads.append(softmax(scores + mask) @ v[:, s])
    return np.concatenate(heads, axis=-1) @ params[f"h{i}.proj"]

def mlp(x, i):
    return gelu(x @ params[f"h{i}.fc"]) @ params[f"h{i}.out"]

def gpt(tokens):
    x = params["wte"][tokens] + params["wpe"][:len(tokens)]
    for i in range(2):
        x = x + attention(layernorm(x, params[f"h{i}.ln1"]), i)
        x = x + mlp(layernorm(x, params[f"h{i}.ln2"]), i)
    return layernorm(x, params["lnf"]) @ params["wte"].T

tokens, target = data[:T], data[1:T + 1]
p = softmax(gpt(tokens))
loss = -np.mean(np.log(p[np.arange(T), target]))
print(loss)
