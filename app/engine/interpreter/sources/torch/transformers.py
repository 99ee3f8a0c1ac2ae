"""Attention and the blocks of a transformer after `torch.nn.`, in the order of PyTorch's random numbers.

Source: Vaswani et al. 2017; first weights: Glorot, Bengio 2010."""

from __future__ import annotations

SOURCE = '''
def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None):
    assert dropout_p == 0, "dropout_p=0 is read here"
    scores = query @ torch.transpose(key, -2, -1) * (query.shape[-1] ** -0.5 if scale is None else scale)
    if is_causal:
        attn_mask = torch.tril(torch.ones(query.shape[-2], key.shape[-2])) > 0
    if attn_mask is not None:
        scores = masked(scores, attn_mask == False if attn_mask.dtype == torch.bool else attn_mask)
    return softmax(scores, -1) @ value

def masked(scores, mask):
    """A mask of truth values says what is left out; one of numbers is added."""
    return masked_fill(scores, mask, float("-inf")) if mask.dtype == torch.bool else scores + mask

class MultiheadAttention(Module):
    """Each item of a sequence asks all items, once for each head."""

    def __init__(self, embed_dim, num_heads, dropout=0.0, bias=True, batch_first=False):
        assert embed_dim % num_heads == 0, "embed_dim must be divisible by num_heads"
        assert dropout == 0.0, "dropout=0 of the weights is read here"
        self.embed_dim, self.num_heads, self.batch_first = embed_dim, num_heads, batch_first
        self.out_proj = Linear(embed_dim, embed_dim, bias=bias)
        bound = (6.0 / (4 * embed_dim)) ** 0.5
        self.in_proj_weight = Parameter(uniform((3 * embed_dim, embed_dim), -bound, bound))
        if bias:
            self.in_proj_bias = Parameter(torch.zeros(3 * embed_dim))
            self.out_proj.bias.data.zero_()
        else:
            self.in_proj_bias = None

    def heads(self, x):
        B, T, C = x.shape
        return torch.transpose(x.view(B, T, self.num_heads, C // self.num_heads), 1, 2)

    def forward(self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None,
                average_attn_weights=True, is_causal=False):
        assert key_padding_mask is None, "key_padding_mask is not read here: hand over attn_mask"
        alone = len(query.shape) == 2
        given = [query, key, value]
        if alone:
            given = [torch.unsqueeze(x, 0) for x in given]
        elif not self.batch_first:
            given = [torch.transpose(x, 0, 1) for x in given]
        E = self.embed_dim
        q, k, v = [
            self.heads(linear(
                x,
                self.in_proj_weight[i * E:(i + 1) * E],
                None if self.in_proj_bias is None else self.in_proj_bias[i * E:(i + 1) * E],
            ))
            for i, x in enumerate(given)
        ]
        scores = q @ torch.transpose(k, -2, -1) / q.shape[-1] ** 0.5
        if attn_mask is not None:
            if len(attn_mask.shape) == 3:
                attn_mask = np.reshape(attn_mask, scores.shape)
            scores = masked(scores, attn_mask)
        weights = softmax(scores, -1)
        made = torch.transpose(weights @ v, 1, 2)
        made = self.out_proj(np.reshape(made, made.shape[:2] + (E,)))
        if average_attn_weights:
            weights = np.mean(weights, axis=1)
        if alone:
            made, weights = made[0], weights[0]
        elif not self.batch_first:
            made = torch.transpose(made, 0, 1)
        return made, weights if need_weights else None

class TransformerEncoderLayer(Module):
    """Attention of a sequence to itself, and two layers for each item; after each the sum with what was before is
    normalised."""

    def __init__(self, d_model, nhead, dim_feedforward=2048, dropout=0.1, activation="relu", layer_norm_eps=1e-05,
                 batch_first=False, norm_first=False, bias=True):
        self.self_attn = MultiheadAttention(d_model, nhead, bias=bias, batch_first=batch_first)
        self.linear1 = Linear(d_model, dim_feedforward, bias=bias)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, bias=bias)
        self.norm_first = norm_first
        self.norm1 = LayerNorm(d_model, eps=layer_norm_eps)
        self.norm2 = LayerNorm(d_model, eps=layer_norm_eps)
        self.dropout1 = Dropout(dropout)
        self.dropout2 = Dropout(dropout)
        self.activation = {"relu": torch.relu, "gelu": gelu}[activation] if isinstance(activation, str) else activation

    def attended(self, x, mask):
        return self.dropout1(self.self_attn(x, x, x, attn_mask=mask, need_weights=False)[0])

    def fed(self, x):
        return self.dropout2(self.linear2(self.dropout(self.activation(self.linear1(x)))))

    def forward(self, src, src_mask=None, src_key_padding_mask=None, is_causal=False):
        assert src_key_padding_mask is None, "src_key_padding_mask is not read here: hand over src_mask"
        if self.norm_first:
            src = src + self.attended(self.norm1(src), src_mask)
            return src + self.fed(self.norm2(src))
        src = self.norm1(src + self.attended(src, src_mask))
        return self.norm2(src + self.fed(src))

class Transformer:
    @staticmethod
    def generate_square_subsequent_mask(sz):
        return torch.triu(torch.full((sz, sz), float("-inf")), diagonal=1)
'''
IN_FUNCTIONAL = ("scaled_dot_product_attention",)
IN_NN = ("MultiheadAttention", "TransformerEncoderLayer", "Transformer")
