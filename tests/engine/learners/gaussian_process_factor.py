# output: nll
# graded right: d_log_ell
# slip: d_log_ell = 0.5 * np.trace(Kinv @ dK) - 0.5 * alpha @ dK @ alpha ||| d_log_ell = 0.5 * np.trace(Kinv @ dK) + 0.5 * alpha @ dK @ alpha ||| d_log_ell
import numpy as np
x = np.array([0.0, 0.4, 1.0, 1.7])
y = np.array([0.1, 0.5, 0.7, -0.2])
log_ell = -0.3
ell = np.exp(log_ell)
D2 = (x[:, None] - x[None, :]) ** 2
Kf = np.exp(-0.5 * D2 / ell ** 2)
K = Kf + 0.1 * np.eye(4)
Kinv = np.linalg.inv(K)
alpha = Kinv @ y
nll = 0.5 * y @ alpha + 0.5 * np.log(np.linalg.det(K)) + 2 * np.log(2 * np.pi)
dK = Kf * D2 / ell ** 2
d_log_ell = 0.5 * np.trace(Kinv @ dK) - 0.5 * alpha @ dK @ alpha
print(f"nll={nll:.6f} grad={d_log_ell:.6f}")
