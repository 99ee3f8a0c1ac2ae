# output: f
# graded right: df da db dx dy dz
# CS224n's little graph: the larger of two numbers is a value of its own
x, y, z = 1.0, 2.0, 0.0
a = x + y
b = max(y, z)
f = a * b
print(f"a={a} b={b} f={f}")
df = 1.0
da = df * b
db = df * a
dx = da * 1.0
dy = da * 1.0
dy += db * (1.0 if y > z else 0.0)
dz = db * (1.0 if z > y else 0.0)
