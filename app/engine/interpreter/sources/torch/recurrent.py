"""Recurrent layers after `torch.nn.`, written out turn by turn: the state after each item of a sequence, given the item
and the state before.

Sources: long short-term memory: Hochreiter, Schmidhuber 1997, with the forget gate of Gers et al. 2000; gated
recurrent units: Cho et al. 2014, in the form of PyTorch, which resets the state after its product with the weights."""

from __future__ import annotations

SOURCE = '''
def rnn_cell(x, state, w_in, w_state, b_in, b_state, nonlinearity):
    total = linear(x, w_in, b_in) + linear(state[0], w_state, b_state)
    return (torch.tanh(total) if nonlinearity == "tanh" else torch.relu(total),)

def lstm_cell(x, state, w_in, w_state, b_in, b_state, nonlinearity):
    h, c = state
    gates = linear(x, w_in, b_in) + linear(h, w_state, b_state)
    i, f, g, o = chunk(gates, 4, -1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c

def gru_cell(x, state, w_in, w_state, b_in, b_state, nonlinearity):
    h = state[0]
    r, z, n = chunk(linear(x, w_in, b_in), 3, -1)
    r_state, z_state, n_state = chunk(linear(h, w_state, b_state), 3, -1)
    r, z = torch.sigmoid(r + r_state), torch.sigmoid(z + z_state)
    n = torch.tanh(n + r * n_state)
    return ((1.0 - z) * n + z * h,)

class Recurrent(Module):
    """Layers of cells over a sequence. gates: how many rows of weights a unit has; states: of how many parts the state
    consists."""

    gates, states = 1, 1

    def cell(self, *given):
        return rnn_cell(*given)

    def __init__(self, input_size, hidden_size, num_layers=1, nonlinearity="tanh", bias=True, batch_first=False,
                 dropout=0.0, bidirectional=False):
        self.input_size, self.hidden_size, self.num_layers = input_size, hidden_size, num_layers
        self.nonlinearity, self.batch_first, self.ways = nonlinearity, batch_first, 2 if bidirectional else 1
        self.has_bias = bias
        assert dropout == 0, "dropout=0 between the layers is read here"
        bound = 1.0 / hidden_size ** 0.5
        rows = self.gates * hidden_size
        for layer in range(num_layers):
            width = input_size if layer == 0 else self.ways * hidden_size
            for way in range(self.ways):
                end = f"l{layer}" + ("_reverse" if way else "")
                setattr(self, f"weight_ih_{end}", Parameter(uniform((rows, width), -bound, bound)))
                setattr(self, f"weight_hh_{end}", Parameter(uniform((rows, hidden_size), -bound, bound)))
                if bias:
                    setattr(self, f"bias_ih_{end}", Parameter(uniform((rows,), -bound, bound)))
                    setattr(self, f"bias_hh_{end}", Parameter(uniform((rows,), -bound, bound)))

    def weights(self, end):
        kinds = ("weight", "bias") if self.has_bias else ("weight",)
        found = [getattr(self, f"{kind}_{side}_{end}") for kind in kinds for side in ("ih", "hh")]
        return found if self.has_bias else [*found, None, None]

    def forward(self, input, hx=None):
        alone = len(input.shape) == 2
        if alone:
            input = torch.unsqueeze(input, 1)
        elif self.batch_first:
            input = torch.transpose(input, 0, 1)
        assert len(input.shape) == 3, "a sequence, examples and features are needed here"
        assert input.shape[2] == self.input_size, (
            f"the items have {input.shape[2]} features, and the layer takes {self.input_size}"
        )
        first = None if hx is None else [hx] if self.states == 1 else list(hx)
        if first is not None and alone:
            first = [torch.unsqueeze(part, 1) for part in first]
        last = [[] for _ in range(self.states)]
        items = [input[t] for t in range(input.shape[0])]
        for layer in range(self.num_layers):
            made = []
            for way in range(self.ways):
                at = layer * self.ways + way
                if first is None:
                    zeros = torch.zeros(input.shape[1], self.hidden_size, dtype=input.dtype)
                    state = (zeros,) * self.states
                else:
                    state = tuple([part[at] for part in first])
                weights = self.weights(f"l{layer}" + ("_reverse" if way else ""))
                rows = []
                for item in (items[::-1] if way else items):
                    state = self.cell(item, state, *weights, self.nonlinearity)
                    rows.append(state[0])
                made.append(rows[::-1] if way else rows)
                for part, value in zip(last, state):
                    part.append(value)
            items = made[0] if self.ways == 1 else [torch.cat([a, b], dim=-1) for a, b in zip(made[0], made[1])]
        output = torch.stack(items)
        final = [torch.stack(part) for part in last]
        if alone:
            output, final = squeeze(output, 1), [squeeze(part, 1) for part in final]
        elif self.batch_first:
            output = torch.transpose(output, 0, 1)
        return output, final[0] if self.states == 1 else tuple(final)

    def extra_repr(self):
        said = f"{self.input_size}, {self.hidden_size}"
        if self.num_layers != 1:
            said = said + f", num_layers={self.num_layers}"
        if self.batch_first:
            said = said + ", batch_first=True"
        return said + ", bidirectional=True" if self.ways == 2 else said

class RNN(Recurrent):
    pass

class LSTM(Recurrent):
    gates, states = 4, 2

    def cell(self, *given):
        return lstm_cell(*given)

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0,
                 bidirectional=False):
        super().__init__(input_size, hidden_size, num_layers, "tanh", bias, batch_first, dropout, bidirectional)

class GRU(Recurrent):
    gates = 3

    def cell(self, *given):
        return gru_cell(*given)

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0,
                 bidirectional=False):
        super().__init__(input_size, hidden_size, num_layers, "tanh", bias, batch_first, dropout, bidirectional)

class Cell(Module):
    """One turn of a recurrent layer."""

    gates, states = 1, 1

    def cell(self, *given):
        return rnn_cell(*given)

    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh"):
        self.input_size, self.hidden_size, self.nonlinearity = input_size, hidden_size, nonlinearity
        bound = 1.0 / hidden_size ** 0.5
        rows = self.gates * hidden_size
        self.weight_ih = Parameter(uniform((rows, input_size), -bound, bound))
        self.weight_hh = Parameter(uniform((rows, hidden_size), -bound, bound))
        if bias:
            self.bias_ih = Parameter(uniform((rows,), -bound, bound))
            self.bias_hh = Parameter(uniform((rows,), -bound, bound))
        else:
            self.bias_ih, self.bias_hh = None, None

    def forward(self, input, hx=None):
        if hx is None:
            zeros = torch.zeros(input.shape[:-1] + (self.hidden_size,), dtype=input.dtype)
            state = (zeros,) * self.states
        else:
            state = (hx,) if self.states == 1 else tuple(hx)
        made = self.cell(
            input, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh, self.nonlinearity
        )
        return made[0] if self.states == 1 else made

    def extra_repr(self):
        return f"{self.input_size}, {self.hidden_size}"

class RNNCell(Cell):
    pass

class LSTMCell(Cell):
    gates, states = 4, 2

    def cell(self, *given):
        return lstm_cell(*given)

class GRUCell(Cell):
    gates = 3

    def cell(self, *given):
        return gru_cell(*given)
'''
IN_NN = ("RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell")
