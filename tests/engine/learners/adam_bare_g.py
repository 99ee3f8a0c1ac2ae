# output: loss
# graded right: g
# slip: g = np.array([2 * theta[0] + np.cos(theta[1]), -theta[0] * np.sin(theta[1]) + 0.2 * theta[1]]) ||| g = np.array([2 * theta[0] + np.cos(theta[1]), theta[0] * np.sin(theta[1]) + 0.2 * theta[1]]) ||| g
import numpy as np
theta = np.array([1.0, 2.0])
m_t = np.zeros(2)
v_t = np.zeros(2)
alpha, beta_1, beta_2, epsilon = 0.1, 0.9, 0.999, 1e-8
t = 0
while t < 25:
    t += 1
    loss = theta[0] ** 2 + theta[0] * np.cos(theta[1]) + 0.1 * theta[1] ** 2
    g = np.array([2 * theta[0] + np.cos(theta[1]), -theta[0] * np.sin(theta[1]) + 0.2 * theta[1]])
    m_t = beta_1 * m_t + (1 - beta_1) * g
    v_t = beta_2 * v_t + (1 - beta_2) * (g * g)
    m_cap = m_t / (1 - beta_1 ** t)
    v_cap = v_t / (1 - beta_2 ** t)
    theta = theta - (alpha * m_cap) / (np.sqrt(v_cap) + epsilon)
print("theta", theta, "f", loss)
