"""Checks for chapter 17, the paper, reproduced."""

from collections.abc import Callable

import numpy as np
from scipy import stats

from lenet.exercises._check import check


def check_one_more(answer: Callable[[np.ndarray], tuple[float, float]]) -> None:
    """Check the interval, ``(low, high)``, in which the error of one more run falls 95 times in 100: of the errors of n runs, ``(n,)``."""
    random = np.random.default_rng(17)

    def around(errors: np.ndarray, width: float) -> tuple[float, float]:
        low, high = stats.t.interval(0.95, len(errors) - 1, errors.mean(), width)
        return float(low), float(high)

    def right(errors: np.ndarray) -> tuple[float, float]:
        return around(errors, errors.std(ddof=1) * (1 + 1 / len(errors)) ** 0.5)

    def normal(errors):
        return stats.norm.interval(0.95, errors.mean(), errors.std(ddof=1) * (1 + 1 / len(errors)) ** 0.5)

    cases = {
        "3 runs with the errors 0.8, 0.9 and 1": (np.array([0.8, 0.9, 1.0]),),
        "10 runs": (random.normal(3, 0.5, 10),),
        "5 runs": (random.normal(90, 2, 5),),
    }
    slips = {
        "this is the interval of the mean. One more run has a spread of its own: s · √(1 + 1/n).": lambda x: around(x, x.std(ddof=1) / len(x) ** 0.5),
        "the mean is unsure, too: s · √(1 + 1/n).": lambda x: around(x, x.std(ddof=1)),
        "the two spreads add up as squares: s · √(1 + 1/n).": lambda x: around(x, x.std(ddof=1) * (1 + 1 / len(x) ** 0.5)),
        "the root is missing: s · √(1 + 1/n).": lambda x: around(x, x.std(ddof=1) * (1 + 1 / len(x))),
        "the squares are divided by n, not by n - 1: std(ddof=1).": lambda x: around(x, x.std() * (1 + 1 / len(x)) ** 0.5),
        "t wants n - 1, not n.": lambda x: stats.t.interval(0.95, len(x), x.mean(), x.std(ddof=1) * (1 + 1 / len(x)) ** 0.5),
        "so few runs need t, not the normal curve.": normal,
        "the order is low, high.": lambda x: right(x)[::-1],
    }
    check(answer, right, cases, slips)


def check_missed(answer: Callable[[list[np.ndarray], int], np.ndarray]) -> None:
    """Check which digits at least so many runs misread, in order: of a list of arrays, for each run the digits that it misread, in
    order, and the number of runs."""
    random = np.random.default_rng(18)
    hard = np.arange(100, 130)

    def counts(misread: list[np.ndarray]) -> np.ndarray:
        return np.bincount(np.concatenate(misread), minlength=10_000)

    def right(misread: list[np.ndarray], least: int) -> np.ndarray:
        return np.flatnonzero(counts(misread) >= least)

    def runs(n: int) -> list[np.ndarray]:
        return [np.sort(random.choice(hard, 18, replace=False)) for _ in range(n)]

    cases = {
        "three runs that misread 2 and 5, 5 and 7, 2 and 5, and at least 2": ([np.array([2, 5]), np.array([5, 7]), np.array([2, 5])], 2),
        "10 runs, at least 7": (runs(10), 7),
        "5 runs, at least 4": (runs(5), 4),
        "6 runs, at least 6": (runs(6), 6),
    }
    slips = {
        "at least so many are wanted, so >=, not >.": lambda misread, least: right(misread, least + 1),
        "at least so many are wanted, not exactly so many.": lambda misread, least: np.flatnonzero(counts(misread) == least),
        "these are the digits that all runs misread. Use `least`.": lambda misread, least: right(misread, len(misread)),
        "these are the digits that any run misread. Use `least`.": lambda misread, least: right(misread, 1),
        "these are counts. Wanted are the digits that have them: np.flatnonzero.": lambda misread, least: counts(misread)[right(misread, least)],
        "these are all counts. Wanted are the digits: np.flatnonzero of what is at least `least`.": lambda misread, least: counts(misread),
        "these are True and False. Wanted are the digits: np.flatnonzero.": lambda misread, least: counts(misread) >= least,
        "the digits are in order of their counts. Wanted is the order of their numbers.": lambda misread, least: np.argsort(-counts(misread), kind="stable")[
            : len(right(misread, least))
        ],
    }
    check(answer, right, cases, slips)
