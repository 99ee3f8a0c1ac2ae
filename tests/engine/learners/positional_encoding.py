# output: total
# graded right:
import numpy as np

def get_positional_encoding(seq_len, d, n=10000):
    P = np.zeros((seq_len, d))
    for k in range(seq_len):
        for i in np.arange(int(d / 2)):
            denominator = np.power(n, 2 * i / d)
            P[k, 2 * i] = np.sin(k / denominator)
            P[k, 2 * i + 1] = np.cos(k / denominator)
    return P

P = get_positional_encoding(seq_len=4, d=4, n=100)
print(P)
emb = np.array([[0.1, 0.2, 0.3, 0.4]] * 4)
total = np.sum((emb + P) ** 2)
