"""The distributions of `np.random`, for its old and its new generator: their parameters, as NumPy names them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

BOTH: Mapping[str, str] = MappingProxyType(
    {
        "uniform": "low=, high=, size=",
        "normal": "loc=, scale=, size=",
        "lognormal": "mean=, sigma=, size=",
        "laplace": "loc=, scale=, size=",
        "logistic": "loc=, scale=, size=",
        "gumbel": "loc=, scale=, size=",
        "exponential": "scale=, size=",
        "rayleigh": "scale=, size=",
        "gamma": "shape, scale=, size=",
        "beta": "a, b, size=",
        "chisquare": "df, size=",
        "f": "dfnum, dfden, size=",
        "standard_t": "df, size=",
        "standard_cauchy": "size=",
        "pareto": "a, size=",
        "power": "a, size=",
        "weibull": "a, size=",
        "vonmises": "mu, kappa, size=",
        "triangular": "left, mode, right, size=",
        "binomial": "n, p, size=",
        "negative_binomial": "n, p, size=",
        "poisson": "lam=, size=",
        "geometric": "p, size=",
        "hypergeometric": "ngood, nbad, nsample, size=",
        "logseries": "p, size=",
        "multinomial": "n, pvals, size=",
        "multivariate_normal": "mean, cov, size=",
        "dirichlet": "alpha, size=",
    }
)
OLD: Mapping[str, str] = MappingProxyType(
    dict(BOTH)
    | dict.fromkeys(("random", "random_sample", "ranf", "sample"), "size=")
    | {
        "standard_normal": "size=",
        "standard_exponential": "size=",
        "standard_gamma": "shape, size=",
        "randint": "low, high=, size=, dtype=",
    }
)
NEW: Mapping[str, str] = MappingProxyType(
    dict(BOTH)
    | {
        "random": "size=, dtype=",
        "standard_normal": "size=, dtype=",
        "standard_exponential": "size=, dtype=",
        "standard_gamma": "shape, size=, dtype=",
        "integers": "low, high=, size=, dtype=, endpoint=",
    }
)
LAST_AXIS = frozenset({"multinomial", "multivariate_normal", "dirichlet"})
"""Those that draw a row of numbers at a time, as long as a parameter is."""
SAME: Mapping[str, str] = MappingProxyType(dict.fromkeys(("random", "ranf", "sample"), "random_sample"))
"""Names of one function of the old generator."""
