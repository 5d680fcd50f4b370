"""Checks for chapter 03, How it learns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import Case, Slip, check


def check_descent(answer: Callable[[Callable[[float], float], float, float, int], float]) -> None:
    """Check a function that walks downhill on one weight.

    Args:
        answer: takes the slope as a function of the weight, the first weight, the learning rate and the number of
            steps; returns the last weight.
    """

    def slope(w: float) -> float:
        return 4 * w - 8

    def walk(slope, start, rate, steps):
        w = start
        for _ in range(steps):
            w = w - rate * slope(w)
        return w

    check(
        answer,
        [
            Case((slope, 0.0, 0.1, 3), walk(slope, 0.0, 0.1, 3), "three steps at rate 0.1 on the slope 4w − 8, from 0"),
            Case((slope, 5.0, 0.05, 1), walk(slope, 5.0, 0.05, 1), "one step at rate 0.05 on the slope 4w − 8, from 5"),
            Case((slope, 5.0, 0.05, 0), 5.0, "no step at all, from 5"),
        ],
        [
            Slip("this walks uphill. Subtract the step instead of adding it.", lambda s, w, r, n: walk(s, w, -r, n)),
            Slip("this is one step too many.", lambda s, w, r, n: walk(s, w, r, n + 1)),
            Slip("this is one step alone. Repeat it, as often as steps says.", lambda s, w, r, n: walk(s, w, r, 1)),
            Slip("this is one step too few.", lambda s, w, r, n: walk(s, w, r, n - 1)),
            Slip(
                "every step uses the slope at the start. Ask for the slope again where the weight now stands.",
                lambda s, w, r, n: w - n * r * s(w),
            ),
            Slip("the learning rate is missing: multiply the slope by it.", lambda s, w, r, n: walk(s, w, 1.0, n)),
            Slip("this is the slope at the end. Give back the weight.", lambda s, w, r, n: s(walk(s, w, r, n))),
        ],
    )


def check_softmax(answer: Callable[[np.ndarray], np.ndarray]) -> None:
    """Check a function that turns scores into probabilities, row by row.

    Args:
        answer: takes float ``(n, 10)``, values up to 1000; returns ``(n, 10)``, each row adding up to 1.
    """
    scores = np.random.default_rng(4).normal(scale=2.0, size=(4, 10))
    large = scores + np.array([[1000.0], [0.0], [-1000.0], [500.0]])

    def softmax(scores):
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    def naive(scores):
        with np.errstate(all="ignore"):
            return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)

    with np.errstate(all="ignore"):  # a reader's overflow is told by the check, not by a warning
        check(
            answer,
            [Case((scores,), softmax(scores), "four rows of scores"), Case((large,), softmax(large), "scores near 1000 and −1000")],
            [
                Slip("each column adds up to 1, but each row should: sum along axis=1.", lambda s: np.exp(s) / np.exp(s).sum(axis=0)),
                Slip("all numbers together add up to 1, but each row should: sum along axis=1.", lambda s: np.exp(s) / np.exp(s).sum()),
                Slip("the rows do not add up to 1 yet: divide each by its sum.", np.exp),
                Slip(
                    "the rows do not add up to 1 yet: divide each by its sum.",
                    lambda s: np.exp(s - s.max(axis=1, keepdims=True)),
                ),
                Slip("e is missing: take np.exp of the scores before you divide.", lambda s: s / s.sum(axis=1, keepdims=True)),
                Slip(
                    "e is missing: take np.exp before you divide.",
                    lambda s: (s - s.max(axis=1, keepdims=True)) / (s - s.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True),
                ),
                Slip("the maxima or the sums are a row, not a column. keepdims=True keeps one number for each row.", lambda s: s - s.max(axis=1)),
                Slip("this is the logarithm of the probabilities.", lambda s: np.log(softmax(s))),
                Slip(
                    "the powers are divided by the sum of the scores. Divide them by the sum of the powers.",
                    lambda s: np.exp(s - s.max(axis=1, keepdims=True)) / s.sum(axis=1, keepdims=True),
                ),
                Slip("e to the power of 1000 is too large. Subtract each row's maximum first.", naive),
                Slip(
                    "a maximum of all rows is subtracted: rows far below it vanish. Take each row's own, along axis=1.",
                    lambda s: naive(s - s.max()),
                ),
            ],
        )
