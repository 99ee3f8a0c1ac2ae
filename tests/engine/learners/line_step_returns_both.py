# output: loss
# graded right:
import numpy as np

def error(b, m, points):
    total = 0
    for i in range(len(points)):
        total += (points[i, 1] - (m * points[i, 0] + b)) ** 2
    return total / float(len(points))

def step(b_now, m_now, points, learning_rate):
    b_gradient, m_gradient = 0, 0
    n = float(len(points))
    for i in range(len(points)):
        x, y = points[i, 0], points[i, 1]
        b_gradient += -(2 / n) * (y - (m_now * x + b_now))
        m_gradient += -(2 / n) * x * (y - (m_now * x + b_now))
    new_b = b_now - learning_rate * b_gradient
    new_m = m_now - learning_rate * m_gradient
    return [new_b, new_m]

def run():
    points = np.array([[1.0, 2.5], [2.0, 3.5], [3.0, 7.0], [4.0, 8.0]])
    b, m = 0, 0
    for i in range(1000):
        b, m = step(b, m, points, 0.01)
    loss = error(b, m, points)
    print("b = {0}, m = {1}, error = {2}".format(b, m, loss))

if __name__ == '__main__':
    run()
