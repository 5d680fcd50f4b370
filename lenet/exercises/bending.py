"""Checks for chapter 05, Bending."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import Case, Slip, check


def check_collapse(answer: Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]) -> None:
    """Check a function that makes one layer of weighted sums out of two.

    Args:
        answer: takes ``W1 (pixels, hidden)``, ``b1 (hidden,)``, ``W2 (hidden, answers)`` and ``b2 (answers,)``; returns
            ``(W, b)`` of the shapes ``(pixels, answers)`` and ``(answers,)``, with X @ W + b = (X @ W1 + b1) @ W2 + b2.
    """
    random = np.random.default_rng(6)

    def layers(pixels: int, hidden: int, answers: int) -> tuple[np.ndarray, ...]:
        return tuple(random.normal(size=size) for size in [(pixels, hidden), hidden, (hidden, answers), answers])

    square, four = layers(3, 3, 3), layers(4, 3, 2)

    def one(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return a @ c, b @ c + d

    check(
        answer,
        [
            Case(square, one(*square), "layers of 3 to 3 and 3 to 3 numbers"),
            Case(four, one(*four), "layers of 4 to 3 and 3 to 2 numbers"),
        ],
        [
            Slip("the table is right, but the first bias goes through the second table: b1 @ W2.", lambda a, b, c, d: (a @ c, d)),
            Slip("the table is right, but the second bias is missing. It is added at the end.", lambda a, b, c, d: (a @ c, b @ c)),
            Slip("the table is right, but both biases are missing.", lambda a, b, c, d: (a @ c, 0 * d)),
            Slip("the table is right, but the first bias must go through the second table before the second is added.", lambda a, b, c, d: (a @ c, b + d)),
            Slip("the table is right, but the second bias goes through no table: b1 @ W2 + b2.", lambda a, b, c, d: (a @ c, (b + d) @ c)),
            Slip("the table is right. The bias of the first layer goes through W2, not W1.", lambda a, b, c, d: (a @ c, b @ a + d)),
            Slip("the tables are in the wrong order. X meets W1 first: W1 @ W2.", lambda a, b, c, d: (c @ a, b @ c + d)),
            Slip("* pairs the numbers one by one. Two tables are multiplied with @.", lambda a, b, c, d: (a * c, b @ c + d)),
            Slip("the tables are added here. Going through one and then the other multiplies them: W1 @ W2.", lambda a, b, c, d: (a + c, b @ c + d)),
            Slip("the order is the table first, then the bias.", lambda a, b, c, d: (b @ c + d, a @ c)),
            Slip("the table is on its side: one row for each pixel.", lambda a, b, c, d: ((a @ c).T, b @ c + d)),
        ],
    )  # fmt: skip


def check_bend(answer: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]) -> None:
    """Check a function that computes tanh and its slope without `numpy.tanh`.

    Args:
        answer: takes an array of sums; returns two arrays of its shape, tanh and the slope of tanh.
    """
    calm, wide = np.array([-2.0, -0.5, 0.0, 0.3, 1.0]), np.array([[1000.0, -1000.0], [0.1, -30.0]])

    def bend(s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.tanh(s), 1 - np.tanh(s) ** 2

    def slip(value=np.tanh, slope=lambda t: 1 - t**2) -> Callable:
        return lambda s: (value(s), slope(value(s)))

    def plain(s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        with np.errstate(all="ignore"):
            t = (np.exp(s) - np.exp(-s)) / (np.exp(s) + np.exp(-s))
        return t, 1 - t**2

    def quotient(s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        with np.errstate(all="ignore"):
            t = (1 - np.exp(-2 * s)) / (1 + np.exp(-2 * s))
        return t, 1 - t**2

    too_large = "for sums as large as 1,000 the powers of e are too large, and nan comes out. Use np.abs(s) and np.sign(s)."
    check(
        answer,
        [Case((calm,), bend(calm), "sums from -2 to 1"), Case((wide,), bend(wide), "sums of 1,000 and -1,000")],
        [
            Slip(too_large, plain),
            Slip(too_large, quotient),
            Slip("tanh is right, but its slope is 1 - tanh squared, not 1 - tanh.", slip(slope=lambda t: 1 - t)),
            Slip("tanh is right, but this is its square. The slope is 1 minus it.", slip(slope=lambda t: t**2)),
            Slip("tanh is right, but its slope is 1 - tanh(s) squared, not 1 - s squared.", lambda s: (np.tanh(s), 1 - s**2)),
            Slip("this is tanh of s / 2. The power of e is -2 s.", slip(lambda s: np.tanh(s / 2))),
            Slip("this is tanh of 2 s. The power of e is -2 s.", slip(lambda s: np.tanh(2 * s))),
            Slip("the sign is lost: tanh of a negative sum is negative. Multiply by np.sign(s).", slip(lambda s: np.tanh(np.abs(s)))),
            Slip("the sign is turned round: tanh rises from -1 to 1.", slip(lambda s: -np.tanh(s))),
            Slip("this is 1 / (1 + e^-s), from 0 to 1. tanh goes from -1 to 1.", lambda s: (1 / (1 + np.exp(-s)), np.exp(-s) / (1 + np.exp(-s)) ** 2)),
            Slip("this is 1 / (1 + e^-s), from 0 to 1. tanh goes from -1 to 1.", slip(lambda s: 1 / (1 + np.exp(-s)))),
            Slip("tanh is right, but this is the square of 1 - tanh. The slope is 1 minus the square of tanh.", slip(slope=lambda t: (1 - t) ** 2)),
            Slip("if takes one number, and s is a whole array. np.abs(s) and np.sign(s) take all of it at once.", lambda s: bend(s) if s < 0 else bend(s)),
            Slip("this is relu. tanh is wanted.", lambda s: (np.maximum(s, 0), s > 0)),
            Slip("this is tanh alone. Give back two arrays: tanh and its slope.", np.tanh),
            Slip("the order is tanh first, then its slope.", lambda s: bend(s)[::-1]),
        ],
    )  # fmt: skip
