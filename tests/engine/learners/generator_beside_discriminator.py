# output: d_loss
# graded right: dw_d db_d dw_g db_g
import numpy as np
np.random.seed(3)
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

w_g, b_g = 1.0, 0.0     # generator  G(z) = w z + b
w_d, b_d = 0.1, 0.0     # discriminator D(x) = sigmoid(w x + b)
lr = 0.05
for step in range(20):
    z = np.random.randn(16)
    real = 3 + 0.5 * np.random.randn(16)
    fake = w_g * z + b_g
    p_real = sigmoid(w_d * real + b_d)
    p_fake = sigmoid(w_d * fake + b_d)
    d_loss = -np.mean(np.log(p_real) + np.log(1 - p_fake))
    dw_d = np.mean((p_real - 1) * real + p_fake * fake)
    db_d = np.mean((p_real - 1) + p_fake)
    w_d -= lr * dw_d
    b_d -= lr * db_d

    z = np.random.randn(16)
    fake = w_g * z + b_g
    p_fake = sigmoid(w_d * fake + b_d)
    g_loss = -np.mean(np.log(p_fake))
    dfake = (p_fake - 1) * w_d / 16
    dw_g = np.sum(dfake * z)
    db_g = np.sum(dfake)
    w_g -= lr * dw_g
    b_g -= lr * db_g
    if step % 5 == 0:
        print(step, f"D {d_loss:.4f}", f"G {g_loss:.4f}")
