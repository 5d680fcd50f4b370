"""Checks for chapter 14, tanh or relu?"""

from collections.abc import Callable
from math import ceil

import numpy as np

from lenet.exercises._check import check


def check_redrawn(answer: Callable[[np.ndarray, np.ndarray, np.ndarray], float]) -> None:
    """Check the mean, in points, of the drawn rows and columns of a table ``(seeds, digits)`` of 1, 0 and −1: of the table and the
    numbers of both."""
    random = np.random.default_rng(14)
    small = np.array([[1, 0, 0, 1], [0, 0, -1, 1], [1, 0, 0, 0]])
    cases = {
        "the table of three seeds and four digits": (small, np.array([0, 0, 2]), np.array([3, 3, 0, 1])),
        "6 seeds and 6 digits": (random.integers(-1, 2, (6, 6)), random.integers(0, 6, 6), random.integers(0, 6, 6)),
        "5 seeds and 40 digits": (random.integers(-1, 2, (5, 40)), random.integers(0, 5, 5), random.integers(0, 40, 40)),
    }
    slips = {
        "this is a share. Times 100, it is in points.": lambda t, r, c: t[r][:, c].mean(),
        "this is the mean of the whole table. Take the drawn rows and columns.": lambda t, r, c: 100 * t.mean(),
        "the rows are drawn, the columns are not: table[rows][:, columns].": lambda t, r, c: 100 * t[r].mean(),
        "the columns are drawn, the rows are not: table[rows][:, columns].": lambda t, r, c: 100 * t[:, c].mean(),
        "table[rows, columns] takes rows and columns in pairs. Write table[rows][:, columns].": lambda t, r, c: 100 * t[r, c].mean(),
        "table[rows][columns] takes rows twice. Write table[rows][:, columns].": lambda t, r, c: 100 * t[r][c].mean(),
    }
    check(answer, lambda t, r, c: 100 * t[r][:, c].mean(), cases, slips)


def check_seeds_needed(answer: Callable[[float, float], int]) -> None:
    """Check the smallest number of pairs of which 2.8 standard errors are no more than a difference: of the standard deviation of
    the differences and that difference, both in points."""
    cases = [(0.1, 0.1), (0.1, 0.05), (0.12, 0.02), (1.0, 0.3)]
    cases = {f"a standard deviation of {spread} and a difference of {difference}": (spread, difference) for spread, difference in cases}
    slips = {
        "this is no whole number. Take the next one above: math.ceil.": lambda s, d: (2.8 * s / d) ** 2,
        "rounded down, or to the nearest, it is one pair too few. Take the next one above: math.ceil.": lambda s, d: int((2.8 * s / d) ** 2),
        "the square is missing: four times the pairs, half the standard error.": lambda s, d: ceil(2.8 * s / d),
        "the 2.8 must be squared too: it stands under the square with the rest.": lambda s, d: ceil(2.8 * (s / d) ** 2),
        "with 2 standard errors it is seen only every second time. Take 2.8.": lambda s, d: ceil((2 * s / d) ** 2),
        "upside down: a smaller difference needs more pairs.": lambda s, d: ceil((2.8 * d / s) ** 2),
    }
    check(answer, lambda s, d: ceil((2.8 * s / d) ** 2 - 1e-9), cases, slips)
