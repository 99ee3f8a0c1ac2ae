"""One pre-norm transformer block, width 16, 8 tokens, one head, an MLP of 64 with the tanh form of GELU.

h = layernorm(x); r = x + attention(h Wq, h Wk, h Wv) Wo; y = r + gelu(layernorm(r) U + c) V + d
"""

from math import sqrt
from typing import Any

import numpy as np

from benchmarks.case import Array, Hand, Sheet

EPS = 1e-5
WIDTH = 16
CURVE = sqrt(2 / np.pi)
CUBE = 0.044715
"""The two constants of the tanh form of GELU."""


def full(
    x: Array,
    g1: Array,
    s1: Array,
    Wq: Array,
    Wk: Array,
    Wv: Array,
    Wo: Array,
    g2: Array,
    s2: Array,
    U: Array,
    c: Array,
    V: Array,
    d: Array,
) -> Sheet:
    """Every value, adjoint and message. x is (8, 16); Wq, Wk, Wv, Wo (16, 16); U (16, 64); V (64, 16)."""
    # layernorm
    mean1 = x.mean(axis=-1, keepdims=True)
    centred1 = x - mean1
    square1 = centred1 * centred1
    var1 = square1.mean(axis=-1, keepdims=True)
    shifted1 = var1 + EPS
    std1 = np.sqrt(shifted1)
    normal1 = centred1 / std1
    scaled1 = normal1 * g1
    h = scaled1 + s1
    # attention
    q = h @ Wq
    k = h @ Wk
    v = h @ Wv
    kT = k.T
    raw = q @ kT
    scores = raw / sqrt(WIDTH)
    top = scores.max(axis=-1, keepdims=True)
    lowered = scores - top
    powers = np.exp(lowered)
    total = powers.sum(axis=-1, keepdims=True)
    weights = powers / total
    mixed = weights @ v
    o = mixed @ Wo
    r = x + o
    # layernorm
    mean2 = r.mean(axis=-1, keepdims=True)
    centred2 = r - mean2
    square2 = centred2 * centred2
    var2 = square2.mean(axis=-1, keepdims=True)
    shifted2 = var2 + EPS
    std2 = np.sqrt(shifted2)
    normal2 = centred2 / std2
    scaled2 = normal2 * g2
    n = scaled2 + s2
    # mlp
    p = n @ U
    u = p + c
    cube = u * u * u
    small = CUBE * cube
    bent = u + small
    inner = CURVE * bent
    tanh = np.tanh(inner)
    lifted = 1.0 + tanh
    half = 0.5 * u
    f = half * lifted
    w = f @ V
    m = w + d
    y = r + m

    dy = np.ones_like(y)
    dd = dy.sum(axis=0)
    df = dy @ V.T
    dV = f.T @ dy
    dhalf = df * lifted
    dlifted = df * half
    u_from_half = dhalf * 0.5
    dinner = dlifted * (1.0 - tanh * tanh)
    dbent = dinner * CURVE
    dsmall = dbent
    dcube = dsmall * CUBE
    u_from_cube = dcube * (3.0 * (u * u))
    du = u_from_half + dbent + u_from_cube
    dc = du.sum(axis=0)
    dn = du @ U.T
    dU = n.T @ du
    ds2 = dn.sum(axis=0)
    dnormal2 = dn * g2
    dg2 = (dn * normal2).sum(axis=0)
    centred2_from_normal = dnormal2 / std2
    dstd2 = -(dnormal2 * normal2 / std2).sum(axis=-1, keepdims=True)
    dshifted2 = dstd2 * (0.5 / std2)
    dsquare2 = np.broadcast_to(dshifted2 / WIDTH, square2.shape)
    centred2_from_square = dsquare2 * (2.0 * centred2)
    dcentred2 = centred2_from_normal + centred2_from_square
    dmean2 = -dcentred2.sum(axis=-1, keepdims=True)
    r_from_mean = np.broadcast_to(dmean2 / WIDTH, r.shape)
    dr = dy + dcentred2 + r_from_mean

    dmixed = dr @ Wo.T
    dWo = mixed.T @ dr
    dweights = dmixed @ v.T
    dv = weights.T @ dmixed
    powers_from_weights = dweights / total
    dtotal = -(dweights * weights / total).sum(axis=-1, keepdims=True)
    powers_from_total = np.broadcast_to(dtotal, powers.shape)
    dpowers = powers_from_weights + powers_from_total
    dlowered = dpowers * powers
    dtop = -dlowered.sum(axis=-1, keepdims=True)
    largest = scores == top
    scores_from_top = dtop * (largest / largest.sum(axis=-1, keepdims=True))
    dscores = dlowered + scores_from_top
    draw = dscores / sqrt(WIDTH)
    dq = draw @ k
    dkT = q.T @ draw
    dk = dkT.T
    h_from_q = dq @ Wq.T
    dWq = h.T @ dq
    h_from_k = dk @ Wk.T
    dWk = h.T @ dk
    h_from_v = dv @ Wv.T
    dWv = h.T @ dv
    dh = h_from_q + h_from_k + h_from_v
    ds1 = dh.sum(axis=0)
    dnormal1 = dh * g1
    dg1 = (dh * normal1).sum(axis=0)
    centred1_from_normal = dnormal1 / std1
    dstd1 = -(dnormal1 * normal1 / std1).sum(axis=-1, keepdims=True)
    dshifted1 = dstd1 * (0.5 / std1)
    dsquare1 = np.broadcast_to(dshifted1 / WIDTH, square1.shape)
    centred1_from_square = dsquare1 * (2.0 * centred1)
    dcentred1 = centred1_from_normal + centred1_from_square
    dmean1 = -dcentred1.sum(axis=-1, keepdims=True)
    x_from_mean = np.broadcast_to(dmean1 / WIDTH, x.shape)
    dx = dr + dcentred1 + x_from_mean
    # fmt: off
    values = (
        mean1, centred1, square1, var1, shifted1, std1, normal1, scaled1, h, q, k, v, kT, raw, scores, top,
        lowered, powers, total, weights, mixed, o, r, mean2, centred2, square2, var2, shifted2, std2, normal2,
        scaled2, n, p, u, cube, small, bent, inner, tanh, lifted, half, f, w, m, y,
    )
    adjoints = (
        dx, dg1, ds1, dWq, dWk, dWv, dWo, dg2, ds2, dU, dc, dV, dd, dmean1, dcentred1, dsquare1, dshifted1,
        dshifted1, dstd1, dnormal1, dh, dh, dq, dk, dv, dkT, draw, dscores, dtop, dlowered, dpowers, dtotal,
        dweights, dmixed, dr, dr, dmean2, dcentred2, dsquare2, dshifted2, dshifted2, dstd2, dnormal2, dn, dn,
        du, du, dcube, dsmall, dbent, dinner, dlifted, dlifted, dhalf, df, dy, dy, dy,
    )
    messages = [
        dy, dy, dy, dd, df, dV, dhalf, dlifted, u_from_half, dlifted, dinner, dbent, dbent, dsmall, dcube,
        u_from_cube, du, dc, dn, dU, dn, ds2, dnormal2, dg2, centred2_from_normal, dstd2, dshifted2, dshifted2,
        dsquare2, centred2_from_square, dcentred2, dmean2, r_from_mean, dr, dr, dmixed, dWo, dweights, dv,
        powers_from_weights, dtotal, powers_from_total, dlowered, dlowered, dtop, scores_from_top, draw, dq,
        dkT, dk, h_from_q, dWq, h_from_k, dWk, h_from_v, dWv, dh, ds1, dnormal1, dg1, centred1_from_normal,
        dstd1, dshifted1, dshifted1, dsquare1, centred1_from_square, dcentred1, dmean1, x_from_mean
    ]
    # fmt: on
    return values, adjoints, messages


