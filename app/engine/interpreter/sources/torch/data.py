"""Data in batches after `torch.utils.data.`."""

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
    def __init__(
        self, dataset, batch_size=1, shuffle=False, num_workers=0, drop_last=False, pin_memory=False, generator=None
    ):
        self.dataset, self.batch_size, self.drop_last = dataset, batch_size, drop_last
        self.shuffle, self.generator = shuffle, generator

    def __len__(self):
        rows = len(self.dataset)
        return rows // self.batch_size if self.drop_last else -(-rows // self.batch_size)

    def __iter__(self):
        found, order = [], order_of(len(self.dataset), self.shuffle, self.generator)
        for at in range(len(self)):
            start, stop = at * self.batch_size, (at + 1) * self.batch_size
            if isinstance(self.dataset, TensorDataset):
                rows = torch.tensor(order[start:stop]) if self.shuffle else slice(start, stop)
                found.append(list(self.dataset[rows]))
            else:
                found.append(batch_of([self.dataset[i] for i in order[start:stop]]))
        return iter(found)

class Subset(Dataset):
    def __init__(self, dataset, indices):
        self.dataset, self.indices = dataset, indices

    def __getitem__(self, at):
        return self.dataset[[self.indices[i] for i in at] if isinstance(at, list) else self.indices[at]]

    def __len__(self):
        return len(self.indices)

def random_split(dataset, lengths, generator=None):
    rows = len(dataset)
    if sum(lengths) <= 1:
        lengths = [int(rows * share) for share in lengths]
        for i in range(rows - sum(lengths)):
            lengths[i % len(lengths)] += 1
    assert sum(lengths) == rows, "Sum of input lengths does not equal the length of the input dataset!"
    order = torch.randperm(rows, generator=generator).tolist()
    ends = [sum(lengths[:i + 1]) for i in range(len(lengths))]
    return [Subset(dataset, order[end - length:end]) for end, length in zip(ends, lengths)]
"""
IN_DATA = ("Dataset", "TensorDataset", "DataLoader", "Subset", "random_split")
