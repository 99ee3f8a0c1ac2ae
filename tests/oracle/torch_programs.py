"""Programs as people publish them for PyTorch, written for these tests. Each prints what is compared."""

from pathlib import Path

BEGINNING = """import torch
import numpy as np
import torch.nn as nn
import torch.nn.functional as F
A = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
v = torch.tensor([1.0, 2.0, 3.0])
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
W = torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.0, -0.5]], requires_grad=True)
"""
"""What stands above each line of torch_lines.txt."""
LINES = Path(__file__).with_name("torch_lines.txt").read_text().splitlines()
PROGRAMS = {
    "a best state that is kept": """
import copy
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(3, 2)
        self.apply(self.begin)

    def begin(self, module):
        if isinstance(module, nn.Linear):
            nn.init.constant_(module.weight, 0.5)
            nn.init.zeros_(module.bias)
        else:
            print(type(module).__name__)

    @torch.no_grad()
    def evaluate(self, x):
        return self(x).mean().item()

    def forward(self, x):
        return self.layer(x)

x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
net = Net()
best = copy.deepcopy(net.state_dict())
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for step in range(3):
    optimizer.zero_grad()
    loss = (net(x) ** 2).mean()
    loss.backward()
    norm = nn.utils.clip_grad_norm_(net.parameters(), max_norm=1.0)
    nn.utils.clip_grad_value_(net.parameters(), 0.25)
    print(f"{norm.item():.4f}", net.layer.bias.grad)
    optimizer.step()
print(f"{net.evaluate(x):.4f}")
print(net.load_state_dict(best))
print(f"{net.evaluate(x):.4f}")
""",
    "autograd basics": """
import torch

x = torch.tensor(2.0, requires_grad=True)
y = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
z = (x ** 3 * y.abs()).mean() + torch.exp(-x)
print(z)
z.backward()
print(x.grad)
print(y.grad)
print(x.is_leaf, z.requires_grad, x.detach().requires_grad)
x.grad.zero_()
(x * y.sum()).backward()
print(x.grad, y.grad)
""",
    "linear regression by hand": """
import torch

X = torch.tensor([[1.0], [2.0], [3.0], [4.0]])
Y = torch.tensor([[3.1], [4.9], [7.2], [8.8]])
w = torch.zeros(1, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
learning_rate = 0.05

for epoch in range(200):
    pred = X @ w + b
    loss = ((pred - Y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= learning_rate * w.grad
        b -= learning_rate * b.grad
    w.grad.zero_()
    b.grad.zero_()
    if epoch % 50 == 0:
        print(f"epoch {epoch}: loss {loss.item():.4f}, w {w.item():.3f}, b {b.item():.3f}")

print(w, b)
""",
    "polynomial fit": """
import math
import torch

x = torch.linspace(-math.pi, math.pi, 50)
y = torch.sin(x)
torch.manual_seed(1)
a = torch.randn((), requires_grad=True)
b = torch.randn((), requires_grad=True)
c = torch.randn((), requires_grad=True)
d = torch.randn((), requires_grad=True)
learning_rate = 1e-4
for t in range(500):
    y_pred = a + b * x + c * x ** 2 + d * x ** 3
    loss = (y_pred - y).pow(2).sum()
    if t % 100 == 99:
        print(t, f"{loss.item():.3f}")
    loss.backward()
    with torch.no_grad():
        a -= learning_rate * a.grad
        b -= learning_rate * b.grad
        c -= learning_rate * c.grad
        d -= learning_rate * d.grad
        a.grad = None
        b.grad = None
        c.grad = None
        d.grad = None
print(f"y = {a.item():.3f} + {b.item():.3f} x + {c.item():.3f} x^2 + {d.item():.3f} x^3")
""",
    "two layers, updated by hand": """
import torch

torch.manual_seed(0)
N, D_in, H, D_out = 8, 4, 6, 2
x = torch.randn(N, D_in)
y = torch.randn(N, D_out)
w1 = torch.randn(D_in, H, requires_grad=True)
w2 = torch.randn(H, D_out, requires_grad=True)
for t in range(30):
    h = x.mm(w1).clamp(min=0)
    y_pred = h.mm(w2)
    loss = (y_pred - y).pow(2).sum()
    if t % 10 == 0:
        print(t, round(loss.item(), 3))
    loss.backward()
    w1.data -= 1e-3 * w1.grad.data
    w2.data -= 1e-3 * w2.grad.data
    w1.grad.data.zero_()
    w2.grad.data.zero_()
print(w2)
""",
    "sequential with SGD": """
import torch
from torch import nn

torch.manual_seed(0)
X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1), nn.Sigmoid())
criterion = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
for epoch in range(300):
    optimizer.zero_grad()
    output = model(X)
    loss = criterion(output, y)
    loss.backward()
    optimizer.step()
    if (epoch + 1) % 100 == 0:
        print("Epoch {}, loss {:.4f}".format(epoch + 1, loss.item()))
print(model)
print((model(X) > 0.5).float())
""",
    "a module with Adam": """
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim

torch.manual_seed(42)

class Net(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.fc1 = nn.Linear(n_in, n_hidden)
        self.fc2 = nn.Linear(n_hidden, n_out)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        return self.fc2(x)

net = Net(3, 5, 2)
x = torch.randn(6, 3)
labels = torch.tensor([0, 1, 1, 0, 1, 0])
optimizer = optim.Adam(net.parameters(), lr=0.01)
for step in range(40):
    optimizer.zero_grad()
    logits = net(x)
    loss = F.cross_entropy(logits, labels)
    loss.backward()
    optimizer.step()
    if step % 10 == 0:
        accuracy = (logits.argmax(dim=1) == labels).float().mean()
        print(f"{step:3d} {loss.item():.4f} {accuracy.item():.2f}")
print(sum(p.numel() for p in net.parameters()))
print(net.fc2.bias.grad)
""",
    "softmax classifier": """
import torch
import torch.nn.functional as F

torch.manual_seed(3)
X = torch.randn(5, 4)
y = torch.randint(0, 3, (5,))
W = torch.zeros((4, 3), requires_grad=True)
b = torch.zeros(3, requires_grad=True)
for i in range(20):
    logits = X @ W + b
    log_probs = F.log_softmax(logits, dim=1)
    loss = F.nll_loss(log_probs, y)
    loss.backward()
    with torch.no_grad():
        for p in [W, b]:
            p -= 0.5 * p.grad
            p.grad.zero_()
probs = F.softmax(X @ W + b, dim=1)
print(y)
print(probs)
print(torch.argmax(probs, dim=1), f"{loss:.4f}")
""",
    "micro-attention": """
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(7)

class Head(nn.Module):
    def __init__(self, n_embd, head_size, block_size):
        super().__init__()
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)
        self.mask = torch.tril(torch.ones(block_size, block_size))

    def forward(self, x):
        T, C = x.shape
        k, q, v = self.key(x), self.query(x), self.value(x)
        att = q @ k.transpose(-2, -1) / math.sqrt(k.size(-1))
        att = att.masked_fill(self.mask[:T, :T] == 0, float("-inf"))
        att = F.softmax(att, dim=-1)
        return att @ v

x = torch.randn(4, 6)
head = Head(6, 3, 8)
out = head(x)
loss = out.pow(2).mean()
loss.backward()
print(out.shape)
print(out)
print(head.key.weight.grad)
print(f"{loss.item():.5f}")
""",
    "logistic regression": """
import numpy as np
import torch
from torch import nn

torch.manual_seed(0)
x = torch.from_numpy(np.array([[0.5, 1.5], [1.0, 1.0], [1.5, 0.5], [3.0, 0.5], [2.0, 2.0], [1.0, 2.5]])).float()
y = torch.tensor([0, 0, 0, 1, 1, 1], dtype=torch.float32).view(-1, 1)

class LogisticRegression(nn.Module):
    def __init__(self):
        super(LogisticRegression, self).__init__()
        self.linear = nn.Linear(2, 1)

    def forward(self, x):
        return torch.sigmoid(self.linear(x))

model = LogisticRegression()
criterion = nn.BCELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
losses = []
for epoch in range(100):
    y_hat = model(x)
    loss = criterion(y_hat, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
print(len(losses), f"{losses[0]:.4f} -> {losses[-1]:.4f}")
with torch.no_grad():
    predicted = model(x).round()
print(predicted.view(-1))
print(model.linear.weight)
""",
    "bigram model": """
import torch
import torch.nn.functional as F

words = ["emma", "ava", "mia"]
chars = sorted(set("".join(words)))
stoi = {s: i + 1 for i, s in enumerate(chars)}
stoi["."] = 0
xs, ys = [], []
for w in words:
    chs = ["."] + list(w) + ["."]
    for ch1, ch2 in zip(chs, chs[1:]):
        xs.append(stoi[ch1])
        ys.append(stoi[ch2])
xs = torch.tensor(xs)
ys = torch.tensor(ys)
num = xs.nelement()
torch.manual_seed(2147483647)
W = torch.randn((6, 6), requires_grad=True)
for k in range(10):
    xenc = F.one_hot(xs, num_classes=6).float()
    logits = xenc @ W
    counts = logits.exp()
    probs = counts / counts.sum(1, keepdims=True)
    loss = -probs[torch.arange(num), ys].log().mean() + 0.01 * (W ** 2).mean()
    W.grad = None
    loss.backward()
    W.data += -10 * W.grad
    print(f"{loss.item():.4f}")
print(W.grad[0])
""",
    "the workflow of a course": """
import torch
import torch.nn as nn
import numpy as np

# data
weight = 0.7
bias = 0.3
X = torch.arange(0, 1, 0.02).unsqueeze(dim=1)
y = weight * X + bias
train_split = int(0.8 * len(X))
X_train, y_train = X[:train_split], y[:train_split]
X_test, y_test = X[train_split:], y[train_split:]

class LinearRegressionModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.weights = nn.Parameter(torch.randn(1, dtype=torch.float), requires_grad=True)
        self.bias = nn.Parameter(torch.randn(1, dtype=torch.float), requires_grad=True)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.weights * x + self.bias

torch.manual_seed(42)
model_0 = LinearRegressionModel()
print(list(model_0.parameters()))
loss_fn = nn.L1Loss()
optimizer = torch.optim.SGD(params=model_0.parameters(), lr=0.01)
epochs = 100
train_loss_values, test_loss_values, epoch_count = [], [], []
for epoch in range(epochs):
    model_0.train()
    y_pred = model_0(X_train)
    loss = loss_fn(y_pred, y_train)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    model_0.eval()
    with torch.inference_mode():
        test_pred = model_0(X_test)
        test_loss = loss_fn(test_pred, y_test.type(torch.float))
    if epoch % 10 == 0:
        epoch_count.append(epoch)
        train_loss_values.append(loss.detach().numpy())
        test_loss_values.append(test_loss.detach().numpy())
        print(f"Epoch: {epoch} | MAE Train Loss: {loss:.4f} | MAE Test Loss: {test_loss:.4f}")

""",
    "autograd against micrograd": """
import torch
a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(-3.0, requires_grad=True)
c = torch.tensor(10.0, requires_grad=True)
e = a * b; e.retain_grad()
d = e + c; d.retain_grad()
f = torch.tensor(-2.0, requires_grad=True)
L = d * f
L.backward()
print(a.grad.item(), b.grad, e.grad, d.grad, L.data.item())
x1 = torch.Tensor([2.0]).double(); x1.requires_grad = True
w1 = torch.Tensor([-3.0]).double(); w1.requires_grad = True
bb = torch.Tensor([6.8813735870195432]).double(); bb.requires_grad = True
n = x1*w1 + bb
o = torch.tanh(n)
print(f'{o.data.item():.10f}')
o.backward()
print('---')
print(f'w1 {w1.grad.item():.10f} x1 {x1.grad.item():.10f}')
""",
    "causal self-attention": """
import torch
import torch.nn as nn
import torch.nn.functional as F

class CausalSelfAttention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        assert n_embd % n_head == 0
        self.c_attn = nn.Linear(n_embd, 3 * n_embd)
        self.c_proj = nn.Linear(n_embd, n_embd)
        self.n_head = n_head
        self.n_embd = n_embd
        self.register_buffer("bias", torch.tril(torch.ones(8, 8)).view(1, 1, 8, 8))

    def forward(self, x):
        B, T, C = x.size()
        q, k, v = self.c_attn(x).split(self.n_embd, dim=2)
        k = k.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)
        q = q.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)
        v = v.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)
        att = (q @ k.transpose(-2, -1)) * (1.0 / (k.size(-1) ** 0.5))
        att = att.masked_fill(self.bias[:, :, :T, :T] == 0, float('-inf'))
        att = F.softmax(att, dim=-1)
        y = att @ v
        y = y.transpose(1, 2).contiguous().view(B, T, C)
        return self.c_proj(y)

torch.manual_seed(0)
m = CausalSelfAttention(4, 2)
x = torch.randn(1, 3, 4)
y = m(x)
loss = y.square().mean()
loss.backward()
print(y)
print(m.c_proj.bias.grad)
""",
    "two layers without autograd": """
import torch
torch.manual_seed(0)
dtype = torch.float
device = torch.device("cpu")
N, D_in, H, D_out = 6, 10, 5, 3
x = torch.randn(N, D_in, device=device, dtype=dtype)
y = torch.randn(N, D_out, device=device, dtype=dtype)
w1 = torch.randn(D_in, H, device=device, dtype=dtype)
w2 = torch.randn(H, D_out, device=device, dtype=dtype)
learning_rate = 1e-4
for t in range(100):
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    loss = (y_pred - y).pow(2).sum().item()
    if t % 50 == 49:
        print(t, f"{loss:.3f}")
    grad_y_pred = 2.0 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h[h < 0] = 0
    grad_w1 = x.t().mm(grad_h)
    w1 -= learning_rate * grad_w1
    w2 -= learning_rate * grad_w2
print(w2)
""",
    "a recurrent network": """
import torch, torch.nn as nn
torch.manual_seed(2)
class RNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super(RNN, self).__init__()
        self.hidden_size = hidden_size
        self.i2h = nn.Linear(input_size + hidden_size, hidden_size)
        self.h2o = nn.Linear(hidden_size, output_size)
        self.softmax = nn.LogSoftmax(dim=1)
    def forward(self, input, hidden):
        combined = torch.cat((input, hidden), 1)
        hidden = torch.tanh(self.i2h(combined))
        output = self.softmax(self.h2o(hidden))
        return output, hidden
    def initHidden(self):
        return torch.zeros(1, self.hidden_size)
rnn = RNN(3, 4, 2)
criterion = nn.NLLLoss()
line = torch.eye(3).unsqueeze(1)
category = torch.tensor([1], dtype=torch.long)
for it in range(5):
    hidden = rnn.initHidden()
    rnn.zero_grad()
    for i in range(line.size()[0]):
        output, hidden = rnn(line[i], hidden)
    loss = criterion(output, category)
    loss.backward()
    for p in rnn.parameters():
        p.data.add_(p.grad.data, alpha=-0.1)
    print(it, loss.item() < 2, f"{loss.item():.4f}")
print(output)
""",
    "mini-batches in a function": """
import torch
from torch import nn, optim
import torch.nn.functional as F
torch.manual_seed(0)

def train_step(model, opt, xb, yb):
    logits = model(xb)
    loss = F.cross_entropy(logits, yb)
    opt.zero_grad()
    loss.backward()
    opt.step()
    return loss.item()

class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(4, 8),
            nn.ReLU(),
            nn.Linear(8, 3),
        )
    def forward(self, x):
        return self.net(x)

X = torch.randn(60, 4)
y = X[:, :3].argmax(dim=1)
model = MLP()
opt = optim.SGD(model.parameters(), lr=0.1)
batch_size = 20
for epoch in range(10):
    perm = torch.randperm(X.size(0))
    total = 0.0
    for i in range(0, X.size(0), batch_size):
        idx = perm[i:i + batch_size]
        total += train_step(model, opt, X[idx], y[idx])
    print(epoch, round(total / 3, 4))
acc = (model(X).argmax(1) == y).float().mean().item()
print("accuracy", acc)
print(model)
""",
    "parameters in a list": """
import torch
xs = torch.tensor([[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]])
ys = torch.tensor([1.0, -1.0, -1.0, 1.0])
g = torch.Generator().manual_seed(3)
W1 = torch.randn((3, 4), generator=g)
b1 = torch.randn(4, generator=g)
W2 = torch.randn((4, 1), generator=g)
parameters = [W1, b1, W2]
for p in parameters:
    p.requires_grad = True
for k in range(20):
    h = torch.tanh(xs @ W1 + b1)
    out = (h @ W2).squeeze()
    loss = ((out - ys) ** 2).sum()
    for p in parameters:
        p.grad = None
    loss.backward()
    for p in parameters:
        p.data += -0.05 * p.grad
    print(k, round(loss.item(), 3))
print(out.data)
""",
    "schedules, first values and batches": """
import torch
import torch.nn as nn
from torch.utils.data import TensorDataset, DataLoader
from torch.optim.lr_scheduler import StepLR
torch.manual_seed(0)
X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [0.5, 0.5]])
y = torch.tensor([[0.0], [1.0], [1.0], [0.0], [0.3]])
loader = DataLoader(TensorDataset(X, y), batch_size=2, shuffle=False)
net = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
nn.init.zeros_(net[0].bias)
nn.init.constant_(net[2].bias, 0.5)
nn.init.xavier_uniform_(net[0].weight)
nn.init.kaiming_normal_(net[2].weight, nonlinearity="relu")
print(net[0].weight, net[2].weight, net[2].bias)
opt = torch.optim.SGD(net.parameters(), lr=0.5)
sched = StepLR(opt, step_size=3, gamma=0.5)
print(len(loader))
for epoch in range(7):
    total = 0.0
    for xb, yb in loader:
        opt.zero_grad()
        loss = ((net(xb) - yb) ** 2).mean()
        loss.backward()
        opt.step()
        total += loss.item()
    sched.step()
    print(epoch, f"{total:.4f}", sched.get_last_lr(), opt.param_groups[0]["lr"])
for name, value in net.state_dict().items():
    print(name, value)
opt2 = torch.optim.Adam(net.parameters(), lr=0.1)
s2 = torch.optim.lr_scheduler.CosineAnnealingLR(opt2, T_max=5, eta_min=0.01)
s3 = torch.optim.lr_scheduler.LambdaLR(torch.optim.SGD(net.parameters(), lr=1.0), lambda e: 0.9 ** e)
for i in range(6):
    loss = ((net(X) - y) ** 2).mean()
    opt2.zero_grad()
    loss.backward()
    opt2.step()
    s2.step()
    s3.step()
    print(f"{s2.get_last_lr()[0]:.5f} {s3.get_last_lr()[0]:.5f} {loss.item():.4f}")
""",
}
