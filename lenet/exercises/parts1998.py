"""Checks for chapter 15, the parts of 1998."""

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import check


def _bend(s: np.ndarray) -> np.ndarray:
    return 1.7159 * np.tanh(2 / 3 * s)


def _sums(maps: np.ndarray) -> np.ndarray:
    return maps[::2, ::2] + maps[1::2, ::2] + maps[::2, 1::2] + maps[1::2, 1::2]


def check_subsample(answer: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check the subsampling of 1998, f(coefficient · sum of 2 × 2 + bias): of maps ``(rows, columns, n)``, rows and columns even, and
    of coefficients and biases, ``(n,)``."""
    random = np.random.default_rng(15)
    cases = {
        "one map of 2 × 2": (np.array([[[1.0], [1.0]], [[1.0], [-1.0]]]), np.array([0.25]), np.array([0.5])),
        "three maps of 6 × 4": tuple(random.normal(size=shape) for shape in ((6, 4, 3), 3, 3)),
        "six maps of 4 × 8": tuple(random.normal(size=shape) for shape in ((4, 8, 6), 6, 6)),
    }
    slips = {
        "these are averages. Add up the four numbers: the coefficient does the rest.": lambda m, c, b: _bend(c * _sums(m) / 4 + b),
        "the bend is missing: f of the sums.": lambda m, c, b: c * _sums(m) + b,
        "this bends with tanh. Bend with f, of 1998.": lambda m, c, b: np.tanh(c * _sums(m) + b),
        "the bias is missing. It is added before the bend.": lambda m, c, b: _bend(c * _sums(m)),
        "the bias is added after the bend. Add it before.": lambda m, c, b: _bend(c * _sums(m)) + b,
        "the coefficient multiplies the bias too. It multiplies the sum alone.": lambda m, c, b: _bend(c * (_sums(m) + b)),
        "the bias is subtracted. Add it.": lambda m, c, b: _bend(c * _sums(m) - b),
        "f stretches both ways: 1.7159 * np.tanh(2 / 3 * s). The 2 / 3 is missing.": lambda m, c, b: 1.7159 * np.tanh(c * _sums(m) + b),
        "this bends the sums first. The coefficient and the bias come before the bend.": lambda m, c, b: c * _bend(_sums(m)) + b,
        "each map has a coefficient and a bias of its own: not c[0] and b[0] for all.": lambda m, c, b: _bend(c[0] * _sums(m) + b[0]),
        "these four are not neighbours. Split each axis into pairs: reshape(rows // 2, 2, columns // 2, 2, n).": lambda m, c, b: _bend(
            c * m.reshape(2, m.shape[0] // 2, 2, m.shape[1] // 2, m.shape[2]).sum(axis=(0, 2)) + b
        ),
        "this is the largest of the four. Add them up.": lambda m, c, b: _bend(
            c * np.max([m[::2, ::2], m[1::2, ::2], m[::2, 1::2], m[1::2, 1::2]], axis=0) + b
        ),
    }
    check(answer, lambda m, c, b: _bend(c * _sums(m) + b), cases, slips)


def check_nearest(answer: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check the nearest code, by squared distance: of features ``(n, features)`` and codes ``(answers, features)``; whole numbers ``(n,)``."""
    random = np.random.default_rng(16)
    four = np.array([[0.8, -0.6, 1.2, -1.0], [0.1, 0.9, 0.2, -0.3]])
    # Codes that are not all 1 or −1, so that products, sums and the size of a code do not decide alike.
    cases = {
        "two digits and the codes A and B": (four, np.array([[1.0, -1, 1, -1], [1, 1, 1, -1]])),
        "8 digits and 5 codes": (random.normal(size=(8, 6)), random.normal(size=(5, 6)) * np.arange(1, 6)[:, np.newaxis] / 2),
        "20 digits and 20 codes": (2 * random.normal(size=(20, 20)), random.normal(size=(20, 20)) * np.linspace(0.5, 3, 20)[:, np.newaxis]),
    }

    def distances(x: np.ndarray, codes: np.ndarray) -> np.ndarray:
        return ((x[:, np.newaxis] - codes) ** 2).sum(axis=2)

    slips = {
        "this takes the largest distance. The nearest code has the smallest: argmin.": lambda x, w: distances(x, w).argmax(axis=1),
        "these are the distances. Give the place of the smallest in each row.": distances,
        "these are the smallest distances. Give their places: argmin.": lambda x, w: distances(x, w).min(axis=1),
        "this finds a digit for each code. Find a code for each digit: axis=1.": lambda x, w: distances(x, w).argmin(axis=0),
        "the differences are added up before they are squared. Square first.": lambda x, w: ((x[:, np.newaxis] - w).sum(axis=2) ** 2).argmin(axis=1),
        "this adds up over the codes. Add up over the features, axis=2.": lambda x, w: ((x[:, np.newaxis] - w) ** 2).sum(axis=1).argmin(axis=1),
        "the differences are not squared, so that they cancel.": lambda x, w: (x[:, np.newaxis] - w).sum(axis=2).argmin(axis=1),
        "these are absolute values. Square the differences.": lambda x, w: np.abs(x[:, np.newaxis] - w).sum(axis=2).argmin(axis=1),
        "this compares products, x @ codes.T. Take the squares of the differences.": lambda x, w: (x @ w.T).argmax(axis=1),
    }
    check(answer, lambda x, w: distances(x, w).argmin(axis=1), cases, slips)
