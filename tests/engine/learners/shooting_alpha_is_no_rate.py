# output: miss
# graded right: grad
import math

gravity, length, dt, aim = 9.8, 0.7, 0.04, 0.9


def swing(push, start=0.2):
    angle, speed = start, push
    for _ in range(12):
        alpha = -gravity / length * math.sin(angle)
        speed = speed + dt * alpha
        angle = angle + dt * speed
    return angle


def miss_of(push):
    return (swing(push) - aim) ** 2


push, h = 1.5, 1e-5
for k in range(5):
    miss = miss_of(push)
    grad = (miss_of(push + h) - miss_of(push - h)) / (2 * h)
    push -= 0.4 * grad
    print(k, f"{miss:.5f} {push:.4f}")
print("reached", round(swing(push), 3))
