"""Checks for chapter 13, one run proves nothing."""

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import check


def _standard_error(x: np.ndarray) -> float:
    return float(x.std(ddof=1) / len(x) ** 0.5)


def check_standard_error(answer: Callable[[np.ndarray], float]) -> None:
    """Check the standard error of a mean, of the errors of several runs, ``(n,)``: their standard deviation (over n − 1) divided by √n."""
    random = np.random.default_rng(5)
    cases = {
        "3 runs with the errors 6, 8 and 10": (np.array([6.0, 8.0, 10.0]),),
        "12 runs": (random.normal(5, 2, 12),),
        "5 runs": (random.normal(90, 0.1, 5),),
    }
    slips = {
        "this is the standard deviation, the spread of single runs. Divide it by the root of n.": lambda x: x.std(ddof=1),
        "this divides by n, not by its root.": lambda x: x.std(ddof=1) / len(x),
        "the squares are divided by n, not by n - 1: std(ddof=1).": lambda x: x.std() / len(x) ** 0.5,
        "the squares are divided by n, and the root of n is missing.": lambda x: x.std(),
    }
    check(answer, _standard_error, cases, slips)


def check_paired(answer: Callable[[np.ndarray, np.ndarray], tuple[float, float]]) -> None:
    """Check the mean of the differences of two networks, first minus second, and its standard error: of the errors of both,
    ``(n,)`` each, in the order of the seeds."""
    random = np.random.default_rng(6)
    shared = [random.normal(5, 1, n) for n in (3, 10, 6)]

    def paired(a: np.ndarray, b: np.ndarray, error: Callable = lambda a, b: _standard_error(a - b)) -> tuple[float, float]:
        return (a - b).mean(), error(a, b)

    def torn(a: np.ndarray, b: np.ndarray) -> float:
        return (_standard_error(a) ** 2 + _standard_error(b) ** 2) ** 0.5

    cases = {f"{len(x)} pairs": (x + random.normal(0.5, 0.3, len(x)), x + random.normal(0, 0.3, len(x))) for x in shared}
    slips = {
        "the pairs are torn apart: take the differences first, then their spread.": lambda a, b: paired(a, b, torn),
        "this is second minus first. First minus second is wanted.": lambda a, b: paired(b, a),
        "the second number is a spread. Divide it by the root of n.": lambda a, b: paired(a, b, lambda a, b: (a - b).std(ddof=1)),
        "the squares are divided by n, not by n - 1: std(ddof=1).": lambda a, b: paired(a, b, lambda a, b: (a - b).std() / len(a) ** 0.5),
        "the order is the mean first, then its standard error.": lambda a, b: paired(a, b)[::-1],
    }
    check(answer, paired, cases, slips)
