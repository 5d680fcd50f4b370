"""Checks for chapter 05, Bending."""

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import check


def check_collapse(answer: Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]) -> None:
    """Check a function that makes one layer of weighted sums out of two.

    It takes ``W1 (pixels, hidden)``, ``b1 (hidden,)``, ``W2 (hidden, answers)`` and ``b2 (answers,)`` and returns
    ``(W, b)`` of the shapes ``(pixels, answers)`` and ``(answers,)``, with X @ W + b = (X @ W1 + b1) @ W2 + b2.
    """
    random = np.random.default_rng(6)

    def layers(pixels: int, hidden: int, answers: int) -> tuple[np.ndarray, ...]:
        return tuple(random.normal(size=size) for size in [(pixels, hidden), hidden, (hidden, answers), answers])

    cases = {
        "layers of 3 to 3 and 3 to 3 numbers": layers(3, 3, 3),
        "layers of 4 to 3 and 3 to 2 numbers": layers(4, 3, 2),
    }
    slips = {
        "the table is right, but the first bias goes through the second table: b1 @ W2.": lambda a, b, c, d: (a @ c, d),
        "the table is right, but the second bias is missing. It is added at the end.": lambda a, b, c, d: (a @ c, b @ c),
        "the table is right, but the first bias goes through the second table first: b1 @ W2 + b2.": lambda a, b, c, d: (a @ c, b + d),
        "the table is right, but the second bias goes through no table: b1 @ W2 + b2.": lambda a, b, c, d: (a @ c, (b + d) @ c),
        "the tables are in the wrong order. X meets W1 first: W1 @ W2.": lambda a, b, c, d: (c @ a, b @ c + d),
        "the order is the table first, then the bias.": lambda a, b, c, d: (b @ c + d, a @ c),
    }
    check(answer, lambda a, b, c, d: (a @ c, b @ c + d), cases, slips)


def check_bend(answer: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]) -> None:
    """Check a function that gives tanh and its slope of an array of sums, from -1,000 to 1,000: two arrays of its shape."""
    calm, wide = np.array([-2.0, -0.5, 0.0, 0.3, 1.0]), np.array([[1000.0, -1000.0], [0.1, -30.0]])

    def bend(value: Callable = np.tanh, slope: Callable = lambda t: 1 - t**2) -> Callable:
        return lambda s: (value(s), slope(value(s)))

    cases = {"sums from -2 to 1": (calm,), "sums of 1,000 and -1,000": (wide,)}
    slips = {
        "e to the power of 1,000 is too large, and nan comes out. Use np.abs(s) and np.sign(s).": bend(lambda s: np.sinh(s) / np.cosh(s)),
        "for sums of -1,000 nan comes out. Use np.abs(s) and np.sign(s).": bend(lambda s: -np.expm1(-2 * s) / (1 + np.exp(-2 * s))),
        "the sign is lost: tanh of a negative sum is negative. Multiply by np.sign(s).": bend(lambda s: np.tanh(np.abs(s))),
        "tanh is right, but its slope is 1 - tanh squared, not 1 - tanh.": bend(slope=lambda t: 1 - t),
        "tanh is right, but its slope is 1 - tanh(s) squared, not 1 - s squared.": lambda s: (np.tanh(s), 1 - s**2),
        "if takes one number, and s is a whole array. np.abs(s) and np.sign(s) take all of it at once.": lambda s: bool(s < 0),
        "the order is tanh first, then its slope.": lambda s: bend()(s)[::-1],
    }
    check(answer, bend(), cases, slips)
