# output: loss
# graded right: dW1[0][0] dW1[1][2] dW2[0][0] dW2[2][0]
def transpose(m):
    return [[row[i] for row in m] for i in range(len(m[0]))]


def matmul(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


X = [[1.0, 2.0], [3.0, -1.0]]
W1 = [[0.5, -0.2, 0.1], [0.3, 0.8, -0.5]]
W2 = [[1.0], [-1.0], [0.5]]
y = [[1.0], [0.0]]
H = [[max(0.0, v) for v in row] for row in matmul(X, W1)]
out = matmul(H, W2)
loss = sum((o[0] - t[0]) ** 2 for o, t in zip(out, y)) / 2
dout = [[o[0] - t[0]] for o, t in zip(out, y)]
dW2 = matmul(transpose(H), dout)
dH = matmul(dout, transpose(W2))
dZ = [[d if h > 0 else 0.0 for d, h in zip(ds, hs)] for ds, hs in zip(dH, H)]
dW1 = matmul(transpose(X), dZ)
print(loss, dW1, dW2)