def lean(
    x: Array,
    g1: Array,
    s1: Array,
    Wq: Array,
    Wk: Array,
    Wv: Array,
    Wo: Array,
    g2: Array,
    s2: Array,
    U: Array,
    c: Array,
    V: Array,
    d: Array,
) -> tuple[Array, tuple[Array, ...]]:
    """The output and the gradients of the parameters, with the usual short forms of the layernorm and softmax rules."""
    h, normal1, _ = _layernorm(x, g1, s1)
    q, k, v = h @ Wq, h @ Wk, h @ Wv
    scores = q @ k.T / sqrt(WIDTH)
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = powers / powers.sum(axis=-1, keepdims=True)
    mixed = weights @ v
    r = x + mixed @ Wo
    n, normal2, std2 = _layernorm(r, g2, s2)
    u = n @ U + c
    u2 = u * u
    tanh = np.tanh(CURVE * u * (1.0 + CUBE * u2))
    f = 0.5 * u * (1.0 + tanh)
    y = r + f @ V + d

    dy = np.ones_like(y)
    df = dy @ V.T
    du = df * (0.5 * (1.0 + tanh) + 0.5 * u * (1.0 - tanh * tanh) * (CURVE * (1.0 + 3.0 * CUBE * u2)))
    dn = du @ U.T
    dr = dy + _layernorm_back(dn * g2, normal2, std2)
    dmixed = dr @ Wo.T
    dweights = dmixed @ v.T
    dscores = weights * (dweights - (dweights * weights).sum(axis=-1, keepdims=True)) / sqrt(WIDTH)
    dq, dk, dv = dscores @ k, dscores.T @ q, weights.T @ dmixed
    dh = dq @ Wq.T + dk @ Wk.T + dv @ Wv.T
    return y, (
        (dh * normal1).sum(axis=0),
        dh.sum(axis=0),
        h.T @ dq,
        h.T @ dk,
        h.T @ dv,
        mixed.T @ dr,
        (dn * normal2).sum(axis=0),
        dn.sum(axis=0),
        n.T @ du,
        du.sum(axis=0),
        f.T @ dy,
        dy.sum(axis=0),
    )


