# output: loss
# graded right: grad["W1"] grad["W2"]
import numpy as np

H = 4
D = 3
np.random.seed(2)
model = {}
model['W1'] = np.random.randn(H,D) / np.sqrt(D) # "Xavier" initialization
model['W2'] = np.random.randn(H) / np.sqrt(H)
grad_buffer = { k : np.zeros_like(v) for k,v in model.items() }
rmsprop_cache = { k : np.zeros_like(v) for k,v in model.items() }

def sigmoid(x):
  return 1.0 / (1.0 + np.exp(-x))

def policy_forward(x):
  h = np.dot(model['W1'], x)
  h[h<0] = 0 # ReLU nonlinearity
  logp = np.dot(model['W2'], h)
  p = sigmoid(logp)
  return p, h

def policy_backward(epx, eph, epdlogp):
  dW2 = np.dot(eph.T, epdlogp).ravel()
  dh = np.outer(epdlogp, model['W2'])
  dh[eph <= 0] = 0 # backpro prelu
  dW1 = np.dot(dh.T, epx)
  return {'W1':dW1, 'W2':dW2}

xs, hs, dlogps = [], [], []
loss = 0.0
for t in range(4):
  x = np.random.randn(D)
  aprob, h = policy_forward(x)
  action = 2 if np.random.uniform() < aprob else 3
  y = 1 if action == 2 else 0
  xs.append(x)
  hs.append(h)
  dlogps.append(y - aprob)
  loss += np.log(aprob if y == 1 else 1 - aprob)
epx = np.vstack(xs)
eph = np.vstack(hs)
epdlogp = np.vstack(dlogps)
grad = policy_backward(epx, eph, epdlogp)
for k in model: grad_buffer[k] += grad[k]
for k,v in model.items():
  g = grad_buffer[k]
  rmsprop_cache[k] = 0.99 * rmsprop_cache[k] + (1 - 0.99) * g**2
print(sorted(grad_buffer.keys()), '%.5f' % loss)
