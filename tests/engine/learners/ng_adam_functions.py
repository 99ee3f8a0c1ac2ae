# output: cost
# graded right: grads["dW1"] grads["db1"]
import numpy as np

def initialize_adam(parameters):
    L = len(parameters) // 2
    v = {}
    s = {}
    for l in range(L):
        v["dW" + str(l + 1)] = np.zeros(parameters["W" + str(l + 1)].shape)
        v["db" + str(l + 1)] = np.zeros(parameters["b" + str(l + 1)].shape)
        s["dW" + str(l + 1)] = np.zeros(parameters["W" + str(l + 1)].shape)
        s["db" + str(l + 1)] = np.zeros(parameters["b" + str(l + 1)].shape)
    return v, s

def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    L = len(parameters) // 2
    v_corrected = {}
    s_corrected = {}
    for l in range(L):
        for k in ("W", "b"):
            name = "d" + k + str(l + 1)
            v[name] = beta1 * v[name] + (1 - beta1) * grads[name]
            v_corrected[name] = v[name] / (1 - beta1 ** t)
            s[name] = beta2 * s[name] + (1 - beta2) * grads[name] ** 2
            s_corrected[name] = s[name] / (1 - beta2 ** t)
            key = k + str(l + 1)
            parameters[key] = parameters[key] - learning_rate * v_corrected[name] / (np.sqrt(s_corrected[name]) + epsilon)
    return parameters, v, s

np.random.seed(4)
X = np.random.randn(2, 5)
Y = np.random.randn(1, 5)
parameters = {"W1": np.random.randn(1, 2), "b1": np.zeros((1, 1))}
v, s = initialize_adam(parameters)
for t in range(1, 6):
    Z = parameters["W1"] @ X + parameters["b1"]
    cost = np.mean((Z - Y) ** 2)
    grads = {}
    dZ = 2 * (Z - Y) / Y.size
    grads["dW1"] = dZ @ X.T
    grads["db1"] = np.sum(dZ, axis=1, keepdims=True)
    parameters, v, s = update_parameters_with_adam(parameters, grads, v, s, t)
    print(t, cost)