def _layernorm(x: Array, gain: Array, shift: Array) -> tuple[Array, Array, Array]:
    centred = x - x.mean(axis=-1, keepdims=True)
    std = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + EPS)
    normal = centred / std
    return normal * gain + shift, normal, std


def _layernorm_back(d: Array, normal: Array, std: Array) -> Array:
    along = (d * normal).mean(axis=-1, keepdims=True)
    return (d - d.mean(axis=-1, keepdims=True) - normal * along) / std


VALUES = (
    "mean1 centred1 square1 var1 shifted1 std1 normal1 scaled1 h q k v kT raw scores top lowered powers total weights "
    "mixed o r mean2 centred2 square2 var2 shifted2 std2 normal2 scaled2 n p u cube small bent inner tanh lifted half "
    "f w m y"
).split()
PARAMETERS = "g1 s1 Wq Wk Wv Wo g2 s2 U c V d".split()

HAND = Hand(full, tuple(VALUES), ("x", *PARAMETERS, *VALUES), lean, tuple(PARAMETERS))


def formula(
    xp: Any,
    tap: Any,
    x: Any,
    g1: Any,
    s1: Any,
    Wq: Any,
    Wk: Any,
    Wv: Any,
    Wo: Any,
    g2: Any,
    s2: Any,
    U: Any,
    c: Any,
    V: Any,
    d: Any,
) -> Any:
    """The same block for the peers, with a tap on every intermediate result."""

    def layernorm(of: Any, gain: Any, shift: Any, i: int) -> Any:
        mean = tap(f"mean{i}", xp.mean(of, axis=-1, keepdims=True))
        centred = tap(f"centred{i}", of - mean)
        square = tap(f"square{i}", centred * centred)
        var = tap(f"var{i}", xp.mean(square, axis=-1, keepdims=True))
        shifted = tap(f"shifted{i}", var + EPS)
        std = tap(f"std{i}", xp.sqrt(shifted))
        normal = tap(f"normal{i}", centred / std)
        scaled = tap(f"scaled{i}", normal * gain)
        return tap("h" if i == 1 else "n", scaled + shift)

    h = layernorm(x, g1, s1, 1)
    q, k, v = tap("q", h @ Wq), tap("k", h @ Wk), tap("v", h @ Wv)
    raw = tap("raw", q @ tap("kT", k.T))
    scores = tap("scores", raw / sqrt(WIDTH))
    top = tap("top", xp.max(scores, axis=-1, keepdims=True))
    powers = tap("powers", xp.exp(tap("lowered", scores - top)))
    total = tap("total", xp.sum(powers, axis=-1, keepdims=True))
    weights = tap("weights", powers / total)
    r = tap("r", x + tap("o", tap("mixed", weights @ v) @ Wo))
    n = layernorm(r, g2, s2, 2)
    u = tap("u", tap("p", n @ U) + c)
    small = tap("small", CUBE * tap("cube", u * u * u))
    tanh = tap("tanh", xp.tanh(tap("inner", CURVE * tap("bent", u + small))))
    f = tap("f", tap("half", 0.5 * u) * tap("lifted", 1.0 + tanh))
    return tap("y", r + tap("m", tap("w", f @ V) + d))
