"""Random programs for PyTorch about memory: a tensor is made of another one, something is stored in one of the two, and
both are printed. Which of them share their numbers is what PyTorch says."""

from __future__ import annotations

import random

MADE = [
    "t.detach()",
    "t.detach().requires_grad_()",
    "t.data",
    "t.clone()",
    "t.clone().requires_grad_()",
    "t.detach().clone()",
    "torch.nn.Parameter(t)",
    "torch.nn.Parameter(t.clone())",
    "torch.nn.Parameter(t, requires_grad=False)",
    "torch.tensor(t)",
    "torch.tensor(t.tolist())",
    "torch.as_tensor(t)",
    "torch.from_numpy(t.numpy())",
    "torch.as_tensor(t.detach().numpy()[0])",
    "torch.tensor(t.numpy())",
    "t.numpy()",
    "t.view(3, 2)",
    "t.view(-1)",
    "t.reshape(3, 2)",
    "t.flatten()",
    "torch.flatten(t, 1)",
    "t.T",
    "t.t().detach()",
    "t.mT",
    "t.permute(1, 0)",
    "t.transpose(0, 1)",
    "t.contiguous()",
    "t.T.contiguous()",
    "t.T.reshape(-1)",
    "t.unsqueeze(0)",
    "t[None].squeeze(0)",
    "t.squeeze()",
    "t[0]",
    "t[1].detach()",
    "t[:, 1:]",
    "t[0, 1]",
    "t[0, 1].detach()",
    "t[[0, 1]]",
    "t[t > 1.5]",
    "t.chunk(2)[0]",
    "t.split(1)[1]",
    "t.unbind(0)[0]",
    "[row for row in t][1]",
    "t.narrow(1, 0, 2)",
    "t.select(0, 1)",
    "t.unflatten(1, (3, 1))",
    "t.view_as(torch.zeros(3, 2))",
    "t.ravel()",
    "torch.diagonal(t)",
    "t.float()",
    "t.double()",
    "t.to('cpu')",
    "t + 0.0",
    "+t",
    "t[0, 0].item()",
]
"""How v comes of t, which is two rows of three."""
STORES = [
    "t[0, 1] = {c}",
    "t[1] = torch.tensor([7.0, {c}, 9.0])",
    "t[t > 2] = {c}",
    "t[:, 0].zero_()",
    "t[0].mul_({c})",
    "t.view(-1)[2] = {c}",
    "t.T.add_(torch.tensor([[1.0], [{c}], [3.0]]))",
    "t.add_({c})",
    "t.mul_({c})",
    "t.zero_()",
    "t.fill_({c})",
    "t.copy_(torch.arange(6.0).view(2, 3))",
    "t.clamp_(1.0, 3.0)",
    "t.data.sub_({c})",
    "t += {c}",
    "v[0] = {c}",
    "v *= {c}",
    "v.add_({c})",
    "v.data.add_({c})",
    "with torch.no_grad():\n    v -= {c}",
    "with torch.no_grad():\n    v[0] = {c}",
    "with torch.no_grad():\n    v.copy_(v * {c})",
]
"""What is stored, in t or in v."""
LAST = ["t.data = torch.ones(2, 3)"]
"""What leaves t and v apart, so that it is refused to store in v after it."""


def sharing_program(seed: int) -> str:
    """One program; its last line is the gradient by `w`."""
    random_ = random.Random(seed)
    stores = [
        random_.choice(among).format(c=random_.choice([0.5, -1.0, 2.0, 4.0])) for among in (STORES, STORES + LAST)
    ]
    lines = [
        "import torch",
        "t = torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])",
        f"v = {random_.choice(MADE)}",
        stores[0],
        "print(t)",
        "print(v)",
        stores[1],
        "print(t)",
        "print(v)",
        "w = torch.ones(3, requires_grad=True)",
        "loss = (w * torch.as_tensor(v).sum() * t[0]).sum()",
        "loss.backward()",
        "print(loss)",
        "print(w.grad)",
    ]
    return "\n".join(lines)
