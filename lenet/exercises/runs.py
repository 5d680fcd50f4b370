"""Checks for chapter 13, one run proves nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import Case, Slip, check


def check_standard_error(answer: Callable[[np.ndarray], float]) -> None:
    """Check a function that computes the standard error of a mean.

    Args:
        answer: takes the errors of several runs, ``(n,)``; returns their standard deviation (over n − 1) divided by √n.
    """
    random = np.random.default_rng(5)
    cases = [np.array([7.0, 8.0, 9.0]), random.normal(5, 2, 12), random.normal(90, 0.1, 5)]

    def right(x: np.ndarray) -> float:
        return float(x.std(ddof=1) / len(x) ** 0.5)

    check(
        answer,
        [Case((x,), right(x), f"{len(x)} runs" + (" with the errors 7, 8 and 9" if len(x) == 3 else "")) for x in cases],
        [
            Slip("this is the standard deviation, the spread of single runs. Divide it by the root of their number.", lambda x: x.std(ddof=1)),
            Slip("this divides by n, not by its root.", lambda x: x.std(ddof=1) / len(x)),
            Slip("the squares are divided by n, not by n - 1: std(ddof=1).", lambda x: x.std() / len(x) ** 0.5),
            Slip("the squares are divided by n, and the root of n is missing.", lambda x: x.std()),
            Slip("this is the variance divided by n. Take the root.", lambda x: x.var(ddof=1) / len(x)),
            Slip("this multiplies by the root of n. A mean of many runs wanders less: divide.", lambda x: x.std(ddof=1) * len(x) ** 0.5),
            Slip("this is the mean.", lambda x: x.mean()),
            Slip("divide by the root of n, not of n - 1: the n - 1 is in the standard deviation already.", lambda x: x.std(ddof=1) / (len(x) - 1) ** 0.5),
        ],
    )  # fmt: skip


def check_paired(answer: Callable[[np.ndarray, np.ndarray], tuple[float, float]]) -> None:
    """Check a function that compares two networks seed by seed.

    Args:
        answer: takes the errors of both, ``(n,)`` each, in the order of the seeds; returns the mean of the differences,
            first minus second, and its standard error.
    """
    random = np.random.default_rng(6)
    shared = [random.normal(5, 1, n) for n in (3, 10, 6)]
    cases = [(each + random.normal(0.5, 0.3, len(each)), each + random.normal(0, 0.3, len(each))) for each in shared]

    def error(x: np.ndarray) -> float:
        return float(x.std(ddof=1) / len(x) ** 0.5)

    def right(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return np.array([(a - b).mean(), error(a - b)])

    check(
        answer,
        [Case((a, b), right(a, b), f"{len(a)} pairs") for a, b in cases],
        [
            Slip("the pairs are torn apart: take the differences first, then their spread.", lambda a, b: np.array([(a - b).mean(), (error(a) ** 2 + error(b) ** 2) ** 0.5])),
            Slip("the standard errors are subtracted. Take the differences first, then their spread.", lambda a, b: np.array([(a - b).mean(), error(a) - error(b)])),
            Slip("the standard errors are added. Take the differences first, then their spread.", lambda a, b: np.array([(a - b).mean(), error(a) + error(b)])),
            Slip("this is second minus first. First minus second is wanted.", lambda a, b: right(b, a)),
            Slip("the second number is the spread of the differences. Divide it by the root of their number.", lambda a, b: np.array([(a - b).mean(), (a - b).std(ddof=1)])),
            Slip("the squares are divided by n, not by n - 1: std(ddof=1).", lambda a, b: np.array([(a - b).mean(), (a - b).std() / len(a) ** 0.5])),
            Slip("the signs of the differences are lost. Do not take their absolute values.", lambda a, b: np.array([np.abs(a - b).mean(), error(np.abs(a - b))])),
            Slip("the order is the mean first, then its standard error.", lambda a, b: right(a, b)[::-1]),
        ],
    )  # fmt: skip
