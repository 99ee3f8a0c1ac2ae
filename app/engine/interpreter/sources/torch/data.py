"""Data in batches after `torch.utils.data.`, in their own order."""

from __future__ import annotations

SOURCE = """
class Dataset:
    pass

class TensorDataset(Dataset):
    def __init__(self, *tensors):
        assert all([len(t) == len(tensors[0]) for t in tensors]), "Size mismatch between tensors"
        self.tensors = tensors

    def __getitem__(self, index):
        return tuple([t[index] for t in self.tensors])

    def __len__(self):
        return len(self.tensors[0])

def batch_of(rows):
    if isinstance(rows[0], (tuple, list)):
        return [batch_of([row[i] for row in rows]) for i in range(len(rows[0]))]
    return torch.stack(rows) if torch.is_tensor(rows[0]) else torch.tensor(rows)

class DataLoader:
    def __init__(self, dataset, batch_size=1, shuffle=False, num_workers=0, drop_last=False):
        assert not shuffle, "shuffle=True is not read: write for i in torch.randperm(len(X)).split(batch_size)"
        self.dataset, self.batch_size, self.drop_last = dataset, batch_size, drop_last

    def __len__(self):
        rows = len(self.dataset)
        return rows // self.batch_size if self.drop_last else -(-rows // self.batch_size)

    def __iter__(self):
        found = []
        for at in range(len(self)):
            start, stop = at * self.batch_size, (at + 1) * self.batch_size
            if isinstance(self.dataset, TensorDataset):
                found.append(list(self.dataset[start:stop]))
            else:
                found.append(batch_of([self.dataset[i] for i in range(start, stop) if i < len(self.dataset)]))
        return iter(found)
"""
IN_DATA = ("Dataset", "TensorDataset", "DataLoader")
