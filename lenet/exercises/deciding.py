"""Checks for chapter 14, tanh or relu?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import Case, Slip, check


def check_redrawn(answer: Callable[[np.ndarray, np.ndarray, np.ndarray], float]) -> None:
    """Check a function that computes a mean difference anew, on seeds and digits that were drawn.

    Args:
        answer: takes a table ``(seeds, digits)`` of 1 (the first network alone is wrong), −1 (the second alone) and 0,
            the numbers of the drawn rows and those of the drawn columns; returns the mean of the drawn table, in points.
    """
    random = np.random.default_rng(14)

    def right(table: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> float:
        return 100 * float(table[rows][:, columns].mean())

    small = np.array([[1, 0, 0, 1], [0, 0, -1, 1], [1, 0, 0, 0]])
    cases = [(small, np.array([0, 0, 2]), np.array([3, 3, 0, 1]))]
    for seeds, digits in ((4, 7), (6, 6), (5, 40)):
        table = random.integers(-1, 2, (seeds, digits))
        cases.append((table, random.integers(0, seeds, seeds), random.integers(0, digits, digits)))
    names = ["the table of three seeds and four digits"] + [f"{len(t)} seeds and {t.shape[1]} digits" for t, _, _ in cases[1:]]
    check(
        answer,
        [Case(case, right(*case), name) for case, name in zip(cases, names)],
        [
            Slip("this is a share. Times 100, it is in points.", lambda t, r, c: right(t, r, c) / 100),
            Slip("this is the mean of the whole table. Take the drawn rows and columns.", lambda t, r, c: 100 * t.mean()),
            Slip("the rows are drawn, the columns are not: table[rows][:, columns].", lambda t, r, c: 100 * t[r].mean()),
            Slip("the columns are drawn, the rows are not: table[rows][:, columns].", lambda t, r, c: 100 * t[:, c].mean()),
            Slip("this is the sum. The mean divides it by the numbers in the table.", lambda t, r, c: t[r][:, c].sum()),
            Slip("this is the sum. The mean divides it by the numbers in the table.", lambda t, r, c: 100 * t[r][:, c].sum()),
            Slip("a row or column that is drawn twice counts twice. Do not drop its copies.", lambda t, r, c: 100 * t[np.unique(r)][:, np.unique(c)].mean()),
            Slip("the signs are lost. Where the second network is wrong, the -1 must stay.", lambda t, r, c: 100 * np.abs(t[r][:, c]).mean()),
            Slip("table[rows, columns] takes the rows and columns in pairs. Each row needs all the columns: table[rows][:, columns].", lambda t, r, c: 100 * t[r, c].mean()),
            Slip("table[rows][columns] takes rows twice. The columns come after a colon: table[rows][:, columns].", lambda t, r, c: 100 * t[r][c].mean()),
        ],
    )  # fmt: skip


def check_seeds_needed(answer: Callable[[float, float], int]) -> None:
    """Check a function that says how many pairs of runs show a difference four times in five.

    Args:
        answer: takes the standard deviation of the differences and the difference to be seen, both in points; returns
            the smallest whole number of pairs of which 2.8 standard errors are no more than that difference.
    """

    def right(spread: float, difference: float) -> int:
        return int(np.ceil((2.8 * spread / difference) ** 2 - 1e-9))

    cases = [(0.1, 0.1), (0.1, 0.05), (0.12, 0.02), (1.0, 0.3)]
    check(
        answer,
        [Case(case, right(*case), f"a standard deviation of {case[0]} and a difference of {case[1]}") for case in cases],
        [
            Slip("this is no whole number. Take the next one above: math.ceil.", lambda s, d: (2.8 * s / d) ** 2),
            Slip("rounded down, or to the nearest, it is one pair too few. Take the next one above: math.ceil.", lambda s, d: int((2.8 * s / d) ** 2)),
            Slip("the square is missing: four times the pairs, half the standard error.", lambda s, d: int(np.ceil(2.8 * s / d))),
            Slip("the square is missing: four times the pairs, half the standard error.", lambda s, d: 2.8 * s / d),
            Slip("the 2.8 must be squared too: it stands under the square with the rest.", lambda s, d: int(np.ceil(2.8 * (s / d) ** 2))),
            Slip("the 2.8 is missing. One standard error is not enough.", lambda s, d: int(np.ceil((s / d) ** 2))),
            Slip("with 2 standard errors it is seen only every second time. Take 2.8.", lambda s, d: int(np.ceil((2 * s / d) ** 2))),
            Slip("upside down: a smaller difference needs more pairs.", lambda s, d: int(np.ceil((2.8 * d / s) ** 2))),
        ],
    )  # fmt: skip
