"""The normal distribution, as `scipy.stats` names it in JAX and in autograd, and prints of JAX from within."""

from __future__ import annotations

SOURCE = """
def norm_logpdf(x, loc=0.0, scale=1.0):
    return -((x - loc) / scale) ** 2 / 2.0 - np.log(scale) - 0.5 * np.log(2.0 * np.pi)

def norm_pdf(x, loc=0.0, scale=1.0):
    return np.exp(norm_logpdf(x, loc, scale))

def norm_cdf(x, loc=0.0, scale=1.0):
    return 0.5 * (1.0 + erf((x - loc) / (scale * np.sqrt(2.0))))

def debug_print(fmt, *args, **kwargs):
    print(fmt.format(*args, **kwargs))
"""
IN_NORM = ("logpdf", "pdf", "cdf")
